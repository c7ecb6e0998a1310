# What init events see of a constructor's arguments: what has a default comes by name, defaults included.
from sqlalchemy import event, Integer, String
from sqlalchemy.orm import attributes, base, DeclarativeBase, instrumentation, Mapped, mapped_column, MappedAsDataclass


class Base(DeclarativeBase):
    pass


def told(cls):
    @event.listens_for(cls, "init")
    def on_init(target, args, kwargs):
        print(" ", type(target).__name__, args, dict(sorted(kwargs.items())))

    @event.listens_for(cls, "init_failure")
    def on_failure(target, args, kwargs):
        print("  failed", args, dict(sorted(kwargs.items())))

    return cls


def attempt(cls, *args, **kwargs):
    try:
        return cls(*args, **kwargs)
    except TypeError as error:
        print("  TypeError:", error)


print("== by place and by name")


@told
class Plain(Base):
    __tablename__ = "plain"
    id = mapped_column(Integer, primary_key=True)

    def __init__(self, first, second=5):
        self.seen = (first, second)


attempt(Plain, 1)
attempt(Plain, 1, 2)
attempt(Plain, second=2, first=1)
attempt(Plain)
attempt(Plain, 1, 2, 3)

print("== keyword-only and the rest")


@told
class Open(Base):
    __tablename__ = "open"
    id = mapped_column(Integer, primary_key=True)

    def __init__(self, first, *rest, key, other="o", **more):
        self.seen = (first, rest, key, other, more)


attempt(Open, 1, key=2)
attempt(Open, 1, 2, 3, key=2, other=4, further=5)
attempt(Open, first=1, key=2)
attempt(Open, 1)

print("== a default before the rest cannot be passed on")


@told
class Between(Base):
    __tablename__ = "between"
    id = mapped_column(Integer, primary_key=True)

    def __init__(self, first, second=2, *rest):
        self.seen = (first, second, rest)


attempt(Between, 1)
attempt(Between, 1, 2)
attempt(Between, 1, 2, 3)

print("== a subclass without one of its own, and one that calls it")


@told
class Sub(Plain):
    pass


@told
class Own(Plain):
    def __init__(self, third=3):
        super().__init__(third)


attempt(Sub, 1)
attempt(Own)

print("== the listener may change them")


@event.listens_for(Plain, "init")
def change(target, args, kwargs):
    kwargs["second"] = "changed"


print(Plain(1).seen)

print("== declarative's own, and dataclasses")


@told
class Named(Base):
    __tablename__ = "named"
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(String)


attempt(Named, name="x")
attempt(Named, "x")


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


@told
class Data(DataBase):
    __tablename__ = "data"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(default=3)
    note: Mapped[str] = mapped_column(default="", kw_only=True)


attempt(Data, "x")
attempt(Data, "x", 4, note="n")
attempt(Data)

print("== the manager of a class")
manager = instrumentation.manager_of_class(Plain)
print(manager is attributes.manager_of_class(Plain), manager is base.opt_manager_of_class(Plain), manager.class_)
print(instrumentation.opt_manager_of_class(int))
try:
    base.manager_of_class(int)
except Exception as error:
    print(type(error).__name__, error)
