# Rows and their mappings as sequences and mappings: views, matching, comparison, errors.
from sqlalchemy import *
import re
from collections.abc import Mapping, Sequence, ValuesView, ItemsView, KeysView
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"\b\d{6,}|(?<=%\()\d+", "N", r.replace("\n", " ")))
e = create_engine("sqlite://")
with e.connect() as c:
    r = c.execute(select(literal(1).label("p"), literal("q").label("q"))).one()
    m = r._mapping
    v, i, k = m.values(), m.items(), m.keys()
    for x in (v, i, k):
        t("view", lambda: x); t("len", lambda: len(x)); t("list", lambda: list(x)); t("in", lambda: (1 in x, ("p",1) in x, "p" in x))
        t("eq", lambda: (x == [1, "q"], x == ["p", "q"], x == [("p",1),("q","q")], x == (1,"q"), x != [1]))
        t("type", lambda: type(x)); t("rev", lambda: list(reversed(x))); t("idx", lambda: x[0]); t("isi", lambda: (isinstance(x, ValuesView), isinstance(x, ItemsView), isinstance(x, KeysView)))
        t("set", lambda: sorted(x, key=str)); t("and", lambda: x & {"p"}); t("or", lambda: sorted(x | {"z"}, key=str)); t("eqself", lambda: x == x); t("bool", lambda: bool(x)); t("hash", lambda: hash(x) and 1)
        t("iter", lambda: next(iter(x))); t("sub", lambda: sorted(x - {"p"}, key=str)); t("lt", lambda: x < {"p","q","r"}); t("isdis", lambda: x.isdisjoint(["z"]))
    t("isi", lambda: (isinstance(m, Mapping), isinstance(r, Sequence), isinstance(m, dict), isinstance(r, tuple)))
    t("get", lambda: (m.get("p"), m.get("z"), m.get("z", 5)))
    t("eq", lambda: (m == {"p":1,"q":"q"}, m == r, m != {}))
    t("dict", lambda: (dict(m), {**m}, dict(**m)))
    t("contains", lambda: ("p" in m, 0 in m, "z" in m, None in m))
    t("set", lambda: m.__setitem__("p", 5));
    t("len", lambda: len(m)); t("rev", lambda: list(reversed(m)))
    t("pop", lambda: m.pop("p")); t("copy", lambda: m.copy())
    t("attr", lambda: m.p)
    t("or", lambda: m | {"z": 1})
    t("fmt", lambda: "{p} {q}".format_map(m)); t("fmt", lambda: "%(p)s" % m); t("fmt", lambda: "%s %s" % r); t("fmt2", lambda: "%s %s" % tuple(r)); t("star", lambda: [*r]); t("dict", lambda: dict(r)); t("zip", lambda: dict(zip(r._fields, r)))
    import json
    t("json", lambda: json.dumps(dict(m))); t("json", lambda: json.dumps(r)); t("json", lambda: json.dumps(m))
    a, b = r; print(a, b)
    match r:
        case (1, x): print("matched", x)
        case _: print("no")
    match m:
        case {"p": 1}: print("matched")
        case _: print("no")
    t("count", lambda: r.count("q")); t("index", lambda: r.index("q")); t("sorted", lambda: sorted([r, (0, "z")])); t("sum", lambda: sum(r[:1]))
    t("tuple", lambda: tuple(r)); t("repr", lambda: repr(r)); t("getattr", lambda: getattr(r, "zz", 5)); t("hasattr", lambda: hasattr(r, "p")); t("dir", lambda: [d for d in dir(r) if not d.startswith("_")])
    t("deep", lambda: __import__("copy").copy(r)); t("pick", lambda: __import__("pickle").loads(__import__("pickle").dumps(r)))
