from __future__ import annotations
from sqlalchemy import *
from sqlalchemy.orm import *
from typing import List, Set, Dict, Optional, Sequence, Union, Collection
from collections.abc import MutableSequence
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
class MyList(list): pass
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    b1: Mapped[List[B]] = relationship(back_populates="a")
    b2: Mapped[Set["B"]] = relationship(viewonly=True)
    b3: Mapped[Optional[B]] = relationship(viewonly=True, uselist=False)
    b4: Mapped[MyList[B]] = relationship(viewonly=True, collection_class=MyList)
    b5: Mapped[list[B]] = relationship(viewonly=True)
    b6: Mapped[B | None] = relationship(viewonly=True)
    b7: Mapped[Union[B, None]] = relationship(viewonly=True)
    b8: Mapped[Dict[int, B]] = relationship(viewonly=True, collection_class=attribute_keyed_dict("id"))
    b9: WriteOnlyMapped[B] = relationship(viewonly=True)
    b10: DynamicMapped["B"] = relationship(viewonly=True)
    b11: Mapped[Sequence[B]] = relationship(viewonly=True, collection_class=list)
    b12 = relationship("B", viewonly=True)
    b13 = relationship(lambda: B, viewonly=True, uselist=False)
    b14 = relationship("B", primaryjoin="and_(A.id == B.aid, B.flag == True)", order_by="B.id.desc()", viewonly=True)
    b15 = relationship("B", primaryjoin=lambda: A.id == foreign(B.aid), order_by=lambda: [B.flag, desc(B.id)], viewonly=True)
    b16 = relationship("B", primaryjoin="A.id == foreign(B.aid)", order_by="[B.id, B.flag]", foreign_keys="[B.aid]", remote_side="B.aid", viewonly=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    aid: Mapped[int | None] = mapped_column(ForeignKey("a.id"))
    flag: Mapped[bool | None]
    a: Mapped[A | None] = relationship(back_populates="b1")
configure_mappers()
for r in sorted(inspect(A).relationships, key=lambda r: int(r.key[1:])):
    print(r.key, r.uselist, r.collection_class if r.key != "b8" else "dict", r.lazy, r.direction.name, r.mapper.class_.__name__, r.primaryjoin, [str(x) for x in r.order_by or ()])
print(B.a.property.uselist, B.a.property.argument)
def decl(**ns):
    class Base(DeclarativeBase): pass
    anns = ns.pop("anns", {})
    body = {"__tablename__": "p", "id": mapped_column(Integer, primary_key=True), "__annotations__": anns, "__module__": __name__, **ns}
    P = type("P", (Base,), body)
    C = type("C", (Base,), {"__tablename__": "c", "__module__": __name__, "id": mapped_column(Integer, primary_key=True), "pid": mapped_column(ForeignKey("p.id"))})
    Base.registry.configure()
    return P, C
p(lambda: decl(cs=relationship()))
p(lambda: decl(cs=relationship(), anns={"cs": "Mapped[Sequence['C']]"}))
p(lambda: decl(cs=relationship(), anns={"cs": "Mapped[List]"}))
p(lambda: decl(cs=relationship(), anns={"cs": "List['C']"}))
p(lambda: decl(cs=relationship("Nope")))
p(lambda: decl(cs=relationship("C", order_by="C.nope")))
p(lambda: decl(cs=relationship("C", primaryjoin="P.id == D.pid")))
p(lambda: decl(cs=relationship("C", primaryjoin="P.id ==")))
p(lambda: decl(cs=relationship("C", foreign_keys="C.pidd")))
p(lambda: decl(cs=relationship("C", secondary="nope")))
p(lambda: decl(cs=relationship("C", order_by=5)))
p(lambda: decl(cs=relationship("C", remote_side="x")))
p(lambda: decl(cs=relationship("C", lazy="sometimes")))
p(lambda: decl(cs=relationship("C", backref="pid")))
p(lambda: decl(cs=relationship(anns := "List[C]")))
p(lambda: decl(cs=relationship(C1 := 5)))
p(lambda: decl(cs=relationship("p")))
p(lambda: decl(cs=relationship("C", cascade="all", passive_deletes="all")))
p(lambda: decl(cs=relationship("C", back_populates="cs")))
p(lambda: decl(cs=relationship("C", uselist=False, innerjoin=True))[0].cs.property.innerjoin)
class Err(DeclarativeBase): pass
class P2(Err):
    __tablename__ = "p2"
    id: Mapped[int] = mapped_column(primary_key=True)
    c = relationship("Gone")
p(lambda: P2()); p(lambda: P2()); p(lambda: select(P2.c))
