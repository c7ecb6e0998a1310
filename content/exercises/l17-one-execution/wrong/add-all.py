with Session(engine) as session:
    session.add_all([Reading(**r) for r in rows])
    session.commit()
