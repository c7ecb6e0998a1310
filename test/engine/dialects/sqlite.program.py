# SQLite: table options, storage formats, statements and ON CONFLICT.
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "sqlite": sqlite.dialect,
}


def rendered(x, name):
    """SQL of a construct or a type for a dialect, with its parameters; or the error."""
    try:
        compiled = str(x) if name == "str" else x.compile(dialect=DIALECTS[name]())
        params = {} if name == "str" or isinstance(x, (TypeEngine, BaseDDLElement)) else compiled.params
        return f"{compiled}" + (f" | { {k: str(v) for k, v in sorted(params.items())} }" if params else "")
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def sql(x, *names):
    for name in names or ("str",):
        print(f"{name}: {rendered(x, name)}")


def attempt(fn):
    try:
        print("ok", fn())
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


print("== table options and types")
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"),
    Column("x", Integer, nullable=False, unique=True, sqlite_on_conflict_not_null="REPLACE", sqlite_on_conflict_unique="IGNORE"),
    CheckConstraint("x>5", sqlite_on_conflict="ABORT"),
    sqlite_autoincrement=True,
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
sql(CreateTable(t), "sqlite")
t2 = Table(
    "t2",
    m,
    Column("a", Integer, primary_key=True, autoincrement=True),
    Column("b", Integer, primary_key=True),
    Column("d", Integer, server_default=text("(1 + 2)")),
    Column("e", Integer, server_default=func.foo(5)),
    Column("f", Integer, server_default=text("current_timestamp")),
    Column("g", DateTime, server_default=text("'x'")),
)
sql(CreateTable(t2), "sqlite")
sql(
    CreateTable(
        Table(
            "t3",
            m,
            Column("d", sqlite.DATETIME(storage_format="%(year)04d%(month)02d%(day)02d%(hour)02d%(minute)02d%(second)02d")),
            Column("e", sqlite.DATE(storage_format="%(year)04d%(month)02d%(day)02d")),
            Column("f", sqlite.TIME(truncate_microseconds=True)),
            Column("j", JSON),
            Column("u", Uuid),
            Column("i", Interval),
            Column("p", PickleType),
            Column("b", LargeBinary),
            Column("v", String(5).with_variant(Text(), "sqlite")),
        )
    ),
    "sqlite",
)

print("== JSON")
t = Table(
    "t",
    MetaData(),
    Column("j", JSON),
    Column("a", ARRAY(Integer)),
    Column("a2", ARRAY(Integer, dimensions=2)),
    Column("z", ARRAY(Integer, zero_indexes=True)),
)
sql(
    select(
        t.c.j["a"],
        t.c.j[5],
        t.c.j[("a", 1, "b")],
        t.c.j["x"].as_string(),
        t.c.j["x"].as_integer(),
        t.c.j["x"].as_boolean(),
        t.c.j["x"].as_float(),
        t.c.j["x"].as_numeric(10, 2),
        t.c.j["x"].as_json(),
    ),
    "str",
    "sqlite",
)
sql(select(t.c.j["a"]["b"]).where(t.c.j["x"].as_string() == "y"), "str", "sqlite")
attempt(lambda: t.c.j.as_string())
sql(select(t.c.a[5], t.c.a2[1], t.c.a2[1][2], t.c.z[0], t.c.a[1:2], t.c.z[0:4]), "str")
sql(t.c.a.any(5), "str")
sql(t.c.a.all(5), "str")
attempt(lambda: t.c.a.contains([5]))
print(repr((t.c.a2[1]).type))
print(repr(t.c.a[1:2].type))

print("== statements")
t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("x", Integer), Column("s", String), Column("d", DateTime))
sql(select(t).limit(5), "sqlite")
sql(select(t).offset(5), "sqlite")
sql(select(t).limit(3).offset(5), "sqlite")
sql(select(t).with_for_update(), "sqlite")
sql(
    select(
        extract("year", t.c.d),
        extract("dow", t.c.d),
        func.now(),
        func.char_length(t.c.s),
        func.localtimestamp(),
        func.aggregate_strings(t.c.s, ","),
    ),
    "sqlite",
)
sql(select(extract("foo", t.c.d)), "sqlite")
sql(
    select(t.c.x / t.c.id, t.c.x // t.c.id, t.c.x % 5, t.c.x.bitwise_xor(5), t.c.x.is_distinct_from(5), t.c.x.is_not_distinct_from(None)),
    "sqlite",
)
sql(select(t.c.x.in_([1, 2]), t.c.x.in_([]), tuple_(t.c.x, t.c.id).in_([]), tuple_(t.c.x, t.c.id).in_([(1, 2)])), "sqlite")
sql(select(t.c.s.regexp_match("a.*b"), ~t.c.s.regexp_match("x"), t.c.s.ilike("%x%")), "sqlite")
sql(select(t.c.s.regexp_replace("a", "b")), "sqlite")
sql(select(true(), false(), t.c.x.cast(String(5)), cast(t.c.x, Numeric(10, 2)), type_coerce(t.c.x, String)), "sqlite")
sql(t.insert(), "sqlite")
sql(t.insert().values(x=5).returning(t.c.id, t.c.s), "sqlite")
sql(t.insert().values([{"x": 1}, {"x": 2}]), "sqlite")
sql(t.update().values(x=t.c.x + 1).where(t.c.id == 5).returning(t), "sqlite")
o = Table("o", MetaData(), Column("id", Integer), Column("y", Integer))
sql(t.update().values(x=o.c.y).where(t.c.id == o.c.id), "sqlite")
sql(t.delete().where(t.c.id == o.c.id), "sqlite")
sql(t.delete().where(t.c.id == 5), "sqlite")
sql(t.insert().from_select(["id", "x"], select(o)), "sqlite")
i = sqlite.insert(t).values(id=1, x=5)
sql(i.on_conflict_do_nothing(), "sqlite", "str")
sql(i.on_conflict_do_nothing(index_elements=["id"]), "sqlite")
sql(i.on_conflict_do_nothing(index_elements=[t.c.id], index_where=t.c.x > 5), "sqlite")
sql(i.on_conflict_do_update(index_elements=["id"], set_={"x": 7, t.c.s: "q"}), "sqlite")
sql(
    i.on_conflict_do_update(index_elements=["id"], set_=dict(x=i.excluded.x + 1), where=t.c.x > i.excluded.x, index_where=t.c.id > 9),
    "sqlite",
    "str",
)
sql(i.on_conflict_do_update(index_elements=["id"], set_=dict(nope=5)), "sqlite")
attempt(lambda: i.on_conflict_do_update(index_elements=["id"], set_={}))
attempt(lambda: i.on_conflict_do_update(index_elements=["id"], set_=5))
attempt(lambda: i.on_conflict_do_nothing().on_conflict_do_nothing())
sql(i.on_conflict_do_update(index_elements=["id"], set_=i.excluded), "sqlite")
sql(union(select(t.c.id), select(o.c.id)).limit(5), "sqlite")
sql(select(t.c.id).where(exists(select(o).where(o.c.id == t.c.id))), "sqlite")
