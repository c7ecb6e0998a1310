with Session(engine) as session:
    statement = select(User.name).where(User.nickname != "annie").order_by(User.name)
    print(session.scalars(statement).all())
