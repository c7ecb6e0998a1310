with Session(engine) as session:
    objects = session.scalars(select(User).order_by(User.name)).all()
    rows = session.execute(select(User.name, User.nickname).order_by(User.name)).all()
    names = session.scalars(select(User.name).order_by(User.name)).all()
