from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
seen = []


def look(obj):
    state = inspect(obj)
    names = ["transient", "pending", "persistent", "deleted", "detached"]
    seen.append(next(name for name in names if getattr(state, name)))
