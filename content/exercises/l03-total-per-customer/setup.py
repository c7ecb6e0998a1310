from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, func, insert, select

engine = create_engine("sqlite://")
metadata = MetaData()
customer = Table("customer", metadata, Column("id", Integer, primary_key=True), Column("name", String(50)))
order = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id")),
    Column("amount", Integer, nullable=False),
)
metadata.create_all(engine)
with engine.begin() as conn:
    conn.execute(insert(customer), [{"name": "Ann"}, {"name": "Bob"}, {"name": "Cleo"}])
    conn.execute(
        insert(order),
        [{"customer_id": 1, "amount": 10}, {"customer_id": 1, "amount": 20}, {"customer_id": 2, "amount": 5}],
    )
