import sys, types
def show(f, *a, **k):
    try: print("ok", f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)
# operators on mixed types
class N:
    def __init__(s, v): s.v = v
    def __add__(s, o): return NotImplemented
    def __radd__(s, o): return ("radd", s.v, o)
    def __iadd__(s, o): return ("iadd", o)
    def __mul__(s, o): return ("mul", o)
    __rmul__ = __mul__
    def __getitem__(s, k): return k
    def __contains__(s, k): return k
    def __len__(s): return 3
    def __bool__(s): return s.v
    def __index__(s): return 2
    def __int__(s): return 7
    def __float__(s): return 1.5
    def __neg__(s): return "neg"
    def __pos__(s): return "pos"
    def __invert__(s): return "inv"
    def __abs__(s): return "abs"
    def __call__(s, *a, **k): return a, k
    def __iter__(s): return iter([s.v])
    def __reversed__(s): return "rev"
    def __hash__(s): return 5
    def __matmul__(s, o): return "mm"
    def __divmod__(s, o): return "dm"
    def __pow__(s, o, m=None): return ("pow", o, m)
    def __lshift__(s, o): return "ls"
    def __rlshift__(s, o): return "rls"
    def __and__(s, o): return "and"
    def __rand__(s, o): return "rand"
    def __enter__(s): return "en"
    def __exit__(s, *a): pass
    def __format__(s, spec): return "F" + spec
    def __str__(s): return "S"
    def __repr__(s): return "R"
    def __bytes__(s): return b"B"
    def __complex__(s): return 1j
    def __round__(s, n=None): return ("round", n)
    def __ceil__(s): return "ceil"
    def __dir__(s): return ["b", "a"]
