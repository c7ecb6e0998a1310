"""Objects that are pickled or copied: what goes with them, and what a session makes of them."""
import copy
import pickle

from sqlalchemy import ForeignKey, create_engine, event, inspect, select
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, attribute_keyed_dict, defer, make_transient, mapped_column, relationship,
    selectinload, joinedload)
from sqlalchemy.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str]
    note: Mapped[str | None]
    books: Mapped[list["Book"]] = relationship(back_populates="shelf", cascade="all, delete-orphan", order_by="Book.id")
    labels: Mapped[set["Label"]] = relationship()
    titles = association_proxy("books", "title")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))
    shelf: Mapped[Shelf] = relationship(back_populates="books")

    def __repr__(self):
        return f"Book({self.title!r})"


class Label(Base):
    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))


@event.listens_for(Shelf, "pickle")
def going(target, state_dict):
    print("pickle", target.room, state_dict["key"][1:])
    state_dict["note of mine"] = 42


@event.listens_for(Shelf, "unpickle")
def coming(target, state_dict):
    print("unpickle", state_dict["note of mine"], inspect(target).key[1:])


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Shelf(room="attic", books=[Book(title="A"), Book(title="B")], labels={Label(word="old")}))
    session.commit()

print("== there and back")
with Session(engine) as session:
    shelf = session.scalars(select(Shelf).options(selectinload(Shelf.books), defer(Shelf.note))).one()
    shelf.room = "cellar"
    shelf.books.append(Book(title="C"))
    inspect(shelf).info["seen"] = True
    text = pickle.dumps(shelf)
    session.rollback()
back = pickle.loads(text)
state = inspect(back)
print(back is shelf, state.detached, state.modified, state.identity, sorted(state.unloaded), state.info)
print(back.room, back.books, back.books[-1].shelf is back, state.attrs.room.history, state.attrs.books.history)
print([inspect(b).persistent or inspect(b).transient for b in back.books], list(back.titles))
for name in ("note", "labels"):
    try:
        getattr(back, name)
    except DetachedInstanceError as e:
        print(type(e).__name__)

print("== into a session")
with Session(engine) as session:
    session.add(back)
    print(back in session, session.dirty == {back}, len(session.new))
    print(sorted(x.word for x in back.labels))
    session.commit()
    print(back.room, back.books)
with Session(engine) as session:
    again = pickle.loads(pickle.dumps(back))
    merged = session.merge(again)
    print(merged is again, merged.room, merged.books, len(session.dirty))

print("== copies")
with Session(engine) as session:
    shelf = session.scalars(select(Shelf).options(selectinload(Shelf.books), joinedload(Shelf.labels))).unique().one()
    deep = copy.deepcopy(shelf)
    print(deep is shelf, inspect(deep) is inspect(shelf), inspect(deep).detached, inspect(deep).key == inspect(shelf).key)
    print(deep.books, deep.books[0] is shelf.books[0], type(deep.labels).__name__)
    try:
        session.add(deep)
    except Exception as e:
        print(type(e).__name__, str(e).split(">")[-1])
    for thing in (deep, *deep.books, *deep.labels):
        make_transient(thing)
        thing.id = None
    deep.room = "garden"
    session.add(deep)
    session.commit()
    print(session.execute(select(Shelf.id, Shelf.room)).all(), session.execute(select(Book.title, Book.shelf_id)).all())
    flat = copy.copy(shelf)
    print(flat is shelf, inspect(flat) is inspect(shelf), inspect(flat).object is shelf)

print("== what never was in a session")
new = pickle.loads(pickle.dumps(Book(title="loose")))
print(inspect(new).transient, new.title, inspect(new).attrs.title.history)
