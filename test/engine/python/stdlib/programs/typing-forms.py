"""Forms of typing: reprs, arguments, checks."""
from typing import *
import typing, collections.abc
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
T=TypeVar('T'); K=TypeVar('K',bound=int); S=TypeVar('S',str,bytes); P=ParamSpec('P'); Ts=TypeVarTuple('Ts')
for x in [T,K,S,P,Ts,Any,List,List[int],Dict[str,int],Optional[int],Union[int,str,None],Union[int],Union[int,Union[str,int]],Callable,Callable[[int],str],Callable[...,int],Callable[P,T],Tuple[int,...],Tuple[()],Tuple[int,str],Literal['a',1,None],Annotated[int,'x',5],ClassVar[int],Final[str],Type[int],Self,NoReturn,Never,List['Foo'],List[T],Dict[T,List[K]],Iterable[int],Generator[int,None,str],list[T],dict[str,List[T]],Optional['X'],Literal[Literal[1,2],3,1],Required[int],Unpack[Ts],Concatenate[int,P],TypeGuard[int],LiteralString,NamedTuple.__name__,collections.abc.Callable[[int],str],collections.abc.Callable[...,int],int|None,List[int]|None,'a'|T if False else T|int,Set[int],FrozenSet[str],Deque[int],DefaultDict[str,int],Counter[str],ContextManager[int],Pattern[str],Awaitable[int],AnyStr,Hashable,Sized]:
    print(x)
t(lambda: List[int,str]); t(lambda: Dict[int]); t(lambda: Optional[5]); t(lambda: List[5]); t(lambda: Union[()]); t(lambda: List[int]()); t(lambda: isinstance([],List)); t(lambda: isinstance([],List[int])); t(lambda: isinstance(1,Union[int,str])); t(lambda: isinstance(1,Any)); t(lambda: Any()); t(lambda: Optional[int,str]); t(lambda: Callable[int]); t(lambda: Callable[int,str]); t(lambda: TypeVar('X',int)); t(lambda: TypeVar('X',int,str,bound=int)); t(lambda: Generic[int]); t(lambda: Generic[T,T]); t(lambda: ClassVar[int][str]); t(lambda: List['x y']); t(lambda: Annotated[int]); t(lambda: Union[int,str]==Union[str,int]); t(lambda: hash(Union[int,str])==hash(Union[str,int])); t(lambda: Optional[int]==Union[int,None]); t(lambda: List[int]==List[int]); t(lambda: Literal[1]==Literal[True]); t(lambda: List[T][int]); t(lambda: Dict[T,K][str,int]); t(lambda: Dict[T,List[T]][int]); t(lambda: Callable[[T],T][int]); t(lambda: Union[T,None][int]); t(lambda: list[T][int]); t(lambda: List[int][str]); t(lambda: Callable[P,T][[int,str],bool])
class Box(Generic[T]):
    def __init__(self,x): self.x=x
b=Box[int](3); print(b.x, b.__orig_class__, Box[int], Box[int].__origin__, Box[int].__args__, Box.__parameters__, Box.__orig_bases__, Box.__mro__)
t(lambda: Box[int,str]); t(lambda: Box[int][str])
class IntBox(Box[int]): pass
print(IntBox.__mro__, IntBox.__orig_bases__, IntBox.__parameters__); t(lambda: IntBox[int])
class Pair(Generic[T,K], Dict[T,K]): pass
print(Pair[str,int], Pair.__parameters__, Pair.__mro__)
class MyL(List[int]): pass
print(MyL.__mro__, MyL([1]))
def mk():
    class X(Generic): pass
t(mk)
def mk():
    class X(Generic[T],List[K]): pass
t(mk)
class Pr(Protocol):
    x: int
    def f(self)->int: ...
@runtime_checkable
class Rp(Protocol):
    def f(self)->int: ...
class Impl:
    def f(self): return 1
