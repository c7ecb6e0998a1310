"""What relationship() and the makers of bases and sessions say of arguments that cannot be."""
from collections import deque

from sqlalchemy import ForeignKey, create_engine, event, insert, select
from sqlalchemy.orm import (
    DeclarativeBase, DeclarativeBaseNoMeta, Mapped, MappedAsDataclass, Session, configure_mappers, mapped_column,
    registry, relationship, sessionmaker, with_polymorphic,
)


def t(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "!!", type(e).__name__, e)


def mapped(**kw):
    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children = relationship("Child", **kw)

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
        parent = relationship("Parent")

    try:
        configure_mappers()
        return type(Parent().children).__name__, Parent.children.property.info
    finally:
        event.listen(Base, "class_uninstrument", lambda cls: print("  gone:", cls.__name__), propagate=True)
        Base.registry.dispose()


t("back_populates []", lambda: mapped(back_populates=[]))
for value in (3, [], ("x",), {"a": 1}, ("a", {}, 3)):
    t(f"backref {value!r}", lambda: mapped(backref=value))
for value in (3, ["a"]):
    t(f"overlaps {value!r}", lambda: mapped(overlaps=value))
t("info", lambda: mapped(info=3))
t("info", lambda: mapped(info=[("a", 1)]))
for made in (str, tuple, int, object, frozenset, dict, deque):
    t(f"collection_class {made.__name__}", lambda: mapped(collection_class=made))
for made in (3, (), [], {}):
    t(f"collection_class gives {made!r}", lambda: mapped(collection_class=lambda: made))
t("session info", lambda: Session(info=3))
t("session info", lambda: Session(info=[("a", 1)]).info)
t("sessionmaker", lambda: sessionmaker(class_=3))
t("type map", lambda: registry(type_annotation_map=3))
for cls in (DeclarativeBase, DeclarativeBaseNoMeta, MappedAsDataclass):
    t(cls.__name__, lambda: type(cls()).__name__)
    t(cls.__name__, lambda: cls(3))


# what is no element where one is wanted


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)


loose = relationship("Nothing")
session = Session(create_engine("sqlite://"))
t("executed", lambda: session.execute(loose))
t("selected", lambda: select(loose))
t("a condition", lambda: select(User).where(loose))
t("an order", lambda: select(User).order_by(loose))
t("joined", lambda: select(User).join(loose))
t("an option", lambda: select(User).options(loose))
t("asked", lambda: loose.nonsense)
t("element", lambda: hasattr(loose, "__clause_element__"))
for given in (3, [3], "x", ["ab"]):
    t(f"parameters {given!r}", lambda: session.execute(insert(User), given))
for classes in (3, [3], "x"):
    t(f"with_polymorphic {classes!r}", lambda: with_polymorphic(User, classes))
t("bulk", lambda: session.bulk_insert_mappings(3, []))
maker = sessionmaker(autoflush=False, query_cls=None)
print(maker, list(maker.kw))
maker.configure(info={"a": 1}, autoflush=True)
print(maker, maker().info)
