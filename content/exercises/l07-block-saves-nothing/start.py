with Session(engine) as session, session.begin():
    session.add(Member(name="Ann"))
    try:
        session.add(Member(name=None))
        session.flush()
    except IntegrityError:
        print("refused")
