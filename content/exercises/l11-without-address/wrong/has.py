with Session(engine) as session:
    statement = select(User.name).where(~User.addresses.has())
    print(session.scalars(statement).all())
