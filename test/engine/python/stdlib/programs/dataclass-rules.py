"""Dataclasses and their options."""
from dataclasses import *
import dataclasses
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    def __post_init__(self): self.z=self.x+self.y
p=P(1,2); print(p, p==P(1,2), p!=P(1,3), p.z, P.__doc__, P.__match_args__, fields(P)[0].name, [f.name for f in fields(p)])
t(lambda: P()); t(lambda: P(1,2,3,4)); t(lambda: P(1,w=2)); t(lambda: hash(p)); t(lambda: p<p)
print(asdict(p), astuple(p), replace(p,x=9), is_dataclass(P), is_dataclass(p), is_dataclass(5))
@dataclass(frozen=True,order=True)
class F:
    a: int
    b: str = "q"
f=F(1); print(f, hash(f)==hash(F(1)), F(1)<F(2), sorted([F(3),F(1)]), {f:1}[F(1)])
def s(): f.a=2
t(s)
def s(): del f.a
t(s)
def mk():
    @dataclass
    class X:
        a: list = []
t(mk)
def mk():
    @dataclass
    class X:
        a: int = 1
        b: int
t(mk)
@dataclass
class B:
    a: int
    c: int = 5
@dataclass
class C(B):
    d: int = 6
    a: str = "z"
print(C(), C("k",1,2), B(1))
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2
print(K(a=1)); t(lambda: K(1))
@dataclass
class K2:
    a: int
    _: KW_ONLY
    b: int
    c: int = 3
print(K2(1,b=2), K2.__match_args__, K2.__doc__)
@dataclass(slots=True)
class S:
    a: int
    b: int = 1
s=S(1); print(s, S.__slots__)
def q(): s.zz=1
t(q)
@dataclass
class I:
    a: int
    b: InitVar[int] = 3
    def __post_init__(self,b): self.a+=b
print(I(1), I(1,5)); 
@dataclass(eq=False)
class NE: a:int
print(NE(1)==NE(1))
@dataclass(repr=False)
class NR: a:int
@dataclass(unsafe_hash=True)
class UH: a:int
print(hash(UH(1))==hash(UH(1)))
X=make_dataclass('X',['a',('b',int),('c',int,field(default=5))]); print(X(1,2), X)
@dataclass
class Fld:
    a: int = field(default=1,repr=False,compare=False)
    b: int = field(init=False,default=7)
print(Fld(), Fld(5)==Fld(6), fields(Fld)[0])
@dataclass
class Nest:
    p: P
    l: list
    d: dict
n=Nest(P(1),[P(2)],{"k":P(3)}); print(asdict(n)); print(astuple(n))
def mk():
    @dataclass
    class Bad(F):
        z:int=1
t(mk)
def mk():
    @dataclass(order=True,eq=False)
    class Bad: z:int
t(mk)
def mk():
    @dataclass(order=True)
    class Bad:
        z:int
        def __lt__(self,o): pass
t(mk)
t(lambda: fields(5)); t(lambda: asdict(5)); t(lambda: replace(5)); t(lambda: replace(Fld(),b=1))
def mk():
    class Bad: 
        x=field(default=1,default_factory=list)
t(mk)
@dataclass
class Rec:
    me: object = None
r=Rec(); r.me=r; print(r)
match P(1,2):
    case P(x,y): print("m",x,y)
@dataclass
class W:
    self: int
print(W(3))
print(P.__dataclass_params__, P.__init__.__qualname__, P.__init__.__annotations__)
@dataclass
class Fwd:
    a: "int"
    b: "list[int]" = field(default_factory=list)
print(Fwd(1), Fwd.__doc__, fields(Fwd)[0].type)
class Base:
    def __init__(self): self.q=1
@dataclass
class D2(Base):
    a: int
    def __init__(self,a):
        super().__init__(); self.a=a
print(D2(1), D2(1).q)
print(dataclasses.MISSING, KW_ONLY)

# slots that can be referred to weakly, fields that are none, generic bases
import typing, weakref
@dataclass(slots=True, weakref_slot=True)
class Weak:
    a: int
@dataclass(slots=True, weakref_slot=True)
class Weaker(Weak):
    b: int
w = Weaker(1, 2)
print(weakref.ref(w)() is w, Weak.__slots__, Weaker.__slots__)
T = typing.TypeVar("T")
class Base(typing.Generic[T]): ...
for make in (
    lambda: make_dataclass("C", [("x", int), "y", ("z", list[T], None)], bases=(Base[T],)).__orig_bases__,
    lambda: make_dataclass("C", [int]),
    lambda: make_dataclass("C", [("x",)]),
    lambda: make_dataclass("C", [()]),
    lambda: field(metadata=0),
    lambda: type("C", (Weak,), {"__slots__": ("__weakref__",)}),
    lambda: dataclass(slots=True)(type("C", (type("B", (), {"__slots__": iter("a")}),), {})),
):
    t(make)
