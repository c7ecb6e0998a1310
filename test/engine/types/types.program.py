# Generic types: how they show and what dialects call them; values on their way to a driver and back; what operators make of them. types.expected.txt holds what the real library prints.
import datetime
import decimal
import operator
import warnings

from sqlalchemy import *
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.schema import *
from sqlalchemy.sql.ddl import BaseDDLElement
from sqlalchemy.types import TypeEngine
from sqlalchemy.types import NullType

warnings.simplefilter("ignore")
DIALECTS = {
    "sqlite": sqlite.dialect,
    "postgresql": postgresql.dialect,
    "psycopg2": postgresql.dialect,
    "mysql": mysql.dialect,
    "mssql": mssql.dialect,
    "oracle": oracle.dialect,
}


def rendered(x, name):
    """SQL of a construct or a type for a dialect, with its parameters; or the error."""
    try:
        compiled = str(x) if name == "str" else x.compile(dialect=DIALECTS[name]())
        params = {} if name == "str" or isinstance(x, (TypeEngine, BaseDDLElement)) else compiled.params
        return f"{compiled}" + (f" | { {k: str(v) for k, v in sorted(params.items())} }" if params else "")
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def sql(x, *names):
    for name in names or ("str",):
        print(f"{name}: {rendered(x, name)}")


def attempt(fn):
    try:
        print("ok", fn())
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


def bindresult(type_, name, binds, *results):
    """What the driver is given for values, and what a program gets for the driver's."""
    dialect = DIALECTS[name]()
    impl = type_.dialect_impl(dialect)
    bind, result = impl.bind_processor(dialect), impl.result_processor(dialect, None)
    for value in binds:
        attempt(lambda: f"bind {bind(value) if bind else value!r}")
    for value in results:
        attempt(lambda: f"result {result(value) if result else value!r}")


def lit(type_, name, *values):
    dialect = DIALECTS[name]()
    literal = type_.dialect_impl(dialect).literal_processor(dialect)
    for value in values:
        attempt(lambda: f"literal {literal(value) if literal else None}")


print("== reprs of types")
for t in [
    String(50),
    String(5, collation="x"),
    Integer(),
    Numeric(10, 2),
    Float(5),
    Float(5, asdecimal=True),
    Double(),
    DateTime(timezone=True),
    Enum("a", "b"),
    Enum("a", "b", name="q", native_enum=False, length=30),
    LargeBinary(10),
    Boolean(),
    Boolean(create_constraint=True, name="x"),
    Interval(),
    JSON(none_as_null=True),
    PickleType(),
    Uuid(),
    Uuid(as_uuid=False),
    UUID(),
    ARRAY(Integer),
    ARRAY(String(5), dimensions=2),
    Text(),
    Unicode(5),
    VARCHAR(5),
    CHAR(2),
    TIMESTAMP(),
    BIGINT(),
    SMALLINT(),
    REAL(),
    DOUBLE_PRECISION(53),
    NullType(),
]:
    print(repr(t))
    sql(t, "str", "sqlite", "postgresql", "mysql", "mssql", "oracle")

print("== values to and from drivers")
bindresult(Numeric(10, 2), "sqlite", [decimal.Decimal("5.25"), 5, 3.5, "x", None], 5.125, 7, 0.125, 1e22, -2.5, None, "q")
bindresult(Numeric(10, 2, asdecimal=False), "sqlite", [decimal.Decimal("5.25")], 5.125)
bindresult(Float(asdecimal=True), "sqlite", [decimal.Decimal("5.25")], 5.125, 1 / 3)
bindresult(Boolean(), "sqlite", [True, False, None, 1, 0, 5, "x", 1.0], 1, 0, None, 5)
bindresult(Boolean(), "postgresql", [True, False, None, 1, 0, 5, "x", 1.0], True)
bindresult(Enum("a", "b", name="q"), "sqlite", ["a", "c", None, 5], "a", "zz", None)
bindresult(Enum("a", "b", "eeeeeeeeeeeeeeee", "d", "f", validate_strings=True), "sqlite", ["a", "c"], "a")
bindresult(JSON(), "sqlite", [None, {"a": [1, 2.5, None, True, 'x"é']}, 5, JSON.NULL, null()], '{"a": 1}', 5, None, "[1, 2")
bindresult(JSON(none_as_null=True), "sqlite", [None, JSON.NULL, null()], '{"a": 1}')
bindresult(Uuid(as_uuid=False), "sqlite", ["12345678-1234-5678-1234-567812345678"], "12345678123456781234567812345678")
bindresult(LargeBinary(), "sqlite", [b"abc", None], b"abc")
lit(String(), "sqlite", "it's", "a%b")
lit(String(), "psycopg2", "it's", "a%b")
lit(Integer(), "sqlite", 5, "7", 5.7, "x", True)
lit(Numeric(), "sqlite", 5, "7.25", 5.7, decimal.Decimal("1.50"), "x")
lit(Boolean(), "sqlite", True, False)
lit(Boolean(), "postgresql", True, False)
lit(Enum("a", "b"), "sqlite", "a", "q")
lit(JSON(), "sqlite", "a")
lit(LargeBinary(), "sqlite", b"a'b")
lit(Uuid(as_uuid=False), "sqlite", "12345678-1234-5678-1234-567812345678")
lit(ARRAY(Integer), "sqlite", [1, [2, 3]], [1, 2])
lit(Date(), "sqlite", datetime.date(2020, 1, 2))
lit(Date(), "postgresql", datetime.date(2020, 1, 2))
bindresult(Date(), "sqlite", [datetime.date(2020, 1, 2), "x", None], "2020-01-02", "zz", "2020-13-01")
bindresult(DateTime(), "sqlite", [datetime.date(2020, 1, 2), "x", None])

print("== types of expressions")
m = MetaData()
t = Table(
    "t",
    m,
    Column("i", Integer),
    Column("n", Numeric(10, 2)),
    Column("d", Date),
    Column("dt", DateTime),
    Column("tm", Time),
    Column("iv", Interval),
    Column("s", String(5)),
    Column("f", Float),
    Column("b", BigInteger),
    Column("j", JSON),
    Column("e", Enum("a", "b")),
    Column("a", ARRAY(Integer)),
    Column("x"),
    Column("bo", Boolean),
    Column("u", Uuid),
    Column("lb", LargeBinary),
)


def result(operator, a, b):
    try:
        return repr(operator(a, b).type)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv}
for a in t.c:
    for b in t.c:
        print(f"{a.type!r} with {b.type!r}:", "; ".join(f"{sign} {result(op, a, b)}" for sign, op in OPERATORS.items()))
    for v in [5, 5.5, "x", True, None, decimal.Decimal("1"), datetime.date(2020, 1, 1), 5000000000, b"x"]:
        print(
            f"{a.type!r} with {v!r}:",
            result(operator.add, a, v),
            result(lambda a, v: (a == v).right, a, v),
            result(lambda a, v: (a * v).right, a, v),
        )
