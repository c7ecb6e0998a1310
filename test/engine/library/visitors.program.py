# Walking and copying statements by classes with visit methods: ClauseVisitor, CloningVisitor, ReplacingCloningVisitor.
from sqlalchemy import *
from sqlalchemy.sql import visitors, operators
from sqlalchemy.sql.visitors import ClauseVisitor, CloningVisitor, ReplacingCloningVisitor, ExternalTraversal
import sqlalchemy.sql as s
print("== names")
print(s.ClauseVisitor is ClauseVisitor is ExternalTraversal, ClauseVisitor.__name__, CloningVisitor.__mro__[1].__name__)
t = Table("t", MetaData(), Column("id", Integer), Column("name", String), Column("age", Integer))
q = select(t.c.id).where(and_(t.c.name == "x", t.c.age > 5)).order_by(t.c.age)

print('== a visitor')
class Names(ClauseVisitor):
    def __init__(self): self.seen = []
    def visit_column(self, c): self.seen.append(c.name)
    def visit_bindparam(self, b): self.seen.append(b.value)
    def visit_binary(self, b): self.seen.append(b.operator.__name__)
n = Names()
print(n.traverse(q) is q, n.seen)
print(n.traverse(None))
print([type(x).__name__ for x in n.iterate(q.whereclause)])
print(list(n.visitor_iterator) == [n])

print('== options and chains')
class Shards(ClauseVisitor):
    __traverse_options__ = {"column_tables": True}
    def __init__(self): self.tables = []
    def visit_table(self, t): self.tables.append(t.name)
sh = Shards(); sh.traverse(t.c.id); print(sh.tables, sh.__traverse_options__, ClauseVisitor.__traverse_options__)

class Other(ClauseVisitor):
    def visit_label(self, l, **kw): return ("label", l.name, kw)
print(n.chain(Other()) is n, len(list(n.visitor_iterator)))
print(n.traverse_single(t.c.id.label("x"), a=1), n.traverse_single(literal(3)), n.traverse_single(t))

print('== copies')
class Upper(CloningVisitor):
    def visit_bindparam(self, b):
        b.value = b.value.upper() if isinstance(b.value, str) else b.value * 2
u = Upper()
q2 = u.traverse(q)
print(q2.compile().params, q.compile().params)
print([str(x) for x in u.copy_and_process([t.c.id == 1, t.c.age == 2])], [x.right.value for x in u.copy_and_process([t.c.id == 1, t.c.age == 2])])

class Swap(ReplacingCloningVisitor):
    def replace(self, e):
        if e is t.c.age: return t.c.id
        return None
print(Swap().traverse(q))
print(visitors.replacement_traverse(q.whereclause, {}, lambda e: literal_column("L") if e is t.c.name else None))
print(visitors.cloned_traverse(q.whereclause, {"stop_on": [q.whereclause.clauses[0]]}, {"bindparam": lambda b: setattr(b, "value", 99)}).compile().params)
print('== overriding')
class Base(ClauseVisitor):
    def visit_column(self, c): print("col", c)
class Derived(Base):
    def visit_column(self, c):
        super().visit_column(c); print("derived")
    def traverse(self, obj):
        print("start"); return super().traverse(obj)
Derived().traverse(t.c.id > 1)
Base().traverse(None)
