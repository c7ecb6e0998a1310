from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass
