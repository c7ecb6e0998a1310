# Tables, constraints, indexes and sequences: DDL, how they show, what they refuse, how they are copied.
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine

warnings.simplefilter("ignore")
DIALECTS = {
    "sqlite": sqlite.dialect,
    "postgresql": postgresql.dialect,
    "mysql": mysql.dialect,
    "mssql": mssql.dialect,
    "oracle": oracle.dialect,
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


print("== tables")
m = MetaData()
t = Table(
    "user account",
    m,
    Column("id", Integer, primary_key=True),
    Column("Name", String(30), nullable=False, server_default="x"),
    Column("select", Integer, server_default=text("5 + 5")),
    Column("e", Enum("a", "b", create_constraint=True)),
    Column("f", Boolean(create_constraint=True, name="ckb")),
    Column("g", Numeric(10, 2), unique=True),
    Column("h", DateTime, server_default=func.now()),
    CheckConstraint("id > 5", name="ck1"),
    UniqueConstraint("Name", "g", name="uq"),
)
sql(CreateTable(t), "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")
sql(DropTable(t), "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")
sql(CreateTable(t, if_not_exists=True), "sqlite")
print(repr(t))

print("== foreign keys")
m = MetaData()
a = Table("a", m, Column("id", Integer, primary_key=True), Column("b_id", ForeignKey("b.id", use_alter=True, name="fkb")))
b = Table(
    "b",
    m,
    Column("id", Integer, primary_key=True),
    Column("a_id", ForeignKey("a.id", ondelete="CASCADE", onupdate="SET NULL", deferrable=True, initially="DEFERRED", match="FULL")),
)
sql(CreateTable(a), "str", "sqlite", "postgresql")
sql(CreateTable(b), "str", "sqlite", "postgresql")
for t in m.sorted_tables:
    print(t)
print(repr(a))
print(repr(b))
for fk in b.foreign_keys:
    print(repr(fk))
    print(fk.target_fullname)
    print(fk.column)
sql(AddConstraint(list(a.foreign_key_constraints)[0]), "str", "postgresql")
sql(DropConstraint(list(a.foreign_key_constraints)[0], cascade=True), "str", "postgresql")

print("== naming conventions")
m = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
t = Table(
    "t",
    m,
    Column("id", Integer, primary_key=True),
    Column("x", Integer, unique=True),
    Column("y", Integer, index=True),
    Column("z", ForeignKey("o.id")),
    CheckConstraint("x > 5", name="pos"),
    Column("b", Boolean(create_constraint=True, name="bb")),
)
o = Table("o", m, Column("id", Integer, primary_key=True))
sql(CreateTable(t), "str", "sqlite", "postgresql")
for i in t.indexes:
    print(repr(i))
    sql(CreateIndex(i), "sqlite", "postgresql")
attempt(lambda: Table("u", m, Column("x", Integer), CheckConstraint("x > 5")))
attempt(lambda: Table("t", m, Column("x", Integer)))
attempt(lambda: Table("dup", MetaData(), Column("x", Integer), Column("x", Integer)))

print("== what is refused")
m = MetaData()
attempt(lambda: Table("t1", m, Column("id", Integer), 5))
attempt(lambda: Table("t2", m, Column("id", Integer), UniqueConstraint("nope")))
attempt(lambda: Table("t3", m, Column("id", Integer), foo=5))
attempt(lambda: Table("t3", m, Column("id", Integer), sqlite_foo=5))
attempt(lambda: Column("x", Integer, name="x"))
attempt(lambda: Column("x", Integer, type_=Integer))
attempt(lambda: Column("x", 5))
attempt(lambda: ForeignKeyConstraint(["a", "b"], ["c.d"]))
attempt(lambda: CreateTable(Table("t4", m, Column("x"))).compile(dialect=None))
t = Table("t5", m, Column("x"))
sql(CreateTable(t), "str", "sqlite")
sql(CreateTable(Table("t5j", m, Column("x", JSON))), "oracle")
t = Table("t6", m, Column("x", Integer, ForeignKey("zz.y")))
attempt(lambda: str(list(t.foreign_keys)[0].column))
attempt(lambda: m.sorted_tables)
t = Table("zz", m, Column("q", Integer))
attempt(lambda: str(list(m.tables["t6"].foreign_keys)[0].column))
attempt(lambda: Enum("a", "bb", length=1))
attempt(lambda: ARRAY(ARRAY(Integer)))
attempt(lambda: String(5).with_variant(Text(), "sqlite").with_variant(Text(), "sqlite"))
attempt(lambda: String(5).with_variant(Text()))
attempt(lambda: MetaData(schema=5))
attempt(
    lambda: Table(
        "x", m, Column("id", Integer, primary_key=True, autoincrement=True), Column("y", Integer, primary_key=True, autoincrement=True)
    ).autoincrement_column
)
attempt(lambda: Table("x1", m, Column("id", String, primary_key=True, autoincrement=True)).autoincrement_column)
attempt(lambda: Column("x", Integer, Identity(), server_default="5"))
attempt(lambda: Column("x", Integer, Computed("5"), server_default="5"))
attempt(lambda: Index("x").create(None))

print("== indexes")
m = MetaData(schema="sch")
t = Table("t", m, Column("id", Integer, primary_key=True), Column("x", String), Column("y", Integer))
i1 = Index("ix1", t.c.x, t.c.y.desc(), unique=True)
i2 = Index("ix 2", func.lower(t.c.x))
i3 = Index("ix3", text("x"), _table=t)
i4 = Index(None, t.c.y, sqlite_where=t.c.y > 5, postgresql_where=t.c.y > 7)
for i in [i1, i2, i4]:
    print(repr(i))
    sql(CreateIndex(i), "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")
    sql(DropIndex(i), "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")
sql(CreateTable(t), "str", "sqlite")
sql(CreateIndex(i1, if_not_exists=True), "str", "sqlite")

print("== sequences and identity columns")
m = MetaData()
s = Sequence("sq", start=5, increment=2, minvalue=1, maxvalue=100, cycle=True, cache=10, schema="foo")
sql(CreateSequence(s), "str", "postgresql", "mssql", "oracle")
sql(DropSequence(s), "str", "postgresql")
print(repr(s))
t = Table(
    "t",
    m,
    Column("id", Integer, Identity(always=True, start=42, cycle=True), primary_key=True),
    Column("c", Integer, Computed("id + 1", persisted=True)),
    Column("d", Integer, Sequence("d_seq"), comment="it's"),
    comment="the table",
)
sql(CreateTable(t), "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")
print(repr(t))
sql(SetTableComment(t), "str", "postgresql", "mysql", "oracle", "mssql")
sql(SetColumnComment(t.c.d), "str", "postgresql", "mysql", "oracle", "mssql")
sql(DropTableComment(t), "str", "postgresql", "mysql", "oracle", "mssql")
sql(DropColumnComment(t.c.d), "str", "postgresql", "mysql", "oracle")
sql(CreateSchema("foo", if_not_exists=True), "str", "postgresql", "mysql")
sql(DropSchema("foo", cascade=True, if_exists=True), "str", "postgresql")
sql(DDL("alter table %(table)s add %% x %(fullname)s %(schema)s %(q)s", {"q": 5}).against(t), "str", "sqlite", "postgresql")

print("== copies in another MetaData")
m = MetaData()
m2 = MetaData()
a = Table(
    "a",
    m,
    Column("id", Integer, primary_key=True),
    Column("x", Integer, index=True),
    Column("y", Integer, unique=True),
    schema="s1",
    comment="c",
)
b = Table(
    "b",
    m,
    Column("id", Integer, primary_key=True),
    Column("a_id", ForeignKey("s1.a.id")),
    CheckConstraint("id > 1", name="q"),
    UniqueConstraint("a_id", name="uu"),
    schema="s1",
)
Index("ixx", b.c.a_id, b.c.id)
b2 = b.to_metadata(m2, schema="s2", name="bb")
a2 = a.to_metadata(m2, schema="s2")
print(repr(b2))
print(repr(a2))
print(sorted(line.strip(", ") for line in str(CreateTable(b2)).splitlines()))
sql(CreateTable(a2))
b3 = b.to_metadata(m2)
print(repr(b3))
for i in b2.indexes:
    print(repr(i))
    sql(CreateIndex(i))

print("== names that are no text")
m = MetaData()
t = Table("t", m, Column("id", Integer))
for make in (
    lambda: Table(t, m),
    lambda: CreateTable(Table(5, m, Column("x", Integer))),
    lambda: Table(b"x", m),
    lambda: Table(None, m),
    lambda: Table(t, m, schema="s"),
    lambda: list(m.tables),
):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)
