class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    billing_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    shipping_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    billing: Mapped[Address | None] = relationship(foreign_keys=billing_id)
    shipping: Mapped[Address | None] = relationship()


Base.metadata.create_all(engine)
with Session(engine) as session:
    mill, high = Address(id=1, street="Mill Lane"), Address(id=2, street="High Street")
    session.add(Order(billing=mill, shipping=high))
    session.commit()
    order = session.scalars(select(Order)).one()
    print("bill", order.billing.street)
    print("ship", order.shipping.street)
