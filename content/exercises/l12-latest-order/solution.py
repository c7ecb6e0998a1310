numbered = select(
    Order.customer_id,
    Order.placed,
    Order.amount,
    func.row_number().over(partition_by=Order.customer_id, order_by=Order.placed.desc()).label("n"),
).subquery()

with Session(engine) as session:
    statement = (
        select(Customer.name, numbered.c.placed, numbered.c.amount)
        .join(numbered, numbered.c.customer_id == Customer.id)
        .where(numbered.c.n == 1)
        .order_by(Customer.name)
    )
    for row in session.execute(statement):
        print(*row)
