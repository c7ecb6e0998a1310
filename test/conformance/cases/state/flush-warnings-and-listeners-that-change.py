from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text, func
from sqlalchemy.orm import *
from sqlalchemy.orm import attributes
import warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,__import__("re").sub(r" at 0x[0-9a-f]+","",str(m)))
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
    bs: Mapped[list["B"]]=relationship(back_populates="a",cascade="all, delete-orphan")
class B(Base):
    __tablename__="b"
    id: Mapped[int]=mapped_column(primary_key=True)
    aid: Mapped[int|None]=mapped_column(ForeignKey("a.id"))
    n: Mapped[str|None]
    a: Mapped["A|None"]=relationship(back_populates="bs")
class C(Base):
    __tablename__="c"
    id: Mapped[int]=mapped_column(primary_key=True)
    aid: Mapped[int|None]=mapped_column(ForeignKey("a.id"))
    a: Mapped["A|None"]=relationship(cascade="")
    ds: Mapped[list["D"]]=relationship(cascade="")
class D(Base):
    __tablename__="d"
    id: Mapped[int]=mapped_column(primary_key=True)
    cid: Mapped[int|None]=mapped_column(ForeignKey("c.id"))
e=create_engine("sqlite://"); Base.metadata.create_all(e)
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
s=Session(e)
print("no cascade"); keepa=A(); c=C(a=keepa,ds=[D(),D()]); s.add(c); s.flush(); print(c.aid); s.rollback()
print("autoflush tag"); a=A(n="x"); s.add(a); s.commit(); b=B(a=a); print(b in s); s.scalars(select(B)).all(); s.rollback()
print("in flush");
def bi(m,c,t):
    t2=A(n="extra"); s.add(t2) if len(s.new)<3 else None
event.listen(B,"before_insert",bi); s.add(B()); s.commit(); event.remove(B,"before_insert",bi)
def bi(m,c,t): t.a=a
event.listen(B,"before_insert",bi); a.n; s.add(B(n="rel")); s.flush(); event.remove(B,"before_insert",bi); s.rollback()
def bi(m,c,t): a.bs.append(B(n="via"))
a.bs; event.listen(B,"before_insert",bi); s.add(B(n="rel")); s.flush(); event.remove(B,"before_insert",bi); print(len(s.new)); s.rollback()
def bi(m,c,t): s.delete(a)
event.listen(B,"before_insert",bi); a.n; s.add(B(n="rel")); s.flush(); event.remove(B,"before_insert",bi); s.rollback()
def af(sess,ctx): a.n="in after_flush"
event.listen(s,"after_flush",af); a.n; s.add(B(n="q")); s.flush(); print(a.n, a in s.dirty); event.remove(s,"after_flush",af); s.rollback()
def afp(sess,ctx): 
    if a.n!="pe": a.n="pe"
event.listen(s,"after_flush_postexec",afp); s.add(B(n="q")); s.commit(); print(a.n); event.remove(s,"after_flush_postexec",afp)
n=[0]
def afp(sess,ctx): n[0]+=1; sess.add(B(n=str(n[0])))
event.listen(s,"after_flush_postexec",afp); s.add(B(n="q")); t("100",s.commit); print(n); event.remove(s,"after_flush_postexec",afp); s.rollback()
print("flush in flush")
def bf(sess,ctx,i): sess.flush()
event.listen(s,"before_flush",bf); s.add(B()); t("already",s.flush); event.remove(s,"before_flush",bf); s.rollback()
print("query in flush")
def bi(m,c,t): print("  q",len(s.scalars(select(A)).all()))
event.listen(B,"before_insert",bi); s.add(B()); s.flush(); event.remove(B,"before_insert",bi); s.rollback()
def bi(m,c,t): c.execute(A.__table__.insert(),{"n":"core"})
event.listen(B,"before_insert",bi); s.add(B()); s.flush(); event.remove(B,"before_insert",bi); print(s.scalar(select(func.count(A.id)).where(A.n=="core"))); s.rollback()
print("error in event")
def bi(m,c,t): raise ValueError("stop")
event.listen(B,"before_insert",bi); s.add(B()); t("err",s.flush); t("then",lambda:s.scalars(select(A)).all()); event.remove(B,"before_insert",bi); s.rollback()
print("commit events");
def bc(sess): sess.add(B(n="bc")) if not sess.info.get("did") else None; sess.info["did"]=1
event.listen(s,"before_commit",bc); s.commit(); print(s.scalar(select(func.count(B.id)).where(B.n=="bc"))); event.remove(s,"before_commit",bc)
def ac(sess): 
    try: sess.scalars(select(A)).all()
    except Exception as ex: print("  ",type(ex).__name__,str(ex)[:100])
event.listen(s,"after_commit",ac); a.n="zz"; s.commit(); event.remove(s,"after_commit",ac)
print("deleted then used"); b=B(a=a,n="del"); s.add(b); s.commit(); s.delete(b); s.flush(); print(b.n, b in a.bs, inspect(b).deleted); t("add back",lambda:s.add(b)); t("delete again",lambda:s.delete(b)); s.commit(); print(b in a.bs)
t("refresh",lambda:s.refresh(b)); t("expire",lambda:s.expire(b)); t("lazy",lambda:b.a); 
b=B(n="x"); s.add(b); s.flush(); s.delete(b); s.add(b); print(b in s.deleted); s.flush(); print(inspect(b).persistent); s.rollback()
b=B(n="x"); s.add(b); s.commit(); s.delete(b); s.add(b); print(b in s.deleted, inspect(b).persistent); s.commit(); print(inspect(b).persistent)
print("dirty/new/deleted"); a.n="1"; s.add(B(n="new")); s.delete(b); print(len(s.dirty),len(s.new),len(s.deleted), a in s.dirty, b in s.deleted, s.is_modified(a), s.dirty, ) if False else print(len(s.dirty),len(s.new),len(s.deleted)); s.rollback(); print(len(s.dirty),len(s.new),len(s.deleted))
a.n=a.n; print(a in s.dirty, s.is_modified(a)); s.flush(); print(a in s.dirty); s.rollback()
print(type(s.new).__name__, s.new, list(s.dirty), bool(s.deleted))
