# PostgreSQL: types and tables.
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "sqlite": sqlite.dialect,
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


print("== types")
m = MetaData()
P = postgresql
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True),
    Column("b", BigInteger),
    Column("j", JSON),
    Column("jb", P.JSONB),
    Column("jp", P.JSONB(none_as_null=True)),
    Column("a", ARRAY(Integer)),
    Column("a2", P.ARRAY(String(20, collation="de_DE"), dimensions=2)),
    Column("u", Uuid),
    Column("u2", Uuid(native_uuid=False)),
    Column("u3", UUID),
    Column("e", Enum("a", "b", name="en")),
    Column("e2", Enum("a", "bcd", name="en2", native_enum=False)),
    Column("pe", P.ENUM("x", "y'z", name="pe", schema="sch")),
    Column("h", P.HSTORE),
    Column("r", P.INT4RANGE),
    Column("mr", P.TSTZMULTIRANGE),
    Column("i", P.INET),
    Column("c", P.CIDR),
    Column("ma", P.MACADDR),
    Column("ma8", P.MACADDR8),
    Column("mo", P.MONEY),
    Column("o", P.OID),
    Column("rc", P.REGCLASS),
    Column("rcfg", P.REGCONFIG),
    Column("tsv", P.TSVECTOR),
    Column("tsq", P.TSQUERY),
    Column("ci", P.CITEXT),
    Column("by", P.BYTEA),
    Column("lb", LargeBinary),
    Column("ts", P.TIMESTAMP(timezone=True, precision=3)),
    Column("dt", DateTime(timezone=True)),
    Column("dt2", DateTime),
    Column("tm", P.TIME(precision=2)),
    Column("tm2", Time),
    Column("iv", Interval),
    Column("iv2", Interval(second_precision=5)),
    Column("iv3", P.INTERVAL(fields="DAY TO SECOND", precision=3)),
    Column("bt", P.BIT),
    Column("bt5", P.BIT(5)),
    Column("bv", P.BIT(varying=True)),
    Column("bv7", P.BIT(7, varying=True)),
    Column("f", Float),
    Column("f5", Float(5)),
    Column("d", Double),
    Column("rl", REAL),
    Column("n", Numeric(10, 2)),
    Column("s", String),
    Column("s5", String(5)),
    Column("tx", Text),
    Column("ut", UnicodeText),
    Column("bo", Boolean),
    Column("si", SmallInteger),
    Column("pk", PickleType),
    Column("dm", P.DOMAIN("dm", Integer)),
    Column("jpth", P.JSONPATH),
)
sql(CreateTable(t), "postgresql", "str", "psycopg", "asyncpg")
for c in t.c:
    print(repr(c.type))
    sql(c.type, "str", "postgresql", "sqlite")

print("== SERIAL and IDENTITY")
for ty in (Integer, BigInteger, SmallInteger, BIGINT, SMALLINT, Integer().with_variant(SMALLINT, "postgresql")):
    t = Table("t", MetaData(), Column("id", ty, primary_key=True), Column("x", ty))
    sql(CreateTable(t), "postgresql")
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, Sequence("sq"), primary_key=True),
    Column("x", Integer, Identity(), nullable=True),
    Column("y", Integer, Identity(always=True, start=5, increment=2, cycle=True)),
    Column("z", Integer, Computed("x + 1")),
    Column("zz", Integer, Computed("x + 1", persisted=True)),
)
sql(CreateTable(t), "postgresql", "str")
t = Table("t", MetaData(), Column("id", Integer, Sequence("sq", optional=True), primary_key=True))
sql(CreateTable(t), "postgresql", "str")
t = Table("t", MetaData(), Column("id", Integer, Identity(), primary_key=True))
sql(CreateTable(t), "postgresql", "str")
t = Table("t", MetaData(), Column("id", Integer, primary_key=True, autoincrement=False))
sql(CreateTable(t), "postgresql", "str")
t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("id2", Integer, primary_key=True))
sql(CreateTable(t), "postgresql", "str")
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True, server_default=text("5")),
    Column("z", Integer, Computed("x + 1", persisted=False)),
)
sql(CreateTable(t), "postgresql", "str")
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True, server_default=text("5")),
    Column("s", String, server_default="it's 5%"),
    Column("q", Boolean, server_default=true()),
)
sql(CreateTable(t), "postgresql", "str")
sql(CreateSequence(Sequence("s", start=1, data_type=BigInteger, schema="x")), "postgresql")
sql(CreateSequence(Sequence('S "q', start=1, data_type=BigInteger, schema="x")), "postgresql")

