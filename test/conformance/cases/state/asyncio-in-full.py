"""asyncio: sessions, scoped, streams, events, errors."""
import asyncio
from sqlalchemy import *
from sqlalchemy.exc import *
from sqlalchemy.ext.asyncio import *
from sqlalchemy.ext.asyncio import async_scoped_session
from sqlalchemy.orm import *
class Base(AsyncAttrs, DeclarativeBase):
    pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    body: Mapped[str | None] = mapped_column(deferred=True)
    bs: Mapped[list["B"]] = relationship(back_populates="a", cascade="all, delete-orphan", order_by="B.id")
    wo: WriteOnlyMapped["B"] = relationship(overlaps="bs,a")
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int | None] = mapped_column(ForeignKey("a.id"))
    data: Mapped[str] = mapped_column(unique=True)
    a: Mapped[A | None] = relationship(back_populates="bs")
    def __repr__(self): return f"B({self.data})"
async def attempt(label, aw):
    try: print(label, "->", await aw if hasattr(aw, "__await__") else aw)
    except Exception as e: print(label, "!!", type(e).__name__, str(e).split("\n")[0])
async def main():
    engine = create_async_engine("sqlite+aiosqlite:///x.db")
    print(engine, engine.name, engine.sync_engine.dialect.driver, engine.url)
    async with engine.begin() as c:
        await c.run_sync(Base.metadata.create_all)
        print(await c.run_sync(lambda sync: inspect(sync).get_table_names()))
    maker = async_sessionmaker(engine, expire_on_commit=False)
    async with maker() as s, s.begin():
        s.add_all([A(name="a1", body="text", bs=[B(data="1"), B(data="2")]), A(name="a2")])
    async with maker() as s:
        print(s, s.sync_session, s.in_transaction(), s.bind is engine, s.get_bind() is engine.sync_engine)
        a = (await s.scalars(select(A).order_by(A.id))).first()
        await attempt("lazy", asyncio.sleep(0))
        try: a.bs
        except MissingGreenlet as e: print("MissingGreenlet", str(e).split("(Background")[0])
        try: a.body
        except MissingGreenlet as e: print("MissingGreenlet deferred")
        print(await a.awaitable_attrs.bs, await a.awaitable_attrs.body)
        print(await s.run_sync(lambda sync: [b.a.name for b in sync.query(B)]))
        await s.refresh(a, ["bs"]); print(a.bs, await s.get(A, 2) is not None, await s.get(A, 99))
        await attempt("get_one", s.get_one(A, 99))
        print(await s.scalar(select(func.count()).select_from(B)), (await s.execute(select(A.name, B.data).join(A.bs).order_by(B.id))).all())
        async for row in await s.stream(select(A.id, A.name).order_by(A.id)): print(row)
        async for x in (await s.stream_scalars(select(B).order_by(B.id))).partitions(1): print(x)
        r = await s.stream(select(B.data)); print(await r.fetchmany(1), await r.scalars().all())
        r = await s.stream(select(B.data).order_by(B.id)); print(await r.mappings().first(), r.keys())
        await attempt("one", (await s.stream(select(B))).one())
        print(await (await s.stream_scalars(select(B).where(B.data == "1"))).one_or_none())
        async with s.begin_nested() as sp:
            s.add(B(data="3", a=a)); await s.flush(); print(sp.is_active, s.in_nested_transaction()); await sp.rollback()
        await attempt("dup", maker().run_sync(lambda q: q.execute(insert(B), {"data": "1"})))
        s.add(B(data="1"))
        await attempt("flush", s.flush())
        await attempt("after", s.execute(select(1)))
        await s.rollback()
        print(s.new, s.dirty, s.deleted, a in s, list(s), len(s.identity_map), s.is_active, s.no_autoflush is not None)
        print((await s.scalars(a.wo.select().order_by(B.id))).all())
        await s.delete(a); await s.commit(); print((await s.scalars(select(B.data))).all())
        m = await s.merge(A(id=2, name="merged")); await s.commit(); print(m.name, inspect(m).persistent)
        s.expire(m); await attempt("expired", s.run_sync(lambda q: m.name)); s.expunge(m); print(m in s)
        print(await s.connection(), (await s.connection()).sync_connection is not None)
        await attempt("execute str", s.execute("select 1"))
        await attempt("add None", s.run_sync(lambda q: q.add(None)))
        try: s.add(5)
        except Exception as e: print(type(e).__name__, e)
        await s.close(); await s.reset(); s.expunge_all(); await s.invalidate()
    scoped = async_scoped_session(maker, scopefunc=asyncio.current_task)
    scoped.add(A(name="scoped")); await scoped.commit(); print((await scoped.scalars(select(A.name).order_by(A.id))).all(), scoped().sync_session is scoped().sync_session); await scoped.remove()
    async def work(n):
        async with maker() as s:
            s.add(A(name=f"w{n}")); await s.commit(); return n
    print(await asyncio.gather(*(work(i) for i in range(3))))
    async with engine.connect() as c:
        print((await c.execute(text("select count(*) from a"))).scalar(), c.closed, c.in_transaction(), await c.scalar(select(func.max(A.id))))
        tr = await c.begin_nested(); await c.execute(insert(A), {"name": "n"}); await tr.rollback(); await c.rollback()
        async with c.begin(): await c.execute(update(A).values(name="x"))
        r = await c.stream(select(A.id)); print([row async for row in r.scalars()], r.closed)
        await attempt("sync begin", c.run_sync(lambda sync: sync.in_transaction()))
        await attempt("raw", c.get_raw_connection())
    await attempt("closed", c.execute(select(1)))
    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def see(conn, cur, st, p, ctx, m): print("  sql", st.replace("\n", " "))
    @event.listens_for(Session, "after_commit")
    def done(session): print("  committed", type(session).__name__)
    async with maker.begin() as s: s.add(A(name="last"))
    event.remove(Session, "after_commit", done)
    try: event.listen(engine, "connect", lambda *a: None)
    except Exception as e: print(type(e).__name__, e)
    try: event.listen(maker, "after_commit", lambda *a: None)
    except Exception as e: print(type(e).__name__, e)
    try: create_async_engine("sqlite://")
    except Exception as e: print(type(e).__name__, e)
    try: async_sessionmaker(engine, class_=5)()
    except Exception as e: print(type(e).__name__)
    await attempt("await execute result", (await engine.connect()).execute(select(A.name).limit(1)))
    try: Session(engine).execute(select(1))
    except Exception as e: print(type(e).__name__, str(e)[:160])
    try: engine.execute
    except Exception as e: print(type(e).__name__, e)
    s = AsyncSession(engine); coro = s.execute(select(1)); print(type(coro)); await coro; await s.aclose()
    print(async_object_session(m), async_session(Session()) , AsyncSession.object_session(m), s.sync_session_class)
    await engine.dispose(); print(engine.pool.status()[:9], type(engine.pool).__name__)
    e2 = create_async_engine("sqlite+aiosqlite://", echo=False); print(type(e2.pool).__name__, e2.get_execution_options(), e2.execution_options(a=1).get_execution_options())
asyncio.run(main())
