with Session(engine) as session:
    for row in rows:
        session.execute(insert(Reading).values(**row))
    session.commit()
