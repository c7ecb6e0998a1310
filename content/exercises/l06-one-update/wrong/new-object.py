with Session(engine) as session:
    session.add(User(id=1, name="Annabel"))
    session.commit()
