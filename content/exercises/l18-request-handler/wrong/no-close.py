def handler(name):
    session = Session(engine)
    return session.scalars(select(User).where(User.name == name)).one(), session


user, session = handler("Ann")
print(answer(user))
