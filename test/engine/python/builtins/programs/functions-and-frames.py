# What programs see of functions, methods, code, cells, frames and tracebacks.
import inspect
import pickle
import sys
import types

print([].append.__reduce__(), "abc".upper.__reduce__())
print(pickle.loads(pickle.dumps("abc".upper))())


class Counter:
    def __init__(self):
        self.n = 0

    def up(self, by=1):
        self.n += by
        return self.n


bound = Counter().up
print(bound.__reduce__()[0], bound.__reduce__()[1][1])

for f in (len, sorted, sum, globals, abs, [].append, "a".split):
    print(f.__name__, inspect.signature(f), f.__text_signature__)


def here():
    return sys._getframe()


frame = here()
print(frame.f_code.co_name, frame.f_lineno, type(frame), frame.f_globals is globals())
try:
    1 / 0
except ZeroDivisionError as e:
    print(e.__traceback__.tb_lineno, type(e.__traceback__))

print(here.__code__.replace(co_name="there").co_name)


def outer():
    kept = 2

    def inner():
        return kept

    return inner


cell = outer().__closure__[0]
print(cell.cell_contents, cell == outer().__closure__[0], cell != cell)
for T in (types.CodeType, types.FrameType, types.CellType, types.TracebackType, types.FunctionType):
    try:

        class Below(T):
            pass
    except TypeError as e:
        print(e)
