"""Pools: kinds, options, events, status; logging of engine and pool."""
import logging, re, sys, io
from sqlalchemy import *
from sqlalchemy import event, pool, exc
buf = io.StringIO(); h = logging.StreamHandler(buf); h.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s")); logging.getLogger("sqlalchemy").addHandler(h); logging.getLogger("sqlalchemy.pool").setLevel(logging.DEBUG); logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
def attempt(label, fn):
    try: print(label, "->", re.sub("0x[0-9a-f]+", "0x", str(fn())))
    except Exception as e: print(label, "-> !!", type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
def flush():
    s = re.sub(r"\[(generated in|cached since|no key) [^\]]*\]", r"[\1]", re.sub("0x[0-9a-f]+", "0x", buf.getvalue())); buf.truncate(0); buf.seek(0); print(s.rstrip())
class Dbapi: pass
import sqlite3
n = [0]
def creator():
    n[0] += 1; return sqlite3.connect(":memory:", check_same_thread=False)
p = pool.QueuePool(creator, pool_size=2, max_overflow=1, timeout=0.1, recycle=3600, logging_name="mypool")
for name in ("connect", "first_connect", "checkout", "checkin", "close", "reset", "invalidate", "soft_invalidate", "detach", "close_detached"):
    def mk(name):
        def f(*a): print("  ev", name, len(a))
        return f
    event.listen(p, name, mk(name))
print(p.status(), p.size(), p.checkedin(), p.checkedout(), p.overflow(), p.timeout())
a, b, c = p.connect(), p.connect(), p.connect(); print(p.status(), n)
attempt("4th", p.connect)
a.close(); print(p.status()); b.invalidate(); print(b.is_valid); attempt("inv cur", b.cursor); b.close(); c.detach(); print(c.is_detached, p.status()); c.close()
d = p.connect(); print(n, d.info, d.record_info is not None, type(d._connection_record).__name__); d.info["x"] = 1; d.invalidate(soft=True); d.close(); d = p.connect(); print(d.info); d.close()
flush(); p.dispose(); print(p.status()); p2 = p.recreate(); print(type(p2).__name__, p2.size(), p2 is p); flush()
for cls, kw in ((pool.NullPool, {}), (pool.StaticPool, {}), (pool.SingletonThreadPool, {"pool_size": 3}), (pool.QueuePool, {"use_lifo": True})):
    q = cls(creator, **kw); x = q.connect(); attempt(cls.__name__, lambda: re.sub("id:[0-9]+", "id", q.status())); attempt("second", lambda: (lambda y: (y.dbapi_connection is x.dbapi_connection, y.close()))(q.connect())); x.close(); attempt("st", lambda: re.sub("id:[0-9]+", "id", q.status())); q.dispose()
for u, kw in (("sqlite://", {}), ("sqlite:///f.db", {}), ("sqlite:///:memory:", {"poolclass": pool.StaticPool}), ("sqlite:///f.db", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.1}), ("sqlite:///f.db", {"poolclass": pool.NullPool}), ("sqlite://", {"pool_pre_ping": True}), ("sqlite:///file:x?mode=memory&uri=true", {})):
    e = create_engine(u, **kw); attempt(u + str(list(kw)), lambda: (type(e.pool).__name__, re.sub('id:[0-9]+', 'id', e.pool.status())))
e = create_engine("sqlite:///f.db", pool_size=1, max_overflow=0, pool_timeout=0.05); c1 = e.connect(); attempt("timeout", e.connect); c1.close(); attempt("ok", lambda: e.connect().close()); print(e.pool.status())
logging.getLogger("sqlalchemy.pool").setLevel(logging.WARNING); e = create_engine("sqlite://", logging_name="eng"); 
with e.connect() as c: c.execute(text("select :a, :b"), {"a": 1, "b": "x" * 400}); c.execute(select(literal(5))); c.execute(select(literal(6))); c.commit()
flush()
e = create_engine("sqlite://"); 
with e.begin() as c: c.exec_driver_sql("create table t (a int, b text)"); c.execute(text("insert into t values (:a, :b)"), [{"a": i, "b": "v"} for i in range(15)]); print(c.execute(text("select * from t limit 2")).all())
attempt("err", lambda: e.connect().execute(text("select * from nope"))); flush()
e = create_engine("sqlite://", echo=False, hide_parameters=True); attempt("hide", lambda: e.connect().execute(text("select * from nope where a=:a"), {"a": 1})); flush()
e = create_engine("sqlite://", creator=creator); print(e.connect().scalar(text("select 3"))); e = create_engine("sqlite://", pool=pool.StaticPool(creator)); print(e.connect().scalar(text("select 4")), type(e.pool).__name__); e = create_engine("sqlite://", connect_args={"timeout": 5}, module=sqlite3); print(e.connect().scalar(text("select 5")))
@event.listens_for(e, "connect")
def pragma(dbapi, rec): dbapi.execute("pragma foreign_keys=on")
e.dispose(); print(e.connect().scalar(text("pragma foreign_keys")))
@event.listens_for(Engine, "before_cursor_execute", retval=True)
def comment(conn, cursor, statement, parameters, context, executemany): return statement + " -- hi", parameters
with e.connect() as c: r = c.execute(select(literal(1))); print(r.context.statement, r.scalar())
event.remove(Engine, "before_cursor_execute", comment); print(event.contains(Engine, "before_cursor_execute", comment))
@event.listens_for(e, "handle_error")
def he(ctx):
    print("HE", type(ctx.original_exception).__name__, type(ctx.sqlalchemy_exception).__name__, ctx.statement, ctx.parameters, ctx.is_disconnect, ctx.invalidate_pool_on_disconnect, ctx.is_pre_ping, ctx.engine is e)
    if "nope" in (ctx.statement or ""): raise RuntimeError("mine") from ctx.original_exception
attempt("he", lambda: e.connect().execute(text("select nope"))); attempt("he2", lambda: e.connect().execute(text("selec 1")))
@event.listens_for(e, "do_connect")
def dc(dialect, rec, cargs, cparams): print("DC", dialect.name, cargs, sorted(cparams)); cparams["timeout"] = 3
e.dispose(); print(e.connect().scalar(select(9)))
@event.listens_for(e, "before_execute", retval=True)
def be(conn, el, mp, p, opts): print("BE", type(el).__name__, mp, p, dict(opts)); return el, mp, p
@event.listens_for(e, "after_execute")
def ae(conn, el, mp, p, opts, result): print("AE", type(result).__name__)
@event.listens_for(e, "after_cursor_execute")
def ace(conn, cursor, s, p, ctx, many): print("ACE", s.split()[0], p, many)
with e.connect() as c: c.execute(select(literal(1))); c.execute(text("select :x"), {"x": 1}); c.execute(text("select :x"), [{"x": 1}, {"x": 2}]) if False else None; c.exec_driver_sql("select 5"); c.scalar(func.now().label("x") if False else select(1), execution_options={"q": 1})
attempt("bad ev", lambda: event.listen(e, "nope", lambda: 1)); attempt("bad target", lambda: event.listen(5, "connect", lambda: 1)); attempt("bad sig", lambda: event.listen(e, "begin", lambda: 1)); attempt("contains", lambda: event.contains(e, "handle_error", he)); attempt("remove missing", lambda: event.remove(e, "begin", he))
