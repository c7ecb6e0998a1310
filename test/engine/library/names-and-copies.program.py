# Naming conventions by class, quoting in subqueries, schemas of copies, rows of ambiguous names, columns of a program's class, negated operators.
from sqlalchemy import *
from sqlalchemy.schema import *
from sqlalchemy.sql import operators, elements
from sqlalchemy.sql.selectable import TextualSelect
from sqlalchemy.sql.schema import RETAIN_SCHEMA, BLANK_SCHEMA
from sqlalchemy import event, types
from sqlalchemy.dialects import sqlite
import pickle
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', r.replace("\n", " "))
nc = {UniqueConstraint: "uq_%(table_name)s_%(column_0_name)s", PrimaryKeyConstraint: "pk_%(table_name)s", "ix": "ix_%(column_0_label)s", ForeignKeyConstraint: "fk_%(table_name)s", CheckConstraint: "ck_%(constraint_name)s", Index: "i_%(column_0_name)s"}
m = MetaData(naming_convention=nc)
u = Table("user", m, Column("id", Integer, primary_key=True), Column("data", String, unique=True), Column("z", Integer, index=True), CheckConstraint("z>1", name="q"), Column("p", ForeignKey("par.id")))
t("nc", lambda: (sorted(str(c.name) for c in u.constraints), [i.name for i in u.indexes]))
t1 = Table("T1", MetaData(), Column("Col1", Integer, quote=False), quote=False, schema="Foo", quote_schema=False)
a = t1.select().alias("Anon"); t("quote", lambda: select(text("1")).select_from(a).where(a.c.Col1 == 2)); 
t2 = Table("t1", MetaData(), Column("col1", Integer, quote=True), quote=True, schema="foo", quote_schema=True)
a2 = t2.select().alias("anon"); t("quote2", lambda: select(text("1")).select_from(a2).where(a2.c.col1 == 2)); t("quote3", lambda: select(t2, t1.c.Col1.label("x"))); t("quote4", lambda: select(t2).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)); t("quote5", lambda: select(t2.c.col1.label("y")).subquery().select()); t("quote6", lambda: select(select(t1).cte("q")))
for fn in (lambda tb, to, cons, ref: BLANK_SCHEMA, lambda tb, to, cons, ref: RETAIN_SCHEMA, lambda tb, to, cons, ref: "zz", lambda tb, to, cons, ref: None):
    m3 = MetaData(); Table("p1", m3, Column("x", Integer, primary_key=True), schema="p"); c = Table("c1", m3, Column("y", ForeignKey("p.p1.x"))); t("ref", lambda: list(c.to_metadata(MetaData(), referred_schema_fn=fn).foreign_keys)[0]._get_colspec())
for fn in (RETAIN_SCHEMA, None, "zz"): t("schema", lambda: c.to_metadata(MetaData(schema="md"), schema=fn).fullname)
e = create_engine("sqlite://"); mm = MetaData()
us = Table("us", mm, Column("id", Integer, primary_key=True), Column("n", String)); ad = Table("ad", mm, Column("aid", Integer, primary_key=True), Column("id", ForeignKey("us.id"))); mm.create_all(e)
with e.connect() as cn:
    cn.execute(us.insert(), {"id": 1, "n": "j"})
    st = us.outerjoin(ad).select().set_label_style(LABEL_STYLE_NONE)
    for how in ("plain", "pickled", "frozen", "fp"):
        r = cn.execute(st)
        if how[0] == "f": r = r.freeze()()
        row = r.first()
        if how in ("pickled", "fp"): row = pickle.loads(pickle.dumps(row))
        t(how, lambda: row._mapping["id"]); t(how, lambda: row.id); t(how, lambda: row._fields)
    ts = TextualSelect(text("select n as us_n, id as id from us"), [us.c.id, us.c.n, ad.c.aid], positional=False); row = cn.execute(ts).first(); t("ts", lambda: row._mapping[us.c.id]); t("ts2", lambda: row._mapping[us.c.n]); t("ts3", lambda: row._mapping[ad.c.aid])
t("bad", lambda: Table("asdf", MetaData(), column("q", Integer))); t("bad", lambda: Table("foo", MetaData(), name="x"))
class MyColumn(Column):
    inherit_cache = True
    def __init__(self, *args, **kw): self.widget = kw.pop("widget", None); super().__init__(*args, **kw)
    def _copy(self, *arg, **kw): c = super()._copy(*arg, **kw); c.widget = self.widget; return c
c1 = MyColumn("foo", Integer, widget="x"); t("mycol", lambda: (type(c1._copy()).__name__, c1._copy().widget)); tt = Table("tt", MetaData(), c1); t("mycol2", lambda: (type(tt.to_metadata(MetaData()).c.foo).__name__, tt.to_metadata(MetaData()).c.foo.widget))
x, y = column("a"), column("b")
for n in ("not_contains_op", "not_endswith_op", "not_ilike_op", "not_like_op", "not_match_op", "not_startswith_op", "match_op", "contains_op", "startswith_op", "not_between_op", "is_not", "not_in_op"): t(n, lambda: getattr(operators, n)(x, y) if n != "not_between_op" else operators.not_between_op(x, 1, 2)); t(n, lambda: getattr(operators, n).__name__)
t("values", lambda: select(values(column("a", Integer), column("b", String), name="v").data([(1, "x")]).c.a))
pc = table("t", column("%(my name)s"), column("%(x y)s")); t("percents", lambda: (str(pc.c[0] == "foo"), str(select(pc.alias()))))
sa, sb = (Table("a b", MetaData(), Column("id", Integer), schema=s) for s in "sr"); t("ambiguous", lambda: select(sa, sb)); t("ambiguous", lambda: select(sa.alias(), sb.alias()).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL))
