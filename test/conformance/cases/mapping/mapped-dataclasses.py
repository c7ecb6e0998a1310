"""MappedAsDataclass in bases, mixins and subclasses; existing dataclasses; errors."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional, Annotated
import dataclasses
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(MappedAsDataclass, DeclarativeBase, repr=True): pass
class Mix(MappedAsDataclass):
    created: Mapped[Optional[int]] = mapped_column(default=7, init=False)
    tag: Mapped[str] = mapped_column(default="t", kw_only=True)
class PlainMix:
    p: Mapped[int] = mapped_column(default=1, kw_only=True)
class A(Mix, Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    opt: Mapped[Optional[str]] = mapped_column(default=None)
    tot = column_property(literal_column("1"))
    bs: Mapped[list["B"]] = relationship(default_factory=list, repr=False, back_populates="a")
class B(Base, kw_only=True, order=True):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    a_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"), init=False)
    a: Mapped[Optional[A]] = relationship(default=None, back_populates="bs", repr=False, compare=False)
    n: Mapped[int] = mapped_column(insert_default=5, default=6, hash=True)
print(A("x"), A("x", "y", tag="q", bs=[B(), B(n=9)]).bs)
print(A("x") == A("x"), B(id=1) < B(id=2), dataclasses.fields(A)[0].name, [f.name for f in dataclasses.fields(A)], A.__table__.c.keys())
print(dataclasses.asdict(B(id=1)) if False else "", dataclasses.is_dataclass(Base), dataclasses.is_dataclass(Mix))
def pm():
    class C(PlainMix, Base):
        __tablename__ = "c"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
    print(C())
attempt(pm)
def order():
    class D(Base):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
        a: Mapped[int] = mapped_column(default=1)
        b: Mapped[int]
attempt(order)
def plain():
    class Base2(DeclarativeBase): pass
    class D(Base2):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
attempt(plain)
def plain2():
    class Base2(DeclarativeBase): pass
    class D(Base2):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True, default=5)
    print(D.__table__.c.id.default, D().id)
attempt(plain2)
def fac():
    class E(Base):
        __tablename__ = "e"
        id: Mapped[int] = mapped_column(primary_key=True, default=lambda: 5)
attempt(fac)
def both():
    class E2(Base):
        __tablename__ = "e2"
        id: Mapped[int] = mapped_column(primary_key=True, default=5, default_factory=int)
attempt(both)
reg = registry()
@reg.mapped_as_dataclass
class R:
    __tablename__ = "r"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    x: Mapped[str] = mapped_column(default="dx")
@reg.mapped_as_dataclass(repr=False, unsafe_hash=True)
class R2:
    __tablename__ = "r2"
    id: Mapped[int] = mapped_column(primary_key=True)
    ctrl: str
    flag: bool = False
print(R(), R("q"), R2(3, "c"), R2(3, "c").ctrl, hash(R2(1, "a")) == hash(R2(1, "a")), R2.__table__.c.keys())
@reg.mapped
@dataclasses.dataclass
class S:
    __table__ = Table("s", reg.metadata, Column("id", Integer, primary_key=True), Column("nm", String))
    id: int = dataclasses.field(init=False)
    nm: Optional[str] = None
    other: list = dataclasses.field(default_factory=list)
x = S("x")
print(x, S.nm, inspect(x).attrs.nm.history)
@dataclasses.dataclass
class T:
    id: int = dataclasses.field(init=False, default=None)
    name: str = None
reg.map_imperatively(T, Table("t", reg.metadata, Column("id", Integer, primary_key=True), Column("name", String)))
print(T("n"), T.name)
intpk = Annotated[int, mapped_column(primary_key=True)]
class U(Base):
    __tablename__ = "u"
    id: Mapped[intpk] = mapped_column(init=False)
    k: Mapped[Annotated[str, mapped_column(String(9))]] = mapped_column(default="k")
print(U(), repr(U.__table__.c.k.type))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
with Session(e) as s:
    a = A("n", bs=[B()]); s.add(a); s.commit(); print(a, a.bs)
    s.expunge_all(); print(s.scalars(select(A)).all())
class Abs(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    nm: Mapped[str]
class V(Abs):
    __tablename__ = "v"
    z: Mapped[int]
print(V("a", 3), V.__table__.c.keys())
class Q(Base):
    __tablename__ = "q"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    type: Mapped[str] = mapped_column(init=False)
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "q"}
class QS(Q):
    extra: Mapped[Optional[int]] = mapped_column(default=None)
    __mapper_args__ = {"polymorphic_identity": "qs"}
print(Q(), QS(5))
