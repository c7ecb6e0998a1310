with Session(engine) as session:
    statement = select(User).where(or_(User.name.startswith("A"), User.nickname.is_not(None)))
    print(session.scalars(statement).all())
