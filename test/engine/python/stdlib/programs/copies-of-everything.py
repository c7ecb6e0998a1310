"""Copies and pickles of containers, their subclasses and of iterators; shell words, year pages and long bytes."""
import copy, pickle
class B(bytearray):
    pass
b = B(b"abc"); b.x = 1
print(copy.copy(b), copy.copy(b).x, copy.deepcopy(b), type(copy.copy(b)), copy.copy(bytearray(b"q")), pickle.loads(pickle.dumps(bytearray(b"zz"))))
class L(list): pass
l = L([1]); l.x = 2
print(copy.copy(l), copy.copy(l).x)
class S(set): pass
s = S([1]); s.x = 2
print(copy.copy(s), copy.copy(s).x)
class F(frozenset): pass
s = F([1]); s.x = 2
print(copy.copy(s), copy.copy(s).x, copy.deepcopy(s).x)
class D(dict): pass
d = D(a=1); d.x = 2
print(copy.copy(d), copy.copy(d).x, copy.deepcopy(d).x)
class T(tuple): pass
t = T([1]); t.x = 2
print(copy.copy(t), getattr(copy.copy(t), "x", None), getattr(copy.deepcopy(t), "x", None))
class I(int): pass
t = I(1); t.x = 2
print(copy.copy(t), getattr(copy.copy(t), "x", None), getattr(copy.deepcopy(t), "x", None))
import collections
class Q(collections.deque): pass
t = Q([1], 3); t.x = 2
print(copy.copy(t), getattr(copy.copy(t), "x", None), getattr(copy.deepcopy(t), "x", None))
t = collections.Counter("aab"); print(copy.copy(t), copy.deepcopy(t))
t = collections.ChainMap({"a":1}, {"b": 2}); print(copy.copy(t), copy.deepcopy(t), pickle.loads(pickle.dumps(t)))
t = collections.defaultdict(list, a=[1]); print(copy.copy(t), copy.deepcopy(t), pickle.loads(pickle.dumps(t)))
t = collections.namedtuple("P", "x y")(1, [2]); print(copy.copy(t), copy.deepcopy(t))
t = collections.UserDict(a=1); print(copy.copy(t), copy.deepcopy(t))
import itertools, shlex, calendar, pprint
for make in (lambda: itertools.count(3), lambda: itertools.count(1, 2), lambda: itertools.repeat(1, 2), lambda: itertools.repeat("a"), lambda: range(3)):
    for do in copy.copy, copy.deepcopy:
        i = make()
        if hasattr(i, "__next__"): next(i)
        c = do(i)
        print(type(c).__name__, list(itertools.islice(c, 3)), list(itertools.islice(i, 3)))
print(shlex.split("a b#c d\ne # f\n#g\nh '#i'", comments=True), shlex.split("a#b"))
print(eval(b"\xef\xbb\xbf1 + 1"))
h = calendar.HTMLCalendar(6)
print(len(h.formatyear(2024)), h.formatyear(2024, 4)[:400], h.formatyearpage(2024, css=None)[:300], calendar.LocaleTextCalendar(locale="C").formatmonth(2024, 2))
pprint.pprint(bytearray(range(97, 123)), width=28)
pprint.pprint(collections.deque([], maxlen=7), width=1)
pprint.pprint({"x": bytearray(b"abcdefgh" * 5)}, width=30)
