"""Expressions of columns in class bodies: indexes, constraints, joins; polymorphic_union; sentinels; column_property."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
from sqlalchemy import *
from sqlalchemy.schema import CreateTable, CreateIndex
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e)[:300])
class Base(DeclarativeBaseNoMeta): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(CheckConstraint("n < 9", name="lt"))
    s: Mapped[Optional[str]] = mapped_column(String(9), ForeignKey("z.s", ondelete="CASCADE"))
    u: Mapped[int] = mapped_column(unique=True)
    __table_args__ = (Index("ix_n", n.desc(), func.lower(s)), UniqueConstraint(n, "s", name="uq"), CheckConstraint(n > u), {"comment": "c", "info": {"k": 1}, "prefixes": ["TEMP"]})
class Z(Base):
    __tablename__ = "z"
    s: Mapped[str] = mapped_column(primary_key=True)
    a_s: Mapped[list[A]] = relationship(order_by=A.n.desc(), foreign_keys=A.s, primaryjoin=s == A.s)
    a_big: Mapped[list[A]] = relationship(primaryjoin=and_(s == foreign(A.s), A.n > 5), viewonly=True)
print(CreateTable(A.__table__)); print([str(CreateIndex(i)) for i in A.__table__.indexes], A.__table__.info, A.__table__.comment)
print(select(Z).join(Z.a_big).order_by(Z.s)); print(Z.a_s.property.order_by)
class C(Base):
    __tablename__ = "c"
    x: Mapped[int] = mapped_column(primary_key=True)
    y: Mapped[int] = mapped_column(primary_key=True)
    parent_x: Mapped[Optional[int]]; parent_y: Mapped[Optional[int]]
    parent: Mapped[Optional["C"]] = relationship(remote_side=[x, y], back_populates="kids")
    kids: Mapped[list["C"]] = relationship(back_populates="parent")
    __table_args__ = (ForeignKeyConstraint(["parent_x", "parent_y"], ["c.x", "c.y"]),)
configure_mappers()
print(C.parent.property.direction, C.kids.property.direction, C.parent.property.local_remote_pairs)
add_mapped_attribute(C, "late", mapped_column(String(3))); print(C.late, C.__table__.c.keys())
@declarative_mixin
class M: 
    @declared_attr.directive
    def __mapper_args__(cls): return {"column_prefix": "p_"} if cls.__name__ == "D" else {}
class D(M, Base):
    __tablename__ = "d"
    id = Column(Integer, primary_key=True)
    q = Column(Integer)
print(D.__mapper__.attrs.keys())
class E1(Base):
    __tablename__ = "e1"
    id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[str]
    _sent = orm_insert_sentinel()
print(E1.__table__.c.keys(), E1.__mapper__.column_attrs.keys(), select(E1))
ua, ub = Table("ua", Base.metadata, Column("id", Integer, primary_key=True), Column("x", Integer)), Table("ub", Base.metadata, Column("id", Integer, primary_key=True), Column("y", String))
pu = polymorphic_union({"a": ua, "b": ub}, "type", "pj")
print(select(pu)); attempt(lambda: polymorphic_union({"a": ua}, "x"))
class PU(Base):
    __table__ = pu
    __mapper_args__ = {"primary_key": [pu.c.id, pu.c.type]}
print(PU.__mapper__.primary_key, PU.x)
class F(Base):
    __tablename__ = "f"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]; last: Mapped[str]
    full = column_property(first + " " + last) if False else None
    name_len = column_property(func.length(Column("nm", String)))
attempt(lambda: F)
class G(Base):
    __tablename__ = "g"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str] = mapped_column()
    last: Mapped[str] = mapped_column("last_name")
    full: Mapped[str] = column_property(first + " " + last)
    expr = column_property(literal(5).label("five"), deferred=True, group="gg", doc="d", info={"z": 1})
print(G.full, select(G.full, G.expr), G.expr.property.doc, G.expr.info, G.full.property.columns)
print([(p.key, p.deferred, p.group) for p in G.__mapper__.column_attrs], G.__mapper__.c.keys(), inspect(G).columns.full)
attempt(lambda: type("H", (Base,), {"__tablename__": "h", "id": Column(Integer, primary_key=True), "rel": relationship("G"), "zz": 5}).__mapper__ and configure_mappers())
