with Session(engine) as session:
    for name in names:
        try:
            with session.begin_nested():
                session.add(Member(name=name))
        except IntegrityError:
            print("skipped", name)
    session.commit()
