"""Writes a post and lists what there is. Needs the tables: see README.md."""

from sqlalchemy import create_engine, inspect, select
from sqlalchemy.orm import Session

from models import Author, Post

engine = create_engine("sqlite:///blog.db")

if not inspect(engine).has_table("author"):
    raise SystemExit("There are no tables yet: run `alembic upgrade head` first (README.md says how).")

with Session(engine) as session:
    author = session.scalar(select(Author).where(Author.name == "Ada"))
    if author is None:
        author = Author(name="Ada")
        session.add(author)
    author.posts.append(Post(title=f"Note {len(author.posts) + 1}"))
    session.commit()

    for post in session.scalars(select(Post).order_by(Post.id)):
        print(post.id, post.title, "by", post.author.name)
