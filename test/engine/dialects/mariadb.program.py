# MariaDB by each driver, beside the other dialects: class, parameters and what each can give back.
from sqlalchemy import *
from sqlalchemy.dialects.mysql import mariadb, mysqldb, base
from sqlalchemy.engine import make_url
t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("x", String(5)))
for u in ("mysql", "mariadb", "mysql+pymysql", "mariadb+pymysql", "mariadb+mysqldb", "postgresql", "mssql", "oracle", "sqlite", "mysql+mysqlconnector", "mariadb+mariadbconnector", "postgresql+asyncpg", "postgresql+psycopg", "mssql+pymssql", "oracle+cx_oracle","mysql+aiomysql","postgresql+pg8000","mysql+asyncmy","oracle+oracledb"):
    try:
        d = make_url(u + "://").get_dialect()()
    except Exception as x: print(u, type(x).__name__, x); continue
    print(u, type(d).__name__, d.insert_returning, d.update_returning, d.delete_returning, d.paramstyle, d.name, d.driver)
    print(t.insert().compile(dialect=d)); print(t.insert().values(x="q").compile(dialect=d, column_keys=["x"]).string); print(t.delete().compile(dialect=d)); print(t.update().values(x=5).return_defaults().compile(dialect=d))
    if not u.startswith("oracle"): print(t.insert().values([{"x":1},{"x":2}]).compile(dialect=d)); print(t.insert().from_select(["x"], select(t.c.x)).compile(dialect=d))
