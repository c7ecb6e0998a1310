from __future__ import annotations
import enum
from typing import Optional, List
from sqlalchemy import *
from sqlalchemy.orm import *
def t(name, fn):
    try: print(name, fn())
    except BaseException as e: print(name, type(e).__name__, str(e)[:300])
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    class Role(enum.Enum):
        admin = "admin"
        user = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    other: Mapped[Optional[Role]]
    third: Mapped[User.Role | None]
c = User.__table__.c
print(repr(c.role.type), repr(c.other.type), c.other.nullable, repr(c.third.type), c.third.nullable)
def inner():
    class B2(DeclarativeBase): pass
    class Item(B2):
        __tablename__ = "item"
        class Kind(enum.Enum):
            a = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[Kind]
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
        children: Mapped[List[Item]] = relationship(back_populates="parent")
        parent: Mapped[Item | None] = relationship(back_populates="children", remote_side=[id])
    configure_mappers()
    return repr(Item.__table__.c.kind.type), Item.children.property.uselist, Item.parent.property.uselist
t("inner", inner)
def lhs():
    class B3(DeclarativeBase): pass
    class A(B3):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        bs: Mapped[list[B]] = relationship()
    class B(B3):
        __tablename__ = "b"
        id: Mapped[int] = mapped_column(primary_key=True)
        a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    configure_mappers()
    return A.bs.property.uselist
t("lhs", lhs)
