from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text
from sqlalchemy.orm import *
from sqlalchemy.orm import attributes
from sqlalchemy.orm.attributes import *
from sqlalchemy.orm.attributes import PASSIVE_NO_INITIALIZE, PASSIVE_OFF, PASSIVE_NO_FETCH, NO_VALUE, PASSIVE_NO_RESULT
from sqlalchemy.exc import *
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
    bs: Mapped[list["B"]]=relationship(back_populates="a")
class B(Base):
    __tablename__="b"
    id: Mapped[int]=mapped_column(primary_key=True)
    aid: Mapped[int|None]=mapped_column(ForeignKey("a.id"))
    a: Mapped["A|None"]=relationship(back_populates="bs")
e=create_engine("sqlite://"); Base.metadata.create_all(e)
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
a=A()
print(a.n, a.bs, a.__dict__.keys())
t("hist empty",lambda:get_history(a,"n")); a.n="x"; t("hist",lambda:get_history(a,"n")); t("hist bs",lambda:get_history(a,"bs"))
t("del",lambda:delattr(a,"n")); t("del again",lambda:delattr(a,"n")); t("hist",lambda:get_history(a,"n")); print(a.n)
t("bad key",lambda:get_history(a,"zz")); t("not mapped",lambda:get_history(5,"n")); t("get_attribute",lambda:get_attribute(a,"n")); t("set_attribute",lambda:set_attribute(a,"n","sa")); t("del_attribute",lambda:del_attribute(a,"n"))
t("init_collection",lambda:type(init_collection(a,"bs")).__name__); set_committed_value(a,"bs",[B(),B()]); print(len(a.bs), get_history(a,"bs").unchanged.__len__(), a.bs[0].a)
t("flag bad",lambda:flag_modified(A(),"n")); t("is_instrumented",lambda:is_instrumented(a,"n")); t("is_instrumented2",lambda:is_instrumented(a,"zz")); t("has_parent", lambda:has_parent(A,a.bs[0],"bs")); t("has_parent2", lambda:has_parent(A,B(),"bs"))
s=Session(e)
a=A(n="1"); b=B(a=a); s.add(a); s.add(b); s.commit()
i=inspect(a); print(i.attrs.n.loaded_value, i.attrs.n.history, i.attrs.bs.history, i.attrs.n.value, i.attrs.n.loaded_value)
a.n="2"; print(i.attrs.n.history, i.attrs["n"].load_history(), i.committed_state, i.modified)
s.expire(a); a.n="3"; print(i.attrs.n.history, i.attrs.n.load_history(), i.committed_state)
print(get_history(b,"a"), ); b.a=None; print([type(x).__name__ for x in get_history(b,"a").deleted], get_history(b,"a").added, get_history(b,"aid"))
s.flush(); print(get_history(b,"a"), get_history(b,"aid")); s.rollback()
c=A(n="c"); s.expire(b); b.a=c; h=get_history(b,"a"); print([x.n for x in h.added],[x.n for x in h.deleted]); print(h.sum()==list(h.added)+list(h.deleted), h.non_deleted()==h.added, bool(h), h.empty())
s.rollback()
a.bs; b2=B(); a.bs.append(b2); print(b2 in s, len(s.new)); a.bs.remove(b2); print(b2 in s, b2.a)
s.rollback()
print("unloaded backref"); s.expire(a); b3=B(a=a); print("bs" in a.__dict__, i.attrs.bs.history.added, len(a.bs)); s.rollback()
s.expire(a); b.a=None; print("bs" in a.__dict__, len(a.bs)); s.rollback()
print("del m2o"); del b.a; print(b.a, b.aid); s.flush(); print(b.aid); s.rollback(); print(b.aid)
print("conflict");
t("bad set",lambda:setattr(b,"a","str")); t("bad set2",lambda:setattr(b,"a",B())); t("bad append",lambda:a.bs.append(A())); s.rollback(); s.expunge_all()
a=s.get(A,1)
t("flush bad",lambda:(a.bs.append(A(n="bad")),s.flush())); s.rollback()
print("repr", attributes.NO_VALUE, repr(NO_VALUE), repr(PASSIVE_NO_RESULT))
print(A.n, A.bs, repr(A.n.key), A.n.property, A.bs.property, A.n.class_.__name__, A.n.parent, A.bs.property.direction)
t("noattr", lambda:A.n.nope); t("noattr2", lambda:A.nope); t("noattr3", lambda:a.nope); a.nope=5; print(a.nope, a.__dict__["nope"]); s.expire(a); print(a.nope)
t("inspect int", lambda:inspect(5)); print(inspect(5,raiseerr=False), inspect(A) is A.__mapper__, inspect(A.n) is A.n)
t("kw", lambda:A(zz=1)); t("pos", lambda:A(1))
class Un: pass
t("add unmapped",lambda:s.add(Un())); t("query unmapped",lambda:s.scalars(select(Un))); t("obj mapper",lambda:object_mapper(Un())); t("class mapper",lambda:class_mapper(Un)); t("class_mapper int",lambda:class_mapper(5))
raw=A.__new__(A); t("raw",lambda:raw.n); t("add raw",lambda:s.add(raw))
class D(Base):
    __tablename__="d"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    def __init__(self,n): self.n=n+"!"
    @reconstructor
    def rec(self): self.extra="rec"
class D2(D):
    def __init__(self,n,m): super().__init__(n); self.m=m
Base.metadata.create_all(e)
d=D2("x",5); print(d.n,d.m,hasattr(d,"extra")); s.add(d); s.commit(); s.expunge_all(); d=s.scalars(select(D)).one(); print(d.n,d.extra,hasattr(d,"m"))
t("init args",lambda:D()); 
class V(Base):
    __tablename__="v"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    ws: Mapped[list["W"]]=relationship()
    @validates("n")
    def vn(self,key,value):
        if "@" not in value: raise ValueError("bad "+key)
        return value.lower()
    @validates("ws",include_removes=True)
    def vw(self,key,value,is_remove): print("  vw",key,is_remove); return value
class W(Base):
    __tablename__="w"
    id: Mapped[int]=mapped_column(primary_key=True)
    vid: Mapped[int|None]=mapped_column(ForeignKey("v.id"))
v=V(n="A@B"); print(v.n); t("invalid",lambda:setattr(v,"n","x")); w=W(); v.ws.append(w); v.ws.remove(w); v.ws=[w]
