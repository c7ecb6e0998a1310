# A library's desk in Core: every type with values and mistakes, literals, upserts, windows, text.
import datetime as dt, decimal, enum, json, uuid
from sqlalchemy import *
from sqlalchemy import exc, types
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql import expression, operators, visitors
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.ext.compiler import compiles
import re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r))
class Kind(enum.Enum):
    book = "B"; dvd = "D"
    def __str__(self): return "kind:" + self.name
class Money(types.TypeDecorator):
    impl = Integer; cache_ok = True
    def process_bind_param(self, v, d): return None if v is None else int(v * 100)
    def process_result_value(self, v, d): return None if v is None else decimal.Decimal(v) / 100
    def coerce_compared_value(self, op, v): return self if isinstance(v, decimal.Decimal) else Integer()
    def process_literal_param(self, v, d): return str(int(v * 100))
class Tags(types.TypeDecorator):
    impl = String; cache_ok = True
    def __init__(self, sep=","): super().__init__(); self.sep = sep
    def process_bind_param(self, v, d): return self.sep.join(v) if v is not None else None
    def process_result_value(self, v, d): return v.split(self.sep) if v else []
    class comparator_factory(String.Comparator):
        def has(self, tag): return ("," + self.expr + ",").like(f"%,{tag},%")
class Point(types.UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **kw): return "POINT"
    def bind_processor(self, d): return lambda v: None if v is None else f"{v[0]};{v[1]}"
    def result_processor(self, d, c): return lambda v: None if v is None else tuple(map(int, v.split(";")))
    def bind_expression(self, b): return func.lower(b)
    def column_expression(self, c): return func.upper(c, type_=self)
