from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, inspect

engine = create_engine("sqlite:///app.db")
with engine.begin() as conn:
    conn.exec_driver_sql("CREATE TABLE member (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50))")
    conn.exec_driver_sql("CREATE TABLE legacy_reports (id INTEGER PRIMARY KEY, body TEXT)")

metadata = MetaData()
Table(
    "member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50)),
    Column("email", String(120)),
)


def told(diff):
    return f"{diff[0]} {getattr(diff[-1], 'name', diff[-1])}"
