import warnings
warnings.simplefilter("always")
import sys
def show(message, category, filename, lineno, file=None, line=None): print("WARN", category.__name__, clean(message))
warnings.showwarning = show
import re
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy import event, inspect
from sqlalchemy.ext.hybrid import hybrid_property, hybrid_method
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import *
def t(name, fn):
    try: print(name, fn())
    except BaseException as e: print(name, type(e).__name__, str(e)[:300])
def clean(x): return re.sub(r"0x[0-9a-f]+", "0x", str(x))
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(info={"x": 1})
    bs: Mapped[list["B"]] = relationship(info={"r": 2})
    names = association_proxy("bs", "name", info={"foo": "bar"})
    @hybrid_property
    def upper(self):
        "the doc of upper"
        return self.name.upper()
    @upper.expression
    def upper(cls):
        "the doc of expr"
        return func.upper(cls.name)
    @hybrid_method
    def plus(self, n):
        "the doc of plus"
        return self.id + n
    @plus.expression
    def plus(cls, n):
        "class doc"
        return cls.id + n
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int | None] = mapped_column(ForeignKey("a.id"))
    name: Mapped[str | None]
print(A.name.info, A.bs.info, A.name.property.info, A.names.info if hasattr(A.names, "info") else None, inspect(A).all_orm_descriptors["names"].info, inspect(A).all_orm_descriptors["upper"].info)
print(A.upper.__doc__, "|", A.__dict__["upper"].__doc__, "|", A.plus.__doc__, "|", A(id=1).plus.__doc__)
class WithDel(Base):
    __tablename__ = "wd"
    id: Mapped[int] = mapped_column(primary_key=True)
    def __del__(self): pass
configure_mappers()
t("mysql idx", lambda: CreateIndex(Index("i", -Table("tt", MetaData(), Column("data", Integer)).c.data)).compile(dialect=mysql.dialect()))
tt = Table("t3", MetaData(), Column("data", Integer), Column("d2", String))
for ex in (-tt.c.data, tt.c.data + 1, func.lower(tt.c.d2), tt.c.data.desc(), tt.c.d2.collate("utf8_bin"), cast(tt.c.data, String), tt.c.data.label("q"), text("x"), func.lower(tt.c.d2).desc(), not_(tt.c.data), (tt.c.data + 1).desc()):
    t("idx", lambda: CreateIndex(Index("i", ex, _table=tt)).compile(dialect=mysql.dialect()))
d = DDL("SELECT :foo", context={"foo": 1})
print(repr(d) == "<%s@%s; %s>" % (type(d).__name__, id(d), repr(d.statement) + ", context={'foo': 1}"))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
s = Session(e)
s.add_all([A(name="x", bs=[B(name="q"), B(name="r")]), A(name="y")]); s.commit(); s.close()
@event.listens_for(A, "load")
def load(target, context):
    len(target.bs); 
@event.listens_for(A, "load")
def load2(target, context):
    object_session(target).refresh(target)
s = Session(e)
t("load", lambda: [a.name for a in s.scalars(select(A))])
event.remove(A, "load", load2)
s = Session(e)
r = s.execute(select(A).execution_options(yield_per=1))
for row in r:
    print(row[0].name); break
print(r.closed); r.close(); print(r.closed)
it = iter(s.query(A).yield_per(1)); print(next(it).name); it.close()
log = []
def lis(*a, **k): log.append((sorted(k), len(a)))
event.listen(A.name, "set", lis, named=True)
event.listen(A.bs, "append", lis, named=True)
event.listen(A.bs, "bulk_replace", lis, named=True)
event.listen(A.name, "init_scalar", lis, named=True)
a = A(); a.name = "q"; a.bs.append(B()); a.bs = []; A().name
print(log)
m = MetaData(); ot = Table("ot", m, Column("id", Integer, primary_key=True), Column("a", Integer, default=5), Column("b", Integer, server_default="7"), Column("c", String)); m.create_all(e)
with e.begin() as c:
    r = c.execute(insert(ot).return_defaults(supplemental_cols=[ot.c.id, ot.c.b]), {"c": "x"})
    print(r.inserted_primary_key, r.returned_defaults, r.inserted_primary_key_rows, r.returned_defaults_rows)
    r = c.execute(update(ot).values(c="z").return_defaults(ot.c.a, supplemental_cols=[ot.c.id]))
    print(r.returned_defaults, r.returned_defaults_rows)
    r = c.execute(delete(ot).return_defaults(supplemental_cols=[ot.c.b]))
    print(r.returned_defaults, r.returned_defaults_rows, r.rowcount)
