# SQL Server: types, tables, TOP, OFFSET by ROW_NUMBER, OUTPUT.
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import mssql
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "mssql": mssql.dialect,
    "mssql2012": lambda: mssql.dialect(deprecate_large_types=True),
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
M = mssql
D = ("mssql", "mssql2012", "str")
sql(M.VARBINARY("max"), "mssql")
TY = [
    M.BIT(),
    M.DATETIME2(),
    M.DATETIME2(5),
    M.DATETIMEOFFSET(3),
    M.DATETIMEOFFSET(timezone=True),
    M.DOUBLE_PRECISION(),
    M.IMAGE(),
    M.JSON(),
    M.MONEY(),
    M.NTEXT(),
    M.NTEXT(collation="x"),
    M.REAL(),
    M.ROWVERSION(),
    M.SMALLDATETIME(),
    M.SMALLMONEY(),
    M.SQL_VARIANT(),
    M.TIME(),
    M.TIME(4),
    M.TIMESTAMP(),
    M.TIMESTAMP(convert_int=True),
    M.TINYINT(),
    M.UNIQUEIDENTIFIER(),
    M.VARBINARY(5),
    M.VARBINARY(filestream=True),
    M.XML(),
    Integer(),
    BigInteger(),
    SmallInteger(),
    String(50),
    String(50, collation="Latin1_General_CI_AS"),
    String(),
    Text(),
    Text(500),
    Unicode(20),
    Unicode(),
    UnicodeText(),
    Numeric(10, 2),
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
    VARCHAR("max"),
    TEXT(),
    DATE(),
    TIME(),
]
for t in TY:
    print(repr(t))
    sql(t, *D)
    print(repr(t.copy()))
attempt(lambda: M.VARBINARY(5, filestream=True))
lit(Unicode(), "mssql", "it's")
lit(String(), "mssql", "it's", "a%b")
lit(Uuid(as_uuid=False), "mssql", "12345678-1234-5678-1234-567812345678")
lit(UnicodeText(), "mssql", "x")

print("== tables and indexes")
M = mssql
D = ("mssql", "mssql2012")
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("x", Integer, nullable=False, server_default="5"),
    Column("s", String(20), server_default="it's"),
    Column("c", Integer, Computed("x + 1")),
    Column("c2", Integer, Computed("x + 1", persisted=True)),
    Column("u", Uuid),
    Column("b", Boolean(create_constraint=True, name="bq")),
    Column("user", Integer, index=True),
    Column("Up Per", Integer),
    comment="it's",
)
sql(CreateTable(t), *D)
sql(SetTableComment(t), *D)
sql(DropTableComment(t), *D)
t = Table("t", MetaData(schema="sch"), Column("id", Integer, primary_key=True, comment="q's"), comment="it's")
sql(CreateTable(t), *D)
sql(SetTableComment(t), *D)
sql(DropTableComment(t), *D)
sql(SetColumnComment(t.c.id), *D)
sql(DropColumnComment(t.c.id), *D)
for c in (
    Column("id", Integer, Identity(), primary_key=True),
    Column("id", Integer, Identity(start=5), primary_key=True),
    Column("id", Integer, Identity(increment=5, always=True)),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, Sequence("sq"), primary_key=True),
    Column("id", Integer, Sequence("sq", optional=True), primary_key=True),
    Column("id", Integer, primary_key=True, mssql_identity_start=5),
    Column("id", Integer, primary_key=True, mssql_identity_start=5, mssql_identity_increment=7),
    Column("id", Integer, Identity(), primary_key=True, mssql_identity_start=5),
    Column("id", Integer, autoincrement=True),
    Column("id", Integer, Sequence("q")),
    Column("id", Integer, primary_key=True, server_default="5"),
    Column("id", String(5), primary_key=True),
):
    sql(CreateTable(Table("t", MetaData(), c)), *D)
