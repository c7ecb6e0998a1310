"""typing_extensions: what later versions add to typing."""
import typing_extensions as t, typing
print(t.get_args(t.TypeIs[int]), t.get_origin(t.TypeIs[int]), t.is_protocol(int), t.NoDefault)
class P(t.Protocol):
    x: int
    def m(self): ...
class P2(P, t.Protocol):
    y: int
class Impl(P): pass
print(sorted(t.get_protocol_members(P)), sorted(t.get_protocol_members(P2)), t.is_protocol(P2), t.is_protocol(Impl))
for f in (lambda: t.get_protocol_members(int), lambda: t.TypeIs[int, str], lambda: t.TypeIs(), lambda: isinstance(1, t.TypeIs), lambda: t.ReadOnly[5], lambda: t.disjoint_base(P) is P, lambda: isinstance(b"", t.Buffer), lambda: isinstance("", t.Buffer), lambda: t.Sentinel("M"), lambda: t.type_repr(int), lambda: t.type_repr(list[int]),lambda: t.TypeForm(int), lambda: t.TypeForm[int], lambda: t.get_annotations(P), lambda: t.TypeIs[int]==t.TypeIs[int], lambda: t.get_type_hints(t.TypedDict("Q", {"a": t.ReadOnly[int]})), lambda: t.NoExtraItems, lambda: t.Sentinel("M", "<m>"), lambda: t.Optional[t.TypeIs[int]], lambda: t.TypeIs[t.List[int]], lambda: t.TypeIs["x"] is None, lambda: t.TypeIs[P]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print([n for n in "Annotated Protocol Self TypeIs override TypeAlias Literal deprecated Buffer get_type_hints ParamSpec".split() if n not in t.__all__], [n for n in t.__all__ if n in ("T", "typing")])
class TD(t.TypedDict, total=False):
    a: t.Required[t.ReadOnly[int]]
    b: t.ReadOnly[t.NotRequired[str]]
    c: "t.ReadOnly[int]"
print(sorted(TD.__required_keys__), t.get_type_hints(TD, include_extras=True))
def narrow(v: object) -> t.TypeIs[int]: return isinstance(v, int)
print(narrow.__annotations__, narrow(5))
from typing_extensions import *
print(TypeIs, Annotated[int, 5])

# variables with defaults
from typing_extensions import TypeVar, ParamSpec, TypeVarTuple, NoDefault, TypeAliasType, Generic, get_original_bases, Unpack, override, deprecated, Doc, Buffer, NamedTuple, TypedDict, runtime_checkable, Protocol, Self
import typing, warnings
def ask(text):
    for e in text.strip().splitlines():
        try: print(e, "->", repr(eval(e, globals())))
        except Exception as x: print(e, "!!", type(x).__name__, x)
T = TypeVar("T", default=int)
U = TypeVar("U", default=str)
P = ParamSpec("P", default=[int, str])
Ts = TypeVarTuple("Ts", default=Unpack[typing.Tuple[int, ...]])
N = TypeVar("N")
class Box(Generic[N, T]): pass
class Pair(typing.Generic[T, U]): pass
ask("""
T.__default__, P.__default__, N.__default__, N.has_default(), T.has_default()
Box[int]
Box[int, str]
Box[int, str, float]
Pair[int]
Pair[int, int]
Box.__parameters__
TypeAliasType("A", list[int])
TypeAliasType("A", list[int]).__value__
TypeAliasType("L", list[N], type_params=(N,))[int]
isinstance(T, typing.TypeVar)
TypeVar("X", infer_variance=True).__infer_variance__
TypeVar("X", int, default=str)
repr(T), repr(P), repr(Ts), NoDefault
get_original_bases(Box)
isinstance(b"", Buffer)
""")
@deprecated("use other")
def old(): return 1
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(old(), [str(x.message) for x in w])
class Base:
    def f(self): ...
class D(Base):
    @override
    def f(self): ...
print(D.f.__override__)
