# PostgreSQL: JSON, arrays, ranges, statements and ON CONFLICT, and which parameters drivers want cast.
import datetime
import decimal
import operator
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "postgresql": postgresql.dialect,
    "psycopg": lambda: create_mock_engine("postgresql+psycopg://", print).dialect,
    "asyncpg": lambda: create_mock_engine("postgresql+asyncpg://", print).dialect,
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


def bindresult(type_, name, binds, *results):
    """What the driver is given for values, and what a program gets for the driver's."""
    dialect = DIALECTS[name]()
    impl = type_.dialect_impl(dialect)
    bind, result = impl.bind_processor(dialect), impl.result_processor(dialect, None)
    for value in binds:
        attempt(lambda: f"bind {bind(value) if bind else value!r}")
    for value in results:
        attempt(lambda: f"result {result(value) if result else value!r}")


def lit(type_, name, *values):
    dialect = DIALECTS[name]()
    literal = type_.dialect_impl(dialect).literal_processor(dialect)
    for value in values:
        attempt(lambda: f"literal {literal(value) if literal else None}")


print("== JSON")
P = postgresql
t = Table("t", MetaData(), Column("j", P.JSON), Column("b", P.JSONB), Column("g", JSON), Column("h", P.HSTORE), Column("x", Integer))
for c in (t.c.j, t.c.b, t.c.g):
    sql(
        select(
            c["a"],
            c[5],
            c[("a", 1, "b")],
            c["x"].as_string(),
            c["x"].as_integer(),
            c["x"].as_boolean(),
            c["x"].as_float(),
            c["x"].as_numeric(10, 2),
            c["x"].as_json(),
            c[("x", "y")].as_string(),
            c[("x", "y")].as_integer(),
        ),
        "str",
        "postgresql",
        "psycopg",
        "asyncpg",
    )
    sql(select(c["a"]["b"], c["a"][5]["c"], c["a"]["b"].as_string()), "postgresql", "asyncpg")
    sql(select(t).where(c["x"].as_string() == "y").where(c["y"] == "q"), "postgresql", "psycopg", "asyncpg")
    sql(select(func.foo(c, type_=P.JSONB)["x"], func.foo(c, type_=JSON)["x"], cast(c, P.JSONB)["x"], cast(c, JSON)["x"]), "postgresql")
for c in (t.c.j, t.c.b):
    sql(
        select(c["a"].astext, c[("a", 1)].astext, c["a"].astext == "x", c["a"]["b"].astext.cast(Integer), (c["a"].astext + "x")),
        "postgresql",
        "str",
    )
sql(
    select(
        t.c.b.has_key("x"),
        t.c.b.has_all(P.array(["a", "b"])),
        t.c.b.has_any(P.array(["a", "b"])),
        t.c.b.contains({"a": 1}),
        t.c.b.contained_by({"a": 1}),
        t.c.b.delete_path(["a", "b"]),
        t.c.b.delete_path(P.array(["a"])),
        t.c.b.path_exists("$.a"),
        t.c.b.path_match("$.a"),
        t.c.b["a"].has_key("x"),
        ~t.c.b.has_key("x"),
        t.c.b - "a",
        t.c.b.concat({"a": 5}),
    ),
    "postgresql",
    "psycopg",
    "asyncpg",
)
sql(
    select(
        t.c.h["k"],
        t.c.h.has_key("x"),
        t.c.h.has_all(P.array(["x"])),
        t.c.h.has_any(P.array(["x"])),
        t.c.h.contains({"a": "1"}),
        t.c.h.contained_by({"a": "1"}),
        t.c.h.defined("a"),
        t.c.h.delete("a"),
        t.c.h.delete({"a": "b"}),
        t.c.h.slice(P.array(["a"])),
        t.c.h.keys(),
        t.c.h.vals(),
        t.c.h.array(),
        t.c.h.matrix(),
        t.c.h + t.c.h,
        t.c.h["k"] == "z",
        P.hstore("a", "b"),
        P.hstore(P.array(["a", "b"]))["a"],
        func.hstore("a", "b"),
    ),
    "postgresql",
    "asyncpg",
)
sql(t.insert().values(j={"a": 1}, b=None, h={"a": "b"}), "postgresql", "psycopg", "asyncpg")
sql(select(t.c.b["x"]), "str")
sql(update(t).values({t.c.b["x"]: 5}), "postgresql")
sql(select(t.c.b[t.c.x], t.c.j[t.c.x + 5]), "postgresql")

