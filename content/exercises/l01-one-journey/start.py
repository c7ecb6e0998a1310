with Session(engine) as session:
    for book in session.scalars(select(Book).order_by(Book.title)):
        print(book.title, "by", book.author.name)
