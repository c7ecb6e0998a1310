with Session(engine) as session:
    a = session.query(User).filter(User.nickname != None).order_by(User.name).all()
    b = session.query(User).count()
    c = session.query(User).get(2)
    d = [n for (n,) in session.query(User.name).join(User.addresses).filter(Address.email.endswith("work.org"))]
