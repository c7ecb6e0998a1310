with Session(engine) as session:
    for name in names:
        session.add(Member(name=name))
    session.commit()
