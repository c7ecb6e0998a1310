below = select(Node.id, Node.name).where(Node.parent_id == books_id).cte()

with Session(engine) as session:
    print(session.scalars(select(below.c.name).order_by(below.c.name)).all())
