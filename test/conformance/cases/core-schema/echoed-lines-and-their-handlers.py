import io, contextlib, re, sys
from sqlalchemy import create_engine, text
buf = io.StringIO()
with contextlib.redirect_stdout(buf):
    e = create_engine("sqlite://", echo=True)
with e.connect() as c:
    c.execute(text("select 1"))
print(re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}", "T", re.sub(r"\d\.\d+s", "S", buf.getvalue())))
e2 = create_engine("sqlite://", echo=True, logging_name="mine")
out = io.StringIO(); old = sys.stdout; sys.stdout = out
e3 = create_engine("sqlite://", echo="debug", pool_logging_name="p", echo_pool=True)
with e2.connect() as c, e3.connect() as d:
    c.execute(text("select 2 as x, :a", ), {"a": 5}).all()
    d.execute(text("select 3 as x")).all()
sys.stdout = old
clean = lambda s: re.sub(r"0x[0-9a-f]+", "0x", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}", "T", re.sub(r"\d(\.\d+)?(e-\d+)?s\b", "S", s)))
print(clean(buf.getvalue()))
print(clean(out.getvalue()))
import logging
for n in ("sqlalchemy.engine.Engine", "sqlalchemy.engine.Engine.mine", "sqlalchemy.pool.impl.SingletonThreadPool.p", "sqlalchemy.pool.impl.SingletonThreadPool"):
    lg = logging.getLogger(n)
    print(n, [type(h).__name__ for h in lg.handlers], [h.stream is sys.stdout for h in lg.handlers], lg.level)
logging.basicConfig(stream=sys.stdout, format="root %(levelname)s %(message)s")
out2 = io.StringIO()
with e2.connect() as c:
    c.execute(text("select 4"))
print(len(clean(buf.getvalue())), len(clean(out.getvalue())) > 100)
logging.getLogger("sqlalchemy.engine.Engine").handlers.clear()
with e.connect() as c:
    c.execute(text("select 5"))
e4 = create_engine("sqlite://", echo=True)
with e4.connect() as c:
    c.execute(text("select 6"))
print(len(logging.getLogger("sqlalchemy.engine.Engine").handlers))
