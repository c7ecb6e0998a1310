"""Constructors of mapped classes and their argument errors, validators, reconstructors, attributes added later."""
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    n = 5
    def hello(self): return "hi " + str(self.name)
class V(Base):
    __tablename__ = "v"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    def __init__(self, name, *, x=1):
        self.name = name
        self.x = x
class W(V):
    __tablename__ = "w"
    id: Mapped[int] = mapped_column(ForeignKey("v.id"), primary_key=True)
    def __init__(self, a, b):
        super().__init__(a, x=b)
attempt(lambda: U(5)); attempt(lambda: U(name="x").hello()); attempt(lambda: U(zip=1)); attempt(lambda: U(n=7).n)
attempt(lambda: V()); attempt(lambda: V("a").x); attempt(lambda: V("a", y=1)); attempt(lambda: W("q", 3).x); attempt(lambda: W("q"))
print(U().name, U().id)
class M:
    @reconstructor
    def again(self): print("recon", self.id)
    @validates("name", "other")
    def check(self, key, value):
        print("validate", key, value)
        if value == "bad": raise ValueError("bad " + key)
        return value.upper() if value else value
class X(M, Base):
    __tablename__ = "x"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    other: Mapped[str | None]
attempt(lambda: X(name="bad")); attempt(lambda: X(name="ok", other="z").name)
class Y(Base):
    __tablename__ = "y"
    id: Mapped[int] = mapped_column(primary_key=True)
    @validates("id")
    def a(self, k, v): return v
    try:
        pass
    except: pass
def dbl():
    class Z(Base):
        __tablename__ = "z"
        id: Mapped[int] = mapped_column(primary_key=True)
        @validates("id")
        def a(self, k, v): return v
        @validates("id")
        def b(self, k, v): return v
attempt(dbl)
e = create_engine("sqlite://")
X.__table__.create(e)
with Session(e) as s:
    s.add(X(name="first")); s.commit(); s.expunge_all()
    x = s.scalars(select(X)).one()
    print(x.name, sorted(X.__mapper__.validators))
reg = registry(constructor=None)
class P:
    pass
reg.map_imperatively(P, Table("p", reg.metadata, Column("id", Integer, primary_key=True)))
attempt(lambda: P(id=5)); attempt(lambda: P())
class Old(declarative_base(name="Zed")):
    __tablename__ = "old"
    id = Column(Integer, primary_key=True)
    nm = Column("nm_col", String)
    both = Column(String)
print(Old.__mro__, Old.__mapper__.attrs.keys(), Old(id=3).id)
Old.added = Column(Integer)
Old.addedp = column_property(Old.id + 1)
print(Old.__table__.c.keys(), Old.__mapper__.attrs.keys())
Old.syn = Old.nm
print(Old.syn, Old.__mapper__.synonyms.keys())
attempt(lambda: delattr(Old, "added"))
def redefine():
    Old.added = Column(String)
attempt(redefine)
