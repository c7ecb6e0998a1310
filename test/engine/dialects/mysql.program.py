# MySQL and MariaDB: types, tables, statements and ON DUPLICATE KEY UPDATE.
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "mysql": mysql.dialect,
    "mariadb": lambda: create_mock_engine("mariadb+pymysql://", print).dialect,
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


print("== types")
M = mysql
D = ("mysql", "mariadb", "str")
TY = [
    M.INTEGER(5),
    M.INTEGER(unsigned=True),
    M.BIGINT(20, unsigned=True, zerofill=True),
    M.SMALLINT(),
    M.MEDIUMINT(7),
    M.TINYINT(1),
    M.TINYINT(unsigned=True),
    M.NUMERIC(10, 2),
    M.NUMERIC(10, 2, unsigned=True),
    M.DECIMAL(),
    M.DECIMAL(10),
    M.DECIMAL(10, 2, zerofill=True),
    M.DOUBLE(),
    M.DOUBLE(10, 2),
    M.DOUBLE(asdecimal=False),
    M.REAL(10, 5),
    M.FLOAT(),
    M.FLOAT(5),
    M.FLOAT(10, 2, unsigned=True),
    M.BIT(),
    M.BIT(5),
    M.TIME(fsp=3),
    M.TIMESTAMP(fsp=6),
    M.DATETIME(fsp=2),
    M.DATETIME(),
    M.YEAR(),
    M.YEAR(4),
    M.TEXT(),
    M.TEXT(50, charset="utf8mb4"),
    M.TINYTEXT(charset="latin1", collation="latin1_bin"),
    M.MEDIUMTEXT(ascii=True),
    M.LONGTEXT(unicode=True, binary=True),
    M.VARCHAR(20, charset="utf8", collate="utf8_bin"),
    M.VARCHAR(20, binary=True),
    M.VARCHAR(20, national=True),
    M.CHAR(5),
    M.CHAR(),
    M.NVARCHAR(20),
    M.NCHAR(5),
    M.NVARCHAR(20, collation="x"),
    M.TINYBLOB(),
    M.MEDIUMBLOB(),
    M.LONGBLOB(),
    M.BLOB(),
    M.ENUM("a", "b'c", "d%e"),
    M.ENUM("a", charset="utf8", name="foo"),
    M.SET("a", "bb"),
    M.SET("a", "bb", charset="utf8", retrieve_as_bitwise=True),
    M.JSON(),
    M.INET4(),
    M.INET6(),
    Integer(),
    BigInteger(),
    SmallInteger(),
    String(50),
    String(50, collation="utf8_bin"),
    Text(),
    Text(500),
    Unicode(20),
    UnicodeText(),
    Numeric(10, 2),
    Float(),
    Float(5),
    Double(),
    Double(53),
    Boolean(),
    Enum("a", "b"),
    Enum("a", "b", native_enum=False),
    DateTime(),
    Date(),
    Time(),
    Interval(),
    LargeBinary(),
    LargeBinary(5),
    VARBINARY(5),
    BINARY(5),
    JSON(),
    Uuid(),
    UUID(),
    PickleType(),
    NVARCHAR(5),
    NCHAR(5),
    CHAR(5),
    TIMESTAMP(),
    REAL(),
    DOUBLE_PRECISION(),
    BLOB(5),
    CLOB(),
    String(),
    NVARCHAR(),
    VARBINARY(),
]
for t in TY:
    print(repr(t))
    sql(t, *D)
for t in TY:
    print(repr(t.copy()))
    sql(t.copy(), "mysql")
attempt(lambda: M.DOUBLE(5))
attempt(lambda: M.REAL(scale=5))
attempt(lambda: M.SET("a", ""))
attempt(lambda: M.FLOAT(scale=5))
for t in TY:
    sql(select(cast(column("x"), t)), *D)
bindresult(M.SET("a", "b", "c"), "mysql", [{"a"}, "a,b", 5, None], "a", "", None)
bindresult(M.SET("a", "b", "c", retrieve_as_bitwise=True), "mysql", [{"a"}, {"a", "c"}, 5, None], 1, 0, None)
bindresult(M.ENUM("a", "b"), "mysql", ["a", "b", "zz", None], "a", "", None, "zz")
lit(M.ENUM("a", "b"), "mysql", "a")
t = Table("t", MetaData(), Column("s", M.SET("a", "b", retrieve_as_bitwise=True)), Column("s2", M.SET("a", "b")))
sql(select(t), *D)
sql(select(t.c.s), *D)

