with Session(engine) as session:
    print([u.name for u in session.scalars(select(User)) if not u.addresses])
