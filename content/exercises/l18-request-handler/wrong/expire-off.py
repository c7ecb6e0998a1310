def handler(name):
    with Session(engine, expire_on_commit=False) as session:
        user = session.scalars(select(User).where(User.name == name)).one()
        session.commit()
        return user


print(answer(handler("Ann")))
