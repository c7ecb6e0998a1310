import sys, traceback
def tb(e): return "".join(traceback.format_exception(e))
def f(): raise ValueError("in f")
def chain1():
    try: f()
    except ValueError as e: raise KeyError("k") from e
def chain2():
    try: f()
    except ValueError: raise KeyError("ctx")
def chain3():
    try: f()
    except ValueError: raise KeyError("none") from None
for c in (chain1, chain2, chain3):
    try: c()
    except KeyError as e:
        print(tb(e)); print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def rec(n):
    if n == 0: raise RuntimeError("deep")
    rec(n - 1)
try: rec(10)
except RuntimeError: traceback.print_exc(file=sys.stdout)
def reraise():
    try:
        f()
    except ValueError:
        raise
try: reraise()
except ValueError as e: print(tb(e))
def reraise2():
    try:
        f()
    except ValueError as e:
        raise e
try: reraise2()
except ValueError as e: print(tb(e))
def fin():
    try:
        return 1 / 0
    finally:
        print("finally")
try: fin()
except ZeroDivisionError as e: print(tb(e))
def fin2():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print("body", i)
        finally:
            print("fin", i)
    else:
        print("no else")
    try:
        return "try"
    finally:
        return "finally"
print(fin2())
def els():
    try: pass
    except ValueError: print("no")
    else: print("else")
    finally: print("fin")
els()
class Ctx:
    def __init__(self, n, sup=False): self.n = n; self.sup = sup
    def __enter__(self): print("enter", self.n); return self
    def __exit__(self, t, v, tb): print("exit", self.n, t and t.__name__, v); return self.sup
with Ctx(1) as a, Ctx(2, True) as b:
    print(a.n, b.n); raise ValueError("x")
print("after")
try:
    with Ctx(3): raise ValueError("y")
except ValueError as e: print("caught", e)
def wret():
    with Ctx(4): return "r"
print(wret())
for i in range(3):
    with Ctx(i):
        if i == 1: break
        continue
try:
    with 5: pass
except TypeError as e: print(e)
class NoExit:
    def __enter__(self): pass
try:
    with NoExit(): pass
except TypeError as e: print(e)
try:
    raise 5
except TypeError as e: print(e)
try:
    raise ValueError from 5
except TypeError as e: print(e)
try:
    try: raise ValueError
    except 5: pass
except TypeError as e: print(e, repr(e.__context__))
try:
    raise
except RuntimeError as e: print(e)
e = None
try:
    try: 1 / 0
    except ZeroDivisionError as e: pass
    print(e)
except NameError as x: print(x)
def ub():
    print(zz)
    zz = 1
for fn in (ub, lambda: undefined_name):
    try: fn()
    except NameError as e: print(type(e).__name__, e, e.name)
def outer():
    def inner(): return v
    try: inner()
    except NameError as e: print(e)
    v = 1
    return inner()
print(outer())
try:
    a, b = 1, 2, 3
except ValueError as e: print(e)
try:
    a, b, c = [1, 2]
except ValueError as e: print(e)
try:
    a, *b, c = [1]
except ValueError as e: print(e)
try:
    a, b = 5
except TypeError as e: print(e)
a, *b, c = range(5); print(a, b, c)
(a, (b, *c)), d = (1, "xyz"), 4; print(a, b, c, d)
try:
    assert 1 == 2, "msg"
except AssertionError as e: print(repr(e), tb(e))
try:
    assert False
except AssertionError as e: print(repr(e))
class E(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return f"E<{self.args},{self.b}>"
try: raise E(1, 2)
except E as e: print(e, repr(e), e.args)
try: raise E
except TypeError as e: print(e)
e = ValueError("a", 2); print(str(e), repr(e), e.args); e.add_note("note1"); e.add_note("n2\nn3"); print(tb(e), e.__notes__)
try: e.add_note(5)
except TypeError as x: print(x)
print(OSError(2, "No such file", "f.txt"), repr(OSError(2, "x")), type(OSError(2, "x")).__name__, OSError("a"), OSError(17, "e").errno)
print(KeyError("k"), KeyError(("a", 1)), KeyError())
se = SyntaxError("bad", ("f.py", 3, 5, "x = = 1\n", 3, 6)); print(se, se.lineno, se.offset, se.text); print(tb(se))
print(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"))
print(StopIteration(5).value, SystemExit(3).code, ImportError("m", name="n", path="p").name)
eg = ExceptionGroup("eg", [ValueError(1), TypeError("t"), ExceptionGroup("nested", [KeyError("k"), OSError("o")])])
print(repr(eg), eg, eg.exceptions, eg.message)
try: raise eg
except* ValueError as g: print("V", repr(g))
except* (KeyError, TypeError) as g: print("KT", repr(g))
except* OSError as g: print("O", g.exceptions)
try:
    try: raise eg
    except* ValueError: pass
except BaseExceptionGroup as g: print(repr(g)); print(tb(g))
try:
    try: raise ValueError("single")
    except* ValueError as g: print(repr(g)); raise KeyError("new")
except (BaseExceptionGroup, KeyError) as g: print(repr(g), repr(g.__context__)); print(tb(g))
print(eg.split(ValueError), eg.subgroup(lambda e: isinstance(e, KeyError)), eg.derive([ValueError(2)]))
for bad in (lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [1]), lambda: ExceptionGroup(1, [ValueError()]), lambda: ExceptionGroup("x"), lambda: ExceptionGroup("x", [KeyboardInterrupt()])):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
print(type(BaseExceptionGroup("x", [ValueError()])).__name__)
def g1():
    try:
        yield 1
    except ValueError as e:
        print("in gen", e, repr(sys.exc_info()[1]))
        yield 2
    finally:
        print("gen fin")
it = g1(); next(it); print(it.throw(ValueError("thrown"))); it.close()
try: print(sys.exc_info())
finally: pass
def nested_ctx():
    try:
        try: raise ValueError("one")
        finally: raise KeyError("two")
    except KeyError as e: return e
e = nested_ctx(); print(repr(e.__context__))
try:
    try: 1/0
    except ZeroDivisionError: undefined
except NameError as e: print(repr(e.__context__))
def multi_line():
    x = [1,
         2,
         (3 /
          0)]
try: multi_line()
except ZeroDivisionError as e: print(tb(e))
def marks(d, o):
    return d["a"]["b"] + o.x.y(1, 2)[3]
for d, o in (({}, None), ({"a": {}}, None), ({"a": {"b": 1}}, None)):
    try: marks(d, o)
    except Exception as e: print(tb(e))
try: int("x") + \
    2
except ValueError as e: print(tb(e))
try: print([x / 0 for x in [1]])
except ZeroDivisionError as e: print(tb(e))
try: sum(x / 0 for x in [1])
except ZeroDivisionError as e: print(tb(e))
try: (lambda q: q.nope)(1)
except AttributeError as e: print(tb(e), e.name, e.obj)
try: exec("def f():\n    1/0\nf()")
except ZeroDivisionError as e: print(tb(e))
try: compile("x = = 1", "<c>", "exec")
except SyntaxError as e: print(tb(e)); print(e.lineno, e.offset, e.msg, e.text)
class W:
    def __enter__(self): return 1
    def __exit__(self, *a): raise KeyError("exit")
try:
    with W(): raise ValueError("body")
except KeyError as e: print(tb(e))
s = "é" * 3
try: s.x + (1 / 0)
except AttributeError as e: print(tb(e))
try: raise ValueError("multi\nline")
except ValueError as e: print(tb(e))
