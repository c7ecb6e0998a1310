"""Single and joined inheritance: maps, tables, loading, and what is refused or warned of."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
class Emp(Base):
    __tablename__ = "emp"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    comp_id: Mapped[Optional[int]] = mapped_column(ForeignKey("comp.id"))
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "emp"}
    def __repr__(self): return f"{type(self).__name__}({self.name})"
class Eng(Emp):
    __tablename__ = "eng"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    lang: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "eng"}
class Mgr(Emp):
    __tablename__ = "mgr"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    level: Mapped[int]
    name2: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "mgr", "polymorphic_load": "inline"}
class Boss(Mgr):
    golf: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "boss"}
class Comp(Base):
    __tablename__ = "comp"
    id: Mapped[int] = mapped_column(primary_key=True)
    emps: Mapped[list[Emp]] = relationship(order_by=Emp.id)
m = inspect(Emp)
print(m.polymorphic_map, [str(x) for x in m.self_and_descendants], [str(x) for x in m.polymorphic_iterator()])
print(inspect(Boss).tables, inspect(Boss).local_table, inspect(Boss).persist_selectable, inspect(Boss).inherits, inspect(Boss).single, inspect(Boss).base_mapper)
print(inspect(Eng).attrs.keys(), Eng.id.property.columns, inspect(Eng).primary_key)
print(inspect(Mgr).with_polymorphic, inspect(Emp).with_polymorphic_mappers, inspect(Emp).selectable)
print(inspect(Boss).isa(m), m.isa(inspect(Boss)), m.common_parent(inspect(Eng)), list(map(str, inspect(Boss).iterate_to_root())))
print(inspect(Eng)._sorted_tables.keys() if False else "")
e = create_engine("sqlite://")
Base.metadata.create_all(e)
with Session(e) as s:
    c = Comp(emps=[Eng(name="a", lang="py"), Mgr(name="b", level=3), Boss(name="c", level=9, golf="yes"), Emp(name="d")])
    s.add(c); s.commit()
    print(c.emps, [x.type for x in c.emps])
    s.expunge_all()
    kept = s.scalars(select(Emp).order_by(Emp.id)).all()
    print(kept)
    x = s.get(Emp, 1); print(type(x), x.lang)
    print(s.scalars(select(Boss)).all(), s.scalars(select(Mgr).order_by(Mgr.id)).all())
    s.expunge_all()
    del kept
    x = s.get(Emp, 1)
    s.expire(x, ["lang"]); print(x.lang)
    x.lang = "js"; x.name = "aa"; s.commit(); print(x.lang)
    s.delete(x); s.commit()
    print(s.execute(text("select count(*) from eng")).scalar())
    attempt(lambda: s.get(Eng, 2))
    y = s.get(Mgr, 2); y.type = "zork"
    attempt(lambda: s.flush())
    s.rollback()
    with warnings.catch_warnings():
        s.execute(text("update emp set type='nope' where id=4")); 
        attempt(lambda: s.scalars(select(Emp).where(Emp.id == 4).execution_options(populate_existing=True)).all())
def noon():
    class Q(Base):
        __tablename__ = "q"
        id: Mapped[int] = mapped_column(primary_key=True)
        __mapper_args__ = {"polymorphic_abstract": True}
attempt(noon)
class Abs(Base):
    __tablename__ = "abs"
    id: Mapped[int] = mapped_column(primary_key=True)
    t: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "t", "polymorphic_abstract": True}
class Conc(Abs):
    __mapper_args__ = {"polymorphic_identity": "conc"}
attempt(lambda: Abs()); attempt(lambda: Conc().t)
def nofk():
    class R(Base):
        __tablename__ = "r"
        id: Mapped[int] = mapped_column(primary_key=True)
    class R2(R):
        __tablename__ = "r2"
        id: Mapped[int] = mapped_column(primary_key=True)
attempt(nofk)
def ambfk():
    class S(Base):
        __tablename__ = "s"
        id: Mapped[int] = mapped_column(primary_key=True)
    class S2(S):
        __tablename__ = "s2"
        id: Mapped[int] = mapped_column(ForeignKey("s.id"), primary_key=True)
        other: Mapped[int] = mapped_column(ForeignKey("s.id"))
attempt(ambfk)
def implicit():
    class T(Base):
        __tablename__ = "t"
        id: Mapped[int] = mapped_column(primary_key=True)
        data: Mapped[str]
    class T2(T):
        __tablename__ = "t2"
        id: Mapped[int] = mapped_column(ForeignKey("t.id"), primary_key=True)
        data: Mapped[str]
    print(T2.data.property.columns)
attempt(implicit)
def badload():
    class Bad(Emp):
        __mapper_args__ = {"polymorphic_identity": "bad", "polymorphic_load": "zork"}
attempt(badload)
print(with_polymorphic(Emp, [Eng, Mgr]), with_polymorphic(Emp, "*").Eng.lang)
attempt(lambda: with_polymorphic(Eng, [Mgr]))
print(select(Boss.golf).where(Boss.name == "x"))
