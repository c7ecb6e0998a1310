"""map_imperatively with properties, prefixes, joins and subqueries; what a mapper shows; its errors."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
reg = registry()
m = reg.metadata
t = Table("t", m, Column("id", Integer, primary_key=True), Column("name", String), Column("skip", Integer), Column("v", Integer))
class T: pass
mp = reg.map_imperatively(T, t, properties={"nm": t.c.name, "nm2": synonym("nm"), "twice": column_property(t.c.v * 2), "skp": deferred(t.c.skip)}, exclude_properties=["v"])
print(mp, repr(mp)[:10], mp.columns.keys(), mp.attrs.keys(), mp.column_attrs.keys(), mp.synonyms.keys(), mp.primary_key, mp.local_table, mp.class_)
print(mp.all_orm_descriptors.keys())
print(T.nm, T.nm2, T.twice, T.nm == "x", T.nm2 == "x", T.twice > 5)
print(mp.get_property("nm"), mp.c.nm, mp.has_property("v"), mp.get_property_by_column(t.c.name))
attempt(lambda: mp.get_property("zork"))
attempt(lambda: mp.get_property_by_column(t.c.v))
attempt(lambda: mp.get_property_by_column(column("q")))
attempt(lambda: T.zork)
attempt(lambda: mp.attrs.zork)
attempt(lambda: mp.attrs["zork"])
attempt(lambda: T(nope=5))
class N: pass
attempt(lambda: class_mapper(N))
attempt(lambda: class_mapper(5))
attempt(lambda: object_mapper(N()))
attempt(lambda: inspect(N))
attempt(lambda: reg.map_imperatively(T, t))
attempt(lambda: Mapper(N, t))
attempt(lambda: reg.map_imperatively(N, None))
attempt(lambda: reg.map_imperatively(5, t))
nopk = Table("nopk", m, Column("x", Integer))
attempt(lambda: reg.map_imperatively(N, nopk))
class N2: pass
mp2 = reg.map_imperatively(N2, nopk, primary_key=[nopk.c.x])
print(mp2.primary_key)
class N3: pass
attempt(lambda: reg.map_imperatively(N3, t, properties={"a": nopk.c.x}))
class N4: pass
attempt(lambda: reg.map_imperatively(N4, t, version_id_col=t.c.v, include_properties=["id", "v"]))
print(inspect(N4).version_id_col, inspect(N4).attrs.keys())
class N5: pass
attempt(lambda: reg.map_imperatively(N5, t, polymorphic_on="zip"))
class N6: pass
attempt(lambda: reg.map_imperatively(N6, t, primary_key="nosuch"))
class N7(T): pass
attempt(lambda: reg.map_imperatively(N7, inherits=N2))
class N8: pass
attempt(lambda: reg.map_imperatively(N8, t, inherits=5))
class N9: pass
attempt(lambda: reg.map_imperatively(N9, t, column_prefix="_", properties={"id": t.c.id}))
print(inspect(N9).attrs.keys())
j = join(t, nopk, t.c.v == nopk.c.x)
class J: pass
mj = reg.map_imperatively(J, j, primary_key=[t.c.id], properties={"vx": [t.c.v, nopk.c.x]})
print([t.name for t in mj.tables], "|", mj.attrs.keys(), mj.attrs.vx.columns, J.vx)
class J2: pass
a = select(t.c.id, func.count(t.c.name).label("n")).group_by(t.c.id).subquery("agg")
ma = reg.map_imperatively(J2, a)
print(ma, ma.primary_key, J2.n, ma.attrs.keys())
T.extra = column_property(t.c.v + 1)
print(inspect(T).attrs.keys())
mp.add_property("vv", t.c.v)
print(T.vv, mp.attrs.keys())
x = T(); x.nm2 = "hi"; print(x.nm, x.nm2, inspect(x).attrs.nm.history)
del x.nm2; print(x.nm)
reg.dispose()
attempt(lambda: class_mapper(T))
