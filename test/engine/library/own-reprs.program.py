# A type's own repr() is what a column and a table show of it.
from sqlalchemy import *
from sqlalchemy.types import TypeDecorator, UserDefinedType
class Unit(TypeDecorator):
    impl = String(8)
    cache_ok = True
    def __init__(self, family):
        super().__init__()
        self.family = family
    def __repr__(self):
        return f"Unit({self.family!r})"
class P(UserDefinedType):
    def __init__(self, a, b=5): self.a=a; self.b=b
class Q(TypeDecorator):
    impl=String
    def __init__(self, a, b=5): self.a=a; self.b=b; super().__init__(length=3)
class R(String):
    def __repr__(self): return "R!"
m=MetaData()
t=Table("t",m,Column("u",Unit("x")),Column("p",P(1)),Column("q",Q(1,2)),Column("r",R(5)))
print(repr(t)); print(repr(t.c.u), repr(t.c.u.type), [t.c.u], t.c.p.type, repr(t.c.q.type), repr(t.c.r.type))
t2=t.to_metadata(MetaData())
print(repr(t2)); print(repr(t2.c.u.copy() if hasattr(t2.c.u,'copy') else t2.c.u._copy()))
