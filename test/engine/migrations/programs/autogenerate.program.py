# What autogenerate finds between a model and a database, how it renders that, what it logs, and what hooks change.
import logging
import re
import warnings

import sqlalchemy as sa
from sqlalchemy import Column, Index, MetaData, Table, text

from alembic import autogenerate
from alembic.operations import ops
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext

warnings.simplefilter("always")
warnings.showwarning = lambda message, *_: print("warning:", message)


class Log(logging.Handler):
    def emit(self, record):
        if record.name.startswith("alembic.autogenerate"):
            print(record.name.removeprefix("alembic.autogenerate."), "|", re.sub(" (object )?at 0x[0-9a-f]+", "", record.getMessage()))


logging.getLogger("alembic").addHandler(Log())
logging.getLogger("alembic").setLevel(logging.INFO)


def shown(diff):
    if isinstance(diff, list):
        return [shown(d) for d in diff]
    text = str([str(x) if not isinstance(x, (dict, bool, type(None))) else x for x in diff])
    return re.sub(r" object at 0x[0-9a-f]+", "", text)[:260]


def found(title, ddl, *items, batch=False, **opts):
    """Differences between a database made by these statements and a model of these tables."""
    print(f"== {title}")
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    with engine.begin() as c:
        for statement in ddl:
            c.execute(text(statement))
    m = opts.pop("metadata", None) or MetaData()
    for name, *columns in items:
        kw = columns.pop() if isinstance(columns[-1], dict) else {}
        Table(name, m, *columns, **kw)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": m, **opts})
        try:
            script = produce_migrations(context, m)
        except Exception as e:
            print(type(e).__name__, e)
            return
        for diff in script.upgrade_ops.as_diffs():
            print(shown(diff))
        for ops in script.upgrade_ops, script.downgrade_ops:
            print(render_python_code(ops, render_as_batch=batch, migration_context=context, render_item=opts.get("render_item"), user_module_prefix=opts.get("user_module_prefix")))


I, S = sa.Integer, sa.String
T = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(5), b INTEGER)"
ID = lambda: Column("id", I, primary_key=True)
FULL = lambda *more: ("t", ID(), Column("a", S(5)), Column("b", I), *more)

