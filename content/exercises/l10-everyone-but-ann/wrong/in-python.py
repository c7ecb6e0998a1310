with Session(engine) as session:
    users = session.scalars(select(User).order_by(User.name))
    print([u.name for u in users if u.nickname != "annie"])
