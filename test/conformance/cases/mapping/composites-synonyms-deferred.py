"""Composites of dataclasses and plain classes, synonyms, deferred columns, query_expression."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
import dataclasses
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
@dataclasses.dataclass
class Pt:
    x: Optional[int]
    y: Optional[int]
class Old:
    def __init__(self, a, b): self.a, self.b = a, b
    def __composite_values__(self): return self.a, self.b
    def __eq__(self, o): return isinstance(o, Old) and o.a == self.a and o.b == self.b
    def __repr__(self): return f"Old({self.a},{self.b})"
class V(Base):
    __tablename__ = "v"
    id: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[Pt] = composite(mapped_column("x1"), mapped_column("y1"))
    end: Mapped[Optional[Pt]] = composite(mapped_column("x2", nullable=True), mapped_column("y2", nullable=True))
    auto: Mapped[Pt] = composite()
    a = mapped_column("a_", Integer)
    b = mapped_column("b_", Integer)
    old = composite(Old, "a", "b")
    big: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_group="g")
    big2: Mapped[Optional[str]] = mapped_column(deferred_raiseload=True)
    total = column_property(a + b, deferred=True)
    qe: Mapped[Optional[int]] = query_expression()
    syn = synonym("a", doc="hello")
    @property
    def job(self): return "job %s" % self.a
    job_s = synonym("a", descriptor=job)
    @synonym_for("b")
    @property
    def bsyn(self): return "b=%s" % self.b
print(V.__table__.c.keys(), V.__mapper__.composites.keys(), V.__mapper__.attrs.keys())
print(V.start == Pt(1, 2)); print(V.start != Pt(1, 2)); print(V.old == None); print(V.start < Pt(5, None))
print(V.start, V.syn, V.syn == 5, V.bsyn > 3, V.total, V.qe, V.job_s)
print(select(V.start), select(V.start, V.old).where(V.old == Old(1, 2)))
e = create_engine("sqlite://")
Base.metadata.create_all(e)
with Session(e) as s:
    v = V(start=Pt(1, 2), auto=Pt(7, 8), old=Old(3, 4), big="B", big2="C")
    print(v.start, v.end, v.x1 if hasattr(v, "x1") else "-", v.syn, v.job_s, v.bsyn)
    s.add(v); s.commit()
    print(v.start, v.end, v.auto, v.old, v.syn)
    print(inspect(v).unloaded, v.big)
    v.old = Old(9, 9); print(inspect(v).attrs.old.history, v.a); s.commit()
    v.end = None; v.start = None
    attempt(lambda: s.commit()); s.rollback()
    s.expunge_all()
    v = s.scalars(select(V).options(with_expression(V.qe, V.a * 10), undefer_group("g"))).one()
    print(v.qe, v.big, v.total, v.start)
    attempt(lambda: v.big2)
    print(s.execute(select(V.start, V.old)).all())
    print(s.scalars(select(V).where(V.start == Pt(1, 2))).all() == [v])
    print(s.scalars(select(V).filter_by(old=Old(9, 9), syn=9)).all() == [v])
    del v.old; print(v.a, v.old)
attempt(lambda: composite(Pt, zork=1))
def badc():
    class C(Base):
        __tablename__ = "c"
        id: Mapped[int] = mapped_column(primary_key=True)
        p: Mapped[Pt] = composite(mapped_column("a"), mapped_column("b"), mapped_column("c"))
attempt(badc)
def badc2():
    class C2(Base):
        __tablename__ = "c2"
        id: Mapped[int] = mapped_column(primary_key=True)
        p = composite(Old, mapped_column(Integer), mapped_column(Integer))
attempt(badc2)
def badc3():
    class C3(Base):
        __tablename__ = "c3"
        id: Mapped[int] = mapped_column(primary_key=True)
        p = composite(Old, "id", "zork")
    configure_mappers()
attempt(badc3)
clear_mappers()
class Base(DeclarativeBase): pass
def badsyn():
    class C4(Base):
        __tablename__ = "c4"
        id: Mapped[int] = mapped_column(primary_key=True)
        p = synonym("zork")
    print(C4.p)
    return C4.p == 5
attempt(badsyn)
