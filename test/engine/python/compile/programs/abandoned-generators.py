# Generators that nobody holds any more end at once: after a loop that was left, and at the end of the program.
import contextlib
def gen(n=3, name="g"):
    print("open", name)
    try:
        for i in range(n): yield i
    except GeneratorExit:
        print("exit", name); raise
    finally: print("closed", name)
for x in gen():
    print(x)
    if x == 1: break
else: print("no")
print("after break")
def find(v):
    for x in gen(5, "find"):
        if x == v: return x
    return None
print(find(1), find(9))
def outer():
    for x in gen(3, "inner"): yield x
for x in outer(): break
print("outer done")
try:
    for x in gen(3, "exc"):
        if x: raise ValueError("v")
except ValueError as e: print("caught", e)
class C:
    def close(self): print("closing")
    def rows(self):
        with contextlib.closing(C()) as f:
            yield 1; yield 2
        print("never")
for r in C().rows(): break
for i in gen(2, "a"):
    for j in gen(2, "b"):
        if j: break
    if i: break
def ig():
    while True:
        try: yield 1
        except GeneratorExit: print("ignored")
g = gen(3, "end"); next(g)
h = gen(3, "unstarted")
k = gen(1, "done"); list(k)
print("bye")
