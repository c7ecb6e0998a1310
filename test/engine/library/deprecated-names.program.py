# Names that are on their way out, what they still do and how they warn.
import warnings
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.mapper import Mapper
from sqlalchemy.orm.collections import collection
import sqlalchemy.orm
def t(title, f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: r = f()
        except Exception as x: r = f"!{type(x).__name__}: {x}"
    print(title, "->", r)
    for x in w: print("   ", x.category.__name__, x.message)
from sqlalchemy.orm import mapper
t("mapper", lambda: mapper(1))
print(callable(sqlalchemy.orm.mapper))
t("listen on mapper()", lambda: event.listen(mapper, "before_insert", lambda m, c, o: None))
t("listen on mapper() 2", lambda: event.listen(mapper, "instrument_class", lambda m, c: None))
def conv():
    class MyList(list):
        @collection.converter
        def c(self, other): return list(other)
    return "ok"
t("converter", conv)
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(5))
t("unloaded_expirable", lambda: sorted(inspect(U()).unloaded_expirable))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
s = Session(e)
def old(session, query, context, result): print("old", type(session).__name__, type(query).__name__, type(context).__name__, type(result).__name__)
t("legacy", lambda: event.listen(s, "after_bulk_delete", old))
t("legacy del", lambda: s.query(U).delete())
def oldu(session, query, context, result): print("old", type(session).__name__, type(query).__name__)
t("legacy", lambda: event.listen(s, "after_bulk_update", oldu))
t("legacy upd", lambda: s.query(U).update({"name": "x"}))
def q():
    s.add(U(id=1, name="a")); s.flush()
    it = s.query(U.name).values(U.id, U.name)
    return next(it), list(it)
t("values", q)
t("values1", lambda: list(s.query(U).values()))
t("values2", lambda: list(s.query(U).filter(U.id == 1).values(U.name)))
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
def sc():
    x = scoped_session(sessionmaker(class_=__import__("sqlalchemy.ext.asyncio", fromlist=["x"]).AsyncSession))
    return type(x).__name__
t("scoped async", sc)
t("scoped", lambda: scoped_session(async_sessionmaker())() and None)
t("reg", lambda: (scoped_session(sessionmaker(e)), 1)[1])
sc2 = scoped_session(sessionmaker(e))
sc2()
t("config", lambda: sc2.configure(autoflush=False))
t("args", lambda: sc2(autoflush=False))
t("query.get", lambda: s.query(U).get(1).name)
t("with_parent", lambda: s.query(U).with_parent(1))
