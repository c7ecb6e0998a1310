import traceback, sys
def run(f):
    try: f()
    except BaseException: traceback.print_exc(file=sys.stdout)
x = 0; y = []
class B:
    def __bool__(self): raise ValueError("bool")
    def __iter__(self): raise ValueError("iter")
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): raise ValueError("exit")
    def __eq__(self, o): raise ValueError("eq")
    def __contains__(self, o): raise ValueError("contains")
    def __format__(self, s): raise ValueError("format")
    def __getattr__(self, n): raise ValueError("getattr")
    def __setattr__(self, n, v): raise ValueError("setattr")
    def __delattr__(self, n): raise ValueError("delattr")
    def __getitem__(self, n): raise ValueError("getitem")
    def __setitem__(self, n, v): raise ValueError("setitem")
    def __delitem__(self, n): raise ValueError("delitem")
    def __call__(self, *n, **k): raise ValueError("call")
    def __neg__(self): raise ValueError("neg")
    def __add__(self, o): raise ValueError("add")
    def __iadd__(self, o): raise ValueError("iadd")
    def __hash__(self): raise ValueError("hash")
    def __index__(self): raise ValueError("index")
b = B()
def a1(): assert x, "m"
def a2(): assert not 1, "m"
def a3(): assert x and y, "m"
def a4(): assert len(y), f"message {x}"
def a5(): assert x == 1 == 2
def a6(): assert b
def i1():
    if b: pass
def i2():
    while b and 1: pass
def i3(): return not b
def i4(): return 1 if b else 2
def i5(): return (b or 1, 2)
def i6():
    for k in b: pass
def i7(): return [k for k in b]
def i8():
    with b as q: pass
def i9(): return b == 1
def i10(): return 1 < 2 < b == 3
def i11(): return 5 in b
def i12(): return f"a {b} c"
def i13(): return f"a {b:>{x}} c"
def i14(): return b.foo.bar
def i15(): b.foo = 1
def i16(): del b.foo
def i17(): return b[1][2]
def i18(): b[1] = x
def i19(): del b[1]
def i20(): return b(1, 2)
def i21(): return b(1, *y, k=2)
def i22(): return -b
def i23(): return (b + 1) * 2
def i24():
    z = b; z += 1
def i25(): b.q += 1
def i26(): b[0] += 1
def i27(): return {b: 1}
def i28(): return {b}
def i29(): return [*b]
def i30(): p, q = b
def i31(): p, *q = x
def i32(): raise ValueError("r")
def i33(): raise ValueError("r") from KeyError("c")
def i34(): return nope
def i35(): return (nope2 + 1)
def i36(): return x.nope()
def i37(): return y.append(1).foo
def i38(): return y.nope(1, 2)
def i39():
    return (y
            .copy()
            .nope(1)
            .foo())
def i40():
    return len(
        x,
    )
def i41(): from sys import nope
def i42(): import nope.foo
def i43():
    class Q(b.x): pass
def i44():
    class Q(5): pass
def i45():
    @b
    def f(): pass
def i46():
    def f(a=nope): pass
def i47(): return lambda: nope
def i48(): return (lambda: nope)()
def i49(): return {**x}
def i50(): return len(**x)
def i51(): return x[1:2]
def i52(): return y[1:2, 3]
def i53():
    try: 1 / 0
    finally: y.append(3)
def i54():
    match b:
        case 1: pass
def i55():
    match 5:
        case b.x: pass
def i56(): yield_ = [1 / 0 for _ in range(3) if 1]
def i57(): return sum(1 / x for _ in range(3))
def i58(): return {1 / x: 2 for _ in range(2)}
def i59():
    a = [1, 2, 3]; a[10]
def i60(): return print(1 / x, end="")
def i61(): x.y.z = 1
def i62(): nope.y = 1
def i63(): return x if nope else y
def i64():
    for i in range(3):
        if i: raise KeyError(i)
def i65():
    with open("/nonexistent/f") as f: pass
def i66(): global qqq; del qqq
def i67(): del zzz; zzz = 1
def i68(): return "a" + 1 + 2
def i69(): return x @ 2
def i70(): return 1 + (2 * (3 - "a"))
def i71(): return y[0]["a"].b
def i72():
    return {
        "a": 1,
        "b": 1 / 0,
    }
def i73(): return int("a") + int("b")
def i74(): return str(1 / 0).foo
for n, f in [(n, f) for n, f in list(globals().items()) if n[0] in "ai" and n[1:].isdigit()]:
    print("##", n); run(f)
