"""Concrete and abstract concrete bases, deferred reflection, automap."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.declarative import ConcreteBase, AbstractConcreteBase, DeferredReflection
from sqlalchemy.ext.automap import automap_base
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
class Emp(ConcreteBase, Base):
    __tablename__ = "emp"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "emp", "concrete": True}
class Mgr(Emp):
    __tablename__ = "mgr"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    lvl: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "mgr", "concrete": True}
class Shape(AbstractConcreteBase, Base):
    strict_attrs = True
    id: Mapped[int] = mapped_column(primary_key=True)
class Circ(Shape):
    __tablename__ = "circ"
    id: Mapped[int] = mapped_column(primary_key=True)
    r: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "circ", "concrete": True}
class Sq(Shape):
    __tablename__ = "sq"
    id: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "sq", "concrete": True}
attempt(lambda: select(Shape))
configure_mappers()
e = create_engine("sqlite://"); Base.metadata.create_all(e)
print(select(Emp)); print(select(Shape))
with Session(e) as s:
    s.add_all([Emp(name="a"), Mgr(name="b", lvl=2), Circ(r=1), Sq(side=3)]); s.commit()
    print([(type(x).__name__, x.name) for x in s.scalars(select(Emp).order_by(Emp.name))], s.scalars(select(Mgr.lvl)).all())
    print([type(x).__name__ for x in s.scalars(select(Shape).order_by(Shape.id))])
    print([type(x).__name__ for x in s.scalars(select(Circ))])
class Refl(DeferredReflection, Base): __abstract__ = True
class R1(Refl):
    __tablename__ = "mgr2"
class R2(Refl):
    __tablename__ = "circ2"
    rr: Mapped[int] = mapped_column("r")
attempt(lambda: class_mapper(R1)); attempt(lambda: select(R1)); attempt(lambda: R1())
with e.begin() as c:
    c.execute(text("create table mgr2 (id integer primary key, nm varchar(5))")); c.execute(text("create table circ2 (id integer primary key, r integer, mgr_id integer references mgr2(id))"))
Refl.prepare(e)
print(R1.__table__.c.keys(), R2.__mapper__.attrs.keys(), select(R2))
AB = automap_base()
class Mgr2(AB):
    __tablename__ = "mgr2"
    def hi(self): return "hi"
AB.prepare(autoload_with=e)
print(sorted(AB.classes.keys()), AB.classes.circ2.__mapper__.attrs.keys(), Mgr2.__mapper__.relationships.keys())
with Session(e) as s:
    m = Mgr2(nm="x", circ2_collection=[AB.classes.circ2(r=4)]); s.add(m); s.commit(); print(m.circ2_collection[0].mgr2 is m, m.hi())
