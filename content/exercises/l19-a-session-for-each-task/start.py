session = AsyncSession(engine)


async def count(model):
    return await session.scalar(select(func.count()).select_from(model))


async def main():
    print(await asyncio.gather(count(User), count(Address)))
    await engine.dispose()


asyncio.run(main())
