"""from __future__ import annotations with names that come later, or never."""
from __future__ import annotations
from typing import TYPE_CHECKING, Optional, List
from sqlalchemy import ForeignKey, create_engine, select, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, Session
if TYPE_CHECKING:
    from elsewhere import Address
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    addresses: Mapped[List[Address]] = relationship(back_populates="user")
    best: Mapped[Address | None] = relationship(viewonly=True)
    best2: Mapped[Optional[Address]] = relationship(viewonly=True)
    best3: Mapped["Optional[Address]"] = relationship(viewonly=True)
    q: Mapped["List[Address]"] = relationship(viewonly=True)
print(User.__mapper__.attrs if False else [p.key for p in User.__mapper__.iterate_properties])
def make():
    class Address(Base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
        user: Mapped[User] = relationship(back_populates="addresses")
        em: Mapped[Optional[str]]
        em2: Mapped[str | None] = mapped_column(String(4))
    return Address
Address = make()
for k in "addresses best best2 best3 q".split():
    p = getattr(User, k).property; print(k, p.uselist, p.mapper)
def bad(ann):
    class B2(DeclarativeBase): pass
    try:
        type(B2)("X", (B2,), {"__tablename__": "x", "__annotations__": {"id": "Mapped[int]", "z": ann}, "id": mapped_column(primary_key=True), "__module__": __name__})
        print("ok")
    except Exception as e: print(type(e).__name__, e)
bad("Mapped[Nope]"); bad("Nope[int]"); bad("Mappedd[int]"); bad("int"); bad("Mapped[List[Nope]]"); bad("Mapped[int"); bad("Mapped[]"); bad("Mapped[Optional[Nope]]"); bad("mapped_column")
