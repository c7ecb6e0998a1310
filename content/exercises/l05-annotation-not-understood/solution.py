class Product(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[int]
    tags: Mapped[list[str]] = mapped_column(JSON)


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Product(price=12, tags=["new", "red"]))
    session.commit()
    product = session.scalars(select(Product)).one()
    print(product.price, product.tags)
