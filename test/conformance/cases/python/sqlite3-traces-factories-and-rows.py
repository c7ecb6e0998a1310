"""sqlite3: what a trace shows, subclasses of Connection and Cursor, text factories, rows, cursors' counts."""
import sqlite3, datetime, sys
c=sqlite3.connect(":memory:"); c.set_trace_callback(lambda s: print("T", repr(s)))
c.execute("create table t(a, b)"); c.execute("insert into t values (?, ?)", (1, "x'y")); c.execute("insert into t values (:a, :b)", {"a": 2.5, "b": b"\x00"}); c.executemany("insert into t values (?, null)", [(1,), (None,)]); c.commit(); c.execute("select * from t where a = ?", (1,)).fetchall(); c.execute("select 1 -- comment"); c.executescript("insert into t values (5, 6); select 1;"); c.rollback()
with c: c.execute("delete from t")
try: c.execute("insert into nope values (1)")
except Exception as e: print(e)
c.execute("select ?", (True,)); c.execute("select  ?  ;", (10**12,)); c.execute("pragma foreign_keys"); c.execute("select ?2, ?1, ?2", (1e100, 1/3)); c.execute("select :x, :y, :x", {"x": 1.0, "y": -0.5})
c.execute("insert into t values ('?', ?)", (3,)); c.set_trace_callback(None); c.execute("select 2"); c.rollback()
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
c.text_factory = lambda b: b.decode().upper(); t(lambda: c.execute("select 'é', 1, x'41', null").fetchone()); c.text_factory = bytearray; t(lambda: c.execute("select 'a'").fetchone()); t(lambda: c.text_factory); c.text_factory = str; t(lambda: c.text_factory)
class Conn(sqlite3.Connection):
    def q(self, sql, *a): return self.execute(sql, a).fetchall()
    def cursor(self, factory=None): return super().cursor(factory or Cur)
class Cur(sqlite3.Cursor):
    def one(self): return self.fetchone()[0]
t(lambda: sqlite3.connect(":memory:", factory=Conn).q("select ?, 2", 1)); t(lambda: sqlite3.connect(":memory:", factory=Conn).cursor().execute("select 7").one()); t(lambda: c.cursor(Cur).execute("select 8").one()); t(lambda: type(c.cursor(Cur)).__name__); t(lambda: c.cursor(5)); t(lambda: Conn(":memory:").q("select 1")); t(lambda: Cur(c).execute("select 9").one())
t(lambda: c.Error is sqlite3.Error); t(lambda: c.IntegrityError.__name__)
for a, k in (((":memory:",), dict(isolation_level="BAD")), ((":memory:",), dict(isolation_level=5)), ((":memory:", 5.0, 0, None), {}), ((b":memory:",), {}), (("file::memory:?cache=shared",), dict(uri=True)), (("nodir/x.db",), {}), ((5,), {})):
    t(lambda: (lambda x: (type(x).__name__, x.isolation_level))(sqlite3.connect(*a, **k)))
c.isolation_level = "IMMEDIATE"; t(lambda: c.isolation_level); 
def bad():
    c.isolation_level = "X"
