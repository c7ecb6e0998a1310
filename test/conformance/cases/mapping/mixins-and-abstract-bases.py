"""What mixins, abstract bases and declared_attr bring to a class, in which order, with the warnings and errors."""
from typing import Optional
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
class Stamp:
    created: Mapped[Optional[int]] = mapped_column(sort_order=99)
    first: Mapped[int] = mapped_column(sort_order=-5)
    plain = Column(String(5), default="x")
class Named:
    @declared_attr.directive
    def __tablename__(cls): return cls.__name__.lower()
    @declared_attr
    def owner_id(cls) -> Mapped[int]: return mapped_column(ForeignKey("owner.id"))
    @declared_attr
    def owner(cls) -> Mapped["Owner"]: return relationship()
    __table_args__ = {"comment": "hi"}
    __mapper_args__ = {"eager_defaults": True}
class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
class Thing(Named, Stamp, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
class Thing2(Stamp, Named, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = (UniqueConstraint("created"),)
for t in (Thing, Thing2):
    print(t.__table__.c.keys(), t.__table__.comment, t.__mapper__.eager_defaults, [type(c).__name__ for c in t.__table__.constraints if not isinstance(c, (PrimaryKeyConstraint, ForeignKeyConstraint))])
configure_mappers()
print(Thing.owner.property.mapper, Thing2.owner, Thing.created is Thing2.created, Thing.__table__.c.plain.default)
class AbstractBase(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]
class Real(AbstractBase):
    __tablename__ = "real"
    extra: Mapped[int]
print(Real.__table__.c.keys(), hasattr(AbstractBase, "__table__"))
def bad_prop():
    class M:
        r = column_property(1)
    class X(M, Base):
        __tablename__ = "x"
        id: Mapped[int] = mapped_column(primary_key=True)
def bad_rel():
    class M:
        r = relationship("Owner")
    class X(M, Base):
        __tablename__ = "x"
        id: Mapped[int] = mapped_column(primary_key=True)
attempt(bad_rel)
class HasId:
    @declared_attr.cascading
    def id(cls):
        if has_inherited_table(cls):
            return mapped_column(ForeignKey("p.id"), primary_key=True)
        return mapped_column(Integer, primary_key=True)
class P(HasId, Base):
    __tablename__ = "p"
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "p"}
class C(P):
    __tablename__ = "c"
    x: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "c"}
print(repr(C.__table__.c.id), C.__mapper__.inherits)
class Sing(P):
    y: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "s"}
class Sing2(P):
    y: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "s2"}
print(P.__table__.c.keys(), Sing.__mapper__.single, Sing.__mapper__.column_attrs.keys(), Sing2.__mapper__.column_attrs.keys(), P.__mapper__.column_attrs.keys())
def conflict():
    class Sing3(P):
        y: Mapped[Optional[int]]
        __mapper_args__ = {"polymorphic_identity": "s3"}
attempt(conflict)
def pkin():
    class Sing4(P):
        yid: Mapped[int] = mapped_column(primary_key=True)
        __mapper_args__ = {"polymorphic_identity": "s4"}
attempt(pkin)
def argsin():
    class Sing5(P):
        __table_args__ = (UniqueConstraint("y"),)
        __mapper_args__ = {"polymorphic_identity": "s5"}
attempt(argsin)
def noid():
    class Sing6(P):
        pass
attempt(noid)
def dup():
    class Sing7(P):
        __mapper_args__ = {"polymorphic_identity": "s"}
attempt(dup)
def two():
    class TwoBases(Owner, P): pass
attempt(two)
class MT:
    @classmethod
    def helper(cls): return 1
    z = literal_column("1")
class UsesMT(MT, Base):
    __tablename__ = "umt"
    id: Mapped[int] = mapped_column(primary_key=True)
    w = literal_column("5")
print(P.registry is Base.registry, sorted(m.class_.__name__ for m in Base.registry.mappers))
print(Stamp.first)
try: print(Named().owner_id)
except Exception as e: print(type(e).__name__, e)
