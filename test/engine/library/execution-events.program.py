# What listeners of an engine are given: execution options, which some may change, contexts of errors, and which class says so.
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *
e = create_engine("sqlite://")
class B(DeclarativeBase): pass
class U(B):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
B.metadata.create_all(e)
@event.listens_for(e, "before_execute")
def be(*a): print(repr(a[-1]))
@event.listens_for(e, "after_execute")
def ae(conn, clause, m, p, opts, r): print(opts, type(opts), m, p)
@event.listens_for(e, "set_connection_execution_options")
def x(conn, opts): print("sceo", opts, type(opts)); opts["zz"] = 5
@event.listens_for(e, "set_engine_execution_options")
def x(conn, opts): print("seeo", opts, type(opts))
@event.listens_for(Session, "do_orm_execute")
def doe(s): print(s.execution_options, s.local_execution_options, type(s.bind_arguments), s.parameters, s.statement.get_execution_options())
with e.connect() as c:
    c.execute(select(1)); c.execute(select(1), {}, execution_options={"a": 1}); c.execute(select(literal(1)).execution_options(q=1), {})
    c.execution_options(r=1); c.execute(select(1)); print(c.get_execution_options(), c._execution_options)
    c.exec_driver_sql("select 1", execution_options={"y": 1})
e.execution_options(eng=1)
e.update_execution_options(u=1)
with Session(e) as s:
    s.execute(text("select 1")); s.scalar(text("select 1"))
    print(select(U).get_execution_options(), select(U).execution_options(w=1).get_execution_options())
@event.listens_for(e, "handle_error")
def h(c):
    print(type(c), c.execution_context.execution_options, [a for a in dir(c) if not a.startswith("_")])
with e.connect() as c:
    try: c.execute(text("nope"))
    except Exception as x: print(type(x))
@event.listens_for(e, "handle_error")
def h2(c):
    print(hasattr(c, "chained_exception")); return ValueError("x")
@event.listens_for(e, "handle_error")
def h3(c): print(repr(c.chained_exception))
with e.connect() as c:
    try: c.execute(text("nope"))
    except Exception as x: print(type(x))
