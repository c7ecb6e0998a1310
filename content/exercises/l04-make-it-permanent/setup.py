from sqlalchemy import create_engine, text

engine = create_engine("sqlite:///notes.db")
with engine.begin() as conn:
    conn.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)"))
