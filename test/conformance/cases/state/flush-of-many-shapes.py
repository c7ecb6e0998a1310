from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text, update, func, insert, Table, Column, Integer, String, DateTime, FetchedValue, DDL, Sequence
from sqlalchemy.orm import *
import warnings, uuid, itertools
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,str(m).split(" at 0x")[0])
class Base(DeclarativeBase): pass
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
class Emp(Base):
    __tablename__="emp"
    id: Mapped[int]=mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    boss_id: Mapped[int|None]=mapped_column(ForeignKey("emp.id"))
    reports: Mapped[list["Emp"]]=relationship(back_populates="boss")
    boss: Mapped["Emp|None"]=relationship(back_populates="reports",remote_side=[id])
    __mapper_args__={"polymorphic_on":"type","polymorphic_identity":"emp"}
class Mgr(Emp):
    __tablename__="mgr"
    id: Mapped[int]=mapped_column(ForeignKey("emp.id"),primary_key=True)
    level: Mapped[int]=mapped_column(default=3)
    __mapper_args__={"polymorphic_identity":"mgr"}
class Eng(Emp):
    __tablename__="eng"
    id: Mapped[int]=mapped_column(ForeignKey("emp.id"),primary_key=True)
    lang: Mapped[str|None]
    kit: Mapped[list["Kit"]]=relationship(cascade="all, delete-orphan",passive_deletes=True)
    __mapper_args__={"polymorphic_identity":"eng"}
class Kit(Base):
    __tablename__="kit"
    id: Mapped[int]=mapped_column(primary_key=True)
    eid: Mapped[int]=mapped_column(ForeignKey("eng.id",ondelete="CASCADE"))
    n: Mapped[str]
class Node(Base):
    __tablename__="node"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
link=Table("link",Base.metadata,Column("a",ForeignKey("node.id"),primary_key=True),Column("b",ForeignKey("node.id"),primary_key=True))
Node.to=relationship(Node,secondary=link,primaryjoin=Node.id==link.c.a,secondaryjoin=Node.id==link.c.b,back_populates="fr",order_by=Node.id)
Node.fr=relationship(Node,secondary=link,primaryjoin=Node.id==link.c.b,secondaryjoin=Node.id==link.c.a,back_populates="to",order_by=Node.id)
class Ver(Base):
    __tablename__="ver"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    v: Mapped[str]=mapped_column()
    __mapper_args__={"version_id_col":v,"version_id_generator":lambda old: "v%d"%(int(old[1:])+1 if old else 1)}
class VMan(Base):
    __tablename__="vman"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    v: Mapped[int]=mapped_column()
    __mapper_args__={"version_id_col":v,"version_id_generator":False}
class Dflt(Base):
    __tablename__="dflt"
    id: Mapped[int]=mapped_column(primary_key=True)
    a: Mapped[int]=mapped_column(default=lambda: next(ctr))
    b: Mapped[str]=mapped_column(server_default="sb")
    c: Mapped[str|None]=mapped_column(onupdate="upd")
    d: Mapped[int|None]=mapped_column(default=func.length("abcd"))
    e: Mapped[str|None]=mapped_column(server_default=FetchedValue(), server_onupdate=FetchedValue())
    f: Mapped[int|None]=mapped_column(default=lambda ctx: ctx.get_current_parameters()["a"]*10)
    g: Mapped[str|None]
class Eager(Base):
    __tablename__="eager"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
    b: Mapped[str]=mapped_column(server_default="sb")
    c: Mapped[str|None]=mapped_column(onupdate=func.upper("x"))
    __mapper_args__={"eager_defaults":True}
class NoEager(Base):
    __tablename__="noeager"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
    b: Mapped[str]=mapped_column(server_default="sb")
    __mapper_args__={"eager_defaults":False}
ctr=itertools.count(1)
class Par(Base):
    __tablename__="par"
    id: Mapped[int]=mapped_column(primary_key=True)
    all_: Mapped[list["PAll"]]=relationship(passive_deletes="all")
    one: Mapped["One|None"]=relationship(back_populates="par",cascade="all, delete-orphan",single_parent=True)
    vo: Mapped[list["One"]]=relationship(viewonly=True)
class PAll(Base):
    __tablename__="pall"
    id: Mapped[int]=mapped_column(primary_key=True)
    pid: Mapped[int|None]=mapped_column(ForeignKey("par.id"))
class One(Base):
    __tablename__="one"
    id: Mapped[int]=mapped_column(primary_key=True)
    pid: Mapped[int|None]=mapped_column(ForeignKey("par.id"))
    par: Mapped["Par|None"]=relationship(back_populates="one")
class M2OD(Base):
    __tablename__="m2od"
    id: Mapped[int]=mapped_column(primary_key=True)
    oid: Mapped[int|None]=mapped_column(ForeignKey("tgt.id"))
    o: Mapped["Tgt|None"]=relationship(cascade="all, delete-orphan",single_parent=True)
class Tgt(Base):
    __tablename__="tgt"
    id: Mapped[int]=mapped_column(primary_key=True)
