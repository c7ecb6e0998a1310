"""Which items of a sequence a pattern asks for, and how."""
import collections.abc


class Loud(collections.abc.Sequence):
    def __init__(self, *items): self.items = items
    def __len__(self):
        print("  len", end="")
        return len(self.items)
    def __getitem__(self, i):
        print("  item", i, end="")
        return self.items[i]


class Walked(Loud):
    def __iter__(self):
        print("  iter", end="")
        return iter(self.items)


for make in (Loud, Walked, lambda *a: list(a), lambda *a: range(len(a)), lambda *a: tuple(a)):
    for items in ((), (1,), (1, 2), (1, 2, 3)):
        match make(*items):
            case []: print(" empty")
            case [_]: print(" one")
            case [1, x]: print(" 1 and", x)
            case [0, *_, last]: print(" 0 to", last)
            case [first, _, *rest]: print(" first and more", first, rest)
            case [*_]: print(" any")
    match make(5, 6, 7):
        case [*_, 9] | [_, _]: print("never")
        case [_, *_, y]: print(" the last is", y)
    match make(5, 6):
        case [*_]: print(" asked for nothing")
match range(1 << 40):
    case x, *_, y: print(x, y)
match [[1, 2], [3]]:
    case [[a, *_], [b]]: print(a, b)
for other in ("text", b"bytes", {1, 2}, {"a": 1}, 5, None):
    match other:
        case [*_]: print("a sequence", other)
        case _: print("none", type(other).__name__)
for src in ["match x:\n  case [*a, 9] | [_, _]: pass", "match x:\n  case [a] | [b]: pass", "match x:\n  case (1 | [a]) : pass", "match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case C(a=1, a=2): pass", "match x:\n case a: pass\n case b: pass", "match x:\n case _ | 1: pass", "match x:\n case [a, a]: pass", "match x:\n case [*a, *b]: pass", "match x:\n case {**a, **b}: pass", "match x:\n case a.b.c | a: pass\n case 1: pass","match x:\n case [1, (2 | y)]: pass", "match x:\n case y | z: pass"]:
    try: compile(src, "<s>", "exec"); print("ok", src)
    except SyntaxError as e: print(repr(src), e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
