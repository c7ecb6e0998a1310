from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text, update, func
from sqlalchemy.orm import *
import warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,str(m).split(" at 0x")[0])
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
    v: Mapped[int]=mapped_column()
    big: Mapped[str|None]=mapped_column(deferred=True)
    bs: Mapped[list["B"]]=relationship(back_populates="a",cascade="all, delete-orphan",order_by="B.id")
    tag: Mapped["T|None"]=relationship()
    tid: Mapped[int|None]=mapped_column(ForeignKey("t.id"))
    __mapper_args__={"version_id_col":v}
class B(Base):
    __tablename__="b"
    id: Mapped[int]=mapped_column(primary_key=True)
    aid: Mapped[int]=mapped_column(ForeignKey("a.id"))
    n: Mapped[str|None]
    a: Mapped["A"]=relationship(back_populates="bs")
class T(Base):
    __tablename__="t"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
class C(Base):
    __tablename__="c"
    x: Mapped[int]=mapped_column(primary_key=True)
    y: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
e=create_engine("sqlite://"); Base.metadata.create_all(e)
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
s=Session(e)
m=s.merge(A(id=1,n="new",bs=[B(id=1,n="b1"),B(id=2,n="b2")],tag=T(id=1,n="t")))
print(m in s.new, len(s.new)); s.commit()
print("update")
m=s.merge(A(id=1,n="upd",bs=[B(id=1,n="b1x"),B(id=3,n="b3")])); print([b.n for b in m.bs], m.tag.n, len(s.dirty)); s.commit()
print("no pk")
m2=s.merge(A(n="nopk")); print(m2.id, m2 in s.new); s.commit(); print(m2.id)
print("none attr")
m=s.merge(A(id=1,n=None,tag=None)); s.commit(); print(m.n, m.tag)
print("detached")
d=s.get(A,1); d.bs; s.close(); d.n="detached change"
m=s.merge(d); print(m is d, m.n, inspect(m).modified); s.commit()
print("expired detached")
d=s.get(A,1); s.expire(d); s.expunge(d); m=s.merge(d); print(m.n); s.rollback()
print("persistent"); p=s.get(A,1); print(s.merge(p) is p)
print("version")
stale=A(id=1,v=1,n="stale"); t("stale",lambda:s.merge(stale)); s.rollback()
print("load=False")
src=Session(e); o=src.get(A,1); o.bs
m=s.merge(o,load=False); print(m is o, m.n, inspect(m).persistent, "bs" in m.__dict__, [b.n for b in m.bs]); s.rollback()
o.n="dirty"; t("dirty",lambda:s.merge(o,load=False)); t("transient",lambda:s.merge(A(id=9),load=False)); src.close()
print("pending"); pend=A(id=77); s.add(pend); t("pending",lambda:s.merge(pend) is pend); s.rollback()
print("conflict")
t1,t2=T(id=5,n="x"),T(id=5,n="y")
r=s.merge(A(n="q",tag=t1)); r2=s.merge(A(n="q2",tag=t2)); print(r.tag is r2.tag, r.tag.n); s.rollback()
print("composite pk"); c=s.merge(C(x=1,y=2,n="c")); s.commit(); c=s.merge(C(x=1,y=2,n="d")); s.commit(); print(c.n); t("partial", lambda:s.merge(C(x=1))); s.rollback()
print("deferred"); s.get(A,1).big; m=s.merge(A(id=1,big="B")); s.commit()
print("options"); m=s.merge(A(id=1,n="o"),options=[selectinload(A.bs)]); s.rollback()
t("not mapped", lambda:s.merge(5)); t("none", lambda:s.merge(None)); t("class", lambda:s.merge(A))
print("get forms")
t("tuple",lambda:s.get(C,(1,2)).n); t("dict",lambda:s.get(C,{"x":1,"y":2}).n); t("list",lambda:s.get(C,[1,2]).n)
t("short",lambda:s.get(C,1)); t("names",lambda:s.get(C,{"x":1,"z":2})); t("none",lambda:s.get(A,None)); t("notmapped",lambda:s.get(int,1)); t("str",lambda:s.get("A",1)); t("get_one",lambda:s.get_one(A,999))
t("with_for_update",lambda:s.get(A,1,with_for_update=True).n); t("populate",lambda:s.get(A,1,populate_existing=True).n); t("options",lambda:s.get(A,1,options=[joinedload(A.bs)]).n)
t("refresh names",lambda:s.refresh(s.get(A,1),["n","bs"])); t("refresh bad",lambda:s.refresh(s.get(A,1),["zz"])); t("expire bad",lambda:s.expire(s.get(A,1),["zz"]))
t("refresh ffu",lambda:s.refresh(s.get(A,1),with_for_update={"read":True})); t("blank",lambda:s.refresh(s.get(A,1),with_for_update={}))
a=s.get(A,1); a.n="pending"; s.refresh(a); print(a.n); a.n="p2"; s.expire(a,["n"]); print(a.n)
a.bs[0].n="bb"; s.expire(a); print(a.bs[0].n if a.bs else None); s.rollback()
a=s.get(A,1); a.bs.append(B(n="pend")); s.expire(a); print(len(s.new), len(a.bs)); s.rollback()
print(object_session(a) is s, object_session(A()), s.identity_key(instance=a)==s.identity_key(A,1), s.identity_key(A,1))
i=inspect(a); print(i.identity, i.identity_key, i.has_identity, i.session is s, i.object is a, i.mapper, sorted(i.unloaded), i.class_.__name__ if hasattr(i,"class_") else "", sorted(i.attrs.keys()))