for s in ("a", "a.b", "[a.b]", "[a.b].c", "a.b.c", "[a].[b].c", "A.b", "select", "a.[b.c]", "[a.b].[c.d].e"):
    sql(CreateTable(Table("t", MetaData(), Column("id", Integer), schema=s)), *D)
    sql(select(Table("t", MetaData(), Column("id", Integer), schema=s)), *D)
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer),
    Column("x", Integer),
    Column("s", String(50)),
    PrimaryKeyConstraint("id", "x", name="pp", mssql_clustered=True),
    UniqueConstraint("x", name="uq", mssql_clustered=False),
    UniqueConstraint("s", mssql_clustered=True),
    CheckConstraint("x > 5", name="ck"),
    ForeignKeyConstraint(["x"], ["t.id"], name="fk", ondelete="CASCADE"),
)
sql(CreateTable(t), *D)
for i in [
    Index("i1", t.c.x),
    Index("i2", t.c.s, mssql_clustered=True),
    Index("i3", t.c.s, t.c.x.desc(), mssql_clustered=False, unique=True),
    Index("i4", t.c.s, mssql_include=["x", t.c.id]),
    Index("i5", t.c.s, mssql_where=t.c.x > 5),
    Index("i6", t.c.s, mssql_where="x > 7"),
    Index("i7", t.c.x, mssql_columnstore=True),
    Index("i8", func.lower(t.c.s)),
]:
    sql(CreateIndex(i), *D)
    sql(DropIndex(i, if_exists=True), *D)
sql(CreateSequence(Sequence("q", start=5, data_type=BigInteger)), *D)
sql(DropSequence(Sequence("q")), *D)
sql(DropTable(t), *D)
sql(CreateSchema("x y"), *D)
sql(AddConstraint(list(t.foreign_key_constraints)[0]), *D)

