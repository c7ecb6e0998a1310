with engine.begin() as conn:
    conn.execute(text("CREATE TABLE customer (id INTEGER PRIMARY KEY)"))
    conn.execute(text("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id))"))
with engine.begin() as conn:
    if conn.execute(text("SELECT 1 FROM customer WHERE id = 99")).first() is None:
        print("refused: no such customer")
    else:
        conn.execute(text("INSERT INTO orders (customer_id) VALUES (99)"))
