from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Node(Base):
    __tablename__ = "node"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    children: Mapped[list["Node"]] = relationship()


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    novels = Node(name="novels", children=[Node(name="crime"), Node(name="romance")])
    books = Node(name="books", children=[novels, Node(name="poems")])
    session.add_all([books, Node(name="games", children=[Node(name="chess")])])
    session.commit()
    books_id = books.id
