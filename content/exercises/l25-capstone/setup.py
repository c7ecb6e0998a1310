import logging

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

logging.getLogger("alembic").setLevel(logging.WARNING)
config = Config()
config.set_main_option("script_location", "migrations")
config.set_main_option("sqlalchemy.url", "sqlite:///app.db")
engine = create_engine("sqlite:///app.db")


def schema():
    """Columns of each table: name, type, whether it may be NULL."""
    found = inspect(engine)
    return {
        table: [(c["name"], str(c["type"]), c["nullable"] and not c["primary_key"]) for c in found.get_columns(table)]
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }
from alembic.script import ScriptDirectory
from sqlalchemy import ForeignKey, func, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    placed: Mapped[str]
    total: Mapped[int | None]
    shipped: Mapped[str | None]
    customer: Mapped[Customer] = relationship(back_populates="orders")
    items: Mapped[list["Item"]] = relationship()


class Item(Base):
    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    quantity: Mapped[int]
    price: Mapped[int]


command.upgrade(config, "0001")
with engine.begin() as conn:
    conn.exec_driver_sql("INSERT INTO customer (name) VALUES ('Ann'), ('Bob')")
    conn.exec_driver_sql(
        "INSERT INTO orders (customer_id, placed) VALUES (1, '2026-01-05'), (1, '2026-02-01'), (2, '2026-02-03')"
    )
    conn.exec_driver_sql("INSERT INTO item (order_id, quantity, price) VALUES (1, 2, 10), (1, 1, 5), (2, 4, 1)")
