"""What inspection tells of extensions' attributes, and what listeners of bulk changes are told."""
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.hybrid import *
from sqlalchemy.ext.hybrid import HybridExtensionType
from sqlalchemy.ext.associationproxy import *
from sqlalchemy.orm.interfaces import NotExtension
import pickle, copy
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column(info={"label": "X"}, doc="the x")
    bs: Mapped[list["B"]] = relationship(info={"r": 1}, doc="the bs")
    names = association_proxy("bs", "name", info={"p": 2})
    @hybrid_property
    def double(self):
        "twice"
        return self.x * 2
    @hybrid_method
    def more(self, n):
        "more than"
        return self.x > n
    y = synonym("x", info={"s": 3})
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    name: Mapped[str]
    def __repr__(self): return f"B({self.name})"
for k, d in sorted(inspect(A).all_orm_descriptors.items()): print(k, d.extension_type, d.is_attribute, d.is_mapper, d.info)
print(HybridExtensionType.HYBRID_PROPERTY, AssociationProxyExtensionType.ASSOCIATION_PROXY.value, NotExtension.NOT_EXTENSION, [d for k, d in inspect(A).all_orm_descriptors.items() if d.extension_type is HybridExtensionType.HYBRID_METHOD][0].extension_type)
print(A.double.__doc__, A.more.__doc__, A.x.__doc__, A.bs.__doc__, A.x.info, A.bs.info, A.y.info, A.double.info, inspect(A).attrs.x.info, inspect(A).synonyms.keys(), inspect(A).column_attrs.keys(), inspect(A).relationships.keys(), inspect(A).composites.keys())
e = create_engine("sqlite://"); Base.metadata.create_all(e); s = Session(e)
s.add(A(x=4, bs=[B(name="n")])); s.commit()
@event.listens_for(s, "after_bulk_update")
def u(ctx): print("bulk", ctx.result.rowcount, ctx.values, ctx.session is s, ctx.query.column_descriptions[0]["name"], ctx.mapper)
@event.listens_for(s, "after_bulk_delete")
def d(ctx): print("bulk delete", ctx.result.rowcount)
s.query(A).filter(A.x == 4).update({"x": 5}); s.query(B).filter(B.id == 77).delete()
