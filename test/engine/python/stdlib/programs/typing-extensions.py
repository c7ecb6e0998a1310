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
