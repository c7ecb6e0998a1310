# Modules, packages, relative imports, and what goes wrong with them.
import sys

base = __file__.rsplit("/", 1)[0]

def attempt(f):
    try:
        print("ok", f())
    except BaseException as e:
        print(type(e).__name__, str(e).replace(base, "BASE"), getattr(e, "name", None))

import plain
import plain as p2
print(plain is p2, plain.f(), plain.__name__, plain.__file__ == base + "/plain.py")
from plain import *
print(x, "_hidden" in globals())
import pkg.sub.deep as deep
print(deep.value, deep.name, deep.package, sys.modules["pkg.sub"].deep is deep)
import pkg
print(pkg.value, pkg.a.other, pkg.__name__, pkg.__package__, len(pkg.__path__))
from pkg.a import *
print(value, "other" in globals())
attempt(lambda: __import__("pkg.b"))
attempt(lambda: __import__("pkg.c"))
attempt(lambda: __import__("pkg.nope"))
attempt(lambda: __import__("plain.nope"))
attempt(lambda: __import__("nope"))
attempt(lambda: exec("from pkg import nope"))
attempt(lambda: exec("from . import x"))
attempt(lambda: __import__("circ1"))
print(sorted(m for m in sys.modules if m.startswith("circ")))
attempt(lambda: __import__("circ3"))
attempt(lambda: __import__("broken"))
attempt(lambda: __import__("fails"))
print("fails" in sys.modules)
import dynamic
print(dynamic.ding, dir(dynamic))
attempt(lambda: dynamic.x)
attempt(lambda: plain.nope)
plain.x = 5
print(plain.f())
del plain.x
attempt(plain.f)
import importlib
print(importlib.import_module("pkg.a") is pkg.a, importlib.import_module(".a", "pkg") is pkg.a)
plain.x = 7
importlib.reload(plain)
print(plain.x)
print(__import__("pkg.a") is pkg, __import__("pkg.a", fromlist=["value"]) is pkg.a)
sys.modules["halted"] = None
attempt(lambda: __import__("halted"))
m = type(sys)("made", "doc of it")
m.q = 1
print(m.__name__, m.__doc__, m.q, vars(m)["q"])
print(repr(sys).split(" ")[:2], __name__, __builtins__ is not None)
