with Session(engine) as session:
    statement = select(Book.title, Author.name).join(Author).order_by(Book.title)
    for title, name in session.execute(statement):
        print(title, "by", name)
