from sqlalchemy import create_engine, event, ForeignKey, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, Session
class Base(DeclarativeBase): pass
class P(Base):
    __tablename__="p"
    id: Mapped[int]=mapped_column(primary_key=True)
    kids: Mapped[list["K"]]=relationship(back_populates="p", order_by="K.id")
class K(Base):
    __tablename__="k"
    id: Mapped[int]=mapped_column(primary_key=True)
    pid: Mapped[int|None]=mapped_column(ForeignKey("p.id"))
    n: Mapped[str]
    p: Mapped["P|None"]=relationship(back_populates="kids")
    def __repr__(self): return self.n
e=create_engine("sqlite://"); Base.metadata.create_all(e)
@event.listens_for(P.kids,"append")
def a(t,v,i): print("  append",v,i.key,i.op if hasattr(i,'op') else None)
@event.listens_for(P.kids,"remove")
def r(t,v,i): print("  remove",v,i.key)
@event.listens_for(P.kids,"bulk_replace")
def b(t,v,i): print("  bulk_replace",v)
@event.listens_for(K.p,"set")
def s(t,v,o,i): print("  set",t,"P" if v is not None else None,"P" if isinstance(o,P) else o)
@event.listens_for(P.kids,"init_collection")
def ic(t,c,ad): print("  init_collection",type(c).__name__,type(ad).__name__)
@event.listens_for(P.kids,"dispose_collection")
def dc(t,c,ad): print("  dispose_collection",list(c))
p=P()
ks={c:K(n=c) for c in "abcdefghijklmnop"}
def do(title,f):
    print(title)
    try:
        x=f()
        if x is not None: print("  ->",x)
    except Exception as ex: print("  !!",type(ex).__name__,ex)
    print("  =",list(p.kids),[k for k in ks if ks[k].p is p])
do("append",lambda:p.kids.append(ks["a"]))
do("insert",lambda:p.kids.insert(0,ks["b"]))
do("extend",lambda:p.kids.extend([ks["c"],ks["d"]]))
def iadd(): p.kids+=[ks["e"]]
do("iadd",iadd)
do("setitem",lambda:p.kids.__setitem__(0,ks["f"]))
do("setslice",lambda:p.kids.__setitem__(slice(1,3),[ks["g"],ks["h"],ks["i"]]))
do("setslice step",lambda:p.kids.__setitem__(slice(0,4,2),[ks["j"],ks["k"]]))
do("setslice step bad",lambda:p.kids.__setitem__(slice(0,4,2),[ks["j"]]))
do("delitem",lambda:p.kids.__delitem__(0))
do("delslice",lambda:p.kids.__delitem__(slice(0,2)))
do("pop",lambda:p.kids.pop())
do("pop0",lambda:p.kids.pop(0))
do("remove",lambda:p.kids.remove(ks["a"]))
do("remove missing",lambda:p.kids.remove(ks["p"]))
do("append none",lambda:p.kids.append(None))
do("remove none",lambda:p.kids.remove(None))
do("append str",lambda:p.kids.append("x"))
def rep(v): p.kids=v
do("replace",lambda:rep([ks["a"],ks["b"],ks["c"]]))
do("replace overlap",lambda:rep([ks["c"],ks["d"],ks["d"]]))
do("replace tuple",lambda:rep((ks["a"],)))
do("replace set",lambda:rep({ks["a"]}))
do("replace none",lambda:rep(None))
do("replace dict",lambda:rep({}))
do("replace gen",lambda:rep(x for x in [ks["a"]]))
do("replace self",lambda:rep(p.kids))
do("reverse",lambda:p.kids.reverse())
do("sort",lambda:p.kids.sort(key=lambda k:k.n))
do("index",lambda:p.kids.index(ks["d"]))
do("count",lambda:p.kids.count(ks["d"]))
do("mul",lambda:len(p.kids*2))
do("copy",lambda:type(p.kids.copy()).__name__)
do("slice",lambda:type(p.kids[0:1]).__name__)
do("remove dup",lambda:p.kids.remove(ks["d"]))
do("clear",lambda:p.kids.clear())
old=p.kids
do("replace2",lambda:rep([ks["m"]]))
do("old append",lambda:old.append(ks["n"]))
def dele(): del p.kids
do("del",dele)
do("del again",dele)
print(type(p.kids), type(p.kids).__mro__[1].__name__, p.kids == [], repr(p.kids))
h=inspect(p).attrs.kids.history
print(h, h.has_changes(), h.empty(), h.sum())
with Session(e) as s:
    p.kids=[ks["a"],ks["b"]]
    s.add(p); s.commit()
    h=inspect(p).attrs.kids.history; print(h)
    p.kids; print(inspect(p).attrs.kids.history)
    p.kids.append(ks["c"]); p.kids.remove(ks["a"])
    print(inspect(p).attrs.kids.history)
    print(inspect(p).attrs.kids.load_history().deleted)
    s.expire(p); 
    k=K(n="z",p=p); print(inspect(p).attrs.kids.history, inspect(p).attrs.kids.loaded_value)
    print(list(p.kids))