e=create_engine("sqlite://"); Base.metadata.create_all(e)
s=Session(e)
print("inheritance")
b=Mgr(name="boss"); s.add_all([Eng(name="e1",boss=b,lang="py",kit=[Kit(n="k1"),Kit(n="k2")]),Emp(name="x",boss=b),b,Eng(name="e2",boss=b)]); s.commit()
b.name="BOSS"; b.level=5; e1=b.reports[0]; e1.lang="c"; s.commit()
e1.name="E1"; s.flush(); e1.lang=None; s.flush(); s.commit()
del e1.kit[0]; s.commit()
s.delete(e1); s.commit(); print(s.scalar(select(func.count(Kit.id)))); s.execute(Kit.__table__.delete())
s.delete(b); s.commit(); print([(x.name,x.boss_id) for x in s.scalars(select(Emp).order_by(Emp.id))])
t("wrong type", lambda:(Eng(name="q",kit=[Node(n="x")]), s.add(Eng(name="q",kit=[Node(n="x")])), s.flush())); s.rollback()
print("m2m self")
n1,n2,n3=[Node(n=x) for x in "abc"]; n1.to=[n2]; s.add_all([n1,n3]); s.commit(); n1.to.append(n3); s.commit(); n2.to.append(n1); s.commit()
n1.to.remove(n2); n3.fr.append(n2); s.commit(); s.delete(n1); s.commit(); print([(x.n,[y.n for y in x.to]) for x in s.scalars(select(Node).order_by(Node.id))])
print("m2m stale"); s.execute(link.delete()); n2.to; 
n2.to.append(n3) if n3 not in n2.to else None
s.commit(); s.connection().execute(link.delete()); 
n2=s.scalars(select(Node).where(Node.n=="b")).one(); s.rollback(); n2.to; s.connection().execute(link.delete()); n2.to.clear(); t("stale m2m",s.flush); s.rollback()
print("versions")
v=Ver(n="a"); s.add(v); s.commit(); print(v.v); v.n="b"; s.commit(); print(v.v)
v.n; s.connection().execute(update(Ver.__table__).values(v="v9")); v.n="c"; t("stale",s.flush); s.rollback()
v.n; s.connection().execute(update(Ver.__table__).values(v="v9")); s.delete(v); t("stale delete",s.flush); s.rollback(); s.delete(v); s.commit()
m=VMan(n="a",v=1); s.add(m); s.commit(); m.n="b"; s.flush(); print(m.v); m.n="c"; m.v=7; s.commit(); print(m.v); s.add(VMan(n="z")); t("no version",s.flush); s.rollback()
attributes_=inspect(m).attrs
print("defaults")
d=Dflt(); s.add(d); s.flush(); print({k:v for k,v in d.__dict__.items() if k!="_sa_instance_state"}, sorted(inspect(d).unloaded), inspect(d).expired_attributes); print(d.d,d.e)
d.g="q"; s.flush(); print("c" in d.__dict__, d.__dict__.get("c"), sorted(inspect(d).unloaded)); print(d.c)
s.add_all([Dflt(a=100),Dflt(),Dflt(b=None),Dflt(d=5)]); s.commit()
x=Eager(n="1"); s.add(x); s.flush(); print(sorted(inspect(x).unloaded)); x.n="2"; s.flush(); print(sorted(inspect(x).unloaded), x.c)
y=NoEager(n="1"); s.add(y); s.flush(); print(sorted(inspect(y).unloaded)); s.add_all([NoEager(),NoEager(n="3")]); s.flush(); s.commit()
x.n=Eager.n+"z"; s.flush(); print("n" in x.__dict__, x.n); s.commit()
print("passive all / one to one")
p=Par(all_=[PAll()],one=One()); s.add(p); s.commit(); o=p.one
p.one=One(); s.commit(); print(inspect(o).detached or inspect(o).deleted)
p2=Par(); s.add(p2); p2.one=p.one; s.commit(); print(p.one, p2.one is not None)
p2.one=None; s.commit(); print(s.scalar(select(func.count(One.id))))
s.delete(p); s.commit(); print(s.execute(select(PAll.id,PAll.pid)).all())
print("m2o delete orphan"); mm=M2OD(o=Tgt()); s.add(mm); s.commit(); mm.o=Tgt(); s.commit(); print(s.scalar(select(func.count(Tgt.id)))); t("single parent", lambda: M2OD(o=mm.o)); s.delete(mm); s.commit(); print(s.scalar(select(func.count(Tgt.id))))
print("bulk"); s.bulk_save_objects([Mgr(name="bm",level=1),Eng(name="be"),Mgr(name="bm2")]); s.bulk_insert_mappings(Eng,[{"name":"im","lang":"x"},{"name":"im2","lang":None}],return_defaults=True); s.bulk_insert_mappings(Eng,[{"name":"rn","lang":None}],render_nulls=True); s.commit()
print([(type(x).__name__,x.name) for x in s.scalars(select(Emp).order_by(Emp.id))])
L=[{"name":"rd"}]; s.bulk_insert_mappings(Emp,L,return_defaults=True); print(L); s.rollback()
en=s.scalars(select(Eng).order_by(Eng.id)).first(); s.bulk_update_mappings(Eng,[{"id":en.id,"name":"BU","lang":"BL"}]); print(en.name); s.commit(); print(en.name,en.lang)
en.name="bso"; s.bulk_save_objects([en]); s.rollback()
print("batches"); s.add_all([Node(n="1"),Node(id=500,n="2"),Node(n="3"),Node(id=701,n="4"),Node(id=702,n="5")]); s.commit()
t("null pk", lambda:(s.add(Node(id=None,n="np")), s.flush())); s.rollback()
class NoAuto(Base):
    __tablename__="noauto"
    k: Mapped[str]=mapped_column(primary_key=True)
    n: Mapped[str|None]
Base.metadata.create_all(e)
t("no key", lambda:(s.add(NoAuto(n="x")), s.flush())); s.rollback()
s.add(NoAuto(k="b")); s.add(NoAuto(k="a")); s.commit(); ks=s.scalars(select(NoAuto)).all()
for z in ks: z.n="u"
s.commit()
ks[0].k="zz"; ks[0].n="w"; s.commit(); s.delete(ks[0]); s.add(NoAuto(k="zz",n="again")); s.commit()
t("sort", lambda:0)
