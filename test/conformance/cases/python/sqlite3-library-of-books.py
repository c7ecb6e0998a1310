"""A library of books in sqlite3: types with adapters and converters, rows, errors, functions, transactions, a dump."""
import sqlite3, datetime, decimal, json, contextlib, itertools, uuid, pathlib
con = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES); con.row_factory = sqlite3.Row
def t(f, *a):
    try: r = f(*a)
    except Exception as e: print(type(e).__name__, e, getattr(e, "sqlite_errorname", None), getattr(e, "sqlite_errorcode", None)); return None
    else: print(r if not isinstance(r, sqlite3.Cursor) else [tuple(x) for x in r]); return r
con.executescript("""create table author (id integer primary key, name text not null unique, born date);
create table book (id integer primary key autoincrement, title text, price decimal check (price > 0), author_id integer references author(id) on delete cascade, added timestamp default '2024-01-01 00:00:00', meta json, cover blob);
create index ix on book(title); create view v as select a.name, count(b.id) n from author a left join book b on b.author_id = a.id group by a.id; pragma foreign_keys = on;""")
sqlite3.register_adapter(decimal.Decimal, str); sqlite3.register_converter("decimal", lambda b: decimal.Decimal(b.decode())); sqlite3.register_converter("json", json.loads); sqlite3.register_adapter(dict, json.dumps)
with con: con.executemany("insert into author (name, born) values (?, ?)", [("Ann", datetime.date(1970, 1, 2)), ("Bob", None)]); cur = con.execute("insert into book (title, price, author_id, meta, cover) values (:t, :p, :a, :m, :c)", {"t": "T'1", "p": decimal.Decimal("9.90"), "a": 1, "m": {"x": [1]}, "c": b"\x00\xff"})
print(cur.lastrowid, cur.rowcount, con.total_changes, con.in_transaction, cur.description, con.isolation_level)
row = con.execute("select * from book").fetchone(); print(tuple(row), row.keys(), row["title"], row["TITLE"], row[0], len(row), "x" in row, dict(row), row[1:3], row == row, list(row)[:2], repr(row)[:19]); t(lambda: row["nope"]); t(lambda: row[99]); t(lambda: row["a", 1])
for sql, args in (("select 1/0, 1/2, 1.0/2, 7%3, 'a'||'b', null is null, 5 in (1,5), 'abc' like 'A%', round(2.5), abs(-3), length('é'), upper('é'), substr('hello', 2, 3), coalesce(null, 5), typeof(1.0), max(1,2), printf('%05.1f|%s', 3.14159, 'x'), hex('a'), random() is not null", ()), ("select date('2024-01-31', '+1 month'), strftime('%Y/%j', '2024-03-01'), julianday('2000-01-01'), datetime(0, 'unixepoch')", ()), ("select json_extract('{\"a\":[1,2]}', '$.a[1]'), json_array(1,'x'), json('{\"a\": 1}')", ()), ("select group_concat(name, '|'), sum(id), avg(id), total(id), count(born) from author", ()), ("with recursive c(x) as (select 1 union all select x*2 from c where x < 50) select group_concat(x) from c", ()), ("select name, row_number() over (order by name desc) r, lag(name) over (order by name) from author", ()), ("select ? as 'd [date]', ? as \"t [timestamp]\"", (datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 6))), ("select * from v", ()), ("insert into author(name) values ('Cy') returning id, name", ()), ("select :a + :b", {"a": 1, "b": 2}), ("select ?1 + ?2 + ?1", (1, 2))):
    t(con.execute, sql, args)
for sql, args in (("selec 1", ()), ("select * from nope", ()), ("select nope from book", ()), ("insert into author (name) values ('Ann')", ()), ("insert into author (name) values (null)", ()), ("insert into book (price) values (-1)", ()), ("insert into book (author_id) values (99)", ()), ("select ?", ()), ("select ?", (1, 2)), ("select :a", {}), ("select ?", 5), ("select ?", (object(),)), ("select 1; select 2", ()), ("create table book (x)", ()), ("insert into author values (1)", ()), ("", ()), ("select ?", (2 ** 70,)), ("drop table nope", ()), ("select 'x", ()), ("select sum(a b)", ()), ("select nofn(1)", ()), ("insert into author (name, id) values (?, ?)", ("Z", "text"))):
    t(con.execute, sql, args)
t(con.execute, 5); t(con.executemany, "select ?", [(1,)]); t(con.executescript, "select 1; bad"); t(con.execute, "select 1", (1,), 2)
con.create_function("double", 1, lambda x: x * 2, deterministic=True); con.create_function("boom", 0, lambda: 1 / 0);
class Med:
    def __init__(self): self.v = []
    def step(self, v): self.v.append(v)
    def finalize(self): return sorted(self.v)[len(self.v) // 2]
con.create_aggregate("median", 1, Med); t(con.execute, "select double(21), median(id) from author"); t(con.execute, "select boom()")
try:
    with con: con.execute("insert into author (name) values ('Rolled')"); print(con.in_transaction); raise RuntimeError("x")
except RuntimeError: print(con.execute("select count(*) from author where name='Rolled'").fetchone()[0])
con.execute("begin"); con.execute("delete from author where id = 1"); print(con.execute("select count(*) from book").fetchone()[0]); con.rollback(); print(con.execute("select count(*) from book").fetchone()[0])
con.execute("savepoint s"); con.execute("update author set name = name || '!'"); con.execute("rollback to s"); con.execute("release s"); con.commit()
cur = con.cursor(); cur.execute("select id from author order by id"); print(cur.fetchone()[0], [r[0] for r in cur.fetchmany(1)], [r[0] for r in cur.fetchall()], cur.fetchone(), cur.fetchall(), cur.arraysize); cur.arraysize = 2; print(cur.connection is con)
con.row_factory = lambda c, r: {d[0]: v for d, v in zip(c.description, r)}; print(con.execute("select id, name from author limit 1").fetchone()); con.row_factory = None; con.text_factory = bytes; print(con.execute("select 'é'").fetchone()); con.text_factory = str
print("\n".join(itertools.islice((l for l in con.iterdump() if "sqlite_sequence" not in l), 6))); dst = sqlite3.connect(":memory:"); con.backup(dst); print(dst.execute("select count(*) from author").fetchone())
log = []; con.set_trace_callback(log.append); con.execute("select ?", (5,)).fetchall(); con.set_trace_callback(None); print(log)
cur.close(); t(cur.execute, "select 1"); con.close(); t(con.execute, "select 1"); t(con.commit); t(sqlite3.connect, "/nope/x.db")
with contextlib.closing(sqlite3.connect("f.db", isolation_level=None)) as c2: c2.execute("create table if not exists q (a)"); c2.execute("insert into q values (1)"); print(c2.in_transaction, c2.execute("select count(*) from q").fetchone(), pathlib.Path("f.db").exists())
print(sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety, sqlite3.Error.__mro__, sqlite3.IntegrityError.__mro__[1:3], sqlite3.sqlite_version_info >= (3, 30), sqlite3.version, sqlite3.complete_statement("select 1;"), sqlite3.PrepareProtocol)
