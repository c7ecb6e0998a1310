# What stands on a class for something else: hybrids, synonyms, association proxies of dataclasses, automapped bases, dynamic collections.
from typing import Optional

from sqlalchemy import ForeignKey, create_engine, inspect
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase, DynamicMapped, Mapped, MappedAsDataclass, Session, mapped_column, relationship, synonym,
)
from sqlalchemy.orm.base import manager_of_class


def t(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "!!", type(e).__name__, e)


class Base(DeclarativeBase):
    pass


class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[Optional[int]]
    bs: DynamicMapped["B"] = relationship()

    @hybrid_property
    def more(self):
        "one more"
        return self.x + 1

    @hybrid_property
    def same(self):
        return self.x

    @hybrid_method
    def above(self, n):
        return self.x > n

    other = synonym("x")


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    aid: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))


for name in ("more", "same", "other"):
    attribute = getattr(A, name)
    print(type(attribute).__name__, type(attribute).__qualname__, type(attribute).__mro__[1].__name__)
    for key in ("property", "prop", "impl", "key", "parent", "info", "is_attribute", "extension_type"):
        if name != "other" or key not in ("info", "impl"):
            t(f"  {key}", lambda: getattr(attribute, key))
    t("  called", lambda: attribute())
t("missing", lambda: A.more.nonsense)
print(A.more.__name__, A.more.__doc__, inspect(A).all_orm_descriptors.more.__name__, type(A.more.descriptor).__name__)
a = A(x=1)
a.above = 3
print(a.above, A(x=2).above(1), A(x=4).other)
t("set", lambda: setattr(a, "more", 3))
print(manager_of_class(A).mapper, inspect(Base.metadata))
t("unmapped", lambda: manager_of_class(int))


class Data(MappedAsDataclass, DeclarativeBase):
    pass


class Parent(Data):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kids: Mapped[list["Kid"]] = relationship(default_factory=list, repr=False)
    names: AssociationProxy[list[str]] = association_proxy(
        "kids", "name", default_factory=list, creator=lambda n: Kid(name=n)
    )


class Kid(Data):
    __tablename__ = "kid"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("parent.id"), init=False)
    name: Mapped[str] = mapped_column(default="")


print(Parent(), Parent(names=["a", "b"]))
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    a = A(bs=[B()])
    print(str(a.bs).splitlines()[-1])
    session.add(a)
    session.commit()
    print(str(a.bs).splitlines()[-1], a.bs.count())
auto = automap_base()
auto.prepare(autoload_with=engine)
print(auto, auto.classes.a.__mro__[1], automap_base(Base).__name__)
