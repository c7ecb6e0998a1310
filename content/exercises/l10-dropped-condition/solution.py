with Session(engine) as session:
    statement = select(User).where(User.name.startswith("A"), User.nickname.is_not(None))
    print(session.scalars(statement).all())
