"""Which objects a result keeps alive: rows fetched ahead, frozen rows, rows not yet given."""
import asyncio, gc
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.asyncio import *
class Base(AsyncAttrs, DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]
async def main():
    e = create_async_engine("sqlite+aiosqlite://")
    async with e.begin() as c: await c.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(e)() as s:
        s.add_all([A(x=1), A(x=2)]); await s.commit()
    async with async_sessionmaker(e)() as s:
        result = await s.scalars(select(A))
        print(len(s.identity_map))
        for a in result: pass
        print("iterated", len(s.identity_map))
        a = None
        print("no a", len(s.identity_map))
        result = None
        print("no result", len(s.identity_map))
        result = await s.execute(select(A))
        rows = 0
        for (a,) in result: rows += 1
        a = None
        print("execute", len(s.identity_map), rows)
        result = (await s.execute(select(A))).all()
        result = None
        print("all", len(s.identity_map))
        r = await s.stream(select(A))
        async for (a,) in r: pass
        a = None
        print("stream", len(s.identity_map))
        await s.scalars(select(A)); print("dropped", len(s.identity_map))
        r = await s.scalars(select(A)); one = r.first(); print("first", len(s.identity_map))
        r = await s.scalars(select(A).limit(1)); one = r.one(); one = None; print("one", len(s.identity_map))
    await e.dispose()
asyncio.run(main())
e = create_engine("sqlite://"); Base.metadata.create_all(e)
s = Session(e); s.add_all([A(x=1), A(x=2)]); s.commit()
print(1, len(s.identity_map))
r = s.scalars(select(A)); print(2, len(s.identity_map))
for a in r: pass
a = None; print(3, len(s.identity_map))
r = s.scalars(select(A)); a = r.first(); print(4, len(s.identity_map)); a = None; print(5, len(s.identity_map))
fr = s.execute(select(A)).freeze(); print(6, len(s.identity_map)); fr = None; print(7, len(s.identity_map))
r = s.execute(select(A)).freeze()(); print(8, len(s.identity_map)); x = r.all(); x = None; print(9, len(s.identity_map)); r = None; print(10, len(s.identity_map))
r = s.scalars(select(A)).unique(); print(13, len(s.identity_map)); [0 for _ in r]; print(14, len(s.identity_map)); r = None; print(15, len(s.identity_map))
