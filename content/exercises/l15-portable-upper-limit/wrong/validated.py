class Product(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]

    @validates("price")
    def not_negative(self, key, value):
        if value < 0:
            raise ValueError("negative")
        return value


Base.metadata.create_all(engine)
for name, price in [("Lamp", 12), ("Chair", -5)]:
    try:
        with Session(engine) as session, session.begin():
            session.add(Product(name=name, price=price))
    except ValueError as e:
        print("refused:", e)
