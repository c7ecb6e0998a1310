"""Declarative bases as programs see them: their constructor, what they derive from, what is not generic."""
from typing import Optional

from sqlalchemy import JSON
from sqlalchemy.orm import (
    DeclarativeBase, DeclarativeBaseNoMeta, Mapped, declarative_base, mapped_column, registry, relationship,
)


def t(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "!!", type(e).__name__, e)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]


Old = declarative_base()
print(Base.__init__.__name__, Base.__init__.__qualname__, Base.__init__.__module__)
print(Old.__init__.__qualname__, User.__init__.__qualname__, Old.__module__)
print(str(Base.registry.constructor).split(" at ")[0], registry().constructor is Base.registry.constructor)
t("positional", lambda: User("x"))
t("base", lambda: Base(1))
t("unknown", lambda: User(nam="x"))
t("base unknown", lambda: Base(x=3))
for cls in (DeclarativeBase, DeclarativeBaseNoMeta, Base, User):
    t(cls.__name__, lambda: cls[int])
print([c.__name__ for c in User.__mro__], sorted(k for k in vars(Base) if k != "__doc__"))
t("no registry", lambda: Base._registry)
t("forward", lambda: type("Bad", (Base,), {"__tablename__": "bad", "__annotations__": {"id": Mapped["list[["]}}))


def odd(annotation, value):
    members = {"__tablename__": "odd", "__annotations__": {"id": Mapped[int], "x": annotation}, "id": mapped_column(primary_key=True)}
    return type("Odd", (declarative_base(cls=object),), {**members, "x": value}).x


for text in ("x y", "", ": ", "C("):
    t(f"list of {text!r}", lambda: odd(Mapped[list[text]], relationship()))
t("dict of odd text", lambda: odd(Mapped[dict["x y", int]], mapped_column(JSON)))
t("unknown name", lambda: odd(Mapped[list["Nope"]], mapped_column(JSON)))
t("plain", lambda: odd(Mapped[""], mapped_column(JSON)))
