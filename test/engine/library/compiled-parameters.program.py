# What a compiled statement answers about its parameters, and conditions made of foreign keys.
from sqlalchemy import *
from sqlalchemy.sql.util import join_condition, find_tables
from sqlalchemy.sql.ddl import sort_tables
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', r.replace("\n", " "))
m = MetaData(); a = Table("a", m, Column("id", Integer, primary_key=True)); b = Table("b", m, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id")))
s = select(a).where(a.c.id == bindparam("x", required=True)).where(a.c.id > bindparam("y", 5))
c = s.compile()
t("missing", lambda: c.construct_params()); t("missing2", lambda: c.construct_params(_check=False) ); t("missing3", lambda: c.params); t("given", lambda: c.construct_params({"x": 9})); t("group", lambda: c.construct_params(_group_number=2)); t("kw", lambda: c.construct_params(params={"x": 1}, escape_names=False))
t("jc", lambda: join_condition(a, b)); t("jc3", lambda: join_condition(a, b, consider_as_foreign_keys={b.c.a_id})); t("jc4", lambda: join_condition(a, b, consider_as_foreign_keys={b.c.id})); t("jc2", lambda: join_condition(a, b, a_subset=None)); t("st", lambda: [x.name for x in sort_tables([b, a])])
cc = select(a).where(a.c.id.in_([1, 2])).compile(); t("exp", lambda: cc.construct_expanded_state()); t("exp", lambda: (cc.construct_expanded_state().statement, cc.construct_expanded_state().parameters, cc.construct_expanded_state({"id_1": [7]}).parameters))
e = create_engine("sqlite://"); m.create_all(e)
with e.connect() as cn: t("run", lambda: cn.execute(s)); t("run2", lambda: cn.execute(s, {"x": 1}).all()); t("run3", lambda: cn.execute(s, [{"x": 1}, {"y": 2}]))
t("gen", lambda: select(a).where(*(a.c.id == i for i in (1, 2)))); t("gen2", lambda: and_(*(a.c.id == i for i in (1, 2)))); t("gen3", lambda: and_(True, *[]))
