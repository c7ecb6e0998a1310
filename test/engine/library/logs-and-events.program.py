# Logs of engine and pool, every event of an engine, naming conventions and the events of DDL.
import logging, sys, re
from sqlalchemy import *
from sqlalchemy import event, exc
from sqlalchemy.schema import *
from sqlalchemy.pool import *
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s", level=logging.WARNING)
class F(logging.Filter):
    def filter(self, r):
        r.msg = re.sub(r"(in|since) [\d.e-]+s", r"\1 TIME", r.getMessage()); r.msg = re.sub(r"(no key|disabled) [\d.e-]+s", r"\1 TIME", re.sub("0x[0-9a-f]+", "0x", r.msg)); r.args = (); return True
for h in logging.getLogger().handlers: h.addFilter(F())
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r))
logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
logging.getLogger("sqlalchemy.pool").setLevel(logging.DEBUG)
e = create_engine("sqlite://", logging_name="eng", pool_logging_name="pl")
m = MetaData()
a = Table("a", m, Column("id", Integer, primary_key=True), Column("x", String(20)), Column("b", LargeBinary))
with e.begin() as c:
    m.create_all(c)
    c.execute(a.insert(), [{"x": "q" * 400, "b": b"\x00" * 400}] )
    c.execute(a.insert(), [{"x": str(i), "b": None} for i in range(30)])
    c.execute(a.insert(), [{"x": str(i), "b": None} for i in range(3)])
    c.execute(a.insert().returning(a.c.id), [{"x": str(i), "b": None} for i in range(3)]).all()
    c.execute(select(a).where(a.c.id.in_([1, 2, 3]))).all()
    c.execute(select(a).where(a.c.id.in_([1, 2]))).first()
    c.execute(text("select :x"), {"x": 5}).scalar()
    c.exec_driver_sql("select 1").scalar()
    c.execute(select(func.count()).select_from(a), execution_options={"compiled_cache": None}).scalar()
    sp = c.begin_nested(); sp.rollback()
    sp = c.begin_nested(); sp.commit()
    try: c.execute(text("select * from nope"))
    except exc.OperationalError as x: print(x)
    t("stmt", lambda: c.execute(select(a.c.id).limit(1), execution_options={"logging_token": "tok"}).scalar())
c2 = e.connect().execution_options(logging_token="ct", isolation_level="AUTOCOMMIT")
c2.execute(text("select 1")); c2.commit(); c2.close()
e2 = create_engine("sqlite://", hide_parameters=True)
with e2.connect() as c:
    c.execute(text("select :a"), {"a": "secret"})
    try: c.execute(text("select :a from x"), {"a": "secret"})
    except Exception as x: print(x)
    c.rollback()
e.dispose()
logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
logging.getLogger("sqlalchemy.pool").setLevel(logging.WARNING)
e3 = create_engine("sqlite://", echo=False)
for name in ("before_execute", "after_execute", "before_cursor_execute", "after_cursor_execute", "begin", "commit", "rollback", "savepoint", "rollback_savepoint", "release_savepoint", "engine_connect", "set_connection_execution_options", "set_engine_execution_options", "engine_disposed", "handle_error", "close"):
    if name == "close": continue
    def mk(name):
        def fn(*a, **k): print("EV", name, [type(x).__name__ for x in a], sorted(k))
        return fn
    if name in ("before_execute", "after_execute", "before_cursor_execute", "after_cursor_execute", "begin", "commit", "rollback", "savepoint", "rollback_savepoint", "release_savepoint", "engine_connect", "set_connection_execution_options", "set_engine_execution_options", "engine_disposed"):
        event.listen(e3, name, mk(name))
