from sqlalchemy import create_engine, delete, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite:///test.db")


# Python's sqlite3 begins transactions late; for savepoints the driver must be told not to, and SQLAlchemy begins
@event.listens_for(engine, "connect")
def connect(dbapi_connection, record):
    dbapi_connection.isolation_level = None


@event.listens_for(engine, "begin")
def begin(conn):
    conn.exec_driver_sql("BEGIN")


Base.metadata.create_all(engine)


def test_add(session):
    session.add(Member(name="Ann"))
    session.commit()
    assert session.scalar(select(func.count()).select_from(Member)) == 1


def test_empty(session):
    assert session.scalar(select(func.count()).select_from(Member)) == 0
