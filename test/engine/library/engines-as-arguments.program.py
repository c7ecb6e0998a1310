# What listeners, statements, options and engines refuse to be given, and in which words.
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *
from sqlalchemy.pool import *
from sqlalchemy.engine import *
import re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r.replace("\n", " ")))
e = create_engine("sqlite://")
class B(DeclarativeBase): pass
class U(B):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
sm = sessionmaker(e)
def fn(*a, **k): pass
for tg, n in ((e, "before_cursor_execute"), (e, "connect"), (Pool, "connect"), (U, "before_insert"), (U, "load"), (U.id, "set"), (sm, "before_flush"), (Session, "before_flush"), (U.__table__, "after_create"), (MetaData, "column_reflect"), (Engine, "do_connect"), (e, "begin")):
    for kw in ({"nope": 1}, {"retval": True}, {"raw": True}, {"propagate": True}, {"once": True}, {"insert": True}, {"named": True}, {"active_history": True}, {"restore_load_context": True}, {"include_key": True}):
        t(f"{type(tg).__name__} {n} {kw}", lambda: event.listen(tg, n, fn, **kw))
for tg, n in (("before_flush", Session), (5, "x"), (None, "connect"), (e, 5), (e, None), (sm, "nope"), (U, "nope"), ("x", "y"), (Session, sm), ([], "connect"), (U.id, "load"), (e, "load"), (object(), "connect")):
    t(f"{n}", lambda: event.listen(tg, n, fn)); t(f"c {n}", lambda: event.contains(tg, n, fn)); t(f"r {n}", lambda: event.remove(tg, n, fn)); t("lf", lambda: event.listens_for(tg, n)(fn))
t("fn", lambda: event.listen(e, "begin", 5)); t("fn", lambda: event.listen(e, "begin", None)); t("fn", lambda: event.listen(e, "begin")); t("fn", lambda: event.listens_for(e)); t("fn", lambda: event.listens_for(e, "begin")(5))
from sqlalchemy.schema import *
for d in (CheckConstraint("x", deferrable=5), ForeignKey("a.b", ondelete=5), ForeignKey("a.b", ondelete="FOO"), ForeignKey("a.b", onupdate="CASCADE; DROP"), ForeignKey("a.b", initially=5), ForeignKey("a.b", match=5)):
    t("fk", lambda: str(CreateTable(Table("z", MetaData(), Column("x", Integer, d), Column("b", Integer)))) if isinstance(d, CheckConstraint) else (lambda m: str(CreateTable((Table("a", m, Column("b", Integer)), Table("z", m, Column("x", d)))[1])))(MetaData()))
with e.connect() as c:
    for x in ([], {}, "s", 5, None, U, U(), object, e, c, select, select(1).subquery(), U.__table__, U.id, lambda: 1):
        t("exec", lambda: c.execute(x)); t("scalar", lambda: c.scalar(x)); t("scalars", lambda: c.scalars(x))
    for o in (1.5, 5, None, {"a": 1}, {"stream_results": 5}, {"isolation_level": 5}):
        t("opt %r" % (o,), lambda: c.execute(text("select 1"), execution_options=o).scalar()); t("opt", lambda: c.scalar(text("select 1"), execution_options=o)); t("sopt", lambda: text("select 1").execution_options(o) if not isinstance(o, dict) else c.execute(text("select 1").execution_options(**o)).scalar()); t("copt", lambda: e.connect().execution_options(**o) and 1 if isinstance(o, dict) else 2); t("eopt", lambda: e.execution_options(**o) and 1 if isinstance(o, dict) else 2); t("ce", lambda: create_engine("sqlite://", execution_options=o).connect().execute(select(1)).scalar())
for kw in ({"echo": ()}, {"echo": 5}, {"echo": "x"}, {"echo": []}, {"poolclass": 5}, {"poolclass": "x"}, {"connect_args": 5}, {"connect_args": {"nope": 1}}, {"creator": 5}, {"logging_name": 5}, {"isolation_level": 5}, {"paramstyle": "x"}, {"json_serializer": 5}, {"label_length": 5}, {"label_length": 500}, {"max_identifier_length": 5}, {"insertmanyvalues_page_size": "x"}, {"query_cache_size": 0}, {"plugins": ["x"]}, {"plugins": 5}, {"hide_parameters": 5}, {"enable_from_linting": 5}, {"use_insertmanyvalues": False}, {"future": False}, {"convert_unicode": True}, {"encoding": "x"}, {"case_sensitive": False}, {"pool_pre_ping": 5}, {"execution_options": 5}, {"native_datetime": True}):
    t("ce %r" % kw, lambda: (lambda e: e.connect().execute(select(literal(1).label("averylonglabelname"))).scalar())(create_engine("sqlite://", poolclass=QueuePool, **kw) if "poolclass" not in kw else create_engine("sqlite://", **kw)))
for u in (5, None, [], {}, "", "x", "sqlite", "sqlite:", "foo://", "sqlite+foo://", "sqlite://h:abc/x", "://", URL.create("foo"), object()):
    t("url %s" % type(u).__name__, lambda: create_engine(u)); t("mk", lambda: repr(make_url(u))); t("cm", lambda: engine_from_config({"sqlalchemy.url": u}))