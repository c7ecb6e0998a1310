with Session(engine) as session:
    session.execute(insert(Reading), rows)
    session.commit()