print("== arrays")
P = postgresql
t = Table(
    "t",
    MetaData(),
    Column("id", Integer),
    Column("a", P.ARRAY(Integer)),
    Column("g", ARRAY(String)),
    Column("d2", P.ARRAY(Integer, dimensions=2)),
    Column("z", P.ARRAY(Integer, zero_indexes=True)),
    Column("e", P.ARRAY(Enum("a", "b", name="en"))),
)
sql(select(t.c.a[5], t.c.a[1:3], t.c.g[2], t.c.d2[1], t.c.d2[1][2], t.c.z[0], t.c.z[0:2], t.c.a[t.c.id]), "postgresql", "asyncpg", "str")
sql(
    select(
        t.c.a.contains([1, 2]),
        t.c.a.contained_by([1]),
        t.c.a.overlap([5]),
        t.c.a.any(5),
        t.c.a.all(7),
        t.c.a == [1, 2],
        t.c.a + [5],
        t.c.a.contains(P.array([1, 2])),
        P.Any(5, t.c.a),
        P.All(6, t.c.a),
        t.c.g.any("x"),
    ),
    "postgresql",
    "psycopg",
    "asyncpg",
)
sql(
    select(
        P.array([1, 2]),
        P.array([1, 2]) + P.array([3]),
        P.array(["x"]),
        P.array([]),
        P.array([], type_=Integer),
        P.array([P.array([1]), P.array([2])]),
        P.array([1, 2])[1],
        P.array([literal(5), t.c.id]),
        P.array([1, 2]) == [3, 4],
        P.array([2]),
    ),
    "postgresql",
    "psycopg",
    "asyncpg",
    "str",
)
sql(select(P.array([1, 2], type_=BigInteger)), "postgresql", "asyncpg")
for e in (P.array([1, 2]), P.array(["x"]), P.array([P.array([1])]), P.array([1.5]), P.array([])):
    print(repr(e.type))
sql(
    select(t).where(any_(t.c.a) == 5).where(all_(t.c.a) < 7),
    "postgresql",
    "asyncpg",
)
sql(select(t).where(t.c.id == any_(P.array([1, 2]))).where(t.c.id == func.any(P.array([1, 2]))), "postgresql")
sql(t.insert().values(a=[1, 2], g=["x"]), "postgresql", "asyncpg", "psycopg")
sql(
    select(
        func.array_agg(t.c.id),
        P.array_agg(t.c.id),
        P.array_agg(t.c.id)[5],
        func.array_agg(P.aggregate_order_by(t.c.id, t.c.id.desc())),
        func.string_agg(t.c.g, P.aggregate_order_by(literal_column("','"), t.c.id, t.c.a)),
        func.unnest(t.c.a),
        func.array_agg(t.c.a),
    ),
    "postgresql",
    "str",
)
print(repr(P.array_agg(t.c.id).type))
print(repr(func.array_agg(t.c.id).type))
print(repr(P.array_agg(t.c.a).type))
sql(select(func.unnest(t.c.a).column_valued("x")), "postgresql")
sql(select(func.json_each(t.c.a).table_valued("key", "value")), "postgresql")
sql(select(func.generate_series(1, 5).table_valued("n", with_ordinality="o", name="q").render_derived()), "postgresql")
sql(
    select(func.json_to_recordset("x").table_valued(column("a", Integer), column("b", String)).render_derived(with_types=True)),
    "postgresql",
)
sql(select(cast(P.array([1]), ARRAY(Text)), cast([1, 2], ARRAY(Integer)), literal([1, 2], ARRAY(Integer))), "postgresql", "asyncpg")
lit(P.ARRAY(Integer), "postgresql", [1, 2], [[1], [2]], [])
lit(P.ARRAY(String), "postgresql", ["a", "b'c"])
bindresult(P.ARRAY(Integer), "postgresql", [[1, 2], None, [[1], [2]]], [1, 2], None)
bindresult(P.ARRAY(Enum("a", "b", "c d", name="x")), "postgresql", [["a", "b"], None], "{a,b}", '{a,NULL,"c d"}', "{}", ["a"])
bindresult(
    P.HSTORE(),
    "asyncpg",
    [{"a": "b", "c": None, 'q"x\\': 'y"'}, None, "x"],
    '"a"=>"b", "c"=>NULL',
    '"a\\"b"=>"c\\\\d"',
    "",
    None,
    "junk",
    '"a"=>"b", junk and more of it all the way down',
    '"a"=>"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", junk and more of it all the way down',
)
bindresult(P.HSTORE(), "asyncpg", [{"a": 5}, {5: "a"}])

