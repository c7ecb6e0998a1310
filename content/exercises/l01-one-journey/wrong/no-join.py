with Session(engine) as session:
    for title, name in session.execute(select(Book.title, Author.name).order_by(Book.title)):
        print(title, "by", name)
