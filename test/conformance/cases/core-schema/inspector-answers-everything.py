"""Inspector and reflection: every answer, views, temporary tables, odd schemas."""
from sqlalchemy import *
from sqlalchemy import exc
from sqlalchemy.engine.reflection import ObjectKind, ObjectScope
import re, warnings
def attempt(label, fn):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: print(label, "->", re.sub("0x[0-9a-f]+", "0x", " ".join(str(fn()).split())))
        except Exception as e: print(label, "-> !!", type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
        for x in w: print("   W", x.category.__name__, re.sub("0x[0-9a-f]+", "0x", str(x.message)))
e = create_engine("sqlite://"); c = e.connect()
for s in """CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, code VARCHAR(10) NOT NULL UNIQUE, amt DECIMAL(10,2) DEFAULT 0.5, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, b BOOLEAN DEFAULT 1 CHECK (b IN (0, 1)), txt TEXT COLLATE NOCASE, blobby BLOB, f DOUBLE PRECISION, weird MYTYPE(3), noty, j JSON, CONSTRAINT chk_amt CHECK (amt >= 0))
CREATE TABLE child (a INT, b INT, pid INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED, pcode VARCHAR(10), g INT GENERATED ALWAYS AS (a + b) STORED, g2 INT AS (a * 2), PRIMARY KEY (a, b), CONSTRAINT fk_code FOREIGN KEY (pcode) REFERENCES parent (code), CONSTRAINT uq_ab UNIQUE (a, pid))
CREATE INDEX ix_pcode ON child (pcode)
CREATE UNIQUE INDEX ix_part ON child (pid, pcode) WHERE pid > 5
CREATE INDEX ix_expr ON child (lower(pcode), a)
CREATE VIEW v AS SELECT p.id, c.a FROM parent p JOIN child c ON c.pid = p.id
CREATE TEMP TABLE tmp (x INTEGER, y TEXT)
CREATE TEMP VIEW tv AS SELECT x FROM tmp
CREATE TABLE "Odd Name" ("My Col" INT, [select] TEXT, `back` REAL, PRIMARY KEY ("My Col"))
CREATE TABLE selfref (id INTEGER NOT NULL PRIMARY KEY, up INTEGER REFERENCES selfref)
CREATE TABLE wr (k TEXT PRIMARY KEY, v) WITHOUT ROWID""".split("\n"): c.exec_driver_sql(s)
i = inspect(c)
for n in ("get_table_names", "get_view_names", "get_temp_table_names", "get_temp_view_names", "get_schema_names", "get_materialized_view_names", "get_sequence_names", "get_sorted_table_and_fkc_names"): attempt(n, lambda: getattr(i, n)())
for t in ("parent", "child", "v", "Odd Name", "selfref", "wr", "tmp", "nope"):
    for n in ("get_columns", "get_pk_constraint", "get_foreign_keys", "get_indexes", "get_unique_constraints", "get_check_constraints", "get_table_options", "get_table_comment", "has_table", "get_view_definition"):
        attempt(f"{t} {n}", lambda: [{k: (str(v) if k == "type" else v) for k, v in d.items()} for d in getattr(i, n)(t)] if n == "get_columns" else getattr(i, n)(t))
attempt("has_index", lambda: (i.has_index("child", "ix_pcode"), i.has_index("child", "zz"))); attempt("has_schema", lambda: (i.has_schema("main"), i.has_schema("zz"))); attempt("has_seq", lambda: i.has_sequence("x")); attempt("default", lambda: (i.default_schema_name, i.dialect.name, i.engine is e, i.bind is c))
attempt("multi cols", lambda: {k: [x["name"] for x in v] for k, v in sorted(i.get_multi_columns().items())}); attempt("multi pk", lambda: sorted(i.get_multi_pk_constraint(filter_names=["parent", "child"]).items())); attempt("multi views", lambda: sorted(i.get_multi_columns(kind=ObjectKind.VIEW).keys())); attempt("multi any", lambda: sorted(k for k in i.get_multi_columns(kind=ObjectKind.ANY, scope=ObjectScope.ANY))); attempt("multi fk", lambda: sorted((k, len(v)) for k, v in i.get_multi_foreign_keys().items())); attempt("multi ix", lambda: sorted((k, [x["name"] for x in v]) for k, v in i.get_multi_indexes().items())); attempt("sortfk", lambda: [x for x in i.sort_tables_on_foreign_key_dependency()])
m = MetaData(); m.reflect(c, views=True); print(sorted(m.tables)); p = m.tables["parent"]; ch = m.tables["child"]
print(repr(p)); print(repr(ch)); print([(x.name, x.unique, [str(y) for y in x.expressions], x.dialect_options["sqlite"]["where"]) for x in sorted(ch.indexes, key=lambda x: x.name)]); print(sorted((type(x).__name__, str(x.name)) for x in ch.constraints)); print([(f.target_fullname, f.ondelete, f.onupdate, f.deferrable, f.initially) for f in sorted(ch.foreign_keys, key=lambda f: f.parent.name)]); print(ch.c.g.computed.sqltext, ch.c.g.computed.persisted, ch.c.g2.computed.persisted, p.c.amt.server_default.arg, p.c.at.server_default.arg, p.c.txt.type.collation, p.dialect_options["sqlite"]["autoincrement"])
attempt("autoload", lambda: Table("parent", MetaData(), autoload_with=e if False else c, include_columns=["id", "code"]).c.keys()); attempt("override", lambda: Table("parent", MetaData(), Column("code", Text, key="kk"), Column("extra", Integer), autoload_with=c).c.keys()); attempt("missing", lambda: Table("zzz", MetaData(), autoload_with=c)); attempt("only", lambda: (lambda mm: (mm.reflect(c, only=["child"]), sorted(mm.tables)))(MetaData())); attempt("only fn", lambda: (lambda mm: (mm.reflect(c, only=lambda n, _: n.startswith("p")), sorted(mm.tables)))(MetaData())); attempt("only missing", lambda: MetaData().reflect(c, only=["nah"])); attempt("resolve", lambda: (lambda mm: (Table("child", mm, autoload_with=c, resolve_fks=False), sorted(mm.tables)))(MetaData())); attempt("reflect_table", lambda: (lambda t: (i.reflect_table(t, None), t.c.keys()))(Table("selfref", MetaData()))); attempt("cache", lambda: (c.exec_driver_sql("create table late (q int)"), i.has_table("late"), "late" in i.get_table_names(), i.clear_cache(), "late" in i.get_table_names())); attempt("extend", lambda: (lambda mm: (Table("late", mm, Column("mine", Integer)), mm.reflect(c, only=["late"]), mm.tables["late"].c.keys(), mm.reflect(c, only=["late"], extend_existing=True), mm.tables["late"].c.keys()))(MetaData()))
from sqlalchemy.schema import CreateTable
for t in ("parent", "child", "Odd Name"): print(CreateTable(m.tables[t]))
attempt("schema", lambda: (c.exec_driver_sql("attach ':memory:' as other"), c.exec_driver_sql("create table other.o (id integer primary key, p int references o(id))"), inspect(c).get_table_names("other"), inspect(c).get_foreign_keys("o", "other"), Table("o", MetaData(), schema="other", autoload_with=c).fullname, inspect(c).get_schema_names()))
print(ObjectKind.TABLE, repr(ObjectKind.VIEW | ObjectKind.TABLE), ObjectKind.ANY_VIEW, list(ObjectScope), ObjectKind.__module__, ObjectScope.ANY & ObjectScope.TEMPORARY)
attempt("kinds", lambda: sorted(i.get_multi_columns(kind=ObjectKind.VIEW | ObjectKind.TABLE, scope=ObjectScope.TEMPORARY)))
