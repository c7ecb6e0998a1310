with Session(engine) as session:
    for customer in session.scalars(select(Customer).order_by(Customer.name)).all():
        latest = session.scalars(
            select(Order).where(Order.customer_id == customer.id).order_by(Order.placed.desc()).limit(1)
        ).first()
        if latest:
            print(customer.name, latest.placed, latest.amount)
