async def count(model):
    async with AsyncSession(engine) as session:
        return await session.scalar(select(func.count()).select_from(model))


async def main():
    print(await asyncio.gather(count(User), count(Address)))
    await engine.dispose()


asyncio.run(main())
