async def users():
    async with AsyncSession(engine) as session:
        statement = select(User).options(selectinload(User.addresses)).order_by(User.name)
        found = await session.scalars(statement)
        return [(user.name, len(user.addresses)) for user in found]


print(asyncio.run(users()))
