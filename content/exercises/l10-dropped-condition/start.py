with Session(engine) as session:
    statement = select(User).where(User.name.startswith("A") and User.nickname != None)
    print(session.scalars(statement).all())
