class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


Base.metadata.create_all(engine)
with Session(engine) as session:
    ann = Customer(name="Ann", orders=[Order(amount=10), Order(amount=20)])
    session.add_all([ann, Customer(name="Bob", orders=[Order(amount=5)])])
    session.commit()

    session.delete(ann)
    session.commit()
