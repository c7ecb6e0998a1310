# Synonyms: what a program put in their place is asked first, and one of what is not there yet says so.
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.orm import column_property, registry, synonym


def shown(look):
    try:
        print(look())
    except Exception as error:
        print(type(error).__name__, error)


class marked(property):
    note = "kept"


class User:
    login = marked(lambda self: self.name, lambda self, value: setattr(self, "name", value))
    later = property(lambda self: self.id)


metadata = MetaData()
table = Table("user", metadata, Column("id", Integer, primary_key=True), Column("name", String))
mapper = registry().map_imperatively(
    User,
    table,
    properties={"login": synonym("name"), "later": synonym("coming"), "bare": synonym("name")},
)
shown(lambda: User.login.note)
shown(lambda: User.login.fget is User.__dict__["login"].fget)
shown(lambda: User.login.property is mapper.attrs["name"])
shown(lambda: User.login.nothing)
shown(lambda: User.bare.nothing)
shown(lambda: User.later.nothing)
shown(lambda: User.later.comparator)
shown(lambda: hasattr(User.later, "comparator"))
mapper.add_property("coming", column_property(table.c.name))
shown(lambda: hasattr(User.later, "comparator"))
shown(lambda: User.later == "x")
user = User(login="ann")
print(user.name, user.login, user.bare)
