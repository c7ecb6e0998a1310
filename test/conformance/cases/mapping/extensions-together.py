"""Hybrids, association proxies, ordered lists and mutable values on one class."""
from typing import Optional, Any
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.hybrid import hybrid_property, hybrid_method, Comparator
from sqlalchemy.ext.associationproxy import association_proxy, AssociationProxy
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.ext.mutable import MutableDict, MutableList
class Base(DeclarativeBase): pass
class CI(Comparator):
    def __eq__(self, other): return func.lower(self.__clause_element__()) == func.lower(other)
class Acc(Base):
    __tablename__ = "acc"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str]
    cents: Mapped[int] = mapped_column(default=0)
    data: Mapped[dict[str, Any]] = mapped_column(MutableDict.as_mutable(JSON), default=dict)
    items: Mapped[list["It"]] = relationship(order_by="It.pos", collection_class=ordering_list("pos"), cascade="all, delete-orphan")
    names: AssociationProxy[list[str]] = association_proxy("items", "name", creator=lambda n: It(name=n))
    @hybrid_property
    def full(self): return self.first + " " + self.last
    @full.setter
    def full(self, v): self.first, self.last = v.split(" ")
    @hybrid_property
    def dollars(self): return self.cents / 100
    @dollars.inplace.expression
    @classmethod
    def _dollars(cls): return cast(cls.cents, Float) / 100
    @dollars.inplace.update_expression
    @classmethod
    def _dollars_u(cls, v): return [(cls.cents, v * 100)]
    @hybrid_method
    def over(self, n): return self.cents > n
    @hybrid_property
    def lname(self): return self.last.lower()
    @lname.comparator
    def lname(cls): return CI(cls.last)
class It(Base):
    __tablename__ = "it"
    id: Mapped[int] = mapped_column(primary_key=True)
    acc_id: Mapped[int] = mapped_column(ForeignKey("acc.id"))
    pos: Mapped[Optional[int]]
    name: Mapped[str]
print(select(Acc.full, Acc.dollars).where(Acc.over(5), Acc.lname == "X"))
print(Acc.full, Acc.names, inspect(Acc).all_orm_descriptors.keys())
e = create_engine("sqlite://"); Base.metadata.create_all(e)
with Session(e) as s:
    a = Acc(full="Ann Bee", cents=250, names=["p", "q"]); s.add(a); s.commit()
    print(a.full, a.dollars, a.over(100), a.names, [i.pos for i in a.items], a.lname)
    a.items.insert(0, It(name="z")); a.data["k"] = 1; s.commit()
    print(a.names, [i.pos for i in a.items], a.data, list(a.names), a.names == ["z", "p", "q"], "p" in a.names, len(a.names))
    a.names.append("w"); a.names.remove("p"); a.names[0] = "zz"; print(a.names)
    s.commit()
    print(s.scalars(select(Acc).where(Acc.full == "Ann Bee", Acc.names.contains("q"))).all() == [a], s.scalars(select(Acc.full)).all())
    s.execute(update(Acc).values(dollars=7)); s.expire_all(); print(a.cents)
    a.data.update(b=2); print(a in s.dirty, a.data); s.commit(); print(a.data)
    print(s.execute(select(Acc.id, Acc.full.label("n")).order_by(Acc.full.desc())).all())