print("== statements")
M = mssql
D = ("mssql", "mssql2012")
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
)
u = Table("u", m, Column("id", Integer, primary_key=True), Column("t_id", ForeignKey("t.id")), Column("y", String(10)))
st = Table("st", m, Column("id", Integer, primary_key=True), Column("y", String(10)), schema="sch")
sql(select(t.c.id).limit(5), *D)
sql(select(t.c.id).limit(5).offset(10).order_by(t.c.x), *D)
sql(select(t.c.id).offset(10).order_by(t.c.x.desc()), *D)
sql(select(t.c.id).distinct().limit(3), *D)
sql(select(t.c.id).limit(5).offset(10), *D)
sql(select(t.c.id).limit(t.c.x).order_by(t.c.s), *D)
sql(select(t.c.id).fetch(5), *D)
sql(select(t.c.id).fetch(5, percent=True), *D)
sql(select(t.c.id).fetch(5, with_ties=True, percent=True).order_by(t.c.x), *D)
sql(select(t.c.id).fetch(5).order_by(t.c.x), *D)
sql(select(t.c.id).fetch(5).offset(7).order_by(t.c.x), *D)
sql(select(t.c.id).fetch(5, with_ties=True).offset(7).order_by(t.c.x), *D)
sql(select(t.c.id, t.c.x.label("q")).limit(5).offset(10).order_by(t.c.x.label("q")), *D)
sql(select(t.c.id, (t.c.x + 5).label("q")).limit(5).offset(10).order_by("q"), *D)
sql(select(select(t.c.id).order_by(t.c.x).subquery()), *D)
sql(select(select(t.c.id).order_by(t.c.x).limit(5).subquery()), *D)
sql(select(select(t.c.id).order_by(t.c.x).limit(5).offset(6).subquery()), *D)
sql(union(select(t.c.x), select(u.c.id)).limit(5), *D)
sql(union(select(t.c.x), select(u.c.id)).order_by("x").limit(5).offset(7), *D)
sql(union(select(t.c.x), select(u.c.id)).order_by("x"), *D)
sql(select(t.c.id).with_for_update(), *D)
sql(select(t.c.id).with_hint(t, "WITH (NOLOCK)", "mssql").with_statement_hint("OPTION (X)"), *D)
sql(t.insert().values(x=5).with_hint("WITH (PAGLOCK)", selectable=t, dialect_name="mssql"), *D)
sql(t.update().values(x=5).with_hint("WITH (PAGLOCK)", selectable=t, dialect_name="mssql"), *D)
sql(t.delete().with_hint("WITH (PAGLOCK)", selectable=t, dialect_name="mssql"), *D)
sql(select(st), *D)
sql(select(st.alias("q")), *D)
sql(select(st.c.id).join(t, t.c.id == st.c.id), *D)
sql(t.insert().values(x=5), *D)
sql(t.insert(), *D)
sql(t.insert().values([dict(x=1), dict(x=2)]), *D)
sql(t.insert().values(), *D)
sql(t.insert().values(x=5).returning(t.c.id, t.c.x.label("q"), func.lower(t.c.s)), *D)
sql(t.insert().inline().values(), *D)
sql(st.insert().values(y="x").returning(st.c.id), *D)
sql(t.insert().from_select(["x"], select(u.c.id)).returning(t.c.id), *D)
sql(t.update().values(x=t.c.x + 1).where(t.c.id == u.c.t_id).returning(t.c.id, t.c.x), *D)
sql(t.delete().where(t.c.id == u.c.t_id).returning(t.c.id), *D)
sql(t.update().values(x=5).where(t.c.s == "x").returning(t), *D)
sql(t.delete().where(t.c.x == 5).returning(t.c.id), *D)
sql(t.update().values(x=5).where(t.c.s == "x"), *D)
sql(t.delete().where(t.c.x == 5), *D)
sql(st.delete().where(st.c.id == 5), *D)
sql(st.update().values(y="q").where(st.c.id == t.c.id), *D)
sql(select(t.c.id).where(t.c.x.in_([])), *D)
sql(select(t.c.id).where(t.c.x.in_([1, 2])), *D)
sql(select(t.c.id).where(tuple_(t.c.x, t.c.s).in_([(1, "x")])), *D)
sql(select(t.c.id).where(t.c.x.not_in([])), *D)
sql(select(t.c.x.bitwise_xor(5), t.c.x / 5, t.c.x // 5, t.c.n / 5, t.c.x % 7, t.c.n // 5, -t.c.x), *D)
sql(select(t.c.s + "x", t.c.s + "x" + t.c.s, t.c.s.concat("z")), *D)
sql(select(t.c.x.is_distinct_from(5), t.c.x.is_not_distinct_from(None)), *D)
sql(
    select(
        t.c.j["a"],
        t.c.j[5],
        t.c.j[("a", 1)],
        t.c.j["x"].as_string(),
        t.c.j["x"].as_integer(),
        t.c.j["x"].as_boolean(),
        t.c.j["x"].as_float(),
        t.c.j["x"].as_numeric(10, 2),
        t.c.j[("x", 5)].as_string(),
        t.c.j["x"]["y"],
    ),
    *D,
)
sql(
    select(
        func.now(),
        func.current_date(),
        func.length(t.c.s),
        func.char_length(t.c.s),
        func.aggregate_strings(t.c.s, ","),
        func.current_timestamp(),
        func.sysdate(),
        func.random(),
    ),
    *D,
)
sql(select(extract("doy", t.c.d), extract("year", t.c.d), extract("dow", t.c.d), extract("milliseconds", t.c.d)), *D)
sql(select(true(), false(), literal(True), literal("x%"), literal_column("a%b"), text("5 % :x"), null()), *D)
sql(select(t.c.id).where(t.c.b).where(~t.c.b).where(t.c.b == True).where(t.c.b.is_(False)).where(true()), *D)
sql(select(t.c.id).where(t.c.s.match("x")).where(literal(5) == t.c.x), *D)
sql(select(t.c.id).where(t.c.s.ilike("x")).where(t.c.s.regexp_match("x")), *D)
c = select(t.c.id).cte("c", recursive=True)
sql(select(c), *D)
sql(t.insert().from_select(["x"], select(c.c.id)), *D)
sql(
    select(
        cast(t.c.s, Integer),
        try_cast(t.c.s, Integer),
        cast(t.c.x, String),
        cast(t.c.x, Unicode(5)),
        cast(t.c.s, Date),
        cast(t.c.s, DateTime),
        cast(t.c.s, String(5, collation="x")),
    ),
    *D,
)
sql(select(func.sum(t.c.x).over(partition_by=t.c.s, order_by=t.c.id, rows=(-5, 10)), func.count(t.c.x).over(range_=(None, 0))), *D)
sql(select(t.c.s.collate("Latin1_General")), *D)
sql(select(Sequence("sq").next_value()), *D)
sql(t.insert().values(x=Sequence("sq", schema="q").next_value()), *D)
sql(select(values(column("a", Integer), column("b", String), name="v").data([(1, "x"), (2, "y")])), *D)
sql(select(select(t.c.id).lateral("x")), *D)
sql(text("select :x, '%'"), *D)
sql(select(t.c.id).group_by(t.c.s + "x").having(func.count() > 5), *D)
sql(select(func.foo(t.c.x)), *D)
sql(select(exists().where(t.c.id == 5)), *D)
sql(select(t.c.id).where(exists().where(u.c.t_id == t.c.id)), *D)
sql(select(case((t.c.x == 5, "a"), else_="b")), *D)
sql(select(t.c.id.label("a]b")), *D)