found("nothing", [T], FULL())
found("a table comes", [], ("t", ID(), Column("a", S(5), nullable=False, server_default="q", comment="why"), Column("at", sa.DateTime, server_default=sa.func.now()), Column("n", sa.Numeric(8, 2), server_default=text("0")), {"comment": "all"}))
found("tables that need one another come", [], ("z", ID()), ("a", ID(), Column("z_id", sa.ForeignKey("z.id", ondelete="CASCADE", name="fk_z")), Column("self_id", sa.ForeignKey("a.id"))))
found("a table with an index and constraints comes", [], ("t", ID(), Column("a", S(5), index=True), Column("b", I, unique=True), sa.CheckConstraint("b > 0", name="ck_b"), Index("ix_both", "a", "b", unique=True)))
found("a table goes", [T, "CREATE INDEX ix_a ON t (a)", "CREATE TABLE o (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id), CONSTRAINT uq_t UNIQUE (t_id))"], FULL())
found("the last table goes", [T, "CREATE UNIQUE INDEX ix_a ON t (a)"])
found("columns come and go", [T], ("t", ID(), Column("b", I), Column("c", sa.Date, nullable=False, server_default=sa.func.current_date()), Column("d", sa.Boolean, server_default=sa.false())))
found("in batches", [T], ("t", ID(), Column("a", S(9)), Column("c", I, nullable=False, server_default="1"), sa.UniqueConstraint("a", name="uq_a")), batch=True)
found("NULL", [T], ("t", ID(), Column("a", S(5), nullable=False), Column("b", I)))
found("types", ["CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INTEGER, c NUMERIC(8, 2), d DATETIME, e TEXT, f DECIMAL(5, 1), g BLOB)"], ("t", ID(), Column("a", S(8)), Column("b", sa.BigInteger), Column("c", sa.Numeric(10, 2)), Column("d", sa.Date), Column("e", S), Column("f", sa.Numeric(5, 1)), Column("g", sa.LargeBinary)))
found("types that are not looked at", [T], ("t", ID(), Column("a", sa.Text), Column("b", S(3))), compare_type=False)
found("types by a function", [T], ("t", ID(), Column("a", sa.Text), Column("b", S(3))), compare_type=lambda context, inspected, model, was, now: print("asked", model.name, was, now) or (None if model.name == "b" else False))
D = "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5) DEFAULT 'q', b INTEGER DEFAULT 5, c DATETIME DEFAULT CURRENT_TIMESTAMP, d INTEGER DEFAULT (1 + 1), e VARCHAR(3))"
DD = lambda a, b, c, d, e: ("t", ID(), Column("a", S(5), server_default=a), Column("b", I, server_default=b), Column("c", sa.DateTime, server_default=c), Column("d", I, server_default=d), Column("e", S(3), server_default=e))
found("server defaults that are the same", [D], DD("q", "5", sa.func.current_timestamp(), text("(1 + 1)"), None), compare_server_default=True)
found("server defaults that are not looked at", [D], DD("z", "7", None, None, "e"))
found("server defaults", [D], DD("z", "7", None, text("1 + 2"), "e"), compare_server_default=True)
found("server defaults by a function", [D], DD("z", "5", None, None, None), compare_server_default=lambda context, inspected, model, was, now, rendered: print("asked", model.name, was, rendered) or model.name == "a")
found("computed columns", ["CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1))"], ("t", ID(), Column("a", I), Column("b", I, sa.Computed("a + 2"))))
found("a computed column comes", [T], FULL(Column("c", I, sa.Computed("b * 2", persisted=True))))
X = [T, "CREATE INDEX ix_a ON t (a)", "CREATE UNIQUE INDEX ix_b ON t (b)"]
found("indexes come and go", X, FULL(Index("ix_a", "a", "b"), Index("ix_new", "b")))
found("an index that is unique now", X, FULL(Index("ix_a", "a", unique=True), Index("ix_b", "b", unique=True)))
found("an index of an expression", X[:2], FULL(Index("ix_a", "a"), Index("ix_low", sa.func.lower(sa.column("a")))))
found("an index by the flag of a column", [T], ("t", ID(), Column("a", S(5), index=True), Column("b", I, index=True, unique=True)))
U = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(5), b INTEGER, CONSTRAINT uq_a UNIQUE (a), UNIQUE (b))"
found("unique constraints that are the same", [U], FULL(sa.UniqueConstraint("a", name="uq_a"), sa.UniqueConstraint("b")))
found("unique constraints", [U], FULL(sa.UniqueConstraint("a", "b", name="uq_a"), sa.UniqueConstraint("b", name="uq_b")))
found("a unique constraint that is an index now", [U], FULL(Index("uq_a", "a", unique=True), sa.UniqueConstraint("b")))
K = ["CREATE TABLE o (id INTEGER PRIMARY KEY, x INTEGER)", "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INTEGER, b INTEGER, CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES o (id) ON DELETE CASCADE)"]
O = lambda: ("o", ID(), Column("x", I))
TT = lambda *more: ("t", ID(), Column("a", I), Column("b", I), *more)
found("foreign keys that are the same", K, O(), TT(sa.ForeignKeyConstraint(["a"], ["o.id"], name="fk_a", ondelete="CASCADE")))
found("a foreign key's rule", K, O(), TT(sa.ForeignKeyConstraint(["a"], ["o.id"], name="fk_a", ondelete="SET NULL", onupdate="NO ACTION")))
found("a foreign key goes", K, O(), TT())
found("a foreign key comes", K, O(), TT(sa.ForeignKeyConstraint(["a"], ["o.id"], name="fk_a", ondelete="cascade"), sa.ForeignKeyConstraint(["b"], ["o.id"], deferrable=True, initially="DEFERRED")), batch=True)
CK = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(5), b INTEGER, CONSTRAINT ck_b CHECK (b > 0), CHECK (b < 90))"
found("CHECKs by name", [CK], FULL(sa.CheckConstraint("b > 100", name="ck_b"), sa.CheckConstraint("a <> 'x'", name="ck_a")))
found("a CHECK goes", [CK], FULL())
convention = lambda: MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"})
found("a naming convention", [], ("o", ID()), ("t", ID(), Column("a", S(5), index=True), Column("b", I, unique=True), Column("o_id", sa.ForeignKey("o.id")), sa.CheckConstraint("b > 0", name="positive")), metadata=convention())
found("a naming convention and a table that is there", [T, "CREATE TABLE o (id INTEGER PRIMARY KEY)"], ("o", ID()), ("t", ID(), Column("a", S(5), index=True), Column("b", I, unique=True), Column("o_id", sa.ForeignKey("o.id"))), metadata=convention(), batch=True)
found("the table of versions", ["CREATE TABLE alembic_version (version_num VARCHAR(32))", "CREATE TABLE other (v VARCHAR(32))"], version_table="other")
found("names that are left out", [T, "CREATE TABLE o (id INTEGER PRIMARY KEY)", "CREATE INDEX ix_a ON t (a)"], ("t", ID(), Column("b", I)), include_name=lambda name, type_, parents: type_ != "table" and print("name", name, type_, sorted(parents.items(), key=str)) or name not in ("o", "a"))
found("objects that are left out", [T, "CREATE INDEX ix_a ON t (a)"], ("t", ID(), Column("a", S(5)), Column("n", I)), ("new", ID()), include_object=lambda obj, name, type_, reflected, other: print("object", name, type_, reflected, other is not None) or name in ("t", "n"))


