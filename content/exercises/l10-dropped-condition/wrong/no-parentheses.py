with Session(engine) as session:
    statement = select(User).where(User.name == "Ann" & User.nickname != None)
    print(session.scalars(statement).all())
