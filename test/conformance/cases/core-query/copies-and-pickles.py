"""Copies of statements, tables, types; rows and errors that are pickled, as a cache does."""
import copy, pickle, datetime, decimal
from sqlalchemy import *
from sqlalchemy import exc
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, Session, relationship
m = MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s"})
author = Table("author", m, Column("id", Integer, primary_key=True), Column("name", String(50), nullable=False, index=True), Column("born", Date), Column("rate", Numeric(6, 2), server_default="1.5"))
book = Table("book", m, Column("id", Integer, primary_key=True), Column("title", String), Column("author_id", ForeignKey("author.id", ondelete="CASCADE")), Column("kind", Enum("novel", "essay", name="kind")), UniqueConstraint("title", "author_id"), CheckConstraint("id > 0", name="positive"))
Index("ix_both", book.c.title, book.c.author_id)
def there(o, way="pickle"):
    return pickle.loads(pickle.dumps(o)) if way == "pickle" else copy.deepcopy(o) if way == "deep" else copy.copy(o)
engine = create_engine("sqlite://")
m2 = there(m)
print(sorted(m2.tables), m2.tables["book"].c.author_id.references(m2.tables["author"].c.id), [sorted(i.name for i in t.indexes) for t in m2.sorted_tables])
m2.create_all(engine)
a2, b2 = m2.tables["author"], m2.tables["book"]
for way in ("pickle", "deep", "copy"):
    t = there(book, way)
    print(way, t is book, repr(t)[:60], t.c.title.table is t, [c.name for c in t.c], sorted(str(c.name) for c in t.constraints))
with engine.begin() as conn:
    conn.execute(insert(a2), [{"name": "Ann", "born": datetime.date(1980, 1, 2)}, {"name": "Bob", "born": None, "rate": decimal.Decimal("3.25")}])
    conn.execute(insert(b2), [{"title": "T1", "author_id": 1, "kind": "novel"}, {"title": "T2", "author_id": 2, "kind": "essay"}])
    stmt = select(a2.c.name, func.count(b2.c.id).label("n")).join(b2).where(a2.c.name.in_(["Ann", "Bob"]), b2.c.kind == "novel").group_by(a2.c.name).order_by(desc("n"))
    for way in ("pickle", "deep", "copy"):
        s = there(stmt, way)
        print(way, conn.execute(s).all(), str(s) == str(stmt), s.compile().params)
        s = s.limit(1)
        print(conn.execute(s).all())
    sub = select(a2.c.id).where(a2.c.rate > 2).cte("rich")
    st = select(b2.c.title).join(sub, sub.c.id == b2.c.author_id)
    print(conn.execute(there(st)).all(), str(there(st)) == str(st))
    u = update(a2).where(a2.c.name == bindparam("who")).values(rate=a2.c.rate + 1)
    print(conn.execute(there(u), {"who": "Ann"}).rowcount)
    print(conn.execute(there(insert(b2).values(title="T3", author_id=1, kind="essay"))).inserted_primary_key)
    print(conn.execute(there(delete(b2).where(b2.c.title.like("T3%")))).rowcount)
    print(conn.execute(there(text("select name, :x as x from author").bindparams(x=5).columns(name=String, x=Integer))).all())
    rows = conn.execute(select(a2)).all()
    back = there(rows)
    print(back, back == rows, [type(r).__name__ for r in back], back[0].name, back[0]._mapping["born"], back[1].rate, back[0]._fields)
    print(there(rows[0], "deep") == rows[0], there(rows[0], "copy") == rows[0], there(rows[0]._mapping))
    frozen = conn.execute(select(a2.c.name)).freeze()
    print(there(frozen)().scalars().all())
for ty in (String(20), Numeric(10, 3), Enum("a", "b", name="e"), DateTime(timezone=True), JSON(none_as_null=True), LargeBinary(5), Interval(), Uuid(as_uuid=False), ARRAY(Integer), String(5).with_variant(Text(), "mysql"), PickleType()):
    print(repr(there(ty)), repr(there(ty, "deep")), repr(there(ty, "copy")), there(ty).compile(dialect=engine.dialect) if not isinstance(ty, ARRAY) else "")
for fn in (lambda c: c.execute(text("nonsense")), lambda c: c.execute(insert(a2), [{"name": None}]), lambda c: c.execute(select(a2)).one(), lambda c: c.execute(select(text("1")).where("x"))):
    try:
        with engine.connect() as conn: fn(conn)
    except exc.SQLAlchemyError as e:
        e2 = there(e)
        print(type(e2).__name__, str(e2) == str(e), getattr(e2, "statement", None), getattr(e2, "params", None), repr(getattr(e2, "orig", None)), e2.code)
url = make_url("postgresql+psycopg2://u:p%40@h:5432/db?x=1&y=2")
print(there(url), there(url) == url, there(url, "deep").password, copy.copy(url).query)
for e in (a2.c.id + 5, case((a2.c.id > 1, "x"), else_="y"), cast(a2.c.name, Integer), func.coalesce(a2.c.name, "z"), and_(a2.c.id == 1, or_(a2.c.name == "q", ~a2.c.rate.between(1, 2))), a2.c.name.label("zz"), exists().where(a2.c.id == 1), a2.alias("aa").c.name, over(func.row_number(), order_by=a2.c.id), literal(5), null(), true(), column("q", String), a2.c.name.collate("NOCASE").desc().nulls_last(), tuple_(a2.c.id, a2.c.name).in_([(1, "x")]), extract("year", a2.c.born)):
    print(str(there(e)) == str(e), str(there(e, "deep")) == str(e), there(e).compare(e))
class Money(TypeDecorator):
    impl = Integer; cache_ok = True
    def __init__(self, unit="EUR"): super().__init__(); self.unit = unit
    def process_bind_param(self, v, d): return None if v is None else int(v * 100)
mo = there(Money("USD")); print(repr(mo), mo.unit, there(Money("CHF"), "deep").unit, there(Money("X"), "copy").unit)
