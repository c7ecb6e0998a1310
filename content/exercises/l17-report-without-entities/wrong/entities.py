with Session(engine) as session:
    customers = session.scalars(select(Customer).order_by(Customer.name)).all()
    for customer in customers:
        if customer.orders:
            print(customer.name, len(customer.orders), sum(o.amount for o in customer.orders))
    held = len(session.identity_map)
