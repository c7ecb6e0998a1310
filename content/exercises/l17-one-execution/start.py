with Session(engine) as session:
    session.add(Reading(value=0))
    session.commit()
