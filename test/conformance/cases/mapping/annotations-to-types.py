"""Which column each annotation gives: optional, enum, literal, Annotated, a map of types; annotations as text."""
from __future__ import annotations
import enum, datetime, decimal, uuid, typing
from typing import Optional, List, Set, Dict, Union, Literal, NewType, Any, ClassVar
from typing_extensions import Annotated
from sqlalchemy import *
from sqlalchemy.orm import *
def show(cls):
    for c in cls.__table__.c: print(" ", repr(c))
class Base(DeclarativeBase):
    type_annotation_map = {str: String(50), Literal["x","y"]: Enum("x","y", name="xy"), datetime.datetime: TIMESTAMP(timezone=True)}
intpk = Annotated[int, mapped_column(primary_key=True)]
str30 = Annotated[str, 30]
class Status(enum.Enum):
    A = "a"; B = "b"
class StrE(str, enum.Enum):
    A = "a"
class A(Base):
    __tablename__ = "a"
    id: Mapped[intpk]
    n: Mapped[int]
    n2: Mapped[Optional[int]]
    n3: Mapped[int | None]
    s: Mapped[str]
    d: Mapped[datetime.datetime]
    dd: Mapped[Optional[datetime.date]]
    dec: Mapped[decimal.Decimal]
    u: Mapped[uuid.UUID]
    b: Mapped[bool] = mapped_column(default=False)
    by: Mapped[bytes]
    st: Mapped[Status]
    st2: Mapped[Optional[StrE]]
    f: Mapped[float] = mapped_column(Float(5), index=True)
    lit: Mapped[Literal["one", "two"]]
    lit2: Mapped[Literal["x","y"]]
    td: Mapped[datetime.timedelta]
    ti: Mapped[datetime.time]
    nul: Mapped[str] = mapped_column(nullable=True)
    nonnul: Mapped[Optional[str]] = mapped_column(nullable=False)
    x: ClassVar[int] = 5
show(A)
print(A.x)
