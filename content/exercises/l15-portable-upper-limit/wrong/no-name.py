class Product(Base):
    __tablename__ = "product"
    __table_args__ = (CheckConstraint("price >= 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]


Base.metadata.create_all(engine)
for name, price in [("Lamp", 12), ("Chair", -5)]:
    try:
        with Session(engine) as session, session.begin():
            session.add(Product(name=name, price=price))
    except IntegrityError as e:
        print("refused:", e.orig)
