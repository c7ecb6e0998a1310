# Statements about aliases, columns given by functions, uniqueness against chunks, and sets copied without comparing.
from sqlalchemy import create_engine, delete, ForeignKey, func, insert, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import aliased, DeclarativeBase, Mapped, mapped_column, relationship, Session


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    notes: Mapped[list["Note"]] = relationship()


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)

# keywords that say yes or no take anything that is true or not
no, yes = [], [1]
users = [User(name=name) for name in ("ann", "bob", "cyd")]
session.bulk_save_objects(users, return_defaults=no)
print([user.__dict__.get("id") for user in users])
users = [User(name=name) for name in ("dan", "eve")]
session.bulk_save_objects(users, return_defaults=yes)
print([user.id for user in users])
given = [{"user_id": 1, "text": "one"}, {"user_id": 2, "text": "two"}]
session.bulk_insert_mappings(Note, given, return_defaults=no)
print(given)

# one function, several columns or entities
print(select(lambda: (User, Note)).join(lambda: User.notes))
print(select(lambda: (User.id, func.upper(User.name))).where(lambda: User.id < 3))
print(session.query(lambda: [Note.text, Note.id]).order_by(Note.id))
print(select(User.id).add_columns(lambda: (User.name, User.id + 1)).with_only_columns(lambda: [User.name]))

# an alias may be updated, whichever way the session follows; not inserted into
other = aliased(User, name="other")
for way in ("auto", "evaluate", "fetch", False):
    statement = update(other).where(other.name == "ann").values(name="ann")
    try:
        print(session.execute(statement, execution_options={"synchronize_session": way}).rowcount)
    except InvalidRequestError as error:
        print(error)
print(update(User.__table__.alias("u")).values(name="x"))
for target in (other, User.__table__.alias("u")):
    try:
        print(insert(target).values(name="x"))
    except AttributeError as error:
        print(error)

# chunks cannot be made unique, and say so when they are read
result = session.execute(select(User).execution_options(yield_per=2)).unique()
try:
    next(result)
except InvalidRequestError as error:
    print(error)


# members of a set differ: a copy does not ask them again
class Loud:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        print("asked", self.n, other.n)
        return self.n == other.n


loud = {Loud(1), Loud(2)}
copied = set(loud)
print(len(copied), len(loud | set()), len(frozenset(loud).union()))
print(loud == copied)