print("== ranges")
P = postgresql
R = P.Range
t = Table("t", MetaData(), Column("r", P.INT4RANGE), Column("m", P.INT8MULTIRANGE), Column("d", P.DATERANGE), Column("x", Integer))
sql(
    select(
        t.c.r.contains(5),
        t.c.r.contains(R(1, 5)),
        t.c.r.contained_by(R(1, 5)),
        t.c.r.overlaps(R(1, 5)),
        t.c.r.strictly_left_of(R(1, 5)),
        t.c.r.strictly_right_of(R(1, 5)),
        t.c.r.not_extend_right_of(R(1, 5)),
        t.c.r.not_extend_left_of(R(1, 5)),
        t.c.r.adjacent_to(R(1, 5)),
        t.c.r + R(1, 2),
        t.c.r - R(1, 2),
        t.c.r * R(1, 2),
        t.c.r == R(1, 2),
        t.c.r << R(1, 5),
        t.c.r.union(R(1, 5)),
        t.c.r.intersection(t.c.r),
        t.c.r.difference(t.c.r),
    ),
    "postgresql",
    "asyncpg",
    "psycopg",
)
sql(
    select(
        literal(R(1, 5)), literal(R(1, 5000000000)), literal(R(1.5, 2)), literal(R(None, None)), literal(R(datetime.date(2020, 1, 2), None))
    ),
    "postgresql",
)
sql(t.insert().values(r=R(1, 5), m=None), "postgresql", "asyncpg")
RANGES = (
    R(1, 5),
    R(1, 5, bounds="[]"),
    R(1, 5, bounds="()"),
    R(None, 5),
    R(1, None),
    R(empty=True),
    R(5, 10),
    R(3, 4, bounds="(]"),
    R(4, 10, bounds="(]"),
    R(1.5, 5.5),
    R(5, 5),
)


def answers(r, o):
    """Of two ranges: what they have to do with each other, and what comes of them."""
    questions = (r == o, r.contains(o), r.contained_by(o), r.overlaps(o), r.strictly_left_of(o), r.strictly_right_of(o))
    questions += (r.not_extend_left_of(o), r.not_extend_right_of(o), r.adjacent_to(o))
    yield "".join("ny"[q] for q in questions)
    for op in (operator.add, operator.sub, operator.mul):
        try:
            yield str(op(r, o))
        except Exception as e:
            yield f"{type(e).__name__}: {e}"


for r in RANGES:
    print(r, repr(r), r.lower_inc, r.upper_inc, r.lower_inf, r.upper_inf, r.is_empty, [r.contains(v) for v in (1, 3, 5, 7)])
    for o in RANGES:
        print("  ", o, *answers(r, o))
for r in (
    R(datetime.date(2020, 1, 2), datetime.date(2020, 1, 5)),
    R(datetime.date(2020, 1, 5), datetime.date(2020, 1, 6)),
    R(datetime.date(2020, 1, 2), datetime.date(2020, 1, 4), bounds="[]"),
):
    for o in (
        R(datetime.date(2020, 1, 2), datetime.date(2020, 1, 5)),
        R(datetime.date(2020, 1, 5), datetime.date(2020, 1, 6)),
        R(datetime.date(2020, 1, 2), datetime.date(2020, 1, 4), bounds="[]"),
    ):
        print(r, o, *answers(r, o))

