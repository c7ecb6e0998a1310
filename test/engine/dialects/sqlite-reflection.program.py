# What SQLite tells of its tables: PRAGMA statements, and the text of CREATE TABLE where they are silent.
import warnings

from sqlalchemy import Column, MetaData, Table, create_engine, event, inspect, text
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

warnings.simplefilter("always")
warnings.showwarning = lambda message, *args, **kw: print("warning:", message)

engine = create_engine("sqlite://")
STATEMENTS = """
CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT)
CREATE TABLE types (a ANY, b INT, c BIGINT UNSIGNED, d VARCHAR(30), e NUMERIC(10, 2), f DECIMAL(5), g DOUBLE PRECISION, h DATETIME, i DATE, j TIMESTAMP, k BOOLEAN, l JSON, m CHAR(3) NOT NULL, n BLOB, o "weird type", p FLOAT(5), q CLOB, r NVARCHAR(5), s UUID, t LONG INTEGER, u INT8, v TINYBLOB, w SOME_CHAR_KIND(7), x REALLY_REAL)
CREATE TABLE defaults (a INTEGER DEFAULT 5, b TEXT DEFAULT 'it''s', c TEXT DEFAULT (1 + 2), d DATETIME DEFAULT CURRENT_TIMESTAMP, e TEXT DEFAULT NULL, f TEXT NOT NULL DEFAULT "x", g REAL DEFAULT -1.5)
CREATE TABLE keys (a INTEGER, b INTEGER, c INTEGER, CONSTRAINT pk_keys PRIMARY KEY (b, a), CONSTRAINT uq_c UNIQUE (c), UNIQUE (a, c))
CREATE TABLE "Odd Name" ("select" INTEGER PRIMARY KEY AUTOINCREMENT, "a""b" TEXT UNIQUE, 'quoted' TEXT, [brackets] TEXT, `ticks` TEXT)
CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, p INTEGER REFERENCES plain, q INTEGER REFERENCES plain (id) ON DELETE SET NULL, o INTEGER CONSTRAINT fk_o REFERENCES "Odd Name" ("select") ON UPDATE CASCADE, CONSTRAINT fk_keys FOREIGN KEY (b, a) REFERENCES keys (b, a) ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (p) REFERENCES plain (id) NOT DEFERRABLE)
CREATE TABLE dangling (x INTEGER REFERENCES nowhere (id))
CREATE TABLE checks (a INTEGER CHECK (a > 0), b INTEGER CONSTRAINT positive CHECK (b > 0 AND (b < 10 OR b = 20)), c TEXT CHECK (c IN ('a', 'b)')), CONSTRAINT "two words" CHECK (a < b), CHECK (length(c) > 1))
CREATE TABLE computed (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL, c TEXT AS (a || 'x') STORED NOT NULL)
CREATE TABLE no_rowid (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID
CREATE TABLE strict_one (k INTEGER PRIMARY KEY, v ANY) STRICT
CREATE TABLE both (k TEXT PRIMARY KEY, v ANY) WITHOUT ROWID, STRICT
CREATE INDEX ix_plain_name ON plain (name)
CREATE UNIQUE INDEX ux_keys ON keys (a, b DESC) WHERE c > 5
CREATE INDEX ix_expression ON keys (lower(a), b)
CREATE VIEW big AS SELECT id, name FROM plain WHERE id > 5
CREATE TEMPORARY TABLE scratch (id INTEGER PRIMARY KEY, x TEXT DEFAULT 'y')
CREATE TEMPORARY VIEW scratch_view AS SELECT x FROM scratch
ATTACH DATABASE ':memory:' AS other
CREATE TABLE other.far (id INTEGER PRIMARY KEY, near_id INTEGER REFERENCES near (id), UNIQUE (near_id))
CREATE TABLE other.near (id INTEGER PRIMARY KEY)
CREATE INDEX other.ix_far ON far (near_id)
"""
connection = engine.connect()
for statement in STATEMENTS.strip().splitlines():
    connection.exec_driver_sql(statement)
connection.commit()


def facts(of):
    """Facts with types as text, in a fixed order."""
    if isinstance(of, dict):
        return {k: facts(v) for k, v in sorted(of.items())}
    if isinstance(of, (list, tuple)):
        return [facts(v) for v in of]
    return repr(of) if not isinstance(of, str) else of


def tell(label, fn):
    try:
        print(label, facts(fn()))
    except (SQLAlchemyError, NotImplementedError) as e:
        print(label, f"{type(e).__name__}: {e}".strip())


