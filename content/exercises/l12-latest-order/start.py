with Session(engine) as session:
    statement = select(Customer.name, Order.placed, Order.amount).join(Order).order_by(Customer.name)
    for row in session.execute(statement):
        print(*row)
