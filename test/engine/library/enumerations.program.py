import enum
from sqlalchemy import Enum, Table, MetaData, Column
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable
class AnEnum(enum.Enum):
    Foo = "foo"
    Bar = "bar"
print(repr(Enum(AnEnum)))
print(repr(postgresql.ENUM("a","b", name="x")))
print(repr(postgresql.ENUM(AnEnum, name="pgenum")))
print(len(AnEnum))
class Other(str, enum.Enum):
    A = "a"
print(len(Other), repr(postgresql.ENUM(Other, name="pgenum")))
import collections
class Letters:
    __members__ = collections.OrderedDict()
    def __init__(self, name, value):
        self.name, self.value = name, value
        self.__members__[name] = self
a, b = Letters("alpha", 1), Letters("beta", 2)
Letters.__members__["first"] = a
t = Enum(Letters)
print(repr(t), t.enums, t.enum_class is Letters, repr(Enum(Letters, omit_aliases=False)))
print(repr(Enum(Letters, values_callable=lambda c: [str(m.value) for m in c.__members__.values() if m.name != "first"])))
from sqlalchemy import create_engine, insert, select
e = create_engine("sqlite://"); m = MetaData(); tab = Table("t", m, Column("x", t)); m.create_all(e)
with e.begin() as c:
    c.execute(insert(tab), [{"x": a}, {"x": "beta"}]); print([r.x.name for r in c.execute(select(tab))])
print(CreateTable(tab))
