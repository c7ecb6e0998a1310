from sqlalchemy import create_engine, event, ForeignKey, ForeignKeyConstraint, inspect, select, text, func, Table, Column, Integer, String, Numeric
from sqlalchemy.orm import *
import warnings, decimal, datetime, enum, uuid
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,str(m).split(" at 0x")[0])
class Base(DeclarativeBase): pass
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
class Wid(Base):
    __tablename__="wid"
    id: Mapped[int]=mapped_column(primary_key=True)
    fav_id: Mapped[int|None]=mapped_column(ForeignKey("ent.id",name="fk_fav",use_alter=True))
    n: Mapped[str]
    fav: Mapped["Ent|None"]=relationship(foreign_keys=[fav_id],post_update=True)
    ents: Mapped[list["Ent"]]=relationship(foreign_keys="Ent.wid_id",back_populates="wid")
class Ent(Base):
    __tablename__="ent"
    id: Mapped[int]=mapped_column(primary_key=True)
    wid_id: Mapped[int|None]=mapped_column(ForeignKey("wid.id"))
    n: Mapped[str]
    wid: Mapped["Wid|None"]=relationship(foreign_keys=[wid_id],back_populates="ents")
class X(Base):
    __tablename__="x"
    id: Mapped[int]=mapped_column(primary_key=True)
    yid: Mapped[int|None]=mapped_column(ForeignKey("y.id"))
    y: Mapped["Y|None"]=relationship(foreign_keys=[yid])
class Y(Base):
    __tablename__="y"
    id: Mapped[int]=mapped_column(primary_key=True)
    xid: Mapped[int|None]=mapped_column(ForeignKey("x.id"))
    x: Mapped["X|None"]=relationship(foreign_keys=[xid])
class Emp(Base):
    __tablename__="emp"
    cid: Mapped[int]=mapped_column(primary_key=True)
    eid: Mapped[int]=mapped_column(primary_key=True)
    boss: Mapped[int|None]
    n: Mapped[str|None]
    __table_args__=(ForeignKeyConstraint(["cid","boss"],["emp.cid","emp.eid"]),)
    reports: Mapped[list["Emp"]]=relationship(back_populates="lead",order_by="Emp.eid")
    lead: Mapped["Emp|None"]=relationship(back_populates="reports",remote_side=[cid,eid])
class Usr(Base):
    __tablename__="usr"
    name: Mapped[str]=mapped_column(primary_key=True)
    grps: Mapped[list["Grp"]]=relationship(secondary=lambda:ug,back_populates="usrs",passive_updates=False,order_by="Grp.name")
class Grp(Base):
    __tablename__="grp"
    name: Mapped[str]=mapped_column(primary_key=True)
    usrs: Mapped[list["Usr"]]=relationship(secondary=lambda:ug,back_populates="grps",passive_updates=False,order_by="Usr.name")
ug=Table("ug",Base.metadata,Column("u",ForeignKey("usr.name"),primary_key=True),Column("g",ForeignKey("grp.name"),primary_key=True))
class Ord(Base):
    __tablename__="ord"
    id: Mapped[int]=mapped_column(primary_key=True)
    lines: Mapped[list["Line"]]=relationship(back_populates="ord",cascade="all, delete-orphan")
class Prod(Base):
    __tablename__="prod"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str]
    lines: Mapped[list["Line"]]=relationship(back_populates="prod",cascade="all, delete-orphan")
class Line(Base):
    __tablename__="line"
    oid: Mapped[int]=mapped_column(ForeignKey("ord.id"),primary_key=True)
    pid: Mapped[int]=mapped_column(ForeignKey("prod.id"),primary_key=True)
    q: Mapped[int]
    ord: Mapped["Ord"]=relationship(back_populates="lines")
    prod: Mapped["Prod"]=relationship(back_populates="lines")
class Color(enum.Enum): RED=1; BLUE=2
class Typ(Base):
    __tablename__="typ"
    id: Mapped[uuid.UUID]=mapped_column(primary_key=True)
    d: Mapped[decimal.Decimal|None]=mapped_column(Numeric(10,2))
    dt: Mapped[datetime.date|None]
    c: Mapped[Color|None]
    f: Mapped[float|None]
    bl: Mapped[bool|None]
class Fk(Base):
    __tablename__="fk"
    id: Mapped[int]=mapped_column(primary_key=True)
    kids: Mapped[list["FkKid"]]=relationship(passive_deletes=True,order_by="FkKid.id")
