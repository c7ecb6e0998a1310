"""Customers, products and an order, as the tables were before the change: plain SQL, so that it runs at any revision."""

from sqlalchemy import create_engine, text

engine = create_engine("sqlite:///shop.db")

with engine.begin() as connection:
    if connection.scalar(text("SELECT count(*) FROM customer")):
        raise SystemExit("The shop has customers already.")
    connection.execute(
        text("INSERT INTO customer (name, email) VALUES (:name, :email)"),
        [{"name": "Ada", "email": "ada@example.org"}, {"name": "Ben", "email": "ben@example.org"}],
    )
    connection.execute(
        text("INSERT INTO product (name, price) VALUES (:name, :price)"),
        [{"name": "Teapot", "price": 24.5}, {"name": "Cup", "price": 6}, {"name": "Kettle", "price": 39}],
    )
    connection.execute(text('INSERT INTO "order" (customer_id) VALUES (1)'))
    connection.execute(
        text("INSERT INTO order_line (order_id, product_id, quantity) VALUES (1, :product, :quantity)"),
        [{"product": 1, "quantity": 1}, {"product": 2, "quantity": 4}],
    )
print("2 customers, 3 products, 1 order")
