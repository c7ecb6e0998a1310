import builtins
try: exec("print(len([]))", {"__builtins__": {}})
except NameError as e: print(e)
exec("f(3)", {"__builtins__": {"f": print}})
old = builtins.__import__
def imp(name, globals=None, locals=None, fromlist=(), level=0):
    print("import", name, fromlist, level); return old(name, globals, locals, fromlist, level)
builtins.__import__ = imp
import sys
from sys import path as p
import importlib.util as iu
builtins.__import__ = old
builtins.shiny = 5; print(shiny); del builtins.shiny
try: shiny
except NameError as e: print(e)
g = {}
exec("x = 1", g); print(sorted(g)); g["y"] = 2; exec("z = x + y\ndef f(): return z", g); print(g["z"], g["f"]()); g["z"] = 9; print(g["f"](), len(g), "z" in g, list(g)[-1]); del g["z"]
try: g["f"]()
except NameError as e: print(e)
class Chain(dict):
    def __missing__(self, k): return "missing " + k
print(eval("abc + 'd'", {}, Chain()))
