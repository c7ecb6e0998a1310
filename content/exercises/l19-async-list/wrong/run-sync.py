async def users():
    async with AsyncSession(engine) as session:
        found = (await session.scalars(select(User).order_by(User.name))).all()
        return await session.run_sync(lambda s: [(user.name, len(user.addresses)) for user in found])


print(asyncio.run(users()))
