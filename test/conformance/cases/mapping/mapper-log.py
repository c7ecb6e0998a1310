"""What a mapper logs while it is made and configured."""
import logging, sys
logging.basicConfig(stream=sys.stdout, format="%(levelname)s:%(name)s:%(message)s")
logging.getLogger("sqlalchemy.orm.mapper").setLevel(logging.INFO)
from typing import Optional
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    t: Mapped[str] = mapped_column(deferred=True)
    skip: Mapped[Optional[int]]
    bs: Mapped[list["B"]] = relationship()
    syn = synonym("t")
    __mapper_args__ = {"polymorphic_on": "t", "polymorphic_identity": "a", "exclude_properties": ["skip"]}
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    aid: Mapped[int] = mapped_column(ForeignKey("a.id"))
class A2(A):
    __tablename__ = "a2"
    id: Mapped[int] = mapped_column(ForeignKey("a.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "a2"}
configure_mappers()
