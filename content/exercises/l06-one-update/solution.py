with Session(engine) as session:
    ann = session.scalars(select(User).where(User.name == "Ann")).one()
    ann.name = "Annabel"
    session.commit()
