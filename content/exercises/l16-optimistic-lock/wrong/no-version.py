class Product(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Product(id=1, name="Lamp", price=12))
    session.commit()

first, second = Session(engine), Session(engine)
a, b = first.get(Product, 1), second.get(Product, 1)
a.name = "Desk lamp"
first.commit()
try:
    b.price = 15
    second.commit()
except StaleDataError:
    print("conflict")
