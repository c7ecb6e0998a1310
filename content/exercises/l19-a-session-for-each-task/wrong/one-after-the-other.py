async def main():
    async with AsyncSession(engine) as session:
        users = await session.scalar(select(func.count()).select_from(User))
        addresses = await session.scalar(select(func.count()).select_from(Address))
        print([users, addresses])
    await engine.dispose()


asyncio.run(main())
