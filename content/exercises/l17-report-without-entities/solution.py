with Session(engine) as session:
    statement = (
        select(Customer.name, func.count(Order.id), func.sum(Order.amount))
        .join(Customer.orders)
        .group_by(Customer.id, Customer.name)
        .order_by(Customer.name)
    )
    for name, number, total in session.execute(statement):
        print(name, number, total)
    held = len(session.identity_map)
