from sqlalchemy import create_engine, event, ForeignKey, inspect, select, func
from sqlalchemy.orm import *
from sqlalchemy.orm import attributes
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    m: Mapped[int|None]
    t: Mapped[str]=mapped_column(server_default="dflt")
class B(A):
    x: Mapped[int|None]=mapped_column(use_existing_column=True)
e=create_engine("sqlite://"); Base.metadata.create_all(e)
def shown(v):
    if isinstance(v,(str,int,type(None),list,tuple,dict)): return v
    if isinstance(v,set): return sorted(v)
    return type(v).__name__
for n in ("init","init_failure","load","refresh","refresh_flush","expire"):
    event.listen(A,n,lambda *a,n=n: print("inst",n,*[shown(x) for x in a]),propagate=True)
for n in ("before_insert","after_insert","before_update","after_update","before_delete","after_delete"):
    event.listen(A,n,lambda m,c,t,n=n: print("map",n,m,type(c).__name__,t.n),propagate=True)
event.listen(A.n,"set",lambda t,v,o,i:(print("set",v,o,i.key,i.op if hasattr(i,"op") else ""),v.strip())[1],retval=True,propagate=True)
event.listen(A.m,"set",lambda t,v,o,i:print("set m",v,o),active_history=True,propagate=True)
event.listen(A.n,"modified",lambda t,i:print("modified",i.key))
@event.listens_for(A.m,"init_scalar",retval=True)
def isc(t,v,d): d["m"]=7; return 7
@event.listens_for(A,"init")
def chg(t,args,kw): kw.setdefault("n","auto"); print("kw",kw)
a=A(n=" x ")
print(a.n,a.m,a.__dict__.get("m"))
A()
try: A(zz=1)
except TypeError as ex: print(ex)
s=Session(e)
s.add(a); s.flush()
print(a.t)
s.commit()
a.m=9
a.n="y"; s.flush()
s.expire(a,["n"]); a.n
s.refresh(a)
s.refresh(a,["m"])
b=B(n="b"); s.add(b); s.commit()
s.expunge_all()
x=s.scalars(select(A).order_by(A.id)).all()
print([type(o).__name__ for o in x])
x[0].n="zzz"; s.scalars(select(A).execution_options(populate_existing=True)).all()
attributes.flag_modified(x[0],"n")
print(x[0] in s.dirty, s.is_modified(x[0]))
attributes.flag_dirty(x[0])
s.delete(x[0]); s.flush(); s.rollback()
# raw, named, once, insert, remove
log=[]
def raw(state,value,old,init): log.append(type(state).__name__); return value
event.listen(A.n,"set",raw,raw=True,retval=True)
def named(**kw): log.append(sorted(kw))
event.listen(A.n,"set",named,named=True)
event.listen(A.n,"set",lambda *a:log.append("once"),once=True)
try: event.listen(A.n,"set",lambda *a:log.append("first"),insert=True)
except TypeError as ex: print(ex)
a=A(n="q"); a.n="r"; print(log)
event.remove(A.n,"set",raw); log.clear(); a.n="s"; print(log, event.contains(A.n,"set",raw))
for args in ((A,"nope"),(A.n,"before_insert"),(Session,"set"),(5,"load")):
    try: event.listen(*args,lambda *a:None)
    except Exception as ex: print(type(ex).__name__, str(ex).split(" at 0x")[0])
# unmapped base with propagate, mixin
class Mix: pass
event.listen(Mix,"before_insert",lambda m,c,t:print("mix",type(t).__name__),propagate=True)
event.listen(Mix,"init",lambda t,a,k:print("mix init",type(t).__name__),propagate=True)
class C(Mix,Base):
    __tablename__="c"
    id: Mapped[int]=mapped_column(primary_key=True)
Base.metadata.create_all(e)
s.add(C()); s.commit()
@event.listens_for(Mapper,"before_insert")
def every(m,c,t): print("every",type(t).__name__)
@event.listens_for(Session,"after_flush")
def af(s,ctx): print("flush",[type(o).__name__ for o in s.new])
s.add(C()); s.commit()
@event.listens_for(s,"loaded_as_persistent")
def lp(s,o): print("loaded",type(o).__name__)
@event.listens_for(s,"do_orm_execute")
def doe(st): print("exec",st.is_select,st.is_orm_statement,st.is_column_load,st.is_relationship_load,st.bind_mapper,[str(m) for m in st.all_mappers])
s.expunge_all()
c=s.get(C,1); s.expire(c); c.id
s.execute(select(func.count(C.id))).scalar()
