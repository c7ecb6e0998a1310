# Where a declarative base keeps its classes by name, and what sessions' makers have of sessions' class methods.
import sys
import types
import warnings

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, configure_mappers, declarative_base, mapped_column
from sqlalchemy.orm import registry, relationship, scoped_session, sessionmaker

kept = {}


class Base(DeclarativeBase):
    registry = registry(class_registry=kept)


def in_module(name):
    sys.modules[name] = types.ModuleType(name)
    return {"__module__": name}


User = type(
    "User",
    (Base,),
    {
        **in_module("app.models.people"),
        "__tablename__": "user",
        "id": mapped_column(primary_key=True, type_=__import__("sqlalchemy").Integer),
        "orders": relationship("shop.Order", back_populates="user"),
        "more": relationship("models.shop.Order", viewonly=True),
    },
)
Order = type(
    "Order",
    (Base,),
    {
        **in_module("app.models.shop"),
        "__tablename__": "order",
        "id": mapped_column(primary_key=True, type_=__import__("sqlalchemy").Integer),
        "user_id": mapped_column(ForeignKey("user.id")),
        "user": relationship("people.User", back_populates="orders"),
    },
)
configure_mappers()
print(User.orders.property.mapper, User.more.property.mapper, Order.user.property.mapper)
print(sorted(kept), kept["User"] is User)
print(Base.registry._class_registry is kept)

# a table's name comes before a module's
try:
    Order.wrong = relationship("user.User")
except AttributeError as e:
    print("AttributeError", e)

Other = declarative_base()


class Tag(Other):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)


names = Other.registry._class_registry
print([c.__name__ for c in names.values() if hasattr(c, "__table__")], names.get("Tag") is Tag, "Nobody" in names)

factory = sessionmaker()
tag = Tag(id=3)
with factory() as session:
    session.add(tag)
    print(factory.object_session(tag) is session, sessionmaker.object_session(tag) is session)
print(factory.object_session(tag), factory.identity_key(Tag, 5), sessionmaker.identity_key(instance=tag)[1])
print([n for n in dir(sessionmaker) if not n.startswith("_")])
print([n for n in dir(Session) if n.startswith("auto")], [n for n in dir(Session()) if n.startswith("auto")])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    for holder in (Session, sessionmaker, factory, scoped_session(factory)):
        holder.close_all()
print({str(w.message) for w in seen}, len(seen))
