# Wrong kinds of arguments, call by call: what an int, a text, None, a list, a class and a table are refused with.
from sqlalchemy import *
from sqlalchemy.orm import *
import re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"\([0-9]+(?=[) ])", "(N", re.sub(r"0x[0-9a-f]+", "0x", r.replace("\n", " "))))
m = MetaData()
a = Table("a", m, Column("id", Integer, primary_key=True), Column("x", String(5)))
b = Table("b", m, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id")))
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
bads = (5, "x", None, [1], {}, object, U, a, a.c.id, select(a), text("x"))
calls = {
 "append_column": lambda v: Table("z", MetaData()).append_column(v), "append_constraint": lambda v: Table("z", MetaData()).append_constraint(v), "bindparams": lambda v: text(":x").bindparams(v), "values().data": lambda v: values(column("x")).data(v), "from_select": lambda v: insert(a).from_select(v, select(a)), "params": lambda v: select(a).params(v), "corresponding": lambda v: a.corresponding_column(v), "c[]": lambda v: a.c[v], "alias": lambda v: alias(v), "lateral": lambda v: lateral(v), "tablesample": lambda v: tablesample(v, 5), "not_": lambda v: not_(v), "bindparam": lambda v: bindparam(v), "select": lambda v: select(v), "where": lambda v: select(a).where(v), "order_by": lambda v: select(a).order_by(v), "limit": lambda v: select(a).limit(v), "join": lambda v: select(a).join(v), "select_from": lambda v: select(a.c.id).select_from(v), "union": lambda v: union(select(a.c.id), v), "in_": lambda v: a.c.id.in_(v), "and_": lambda v: and_(a.c.id == 5, v), "func": lambda v: func.max(v), "tuple_": lambda v: tuple_(v, a.c.id), "returning": lambda v: insert(a).returning(v), "delete": lambda v: delete(v), "op": lambda v: a.c.id.op("@@")(v), "table()": lambda v: table("t", v)}
SKIP = {("append_column", "Table"), ("append_constraint", "Table"), ("from_select", "list"), ("from_select", "dict"), ("append_constraint", "Column"), ("params", "Table"), ("params", "Column"), ("params", "Select"), ("params", "TextClause")}
for n, f in calls.items():
    for v in bads:
        kind = v.__name__ if isinstance(v, type) else type(v).__name__
        if (n, kind) not in SKIP: t(f"{n} {kind}", lambda: f(v))
t("join on", lambda: select(a).join(b, U.id)); t("outerjoin on", lambda: a.outerjoin(b, U.id)); t("op()", lambda: a.c.x.op("||")()); t("op()", lambda: a.c.x.bool_op("||")(1, 2))
for v in (5, "xy", "x", None, [1], (1, 2, 3), ("id", 5)): t("ordered", lambda: update(a).ordered_values(v))
