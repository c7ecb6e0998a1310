# Oracle: types, tables, FETCH FIRST and ROWNUM, joins by (+), RETURNING INTO.
import datetime
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import oracle
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "oracle": oracle.dialect,
    "oraclerownum": lambda: oracle.dialect(enable_offset_fetch=False, optimize_limits=True),
    "oraclejoins": lambda: oracle.dialect(use_ansi=False),
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


def lit(type_, name, *values):
    dialect = DIALECTS[name]()
    literal = type_.dialect_impl(dialect).literal_processor(dialect)
    for value in values:
        attempt(lambda: f"literal {literal(value) if literal else None}")


print("== types")
O = oracle
D = ("oracle", "str")
TY = [
    O.BFILE(),
    O.BINARY_DOUBLE(),
    O.BINARY_DOUBLE(5),
    O.BINARY_FLOAT(),
    O.DATE(),
    O.FLOAT(),
    O.FLOAT(5),
    O.FLOAT(binary_precision=16),
    O.INTERVAL(),
    O.INTERVAL(2, 3),
    O.INTERVAL(second_precision=6),
    O.LONG(),
    O.NCLOB(),
    O.NUMBER(),
    O.NUMBER(5),
    O.NUMBER(10, 2),
    O.NUMBER(10, 0),
    O.RAW(5),
    O.RAW(),
    O.ROWID(),
    O.TIMESTAMP(),
    O.TIMESTAMP(timezone=True),
    O.TIMESTAMP(local_timezone=True),
    O.VARCHAR2(5),
    O.VARCHAR2(),
    O.NVARCHAR2(5),
    Integer(),
    BigInteger(),
    SmallInteger(),
    String(50),
    String(50, collation="x"),
    String(),
    Text(),
    Text(500),
    Unicode(20),
    Unicode(),
    UnicodeText(),
    Numeric(10, 2),
    Numeric(),
    Float(),
    Float(5),
    Double(),
    Double(53),
    Boolean(),
    Enum("a", "b"),
    DateTime(),
    DateTime(timezone=True),
    Date(),
    Time(),
    Interval(),
    Interval(day_precision=3, second_precision=4),
    LargeBinary(),
    LargeBinary(5),
    VARBINARY(5),
    BINARY(5),
    JSON(),
    Uuid(),
    Uuid(native_uuid=False),
    UUID(),
    PickleType(),
    NVARCHAR(5),
    NCHAR(5),
    CHAR(5),
    TIMESTAMP(),
    REAL(),
    BLOB(5),
    CLOB(),
    VARCHAR(5),
    TEXT(),
    DATE(),
    TIME(),
    FLOAT(5),
    DOUBLE_PRECISION(),
    BIGINT(),
    DECIMAL(5, 2),
    DATETIME(),
]
for t in TY:
    print(repr(t))
    sql(t, *D)
    print(repr(t.copy()))
attempt(lambda: O.TIMESTAMP(timezone=True, local_timezone=True))
lit(Date(), "oracle", datetime.date(2020, 1, 2))
lit(O.DATE(), "oracle", datetime.date(2020, 1, 2))
lit(DateTime(), "oracle", datetime.date(2020, 1, 2))
lit(String(), "oracle", "it's", "a%b")
lit(Boolean(), "oracle", True)

print("== tables and indexes")
O = oracle
D = ("oracle",)
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("x", Integer, nullable=False, server_default="5", comment="q's"),
    Column("s", String(20), server_default="it's"),
    Column("c", Integer, Computed("x + 1")),
    Column("c2", Integer, Computed("x + 1", persisted=False)),
    Column("u", Uuid),
    Column("b", Boolean(create_constraint=True, name="bq")),
    Column("user", Integer, index=True),
    Column("Up Per", Integer),
    Column("_a", Integer),
    Column("$b", Integer),
    Column("comment", Integer),
    comment="it's",
    oracle_on_commit="preserve_rows",
    oracle_compress=True,
    oracle_tablespace="Ts",
)
sql(CreateTable(t), *D)
sql(SetTableComment(t), *D)
sql(DropTableComment(t), *D)
sql(SetColumnComment(t.c.x), *D)
sql(DropColumnComment(t.c.x), *D)
print(repr(t))
sql(CreateTable(Table("t", MetaData(), Column("id", Integer), oracle_compress="OLTP")), *D)
sql(CreateTable(Table("t", MetaData(), Column("c", Integer, Computed("x", persisted=True)))), *D)
for c in (
    Column("id", Integer, Identity(), primary_key=True),
    Column("id", Integer, Identity(start=5, always=True), primary_key=True),
    Column("id", Integer, Identity(increment=5, on_null=True, order=True, nominvalue=True, nomaxvalue=True, cycle=False)),
    Column("id", Integer, Identity(always=None, order=False)),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, Sequence("sq"), primary_key=True),
):
    sql(CreateTable(Table("t", MetaData(), c)), *D)