@event.listens_for(e3, "handle_error")
def he(ctx): print("HE", type(ctx).__name__, ctx.statement, ctx.parameters, type(ctx.original_exception).__name__, type(ctx.sqlalchemy_exception).__name__, ctx.is_disconnect, ctx.is_pre_ping, ctx.invalidate_pool_on_disconnect, ctx.chained_exception, ctx.engine is e3, ctx.dialect.name, ctx.cursor is None, type(ctx.execution_context).__name__)
@event.listens_for(e3, "before_cursor_execute", retval=True)
def bce(conn, cursor, statement, parameters, context, executemany):
    return statement.replace("SELECT 1", "SELECT 1 /* x */"), parameters
with e3.connect() as c:
    c.execute(select(1)); c.begin_nested().commit(); c.begin_nested().rollback(); c.execution_options(foo=1)
    t("err", lambda: c.execute(text("nope")))
    c.commit()
    t("int", lambda: c.execute(text("select :x"), {"y": 1}))
e3.execution_options(zz=1); e3.dispose()
@event.listens_for(e3, "handle_error")
def he2(ctx):
    if "special" in str(ctx.original_exception): raise ValueError("mapped") from ctx.original_exception
with e3.connect() as c: t("map", lambda: c.execute(text("select special")))
# ddl events
nc = {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s", "pk": "pk_%(table_name)s"}
m = MetaData(naming_convention=nc)
p = Table("p", m, Column("id", Integer, primary_key=True), Column("q", Integer, unique=True), Column("r", String, index=True), CheckConstraint("q > 5", name="pos"), UniqueConstraint("q", "r"), Column("f", Boolean(create_constraint=True, name="isb")), Index(None, "q", "r"))
k = Table("k", m, Column("id", Integer, primary_key=True), Column("p_id", ForeignKey("p.id")), Column("e", Enum("a", "b", create_constraint=True, name="en")), CheckConstraint("p_id > 0", name=conv("already")))
for tb in m.sorted_tables:
    print(CreateTable(tb)); print([str(CreateIndex(i)) for i in sorted(tb.indexes, key=lambda i: i.name)]); print(sorted(str(c.name) for c in tb.constraints))
t("bad", lambda: CreateTable(Table("z", MetaData(naming_convention={"ck": "ck_%(constraint_name)s"}), Column("x", Integer), CheckConstraint("x > 5"))))
t("bad2", lambda: CreateTable(Table("z", MetaData(naming_convention={"uq": "uq_%(nope)s"}), Column("x", Integer, unique=True))))
t("fn", lambda: CreateTable(Table("z", MetaData(naming_convention={"mine": lambda c, t: "M" + t.name, "uq": "uq_%(mine)s_%(column_0_key)s"}), Column("x", Integer, unique=True, key="kk"))))
for n in ("before_create", "after_create", "before_drop", "after_drop"):
    def mk(n):
        def fn(target, conn, **kw): print("DDL", n, type(target).__name__, getattr(target, "name", None), sorted(kw), kw.get("checkfirst"), [x.name for x in kw.get("tables") or []])
        return fn
    for tg in (m, p, k): event.listen(tg, n, mk(n))
event.listen(p, "after_create", DDL("insert into p (id, q) values (1, 50)"))
event.listen(p, "after_create", DDL("select '%(table)s %(schema)s %(fullname)s'").execute_if(dialect="sqlite"))
event.listen(p, "after_create", DDL("nonsense").execute_if(dialect="postgresql"))
event.listen(p, "after_create", DDL("nonsense2").execute_if(callable_=lambda ddl, target, bind, **kw: print("callable", sorted(kw), kw["state"]) , state="st"))
m.create_all(e2); m.create_all(e2); k.drop(e2); k.create(e2, checkfirst=True); m.drop_all(e2)
@event.listens_for(Table, "after_parent_attach")
def apa(target, parent): print("attach", target.name, type(parent).__name__)
@event.listens_for(Column, "before_parent_attach")
def bpa(target, parent): print("col attach", target.name, parent.name)
Table("late", m, Column("x", Integer)); 
t("ddl if", lambda: [str(CreateTable(Table("di", MetaData(), Column("x", Integer), CheckConstraint("x>5", name="c1").ddl_if(dialect="postgresql"))).compile(dialect=d)) for d in (e.dialect,)])
