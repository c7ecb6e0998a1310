with Session(engine) as session:
    statement = select(User.name).where(~User.addresses.any())
    print(session.scalars(statement).all())
