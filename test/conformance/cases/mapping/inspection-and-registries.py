"""What inspect() tells of classes and attributes, attributes that are not there, several registries."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional, List, Set, Dict
from sqlalchemy import *
from sqlalchemy.orm import *
import sqlalchemy as sa
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    bs: Mapped[Set["B"]] = relationship(back_populates="a")
    one: Mapped[Optional["B"]] = relationship(viewonly=True)
    wo: WriteOnlyMapped["B"] = relationship(viewonly=True)
    dy: DynamicMapped["B"] = relationship(viewonly=True)
    lst = relationship("B", viewonly=True)
    un: Mapped["B"] = relationship(viewonly=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[str]
    a_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))
    a: Mapped[Optional["A"]] = relationship(back_populates="bs")
configure_mappers()
for k in "bs one wo dy lst un".split():
    p = getattr(A, k).property
    print(k, p.uselist, p.lazy, p.collection_class if not callable(p.collection_class) or isinstance(p.collection_class, type) else "fn", p.direction)
m = inspect(A)
print(m.relationships.keys(), m.relationships.bs.mapper, m.relationships["bs"].target, [r.key for r in m.relationships], "bs" in m.relationships, len(m.relationships))
print(inspect(A.bs) is A.bs, inspect(A.bs).property.parent, A.bs.parent, A.bs.class_, A.bs.key, A.id.expression, A.bs.prop is A.bs.property, inspect(A).attrs["id"].class_attribute is A.id)
print(repr(A.id)[:40], str(A.bs), str(m.attrs.bs), repr(m.attrs.id)[:20], repr(m.attrs.bs)[:30])
print(m.identity_key_from_primary_key((5,)), m.identity_key_from_instance(A(id=3)), m.primary_key_from_instance(A(id=9)))
from sqlalchemy.orm.util import identity_key
print(identity_key(A, 5), identity_key(A, (5,), identity_token="t"), identity_key(instance=A(id=4)))
attempt(lambda: identity_key()); attempt(lambda: identity_key(A))
print(m.mapper is m, m.entity, m.class_manager.class_, m.is_mapper, m.selectable, m.concrete, m.single, m.polymorphic_on, m.configured)
print(A.__mapper__.c.id, A.__mapper__.columns["id"], A.__mapper__.columns.id.table)
attempt(lambda: m.attrs.zork); attempt(lambda: A.zork); attempt(lambda: A.id.zork); attempt(lambda: A.bs.zork); attempt(lambda: A.bs.id)
attempt(lambda: class_mapper(A) is m); attempt(lambda: object_mapper(A()) is m); attempt(lambda: sa.inspect(5)); attempt(lambda: sa.inspect(5, False)); attempt(lambda: sa.inspect(A).zork)
print(A.id.info, A.id.type, A.id.nullable if hasattr(A.id, "nullable") else None, A.id.name, A.id.table, A.id.desc(), A.id.in_([1]), -A.id, A.id.label("q"), A.id.op("%%")(3), A.id.is_(None))
print(select(A.id.label("k"), A.__table__.c.id).order_by(A.id.desc()).filter_by(id=3))
attempt(lambda: select(A).filter_by(zork=3)); attempt(lambda: str(select(A).filter_by(bs=None)))
attempt(lambda: bool(A.id)); attempt(lambda: A.id == B.a_id)
attempt(lambda: setattr(A, "newcol", mapped_column(Integer))); print(A.__table__.c.keys(), A.newcol)
def over():
    A.newcol = mapped_column(String)
attempt(over)
attempt(lambda: setattr(A, "plain", 5)); print(A.plain)
def dele(): del A.id
attempt(dele)
def dele2(): del A.plain
attempt(dele2)
print(hasattr(A, "plain"), A.metadata is Base.metadata, A.registry is Base.registry, Base.registry.metadata is Base.metadata)
from sqlalchemy.orm import registry as R
r1, r2 = R(), R()
@r1.mapped
class X1:
    __tablename__ = "x1"
    id = Column(Integer, primary_key=True)
    y = relationship(lambda: Y1, primaryjoin=lambda: foreign(X1.id) == Y1.id)
@r2.mapped
class Y1:
    __tablename__ = "y1"
    id = Column(Integer, primary_key=True)
r1.configure(cascade=True)
attempt(lambda: r2.dispose())
r2.dispose(cascade=True)
attempt(lambda: class_mapper(X1))
print(r1.mappers, len(Base.registry.mappers))
def unresolved():
    r3 = R()
    @r3.mapped
    class Z:
        __tablename__ = "z"
        id = Column(Integer, primary_key=True)
        r = relationship("Nope")
    try: r3.configure()
    except Exception as e: print("1", type(e).__name__, e)
    try: Z()
    except Exception as e: print("2", type(e).__name__, e)
    try: configure_mappers()
    except Exception as e: print("3", type(e).__name__, e)
    r3.dispose()
unresolved()
configure_mappers()
