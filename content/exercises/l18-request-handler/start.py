def handler(name):
    with Session(engine) as session:
        return session.scalars(select(User).where(User.name == name)).one()


print(answer(handler("Ann")))
