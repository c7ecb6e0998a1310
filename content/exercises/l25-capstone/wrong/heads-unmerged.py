command.upgrade(config, "heads")

worth = select(func.sum(Item.quantity * Item.price)).where(Item.order_id == Order.id).scalar_subquery()
report = (
    select(Customer.name, func.count(Order.id), func.sum(Order.total))
    .join(Customer.orders)
    .group_by(Customer.id, Customer.name)
    .order_by(func.sum(Order.total).desc())
)

with Session(engine) as session:
    session.execute(
        update(Order).values(total=func.coalesce(worth, 0)), execution_options={"synchronize_session": False}
    )
    session.commit()
    for row in session.execute(report):
        print(*row)
