import sys
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print("ok", r)
    except BaseException as e:
        print(type(e).__name__, e)
class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        print("init", name, kw)
    def __call__(cls, *a, **k):
        print("call", cls.__name__, a, k)
        return super().__call__(*a, **k)
    @classmethod
    def __prepare__(m, name, bases, **kw):
        print("prepare", name, bases, kw)
        return {"prepared": 1}
    def __len__(cls): return 7
    def __getitem__(cls, k): return ("item", k)
    def __contains__(cls, k): return k == 1
    def __iter__(cls): return iter([1, 2])
    @property
    def mp(cls): return "mp of " + cls.__name__
class A(metaclass=Meta, opt=3):
    x = 1
    def __init__(self, v=0): self.v = v
class B(A): pass
print(len(A), A["k"], 1 in A, list(A), A.mp)
a = A(5); print(a.v, a.prepared)
show(lambda: a.mp)
class D:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.n = name
    def __get__(self, o, t=None): return (self.n, o is None, t.__name__)
    def __set__(self, o, v): o.__dict__[self.n] = ("set", v)
    def __delete__(self, o): print("del", self.n)
class ND:
    def __get__(self, o, t=None): return "nd"
class C:
    d = D(); nd = ND()
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        print("init_subclass", cls.__name__, tag)
    def __class_getitem__(cls, item): return (cls.__name__, item)
class C2(C, tag="t"): pass
print(C.d, C().d, C[3], C2["x"])
c = C(); c.d = 4; print(c.__dict__); del c.d; c.nd = 9; print(c.nd)
show(lambda: type("X", (C,), {}, bad=1))
class E1: pass
class E2(E1): pass
show(lambda: type("Z", (E1, E2), {}))
show(lambda: type("Z", (E1, E1), {}))
show(lambda: type("Z", (int, str), {}))
show(lambda: type("Z", (bool,), {}))
show(lambda: type("Z", (3,), {}))
show(lambda: type("Z", 3, {}))
show(lambda: type(1, (), {}))
show(lambda: type())
show(lambda: type(1, 2))
class M1(type): pass
class M2(type): pass
class X1(metaclass=M1): pass
class X2(metaclass=M2): pass
show(lambda: type("X3", (X1, X2), {}))
class S:
    __slots__ = ("a", "_b", "__c")
    def __init__(self): self.a = 1; self.__c = 3
s = S(); print(s.a, s._S__c, S.__slots__, S.a)
show(lambda: s._b)
show(lambda: setattr(s, "zz", 1))
show(lambda: s.__dict__)
class S2(S): pass
s2 = S2(); s2.q = 1; print(s2.__dict__)
try:
    class S3:
        __slots__ = ("x",)
        x = 1
except ValueError as e: print(e)
class P:
    def __init__(self): self._x = 0
    @property
    def x(self):
        "doc x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): print("deleted"); self._x = None
    @property
    def ro(self): return 1
