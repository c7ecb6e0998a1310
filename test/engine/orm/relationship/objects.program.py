from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy import event
import warnings
warnings.simplefilter("always")
class Base(DeclarativeBase): pass
class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    kids: Mapped[list["Kid"]] = relationship(back_populates="parent", foreign_keys="Kid.parent_id", cascade="all, delete-orphan", order_by="Kid.id")
    fav_id: Mapped[int | None] = mapped_column(ForeignKey("kid.id", use_alter=True, name="fk"))
    fav: Mapped["Kid | None"] = relationship(foreign_keys=[fav_id], post_update=True)
    ro: Mapped[list["Kid"]] = relationship(primaryjoin="and_(Parent.id == Kid.parent_id, Kid.name == 'x')", foreign_keys="Kid.parent_id", viewonly=True)
    toys: Mapped[list["Toy"]] = relationship(secondary="pt", back_populates="parents")

class Kid(Base):
    __tablename__ = "kid"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
    parent: Mapped["Parent | None"] = relationship(back_populates="kids", foreign_keys=[parent_id])
class Toy(Base):
    __tablename__ = "toy"
    id: Mapped[int] = mapped_column(primary_key=True)
    parents: Mapped[list["Parent"]] = relationship(secondary="pt", back_populates="toys")
pt = Table("pt", Base.metadata, Column("p", ForeignKey("parent.id"), primary_key=True), Column("t", ForeignKey("toy.id"), primary_key=True))
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, str(x)[:300])
e = create_engine("sqlite://"); Base.metadata.create_all(e)
log = []
@event.listens_for(e, "before_cursor_execute")
def rec(c, cur, st, pa, ctx, many): log.append((" ".join(st.split()), pa))
def sql(title):
    print("--", title)
    for l in log: print("  ", *l)
    log.clear()
s = Session(e)
pa = Parent(name="p", kids=[Kid(name="x"), Kid(name="y")]); pa.fav = pa.kids[0]; s.add(pa); s.commit(); sql("insert")
print([k.parent is pa for k in pa.kids], [k.name for k in pa.ro], pa.fav.name); sql("load")
k = pa.kids.pop(); s.commit(); sql("orphan"); p(lambda: inspect(k).deleted)
pa.kids = [Kid(name="z")]; s.commit(); sql("replace")
t = Toy(); pa.toys.append(t); s.flush(); sql("m2m"); p(lambda: t.parents == [pa]); pa.toys.remove(t); s.commit(); sql("m2m remove")
d = Parent(id=pa.id, name="merged", kids=[Kid(name="n1")], toys=[Toy()]); s.expunge_all()
m = s.merge(d); p(lambda: (m.name, [x.name for x in m.kids], len(m.toys), m is d)); s.commit(); sql("merge")
with Session(e) as s2:
    m2 = s2.merge(m, load=False); p(lambda: (m2.name, inspect(m2).persistent)); sql("merge no load")
    m3 = s2.merge(Kid(name="lonely", parent=Parent(name="new"))); s2.commit(); p(lambda: m3.parent.name); sql("merge up")
p(lambda: s.scalars(select(Kid).where(Kid.parent == m)).all()[0].name); sql("compare")
p(lambda: select(Kid).where(Kid.parent == Parent()).compile().params)
x = Parent(); q = select(Kid).where(Kid.parent == x); p(lambda: s.execute(q).all()); x.id = 1; p(lambda: len(s.scalars(q).all())); sql("later value")
p(lambda: s.scalars(select(Parent).where(Parent.toys.contains(m.toys[0]))).one() is m); sql("contains")
p(lambda: s.scalars(select(Parent).where(~Parent.toys.contains(m.toys[0]))).all()); sql("not contains")
s.delete(m); s.commit(); sql("delete")
def bad(): Parent(kids=[Parent()]) and s.add(Parent(kids=[Toy()])) ; s.flush()
p(bad); s.rollback()
def bad2(): Kid(parent=3)
p(bad2)
def bad3(): Parent(kids={"a": 1})
p(bad3)
def bad4(): s.add(Parent(kids=[Toy()])); s.flush()
p(bad4); s.rollback()
kk = Kid(name="o"); s.add(kk); p(lambda: s.flush()); s.rollback(); sql("orphan pending")
k3 = Kid(name="a"); p1 = Parent(kids=[k3]); p2 = Parent(); k3.parent = p2; p(lambda: (p1.kids, p2.kids == [k3])); p2.kids.remove(k3); p(lambda: k3.parent); del k3.parent; p(lambda: k3.parent)
p(lambda: inspect(Parent(kids=[k3])).attrs.kids.history.added == [k3])
p(lambda: [str(x) for x in inspect(Parent).relationships["kids"]._reverse_property])
p(lambda: [o for o in inspect(Parent).cascade_iterator("save-update", inspect(p1))])
class Single(Base):
    __tablename__ = "single"
    id: Mapped[int] = mapped_column(primary_key=True)
    kid_id: Mapped[int | None] = mapped_column(ForeignKey("kid.id"))
    kid: Mapped["Kid | None"] = relationship(single_parent=True, cascade="all, delete-orphan")
Base.metadata.create_all(e); log.clear()
k4 = Kid(name="k4", parent=Parent()); a1 = Single(kid=k4)
def two(): Single(kid=k4)
p(two)
s.add(a1); s.commit(); a1.kid = None; s.commit(); sql("single parent")
