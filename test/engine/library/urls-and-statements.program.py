import copy
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, literal, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateColumn, CreateTable
from sqlalchemy.sql.expression import ClauseElement, Executable


def fails(make):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)


print("== urls")
url = make_url("sqlite:///x.db?arg1=p1&arg2=p2&arg1=p3")
print(url.query, url.normalized_query)
print(copy.copy(url) == url, copy.deepcopy(url) == url, hash(url) == hash(copy.copy(url)))
fails(lambda: make_url("sqlite://").update_query_dict({"a": 5}))
fails(lambda: make_url("sqlite://").update_query_dict({5: "a"}))
fails(lambda: URL.create("sqlite", query={"a": ["x", 5]}))
fails(lambda: create_engine("sqlite://", paramstyle="zz").connect().scalar(select(literal(5))))

print("== a statement of one's own")


class Five(Executable, ClauseElement):
    inherit_cache = False


@compiles(Five)
def five(element, compiler, **kw):
    return "SELECT 5"


engine = create_engine("sqlite://")
with Session(engine) as session:
    print(session.execute(Five()).all(), session.connection().execute(Five()).all())
print(repr(Five()).split(" at ")[0])

print("== a column left out")


@compiles(CreateColumn)
def leave_out(element, compiler, **kw):
    if element.element.name == "skip":
        return None
    return compiler.visit_create_column(element, **kw)


print(CreateTable(Table("q", MetaData(), Column("a", Integer), Column("skip", Integer), Column("b", Integer))))
