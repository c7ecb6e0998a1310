class Product(Base):
    __tablename__ = "product"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    price: int = 0
    tags: Mapped[list[str]] = mapped_column(JSON)


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Product(tags=["new", "red"]))
    session.commit()
    product = session.scalars(select(Product)).one()
    print(product.price, product.tags)
