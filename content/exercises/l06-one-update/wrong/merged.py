with Session(engine) as session:
    session.merge(User(id=1, name="Annabell"))
    session.commit()
