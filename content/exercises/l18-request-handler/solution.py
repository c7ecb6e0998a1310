def handler(name):
    with Session(engine) as session:
        statement = select(User).options(selectinload(User.addresses)).where(User.name == name)
        return session.scalars(statement).one()


print(answer(handler("Ann")))