class FkKid(Base):
    __tablename__="fkkid"
    id: Mapped[int]=mapped_column(primary_key=True)
    fid: Mapped[int|None]=mapped_column(ForeignKey("fk.id",ondelete="SET NULL",onupdate="CASCADE"))
e=create_engine("sqlite://")
@event.listens_for(e,"connect")
def fk(dbapi,rec): dbapi.execute("pragma foreign_keys=on")
Base.metadata.create_all(e)
def pragma(q):
    with e.connect() as c: c.exec_driver_sql(q)
s=Session(e)
print("post_update cycle"); w=Wid(n="w"); w.ents=[Ent(n="a"),Ent(n="b")]; w.fav=w.ents[1]; s.add(w); s.commit(); w.fav=w.ents[0]; w.ents[0].n="A"; s.commit(); w.ents.remove(w.fav); s.flush(); s.rollback()
s.delete(w.fav); t("del fav",s.flush); s.rollback(); w.fav=None; s.delete(w.ents[0]); s.commit(); s.delete(w); s.commit(); print(s.scalar(select(func.count(Ent.id))))
print("unresolvable"); x=X(); y=Y(x=x); x.y=y; s.add(x); 
try: s.flush()
except Exception as ex: print(type(ex).__name__)
s.rollback(); x=X(); y=Y(x=x); s.add(y); s.flush(); x.y=y; s.commit(); s.delete(x); s.delete(y); s.rollback()
print("composite"); l=Emp(cid=1,eid=1,n="lead"); l.reports=[Emp(eid=2,n="r2"),Emp(eid=3,n="r3")]; s.add(l); s.commit(); print([(r.cid,r.eid,r.boss) for r in l.reports]); r2=l.reports[0]; t("blank", lambda:(l.reports.remove(r2),s.flush())); s.rollback()
s.delete(r2); s.commit(); print([r.eid for r in l.reports])
print("natural m2m"); u=Usr(name="u1",grps=[Grp(name="g1")]); s.add(u); s.commit(); u.grps.append(Grp(name="g2")); s.commit(); pragma("pragma foreign_keys=off"); u.name="u9"; s.commit(); print([g.name for g in u.grps], s.execute(select(ug).order_by(ug.c.g)).all()); s.execute(text("pragma defer_foreign_keys=on")); u.grps[0].name="g9"; s.commit(); print(sorted(map(tuple,s.execute(select(ug)))))
print("association"); o=Ord(); p1,p2=Prod(n="p1"),Prod(n="p2"); o.lines=[Line(prod=p1,q=1),Line(prod=p2,q=2)]; s.add(o); s.commit(); o.lines[0].q=5; s.commit(); ln=o.lines[0]; o.lines.remove(ln); s.commit(); print(inspect(ln).detached, len(p1.lines)); s.delete(p2); s.commit(); print(len(o.lines))
t("no parent", lambda:(s.add(Line(q=1)),s.flush())); s.rollback(); lp=Line(ord=o,q=1); t("one parent", lambda:(s.add(lp),s.flush())); s.rollback()
o.lines.append(Line(prod=p1,q=9)); s.commit(); s.delete(o); s.commit(); print(s.scalar(select(func.count()).select_from(Line)))
print("types"); k=uuid.UUID(int=5); ty=Typ(id=k,d=decimal.Decimal("1.50"),dt=datetime.date(2020,1,2),c=Color.RED,f=1,bl=True); s.add(ty); s.commit(); print(ty.d,ty.dt,ty.c,ty.f,ty.bl,ty.id==k); ty.d=decimal.Decimal("1.5"); ty.f=1.0; ty.bl=1; ty.c=Color.RED; print(s.is_modified(ty)); s.flush(); ty.c="BLUE"; s.commit(); print(ty.c); print(s.get(Typ,k) is ty); s.add_all([Typ(id=uuid.UUID(int=9)),Typ(id=uuid.UUID(int=3))]); s.commit()
for z in s.scalars(select(Typ)).all(): z.f=2.5
zs=s.scalars(select(Typ)).all(); s.commit()
s.commit(); pragma("pragma foreign_keys=on"); print("ondelete"); f=Fk(kids=[FkKid(),FkKid()]); s.add(f); s.commit(); kk=f.kids; k0=kk[0]; s.expire(f); s.delete(f); s.commit(); print(k0.fid); f=Fk(kids=[FkKid(),FkKid()]); s.add(f); s.commit(); f.kids; s.delete(f); s.commit()
f=Fk(id=100,kids=[FkKid()]); s.add(f); s.commit(); kk=f.kids[0]; f.id=101; s.commit(); print(kk.fid, f.kids[0] is kk)
