from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from models import Author, Base, Book

engine = create_engine("sqlite:///library.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)

with Session(engine) as session:
    austen = Author(name="Jane Austen")
    austen.books = [Book(title="Emma"), Book(title="Persuasion")]
    eliot = Author(name="George Eliot", books=[Book(title="Middlemarch")])
    session.add_all([austen, eliot])
    session.commit()

    # one SELECT for the authors, and another for the books of each
    for author in session.scalars(select(Author).order_by(Author.name)):
        titles = [book.title for book in author.books]
        print(author.name, "wrote", titles)