print("== tables and indexes")
M = mysql
D = ("mysql", "mariadb", "str")
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True),
    Column("x", Integer, nullable=False, comment="it's"),
    Column("ts", TIMESTAMP),
    Column("ts2", TIMESTAMP, nullable=False, server_default=text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")),
    Column("s", String(20), server_default="q"),
    Column("e", Enum("a", "b"), server_default=text("'a'")),
    Column("f", Integer, server_default=func.foo(5)),
    Column("now", DateTime, server_default=func.now()),
    Column("now5", DateTime, server_default=text("now(6)")),
    Column("c", Integer, Computed("x + 1")),
    Column("c2", Integer, Computed("x + 1", persisted=True)),
    Column("c3", Integer, Computed("x + 1", persisted=False), nullable=False),
    Column("u", Uuid, default="x"),
    Column("b", Boolean(create_constraint=True, name="bq")),
    comment="tc",
)
sql(CreateTable(t), *D)
sql(SetTableComment(t), *D)
sql(DropTableComment(t), *D)
sql(SetColumnComment(t.c.x), *D)
sql(DropColumnComment(t.c.x), *D)
t = Table(
    "select",
    MetaData(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("UpPer", Integer, unique=True),
    Column("rank", Integer),
    Column("offset", Integer),
    mariadb_engine="Aria",
    mysql_charset="utf8mb4",
    mysql_collate="utf8mb4_bin",
)
sql(CreateTable(t), *D)
print(repr(t))
for kw in (
    dict(mysql_engine="InnoDB"),
    dict(mysql_default_charset="x", mysql_collate="y"),
    dict(mysql_collate="y", mysql_default_charset="x"),
    dict(mysql_data_directory="/a"),
    dict(mysql_tablespace="q"),
    dict(mysql_partition_by="HASH(id)", mysql_partitions="4"),
    dict(mysql_partitions="4", mysql_partition_by="HASH(id)", mysql_engine="X"),
    dict(mysql_subpartition_by="x", mysql_subpartitions="3", mysql_partition_by="y", mysql_partitions="4"),
    dict(mysql_connection="it's"),
    dict(mysql_character_set="x"),
    dict(mysql_default_character_set="y"),
    dict(mysql_auto_increment=5),
    dict(comment="foo"),
):
    sql(CreateTable(Table("t", MetaData(), Column("id", Integer, primary_key=True), **kw)), *D)
t = Table("t", MetaData(), Column("id", Integer, Sequence("sq"), primary_key=True))
sql(CreateTable(t), *D)
sql(CreateSequence(Sequence("q", cycle=False, start=5)), *D)
t = Table("t", MetaData(), Column("id", Integer, Identity(), primary_key=True), Column("y", Integer, Identity(always=True)))
sql(CreateTable(t), *D)
t = Table("t", MetaData(), Column("id", Integer, server_default="5", primary_key=True), Column("id2", Integer, primary_key=True))
sql(CreateTable(t), *D)
t = Table("t", MetaData(), Column("id", String(5), primary_key=True), Column("id2", Integer, primary_key=True, autoincrement=True))
sql(CreateTable(t), *D)
a = Table("a", MetaData(), Column("id", Integer, primary_key=True))
m = MetaData()
t = Table(
    "t",
    m,
    Column("id", Integer),
    Column("x", Integer),
    Column("s", String(50)),
    Column("j", JSON),
    PrimaryKeyConstraint("id", mysql_using="btree", name="pp"),
    UniqueConstraint("x", name="uq"),
    CheckConstraint("x > 5", name="ck"),
    ForeignKeyConstraint(["x"], ["t.id"], name="fk", ondelete="CASCADE", onupdate="SET NULL"),
)
sql(CreateTable(t), *D)
for c in sorted(t.constraints, key=lambda c: c.name or ""):
    sql(DropConstraint(c), *D)
    sql(AddConstraint(c), *D)
for i in [
    Index("i1", t.c.x),
    Index("i2", t.c.s, mysql_length=10),
    Index("i3", t.c.s, t.c.x, mysql_length={"s": 5}),
    Index("i4", t.c.s, mysql_prefix="FULLTEXT", mysql_with_parser="ngram"),
    Index("i5", t.c.s, mysql_using="hash", unique=True),
    Index("i6", func.lower(t.c.s)),
    Index("i7", t.c.s.desc()),
    Index("i8", t.c.x + 5),
    Index("i9", t.c.x, mariadb_using="btree"),
    Index("i10", text("x + 1"), mysql_length=4),
    Index("i11", func.lower(t.c.s), t.c.s, mysql_length={"s": 5, "lower": 7}),
]:
    sql(CreateIndex(i, if_not_exists=True), *D)
    sql(DropIndex(i, if_exists=True), *D)
    print(repr(i))
t2 = Table("t2", m, Column("x", Integer, ForeignKey("t.id", match="FULL")))
sql(CreateTable(t2), *D)
attempt(lambda: Index("i1", "x", mysql_foo=5))
sql(CreateSchema("Foo"), *D)
sql(DropTable(t, if_exists=True), *D)

print("== statements")
M = mysql
D = ("mysql", "mariadb")
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
sql(select(t.c.id).where(t.c.s.ilike("%x%")).where(t.c.s.icontains("z")), *D)
sql(select(t.c.id).limit(5), *D)
sql(select(t.c.id).limit(5).offset(10), *D)
sql(select(t.c.id).offset(10), *D)
sql(select(t.c.id).distinct().order_by(t.c.x), *D)
sql(select(t.c.id).fetch(5), *D)
for kw in (dict(), dict(read=True), dict(nowait=True), dict(skip_locked=True, read=True), dict(of=t), dict(of=[t.c.x])):
    sql(select(t.c.id, u.c.id).join(u).with_for_update(**kw), *D)
sql(select(t.c.id).join(u, full=True), *D)
sql(select(t.c.id).outerjoin(u), *D)
sql(select(t.c.id).select_from(t.join(u)), *D)
sql(select(literal(5)).where(literal(3) == 4), *D)
sql(select(literal(5)), *D)
sql(
    select(
        t.c.s.regexp_match("x"),
        t.c.s.regexp_match("x", flags="i"),
        ~t.c.s.regexp_match("x"),
        ~t.c.s.regexp_match("x", flags="i"),
        t.c.s.regexp_replace("x", "y"),
        t.c.s.regexp_replace("x", "y", flags="g"),
    ),
    *D,
)
sql(
    select(
        t.c.s.match("foo"),
        ~t.c.s.match("foo"),
        t.c.s.match("foo", mysql_boolean_mode=False),
        t.c.s.match("foo", mysql_boolean_mode=False, mysql_natural_language=True),
        t.c.s.match("a", mysql_boolean_mode=False, mysql_query_expansion=True),
    ),
    *D,
)
sql(select(t.c.s.match("foo", mysql_natural_language=True)), *D)
mm = M.match(t.c.s, u.c.y, against="foo bar")
sql(select(t.c.id).where(mm), "mysql", "str")
sql(select(t.c.id).where(mm.in_boolean_mode()).order_by(mm.desc()), "mysql")
sql(select(mm.in_natural_language_mode().with_query_expansion()), "mysql")
sql(select(mm.in_boolean_mode().with_query_expansion()), "mysql")
sql(select(M.match(t.c.s, against="x", in_natural_language_mode=True)), "mysql")
attempt(lambda: M.match(against="x"))
attempt(lambda: M.match(t.c.s))
attempt(lambda: M.match(t.c.s, against="x", foo=5))
sql(select(t.c.id).where(t.c.x.in_([])), *D)
sql(select(t.c.id).where(t.c.x.in_([1, 2])), *D)
sql(select(t.c.id).where(tuple_(t.c.x, t.c.s).in_([(1, "x")])), *D)
sql(select(t.c.id).where(t.c.x.not_in([])), *D)
sql(select(t.c.x.bitwise_xor(5), t.c.x / 5, t.c.x // 5, t.c.n / 5, t.c.x % 7, t.c.n // 5), *D)
sql(select(t.c.s + "x", t.c.s + "x" + t.c.s, t.c.s.concat("z"), func.concat(t.c.s, "x")), *D)
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
        func.random(),
        func.rollup(t.c.x),
        func.aggregate_strings(t.c.s, ","),
        func.sysdate(),
        func.now(),
        func.char_length(t.c.s),
        func.current_timestamp(),
        func.utc_timestamp(),
    ),
    *D,
)
sql(select(extract("milliseconds", t.c.d), extract("year", t.c.d)), *D)
sql(select(true(), false(), literal(True), literal("x%"), literal_column("a%b"), text("5 % :x")), *D)
sql(select(t.c.id).where(t.c.b).where(~t.c.b).where(t.c.b == True).where(t.c.b.is_(False)), *D)
sql(select(t.c.id).with_hint(t, "USE INDEX (x)", "mysql").with_hint(t, "q"), *D)
sql(select(t.c.id).prefix_with("SQL_NO_CACHE", dialect="mysql"), *D)
sql(t.insert().values(x=5), *D)
sql(t.insert(), *D)
sql(t.insert().values([dict(x=1), dict(x=2)]), *D)
sql(t.insert().values(), *D)
sql(t.insert().values(x=5).returning(t.c.id), *D)
sql(t.insert().prefix_with("IGNORE").values(x=5), *D)
sql(t.insert().from_select(["x"], select(u.c.id)), *D)
sql(t.update().values(x=t.c.x + 1).where(t.c.id == u.c.t_id), *D)
sql(t.delete().where(t.c.id == u.c.t_id), *D)
sql(t.update().values(x=5).where(t.c.s == "x"), *D)
sql(t.update().values({t.c.x: 5, u.c.y: "q"}).where(t.c.id == u.c.t_id), *D)
sql(t.update().values(x=5).with_dialect_options(mysql_limit=10, mariadb_limit=5), *D)
sql(t.delete().where(t.c.x == 5).with_dialect_options(mysql_limit=10), *D)
sql(select(select(t.c.id).cte("c", recursive=True)), *D)
c = select(t.c.id).cte("c")
sql(t.insert().from_select(["x"], select(c.c.id)), *D)
sql(select(func.count(t.c.x).filter(t.c.b), func.sum(t.c.x).over(partition_by=t.c.s), t.c.s.collate("utf8_bin")), *D)
sql(select(values(column("a", Integer), column("b", String), name="v").data([(1, "x"), (2, "y")])), *D)
sql(union(select(t.c.x), select(u.c.id)).limit(5), *D)
sql(text("select :x, '%'"), *D)

print("== ON DUPLICATE KEY UPDATE")
M = mysql
m = MetaData()
D = ("mysql", "mariadb", "str")
t = Table("t", m, Column("id", Integer, primary_key=True), Column("x", Integer, key="xk"), Column("s", String(10)), Column("j", JSON))
i = M.insert(t)
sql(i.values(id=5).on_duplicate_key_update(s="x", xk=i.inserted.xk), *D)
sql(i.values(id=5).on_duplicate_key_update({"s": "x", "xk": i.inserted.xk + 5}), *D)
sql(i.values(id=5).on_duplicate_key_update([("s", "x"), ("xk", 5)]), *D)
sql(i.values(id=5).on_duplicate_key_update(i.inserted), *D)
sql(i.values(id=5).on_duplicate_key_update({t.c.s: func.concat(t.c.s, "x"), "j": {"a": 1}, "xk": None}), *D)
sql(i.values(id=5).on_duplicate_key_update(nope=5), *D)
sql(i.values(id=5).on_duplicate_key_update(s=bindparam("foo"), xk=func.coalesce(i.inserted.xk, t.c.xk, 7)), *D)
sql(i.from_select(["id"], select(t.c.id)).on_duplicate_key_update(s="x"), *D)
attempt(lambda: i.on_duplicate_key_update())
attempt(lambda: i.on_duplicate_key_update({}, s=5))
attempt(lambda: i.on_duplicate_key_update({"s": 5}, {"q": 6}))
attempt(lambda: i.on_duplicate_key_update(5))
attempt(lambda: i.on_duplicate_key_update({"s": 5}).on_duplicate_key_update({"s": 5}))
attempt(lambda: i.on_duplicate_key_update({}))
