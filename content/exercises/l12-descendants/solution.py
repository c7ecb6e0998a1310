below = select(Node.id, Node.name).where(Node.parent_id == books_id).cte(recursive=True)
below = below.union_all(select(Node.id, Node.name).join(below, Node.parent_id == below.c.id))

with Session(engine) as session:
    print(session.scalars(select(below.c.name).order_by(below.c.name)).all())
