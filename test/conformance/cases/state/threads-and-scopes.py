# What belongs to a thread: a scoped session, the connection of a database in memory, a sqlite3 connection. Threads run one after
# another here, so that the order is the same each time.
import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import NullPool, StaticPool, String, create_engine, event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, scoped_session, sessionmaker


def in_thread(work, *args, name="worker"):
    thread = threading.Thread(target=work, args=args, name=name)
    thread.start()
    thread.join()


def attempt(what, work):
    try:
        print(what, "->", work())
    except Exception as e:
        print(what, "->", type(e).__name__, re.sub(r"thread id \d+", "thread id N", str(e)))


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))


print("# scoped sessions")
engine = create_engine("sqlite:///app.db")
Base.metadata.create_all(engine)
scoped = scoped_session(sessionmaker(engine))
Base.query = scoped.query_property()
scoped.add(User(name="main"))
sessions = []


def work(n):
    print(threading.current_thread().name, scoped.registry.has(), len(scoped.new))
    sessions.append(scoped())
    scoped.add(User(name=f"worker {n}"))
    scoped.commit()
    print(User.query.count())
    scoped.remove()


for n in range(3):
    in_thread(work, n, name=f"w{n}")
print(len({id(s) for s in sessions}), scoped() in sessions, [u.name for u in scoped.new])
scoped.commit()
print(scoped.scalars(select(User.name).order_by(User.id)).all())
with ThreadPoolExecutor(1) as pool:
    print(list(pool.map(lambda n: scoped() is sessions[0], range(2))))
scoped.remove()
named = scoped_session(sessionmaker(engine), scopefunc=lambda: "one for all")
first = named()
in_thread(lambda: print("by scopefunc:", named() is first))

print("# a database in memory for each thread")
memory = create_engine("sqlite://", pool_size=2)
event.listen(memory, "connect", lambda *args: print("connect in", threading.current_thread().name))
with memory.begin() as connection:
    connection.execute(text("CREATE TABLE t (x INTEGER)"))


def size():
    return memory.pool.status().rpartition(" ")[2]


def tables():
    with memory.connect() as connection, memory.connect() as again:
        same = connection.connection.dbapi_connection is again.connection.dbapi_connection
        return connection.scalar(text("SELECT count(*) FROM sqlite_master")), same


attempt("main", tables)
in_thread(attempt, "worker", tables)
attempt("main", tables)
print(memory.pool.size, size())
memory.dispose()
print(size())
static = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
Base.metadata.create_all(static)
in_thread(lambda: attempt("shared", lambda: Session(static).scalars(select(User)).all()))

print("# the driver's own check")
strict = create_engine("sqlite:///app.db", poolclass=NullPool, connect_args={"check_same_thread": True})
connection = strict.connect()
in_thread(attempt, "execute", lambda: connection.scalar(text("SELECT 1")))
in_thread(attempt, "own connection", lambda: strict.connect().scalar(text("SELECT 1")))
attempt("in its thread", lambda: connection.scalar(text("SELECT 1")))
raw = sqlite3.connect("app.db")
cursor = raw.cursor()
for what in (
    lambda: raw.execute("SELECT 1"),
    lambda: cursor.execute("SELECT 1"),
    cursor.fetchall,
    cursor.close,
    raw.cursor,
    raw.commit,
    raw.rollback,
    raw.close,
    lambda: raw.in_transaction,
    lambda: raw.total_changes,
):
    in_thread(attempt, "sqlite3", what)
free = sqlite3.connect("app.db", check_same_thread=False)
in_thread(attempt, "not checked", lambda: free.execute("SELECT 1").fetchall())

print("# two threads in one session")
session = Session(static)
session.add(User(name="a"))


@event.listens_for(session, "before_commit", once=True)
def another(session):
    in_thread(attempt, "commit in a commit", session.commit)


session.commit()
print(session.scalar(select(User.name)))
