with Session(engine) as session:
    statement = select(User.name).where(User.nickname == "annie")
    print(session.scalars(statement).all())
