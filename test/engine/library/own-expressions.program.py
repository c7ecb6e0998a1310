# A program's own expressions, types and rows: names from the column inside, properties that the library reads, what is refused.
import pickle

from sqlalchemy import (
    Column, Integer, LABEL_STYLE_TABLENAME_PLUS_COL, MetaData, String, Table, column, create_engine, literal, select, table, text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.elements import ColumnElement, WrapsColumnExpression
from sqlalchemy.types import TypeDecorator, UserDefinedType


class Rounded(WrapsColumnExpression, ColumnElement):
    inherit_cache = False

    def __init__(self, expression):
        self.clause = coercions.expect(roles.ExpressionElementRole, expression)

    @property
    def wrapped_column_expression(self):
        return self.clause


@compiles(Rounded)
def rounded(element, compiler, **kw):
    return "ROUNDED(%s)" % compiler.process(element.clause, **kw)


price = table("price", column("name"), column("value"))
twice = select(price.c.name, price.c.name, Rounded(price.c.name), Rounded(price.c.name))
print(select(price.c.name, Rounded(price.c.value)))
print(twice)
print(twice.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL))
print(select(Rounded(price.c.name.label("title")), Rounded(price.c.name + "x"), Rounded(text("q"))))
print(select(Rounded(price.c.value)).subquery().c.keys())
print(price.insert().returning(price.c.name, Rounded(price.c.value)))


class Settings(TypeDecorator):
    impl = Integer
    cache_ok = True

    @property
    def python_type(self):
        return dict


class Point(UserDefinedType):
    cache_ok = True

    @property
    def python_type(self):
        return tuple


class Whole(Integer):
    @property
    def python_type(self):
        return super().python_type


print([column("x", kind()).type.python_type for kind in (Settings, Point, Whole)])


class Measured(ColumnElement):
    inherit_cache = True

    def __init__(self, number):
        self.number = number

    @property
    def type(self):
        return String() if self.number else Integer()


print([repr((Measured(n) + 1).type if n == 0 else (Measured(n) + "x").type) for n in (0, 1)])

engine = create_engine("sqlite://")
with engine.connect() as connection:
    row = connection.execute(select(literal(1).label("a"), literal("x").label("b"))).one()
for name in ("a", "c", "count", "_fields"):
    for change in (delattr, lambda row, name: setattr(row, name, 1)):
        try:
            change(row, name)
        except AttributeError as error:
            print(name, error)
for key in ("c", slice(0, 1)):
    try:
        print(row._mapping[key])
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)

metadata = MetaData()
for items in ([String()], [12], [metadata, Column("id", Integer)]):
    try:
        print(repr(Table("t%d" % len(metadata.tables), metadata, *items, extend_existing=True)))
    except Exception as error:
        print(type(error).__name__, error)
print(repr(Column("x", metadata)))

# a row that was pickled knows its names, not its columns
again = pickle.loads(pickle.dumps(row))
print(again, again.a, dict(again._mapping))
for key in ("gone", column("a")):
    try:
        print(again._mapping[key])
    except KeyError as error:
        print(type(error).__name__, error)
try:
    print(again.gone)
except AttributeError as error:
    print(error)
