from sqlalchemy import create_engine, text

engine = create_engine("sqlite://")
with engine.begin() as conn:
    conn.execute(text("CREATE TABLE account (name TEXT PRIMARY KEY, balance INTEGER NOT NULL)"))
    conn.execute(text("INSERT INTO account VALUES ('Ann', 100), ('Bob', 50)"))

take = text("UPDATE account SET balance = balance - :n WHERE name = :who")
give = text("UPDATE account SET balance = balance + :n WHERE name = :who")


def check(amount):
    if amount == 10:
        raise RuntimeError("the power went off")


def balances():
    with engine.connect() as conn:
        return list(conn.scalars(text("SELECT balance FROM account ORDER BY name")))