n = N(True)
print(1 + n, "a" + n, [1] + n, (1,) + n, 1.5 + n, None.__class__, n * 2, 2 * n, [1] * N(1) if False else "", n @ 1, divmod(n, 1), pow(n, 2), pow(n, 2, 3), n ** 4, n << 1, 1 << n, n & 1, 1 & n)
m = n; m += 5; print(m)
show(lambda: n + 1); show(lambda: n - 1); show(lambda: n / 2); show(lambda: 2 // n); show(lambda: n % 1)
print(n[1:2], n[1, 2], n[...], 5 in n, 0 in n, len(n), bool(n), [1, 2, 3][n], int(n), float(n), -n, +n, ~n, abs(n), n(1, a=2), list(n), reversed(n), hash(n), f"{n}", f"{n:x}", f"{n!r}", str(n), repr(n), bytes(n), complex(n), round(n), round(n, 2), dir(n), "%s %r" % (n, n), range(n), bin(n))
with n as q: print(q)
print("abc"[n], (1, 2, 3)[n], [1, 2, 3][:n], "x" * n, [0] * n)
class Bad:
    def __len__(s): return -1
    def __bool__(s): return 5
    def __str__(s): return 5
    def __repr__(s): return 5
    def __hash__(s): return "x"
    def __iter__(s): return 5
    def __index__(s): return "x"
    def __contains__(s, x): raise KeyError("c")
    def __int__(s): return "x"
    def __format__(s, f): return 5
b = Bad()
for f in (lambda: len(b), lambda: bool(b), lambda: str(b), lambda: repr(b), lambda: hash(b), lambda: iter(b), lambda: [1][b], lambda: 1 in b, lambda: int(b), lambda: f"{b}", lambda: list(b), lambda: {b: 1}): show(f)
# comparison
class C:
    def __init__(s, v): s.v = v
    def __lt__(s, o): print("lt", s.v, getattr(o, "v", o)); return NotImplemented
    def __gt__(s, o): print("gt", s.v, getattr(o, "v", o)); return True
    def __eq__(s, o): print("eq", s.v, getattr(o, "v", o)); return NotImplemented
class D(C):
    def __gt__(s, o): print("Dgt"); return "dgt"
print(C(1) < C(2), C(1) < D(2), C(1) == C(1), C(1) != C(2), C(1) == 5); show(lambda: C(1) <= C(2)); show(lambda: 1 < "a"); show(lambda: [1] < [None]); show(lambda: None < None); show(lambda: {} < {}); show(lambda: 1j < 2j)
c = C(3); print(c in [c], [c] == [c], c == c)
nan = float("nan"); print(nan == nan, [nan] == [nan], nan in [nan], nan != nan, nan < 1)
print(True + True, True == 1, True is 1 if False else "", 1.0 == 1, 10**20 == 1e20, 2**53 + 1 == float(2**53 + 1), hash(1) == hash(1.0) == hash(True))
print(5 // -2, -5 // 2, 5 % -3, -5 % 3, 5.5 // 2, -5.5 % 2, divmod(-7, 2), divmod(7.5, -2), 2 ** 100, 2 ** -1, (-8) ** (1/3) if False else "", 0 ** 0, 7 & -2, 7 | 8, 7 ^ 2, ~5, 1 << 70, -1 >> 3, 10 ** 30 // 7, 10 ** 30 % 7, -(10 ** 30) // 7)
for f in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: divmod(1, 0), lambda: 0 ** -1, lambda: 1 << -1, lambda: "a" * "b", lambda: [1] + (1,), lambda: "a" + 1, lambda: 1 + "a", lambda: {} + {}, lambda: None + 1, lambda: [] - [], lambda: "a" % 1, lambda: "%d" % "x", lambda: -"a", lambda: ~1.5, lambda: +[], lambda: "a" - "b", lambda: (1,) + [1], lambda: b"a" + "a", lambda: "a" in 5, lambda: 5 in "a", lambda: "a"["b"], lambda: [1]["a"], lambda: {}[[]], lambda: (1,)[1.0], lambda: "abc"[10], lambda: [1][5], lambda: {}["k"], lambda: (1,)[5], lambda: None[0], lambda: 5[0], lambda: len(5), lambda: int(), lambda: 5(), lambda: "a"(), lambda: None.x, lambda: (5).x, lambda: "a".x, lambda: [].x, lambda: int.x, lambda: len.x, lambda: show.x, lambda: sys.x, lambda: object().x): show(f)
def setx(o): o.x = 1
for o in (5, "a", None, [], {}, (), object(), int, len, sys, show, lambda: 0, N(1), N, types.SimpleNamespace()): show(setx, o)
def dx(o): del o.x
for o in (5, object(), int, show, N(1), N): show(dx, o)
def si(o): o[0] = 1
def di(o): del o[0]
for o in (5, "abc", (1, 2), [1], {}, None, b"a", range(3), {1}): show(si, o); show(di, o)
# strings of things
def gen(): yield
async def co(): pass
cc = co()
import re
cc.close()
print(type(show), type(len), type([].append), type(str.join), type(N.__add__), type(n.__add__), type(gen()), type(sys), type(N.__dict__), type((5).__add__), type(int.__add__), type(object().__eq__), type(type.__dict__["__name__"]) if False else "", type(show.__code__), type(sys._getframe()), type(dict.__dict__["fromkeys"]))
l = [1]; l.append(l); d = {}; d[1] = d; print(l, d)
print(isinstance(True, int), issubclass(bool, int), isinstance(1, (str, int)), isinstance(1, int | str), type(int | None), int | None == None | int if False else "", isinstance(None, int | None), list[int], dict[str, list[int]], tuple[int, ...])
print(callable(len), callable(5), callable(N), callable(n), id(n) == id(n), vars(types.SimpleNamespace(a=1)))
print(getattr(n, "zz", "dflt"), hasattr(n, "v"), getattr(n, "v")); show(getattr, n, "zz"); show(getattr, n, 5)
show(lambda: type.__call__(int, "5")); show(lambda: int.__new__(str)); show(lambda: object.__new__(int)); show(lambda: str.__new__(int)); show(lambda: tuple.__new__(list)); show(lambda: object.__new__()); show(lambda: object.__new__(5)); show(lambda: super()); show(lambda: super(5)); show(lambda: super(int, "a"))
print(N.__doc__, N.__module__, N.__name__, N.__qualname__, N.__bases__, N.__mro__, N.__dict__["__len__"] is N.__len__, N.__class__)
print(show.__name__, show.__module__, show.__defaults__, show.__kwdefaults__, show.__code__.co_varnames, show.__closure__, show.__annotations__, show.__dict__, show.__doc__, show.__qualname__, show.__globals__ is globals(), show.__get__(5), show.__call__ is not None) if False else None
def w(a, b=2, *c, d, e=5, **f) -> int:
    "docs"
    x = y = 1
    def z(): return x
    return z
k = w.__code__; print(k.co_name, k.co_argcount, k.co_kwonlyargcount, k.co_posonlyargcount, k.co_varnames, k.co_cellvars, k.co_freevars, k.co_flags & 0x0f, k.co_nlocals, k.co_firstlineno > 0, k.co_names)
z = w(1, d=2); print(z.__code__.co_freevars, z.__closure__[0].cell_contents, z.__qualname__, z())
w.__defaults__ = None; show(w)
