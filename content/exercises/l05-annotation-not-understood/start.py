class Product(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    price: int = mapped_column()
    tags: Mapped[list[str]]


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Product(price=12, tags=["new", "red"]))
    session.commit()
    product = session.scalars(select(Product)).one()
    print(product.price, product.tags)
