# Operators of expressions are Python's own functions where its module operator has them; what compilation tells of parameters.
import operator

from sqlalchemy import and_, column, or_, table
from sqlalchemy.orm import LoaderCallableStatus
from sqlalchemy.orm.attributes import NO_VALUE
from sqlalchemy.sql import operators

t = table("t", column("a"))
b = t.c.a == 5

print("== identity")
print(b.operator is operator.eq, operators.eq is operator.eq, b.negate is operator.ne)
print((t.c.a + 5).operator, {operator.lt: "below"}[(t.c.a < 4).operator], (~t.c.a).operator)
print(and_(b, t.c.a > 4).operator is operator.and_, or_(b, t.c.a > 4).operator is operators.or_)

print("== use")
print(t.c.a.operate(operator.gt, 5), operators.gt(t.c.a, 3), operator.neg(t.c.a))

print("== parameters")
c = b.compile()
print(list(c.bind_names.values()), len(c.bind_names), c.params)

print("== constants")
print(LoaderCallableStatus.NO_VALUE, NO_VALUE is LoaderCallableStatus.NO_VALUE)
print(repr(LoaderCallableStatus.PASSIVE_NO_RESULT), NO_VALUE.name, NO_VALUE.value)
