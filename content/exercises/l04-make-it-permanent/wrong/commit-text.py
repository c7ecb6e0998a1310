with engine.connect() as conn:
    conn.execute(text("INSERT INTO note (text) VALUES (:t)"), {"t": "water the plants"})
    conn.execute(text("COMMIT"))
