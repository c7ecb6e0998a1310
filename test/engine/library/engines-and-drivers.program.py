# URLs, a driver's own functions, errors of each kind, files, mock engines and settings of a file.
from sqlalchemy import *
from sqlalchemy import event, exc, pool
from sqlalchemy.engine import URL, make_url, Engine, create_mock_engine, engine_from_config, Connection
from sqlalchemy.dialects import sqlite, registry
import sqlite3, pickle, re, os, tempfile, copy
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r))
# URLs
for u in ("sqlite:///a.db", "sqlite:////abs/a.db", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=ro&uri=true", "postgresql+psycopg2://u:p%40ss@h:5432/db?sslmode=require&options=-c%20x&opt=1&opt=2", "mysql+pymysql://u@h/db?charset=utf8mb4", "mssql+pyodbc://dsn", "oracle+cx_oracle://u:p@h:1521/?service_name=s", "postgresql://[::1]:5432/db", "postgresql://u:p@/db?host=/tmp", "dialect://user:pw@host/data base"):
    try: x = make_url(u)
    except Exception as z: print(u, type(z).__name__, z); continue
    print(u, [x.drivername, x.username, x.password, x.host, x.port, x.database, x.query], str(x), repr(x), x.render_as_string(hide_password=False), x.get_backend_name())
    t("driver", x.get_driver_name); t("args", lambda: x.translate_connect_args()); t("args", lambda: x.translate_connect_args(username="user", database="dbname")); t("norm", lambda: x.normalized_query)
u = URL.create("postgresql", "scott", "ti/ger@", "host", 5432, "db", {"a": "b", "c": ["d", "e"]})
t("create", lambda: (u, u.render_as_string(hide_password=False), u.set(database="z", password=None), u.update_query_dict({"q": "r"}), u.update_query_dict({"a": "zz"}, append=True), u.update_query_string("x=1&y=2"), u.update_query_pairs([("m", "n"), ("m", "o")]), u.difference_update_query(["a"]), u == URL.create("postgresql", "scott", "ti/ger@", "host", 5432, "db", {"a": "b", "c": ["d", "e"]}), hash(u) == hash(copy.copy(u)), u._asdict() if hasattr(u, "_asdict") else 0, tuple(u)[0], u._replace(host="q"), u.index("host"), u.count(None)))
for bad in (lambda: URL.create(5), lambda: URL.create("x", port="y"), lambda: URL.create("x", username=5), lambda: URL.create("x", query={"a": 5}), lambda: URL.create("x", query=5), lambda: u.set(nope=1), lambda: u.update_query_dict(5), lambda: setattr(u, "host", "z"), lambda: make_url("x://h:port/d"), lambda: make_url("nothing")): t("bad", bad)
e = create_engine("sqlite://")
t("pickle url", lambda: pickle.loads(pickle.dumps(u)) == u)
with e.connect() as c:
    raw = c.connection.dbapi_connection; raw.create_function("double", 1, lambda x: x * 2); t("fn", lambda: c.scalar(select(func.double(21))))
    c.exec_driver_sql("create table w (x)"); c.exec_driver_sql("insert into w values (?)", [("a",), ("b",), ("c",)]);
    class Agg:
        def __init__(self): self.s = []
        def step(self, v): self.s.append(v)
        def finalize(self): return "+".join(self.s)
    raw.create_aggregate("joined", 1, Agg); t("agg", lambda: c.scalar(text("select joined(x) from w")))
    t("pragma", lambda: (c.exec_driver_sql("pragma foreign_keys").scalar(), c.exec_driver_sql("pragma user_version=5") and c.exec_driver_sql("pragma user_version").scalar())); t("explain", lambda: len(c.exec_driver_sql("explain query plan select * from w").all()))
    t("cursor", lambda: c.exec_driver_sql("select 1 as a, 2 as b").cursor.description); t("many", lambda: c.exec_driver_sql("insert into w values (?)", [("q",), ("r",)]).rowcount); t("lastrowid", lambda: c.exec_driver_sql("insert into w values ('z')").lastrowid); t("bad", lambda: c.exec_driver_sql("select ? ", (1, 2))); t("bad2", lambda: c.exec_driver_sql("select :a", {"b": 1})); t("bad3", lambda: c.exec_driver_sql("select * from nope")); t("bad4", lambda: c.exec_driver_sql("select 1; select 2")); t("bad5", lambda: c.exec_driver_sql("")); t("obj", lambda: c.exec_driver_sql("select ?", (object(),)))
    c.commit()
    dest = sqlite3.connect(":memory:"); raw.backup(dest); t("backup", lambda: dest.execute("select count(*) from w").fetchone()); t("dump", lambda: list(raw.iterdump())[:3]); raw.row_factory = None; t("tot", lambda: raw.in_transaction)
    t("stream", lambda: [r[0] for r in c.execution_options(stream_results=True).execute(text("select x from w"))]); t("yield", lambda: [[r[0] for r in p] for p in c.execute(text("select x from w"), execution_options={"yield_per": 2}).partitions()]); t("maxbuf", lambda: c.execute(text("select x from w"), execution_options={"stream_results": True, "max_row_buffer": 1}).fetchmany(2))
@event.listens_for(Engine, "connect")
def fk(dbapi, rec): dbapi.execute("pragma foreign_keys=on")
e2 = create_engine("sqlite://", poolclass=pool.StaticPool, connect_args={"check_same_thread": False})
m = MetaData(); p = Table("p", m, Column("id", Integer, primary_key=True)); k = Table("k", m, Column("id", Integer, primary_key=True), Column("p_id", ForeignKey("p.id", ondelete="CASCADE"), nullable=False), Column("u", String, unique=True), CheckConstraint("id < 100", name="small")); m.create_all(e2)
with e2.connect() as c:
    for s, prm in ((k.insert(), {"id": 1, "p_id": 9}), (k.insert(), {"id": 500, "p_id": 1}), (k.insert(), {"id": 3}), (p.insert(), [{"id": 1}, {"id": 1}]), (text("select nope()"), {}), (text("selec"), {}), (text("select * from k where id = :x"), {"x": [1]})):
        try: c.execute(s, prm); print("ok")
        except exc.DBAPIError as x: print(type(x).__name__, type(x.orig).__name__, x.orig, x.statement, x.params, x.code, x.connection_invalidated, x.ismulti, x.hide_parameters, getattr(x.orig, "sqlite_errorname", None), getattr(x.orig, "sqlite_errorcode", None))
        except exc.StatementError as x: print(type(x).__name__, x.orig, x.statement, x.params)
        c.rollback()
    c.execute(p.insert(), [{"id": 1}, {"id": 2}]); c.execute(k.insert(), [{"id": 1, "p_id": 1, "u": "a"}]); t("uniq", lambda: c.execute(k.insert().values(id=2, p_id=1, u="a"))); c.execute(p.delete().where(p.c.id == 1)); t("casc", lambda: c.scalar(select(func.count()).select_from(k))); c.commit()
x = exc.IntegrityError("stmt", {"a": 1}, ValueError("orig")); t("exc", lambda: (x, x.args, repr(x), x._message() if False else 0)); x.add_detail("more"); t("detail", lambda: x); t("pickle", lambda: pickle.loads(pickle.dumps(x)))
for cls in (exc.SQLAlchemyError, exc.ArgumentError, exc.InvalidRequestError, exc.NoResultFound, exc.CompileError, exc.NoSuchTableError, exc.TimeoutError, exc.ResourceClosedError, exc.ObjectNotExecutableError, exc.NoReferencedTableError, exc.UnsupportedCompilationError, exc.DisconnectionError): t(cls.__name__, lambda: (cls("m") if cls not in (exc.NoReferencedTableError,) else cls("m", "t"), [c.__name__ for c in cls.__mro__]))
t("code", lambda: exc.InvalidRequestError("m", code="abcd")); t("hide", lambda: exc.StatementError("m", "select 1", {"a": "b"}, None, hide_parameters=True)); t("long", lambda: exc.StatementError("m", "select 1", {"a": "b" * 500}, None)); t("many", lambda: exc.StatementError("m", "select 1", [{"a": i} for i in range(30)], None, ismulti=True))
with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "x.db"); f = create_engine("sqlite:///" + path)
    with f.begin() as c: c.exec_driver_sql("create table t(x)"); c.exec_driver_sql("insert into t values (1)")
    t("file", lambda: (f.pool.__class__.__name__, os.path.exists(path), inspect(f).get_table_names())); f.dispose()
    t("missing dir", lambda: create_engine("sqlite:////nope/nope/x.db").connect()); 
    with f.connect() as c1, f.connect() as c2:
        c1.exec_driver_sql("insert into t values (2)"); t("iso", lambda: c2.exec_driver_sql("select count(*) from t").scalar()); c1.commit(); t("iso2", lambda: c2.exec_driver_sql("select count(*) from t").scalar())
