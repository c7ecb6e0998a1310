with Session(engine) as session:
    statement = select(User).options(joinedload(User.addresses)).order_by(User.name)
    for user in session.scalars(statement):
        print(user.name, len(user.addresses))
