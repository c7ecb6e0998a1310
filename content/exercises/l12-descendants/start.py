with Session(engine) as session:
    statement = select(Node.name).where(Node.parent_id == books_id).order_by(Node.name)
    print(session.scalars(statement).all())
