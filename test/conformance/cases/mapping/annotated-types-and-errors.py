"""Annotated types, NewType and generics in the map of types, and what is said of annotations that give no column."""
import enum, datetime, decimal, uuid, typing
from typing import Optional, List, Set, Dict, Union, Literal, NewType, Any, ClassVar
from typing import Annotated
from sqlalchemy import *
from sqlalchemy.orm import *
def show(cls):
    for c in cls.__table__.c: print(" ", repr(c))
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
str30 = Annotated[str, 30]
num = Annotated[decimal.Decimal, "n"]
MyInt = NewType("MyInt", int)
Other = NewType("Other", str)
class Base(DeclarativeBase):
    registry = registry(type_annotation_map={str30: String(30), num: Numeric(12, 4), MyInt: BigInteger, dict[str, Any]: JSON, Dict[str, str]: JSON, list[int]: JSON})
intpk = Annotated[int, mapped_column(primary_key=True)]
ts = Annotated[datetime.datetime, mapped_column(nullable=False, server_default=func.CURRENT_TIMESTAMP())]
fk = Annotated[int, mapped_column(ForeignKey("a.id"), index=True)]
opt = Annotated[Optional[str], mapped_column(String(9))]
class A(Base):
    __tablename__ = "a"
    id: Mapped[intpk]
    s: Mapped[str30]
    s2: Mapped[Optional[str30]]
    n: Mapped[num] = mapped_column(comment="hi")
    m: Mapped[MyInt]
    j: Mapped[dict[str, Any]]
    j2: Mapped[Dict[str, str]]
    l: Mapped[list[int]]
    t: Mapped[ts]
    t2: Mapped[Optional[ts]]
    o: Mapped[opt]
class B(Base):
    __tablename__ = "b"
    id: Mapped[intpk]
    a_id: Mapped[fk]
    a2: Mapped[fk] = mapped_column("other_name", unique=True)
    x: Mapped[int] = mapped_column("x_col", key="xk", primary_key=True)
show(A); show(B)
print(B.__mapper__.primary_key, sorted(i.name for i in B.__table__.indexes))
def bad(name, ann, **kw):
    def go():
        ns = {"__tablename__": name, "__annotations__": {"id": Mapped[int], "z": ann}, "id": mapped_column(primary_key=True), "__module__": __name__}
        ns.update(kw)
        return type(Base)(name, (Base,), ns)
    return go
attempt(bad("e1", Mapped[Other]))
attempt(bad("e2", Mapped[object]))
attempt(bad("e3", Mapped[Union[int, str]]))
attempt(bad("e4", int))
attempt(bad("e5", "Mapped[Nope]"))
attempt(bad("e6", Mapped[Integer]))
attempt(bad("e7", Mapped["str"]))
attempt(bad("e8", Mapped[Annotated[object, 5]]))
attempt(bad("e9", Mapped[Literal[1, 2]]))
attempt(bad("e10", Mapped[set[int]]))
attempt(bad("e11", Mapped[Any]))
def raw(name, **ns):
    return lambda: type(Base)(name, (Base,), dict(ns, __module__=__name__))
attempt(raw("f1", id=mapped_column(primary_key=True), __tablename__="f1"))
attempt(raw("f2", id=mapped_column(Integer), __tablename__="f2"))
attempt(raw("f3", id=mapped_column(Integer, primary_key=True)))
attempt(raw("f4", id=mapped_column(Integer, primary_key=True), metadata=mapped_column(Integer), __tablename__="f4"))
attempt(raw("f5", id=(mapped_column(Integer, primary_key=True),), __tablename__="f5"))
attempt(raw("f6", id=mapped_column(Integer, primary_key=True), __tablename__="f6", __table_args__=[1]))
attempt(raw("f7", id=mapped_column(Integer, primary_key=True), __tablename__="f7", __mapper_args__={"zork": 1}))
attempt(raw("f8", id=mapped_column(Integer, primary_key=True), __tablename__="f8", __table_args__=(UniqueConstraint("id"), {"sqlite_autoincrement": True, "schema": "q"})))
attempt(raw("f9", id=mapped_column(Integer, primary_key=True), rel=relationship(), __tablename__="f9"))
