def f(p):
    exec("a = 5; p = 7")
    b = 2
    print(locals(), locals() is locals())
    del b
    print(sorted(locals()), p, eval("a + p"))
    locals()["z"] = 9
    return locals()["z"], sorted(vars())
print(f(1))
def g():
    x = 1
    def h():
        y = x
        return sorted(locals())
print(g())
class C:
    a = 1
    print(sorted(k for k in locals() if k[0] != "_"), "a" in vars())
    locals()["dyn"] = 3
print(C.dyn)
def gen():
    v = 1
    yield locals()
    w = 2
    yield sorted(locals())
print(list(gen()))
import sys
def fr(): 
    q = 3
    return sys._getframe().f_locals, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno
print(fr())
