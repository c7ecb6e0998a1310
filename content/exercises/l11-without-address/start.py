with Session(engine) as session:
    statement = select(User.name)
    print(session.scalars(statement).all())
