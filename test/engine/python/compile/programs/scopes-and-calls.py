def show(f, *a, **k):
    try: print("ok", f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)
x = "global"
def f():
    x = "f"
    def g():
        nonlocal x
        x = "g"
        def h():
            global x
            x = "h"
        h()
        return x
    return g(), x
print(f(), x)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
c = counter(); c(); print(c(5), c.__closure__[0].cell_contents, c.__code__.co_freevars)
def d():
    a = 1
    del a
    try: print(a)
    except UnboundLocalError as e: print(e)
    def inner(): return a
    try: inner()
    except NameError as e: print(e)
d()
class C:
    x = "class"
    def m(self): return x
    y = x
    def n(self): return self.y
    lst = [x for _ in range(1)]
print(C().m(), C().n(), C.lst)
def func():
    z = 1
    class Q:
        z2 = z
        z = 5
        def get(self): return z
    return Q
try: print(func().z2)
except NameError as e: print(e)
def func2():
    z = 1
    class Q:
        zz = z
        def get(self): return z
    return Q
print(func2().zz, func2()().get())
print(sorted(k for k in globals() if not k.startswith("_"))[:4])
globals()["dyn"] = 42; print(dyn)
del globals()["dyn"]
show(lambda: dyn)
def loc(a, b=2):
    c = 3
    return sorted(locals().items())
print(loc(1))
exec("q = 5\ndef ff(): return q * 2"); print(q, ff())
ns = {"k": 3}; exec("r = k + 1", ns); print(ns["r"], eval("k * r", ns), eval("k", {"k": 1}, {"k": 2}))
def ex():
    l = {}
    exec("aa = 1; bb = aa + 1", {}, l)
    return l
print(ex())
print(eval("[i for i in range(3)]"), eval("x"), eval(" 1 + 1"))
show(eval, "1 +")
show(eval, "nope")
show(exec, "raise ValueError('in exec')")
def sig(a, b, /, c, d=4, *args, e, f=6, **kw): return a, b, c, d, args, e, f, kw
show(sig, 1, 2, 3, e=5); show(sig, 1, 2, 3, 4, 5, 6, e=7, z=8); show(sig, 1, 2); show(sig); show(sig, 1, 2, 3); show(sig, 1, 2, c=3, e=5)
show(sig, 1, b=2, c=3, e=4); show(sig, 1, 2, 3, c=3, e=1)
def p2(a, b): pass
show(p2, 1); show(p2); show(p2, 1, 2, 3); show(p2, 1, 2, c=3); show(p2, 1, a=2); show(p2, *[1], **{"b": 2})
def p3(a, b=1): pass
show(p3); show(p3, 1, 2, 3)
def p4(*, k): pass
show(p4); show(p4, 1); show(p4, 1, k=1); show(p4, k=1, j=2)
def p5(a, *, k): pass
show(p5, 1, 2, k=3); show(p5, 1, 2, 3)
def p6(): pass
show(p6, 1); show(p6, x=1)
def po(a, /): pass
show(po, a=1)
show(lambda: p2(*5)); show(lambda: p2(**5)); show(lambda: p2(**{1: 2})); show(lambda: p2(1, **{"a": 1})); show(lambda: p2(**{"a": 1}, **{"a": 2}))
class K:
    def m(self, a): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
show(K().m); show(K().m, 1, 2); show(K.c); show(K.s); show(K.m)
show(len); show(len, 1, 2); show(len, x=1); show(int, 1, 2, 3); show("".join); show("a".split, 1, 2, 3); show([].append); show({}.get); show(isinstance, 1); show(print, foo=1); show(sorted); show(max)
print((lambda *a, **k: (a, k))(1, *[2, 3], x=1, **{"y": 2}))
def kwonly(*args, sep=" "): return sep.join(args)
print(kwonly("a", "b", sep="-"))
def defaults(l=[]): l.append(1); return l
print(defaults(), defaults())
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1 != 2, 1 in [1] == True)
print(not 0, not [], 1 and 2, 0 or "a", None and 1, [] or 0)
print(1 if [] else 2, "a" "b" f"{1+1}" 'c')
i = 0
while True:
    i += 1
    if i == 3: continue
    if i > 5: break
