"""URLs, engines from configuration, translate maps, options, text, custom constructs."""
from sqlalchemy import *
from sqlalchemy import exc, event
from sqlalchemy.engine import URL, make_url, engine_from_config, create_mock_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement, Executable, ColumnElement, FunctionElement
from sqlalchemy.schema import CreateTable, CreateColumn, DDLElement
import re, warnings
def attempt(label, fn):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: print(label, "->", re.sub("0x[0-9a-f]+", "0x", " ".join(str(fn()).split())))
        except Exception as e: print(label, "-> !!", type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
        for x in w: print("   W", x.category.__name__, re.sub("0x[0-9a-f]+", "0x", str(x.message)))
for s in ("postgresql+psycopg2://u:p%40ss@h:5432/db?sslmode=require&opt=a&opt=b", "sqlite://", "sqlite:///rel/x.db", "sqlite:////abs/x.db", "mysql://h", "oracle://u@h/?service_name=x", "mssql+pyodbc://u:p@dsn?driver=ODBC+Driver+17", "postgresql://[::1]:5432/db", "bad", "", "x://", "a b://c", "postgresql://u:p@h:abc/db", "sqlite:///C:\\x.db", "postgresql://u:@h/db", "postgresql://@h/db"):
    attempt(s, lambda: (lambda u: (u, u.drivername, u.username, u.password, u.host, u.port, u.database, dict(u.query), u.get_backend_name(), u.render_as_string(hide_password=False)))(make_url(s)))
u = make_url("postgresql+psycopg2://u:secret@h:1/db?a=1")
for label, f in [("set", lambda: u.set(drivername="mysql", port=5, password="x").render_as_string(False)), ("upd", lambda: u.update_query_dict({"b": "2", "a": ["3", "4"]})), ("append", lambda: u.update_query_dict({"a": "9"}, append=True)), ("str", lambda: u.update_query_string("z=1&z=2")), ("pairs", lambda: u.update_query_pairs([("q", "1"), ("q", "2")])), ("diff", lambda: u.difference_update_query(["a"])), ("norm", lambda: u.normalized_query), ("create", lambda: URL.create("sqlite", database="x y.db")), ("create2", lambda: URL.create("postgresql", "us er", "p@:/?#", "h", 5, "d/b", {"k": "v w"}).render_as_string(False)), ("bad create", lambda: URL.create(5)), ("bad port", lambda: URL.create("x", port="q")), ("bad q", lambda: URL.create("x", query={"a": 5})), ("eq", lambda: (u == make_url(str(u)), u == make_url(u.render_as_string(False)), hash(u) == hash(u.set()), u != 5)), ("args", lambda: u.translate_connect_args(username="user", database="db")), ("tuple", lambda: (u[0], len(u), tuple(u)[:3])), ("repr", lambda: repr(u)), ("dialect", lambda: u.get_dialect().name), ("obj pw", lambda: URL.create("x", "u", type("P", (), {"__str__": lambda s: "dyn"})(), "h").render_as_string(False)), ("setattr", lambda: setattr(u, "host", "z")), ("make none", lambda: make_url(None)), ("make int", lambda: make_url(5)), ("copy", lambda: make_url(u) is u)]: attempt(label, f)
attempt("cfg", lambda: (lambda e: (e.url, e.echo, e.pool.__class__.__name__, e.dialect.name))(engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.echo": "false", "sqlalchemy.pool_recycle": "5", "other": 1}))); attempt("cfg2", lambda: engine_from_config({"db.url": "sqlite://", "db.nope": "1"}, prefix="db.")); attempt("cfg3", lambda: engine_from_config({})); attempt("cfg4", lambda: engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.echo": "maybe"}))
m = MetaData(); t = Table("t", m, Column("id", Integer, primary_key=True), Column("v", String)); pt = Table("pt", m, Column("id", Integer, primary_key=True), Column("t_id", ForeignKey("t.id")), schema="per")
out = []; me = create_mock_engine("postgresql://", lambda s, *a, **k: out.append(" ".join(str(s.compile(dialect=me.dialect)).split()))); m.create_all(me, checkfirst=False); print(out)
e = create_engine("sqlite://", execution_options={"schema_translate_map": {"per": "one", None: "main"}})
with e.connect() as c:
    c.exec_driver_sql("attach ':memory:' as one"); c.exec_driver_sql("attach ':memory:' as two"); m.create_all(c); c.execute(pt.insert(), [{"id": 1}, {"id": 2}]); print(c.execute(select(pt.c.id)).all(), c.exec_driver_sql("select name from one.sqlite_master").all())
    c2 = c.execution_options(schema_translate_map={"per": "two"}); attempt("two", lambda: c2.execute(select(pt)).all()); attempt("none", lambda: c2.execute(select(t)).all())
    attempt("stmt opts", lambda: select(pt).execution_options(x=1, y=2).execution_options(x=3).get_execution_options()); attempt("compiled", lambda: select(pt).compile(schema_translate_map={"per": "zz"}, render_schema_translate=True, dialect=e.dialect)); attempt("compiled2", lambda: select(pt).compile(schema_translate_map={"per": "zz"}, dialect=e.dialect))
    attempt("exec compiled", lambda: c.execute(select(literal(5)).compile(dialect=e.dialect)).scalar())
class greatest(FunctionElement):
    type = Integer(); name = "greatest"; inherit_cache = True
@compiles(greatest)
def g1(el, compiler, **kw): return compiler.visit_function(el, **kw)
@compiles(greatest, "sqlite")
def g2(el, compiler, **kw): return "max(%s)" % compiler.process(el.clauses, **kw)
class InsertFrom(Executable, ClauseElement):
    inherit_cache = False
    def __init__(self, tbl, sel): self.tbl, self.sel = tbl, sel
@compiles(InsertFrom)
def c1(el, compiler, **kw): return "INSERT INTO %s (%s)" % (compiler.process(el.tbl, asfrom=True, **kw), compiler.process(el.sel, **kw))
class utcnow(FunctionElement): type = DateTime(); inherit_cache = True
@compiles(utcnow, "postgresql")
def c2_(el, compiler, **kw): return "TIMEZONE('utc', CURRENT_TIMESTAMP)"
class Comment(DDLElement):
    def __init__(self, text): self.text = text
@compiles(Comment)
def c3(el, compiler, **kw): return "-- " + compiler.sql_compiler.render_literal_value(el.text, String())
@compiles(CreateColumn, "sqlite")
def c4(el, compiler, **kw):
    return compiler.visit_create_column(el, **kw) + " /*%s*/" % el.element.name
@compiles(BigInteger, "sqlite")
def c5(ty, compiler, **kw): return "INTEGER"
from sqlalchemy.dialects import postgresql, mysql
attempt("g", lambda: (select(greatest(column("a"), 5)), select(greatest(column("a"), 5)).compile(dialect=e.dialect))); attempt("run g", lambda: e.connect().execute(select(greatest(3, 9))).scalar()); attempt("if", lambda: InsertFrom(t, select(t).where(t.c.id > 3))); attempt("utc", lambda: select(utcnow()).compile(dialect=postgresql.dialect())); attempt("utc2", lambda: select(utcnow()).compile(dialect=mysql.dialect())); attempt("utc3", lambda: str(select(utcnow()))); attempt("cm", lambda: Comment("it's")); attempt("cc", lambda: CreateTable(Table("q", MetaData(), Column("a", Integer), Column("b", BigInteger))).compile(dialect=e.dialect)); attempt("notexec", lambda: e.connect().execute(ClauseElement())); attempt("noreg", lambda: str(type("Z", (ColumnElement,), {"__visit_name__": "zed"})()))
for label, f in [("t1", lambda: text("select :a, :b, '\\:c', x::int").bindparams(a=1).compile(dialect=postgresql.dialect())), ("t2", lambda: text(":a").bindparams(bindparam("a", type_=Date), zz=1)), ("t3", lambda: text("select 1 as a, 2 as b").columns(a=Integer, b=String).subquery("q").select()), ("t4", lambda: select(text("a, b")).select_from(text("t")).where(text("a > :x")).order_by(text("b desc")).compile().params), ("t5", lambda: text(5)), ("t6", lambda: text(None)), ("t7", lambda: text("x in :l").bindparams(bindparam("l", [1, 2], expanding=True))), ("t8", lambda: e.connect().execute(text("select :x in :l").bindparams(bindparam("l", expanding=True)), {"x": 1, "l": [1, 2]}).scalar()), ("t9", lambda: e.connect().execute(text("select :x"), {"x": [1]}).scalar()), ("t10", lambda: text("select a").columns(column("a")).cte("z").select()), ("t11", lambda: text("a").label("b") if False else literal_column("a").label("b")), ("t12", lambda: text("x") == text("x")), ("t13", lambda: and_(text("a=1"), text("b=2"))), ("t14", lambda: select(column("x")).where(text("x = :q").bindparams(q=5)).compile(compile_kwargs={"literal_binds": True})), ("t15", lambda: text("50% :a %% done").compile(dialect=postgresql.dialect())), ("t16", lambda: text("select :a").execution_options(autocommit=False).get_execution_options()), ("t17", lambda: text("x").self_group())]: attempt(label, f)
