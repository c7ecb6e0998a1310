"""What stands between a collection and its object."""
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import collection_adapter
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    bs: Mapped[list["B"]] = relationship(back_populates="a")
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    a: Mapped[A] = relationship(back_populates="bs")
    def __repr__(self): return "B"
a = A(); b = B()
ad = collection_adapter(a.bs)
print(type(ad), ad.data is a.bs, len(ad), bool(ad), list(ad))
ad.append_with_event(b); print(a.bs, b.a is a, list(ad), len(ad))
ad.remove_with_event(b); print(a.bs, b.a)
ad.append_without_event(b); print(a.bs, b.a); ad.clear_with_event(); print(a.bs)
print(ad.owner_state is inspect(a), ad.invalidated, ad.attr.key)
