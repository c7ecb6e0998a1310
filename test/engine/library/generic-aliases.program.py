# Generic classes of the library with their arguments.
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
try:
    class A(Base):
        __tablename__="a"
        id: Mapped[int]=mapped_column(primary_key=True)
        name: Mapped["Nope"]
except Exception as e: print(e)
try:
    class A2(Base):
        __tablename__="a2"
        id: Mapped[int]=mapped_column(primary_key=True)
        name: "Mapped[Nope]"
except Exception as e: print(e)
print(Mapped["Nope"], Mapped["Nope"].__args__, list["A"], Mapped[list["A"]])
from typing import *
T=TypeVar("T")
class G(Generic[T]): pass
print(G["x"], List["x"], Optional["x"], G["x"].__args__)
from sqlalchemy import *
from sqlalchemy.engine import Row, Result
import typing
for f in (lambda: Mapped[int], lambda: Mapped[int,str], lambda: Mapped[5], lambda: Mapped[None], lambda: Mapped[Optional[str]], lambda: sessionmaker[Session], lambda: sessionmaker[Session](), lambda: Row[int,str], lambda: Query["x"], lambda: Mapped[T], lambda: Mapped[T][int], lambda: Mapped[T].__parameters__, lambda: typing.get_origin(Mapped[int]), lambda: typing.get_args(Mapped["x"]), lambda: scoped_session[Session], lambda: WriteOnlyMapped["A"], lambda: DynamicMapped["A"], lambda: Mapper["x"], lambda: Mapped[int]==Mapped[int], lambda: {Mapped[int]:1}, lambda: Result[int], lambda: Column[int], lambda: Mapped[int].__origin__, lambda: Mapped.x, lambda: Mapped[int] | None, lambda: Mapped["int"] | None, lambda: isinstance(5, Mapped[int]), lambda: Relationship["x"], lambda: InstrumentedAttribute[int], lambda: ColumnElement[int]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def fn(a: Mapped["x"], s: sessionmaker[Session]) -> Select[Any]: pass
print(fn.__annotations__)
