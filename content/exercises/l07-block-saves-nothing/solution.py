with Session(engine) as session, session.begin():
    session.add(Member(name="Ann"))
    try:
        with session.begin_nested():
            session.add(Member(name=None))
    except IntegrityError:
        print("refused")
