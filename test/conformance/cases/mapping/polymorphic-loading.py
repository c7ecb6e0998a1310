"""selectin and with_polymorphic loading, of_type in options and joins, with the statements."""
from typing import Optional
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class Emp(Base):
    __tablename__ = "emp"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    comp_id: Mapped[Optional[int]] = mapped_column(ForeignKey("comp.id"))
    comp: Mapped[Optional["Comp"]] = relationship(back_populates="emps")
    __mapper_args__ = {"polymorphic_on": case((literal_column("type") == "x", "x"), else_="emp") if False else "type", "polymorphic_identity": "emp"}
class Eng(Emp):
    __tablename__ = "eng"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    lang: Mapped[str]
    mach: Mapped[list["Mach"]] = relationship(order_by="Mach.id")
    __mapper_args__ = {"polymorphic_identity": "eng", "polymorphic_load": "selectin"}
class Mgr(Emp):
    __tablename__ = "mgr"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    lvl: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "mgr", "polymorphic_load": "selectin"}
class Mach(Base):
    __tablename__ = "mach"
    id: Mapped[int] = mapped_column(primary_key=True)
    eng_id: Mapped[int] = mapped_column(ForeignKey("eng.id"))
class Comp(Base):
    __tablename__ = "comp"
    id: Mapped[int] = mapped_column(primary_key=True)
    emps: Mapped[list[Emp]] = relationship(back_populates="comp", order_by=Emp.id)
e = create_engine("sqlite://"); Base.metadata.create_all(e)
with Session(e) as s:
    s.add(Comp(emps=[Eng(name="a", lang="py", mach=[Mach(), Mach()]), Mgr(name="b", lvl=2), Emp(name="c"), Eng(name="d", lang="js")])); s.commit()
@event.listens_for(e, "before_cursor_execute")
def log(conn, cur, st, pa, ctx, many): print("  SQL", " ".join(st.split()), pa)
with Session(e) as s:
    for x in s.scalars(select(Emp).order_by(Emp.id)): print(type(x).__name__, x.name, getattr(x, "lang", None), getattr(x, "lvl", None))
with Session(e) as s:
    wp = with_polymorphic(Emp, [Eng, Mgr])
    for x in s.scalars(select(wp).where(or_(wp.Eng.lang == "py", wp.Mgr.lvl == 2)).order_by(wp.id)): print(type(x).__name__, x.name)
with Session(e) as s:
    c = s.scalars(select(Comp).options(selectinload(Comp.emps.of_type(Eng)).selectinload(Eng.mach))).one(); print([len(getattr(x, "mach", [])) for x in c.emps])
with Session(e) as s:
    c = s.scalars(select(Comp).options(joinedload(Comp.emps.of_type(with_polymorphic(Emp, "*"))))).unique().one(); print([x.name for x in c.emps])
    print(s.scalars(select(Eng).join(Eng.mach).where(Eng.name == "a").distinct()).all()[0].name)
    print(s.scalars(select(Comp).join(Comp.emps.of_type(Eng)).where(Eng.lang == "js")).all() == [c])
    print(s.scalars(select(Comp).where(Comp.emps.of_type(Eng).any(Eng.lang == "zz"))).all())
    s.expire_all(); x = s.get(Emp, 1); print(x.lang); s.refresh(x); x.lang = "c"; x.name = "A"; s.commit(); s.delete(x.mach[0]); s.delete(x.mach[1]); s.delete(x); s.commit()
    print(s.execute(update(Emp).where(Emp.name == "b").values(name="bb")).rowcount, s.scalars(select(Mgr.name)).all(), s.execute(delete(Mgr)).rowcount if False else "")
