@event.listens_for(engine, "connect")
def enforce_foreign_keys(dbapi_connection, record):
    dbapi_connection.execute("PRAGMA foreign_keys=ON")


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(cascade="all, delete-orphan")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Customer(name="Ann", orders=[Order(amount=10), Order(amount=20)]))
    session.add(Customer(name="Bob", orders=[Order(amount=5)]))
    session.commit()

with Session(engine) as session:
    session.delete(session.get(Customer, 1))
    session.commit()
