with Session(engine) as session:
    for user in session.scalars(select(User).order_by(User.name)):
        print(user.name, len(user.addresses))
