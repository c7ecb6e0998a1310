import collections.abc
import functools
import re
import typing
from collections import OrderedDict, deque

for pattern, text in [
    ("(?i)a|b|c|d|e", "E"),
    ("(?i)^a(bc+|b[eh])g|.h$", "ABH"),
    ("(?i)ab|cd", "CD"),
    ("x|(?i:y)", "Y"),
    ("(?s)(?i).b", "\nB"),
    ("(?i)(a|b)|c", "C"),
]:
    print(pattern, re.search(pattern, text))


class Index:
    def __index__(self):
        return 1


print(re.match("(a)(b)", "ab").group(Index()), re.match("(a)(b)", "ab")[Index()])


@functools.singledispatch
def kind(x):
    return "anything"


@kind.register
def _(x: typing.Union[str, bytes]):
    return "text"


@kind.register
def _(x: typing.Optional[float]):
    return "float or nothing"


@kind.register
def _(x: list | tuple):
    return "sequence"


print([kind(x) for x in ("a", b"a", 1.5, None, [], (), 1)])


@functools.singledispatch
def most(x):
    return "base"


most.register(collections.abc.Sized, lambda x: "sized")
most.register(collections.abc.Mapping, lambda x: "mapping")
most.register(collections.abc.MutableMapping, lambda x: "mutablemapping")
most.register(collections.abc.Set, lambda x: "set")
print([most(x) for x in ({}, OrderedDict(), set(), frozenset(), [], 1)])
print(isinstance(deque(), collections.abc.MutableSequence), isinstance(deque(), collections.abc.Sequence))
match deque([1, 2]):
    case [a, b]:
        print(a, b)