sql(CreateSequence(Sequence("q", start=5, order=True, cycle=False, cache=7, minvalue=1)), *D)
sql(CreateSequence(Sequence("q", start=5, data_type=BigInteger, nominvalue=True, order=False)), *D)
sql(DropSequence(Sequence("Q q")), *D)
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer),
    Column("x", Integer),
    Column("s", String(50)),
    PrimaryKeyConstraint("id", "x", name="pp"),
    UniqueConstraint("x", name="uq"),
    CheckConstraint("x > 5", name="ck"),
    ForeignKeyConstraint(["x"], ["t.id"], name="fk", ondelete="CASCADE", onupdate="CASCADE"),
    schema="sch",
)
t2 = Table(
    "t2", m, Column("id", Integer, primary_key=True), Column("x", Integer, ForeignKey("t2.id", onupdate="CASCADE", ondelete="SET NULL"))
)
sql(CreateTable(t2), *D)
for i in [
    Index("i1", t.c.x),
    Index("i2", t.c.s, oracle_bitmap=True),
    Index("i3", t.c.s, t.c.x.desc(), oracle_compress=True, unique=True),
    Index("i4", t.c.s, oracle_compress=5),
    Index("i8", func.lower(t.c.s)),
]:
    sql(CreateIndex(i), *D)
    sql(DropIndex(i, if_exists=True), *D)

