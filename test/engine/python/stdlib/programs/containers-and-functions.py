"""Functions of collections, functools, itertools, contextlib, math and operator."""
from show import show
import collections, contextlib, copy, functools, io, itertools, math, operator, types
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple
from itertools import *
P = namedtuple("P", "x y", defaults=[0])


@functools.lru_cache(maxsize=2)
def square(n):
    return n * n


@functools.singledispatch
def kind(v):
    return "thing"


@kind.register
def _(v: int):
    return "int"


@kind.register(list)
def _(v):
    return "list"


@functools.total_ordering
class Size:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n


show(globals(), r'''
P(1)
P(1, 2)._replace(x=5)
P(1, 2)._replace(z=5)
P()
P._fields, P._field_defaults
P(1)._asdict()
P._make([1, 2, 3])
P(1) == (1, 0), P(1)[0], P(y=2, x=1)
namedtuple("A", "a a")
namedtuple("A", "class")
namedtuple("A", "class a a", rename=True)._fields
Counter("abracadabra").most_common(2)
Counter(a=3, b=1) - Counter(a=1, b=2), Counter(a=3) + Counter(b=1), Counter(a=3) & Counter(a=1), Counter(a=1) | Counter(a=2)
Counter(a=2, b=0).total(), list(Counter(a=2, b=-1).elements()), +Counter(a=-1, b=2), Counter(a=1) <= Counter(a=2)
Counter("ab")["z"], Counter({"a": 2}).update("aab")
OrderedDict(a=1, b=2), OrderedDict([("a", 1), ("b", 2)]) == OrderedDict([("b", 2), ("a", 1)])
OrderedDict(a=1, b=2).popitem(last=False)
OrderedDict(a=1).move_to_end("z")
defaultdict(list, {"a": [1]})["b"]
defaultdict(int), defaultdict(None)["x"]
defaultdict(5)
deque([1, 2, 3], maxlen=2), deque("abc").rotate(1), deque([1, 2, 3]).index(3)
deque([1]).remove(5)
deque().pop()
deque([1, 2]) + deque([3]), deque([1]) * 3, deque([1, 2]) < deque([1, 3]), reversed(deque([1, 2]))
ChainMap({"a": 1}, {"a": 2, "b": 3}), dict(ChainMap({"a": 1}, {"b": 3})), ChainMap({"a": 1}).new_child({"b": 2})["a"]
ChainMap()["x"]
UserDict(a=1), UserList([1]) + [2], UserString("ab") + "c"
list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul, initial=10))
list(chain([1], "ab")), list(chain.from_iterable(["ab", "c"]))
list(combinations("abc", 2)), list(combinations_with_replacement("ab", 2)), list(permutations("abc", 2))[:3], list(product("ab", repeat=2))
list(compress("abc", [1, 0, 1])), list(dropwhile(str.isdigit, "1a2")), list(takewhile(str.isdigit, "1a2")), list(filterfalse(None, [0, 1]))
[(k, list(g)) for k, g in groupby("aabbb")]
list(islice(count(5, 2), 3)), list(islice("abcdef", 1, None, 2)), count(1.5), repeat("a", 2), list(pairwise("abc"))
list(islice("abc", -1))
list(starmap(pow, [(2, 3)])), list(zip_longest("ab", "c", fillvalue="-")), [list(t) for t in tee("ab")]
list(islice(cycle("ab"), 5)), list(product()), list(permutations("ab", 3))
combinations("abc", -1)
functools.reduce(operator.add, [1, 2, 3]), functools.reduce(operator.add, [], 5)
functools.reduce(operator.add, [])
functools.partial(int, base=2)("101"), functools.partial(print, 1, sep="-")
square(2), square(2), square(3), square(4), square(2), square.cache_info()
square.cache_parameters(), square.__wrapped__(5), square.cache_clear()
kind(1), kind([]), kind("a"), kind(True), kind.dispatch(bool)(1)
Size(1) < Size(2), Size(1) >= Size(2), Size(2) <= Size(2)
sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))
operator.itemgetter(1)([1, 2]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real", "imag")(5), operator.methodcaller("split", ",")("a,b")
operator.itemgetter(1), operator.attrgetter("a.b"), operator.methodcaller("f", 1, k=2)
operator.itemgetter()
operator.attrgetter(1)
operator.add(1), operator.not_(0)
operator.countOf([1, 1, 2], 1), operator.indexOf("abc", "b"), operator.concat([1], [2]), operator.index(True), operator.length_hint([1])
math.gcd(12, 18), math.lcm(4, 6), math.comb(5, 2), math.perm(5, 2), math.isqrt(17), math.factorial(10), math.prod([2, 3])
math.sqrt(-1)
math.log(0)
math.exp(1000)
math.factorial(-1)
math.factorial(1.5)
math.floor(2.7), math.ceil(-2.7), math.trunc(-2.7), math.fmod(-7, 3), math.remainder(7, 4), math.copysign(1, -0.0)
math.fsum([0.1] * 10), math.hypot(3, 4), math.dist((0, 0), (3, 4)), math.isclose(0.1 + 0.2, 0.3), math.ulp(1.0), math.nextafter(1, 2)
math.frexp(8), math.ldexp(0.5, 4), math.modf(-2.5), math.log(8, 2), math.log2(8), math.log10(1000), math.degrees(math.pi)
math.floor("a")
contextlib.nullcontext(5).__enter__(), contextlib.suppress(KeyError)
types.SimpleNamespace(a=1, b="x"), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), types.MappingProxyType({"a": 1})
copy.copy([1, [2]]), copy.deepcopy({"a": [1, {2}]}), copy.copy(P(1)), copy.replace
''')


