from sqlalchemy import CheckConstraint, create_engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, validates

engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass
