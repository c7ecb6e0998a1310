# Exceptions made by a program: their arguments, text, repr and codes.
from sqlalchemy import bindparam, create_engine, exc, select, text
from sqlalchemy.exc import *
from sqlalchemy.orm import exc as orm_exc


def show(make):
    e = make()
    print(repr(e), e.args, e.code)
    print(str(e))
    if isinstance(e, StatementError):
        print(e.statement, e.params, e.orig, e.detail, e.hide_parameters, e.ismulti, e.connection_invalidated)


print("== messages")
show(lambda: InvalidRequestError("a"))
show(lambda: InvalidRequestError("a", "b"))
show(lambda: InvalidRequestError())
show(lambda: InvalidRequestError(5, code="abcd"))
show(lambda: NoResultFound("no row"))
show(lambda: orm_exc.StaleDataError("stale"))
show(lambda: orm_exc.FlushError())
show(lambda: orm_exc.DetachedInstanceError("x"))
show(lambda: CircularDependencyError("c", [1], [(1, 2)]))
show(lambda: NoReferencedColumnError("m", "t", "c"))
show(lambda: UnsupportedCompilationError("comp", int, "m"))
show(lambda: ObjectNotExecutableError("x"))

print("== statements")
show(lambda: IntegrityError("insert x", {"a": 1}, Exception("dup")))
show(lambda: IntegrityError("insert x", [{"a": 1}, {"a": 2}], ValueError("dup"), ismulti=True))
show(lambda: OperationalError(None, None, None))
show(lambda: StatementError("msg", "select 1", {}, None))
show(lambda: DBAPIError("select 1", None, ValueError("x"), connection_invalidated=True))
e = IntegrityError("insert x", {"a": 1}, Exception("dup"))
e.add_detail("more")
print(e)

print("== subclasses")


class Mine(InvalidRequestError):
    def __init__(self, x, y):
        super().__init__(f"{x}-{y}")
        self.x = x


class Coded(SQLAlchemyError):
    code = "zzzz"


show(lambda: Mine(1, 2))
show(lambda: Coded("q"))

print("== missing parameters")
with create_engine("sqlite://").connect() as c:
    for statement, params in (
        (select(bindparam("a")), {"b": 1}),
        (text("select :a"), [{"b": 2}, {"a": 1}]),
    ):
        try:
            c.execute(statement, params)
        except StatementError as e:
            print(e.params, e.statement, e)

print("== removed")
try:
    from sqlalchemy.orm import mapper

    mapper()
except InvalidRequestError as e:
    print(e)
