# sqlalchemy.util as recipes use it.
from sqlalchemy import util, exc, Integer, String, Column
from sqlalchemy.util import topological, memoized_property, classproperty, to_list, immutabledict, OrderedSet, IdentitySet
from sqlalchemy.util.langhelpers import asbool, duck_type_collection, memoized_property as mp2, symbol, counter, generic_repr
from sqlalchemy.util.concurrency import await_only, greenlet_spawn, in_greenlet
import sqlalchemy, re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r))
class A:
    n = 0
    @memoized_property
    def x(self):
        "doc"
        A.n += 1; return A.n
    @classproperty
    def c(cls): return cls.__name__
    @util.memoized_instancemethod
    def m(self, k): A.n += 10; return A.n + k
    @util.hybridproperty
    def h(self): return self
    @util.hybridmethod
    def hm(self): return "inst"
    @hm.classlevel
    def hm(cls): return "cls"
a = A()
t("memo", lambda: (a.x, a.x, A.n, A.x.__doc__, type(A.x).__name__, mp2 is memoized_property)); t("reset", lambda: (A.x._reset(a), a.x)); t("class", lambda: (A.c, a.c)); t("inst", lambda: (a.m(1), a.m(5), A().m(1))); t("hyb", lambda: (A.h is A, a.h is a, A.hm(), a.hm()))
for v in ("true", " Yes", "off", "0", 5, 0, None, "maybe", []): t("asbool", lambda: asbool(v))
t("bool_or_str", lambda: (util.bool_or_str("debug")("debug"), util.bool_or_str("debug")("on"))); t("asint", lambda: (util.asint("5"), util.asint(None))); t("asint", lambda: util.asint("x"))
for v in (None, 5, "abc", [1], (1, 2), {1}, {"a": 1}, b"x", iter([1, 2])): t("to_list", lambda: to_list(v)); 
t("to_list", lambda: to_list(None, [9])); t("to_set", lambda: (util.to_set(None), util.to_set([1, 1]), util.to_set(5)))
t("flatten", lambda: list(util.flatten_iterator([1, [2, (3, "ab"), [[4]]], {5: 6}]))); t("unique", lambda: (util.unique_list([3, 1, 3, 2, 1]), util.unique_list(["a", "B", "b"], str.lower)))
t("kw", lambda: (lambda d: (util.coerce_kw_type(d, "a", int), util.coerce_kw_type(d, "b", bool), util.coerce_kw_type(d, "zz", int), d))({"a": "5", "b": "true"}))
for s in ([], set(), {}, list, set, dict, OrderedSet(), 5, type("L", (), {"append": 1}), type("S", (), {"add": 1}), type("D", (), {"set": 1}), type("E", (), {"__emulates__": set}), type("N", (), {"__emulates__": None})): t("duck", lambda: duck_type_collection(s))
edges = [("a", "b"), ("b", "c"), ("a", "d"), ("d", "c")]
t("topo", lambda: list(topological.sort(edges, ["c", "b", "a", "d"]))); t("subsets", lambda: list(topological.sort_as_subsets(edges, ["c", "b", "a", "d"]))); t("cycle", lambda: list(topological.sort(edges + [("c", "a")], ["a", "b", "c", "d"]))) if False else None
def cyc():
    try: list(topological.sort([("a", "b"), ("b", "a"), ("a", "c")], ["a", "b", "c"]))
    except exc.CircularDependencyError as x: return (x.args[0].split("(")[0].strip(), sorted(x.cycles), sorted(x.edges))
t("cycle", cyc); t("cycles", lambda: sorted(topological.find_cycles([("a", "b"), ("b", "a"), ("a", "c")], ["a", "b", "c"])))
t("imm", lambda: (immutabledict({"a": 1}).union({"b": 2}), util.EMPTY_DICT, util.immutabledict({"a": 1}) | {"c": 3})); t("imm", lambda: immutabledict().__setitem__("a", 1))
t("oset", lambda: (OrderedSet([3, 1, 3, 2]), list(OrderedSet("ba") | {"c"}), OrderedSet([1, 2]) & {2}, OrderedSet([1]) == {1})); o = object(); t("idset", lambda: (len(IdentitySet([o, o, []])), o in IdentitySet([o])))
t("counter", lambda: (lambda c: (c(), c(), c()))(counter())); t("populate", lambda: (lambda d: (d["ab"], dict(d)))(util.PopulateDict(len)))
def lru():
    c = util.LRUCache(4); 
    for i in range(7): c[i] = i; c.get(0)
    return sorted(c), len(c), c.get(99), 0 in c
t("lru", lru); t("uniq", lambda: (lambda u: ([u.append(x) for x in (1, 2, 1)], list(u)))(util.UniqueAppender([])))
def rr():
    try:
        try: raise ValueError("first")
        except ValueError:
            with util.safe_reraise(): pass
    except ValueError as x: return x
t("reraise", rr); t("walk", lambda: [c.__name__ for c in util.walk_subclasses(A)]); t("upd", lambda: util.update_copy({"a": 1}, {"b": 2}, c=3)); t("sets", lambda: (util.has_intersection({1}, [2, 1]), util.EMPTY_SET, util.NONE_SET, util.NoneType))
t("over", lambda: util.method_is_overridden(type("B", (A,), {"m": lambda s: 1}), A.m)); t("kwargs", lambda: sorted(util.get_cls_kwargs(type("K", (), {"__init__": lambda self, a, b=2, **kw: None}))))
t("await", lambda: await_only(5) if False else in_greenlet()); t("repr", lambda: generic_repr(String(5))); t("sym", lambda: (repr(symbol("zz")), symbol("zz") is symbol("zz")))
t("dl", lambda: list(util.dictlike_iteritems({"a": 1}))); t("dl", lambda: util.dictlike_iteritems(5)); t("gen", lambda: (util.coerce_generator_arg((x for x in (1, 2)) and ((x for x in (1, 2)),)), util.coerce_generator_arg((1, 2))))
t("mods", lambda: (sqlalchemy.util is util, util.__name__, topological.__name__)); t("nope", lambda: util.nope_at_all)
from sqlalchemy import ColumnExpressionArgument
def g(x: ColumnExpressionArgument[bool]) -> None: pass
t("cea", lambda: g(1))
s = OrderedSet([5, 3, 5, 1]); s.add(9); s.add(3); s.discard(77); s.remove(5); s.insert(0, 8)
t("oset", lambda: (s, len(s), s[0], 3 in s, list(s), s | [4], s & {3, 8}, s - {3}, s ^ {3, 100}, s.union([1], [2]), s.copy() is s, s == {8, 3, 1, 9}, isinstance(s, set)))
s |= {8, 55}; s &= [55, 3, 8]; t("oset", lambda: (s, s.pop(), s.intersection([3], {3, 8}), s.difference_update([3]), s, s.clear(), s, bool(s)))
t("oset", lambda: s.pop()); t("oset", lambda: s.remove(5)); t("oset", lambda: OrderedSet(5)); t("oset", lambda: (OrderedSet("hello"), OrderedSet(), OrderedSet() or "empty"))
