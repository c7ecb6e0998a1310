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
import io

command.upgrade(config, "0001")
with engine.begin() as conn:
    conn.exec_driver_sql("INSERT INTO country (code) VALUES ('de'), ('nl')")
