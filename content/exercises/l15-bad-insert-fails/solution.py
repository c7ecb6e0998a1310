@event.listens_for(engine, "connect")
def enforce_foreign_keys(dbapi_connection, record):
    dbapi_connection.execute("PRAGMA foreign_keys=ON")


with engine.begin() as conn:
    conn.execute(text("CREATE TABLE customer (id INTEGER PRIMARY KEY)"))
    conn.execute(text("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id))"))
try:
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO orders (customer_id) VALUES (99)"))
except IntegrityError as e:
    print("refused:", e.orig)