TABLES = [
    line.split("(")[0].removeprefix("CREATE TABLE ").strip().strip('"')
    for line in STATEMENTS.splitlines()
    if line.startswith("CREATE TABLE") and "." not in line.split("(")[0]
]
insp = inspect(connection)

print("== names")
for name in ("get_table_names", "get_view_names", "get_temp_table_names", "get_temp_view_names", "get_schema_names", "get_sequence_names"):
    tell(name, getattr(insp, name))
for schema in ("other", "main", "temp", "nope"):
    tell(schema, lambda: insp.get_table_names(schema=schema))
    tell(schema, lambda: insp.get_view_names(schema=schema))
for name in ("plain", "big", "scratch", "far", "PLAIN", "sqlite_master", "nope"):
    print(name, insp.has_table(name), insp.has_table(name, schema="other"))
print(insp.has_index("plain", "ix_plain_name"), insp.has_index("plain", "nope"), insp.has_schema("other"), insp.has_schema("nope"))
tell("view", lambda: insp.get_view_definition("big"))
tell("temporary view", lambda: insp.get_view_definition("scratch_view"))
tell("no view", lambda: insp.get_view_definition("nope"))

print("== columns")
for table in [*TABLES, "big", "scratch", "nope"]:
    try:
        for column in insp.get_columns(table):
            print(table, facts(column))
    except NoSuchTableError as e:
        print("NoSuchTableError", e)
tell("elsewhere", lambda: insp.get_columns("far", schema="other"))

print("== keys and constraints")
for table in [*TABLES, "scratch"]:
    tell(f"{table} pk", lambda: insp.get_pk_constraint(table))
    tell(f"{table} fks", lambda: insp.get_foreign_keys(table))
    tell(f"{table} unique", lambda: sorted(insp.get_unique_constraints(table), key=str))
    tell(f"{table} checks", lambda: insp.get_check_constraints(table))
    tell(f"{table} options", lambda: insp.get_table_options(table))
    tell(f"{table} comment", lambda: insp.get_table_comment(table))
for name in ("get_pk_constraint", "get_foreign_keys", "get_unique_constraints", "get_check_constraints", "get_indexes"):
    tell(name, lambda: getattr(insp, name)("far", schema="other"))
    tell(name, lambda: getattr(insp, name)("nope"))

print("== indexes")
for table in TABLES:
    for index in sorted(insp.get_indexes(table), key=lambda i: i["name"]):
        print(
            table,
            index["name"],
            index["column_names"],
            index["unique"],
            {k: str(v) for k, v in index.get("dialect_options", {}).items()},
            index.get("expressions"),
        )

print("== tables")
metadata = MetaData()
for name in ("plain", "types", "defaults", "keys", "Odd Name", "child", "checks", "computed", "no_rowid", "both"):
    table = Table(name, metadata, autoload_with=connection)
    print(repr(table))
    tell("ddl", lambda: str(CreateTable(table).compile(engine)))
    for index in sorted(table.indexes, key=lambda i: i.name):
        print(CreateIndex(index).compile(engine))
print(sorted(metadata.tables))
far = Table("far", MetaData(), autoload_with=connection, schema="other")
print(CreateTable(far).compile(engine), sorted(far.metadata.tables))
try:
    Table("dangling", MetaData(), autoload_with=connection)
except NoSuchTableError as e:
    print("NoSuchTableError", e)
print(repr(Table("dangling", MetaData(), autoload_with=connection, resolve_fks=False)))
print(repr(Table("plain", MetaData(), Column("name", type_=None), autoload_with=connection, include_columns=["name"])))
whole = MetaData()
whole.reflect(connection, views=True, only=lambda name, _: name not in ("dangling", "types"))
print(sorted(whole.tables), [t.name for t in whole.sorted_tables][-1])

print("== statements sent")
sent = []
event.listen(engine, "before_cursor_execute", lambda conn, cursor, statement, *rest: sent.append((statement, rest[0])))
for name in (
    "get_columns",
    "get_pk_constraint",
    "get_foreign_keys",
    "get_unique_constraints",
    "get_check_constraints",
    "get_indexes",
):
    sent.clear()
    getattr(inspect(connection), name)("child")
    print(name, sent)
sent.clear()
Table("child", MetaData(), autoload_with=connection, resolve_fks=False)
for statement in sent:
    print(statement)