p = P(); p.x = 3; print(p.x, P.x.__doc__); del p.x; print(p.x)
show(lambda: setattr(p, "ro", 1))
show(lambda: delattr(p, "ro"))
show(lambda: P.ro.fset)
class G:
    def __getattr__(self, n):
        if n.startswith("g"): return n * 2
        raise AttributeError(f"no {n}")
    def __setattr__(self, n, v): print("sa", n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print("da", n); object.__delattr__(self, n)
g = G(); print(g.go); show(lambda: g.x); g.y = 1; del g.y; show(lambda: delattr(g, "y"))
class GA:
    def __getattribute__(self, n):
        if n == "z": return "Z"
        return object.__getattribute__(self, n)
    q = 1
print(GA().z, GA().q); show(lambda: GA().w)
print(A.__mro__, B.__bases__, B.__base__, A.__subclasses__())
print(B.__name__, B.__qualname__, B.__module__, B.__doc__)
class Outer:
    class Inner:
        def m(self): pass
    def f(self):
        class Loc: pass
        return Loc
print(Outer.Inner.__qualname__, Outer.Inner.m.__qualname__, Outer().f().__qualname__, Outer.Inner, Outer().f())
class Add:
    def __add__(self, o): return "add"
    def __radd__(self, o): return "radd"
class SubAdd(Add):
    def __radd__(self, o): return "subradd"
print(Add() + 1, 1 + Add(), Add() + SubAdd(), SubAdd() + Add(), [] + Add() if False else "")
show(lambda: Add() - 1)
show(lambda: 1 - Add())
show(lambda: -Add())
show(lambda: Add()())
show(lambda: Add()[0])
show(lambda: len(Add()))
show(lambda: iter(Add()))
show(lambda: Add() < Add())
show(lambda: 3 in Add())
def setitem(o): o[0] = 1
show(setitem, Add())
def delitem(o): del o[0]
show(delitem, Add())
class Eq:
    def __eq__(self, o): return True
show(lambda: hash(Eq()))
print(Eq.__hash__)
class Cm:
    @classmethod
    def c(cls, x): return cls.__name__, x
    @staticmethod
    def s(x): return x
class Cm2(Cm): pass
print(Cm.c(1), Cm2().c(2), Cm.s(3), Cm().s(4), Cm.__dict__["c"].__func__.__name__)
print([k for k in Cm.__dict__])
print(isinstance(Cm.__dict__["s"], staticmethod), callable(Cm.__dict__["s"]), Cm.__dict__["s"](5))
class New:
    def __new__(cls, *a): print("new", a); return object.__new__(cls)
    def __init__(self, *a): print("init", a)
New(1, 2)
class New2:
    def __new__(cls): return 5
print(New2())
show(lambda: object(1))
class NoInit: pass
show(lambda: NoInit(1))
show(lambda: NoInit(a=1))
class BadInit:
    def __init__(self): return 5
show(BadInit)
class LI(list):
    def __init__(self, *a): super().__init__(*a); self.extra = 1
    def append(self, x): super().append(x * 2)
l = LI([1, 2]); l.append(3); print(l, l.extra, type(l), len(l), l + [1], isinstance(l, list))
class DI(dict):
    def __missing__(self, k): return "missing " + k
d = DI(a=1); print(d["a"], d["b"], d)
class IntS(int):
    def __add__(self, o): return IntS(int(self) + o + 1)
i = IntS(4); print(i + 1, type(i + 1).__name__, i * 2, i == 4, hash(i) == hash(4), {4: "x"}[i])
class St(str):
    def shout(self): return self.upper() + "!"
s = St("hey"); print(s.shout(), s + "x", type(s + "x").__name__, s == "hey", {"hey": 1}[s], f"{s}", len(s))
class Tu(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def first(self): return self[0]
t = Tu(1, 2); print(t, t.first, t == (1, 2), hash(t) == hash((1, 2)))
print(type(type), type(A), type(a).__name__, isinstance(A, Meta), issubclass(B, A))
import types
print(types.__name__) if False else None
o = object(); show(lambda: setattr(o, "x", 1))
show(lambda: setattr(int, "x", 1))
A.newattr = 3; print(B.newattr, a.newattr); del A.newattr; show(lambda: B.newattr)
class Ch:
    pass
o = Ch(); o.__class__ = NoInit; print(type(o).__name__)
show(lambda: setattr(o, "__class__", int))
o.__dict__ = {"zz": 1}; print(o.zz, vars(o))
print(Cm.__dict__.__class__.__name__)
class WithDoc:
    "the doc"
    def m(self): "m doc"
print(WithDoc.__doc__, WithDoc.m.__doc__, WithDoc().__doc__)
class Ann:
    x: int
    y: str = "a"
    z: "List[int]"
print(Ann.__annotations__)
def fa(a: int, *b: str, c: "x" = 1, **d: 3) -> None: pass
print(fa.__annotations__, fa.__defaults__, fa.__kwdefaults__)
print(super.__name__, super(B, B(1)).__init__.__name__)
class Cell:
    def f(self): return __class__
print(Cell().f())
def func_with_attr(): pass
func_with_attr.z = 1; print(func_with_attr.__dict__, func_with_attr.__name__)
func_with_attr.__name__ = "renamed"; print(func_with_attr.__name__, func_with_attr.__qualname__)
