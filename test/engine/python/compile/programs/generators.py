def show(f, *a):
    try: print("ok", f(*a))
    except BaseException as e: print(type(e).__name__, e, repr(e.__cause__))
def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
    except KeyError as e:
        print("ke", e); y = "z"
    return (x, y)
it = g(); print(next(it), it.send("a"))
show(it.throw, KeyError("boo"))
it = g(); show(it.send, 1); it.close(); show(next, it)
def sub():
    r = yield "s1"
    print("sub", r)
    return "ret"
def outer():
    v = yield from sub()
    print("v", v)
    w = yield from [10, 20]
    print("w", w)
    return 5
it = outer(); print(next(it)); print(it.send("hi")); print(next(it)); show(next, it)
def raises_stop():
    yield 1
    raise StopIteration("x")
it = raises_stop(); next(it); show(next, it)
def ignore():
    try: yield 1
    except GeneratorExit: yield 2
it = ignore(); next(it); show(it.close)
def cl():
    try: yield 1
    finally: print("closing")
it = cl(); next(it); it.close(); it.close()
it = cl(); it.close()
def d():
    try: yield from cl()
    except ValueError as e: print("outer ve", e); yield 9
it = d(); next(it); print(it.throw(ValueError("deleg")))
it = d(); next(it); it.close()
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration("done")
        return self.i
    def send(self, v): return ("sent", v)
    def throw(self, e): return ("thrown", repr(e))
def dd(): return (yield from It())
it = dd(); print(next(it), it.send(5), it.throw(KeyError("q")), next(it), next(it)); show(next, it)
print(list(It()), [*It()], (*It(),), {*It()})
ge = (x * y for x in range(3) for y in range(x) if y != 1); print(list(ge), ge)if False else print(list(ge))
print(g().__name__, g.__name__, type(g()).__name__, g().gi_running, g().gi_code.co_name)
def self_run():
    try: next(me)
    except ValueError as e: print(e)
    yield 1
me = self_run(); next(me)
x = 10
ge = (x for _ in range(2)); x = 11; print(list(ge))
print([i for i in range(5) if i % 2 if i > 1], {i: i * i for i in range(3)}, {i % 2 for i in range(4)})
print([[j for j in range(i)] for i in range(3)])
class K:
    a = [1, 2]
    b = [z * 2 for z in a]
    try:
        c = [a for _ in range(1)]
    except NameError as e: print(e)
print(K.b)
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
print([y := 5, y * 2], y)
print([last := v for v in range(3)], last)
def wal():
    return [t := t2 for t2 in range(3)], t
print(wal())
def genret():
    return 5
    yield
show(next, genret())
def inf():
    n = 0
    while True:
        got = yield n
        n = got if got is not None else n + 1
it = inf(); print(next(it), next(it), it.send(10), next(it))
show(lambda: (yield_ for yield_ in 5))
show(lambda: list(x for x in 5))
import sys
async def co(v):
    print("co", v); return v * 2
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r
async def main():
    a = await co(3)
    b = await Aw("ev")
    print("b", b)
    async with AC() as c: print("in", c)
    async for z in ag(): print("z", z)
    print([q async for q in ag()], [await co(i) for i in (1, 2)], {q: 1 async for q in ag() if q})
    try:
        await 5
    except TypeError as e: print(e)
    return a + 1
class AC:
    async def __aenter__(self): return await Aw("enter")
    async def __aexit__(self, *a): print("aexit", a[0]); return False
async def ag():
    yield 1
    x = await Aw("mid")
    yield x
c = main()
v = None
try:
    while True:
        ev = c.send(v); print("event", ev); v = str(ev) + "!"
except StopIteration as e: print("result", e.value)
show(c.send, None)
print(type(main).__name__, type(c).__name__, c.cr_running)
c2 = co(1); c2.close(); show(c2.send, None)
async def agen():
    try:
        while True:
            got = yield 1
            print("got", got)
    except ValueError as e: print("ve", e); yield "after"
    finally: print("agen fin")
def run(aw):
    try:
        while True: aw.send(None)
    except StopIteration as e: return e.value
    except BaseException as e: return repr(e)
a = agen(); print(run(a.__anext__()), run(a.asend("s")), run(a.athrow(ValueError("t"))), run(a.aclose()), run(a.__anext__()))
def gg():
    try: yield
    except GeneratorExit: print("ge"); raise
def lots(): yield from (i for i in range(3)); return "r"
def l2(): r = yield from lots(); yield r
print(list(l2()))