@contextlib.contextmanager
def told(name):
    print("in", name)
    try:
        yield name
    except ValueError as error:
        print("caught", error)
    finally:
        print("out", name)


with told("a") as a, told("b"):
    raise ValueError(a)
with contextlib.ExitStack() as stack:
    stack.callback(print, "last")
    stack.enter_context(told("inner"))
    stack.push(lambda *exc: print("pushed", exc[0]) or True)
    raise KeyError("k")
with contextlib.redirect_stdout(io.StringIO()) as text:
    print("hidden")
print(repr(text.getvalue()))
with contextlib.suppress(ZeroDivisionError):
    1 / 0
with contextlib.closing(io.StringIO("x")) as f:
    pass
print(f.closed)


class Cached:
    @functools.cached_property
    def value(self):
        print("computed")
        return 5


c = Cached()
print(c.value, c.value, c.__dict__)
print([collections.namedtuple("P", names).__doc__ for names in ("x", "x y", "")])

# an exception that was told to have no context keeps none on its way through a stack of managers
from contextlib import ExitStack, contextmanager
class Told(Exception): pass
@contextmanager
def telling():
    try:
        yield
    except BaseException:
        told = Told()
        try:
            raise told
        finally:
            told.__context__ = None
@contextmanager
def stacked():
    with ExitStack() as stack:
        stack.enter_context(telling())
        yield
for manager in telling, stacked:
    try:
        with manager():
            raise IndexError()
    except Told as e:
        print(repr(e.__context__))

# order counts among ordered dicts; their own keywords; their attributes in copies
import copy
from collections import OrderedDict
a, b = OrderedDict(x=1, y=2), OrderedDict(y=2, x=1)
print(a == b, a != b, a == dict(b), a != dict(b), a.pop("z", default=3), a.setdefault("w", default=4), OrderedDict.fromkeys("ab", value=[]))
class Tagged(OrderedDict): pass
t = Tagged(a)
t.tag = "t"
print(copy.copy(t).tag, copy.deepcopy(t).tag, t.__reduce__()[2], list(copy.deepcopy(t)))

# what partial, partialmethod, cached_property and singledispatch do at their edges
import abc, collections.abc, functools, typing
p = functools.partial(print, 1)
p.note = "n"
print(copy.copy(p).note)
for state in ((print, (), {}), [print, (), {}, None], (print, (), {}, None)):
    try:
        p.__setstate__(state)
        print(vars(p))
    except TypeError as e:
        print(e)
class Cell:
    def set(self, value, *, loud=False): return (value, loud)
    on = functools.partialmethod(set, True)
    off = functools.partialmethod(functools.partial(set), False, loud=True)
    made = functools.partialmethod(classmethod(lambda cls, x: (cls.__name__, x)), 1)
print(Cell().on(), Cell.on(Cell(), loud=True), Cell().off(), Cell.made(), Cell().on.__self__.__class__.__name__)
print(functools.partialmethod(int, 1, base=2), functools.partialmethod(int))
class Abstract(abc.ABC):
    @abc.abstractmethod
    def f(self, x): ...
    g = functools.partialmethod(f, 1)
    @functools.singledispatchmethod
    @abc.abstractmethod
    def h(self, x): ...
print(sorted(Abstract.__abstractmethods__))
try:
    class Twice:
        @functools.cached_property
        def a(self): ...
        b = a
except RuntimeError as e:
    print(e, "|", e.__cause__, "|", e.__context__)
class Meta(type):
    @functools.cached_property
    def prop(cls): return 1
try:
    Meta("M", (), {}).prop
except TypeError as e:
    print(e)
@functools.singledispatch
def kind(x): return "object"
kind.register(collections.abc.Sized, lambda x: "sized")
kind.register(collections.abc.Set, lambda x: "set")
class Thing(collections.abc.Sized):
    def __len__(self): return 0
print(kind(Thing()))
collections.abc.Set.register(Thing)
print(kind(Thing()))
kind.register(collections.abc.Mapping, lambda x: "mapping")
collections.abc.Mapping.register(Thing)
try:
    kind(Thing())
except RuntimeError as e:
    print("Ambiguous" in str(e))
for annotation in (typing.Iterable[str], int | typing.Iterable[str], list[int]):
    def f(arg): ...
    f.__annotations__["arg"] = annotation
    try:
        kind.register(f)
    except TypeError as e:
        print(e)
