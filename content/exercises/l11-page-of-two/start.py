with Session(engine) as session:
    statement = (
        select(User)
        .join(User.addresses)
        .options(contains_eager(User.addresses))
        .order_by(User.name)
        .limit(2)
    )
    for user in session.scalars(statement).unique():
        print(user.name, sorted(a.email for a in user.addresses))
