with Session(engine) as session:
    statement = select(User).options(selectinload(User.addresses)).order_by(User.name)
    for user in session.scalars(statement).all()[:2]:
        print(user.name, sorted(a.email for a in user.addresses))
