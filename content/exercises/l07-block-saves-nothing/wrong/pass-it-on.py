with Session(engine) as session, session.begin():
    session.add(Member(name="Ann"))
    session.add(Member(name=None))
