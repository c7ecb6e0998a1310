"""Enums, type decorators, column properties, and what relationships compare with."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
import enum
from typing import Optional, Literal
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.types import TypeDecorator
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e)[:400])
class Upper(TypeDecorator):
    impl = String
    cache_ok = True
    def process_bind_param(self, v, d): return v.upper() if v else v
    def process_result_value(self, v, d): return v.lower() if v else v
class Email(str): pass
class Base(DeclarativeBase):
    type_annotation_map = {Email: Upper(50)}
class Col(enum.Enum):
    RED = 1; BLUE = 2
class Perm(enum.IntFlag):
    R = 4; W = 2
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    e: Mapped[Email]
    c: Mapped[Col] = mapped_column(default=Col.RED)
    c2: Mapped[Optional[Col]] = mapped_column(Enum(Col, values_callable=lambda x: [str(i.value) for i in x], native_enum=False, create_constraint=True, name="ck"))
    lit: Mapped[Literal["a", "b"]] = mapped_column(server_default="a")
    _hidden: Mapped[int] = mapped_column("hid", default=3)
    __unmapped__ = 5
    class Inner: pass
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    big: Mapped[str] = deferred(mapped_column(Text, default="big"), group="g") if False else mapped_column(Text, default="big", deferred=True)
    @property
    def hidden(self): return self._hidden
    @staticmethod
    def stat(): return "st"
    upper_e = column_property(func.upper(e) if False else literal_column("'x'"))
print(U.__table__.c.keys(), [repr(c.type) for c in U.__table__.c], U.stat(), U.Inner, U.hidden)
eng = create_engine("sqlite://"); Base.metadata.create_all(eng)
with Session(eng) as s:
    u = U(e=Email("Foo@x"), tags=["a"]); s.add(u); s.commit()
    print(u.e, u.c, u.c2, u.lit, u.hidden, u.tags, u.big, u.upper_e)
    print(s.scalars(select(U).where(U.c == Col.RED, U.e == "foo@x")).all() == [u], s.scalars(select(U.c)).all())
    attempt(lambda: U(Inner=5).Inner)
class CP(Base):
    __tablename__ = "cp"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[int] = mapped_column(ForeignKey("u.id"))
    amt: Mapped[int]
    u: Mapped[U] = relationship(backref=backref("cps", lazy="selectin"))
Base.metadata.create_all(eng)
U.total = column_property(select(func.coalesce(func.sum(CP.amt), 0)).where(CP.uid == U.id).correlate_except(CP).scalar_subquery())
with Session(eng) as s:
    u = s.scalars(select(U)).one(); u.cps.append(CP(amt=4)); u.cps.append(CP(amt=5)); s.commit(); print(u.total, len(u.cps)); print(select(U.total).where(U.total > 3))
print(select(CP).options(load_only(CP.amt), joinedload(CP.u).load_only(U.e)))
print(select(CP).options(defer(CP.amt), contains_eager(CP.u)).join(CP.u))
print(select(CP.u), select(CP).order_by(CP.u.property.local_columns.copy().pop()))
print(inspect(U).attrs.cps, U.cps.property.backref, CP.u.property.back_populates, CP.u.property.mapper.class_)
print(CP.u.property.cascade, CP.u.property.secondary, CP.u.property.local_remote_pairs, CP.u.property.remote_side, CP.u.property.target)
attempt(lambda: CP.u == 5); attempt(lambda: CP.u.in_([1])); attempt(lambda: U.cps == None); attempt(lambda: U.cps.has()); attempt(lambda: CP.u.any()); attempt(lambda: CP.u.contains(1)); attempt(lambda: U.cps.contains(CP())); print(CP.u == None, CP.u != None)
attempt(lambda: str(select(U).where(U.cps))); attempt(lambda: relationship("X", cascade="zork")); attempt(lambda: CP(u=5)); attempt(lambda: CP(u=U())); attempt(lambda: U(cps=CP())); attempt(lambda: U(cps=[5]))
