with Session(engine) as session:
    try:
        session.add_all([Member(name=name) for name in names])
        session.flush()
    except IntegrityError:
        print("some were there")
    session.commit()
