title = "Lady Susan's letters"
pages = 160

with engine.begin() as conn:
    conn.execute(
        text("INSERT INTO book (title, pages) VALUES (:title, :pages)"),
        {"title": title, "pages": pages},
    )
