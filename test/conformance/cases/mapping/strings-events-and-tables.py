"""Names in strings and their errors, explicit tables, mapper events, bases that are refused."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s"})
class A(Base):
    __table__ = Table("a", Base.metadata, Column("id", Integer, primary_key=True), Column("x_y", Integer), Column("z", String))
    xy = __table__.c.x_y
    calc = column_property(__table__.c.x_y + 1)
    @classmethod
    def __declare_last__(cls): print("last", cls.__name__)
    @classmethod
    def __declare_first__(cls): print("first", cls.__name__)
print(A.__mapper__.attrs.keys() if False else A.__mapper__.column_attrs.keys(), A.xy, A.calc)
def badcol():
    class B(Base):
        __table__ = Table("b", Base.metadata, Column("id", Integer, primary_key=True))
        extra = Column(Integer)
attempt(badcol)
def usedirect():
    class D(DeclarativeBase):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True)
attempt(usedirect)
def badreg():
    class D(DeclarativeBase):
        registry = 5
attempt(badreg)
def bothreg():
    class D(DeclarativeBase):
        registry = registry()
        type_annotation_map = {int: BigInteger}
attempt(bothreg)
class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column("the_id", primary_key=True, info={"a": 1}, doc="doc!", comment="com")
    a = Column("dup", Integer)
    b = Column("dup", Integer)
attempt(lambda: C.id.info); print(C.id.property.doc, C.id.property.info, C.id.key, C.id.name, C.__table__.c.keys())
C.id.property.info["k"] = 2; print(C.id.property.info)
class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[Optional[str]] = mapped_column(String(5), index=True, unique=True, server_default="x", onupdate="y", default=lambda: "z")
    v: Mapped[int] = mapped_column(active_history=True, insert_default=3)
    __mapper_args__ = {"version_id_col": v, "confirm_deleted_rows": False, "batch": False}
print(T.__table__.indexes, T.data.property.active_history, T.v.property.active_history, T.__mapper__.version_id_col, T.__mapper__.batch, T.__table__.c.data.onupdate, T.__table__.c.v.default)
class Par(Base):
    __tablename__ = "par"
    id: Mapped[int] = mapped_column(primary_key=True)
    kids = relationship("Kid", primaryjoin="and_(Par.id == foreign(Kid.par_id), Kid.n > 5)", order_by="desc(Kid.n), Kid.id", viewonly=True)
    kids2 = relationship("Kid", foreign_keys="[Kid.par_id]", overlaps="par")
    kids3 = relationship(lambda: Kid, primaryjoin=lambda: Par.id == foreign(Kid.par_id), viewonly=True)
class Kid(Base):
    __tablename__ = "kid"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    par_id: Mapped[int] = mapped_column(ForeignKey("par.id"))
    par: Mapped["Par"] = relationship(foreign_keys="Kid.par_id", overlaps="kids2")
    par2 = relationship("__main__.Par", viewonly=True)
configure_mappers()
print(Par.kids.property.primaryjoin, "|", [str(x) for x in Par.kids.property.order_by], Kid.par2.property.mapper, Par.kids3.property.direction)
print(select(Par).join(Par.kids))
@event.listens_for(Base, "before_mapper_configured", propagate=True)
def bmc(mapper, cls): print("before_mapper_configured", cls.__name__)
@event.listens_for(Mapper, "mapper_configured")
def mc(mapper, cls): print("mapper_configured", cls.__name__)
@event.listens_for(Base, "instrument_class", propagate=True)
def ic(mapper, cls): print("instrument", cls.__name__)
@event.listens_for(Mapper, "after_configured")
def ac(): print("after")
class L(Base):
    __tablename__ = "l"
    id: Mapped[int] = mapped_column(primary_key=True)
configure_mappers()
def badrel(**kw):
    def go():
        class Base(DeclarativeBase): pass
        ns = dict(__tablename__="q", id=mapped_column(Integer, primary_key=True), kid_id=mapped_column(Integer), __module__=__name__)
        ns["r"] = relationship(**kw)
        type(Base)("Q", (Base,), ns)
        class K(Base):
            __tablename__ = "k"
            id: Mapped[int] = mapped_column(primary_key=True)
            qid: Mapped[int] = mapped_column(ForeignKey("q.id"))
        Base.registry.configure()
    return go
attempt(badrel(argument="Zork"))
attempt(badrel(argument="K", primaryjoin="Q.id == K.zork"))
attempt(badrel(argument="K", primaryjoin="Q.id == Zork.id"))
attempt(badrel(argument="K", primaryjoin="Q.idd == K.qid"))
attempt(badrel(argument="K", order_by="K.r"))
attempt(badrel(argument="List[K]"))
attempt(badrel(argument="a.b.K"))
attempt(badrel(argument="__main__.Nope"))
attempt(badrel(argument="K", foreign_keys="K.qid", back_populates="nope"))
attempt(badrel(argument="K", backref="qid"))
attempt(badrel(argument=5))
attempt(badrel(argument="K", secondary="nosec"))
attempt(badrel(argument="K", cascade="all, zork"))
attempt(badrel(argument="K", lazy="zork"))
attempt(badrel(argument="K", remote_side="Q.id"))
