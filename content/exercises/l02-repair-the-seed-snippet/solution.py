from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite:///mydatabase.db")


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str | None] = mapped_column(String(100))


Base.metadata.create_all(engine)

with Session(engine) as session:
    session.add(User(username="john_doe", email="john@example.com"))
    session.commit()

    user = session.scalars(select(User).filter_by(username="john_doe")).one()
    print(f"User ID: {user.id}, Username: {user.username}")
