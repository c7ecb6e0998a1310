with Session(engine) as session:
    statement = (
        select(Customer.name, func.max(Order.placed), func.max(Order.amount))
        .join(Order)
        .group_by(Customer.id, Customer.name)
        .order_by(Customer.name)
    )
    for row in session.execute(statement):
        print(*row)
