with Session(engine) as session:
    statement = select(User).options(selectinload(User.addresses)).order_by(User.name).limit(2)
    for user in session.scalars(statement):
        print(user.name, sorted(a.email for a in user.addresses))
