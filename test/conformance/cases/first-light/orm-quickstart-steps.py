from typing import List
from typing import Optional
from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship
class Base(DeclarativeBase):
    pass
class User(Base):
    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    fullname: Mapped[Optional[str]]

    addresses: Mapped[List["Address"]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        return f"User(id={self.id!r}, name={self.name!r}, fullname={self.fullname!r})"
class Address(Base):
    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_address: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped["User"] = relationship(back_populates="addresses")

    def __repr__(self) -> str:
        return f"Address(id={self.id!r}, email_address={self.email_address!r})"
from sqlalchemy import create_engine
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)

from sqlalchemy.orm import Session
with Session(engine) as session:
    ada = User(
        name="ada",
        fullname="Ada Lovelace",
        addresses=[Address(email_address="ada@example.org")],
    )
    grace = User(
        name="grace",
        fullname="Grace Hopper",
        addresses=[
            Address(email_address="grace@example.org"),
            Address(email_address="grace@example.net"),
        ],
    )
    alan = User(name="alan", fullname="Alan Turing")

    session.add_all([ada, grace, alan])

    session.commit()
from sqlalchemy import select
session = Session(engine)
stmt = select(User).where(User.name.in_(["ada", "grace"]))
for user in session.scalars(stmt):
    print(user)
stmt = (
    select(Address)
    .join(Address.user)
    .where(User.name == "grace")
    .where(Address.email_address == "grace@example.org")
)
grace_address = session.scalars(stmt).one()
grace_address
stmt = select(User).where(User.name == "alan")
alan = session.scalars(stmt).one()
alan.addresses.append(Address(email_address="alan.turing@example.org"))
grace_address.email_address = "grace_hopper@example.org"
session.commit()
grace = session.get(User, 2)
grace.addresses.remove(grace_address)
session.flush()
session.delete(alan)
session.commit()