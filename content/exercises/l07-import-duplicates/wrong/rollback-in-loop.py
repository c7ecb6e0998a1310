with Session(engine) as session:
    for name in names:
        try:
            session.add(Member(name=name))
            session.flush()
        except IntegrityError:
            session.rollback()
    session.commit()
