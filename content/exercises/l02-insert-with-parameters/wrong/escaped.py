title = "Lady Susan's letters"
pages = 160

with engine.begin() as conn:
    safe = title.replace("'", "''")
    conn.execute(text(f"INSERT INTO book (title, pages) VALUES ('{safe}', {pages})"))
