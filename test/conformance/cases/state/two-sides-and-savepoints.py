"""What goes wrong between the two sides of a relationship, and arguments that are no tables."""
from sqlalchemy import Column, ForeignKey, Integer, String, Table, create_engine, event
from sqlalchemy.exc import ArgumentError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, backref, configure_mappers, mapped_column, registry, relationship, synonym, clear_mappers


def tree(**options):
    class Base(DeclarativeBase):
        pass

    class Folder(Base):
        __tablename__ = "folder"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("folder.id"))

    Folder.kids = relationship("Folder", **{k: v(Folder) if callable(v) else v for k, v in options.items()})
    try:
        configure_mappers()
        print("kids", Folder.kids.property.direction.name, "parent", Folder.parent.property.direction.name)
    except ArgumentError as e:
        print("ArgumentError:", e)
    clear_mappers()


print("== a tree whose other side does not say which end is remote")
tree(backref="parent")
print("== a tree that says it on the wrong side as well")
tree(backref=lambda f: backref("parent", remote_side=f.id), remote_side=lambda f: f.id)
print("== a tree as it should be")
tree(backref=lambda f: backref("parent", remote_side=f.id))
tree(backref="parent", primaryjoin="Folder.id == remote(Folder.parent_id)")


class Base(DeclarativeBase):
    pass


class Pen(Base):
    __tablename__ = "pen"
    id: Mapped[int] = mapped_column(primary_key=True)
    ink: Mapped[str | None] = mapped_column(String, unique=True)
    colour = synonym("ink")


print("== a class where a table is expected")
try:
    registry().map_imperatively(type("Other", (), {}), Pen)
except ArgumentError as e:
    print("ArgumentError:", e)
print(Pen.colour.original_property.name)

print("== an object forgotten within a savepoint")
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
for name in ("pending_to_transient", "persistent_to_transient", "pending_to_persistent"):
    event.listen(session, name, lambda s, obj, name=name: print("  event:", name))
try:
    with session.begin_nested():
        session.add(Pen(ink="red"))
        session.flush()
        session.add(Pen(ink="red"))
        session.flush()
except IntegrityError as e:
    print(e.orig)
kept = Pen(ink="blue")
with session.begin_nested() as savepoint:
    session.add(kept)
    session.flush()
    print(session.identity_map.keys())
    savepoint.rollback()
print(kept.ink, kept in session, session.identity_map.keys())
