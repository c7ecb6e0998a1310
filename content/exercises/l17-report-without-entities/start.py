with Session(engine) as session:
    for customer in session.scalars(select(Customer).order_by(Customer.name)):
        if customer.orders:
            print(customer.name, len(customer.orders), sum(o.amount for o in customer.orders))
    held = len(session.identity_map)
