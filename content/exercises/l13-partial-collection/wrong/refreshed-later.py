with Session(engine) as session:
    statement = (
        select(User)
        .join(User.addresses)
        .where(Address.email.endswith("work.org"))
        .options(contains_eager(User.addresses))
        .order_by(User.name)
    )
    users = session.scalars(statement).unique().all()
    print("at work:", [u.name for u in users])

    again = select(User).options(selectinload(User.addresses)).where(User.name == "Ann")
    ann = session.scalars(again).one()
    print("Ann has:", sorted(a.email for a in ann.addresses))