me = create_mock_engine("sqlite://", lambda sql, *a, **k: print("MOCK", re.sub(r"\s+", " ", str(sql)))); m.create_all(me, checkfirst=False); t("mock", lambda: (me, me.dialect.name)); t("mockc", lambda: me.connect())
t("cfg", lambda: engine_from_config({"db.url": "sqlite://", "db.echo": "false", "db.pool_size": "3", "db.poolclass": pool.QueuePool}, prefix="db.").pool.size()); t("cfg bad", lambda: engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.nope": "1"})); t("cfg bad2", lambda: engine_from_config({})); t("cfg echo", lambda: engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.echo": "maybe"}))
print("== a driver as a module, and nullable=None")
from sqlalchemy.schema import *
from sqlalchemy.dialects import oracle, mssql, postgresql
e=create_engine("sqlite://")
print(e.dialect.dbapi.Error, e.dialect.dbapi.paramstyle)
print(CreateSequence(Sequence("s", nominvalue=True, nomaxvalue=True, order=True, cycle=False)).compile(dialect=oracle.dialect()))
print(CreateSequence(Sequence("s", nominvalue=True, nomaxvalue=True)).compile(dialect=postgresql.dialect()))
for n in (None, True, False):
  for d in (mssql, oracle, postgresql): print(CreateTable(Table("t", MetaData(), Column("x", String, nullable=n))).compile(dialect=d.dialect()))
print(CreateTable(Table("t", MetaData(), Column("x", Integer, nullable=None), Column("y", Integer, Identity(nominvalue=True, nomaxvalue=True)))).compile(dialect=oracle.dialect()), Column("x", nullable=None).nullable, repr(Column("x", nullable=None)))