print("== table options")
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    postgresql_inherits="par",
    postgresql_partition_by="RANGE (id)",
    postgresql_with_oids=True,
    postgresql_on_commit="preserve_rows",
    postgresql_tablespace="ts Q",
    postgresql_using="heap",
)
sql(CreateTable(t), "postgresql", "str")
print(repr(t))
t = Table("t", MetaData(), Column("id", Integer, primary_key=True), postgresql_inherits=("a", "B"), postgresql_with_oids=False)
sql(CreateTable(t), "postgresql", "str")
attempt(lambda: Table("t", MetaData(), postgresql_foo=5))

print("== constraints")
P = postgresql
m = MetaData()
a = Table("a", m, Column("id", Integer, primary_key=True))
t = Table(
    "t",
    m,
    Column("id", Integer),
    Column("x", Integer),
    Column("y", Integer),
    PrimaryKeyConstraint("id", name="pk", postgresql_include=["x"]),
    UniqueConstraint("x", name="u1", postgresql_include=["y"], postgresql_nulls_not_distinct=True),
    UniqueConstraint("y", postgresql_nulls_not_distinct=False),
    CheckConstraint("x > 5", name="ck", postgresql_not_valid=True),
    ForeignKeyConstraint(
        ["x"],
        ["a.id"],
        name="fk",
        postgresql_not_valid=True,
        ondelete="SET NULL (x)",
        onupdate="CASCADE",
        deferrable=True,
        initially="DEFERRED",
        match="FULL",
    ),
)
sql(CreateTable(t), "postgresql", "str")
for c in sorted(t.constraints, key=lambda c: c.name or ""):
    print(repr(c))
for c in sorted(t.constraints, key=lambda c: c.name or ""):
    sql(AddConstraint(c), "postgresql")
ex = P.ExcludeConstraint((t.c.x, "="), ("y", "&&"), name="ex1", using="GIST", where=text("x > 5"), deferrable=True)
t.append_constraint(ex)
sql(CreateTable(t), "postgresql")
sql(AddConstraint(ex), "postgresql", "str")
print(repr(ex))
t2 = Table(
    "t2",
    MetaData(),
    Column("x", Integer),
    Column("y", Integer),
    P.ExcludeConstraint(
        (func.int4range(Column("x"), Column("y")), "&&"),
        (text("x::text"), "="),
        (literal_column("q"), "<>"),
        ops={"x": "my_opclass"},
        where=text("x > '5'"),
    ),
)
sql(CreateTable(t2), "postgresql")
t3 = t2.to_metadata(MetaData())
sql(CreateTable(t3), "postgresql")
t5 = Table("t5", MetaData(), Column("x", Integer), Column("a", ARRAY(Enum("a", "b", name="x1", native_enum=False, create_constraint=True))))
sql(CreateTable(t5), "postgresql")
c = UniqueConstraint("x", name="uqc", comment="it's")
tt = Table("tt", MetaData(), Column("x", Integer), c)
sql(SetConstraintComment(c), "postgresql", "str")
sql(DropConstraintComment(c), "postgresql")
c = UniqueConstraint("x", comment="it's")
tt = Table("tt", MetaData(), Column("x", Integer), c)
sql(SetConstraintComment(c), "postgresql")

