command.merge(config, "heads", message="total and shipped", rev_id="0003")
command.upgrade(config, "head")

with Session(engine) as session:
    customers = session.scalars(select(Customer)).all()
    for customer in customers:
        for order in customer.orders:
            order.total = sum(i.quantity * i.price for i in order.items)
            session.flush()
    session.commit()
    for customer in sorted(customers, key=lambda c: -sum(o.total for o in c.orders)):
        print(customer.name, len(customer.orders), sum(o.total for o in customer.orders))
