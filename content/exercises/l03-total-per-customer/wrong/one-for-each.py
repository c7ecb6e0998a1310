with engine.connect() as conn:
    for c in conn.execute(select(customer).order_by(customer.c.name)).all():
        amounts = conn.scalars(select(order.c.amount).where(order.c.customer_id == c.id))
        print(c.name, sum(amounts))
