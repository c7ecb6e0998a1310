from sqlalchemy import *
m = MetaData(); ot = Table("ot", m, Column("id", Integer, primary_key=True), Column("a", Integer, default=5), Column("b", Integer, server_default="7"), Column("c", String))
e = create_engine("sqlite://"); m.create_all(e)
print(update(ot).values(c="z").return_defaults(ot.c.a, supplemental_cols=[ot.c.id]).compile(e))
print(delete(ot).return_defaults(supplemental_cols=[ot.c.b]).compile(e))
print(delete(ot).return_defaults(ot.c.a, supplemental_cols=[ot.c.b, func.lower(ot.c.c)]).compile(e))
print(insert(ot).return_defaults(ot.c.a, supplemental_cols=[ot.c.b, func.lower(ot.c.c)]).compile(e))
with e.begin() as c:
    c.execute(insert(ot), [{"c": "x"}, {"c": "q"}])
    for st in (update(ot).values(c="z").return_defaults(ot.c.a, supplemental_cols=[ot.c.id]), update(ot).values(c="z").return_defaults(supplemental_cols=[ot.c.id]), delete(ot).return_defaults(supplemental_cols=[ot.c.b])):
        r = c.execute(st)
        print(r.returned_defaults, r.returned_defaults_rows, r.rowcount, r.returns_rows, r.all() if r.returns_rows else None)