t(lambda: isinstance(Impl(),Pr)); t(lambda: isinstance(Impl(),Rp)); t(lambda: isinstance(5,Rp)); t(lambda: issubclass(Impl,Rp)); t(lambda: Pr()); t(lambda: issubclass(Impl,Pr))
@runtime_checkable
class Rx(Protocol):
    x: int
class HasX:
    def __init__(self): self.x=1
t(lambda: isinstance(HasX(),Rx)); t(lambda: issubclass(HasX,Rx)); t(lambda: isinstance(1,SupportsInt)); t(lambda: isinstance("a",SupportsInt))
class Sub(Pr):
    def __init__(self): self.x=2
    def f(self): return 2
print(Sub().f(), Sub().x)
t(lambda: runtime_checkable(Impl))
class Gp(Protocol[T]):
    def get(self)->T: ...
print(Gp[int], Gp.__parameters__)
class NT(NamedTuple):
    a: int
    b: str = "z"
    def tot(self): return self.a*2
n=NT(3); print(n, n.tot(), n._fields, NT._field_defaults, NT.__annotations__, n._asdict(), n._replace(a=5), NT.__mro__, n==(3,"z"), NT.__doc__)
t(lambda: NT()); t(lambda: NT(1,2,3)); 
N2=NamedTuple('N2',[('x',int),('y',str)]); print(N2(1,'q'), N2.__annotations__)
def mk():
    class X(NamedTuple):
        a: int=1
        b: int
t(mk)
class TD(TypedDict):
    name: str
    year: int
class TD2(TD,total=False):
    opt: NotRequired[int]
    req: Required[int]
print(TD(name='x',year=1), TD.__annotations__, sorted(TD2.__required_keys__), sorted(TD2.__optional_keys__), TD.__total__, TD2.__total__, is_typeddict(TD), TD.__mro__)
t(lambda: isinstance({},TD))
TD3=TypedDict('TD3',{'a':int}); print(TD3, TD3(a=1))
class H:
    a: int
    b: 'str'
    c: Optional['H'] = None
    d: Annotated[int,'m']
def fn(x:int, y:'List[int]'=None, *a:str, **k:'float') -> 'H': pass
print(get_type_hints(H)); print(get_type_hints(H,include_extras=True)); print(get_type_hints(fn))
def bad(x:'Nope'): pass
t(lambda: get_type_hints(bad))
for x in [List[int],Dict[str,int],Optional[int],int,list[int],Callable[[int],str],Callable[...,int],Annotated[int,1],Literal[1,2],int|str,Union[int,str],Generic,ClassVar[int],Tuple[int,...]]: print(get_origin(x), get_args(x))
UserId=NewType('UserId',int); print(UserId, UserId(5), UserId.__supertype__, UserId.__name__, Optional[UserId])
@overload
def ov(x:int)->int: ...
@overload
def ov(x:str)->str: ...
def ov(x): return x
print(ov(1), len(get_overloads(ov)), cast(int,'x'), TYPE_CHECKING)
t(lambda: assert_never(5)); print(ForwardRef('X'), ForwardRef('X')==ForwardRef('X'))
print(List.__origin__, List[int].__module__, Box[int].__module__, List[int].__name__, List[int]._name, Union[int,str].__name__ if hasattr(Union[int,str],'__name__') else None)
print(Dict[str,T].__parameters__, T.__name__, K.__bound__, S.__constraints__, T.__covariant__)
from typing_extensions import Self as S2, override; print(S2)
class Node(Generic[T]):
    @classmethod
    def make(cls)->Self: return cls()
print(Node.make().__class__, Node[int].make())
print(collections.abc.Sequence[int], isinstance([],collections.abc.Sequence), collections.abc.Mapping[str,int], type(List[int]), type(Union[int,str]))
for fields in ({"_a": int}, {"class": int}):
    try: type(NT).__class__ and NamedTuple("X", list(fields.items()))
    except ValueError as e: print(e)
try:
    class Under(NamedTuple): _hidden: int
except ValueError as e: print(e)
