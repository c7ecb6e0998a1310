command.upgrade(config, "head")

with Session(engine) as session:
    for customer in session.scalars(select(Customer)):
        print(customer.name, len(customer.orders))
