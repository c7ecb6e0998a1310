"""Enumerations and flags."""
import enum
from enum import *
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
class Color(Enum):
    RED=1
    GREEN=2
    BLUE=auto()
    ROT=1
    def hi(self): return self.name+str(self.value)
    @classmethod
    def first(cls): return next(iter(cls))
    @property
    def low(self): return self.name.lower()
print(Color.RED, repr(Color.ROT), Color.BLUE.value, list(Color), len(Color), Color.RED.hi(), Color.first(), Color.RED.low)
print(Color.__members__, Color['RED'], Color(2), Color.RED in Color, Color)
t(lambda: Color(9)); t(lambda: Color['X']); t(lambda: Color.X); t(lambda: 1 in Color)
t(lambda: setattr(Color,'RED',5)); t(lambda: delattr(Color,'RED')); t(lambda: setattr(Color.RED,'value',5)); t(lambda: Color())
t(lambda: type('C2',(Color,),{})); 
def mk():
    class C3(Color): pass
t(mk)
def mk():
    class C(Enum):
        A=1
        A=2
t(mk)
def mk():
    class C(Enum):
        _x_=1
t(mk)
class IE(IntEnum):
    A=1
    B=5
    C=auto()
print(IE.A, repr(IE.B), IE.A+1, IE.C.value, IE.A==1, IE.A<IE.B, f"{IE.A}", "%s %d"%(IE.A,IE.B), sorted(IE,reverse=True), {1:2}[IE.A], isinstance(IE.A,int), int(IE.B), IE(5), hash(IE.A)==hash(1))
class SE(StrEnum):
    AB=auto()
    CD="x"
print(SE.AB, repr(SE.CD), SE.AB=="ab", SE.AB.upper(), f"{SE.CD:>4}", str(SE.CD), SE("x"), len(SE.AB), {"ab":1}[SE.AB])
class SM(str,Enum):
    A="a"
    B="b"
print(SM.A, repr(SM.A), str(SM.A), f"{SM.A}", SM.A=="a", "%s"%SM.A, SM.A+"x", SM.A.value, format(SM.A,""))
class P(Flag):
    R=auto()
    W=auto()
    X=auto()
    RW=R|W
print(P.R, repr(P.R|P.X), P.RW, list(P), P.R in P.RW, ~P.R, P.R&P.W, bool(P.R&P.W), P(0), P(7), list(P.RW), len(P.RW), P.RW.value, P.RW^P.R, [m.name for m in P], P.__members__)
t(lambda: P(8)); t(lambda: P.R|1); t(lambda: 1 in P.R)
class IF(IntFlag):
    A=1
    B=2
print(IF.A|IF.B, repr(IF.A|8), IF.A|1, ~IF.A, IF(0), repr(IF(3)), IF.A+1, f"{IF.A}")
E2=Enum('E2','X Y Z'); print(list(E2), E2.__module__, E2)
E3=IntEnum('E3',{'P':10,'Q':20}); print(list(E3))
E4=Enum('E4',[('a',1),('b',2)],start=5); print(list(E4))
E5=Enum('E5',['m','n'],start=5,module='zz',qualname='zz.E5'); print(list(E5),E5.__module__,E5.__qualname__)
class Planet(Enum):
    EARTH=(5.9,6.3)
    MARS=(6.4,3.3)
    def __init__(self,mass,radius):
        self.mass=mass; self.radius=radius
print(Planet.EARTH.mass, Planet.MARS.value, Planet((5.9,6.3)))
class Coord(bytes,Enum):
    def __new__(cls,value,label):
        o=bytes.__new__(cls,[value]); o._value_=value; o.label=label; return o
    PX=(0,'P.X')
    PY=(1,'P.Y')
print(Coord.PY, Coord.PX.label, Coord(1))
class Miss(Enum):
    A="a"
    @classmethod
    def _missing_(cls,v):
        if isinstance(v,str) and v.lower()!=v: return cls(v.lower())
        if v==3: return 5
        if v==4: raise KeyError("boo")
print(Miss("A")); t(lambda: Miss("q")); t(lambda: Miss(3)); t(lambda: Miss(4))
@unique
class U(Enum):
    A=1
def mk():
    @unique
    class U2(Enum):
        A=1
        B=1
        C=1
t(mk)
class G(Enum):
    def _generate_next_value_(name,start,count,last): return name.lower()+str(count)
    A=auto()
    B=auto()
print([m.value for m in G])
class N(Enum):
    A=1
    @nonmember
    def f(): pass
    B=nonmember(5)
    C=member(7)
    _ignore_=['tmp']
    tmp=9
    def meth(self): return 1
print(list(N), N.B, N.C)
import copy
print(copy.copy(Color.RED) is Color.RED if 'copy' in dir() else 1, Color.RED.name, Color.RED._value_, Color.RED.__class__, Color.RED == Color.ROT, Color.RED != Color.GREEN, Color.RED is Color(1))
t(lambda: Color.RED<Color.GREEN)
print(dir(Color)[:5], [x for x in dir(Color.RED) if x[0]!='_'])
print({Color.RED:1}[Color.RED], hash(Color.RED)==hash("RED"))
class Empty(Enum): pass
t(lambda: Empty(1)); print(list(Empty), bool(Empty), bool(Color.RED))
class Base(Enum):
    def hello(self): return "hi "+self.name
class D(Base):
    X=1
print(D.X.hello(), D.__mro__, isinstance(D.X,Base))
class FloatE(float,Enum):
    A=1.5
print(FloatE.A, FloatE.A+1, repr(FloatE.A))
class TupE(tuple,Enum):
    A=(1,2)
print(TupE.A, repr(TupE.A), TupE.A[0])
class name_e(Enum):
    name="n"
    value="v"
    x=1
print(name_e.name, name_e.value, name_e.x.name, name_e.name.value)
print(list(reversed(Color)), Color.__doc__, enum.show_flag_values(6))
print(FlagBoundary.KEEP, repr(STRICT))
class CF(Flag, boundary=CONFORM):
    A=1
    B=4
print(CF(7), CF(2))
class EJ(Flag, boundary=EJECT):
    A=1
print(EJ(6), EJ(1))
print(Color.RED.__reduce_ex__(2), type(Color), type(Color.RED), Color.__name__, Color.__qualname__)
match Color.RED:
    case Color.GREEN: print("g")
    case Color.RED: print("r")

# a metaclass that puts the members into a namespace of its own making
import enum
class auto_enum(type(enum.Enum)):
    def __new__(metacls, cls, bases, classdict):
        fresh = type(classdict)()
        fresh._cls_name = cls
        names = set(classdict._member_names)
        i = 0
        for k in classdict._member_names:
            v = classdict[k]
            if v is Ellipsis: v = i
            else: i = v
            i += 1
            fresh[k] = v
        for k, v in classdict.items():
            if k not in names: fresh[k] = v
        return super().__new__(metacls, cls, bases, fresh)
class Numbered(enum.Enum, metaclass=auto_enum): pass
class Shade(Numbered):
    red = ...
    green = ...
    blue = 7
    black = ...
print(list(Shade))