print("== statements")
P = postgresql
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True),
    Column("x", Integer),
    Column("s", String(20)),
    Column("d", DateTime),
    Column("b", Boolean),
    Column("n", Numeric),
)
u = Table("u", m, Column("id", Integer, primary_key=True), Column("t_id", ForeignKey("t.id")), Column("y", String))
D = ("postgresql", "psycopg", "asyncpg")
sql(
    select(t)
    .where(t.c.s.ilike("%x%"))
    .where(t.c.s.not_ilike("y", escape="\\"))
    .where(t.c.s.icontains("z"))
    .where(t.c.s.istartswith("q", autoescape=True)),
    *D,
)
sql(select(t).where(t.c.s.like("a%")).where(~t.c.s.contains("b")).where(t.c.s % 5 == 1), *D)
sql(select(t).distinct(t.c.x, t.c.s).order_by(t.c.x), *D)
sql(select(t).distinct(), *D)
sql(select(t).limit(5).offset(10), *D)
sql(select(t).offset(10), *D)
sql(select(t).limit(5), *D)
sql(select(t).limit(t.c.x).offset(literal_column("5")), *D)
sql(select(t).fetch(5), *D)
sql(select(t).fetch(5, with_ties=True).offset(7), *D)
sql(select(t).fetch(5, percent=True), *D)
for kw in (
    dict(),
    dict(read=True),
    dict(nowait=True),
    dict(skip_locked=True, read=True),
    dict(key_share=True),
    dict(key_share=True, read=True),
    dict(of=t),
    dict(of=[t.c.x, t.c.s]),
    dict(of=[t, u], nowait=True),
):
    sql(select(t, u).join(u).with_for_update(**kw), "postgresql")
