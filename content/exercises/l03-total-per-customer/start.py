with engine.connect() as conn:
    for c in conn.execute(select(customer).order_by(customer.c.name)):
        print(c.name)
