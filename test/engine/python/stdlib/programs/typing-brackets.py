# What stands in the brackets of types: put in for variables, kept, refused; protocols, typed dicts and hints beside it.
from typing import *
from typing import get_overloads

gth = get_type_hints

def func2(*args: Unpack[tuple[int, str]]): pass


def g(*args: '*tuple[int, str]'): pass
print(gth(g))
P = ParamSpec("P"); T = TypeVar("T"); S=TypeVar("S", bound="Foo"); C=TypeVar("C", int, str)
Ts = TypeVarTuple("Ts")
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class Arr(Generic[*Ts]): pass
class Fn(Generic[P, T]): pass
for e in """Box[int]
Box[int]("x").__orig_class__
Box[T][str]
Arr[int, str]
Arr[()]
Arr[int, *tuple[str, ...]]
Arr[*Ts][int, float]
tuple[T, *Ts][int, str, float]
Tuple[T, Unpack[Ts]][int]
tuple[*Ts, T][int, str]
Callable[[T, *Ts], T][int, str]
Callable[P, T][[int, str], float]
Callable[P, T][..., float]
Callable[Concatenate[int, P], T][[str], bytes]
Fn[[int, str], T]
Fn[..., int]
Fn[int, str]
Fn[[int], str].__args__
dict[T, list[S]][int, str]
dict[str, T | None][int]
Union[T, S][int, int]
Optional[T][int]
Annotated[T, 1, 2][int]
Annotated[Annotated[int, 1], 2]
Annotated[int]
Literal[1, True, 1, "a"]
Literal[Literal[1, 2], 3].__args__
Type[C]
ClassVar[Final[int]]
Final[ClassVar[int]]
List[ClassVar[int]]
Box[int, str]
Box[int][str]
Tuple[int, ...][str]
Tuple[()]
Tuple[int, "Foo"]
List["Foo"]
Dict[str]
Mapping[str, int, int]
Hashable[int]
Union[int]
Union[()]
Union[int, "Foo", None]
int | "Foo"
int | T
T | None
Optional[int] | str
Union[int, str] == int | str
int | str == Union[str, int]
isinstance(3, int | str)
isinstance(3, Union[int, str])
isinstance(3, Optional[list[int]])
issubclass(bool, int | None)
isinstance(3, List[int])
isinstance([], List)
List()
list[int](range(3))
Box[int].__parameters__, Box[T].__parameters__, Box.__parameters__
get_origin(Box[int]), get_args(Callable[[int], str]), get_args(Callable[P, T]), get_origin(int|str), get_args(Annotated[int, 5])
TypeVar("X", int)
TypeVar("X", int, str, bound=int)
TypeVar("X", covariant=True, contravariant=True)
S.__bound__, C.__constraints__, T.__module__
NewType("Id", int)(3), NewType("Id", int), NewType("Id", int).__supertype__
cast("Foo", 3)
Any()
NoReturn[int]
Self[int]
Generic()
Generic[int]
Protocol[T]
Required[int]
Concatenate[int]
Concatenate[int, ...]
Unpack[int, str]
TypeGuard[int]
List[int].__origin__, List.__origin__, List[int].__name__, List.__name__, List[int]._name
List[int].append, Box[int].__doc__
get_type_hints(Box.__init__)
ForwardRef("a b")
ForwardRef("Foo")
is_typeddict(3)
P.args, P.kwargs, P.args.__origin__
hash(List[int]) == hash(List[int])
Box[List[int]] == Box[list[int]]""".splitlines():
    try: print(e, "->", repr(eval(e)))
    except Exception as x: print(e, "!!", type(x).__name__, x)


class Sized2(Protocol):
    size: int

    def grow(self): ...


class Growing(Sized2):
    def __init__(self):
        super().__init__()
        self.size = 1


@final
@runtime_checkable
class Closable(Protocol):
    def close(self): ...


class File:
    def close(self): ...


Sized2.register(int)
print(Growing().size, issubclass(File, Closable), isinstance(3, Closable))


class Point(TypedDict):
    x: int
    y: NotRequired[int]


Label = TypedDict("Label", [("label", str), ("y", Required[int])])


class Labelled(Point, Label): ...


class Page(TypedDict, Generic[T], total=False):
    items: list[T]


print(Labelled.__annotations__, sorted(Labelled.__required_keys__), Page.__bases__, Page[int], Page.__optional_keys__)


class Pair(NamedTuple, Generic[T]):
    a: T
    b: T


print(Pair[int](1, 2), Pair.__bases__, Pair[int].__args__, NamedTuple("Empty")())


class Node:
    value: "ClassVar[int]"
    next: Optional["Node"]
    names: "list[Literal['a', 'b']]"


print(get_type_hints(Node))


@no_type_check
class Unchecked:
    a: "nothing"

    def f(self, x: "nothing"): ...


print(get_type_hints(Unchecked), get_type_hints(Unchecked.f))


def wrong(x: "ClassVar[int]"): ...


try:
    get_type_hints(wrong)
except TypeError as e:
    print(e)


@overload
def half(x: int) -> int: ...
@overload
def half(x: str) -> str: ...
def half(x):
    return x


print(len(get_overloads(half)))
Box[int].colour = "red"
print(Box.colour, "colour" in dir(Box[str]), "append" in dir(List[int]))
for special in (type(Self), type(Union[int, str]), TypeVar, ForwardRef):
    try:
        type("Derived", (special,), {})
    except TypeError as e:
        print(special.__name__, e)
for bad in (Union[int, str], Self, Callable[[int], str], Annotated[int, 1], List):
    try:
        iter(bad)
    except TypeError as e:
        print(e)
