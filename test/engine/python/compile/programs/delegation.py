import traceback


def inner():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
    except ValueError as e:
        print("ve", e)
        yield 3
    finally:
        print("fin")
    return "r"


def outer():
    yield from inner()
    yield from [10, 20]
    r = yield from inner()
    print(r)
    yield from "ab"
    yield from ()


g = outer()
print(next(g), g.send("a"), g.throw(ValueError("v")))
print(next(g), list(g))
g = outer()
next(g)
g.close()
g = outer()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print([f.name for f in traceback.extract_tb(e.__traceback__)])


def deeper(n):
    yield n
    yield from deeper(n + 1)


try:
    for v in deeper(0):
        pass
except RecursionError as e:
    print(type(e).__name__, v)


def fails():
    yield 1
    1 / 0


def passes_on():
    yield from fails()


try:
    list(passes_on())
except ZeroDivisionError:
    print(traceback.format_exc())

for text in """int('x')|int(None)|list(1)|tuple(1)|str()|int()|list()|float(None)|int([])|str(b'a','utf8')|list(x=1)|int(x=1)|type(int(True))|list(iter([]))|str(True)|int(" 5 ")|tuple("ab")|float(3)""".split("|"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
print(sorted(["b", "a", "é", "😀", "\ue000"]), sorted(["b", "a"], reverse=True), sorted([("b", 1), ("a", 2), ("a", 1)]))


class Sized:
    def __len__(self):
        return 4

    def __getitem__(self, i):
        return i * 10


import collections.abc
import heapq
import math

collections.abc.Sequence.register(Sized)
match Sized():
    case [first, *_, last]:
        print(first, last)
print(list(heapq.merge([("C", 5), ("C", 3)], [("C", 9), ("B", 2)], key=lambda x: x[0], reverse=True)))


class Odd(float):
    def __trunc__(self):
        return 23

    def __floor__(self):
        return 24


print(math.trunc(Odd(1.5)), math.floor(Odd(1.5)), math.ceil(Odd(1.5)))