else: print("no")
for k in []: pass
else: print("for else")
a = b = c2 = 5; print(a, b, c2)
l = [1, 2, 3]; l[0], l[1] = l[1], l[0]; print(l)
l[1:2] = [7, 8]; del l[0]; print(l, l[-1], l[::-1], l[5:])
t = ([],)
try: t[0] += [1]
except TypeError as e: print(e, t)
x1 = 5; x1 -= 2; x1 *= 3; x1 //= 2; x1 **= 2; x1 %= 7; x1 <<= 3; x1 |= 1; x1 &= 0xf; x1 ^= 3; x1 >>= 1; print(x1)
x2 = 7; x2 /= 2; print(x2)
import sys as _s; print(_s.__name__)
from sys import path as _p, version_info; print(version_info[:2])
show(lambda: __import__("nope_mod"))
try: from sys import nope
except ImportError as e: print(e)
try: import sys.nope
except ImportError as e: print(e)
def fn(): "doc"; return 1
print(fn.__doc__, fn.__code__.co_varnames, fn.__code__.co_argcount, fn.__code__.co_name, fn.__code__.co_firstlineno, fn.__globals__ is globals())
def many(a, b, *c, d, **e):
    f = 1; g = 2
print(many.__code__.co_varnames, many.__code__.co_kwonlyargcount, many.__code__.co_flags & 12, many.__code__.co_nlocals)
print(f"{x!r:>10}|{1.5:.2f}|{'a':^5}|{10:#x}|{x=}|{1+1 = }|{{}}|{x!s}|{3:{5}}|{'a' if 1 else 'b'}")
print(f'{"nested " + f"{1}"}', f"{[1,2][0]}", f"{(lambda: 3)()}")
print(type(Ellipsis), ..., NotImplemented, None, True)
print(0x10, 0b11, 0o17, 1_000, 1e3, 1j, 10**20, -5 // 2, -5 % 3, 2**-1, 7 / 2)
match [1, 2, {"a": (3, "x")}]:
    case [1, y, {"a": (z, str() as w)}] if z > 2: print("m", y, z, w)
    case _: print("no")
def mt(v):
    match v:
        case 0 | 1: return "01"
        case int(n) if n < 0: return f"neg {n}"
        case float(): return "float"
        case "a" | "b" as s: return f"str {s}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [x, *rest]: return f"many {x} {rest}"
        case {"k": v2, **rest}: return f"map {v2} {rest}"
        case Pt(x=0, y=yy): return f"Pt0 {yy}"
        case Pt(a, b): return f"Pt {a} {b}"
        case None: return "None"
        case True: return "T"
        case (1, 2) | (3, 4): return "no"
        case C.x: return "Cx"
        case _: return "other"
class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
for v in (0, 1, -5, 2.5, "a", [], [1], [1, 2, 3], (1, 2), {"k": 1, "z": 2}, {}, Pt(0, 5), Pt(1, 2), None, "class", b"x", range(2), {1}): print(mt(v))
try:
    match 1:
        case int(a, b): pass
except TypeError as e: print(e)
try:
    match Pt(1, 2):
        case Pt(1, 2, 3): pass
except TypeError as e: print(e)
print(*[1, 2], *(3,), sep="-")
print({**{"a": 1}, "b": 2}, [*range(2), 5], {*[1], 2})
show(lambda: {**5}); show(lambda: [*5])
show(lambda: {[]: 1}); show(lambda: {[]})
def star_ret(): return 1, *[2, 3]
print(star_ret())
for a, *b in [(1, 2, 3), (4,)]: print(a, b)
lam = lambda x, *y, z=3, **w: (x, y, z, w); print(lam(1, 2, z=4, q=5))
@lambda f: (lambda *a: ("deco", f(*a)))
def decorated(x): return x
print(decorated(1))
del decorated
show(lambda: decorated)
print(__name__, __doc__)
assert True
if (n := 10) > 5: print(n)
print([*map(lambda v: v + 1, [1, 2])], list(zip([1], "a")), sorted({3, 1}), dict(a=1))
print(1 .real, (5).bit_length(), "x".__class__, [].__class__.__name__)