class Point(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, srid=5):
        self.srid = srid

    def get_col_spec(self, **kw):
        return "POINT"

    def __repr__(self):
        return f"Point({self.srid})"


class Upper(sa.types.TypeDecorator):
    impl = S
    cache_ok = True


found("types of a program", [], ("t", ID(), Column("p", Point(7)), Column("u", Upper(9))))
found("types of a program with a prefix", [], ("t", ID(), Column("p", Point(7)), Column("u", Upper(9))), user_module_prefix="my.")


def render_item(type_, obj, context):
    if type_ == "type" and isinstance(obj, Point):
        context.imports.add("import geo")
        return f"geo.{obj!r}"
    if type_ == "column" and obj.name == "skip":
        return ""
    if type_ == "server_default":
        return "'rendered'"
    if type_ in ("primary_key", "unique", "check", "foreign_key"):
        return f"my_{type_}()"
    return False


found("rendering by a function", [], ("o", ID()), ("t", ID(), Column("p", Point(7)), Column("skip", I), Column("d", I, server_default="5"), Column("o_id", sa.ForeignKey("o.id")), sa.UniqueConstraint("d"), sa.CheckConstraint("d > 1")), render_item=render_item)
from sqlalchemy.dialects import mysql, postgresql

found("types of dialects", [], ("t", ID(), Column("j", postgresql.JSONB()), Column("a", postgresql.ARRAY(postgresql.UUID())), Column("g", sa.ARRAY(S(5))), Column("m", mysql.MEDIUMTEXT()), Column("v", S(5).with_variant(mysql.VARCHAR(9, charset="utf8"), "mysql").with_variant(sa.Text(), "oracle")), Column("e", sa.Enum("a", "b", name="mood")), Column("h", postgresql.HSTORE()), Column("n", sa.Numeric(precision=8, scale=2, asdecimal=False)), Column("i", sa.Interval()), Column("z", sa.DateTime(timezone=True))))
found("columns of all kinds", [], ("t", Column("id", I, sa.Identity(always=True, start=3)), Column("k", I, key="other"), Column("auto", I, autoincrement=False, primary_key=True), Column("Camel", S), Column("q'uote", S, server_default="it's"), Column("f", sa.Float, server_default=sa.FetchedValue()), Column("x", S, sqlite_on_conflict_not_null="FAIL"), {"sqlite_autoincrement": False, "info": {"a": 1}, "prefixes": ["TEMP"], "schema": None}))
print("== several MetaData")
engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
one, two = MetaData(), MetaData()
Table("a", one, ID()), Table("b", two, ID())
with engine.connect() as connection:
    context = MigrationContext.configure(connection)
    print([d[1].name for d in compare_metadata(context, [one, two])])
    Table("a", two, ID())
    try:
        compare_metadata(context, [one, two])
    except ValueError as e:
        print(e)
    offline = MigrationContext.configure(dialect_name="sqlite", opts={"as_sql": True})
    try:
        compare_metadata(offline, one)
    except Exception as e:
        print(type(e).__name__, e)
    try:
        MigrationContext.configure(connection, opts={"autogenerate_plugins": ["no.such"]})
        compare_metadata(MigrationContext.configure(connection, opts={"autogenerate_plugins": ["no.such"]}), one)
    except Exception as e:
        print(type(e).__name__, e)
    some = MigrationContext.configure(connection, opts={"autogenerate_plugins": ["alembic.autogenerate.*", "~alembic.autogenerate.tables"]})
    print(compare_metadata(some, one))
print("== comparators of a program")


@autogenerate.comparators.dispatch_for("schema")
def views(context, upgrade_ops, schemas):
    print("schemas", schemas, context.dialect.name, context.metadata is one)
    upgrade_ops.ops.append(ops.CreateTableCommentOp("v", "seen"))


@autogenerate.comparators.dispatch_for("table")
def tables(context, modify_ops, schema, name, conn, model):
    print("table", schema, name, conn is None, model is None)


with engine.connect() as connection:
    script = produce_migrations(MigrationContext.configure(connection), one)
    print([type(o).__name__ for o in script.upgrade_ops.ops])
