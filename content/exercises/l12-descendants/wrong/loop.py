def below(session, node_id):
    for node in session.scalars(select(Node).where(Node.parent_id == node_id)).all():
        yield node.name
        yield from below(session, node.id)


with Session(engine) as session:
    print(sorted(below(session, books_id)))