m = MetaData()
item = Table("item", m, Column("id", Integer, primary_key=True), Column("kind", Enum(Kind, values_callable=lambda e: [x.value for x in e])), Column("title", String(40), nullable=False), Column("price", Money), Column("tags", Tags), Column("at", Point), Column("meta", JSON), Column("uid", Uuid), Column("due", Date), Column("made", DateTime(timezone=True)), Column("len", Interval), Column("raw", LargeBinary), Column("num", Numeric(10, 3)), Column("fl", Float), Column("pick", PickleType), Column("tm", Time), Column("ok", Boolean), Column("v", Integer, default=7, onupdate=lambda ctx: ctx.get_current_parameters().get("v", 0) or 9), Column("slug", String, default=lambda ctx: ctx.get_current_parameters()["title"].lower()))
e = create_engine("sqlite://"); m.create_all(e)
with e.begin() as c:
    c.execute(item.insert(), [dict(title="Dune", kind=Kind.book, price=decimal.Decimal("9.50"), tags=["a", "b"], at=(1, 2), meta={"x": [1, None, {"y": "z"}]}, uid=uuid.UUID(int=5), due=dt.date(2030, 1, 2), made=dt.datetime(2030, 1, 2, 3, 4, 5, 678), len=dt.timedelta(days=1, seconds=5), raw=b"\x00\xff", num=decimal.Decimal("1.250"), fl=1.5, pick={"p": (1, 2)}, tm=dt.time(1, 2, 3, 4), ok=True)])
    c.execute(item.insert().values(title="Alien", kind="dvd", price=decimal.Decimal("3"), meta=None, ok=False))
    t("bad enum", lambda: c.execute(item.insert().values(title="x", kind="zzz")))
    t("bad date", lambda: c.execute(item.insert().values(title="x", due="2030-01-01")))
    t("bad dt", lambda: c.execute(item.insert().values(title="x", made=dt.date(2030, 1, 1))))
    t("bad time", lambda: c.execute(item.insert().values(title="x", tm="x")))
    t("bad uuid", lambda: c.execute(item.insert().values(title="x", uid="zz")))
    t("bad interval", lambda: c.execute(item.insert().values(title="x", len=5)))
    t("bad json", lambda: c.execute(item.insert().values(title="x", meta={1, 2})))
    t("bad bool", lambda: c.execute(item.insert().values(title="x", ok="yes")))
    t("bad bool", lambda: c.execute(item.insert().values(title="x", ok=5)))
    t("bad num", lambda: c.execute(item.insert().values(title="x", num="abc")))
    t("bad raw", lambda: c.execute(item.insert().values(title="x", raw="str")))
    t("bad null", lambda: c.execute(item.insert().values(kind=Kind.book)))
    t("bad col", lambda: c.execute(item.insert().values(nope=1)))
    t("bad col2", lambda: c.execute(item.insert(), {"title": "x", "nope": 1}))
    t("missing", lambda: c.execute(item.insert(), [{"title": "x", "ok": True}, {"title": "y"}]))
    t("all", lambda: c.execute(select(item)).all())
    t("map", lambda: c.execute(select(item.c.meta["x"][0].as_integer(), item.c.meta["x"][2]["y"].as_string(), item.c.meta[("x", 2, "y")].as_string()).where(item.c.meta.is_not(None))).all())
    t("json null", lambda: c.execute(select(item.c.title).where(item.c.meta.is_(None))).all()); t("json null2", lambda: c.execute(select(item.c.title).where(item.c.meta == JSON.NULL)).all()); t("json null3", lambda: c.execute(select(item.c.title).where(cast(item.c.meta, String) == "null")).all())
    t("money", lambda: c.execute(select(item.c.price * 2, item.c.price + decimal.Decimal("1.00"), func.sum(item.c.price), item.c.price > decimal.Decimal("5"), type_coerce(item.c.price, Integer)).group_by(item.c.id)).all())
    t("tags", lambda: c.execute(select(item.c.title).where(item.c.tags.has("a"))).all()); t("tags sql", lambda: item.c.tags.has("a")); t("point", lambda: select(item.c.at).where(item.c.at == (1, 2))); t("point run", lambda: c.execute(select(item.c.at).where(item.c.at == (1, 2))).all())
    t("enum q", lambda: c.execute(select(item.c.title, item.c.kind).where(item.c.kind == Kind.dvd)).all()); t("enum in", lambda: c.execute(select(item.c.title).where(item.c.kind.in_([Kind.book, "dvd"]))).all()); t("enum bad", lambda: c.execute(select(item).where(item.c.kind == "q")).all()); t("lit", lambda: select(item.c.id).where(item.c.kind == Kind.dvd, item.c.price == decimal.Decimal("2"), item.c.due == dt.date(2030, 1, 1), item.c.made > dt.datetime(2030, 1, 1), item.c.ok == True, item.c.title == "it's", item.c.num == decimal.Decimal("1.5"), item.c.uid == uuid.UUID(int=1)).compile(e, compile_kwargs={"literal_binds": True}))
    t("lit raw", lambda: select(item.c.raw == b"\x00").compile(e, compile_kwargs={"literal_binds": True})); t("lit json", lambda: select(item.c.meta == {"a": 1}).compile(e, compile_kwargs={"literal_binds": True})); t("lit int", lambda: select(item.c.len == dt.timedelta(days=1)).compile(e, compile_kwargs={"literal_binds": True})); t("lit none", lambda: select(literal(None), item.c.id == None).compile(e, compile_kwargs={"literal_binds": True})); t("lit obj", lambda: select(literal(object())).compile(e, compile_kwargs={"literal_binds": True})); t("lit pick", lambda: select(item.c.pick == {"a": 1}).compile(e, compile_kwargs={"literal_binds": True}))
    t("upd", lambda: c.execute(item.update().where(item.c.id == 1).values(title="DUNE").returning(item.c.v, item.c.title, item.c.slug)).all()); t("updv", lambda: c.execute(item.update().where(item.c.id == 1).values(v=item.c.v + 5).returning(item.c.v)).scalar())
    t("date math", lambda: c.execute(select(item.c.due + dt.timedelta(days=1))).all()); t("dt diff", lambda: select(item.c.made - item.c.made, item.c.made - dt.datetime(2020, 1, 1), item.c.due - item.c.due, item.c.made + dt.timedelta(1)).compile(e)); t("types", lambda: [repr((item.c.made - item.c.made).type), repr((item.c.due + dt.timedelta(1)).type), repr((item.c.num * item.c.fl).type), repr((item.c.id + item.c.num).type), repr((item.c.title + "x").type), repr((item.c.id / 2).type), repr((item.c.id // 2).type), repr((item.c.price * 2).type), repr(func.max(item.c.due).type), repr(func.count().type), repr(func.now().type), repr(func.foo().type), repr(case((item.c.ok, 1), else_=2).type), repr((item.c.id == 5).type), repr(func.coalesce(item.c.due, None).type), repr(func.sum(item.c.num).type), repr(cast(1, Numeric(5, 2)).type), repr(literal(dt.date(2020, 1, 1)).type), repr(literal(5.5).type), repr(literal(b"x").type), repr(literal(True).type), repr(literal(decimal.Decimal(1)).type), repr(literal(uuid.UUID(int=1)).type), repr(literal(Kind.dvd).type), repr(literal([1]).type), repr(literal({}).type), repr(literal(dt.timedelta(1)).type), repr(literal(None).type), repr(literal(object()).type)])
    up = upsert(item).values(id=1, title="again"); t("ups", lambda: c.execute(up.on_conflict_do_update(index_elements=[item.c.id], set_={"title": up.excluded.title + "!", "v": item.c.v + 1}, where=item.c.v > 0).returning(item.c.title, item.c.v)).all())
    t("ins sel", lambda: c.execute(item.insert().from_select(["title", "v"], select(item.c.title + " copy", item.c.v)).returning(item.c.id, item.c.title, item.c.slug)).all()); t("ins sel nodef", lambda: c.execute(item.insert().from_select(["title"], select(literal("q")), include_defaults=False).returning(item.c.v)).all())
    t("rec", lambda: (lambda n: c.execute(select(func.sum(n.c.x))).scalar())((lambda n: n.union_all(select(n.c.x + 1).where(n.c.x < 10)))(select(literal(1).label("x")).cte("n", recursive=True))))
    t("win", lambda: c.execute(select(item.c.id, func.row_number().over(order_by=item.c.title), func.lag(item.c.id).over(order_by=item.c.id), func.sum(item.c.id).over(order_by=item.c.id, rows=(None, 0)), func.ntile(2).over(order_by=item.c.id), func.first_value(item.c.title).over(partition_by=item.c.v, order_by=item.c.id)).order_by(item.c.id)).all())
    t("vals", lambda: c.execute(select(values(column("a", Integer), column("b", String), name="v").data([(1, "x"), (2, "y")])).order_by(text("a desc"))).all())
    t("grp", lambda: c.execute(select(item.c.v, func.count(), func.group_concat(item.c.title, "|")).group_by(item.c.v).having(func.count() > 1)).all())
    t("del", lambda: c.execute(item.delete().where(item.c.title.like("%copy")).returning(item.c.id)).scalars().all())
    t("exists", lambda: c.scalar(select(exists().where(item.c.id == 1)))); t("not ex", lambda: c.scalar(select(~exists().where(item.c.id == 99)))); t("txt", lambda: c.execute(text("select id, price, due from item where id = :i").columns(item.c.id, item.c.price, due=Date).bindparams(bindparam("i", type_=Integer)), {"i": 1}).all()); t("txt exp", lambda: c.execute(text("select id from item where id in :ids").bindparams(bindparam("ids", expanding=True)), {"ids": [1, 2]}).all()); t("txt empty", lambda: c.execute(text("select id from item where id in :ids").bindparams(bindparam("ids", expanding=True)), {"ids": []}).all()); t("txt tup", lambda: c.execute(text("select id from item where (id, v) in :ids").bindparams(bindparam("ids", expanding=True)), {"ids": [(1, 2), (2, 7)]}).all())
    t("regexp", lambda: c.execute(select(item.c.title).where(item.c.title.regexp_match("^[aA]"))).all()); t("regexp2", lambda: c.execute(select(item.c.title).where(item.c.title.regexp_match("^a", flags="i"))).all()); t("regr", lambda: c.execute(select(item.c.title.regexp_replace("a", "b"))).all()); t("match", lambda: c.execute(select(item.c.title).where(item.c.title.match("x"))).all()); t("collate", lambda: c.execute(select(item.c.title).order_by(collate(item.c.title, "NOCASE"))).all()); t("bit", lambda: c.execute(select(item.c.id.bitwise_xor(3))).all()); t("ilike", lambda: c.execute(select(item.c.title).where(item.c.title.ilike("a%"))).all()); t("distinct from", lambda: c.execute(select(item.c.id).where(item.c.price.is_distinct_from(None))).all()); t("between", lambda: c.execute(select(item.c.id).where(item.c.due.between(dt.date(2029, 1, 1), dt.date(2031, 1, 1)))).all()); t("extract", lambda: c.execute(select(extract("year", item.c.due), extract("dow", item.c.due), extract("doy", item.c.due), extract("week", item.c.due), extract("quarter", item.c.due)).where(item.c.id == 1)).all())
