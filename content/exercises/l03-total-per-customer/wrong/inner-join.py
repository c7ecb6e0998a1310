statement = (
    select(customer.c.name, func.sum(order.c.amount).label("total"))
    .select_from(customer)
    .join(order)
    .group_by(customer.c.id, customer.c.name)
    .order_by(customer.c.name)
)
with engine.connect() as conn:
    for row in conn.execute(statement):
        print(row.name, row.total)
