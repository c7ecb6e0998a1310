"""Annotations that cannot be a column, each with the words of its refusal."""
from typing import *
from sqlalchemy import *
from sqlalchemy.orm import *
print(Mapped["x"], Mapped[int], Mapped[Optional[str]], List["x"], Mapped[List["A"]], DynamicMapped["x"], WriteOnlyMapped["y"], Mapped["List[x]"].__args__, Relationship["x"], Mapped[int].__origin__, repr(Mapped[int | None]))
class Base(DeclarativeBase): pass
def t(f):
    try: f()
    except Exception as x: print(type(x).__name__, x)
def a():
    class A(Base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped["fake"]
def b():
    class B(Base):
        __tablename__ = "b"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Optional["fake"]]
def c():
    class C(Base):
        __tablename__ = "c"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: "Mapped[fake]"
def d():
    class D(Base):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[object]
def e():
    class E(Base):
        __tablename__ = "e"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: int = mapped_column()
        y: int
def f():
    class F(Base):
        __tablename__ = "f"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: int = relationship("A")
def g():
    class G(Base):
        __tablename__ = "g"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Union[int, str]]
def h():
    class H(Base):
        __tablename__ = "h"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped = mapped_column()
        y: Mapped = mapped_column(String)
    print(H.__table__.c.x.type, H.__table__.c.y.type)
def i():
    class I(Base):
        __tablename__ = "i"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[dict]
def j():
    class J(Base):
        __tablename__ = "j"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Literal["a", "b"]]
        z: Mapped[Any] = mapped_column(Integer)
        w: Mapped[None]
    print(repr(J.__table__.c.x.type))
def k():
    class K(Base):
        id: Mapped[int] = mapped_column(primary_key=True)
def l():
    class L(Base):
        __tablename__ = "l"
        x: Mapped[int]
def m():
    class M(Base):
        __tablename__ = "m"
        id: Mapped[int] = mapped_column(primary_key=True)
        metadata: Mapped[str]
def n():
    class N(Base):
        __tablename__ = "n"
        id: Mapped[int] = mapped_column(primary_key=True)
        registry: Mapped[str]
def o():
    class A(Base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
def p():
    class P(Base):
        __tablename__ = "p"
        id: Mapped[int] = mapped_column(primary_key=True)
        kids: Mapped[List["Nope"]] = relationship()
    configure_mappers()
for fn in (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p): t(fn)
