"""At the first revision: adds people. After the merge: lists them with their teams."""

from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.orm import Session

from models import Person

engine = create_engine("sqlite:///team.db")
if not inspect(engine).has_table("person"):
    raise SystemExit("There are no tables yet: README.md says where to begin.")
columns = [column["name"] for column in inspect(engine).get_columns("person")]

if "full_name" in columns:
    with engine.begin() as connection:
        if not connection.scalar(text("SELECT count(*) FROM person")):
            connection.execute(
                text("INSERT INTO person (full_name) VALUES (:name)"),
                [{"name": "Ada Lovelace"}, {"name": "Ben Shneiderman"}, {"name": "Grace Brewster Hopper"}, {"name": "Plato"}],
            )
        for name in connection.scalars(text("SELECT full_name FROM person ORDER BY id")):
            print(name)
else:
    with Session(engine) as session:
        for person in session.scalars(select(Person).order_by(Person.id)):
            print(person)
