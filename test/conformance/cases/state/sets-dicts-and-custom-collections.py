from sqlalchemy import create_engine, event, ForeignKey, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, Session, attribute_keyed_dict, column_keyed_dict, keyfunc_mapping
from sqlalchemy.orm.collections import collection, InstrumentedSet, KeyFuncDict
import warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,m)
class Base(DeclarativeBase): pass
class K(Base):
    __tablename__="k"
    id: Mapped[int]=mapped_column(primary_key=True)
    p1: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    p2: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    p3: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    p4: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    p5: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    n: Mapped[str|None]
    m: Mapped[int|None]
    def __repr__(self): return str(self.n)
class Bag:
    def __init__(self): self.d=[]
    @collection.appender
    def put(self,x): self.d.append(x)
    @collection.remover
    def take(self,x): self.d.remove(x)
    @collection.iterator
    def walk(self): return iter(self.d)
    @collection.adds(1)
    def first(self,x): self.d.insert(0,x)
    @collection.removes_return()
    def last(self): return self.d.pop()
    @collection.replaces(2)
    def swap(self,i,x):
        old=self.d[i]; self.d[i]=x; return old
    def __len__(self): return len(self.d)
class ByN(KeyFuncDict):
    def __init__(self,*a,**k): super().__init__(keyfunc=lambda k:(k.n,k.m))
class P(Base):
    __tablename__="p"
    id: Mapped[int]=mapped_column(primary_key=True)
    kset: Mapped[set["K"]]=relationship(foreign_keys="K.p1")
    kdict: Mapped[dict[str,"K"]]=relationship(foreign_keys="K.p2",collection_class=attribute_keyed_dict("n"))
    kcol: Mapped[dict[int,"K"]]=relationship(foreign_keys="K.p3",collection_class=column_keyed_dict(K.__table__.c.m))
    kbag=relationship("K",foreign_keys="K.p4",collection_class=Bag)
    kby: Mapped[dict]=relationship("K",foreign_keys="K.p5",collection_class=ByN)
e=create_engine("sqlite://"); Base.metadata.create_all(e)
for name in ("kset","kdict","kcol","kbag","kby"):
    attr=getattr(P,name)
    event.listen(attr,"append",lambda t,v,i:print("  append",v))
    event.listen(attr,"remove",lambda t,v,i:print("  remove",v))
    event.listen(attr,"append",lambda t,v,i,key=None:print("  key",key if not hasattr(key,'name') else key.name),include_key=True)
p=P()
ks={c:K(n=c,m=ord(c)) for c in "abcdefgh"}
a,b,c,d,f,g=[ks[x] for x in "abcdfg"]
def do(title,fn,show):
    print(title)
    try:
        x=fn()
        if x is not None: print("  ->",x)
    except Exception as ex: print("  !!",type(ex).__name__,str(ex).split(" at 0x")[0])
    print("  =",show())
ss=lambda: sorted(str(x) for x in p.kset)
do("add",lambda:p.kset.add(a),ss)
do("add again",lambda:p.kset.add(a),ss)
do("update",lambda:p.kset.update([b,c]),ss)
def ior(): p.kset|={d}
do("ior",ior,ss)
do("discard",lambda:p.kset.discard(b),ss)
do("discard missing",lambda:p.kset.discard(b),ss)
do("remove",lambda:p.kset.remove(c),ss)
do("remove missing",lambda:p.kset.remove(c),ss)
def isub(): p.kset-={a}
do("isub",isub,ss)
def iand(): p.kset&={a}
do("iand",iand,ss)
def ixor(): p.kset^={a}
do("ixor",ixor,ss)
do("pop",lambda:p.kset.pop(),ss)
do("pop empty",lambda:p.kset.pop(),ss)
def st(v): p.kset=v
do("assign",lambda:st({a,}),ss)
do("assign list",lambda:st([a]),ss)
do("assign fset",lambda:st(frozenset([a])),ss)
do("difference_update",lambda:p.kset.difference_update([a]),ss)
do("symmetric_difference_update",lambda:p.kset.symmetric_difference_update({a}),ss)
do("intersection_update",lambda:p.kset.intersection_update({b}),ss)
do("clear",lambda:p.kset.clear(),ss)
print(type(p.kset).__name__, type(p.kset | {a}).__name__)
sd=lambda: dict(p.kdict)
do("set item",lambda:p.kdict.__setitem__("a",a),sd)
do("set item wrong key",lambda:p.kdict.__setitem__("zz",b),sd)
do("set same",lambda:p.kdict.set(c),sd)
do("replace",lambda:p.kdict.__setitem__("a",d),sd)
do("del",lambda:p.kdict.__delitem__("zz"),sd)
do("del missing",lambda:p.kdict.__delitem__("zz"),sd)
do("update",lambda:p.kdict.update({"f":f},g=g),sd)
do("update same",lambda:p.kdict.update({"f":f}),sd)
do("setdefault",lambda:p.kdict.setdefault("f",a),sd)
do("setdefault new",lambda:p.kdict.setdefault("b",b),sd)
do("pop",lambda:p.kdict.pop("b"),sd)
do("pop default",lambda:p.kdict.pop("nope",5),sd)
do("pop missing",lambda:p.kdict.pop("nope"),sd)
do("popitem",lambda:p.kdict.popitem(),sd)
do("remove",lambda:p.kdict.remove(c),sd)
do("remove wrong",lambda:p.kdict.remove(d),sd)
do("clear",lambda:p.kdict.clear(),sd)
def sdv(v): p.kdict=v
do("assign",lambda:sdv({"a":a,"b":b}),sd)
do("assign wrongkey",lambda:sdv({"x":a}),sd)
do("assign list",lambda:sdv([a]),sd)
do("unpopulated",lambda:p.kdict.set(K()),sd)
do("none key",lambda:p.kdict.set(K(n=None)),sd)
print(type(p.kdict).__mro__[1].__name__, isinstance(p.kdict, dict))
sc=lambda: dict(p.kcol)
do("col",lambda:p.kcol.set(a),sc)
do("col none",lambda:p.kcol.set(K(n="q")),sc)
sb=lambda: list(p.kbag.d)
do("put",lambda:p.kbag.put(a),sb)
do("first",lambda:p.kbag.first(b),sb)
do("swap",lambda:p.kbag.swap(0,c),sb)
do("last",lambda:p.kbag.last(),sb)
do("take",lambda:p.kbag.take(c),sb)
def sbv(v): p.kbag=v
do("assign bag list",lambda:sbv([a]),sb)
nb=Bag(); nb.d.append(f)
do("assign bag",lambda:sbv(nb),sb)
sy=lambda: dict(p.kby)
do("by",lambda:p.kby.set(a),sy)
with Session(e) as s:
    p=P(kset={a},kdict={"c":c},kcol={102:f}); p.kbag.put(g); p.kby.set(d)
    s.add(p); s.commit()
    print(ss(),sd(),sc(),sb(),sy())
    p.kbag.put(K(n="new")); p.kdict["new"]=K(n="new"); s.commit()
    print(sb(),sd())
    print(inspect(p).attrs.kbag.history)
class Bad1:
    def append(self,x): pass
try:
    class Q(Base):
        __tablename__="q"
        id: Mapped[int]=mapped_column(primary_key=True)
        ks=relationship("QK",collection_class=Bad1)
    class QK(Base):
        __tablename__="qk"
        id: Mapped[int]=mapped_column(primary_key=True)
        q: Mapped[int]=mapped_column(ForeignKey("q.id"))
    Q().ks
except Exception as ex: print(type(ex).__name__, ex)
