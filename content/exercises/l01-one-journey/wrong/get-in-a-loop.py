with Session(engine) as session:
    for book in session.scalars(select(Book).order_by(Book.title)):
        author = session.get(Author, book.author_id)
        print(book.title, "by", author.name)
