# Functions, lambdas, parameters, decorators, classes.
def f(): pass
def f(a, b=1, *c, d, e=2, **g): return
def f(a, b, /, c, d=1, *, e, f=2, **g): return 1
def f(a, /): pass
def f(a, /,): pass
def f(a=1, /, b=2): pass
def f(a, b=1, /, c=2, *d): pass
def f(*, a): pass
def f(*, a, b=1,): pass
def f(*a,): pass
def f(**a,): pass
def f(*a, b): pass
def f(a: int, b: str = "x", /, *c: tuple, d: "x" = 1, **e: dict) -> None: ...
def f(*a: *b): ...
def f(a: lambda: 1 = 2) -> x if y else z: ...
lambda: 0
lambda a: 0
lambda a, b=1, *c, d, e=2, **g: (a, b)
lambda a, /, b, *, c: 0
lambda *a, **b: 0
lambda *, a=1: 0
lambda a=lambda b: b: a
@a
def f(): pass
@a.b
@a.b(c)[d]
@(lambda f: f)
@x if y else z
@a := b
def f():
    """Doc."""
    def g():
        return 1, *a
    return g


class A: pass
class A(): pass
class A(B, C, metaclass=M, *D, **E):
    """Doc."""
    x: int = 1

    @property
    def y(self): return self.x
@a
class A(B,): x = 1; y = 2;
async def f(a):
    await a
    return await a.b(c)[d] ** 2, -await a, await a + await b
@a
async def f(): yield 1
