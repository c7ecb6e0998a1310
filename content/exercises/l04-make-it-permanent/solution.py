with engine.begin() as conn:
    conn.execute(text("INSERT INTO note (text) VALUES (:t)"), {"t": "water the plants"})
