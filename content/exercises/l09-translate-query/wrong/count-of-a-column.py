with Session(engine) as session:
    a = session.scalars(select(User).where(User.nickname.is_not(None)).order_by(User.name)).all()
    d = session.scalars(
        select(User.name).join(User.addresses).where(Address.email.endswith("work.org"))
    ).all()
    c = session.get(User, 2)
    b = session.scalar(select(func.count(User.nickname)))
