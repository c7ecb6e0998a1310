"""sqlite3: which objects are parameters, which values are bound, and how the others are refused."""
import sqlite3
def t(f, *a):
    try: print(f(*a).fetchall())
    except Exception as e: print(type(e).__name__, e, repr(e))
for bad in ("\ud800", {1, 2}, object(), 2**70, 1j, [1], (1,), type):
    c = sqlite3.connect(":memory:")
    t(c.execute, "select ?", (bad,)); t(c.execute, "select ?, ?", (1, bad)); t(c.execute, "select :x", {"x": bad})
c = sqlite3.connect(":memory:")
for p in (5, None, "ab", "a", b"a", {1}, {"a": 1}, [1], range(1), (x for x in [1]), iter([1]), 1.5, object(), {0: 1}.keys(), {"0": 1}.values(), memoryview(b"a")):
    t(c.execute, "select ?", p)
    t(c.execute, "select :a", p)
c.execute("create table q(a)")
for p in (5, None, "ab", [5], [(1,)], [{"a": 1}], [None], iter([(1,)]), {(1,)}, [1, 2], ["x"]):
    t(c.executemany, "insert into q values (?)", p)
t(c.execute, "insert into q values (:a)", {"b": 1}); t(c.execute, "select 1", None); t(c.execute, "select 1", ()); t(c.execute, "select 1", {}); t(c.execute, "select 1", [1]); t(c.execute, "select 1", {"z": 1})
class S:
    def __getitem__(self, i):
        return [7, 8][i]
    def __len__(self): return 2
t(c.execute, "select ?, ?", S())
class D(dict):
    def __missing__(self, k): return k * 2
t(c.execute, "select :ab", D())
class Conf:
    def __conform__(self, proto): return "conformed" if proto is sqlite3.PrepareProtocol else None
t(c.execute, "select ?", (Conf(),))
class Bad:
    def __conform__(self, proto): raise ValueError("no")
t(c.execute, "select ?", (Bad(),))
import enum, datetime, decimal, uuid, fractions, numbers
for v in (True, enum.IntEnum("E", "A").A, enum.Enum("E", "A").A, datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3), datetime.time(1), decimal.Decimal("1"), uuid.UUID(int=1), fractions.Fraction(1, 2), datetime.timedelta(1), bytearray(b"x"), memoryview(b"y"), float("nan"), float("inf"), -2**63, 2**63 - 1, 2**63, "a\0b", "", b"", enum.StrEnum("S", "A").A):
    t(c.execute, "select ?, typeof(?)", (v, v))