t(bad); c.isolation_level = None; c.execute("begin"); t(lambda: c.in_transaction); c.execute("commit"); c.isolation_level = ""
cur = c.execute("create table z(id integer primary key, n text)"); t(lambda: (cur.description, cur.rowcount, cur.lastrowid)); cur.execute("insert into z(n) values ('a'), ('b')"); t(lambda: (cur.rowcount, cur.lastrowid)); cur.executemany("insert into z(n) values (?)", [("c",), ("d",)]); t(lambda: (cur.rowcount, cur.lastrowid)); cur.execute("update z set n = n || '!' where id > 2"); t(lambda: cur.rowcount); cur.execute("delete from z"); t(lambda: cur.rowcount); cur.execute("select * from z"); t(lambda: (cur.rowcount, [d[0] for d in cur.description], cur.fetchone()))
t(lambda: c.execute("insert or ignore into z values (1, 'x') on conflict do nothing returning *").fetchall()); t(lambda: c.execute("replace into z values (1, 'y')").lastrowid); t(lambda: c.execute("select changes(), last_insert_rowid(), sqlite_version() > '3.30'").fetchone())
c.row_factory = sqlite3.Row; r = c.execute("select 1 a, 'x' b, null c").fetchone(); t(lambda: (r["A"], r[-1], tuple(r), {**r}, [*r], "%s" % r["b"], r == c.execute("select 1 a, 'x' b, null c").fetchone(), r != 5, isinstance(r, tuple), r.keys(), len(r), bool(r), list(zip(r.keys(), r)))); t(lambda: r.a); t(lambda: sqlite3.Row(c.execute("select 1 q"), (5,))["q"]); a, b, d = r; t(lambda: (a, b, d)); t(lambda: hash(r) is not None); t(lambda: dict(r)); t(lambda: r[0:2]); t(lambda: sorted([r, r]))
for row in c.execute("select 1 x union select 2"): print(row["x"])
t(lambda: next(c.execute("select 1 where 0"), "none")); t(lambda: c.execute("select 1 where 0").fetchone()); t(lambda: list(c.execute("select 1 x"))[0]["x"]); t(lambda: c.execute("select 1; "). fetchone()[0]); t(lambda: c.execute(" ; ").fetchall()); t(lambda: c.execute("-- nothing").fetchall())
try:
    with c: c.execute("insert into z values (50, 'in')"); raise KeyError("out")
except KeyError: t(lambda: c.execute("select count(*) from z where id=50").fetchone()[0])
for f in ("execute", "executemany", "executescript", "commit", "rollback", "fetchone"):
    t(lambda: getattr(c, f)())
c.create_function("add", 2, lambda a, b: a + b); c.create_function("va", -1, lambda *a: len(a)); c.create_function("ret", 0, lambda: object()); c.create_function("nul", 1, lambda x: x); t(lambda: c.execute("select add(1,2), va(), va(1,2,3), nul(null), nul(2.5), nul('x'), nul(x'00')").fetchone()[:]); t(lambda: tuple(c.execute("select add(1,2), va(), va(1,2,3), nul(null), nul(2.5), nul('x'), nul(x'00')").fetchone())); t(lambda: c.execute("select add(1)")); t(lambda: c.execute("select ret()").fetchone()); c.create_function("add", 2, None); t(lambda: c.execute("select add(1,2)"))
t(lambda: sqlite3.connect(":memory:").execute("select datetime('now') > '2020'").fetchone()); t(lambda: c.execute("select 1 as [a b], 2 \"c\", 3 'd'").fetchone().keys())
sqlite3.register_adapter(complex, lambda z: f"{z.real},{z.imag}"); t(lambda: tuple(c.execute("select ?", (1+2j,)).fetchone()))
c2 = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES|sqlite3.PARSE_COLNAMES); c2.execute("create table d(d date, ts timestamp, x text)"); c2.execute("insert into d values (?, ?, ?)", (datetime.date(2024,1,2), datetime.datetime(2024,1,2,3,4,5,678), "t")); t(lambda: c2.execute("select * from d").fetchone()); t(lambda: c2.execute("select d as \"d [timestamp]\" from d").fetchone()); t(lambda: c2.execute("select '2024-05-06' as 'q [date]', 'bad' as 'w [date]'").fetchone()); t(lambda: c2.execute("select max(d) from d").fetchone()); c2.execute("insert into d values ('nope', null, 5)"); t(lambda: c2.execute("select d from d").fetchall())
print(c2.total_changes, [n for n in ("SQLITE_OK", "SQLITE_ERROR", "SQLITE_CONSTRAINT", "SQLITE_DENY", "SQLITE_LIMIT_LENGTH") if not hasattr(sqlite3, n)], sqlite3.enable_callback_tracebacks, repr(c2)[:25], sqlite3.connect.__name__)