print("== statements")
O = oracle
D = ("oracle", "oraclerownum", "oraclejoins")
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
    Column("j", JSON),
    Column("cc", Integer, Computed("x")),
)
u = Table("u", m, Column("id", Integer, primary_key=True), Column("t_id", ForeignKey("t.id")), Column("y", String(10)))
v = Table(
    "v", m, Column("id", Integer, primary_key=True), Column("u_id", ForeignKey("u.id")), Column("_z", Integer), Column("date", Integer)
)
st = Table("st", m, Column("id", Integer, primary_key=True), Column("y", String(10)), schema="sch")
sql(select(t.c.id).limit(5), *D)
sql(select(t.c.id).limit(5).offset(10).order_by(t.c.x), *D)
sql(select(t.c.id).offset(10).order_by(t.c.x.desc()), *D)
sql(select(t.c.id).distinct().limit(3), *D)
sql(select(t.c.id, t.c.x).limit(t.c.x).order_by(t.c.s), *D)
sql(select(t.c.id).limit(t.c.x + 5).offset(7), *D)
sql(select(t.c.id).limit(7).offset(t.c.x), *D)
sql(select(t.c.id).fetch(5), *D)
sql(select(t.c.id).fetch(5, percent=True, with_ties=True), *D)
sql(select(t.c.id).fetch(5).offset(7).order_by(t.c.x), *D)
sql(select(t.c.id).fetch(5, oracle_fetch_approximate=True), *D)
sql(select(t.c.id).limit(5).with_for_update(), *D)
sql(select(t.c.id).limit(5).with_for_update(of=t.c.x), *D)
sql(select(t.c.id).limit(5).offset(6).with_for_update(of=[t.c.x, t.c.id]), *D)
sql(select(t.c.id).with_for_update(of=t.c.x, nowait=True), *D)
sql(select(t.c.id).with_for_update(skip_locked=True), *D)
sql(select(select(t.c.id).with_for_update().subquery()), *D)
sql(select(t.c.id, t.c.x.label("q")).limit(5).offset(10).order_by(t.c.x.label("q")), *D)
sql(select(t.c.id, (t.c.x + 5).label("q")).order_by("q"), *D)
sql(select(select(t.c.id).order_by(t.c.x).limit(5).subquery()), *D)
sql(union(select(t.c.x), select(u.c.id)).limit(5), *D)
sql(union(select(t.c.x), select(u.c.id)).order_by("x").limit(5).offset(7), *D)
sql(select(t.c.id, func.lower(t.c.s)).limit(5).offset(6), *D)
sql(select(t.c.id, u.c.id).join(u), *D)
sql(select(t.c.id, u.c.id).outerjoin(u), *D)
sql(select(t.c.id).select_from(t.join(u).outerjoin(v)).where(t.c.x > 5), *D)
sql(select(t.c.id).select_from(t.outerjoin(u.join(v))), *D)
sql(select(t.c.id).select_from(t.outerjoin(u, and_(t.c.id == u.c.t_id, u.c.y == "x"))).limit(5), *D)
sql(select(t.c.id).select_from(t.join(u, t.c.x > u.c.id, full=True)), *D)
sql(select(select(t.c.id).outerjoin(u).subquery()), *D)
sql(except_(select(t.c.x), select(u.c.id)), *D)
sql(except_all(select(t.c.x), select(u.c.id)), *D)
sql(select(t.alias("q").c.id), *D)
sql(select(literal(5)), *D)
sql(select(select(t.c.id).cte("c", recursive=True)), *D)
sql(t.insert().values(x=5), *D)
sql(t.insert(), *D)
sql(t.insert().values([dict(x=1), dict(x=2)]), *D)
sql(t.insert().values(), *D)
sql(t.insert().values(x=5).returning(t.c.id, t.c.x.label("q"), func.lower(t.c.s)), *D)
sql(t.update().values(x=5).returning(t.c.id, t.c.cc), *D)
sql(t.delete().where(t.c.x == 5).returning(t.c.id), *D)
sql(t.insert().from_select(["x"], select(u.c.id)), *D)
sql(t.insert().values(x=outparam("foo")).returning(t.c.id), *D)
c = select(u.c.id).cte("c")
sql(t.insert().from_select(["x"], select(c.c.id)), *D)
sql(t.update().values(x=t.c.x + 1).where(t.c.id == u.c.t_id), *D)
sql(t.delete().where(t.c.id == u.c.t_id), *D)
sql(t.update().values(x=5).where(t.c.s == "x"), *D)
sql(st.delete().where(st.c.id == 5), *D)
sql(select(v).where(v.c._z == 5).where(v.c.date == 7), *D)
sql(v.insert().values(_z=5, date=7), *D)
sql(select(v).where(v.c._z.in_([1, 2])).where(v.c.date.in_([5])), *D)
sql(select(bindparam("a b"), bindparam("1x"), bindparam("_q"), bindparam("select"), bindparam("x.y"), bindparam("ok")), *D)
sql(select(t.c.id).where(t.c.x.in_([])), *D)
sql(select(t.c.id).where(t.c.x.in_([1, 2])), *D)
sql(select(t.c.id).where(t.c.x.not_in([])), *D)
sql(select(t.c.x.bitwise_xor(5), t.c.x.bitwise_and(7), t.c.x.bitwise_or(9), t.c.x / 5, t.c.x // 5, t.c.n / 5, t.c.x % 7), *D)
sql(select(t.c.x.bitwise_not()), *D)
sql(select(t.c.x.bitwise_lshift(5)), *D)
sql(select(t.c.s + "x", t.c.s + "x" + t.c.s), *D)
sql(select(t.c.x.is_distinct_from(5), t.c.x.is_not_distinct_from(None)), *D)
sql(
    select(
        func.now(),
        func.current_date(),
        func.sysdate(),
        func.user(),
        func.char_length(t.c.s),
        func.aggregate_strings(t.c.s, ","),
        func.current_timestamp(),
        func.random(),
        func.foo(),
        func.uid(),
    ),
    *D,
)
sql(select(func.table_fn(5).column_valued("x")), *D)
sql(select(func.table_fn(5).table_valued("a", "b")), *D)
sql(
    select(
        t.c.s.match("x"),
        t.c.s.regexp_match("x"),
        t.c.s.regexp_match("x", flags="i"),
        ~t.c.s.regexp_match("x"),
        t.c.s.regexp_replace("x", "y"),
        t.c.s.regexp_replace("x", "y", flags="i"),
    ),
    *D,
)
sql(select(extract("year", t.c.d)), *D)
sql(select(true(), false(), literal(True), literal("x%"), literal_column("a%b"), text("5 % :x"), null()), *D)
sql(select(t.c.id).where(t.c.b).where(~t.c.b).where(true()), *D)
sql(select(t.c.id).with_hint(t, "FULL(%(name)s)", "oracle").with_statement_hint("x"), *D)
sql(select(cast(t.c.s, Integer), cast(t.c.x, String), cast(t.c.x, Unicode(5)), cast(t.c.s, Date), cast(t.c.s, BigInteger)), *D)
sql(select(Sequence("sq").next_value()), *D)
sql(t.insert().values(x=Sequence("sq", schema="q").next_value()), *D)
sq = Table("sq", m, Column("id", Integer, Sequence("the_seq"), primary_key=True), Column("x", Integer))
sql(sq.insert().values(x=5), *D)
sql(sq.insert(), *D)
sql(select(t.c.s.collate("x"), func.count(t.c.x).filter(t.c.b), func.sum(t.c.x).over(partition_by=t.c.s)), *D)
sql(select(exists().where(t.c.id == 5)), *D)
sql(select(case((t.c.x == 5, "a"), else_="b")), *D)
sql(select(tablesample(t, func.bernoulli(5), name="q")), *D)
