with Session(engine) as session:
    statement = select(User).join(User.addresses).options(raiseload("*")).order_by(User.name)
    print([as_dict(user) for user in session.scalars(statement).unique()])