a = t.alias("al")
sql(select(a).with_for_update(of=a), "postgresql")
sql(select(a).with_for_update(of=a.c.x), "postgresql")
sql(
    select(t)
    .where(t.c.s.regexp_match("x"))
    .where(t.c.s.regexp_match("x", flags="i"))
    .where(t.c.s.regexp_match("x", flags="ig"))
    .where(~t.c.s.regexp_match("x")),
    *D,
)
sql(select(t.c.s.regexp_replace("x", "y"), t.c.s.regexp_replace("x", "y", flags="g")), *D)
sql(select(t).where(t.c.s.match("foo")), *D)
sql(select(t).where(t.c.s.match("foo", postgresql_regconfig="english")), *D)
sql(select(t).where(~t.c.s.match("foo")), *D)
sql(
    select(
        func.to_tsvector("english", t.c.s),
        func.to_tsvector(t.c.s),
        func.to_tsquery("a"),
        func.to_tsquery("english", "a"),
        func.plainto_tsquery("english", "a"),
        func.phraseto_tsquery("a"),
        func.websearch_to_tsquery("english", "q"),
        func.ts_headline("english", t.c.s, func.to_tsquery("q")),
        func.ts_headline(t.c.s, func.to_tsquery("q")),
        func.ts_headline(t.c.s, "q", "z"),
    ),
    *D,
)
sql(select(func.to_tsvector("english", t.c.s).bool_op("@@")(func.to_tsquery("x"))), *D)
sql(select(t).where(t.c.x.in_([])), *D)
sql(select(t).where(t.c.x.in_([1, 2])), *D)
sql(select(t).where(tuple_(t.c.x, t.c.s).in_([(1, "x")])), *D)
sql(select(t).where(t.c.x.not_in([])), *D)
sql(select(t.c.x.bitwise_xor(5), t.c.x.bitwise_and(4), t.c.x / 5, t.c.x // 5, t.c.n / 5, t.c.x % 7), *D)
sql(
    select(
        func.substring(t.c.s, 1, 2),
        func.substring(t.c.s, 1),
        func.now(),
        func.current_timestamp(),
        func.aggregate_strings(t.c.s, ","),
        func.char_length(t.c.s),
    ),
    *D,
)
sql(select(extract("year", t.c.d), extract("epoch", t.c.d), func.date_trunc("month", t.c.d)), *D)
sql(select(t).with_hint(t, "ONLY", "postgresql"), "postgresql")
sql(select(t).with_hint(t, "FOO", "postgresql"), "postgresql")
sql(select(t).with_statement_hint("zz", "postgresql"), "postgresql")
sql(t.insert().values(x=5, s="x", b=True).returning(t.c.id, t.c.x.label("q")), *D)
sql(t.insert(), *D)
sql(t.insert().values([dict(x=1), dict(x=2)]), *D)
sql(t.insert().values(), *D)
sql(t.insert().values(x=5), *D)
sql(t.update().values(x=t.c.x + 1).where(t.c.id == u.c.t_id).returning(t), *D)
sql(t.delete().where(t.c.id == u.c.t_id).returning(t.c.id), *D)
sql(t.update().values(x=5).where(t.c.s == "x"), *D)
sql(t.delete().where(t.c.b), *D)
sql(t.delete().where(t.c.b == False), *D)
sql(select(t).where(t.c.d > datetime.date(2020, 1, 1)).where(t.c.n == decimal.Decimal("5.5")).where(t.c.b.is_(True)), *D)
sql(select(true(), false(), null(), literal(True), literal("x%"), literal_column("a%b"), text("5 % :x")), *D)
sql(select(t.c.x.is_distinct_from(5), t.c.x.is_not_distinct_from(None)), *D)
sql(select(Sequence("sq", schema="S").next_value()), *D)
sql(t.insert().values(x=Sequence("sq").next_value()), *D)
sql(select(select(t).cte("c", recursive=True)), *D)
sql(
    select(
        t.c.s.collate("de_DE"),
        func.count(t.c.x).filter(t.c.b),
        func.sum(t.c.x).over(partition_by=t.c.s),
        func.percentile_cont(0.5).within_group(t.c.x.desc()),
    ),
    *D,
)
sql(select(values(column("a", Integer), column("b", String), name="v").data([(1, "x"), (2, "y")])), *D)
sql(select(t).join(select(u).where(u.c.t_id == t.c.id).lateral("l"), true()), *D)
sql(select(tablesample(t, func.bernoulli(5), name="ts", seed=func.random())), *D)
sql(
    select(
        t.c.s.concat("x"),
        t.c.s + "y",
        cast(t.c.x, String),
        cast(t.c.x, String(5)),
        cast(t.c.s, DateTime),
        cast(5, Numeric(10, 2)),
        try_cast(t.c.s, Integer),
    ),
    *D,
)
sql(union(select(t.c.x), select(u.c.id)).limit(5), *D)
sql(select(t.c.x.between(1, 2, symmetric=True), func.coalesce(t.c.x, 5)), *D)
sql(text("select :x, '%' || 'y'::text, \\:z"), *D)

print("== ON CONFLICT")
P = postgresql
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True),
    Column("x", Integer, key="xk"),
    Column("s", String),
    Column("j", JSON),
    UniqueConstraint("s", name="uq_s"),
    Index("ix", "s", unique=True, postgresql_where=text("id > 5")),
)
D = ("postgresql", "asyncpg", "str")
i = P.insert(t)
sql(i.on_conflict_do_nothing(), *D)
sql(i.values(id=5).on_conflict_do_nothing(index_elements=["id"]), *D)
sql(i.values(id=5).on_conflict_do_nothing(constraint="uq_s"), *D)
uq = [c for c in t.constraints if c.name == "uq_s"][0]
ix = list(t.indexes)[0]
sql(i.values(id=5).on_conflict_do_nothing(constraint=uq), *D)
sql(i.values(id=5).on_conflict_do_nothing(constraint=ix), *D)
sql(i.values(id=5).on_conflict_do_nothing(constraint=t.primary_key), *D)
sql(i.values(id=5, s="q").on_conflict_do_update(index_elements=[t.c.id], set_=dict(s=i.excluded.s, xk=5), where=t.c.s > "q"), *D)
sql(
    i.values(id=5, s="q").on_conflict_do_update(
        index_elements=[func.lower(t.c.s)], index_where=t.c.s > "x", set_={t.c.s: "z", "j": {"a": 1}}
    ),
    *D,
)
sql(i.values(id=5, s="q").on_conflict_do_update(constraint="a" * 70, set_=dict(s="x")), *D)
sql(i.values(id=5, s="q").on_conflict_do_update(constraint="uq_s", set_=i.excluded), *D)
sql(i.values(id=5, s="q").on_conflict_do_update(constraint="uq_s", set_=dict(nope=5)), *D)
sql(i.values(id=5).on_conflict_do_update(constraint="uq_s", set_=dict(s=bindparam("foo"))).returning(t.c.id), *D)
attempt(lambda: i.on_conflict_do_nothing().on_conflict_do_nothing())
attempt(lambda: i.on_conflict_do_update(set_={}))
attempt(lambda: i.on_conflict_do_update(set_=dict(s=5)))
attempt(lambda: i.on_conflict_do_update(constraint="x", index_elements=["y"], set_=dict(s=5)))
attempt(lambda: i.on_conflict_do_update(constraint="x", set_=5))
attempt(lambda: i.on_conflict_do_update(constraint="x", set_={}))
ex = P.ExcludeConstraint((t.c.id, "="), where=text("id > 7"))
t.append_constraint(ex)
sql(i.values(id=5).on_conflict_do_nothing(constraint=ex), *D)
