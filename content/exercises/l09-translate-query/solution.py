with Session(engine) as session:
    a = session.scalars(select(User).where(User.nickname.is_not(None)).order_by(User.name)).all()
    b = session.scalar(select(func.count()).select_from(User))
    c = session.get(User, 2)
    d = session.scalars(
        select(User.name).join(User.addresses).where(Address.email.endswith("work.org"))
    ).all()
