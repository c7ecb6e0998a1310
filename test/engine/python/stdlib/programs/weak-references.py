import weakref, gc
class A:
    def __init__(s, n): s.n = n
    def __repr__(s): return f"A({s.n})"
    def hello(s): return "hi", s.n
a = A(1)
r = weakref.ref(a); print(r() is a, weakref.getweakrefcount(a), r == weakref.ref(a), r is weakref.ref(a))
p = weakref.proxy(a); print(p.n, p.hello()); p.x = 3; print(a.x)
f = weakref.finalize(a, print, "fin", 1); print(f.alive)
cb = weakref.ref(a, lambda r: print("callback", r()))
del a
print(r(), f.alive)
try: p.n
except ReferenceError as e: print(e)
d = weakref.WeakValueDictionary(); k = A(2); d["k"] = k; print(len(d), "k" in d, list(d.items())); k = None; print(len(d), list(d))
kd = weakref.WeakKeyDictionary(); k = A(3); kd[k] = "v"; print(len(kd), kd[k]); del k; print(len(kd))
s = weakref.WeakSet(); k = A(4); s.add(k); print(k in s, len(s)); del k; print(len(s))
class N: pass
n = N(); n.self = n; w = weakref.ref(n); del n; print(w() is None); gc.collect(); print(w() is None)
def f2():
    x = A(5); w = weakref.ref(x); print(w()); del x; print(w())
    y = A(6); return weakref.ref(y), y
w, y = f2(); print(w()); y = 0; print(w())
def f3(): z = A(7); return weakref.ref(z)
print(f3()())
class D:
    def __init__(s, n): s.n = n; print("make", n)
    def __del__(s): print("del", s.n)
x = D(1); x = D(2); y = x; del x; print("still"); y = None; print("gone")
def g():
    t = D(3); print("in g")
g(); print("after g")
l = [D(4), D(5)]; l.pop(); print("popped"); l.clear(); print("cleared")
D(6); print("temp")
class P:
    def __init__(s): s.child = D(7)
    def __del__(s): print("del P")
p = P(); del p
m = weakref.WeakMethod(A(8).hello); print(m())
o = A(9); m = weakref.WeakMethod(o.hello); print(m()()); del o; print(m())
for i in range(2):
    q = D(10 + i)
print("loop done")
try:
    e = D(20); raise ValueError(e)
except ValueError as err: pass
del e; print("err gone")
import sys
def unraisable(args): print("unraisable", args.exc_type.__name__, args.err_msg, args.object.__qualname__)
sys.unraisablehook = unraisable
class Bad:
    def __del__(s): raise RuntimeError("bad del")
b = Bad()
del b
sys.unraisablehook = sys.__unraisablehook__
def unheard():
    a = A(30)
    r = weakref.ref(a, lambda r: print("never said"))
    r = None
    del a
unheard()
keep = D(99)
ff = weakref.finalize(keep, print, "finalize at exit")
print("end")
