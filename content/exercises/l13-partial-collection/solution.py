with Session(engine) as session:
    statement = select(User).where(User.addresses.any(Address.email.endswith("work.org"))).order_by(User.name)
    users = session.scalars(statement).all()
    print("at work:", [u.name for u in users])

    ann = session.scalars(select(User).where(User.name == "Ann")).one()
    print("Ann has:", sorted(a.email for a in ann.addresses))
