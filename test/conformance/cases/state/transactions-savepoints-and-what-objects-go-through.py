from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text, update, delete, exc
from sqlalchemy.orm import *
from sqlalchemy import exc
from sqlalchemy.orm import exc as oexc
import warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,str(m).split(" at 0x")[0])
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]=mapped_column(unique=True)
    bs: Mapped[list["B"]]=relationship(back_populates="a",cascade="all, delete-orphan")
class B(Base):
    __tablename__="b"
    id: Mapped[int]=mapped_column(primary_key=True)
    aid: Mapped[int]=mapped_column(ForeignKey("a.id"))
    a: Mapped["A"]=relationship(back_populates="bs")
e=create_engine("sqlite://"); Base.metadata.create_all(e)
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
def st(o):
    i=inspect(o); return [n for n in ("transient","pending","persistent","deleted","detached") if getattr(i,n)]
s=Session(e)
a=A(n="one"); s.add(a); s.commit()
print("nested")
with s.begin_nested() as n1:
    a.n="two"
    try:
        with s.begin_nested():
            s.add(A(n="two")); s.flush()
    except exc.IntegrityError as ex: print("  inner failed", n1.is_active, s.is_active)
    print(a.n, s.in_nested_transaction())
t("n1 closed", n1.rollback)
s.rollback(); print(a.n)
print("manual")
n=s.begin_nested(); b=B(a=a); print(st(b), b in s); s.add(b); s.flush(); print(st(b), b.id); n.rollback(); print(st(b), b.id, a.bs)
n=s.begin_nested(); s.delete(a); s.flush(); print(st(a)); n.commit(); print(st(a)); s.rollback(); print(st(a), a.n)
print("key switch")
a.id=50; s.flush(); print(inspect(a).identity, s.get(A,50) is a, s.get(A,1)); s.rollback(); print(inspect(a).identity, a.id, s.get(A,1) is a)
n=s.begin_nested(); a.id=60; s.flush(); n.rollback(); print(inspect(a).identity); s.commit()
print("failed flush")
s.add(A(n="one"))
t("flush",s.flush)
t("query",lambda:s.scalars(select(A)).all())
t("add",lambda:s.add(A(n="q")))
t("commit",s.commit)
print(s.is_active, s.in_transaction(), len(s.new))
s.rollback(); print(s.is_active, len(s.new))
t("fine", lambda: len(s.scalars(select(A)).all()))
s.rollback()
print("with begin")
def f():
    with s.begin():
        s.add(A(n="x1"))
        raise ValueError("boom")
t("raise",f); print(s.in_transaction(), s.scalar(select(A).where(A.n=="x1"))); s.rollback()
def f():
    with s.begin():
        s.add(A(n="x2"))
        with s.begin_nested() as nn:
            s.add(A(n="x3")); nn.rollback()
        s.add(A(n="x4"))
    return [x.n for x in s.scalars(select(A).order_by(A.id))]
t("nested rollback inside",f); s.rollback()
def f():
    with s.begin():
        with s.begin_nested() as nn:
            nn.rollback(); s.scalars(select(A)).all()
t("use after nested rollback",f); print(s.in_transaction()); 
def f():
    with s.begin():
        with s.begin_nested():
            s.rollback()
        s.add(A(n="nope"))
t("rollback all inside",f); print(s.in_transaction()); s.rollback()
def f():
    with s.begin():
        try:
            s.add(A(n="one")); s.flush()
        except exc.IntegrityError: print("  caught")
t("caught inside",f); print(s.in_transaction(), s.is_active)
print("detached")
d=s.scalars(select(A).where(A.n=="one")).one(); s.commit(); s.close()
t("expired", lambda:d.n); t("lazy", lambda:d.bs)
t("refresh", lambda:s.refresh(d))
d2=s.get(A,1); s.expunge(d2); t("lazy2",lambda:d2.bs); print(d2.n)
s2=Session(e); s.add(d2); t("other", lambda: s2.add(d2)); t("other del", lambda:s2.delete(d2)); t("other merge", lambda: s2.merge(d2) is d2)
s2.close()
dup=A(id=1,n="dup"); make_transient_to_detached(dup); t("dup identity", lambda:s.add(dup))
t("mtd", lambda:make_transient_to_detached(d2))
print("stale/deleted")
x=A(n="gone"); s.add(x); s.commit()
with e.begin() as c: pass
s.execute(delete(A.__table__).where(A.__table__.c.n=="gone")); 
t("access deleted", lambda:x.n)
t("refresh deleted", lambda:s.refresh(x))
t("get deleted", lambda:s.get(A,x.__dict__.get("id",2)))
s.rollback()
print("close")
s=Session(e); a=s.get(A,1); a.n="changed"; s.close(); print(st(a), a.n, inspect(a).modified)
s.add(a); print(a in s.dirty); s.rollback(); print(a.n)
sm=sessionmaker(e,expire_on_commit=False)
with sm() as s: 
    y=A(n="sm"); s.add(y); s.commit()
print(y.n, st(y))
with sm.begin() as s: s.add(A(n="smb"))
with sm() as s: print(sorted(s.scalars(select(A.n))))
t("maker begin error", lambda: [sm.begin().__enter__().no_such])
print(sm.kw["expire_on_commit"], sm.class_.__name__)
t("autoflush", lambda:0)
s=Session(e)
s.add(A(n="one"))
t("autoflush error", lambda:s.scalars(select(A)).all()); s.rollback()
with s.no_autoflush:
    s.add(A(n="nf")); print(len(s.scalars(select(A)).all()), len(s.new))
print(len(s.scalars(select(A)).all()), len(s.new)); s.rollback()
s=Session(e,autoflush=False); s.add(A(n="nf2")); print(len(s.scalars(select(A)).all()), len(s.new)); s.rollback()
s=Session(e,autobegin=False); t("no autobegin", lambda:s.scalars(select(A)).all()); t("no autobegin add",lambda:s.add(A(n="z")))
with s.begin(): print(len(s.scalars(select(A)).all()))
t("nobind", lambda:Session().scalars(select(A)).all()); t("nobind2", lambda:Session().execute(text("select 1")))
s=Session(e); aa=s.get(A,1); t("set after close", lambda:(s.close(), setattr(aa,"n","w"), st(aa)))
t("over 100", lambda:0)
s=Session(e)
@event.listens_for(s,"after_flush_postexec")
def more(s,c): s.add(A(n="m%d"%id(c)))