print("== indexes")
P = postgresql
m = MetaData()
t = Table("t", m, Column("id", Integer, primary_key=True), Column("x", Integer), Column("data", String), Column("j", P.JSONB), schema="sch")
for i in [
    Index("i1", t.c.x, postgresql_using="GIN"),
    Index("i2", t.c.x, t.c.data, unique=True, postgresql_where=t.c.x > 5),
    Index("i3", func.lower(t.c.data), postgresql_ops={"lower": "text_pattern_ops", "data": "q"}),
    Index("i4", t.c.data.desc(), t.c.x.asc().nullslast(), postgresql_ops={"data": "text_pattern_ops"}),
    Index("i5", t.c.x, postgresql_concurrently=True),
    Index("i6", t.c.x, postgresql_with={"fillfactor": 50, "buffering": "off"}, postgresql_tablespace="Ts"),
    Index("i7", t.c.x, postgresql_include=["data"], postgresql_nulls_not_distinct=True),
    Index("i8", t.c.x, postgresql_nulls_not_distinct=False, postgresql_where="data = 'x'"),
    Index("i9", text("x + 1")),
    Index("i10", t.c.x + 5),
    Index("i11", (t.c.j["a"].astext).label("foo"), postgresql_ops={"foo": "opc"}),
    Index("I12", t.c.j["a"]),
    Index("i13", t.c.x, postgresql_using="bad method!"),
    Index("i14", cast(t.c.data, Integer), func.coalesce(t.c.x, 5)),
]:
    sql(CreateIndex(i, if_not_exists=True), "postgresql")
    sql(DropIndex(i, if_exists=True), "postgresql")
    print(repr(i))

print("== named types")
P = postgresql
sql(P.CreateEnumType(P.ENUM("a", "b'c", name="en")), "postgresql", "sqlite")
sql(P.CreateEnumType(P.ENUM("a", "b%c", name="En", schema="S")), "postgresql", "psycopg")
sql(P.DropEnumType(P.ENUM("a", "b'c", name="en")), "postgresql")
sql(P.CreateEnumType(P.ENUM("a", "b'c")), "postgresql")
d1 = P.DOMAIN("dm", String(20), collation="de", default="x", constraint_name="cn", not_null=True, check="VALUE > '5'", schema="q")
print(repr(d1))
sql(P.CreateDomainType(d1), "postgresql")
sql(P.DropDomainType(d1), "postgresql")
d2 = P.DOMAIN("dm", Integer, default=text("5"), check=text("VALUE > :x").bindparams(x=5))
print(repr(d2))
sql(P.CreateDomainType(d2), "postgresql")
sql(P.CreateDomainType(P.DOMAIN("Dm", Integer)), "postgresql")
print(repr(P.ENUM("a", "b", name="x", create_type=False)))
print(repr(P.ENUM("a", "b", name="x", native_enum=False)))
print(repr(P.ENUM("a", "b", name="x", metadata=MetaData(), schema="y", validate_strings=True, inherit_schema=True)))
sql(P.ENUM("a"), "postgresql")
sql(Enum("a"), "postgresql")
print(repr(P.ENUM("a", name="x").copy()))
print(repr(P.DOMAIN("a", Integer, not_null=True, schema="c").copy()))
t = Table("t", MetaData(), Column("e", P.ENUM("a", "b", name="x")))
sql(select(t).where(t.c.e == "a"), "postgresql", "asyncpg", "psycopg")
sql(t.insert().values(e="b"), "asyncpg")
print(repr(t.to_metadata(MetaData(), schema="zz")))
t = Table(
    "t",
    MetaData(schema="ms"),
    Column("e", P.ENUM("a", "b", name="x")),
    Column("e2", Enum("a", name="y", inherit_schema=True)),
    Column("e3", P.ENUM("a", name="y", metadata=MetaData(schema="ppp"))),
)
sql(CreateTable(t), "postgresql")

print("== names of types")
P = postgresql
for ty in (
    P.INT4RANGE,
    P.INT8RANGE,
    P.NUMRANGE,
    P.DATERANGE,
    P.TSRANGE,
    P.TSTZRANGE,
    P.INT4MULTIRANGE,
    P.INT8MULTIRANGE,
    P.NUMMULTIRANGE,
    P.DATEMULTIRANGE,
    P.TSMULTIRANGE,
    P.TSTZMULTIRANGE,
):
    sql(ty(), "str", "postgresql")
    print(repr(ty()))
