"""Uses the models as they are now: fails until the database has what they ask for."""

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, selectinload

from shop.models import Order, OrderLine, Product

engine = create_engine("sqlite:///shop.db")

with Session(engine) as session:
    for product in session.scalars(select(Product).order_by(Product.name)):
        print(f"{product.name:8} {product.price:>7} {product.stock:>3} in stock")
    orders = select(Order).options(selectinload(Order.lines).joinedload(OrderLine.product))
    for order in session.scalars(orders):
        total = sum(line.quantity * line.product.price for line in order.lines)
        print(f"order {order.id} of {order.customer.name}: {total}")
