# Several tasks and sessions: who comes when, and what one session refuses to two tasks.
import asyncio

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import (
    AsyncAttrs, AsyncConnection, AsyncSession, async_scoped_session, async_sessionmaker, create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(AsyncAttrs, DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def show(results):
    for r in results:
        print(f"{type(r).__name__}: {r}" if isinstance(r, Exception) else type(r).__name__)


async def main():
    engine = create_async_engine("sqlite+aiosqlite:///several.db")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)

    print("== two sessions take turns")

    async def worker(n):
        print("start", n)
        async with AsyncSession(engine) as session:
            print("begun", n)
            await session.execute(select(User))
            print("rows", n)

    await asyncio.gather(worker(1), worker(2))

    print("== one session, while it connects")
    for other in ("execute", "scalars", "close", "commit", "get"):
        await engine.dispose()
        session = AsyncSession(engine)
        args = {"execute": (select(User),), "scalars": (select(User),), "get": (User, 1)}.get(other, ())
        show(
            await asyncio.gather(
                session.execute(select(User)), getattr(session, other)(*args), return_exceptions=True
            )
        )
        try:
            await session.close()
        except Exception as e:
            print("then", type(e).__name__, e)

    print("== one session, connected")
    session = AsyncSession(engine)
    await session.execute(select(User))
    show(await asyncio.gather(session.execute(select(User)), session.scalars(select(User)), return_exceptions=True))

    print("== one session, while it flushes")
    session.add(User(name="x"))
    show(await asyncio.gather(session.flush(), session.flush(), return_exceptions=True))
    await session.close()
    await engine.dispose()


asyncio.run(main())


def tried(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "!!", type(e).__name__, e)


print("== listeners and registries")
engine = create_async_engine("sqlite+aiosqlite://")
sessions = async_sessionmaker(engine)
for target, name in ((engine, "connect"), (AsyncConnection, "begin"), (sessions(), "before_commit")):
    tried(name, lambda: event.listen(target, name, print))
tried("class", lambda: event.listen(AsyncSession, "before_commit", print))
tried("contains", lambda: event.contains(engine, "connect", print))
scoped = async_scoped_session(sessions, scopefunc=lambda: "here")
registry = scoped.registry
print(type(registry), registry.has(), registry() is scoped(), registry.has(), list(registry.registry))
tried("again", lambda: scoped(info={}))
print(registry.clear(), registry.has(), registry.set("s"), registry(), registry.scopefunc())
session = sessions()
with session.no_autoflush as inner:
    print(inner is session.sync_session, session.autoflush)
print(session.autoflush, type(session.no_autoflush))
lazy = User(name="x").awaitable_attrs
print(str(lazy).split(" at ")[0])
coroutine = lazy.name
print(str(coroutine).split(" at ")[0], asyncio.run(coroutine))
