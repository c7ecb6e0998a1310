"""The scenarios of flush.test.ts for the real library: its output is flush.txt.

Run it with SQLAlchemy 2.0 on the path and write standard output to that file.
"""
import json, re, warnings
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm import exc as oexc
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("WARN",re.sub(r" at 0x[0-9a-f]+", " at 0x", str(m)).replace("__main__.", ""))
reg=registry(); md=reg.metadata
e=create_engine("sqlite://")
def norm(p):
    return json.dumps(p, default=list)
log=[]
@event.listens_for(e,"before_cursor_execute")
def b(conn,cur,st,pa,ctx,many):
    if st.startswith(("INSERT","UPDATE","DELETE","SAVEPOINT","ROLLBACK","RELEASE")):
        print(st.replace("\n"," "), norm((sorted if 'art_tag' in st and many else list)(list(x) if isinstance(x,tuple) else x for x in pa)), str(many).lower())
for n in ("begin","commit","rollback"):
    event.listen(e,n,lambda c,n=n: print(n))
def sec(n): print("==",n)
class Node: 
    def __init__(self,**k):
        for a,b in k.items(): setattr(self,a,b)
nodes=Table("nodes",md,Column("id",Integer,primary_key=True),Column("parent_id",ForeignKey("nodes.id")),Column("name",String))
reg.map_imperatively(Node,nodes,properties={
  "children":relationship(Node,back_populates="parent",cascade="all, delete-orphan"),
  "parent":relationship(Node,back_populates="children",remote_side=nodes.c.id)})
arts=Table("arts",md,Column("id",Integer,primary_key=True),Column("title",String))
tags=Table("tags",md,Column("id",Integer,primary_key=True),Column("name",String))
art_tag=Table("art_tag",md,Column("art_id",ForeignKey("arts.id"),primary_key=True),Column("tag_id",ForeignKey("tags.id"),primary_key=True))
class Art:
    __init__=Node.__init__
class Tag:
    __init__=Node.__init__
reg.map_imperatively(Art,arts,properties={"tags":relationship(Tag,secondary=art_tag,back_populates="arts")})
reg.map_imperatively(Tag,tags,properties={"arts":relationship(Art,secondary=art_tag,back_populates="tags")})
class Team: __init__=Node.__init__
class Player: __init__=Node.__init__
teams=Table("teams",md,Column("id",Integer,primary_key=True),Column("name",String),Column("captain_id",Integer))
players=Table("players",md,Column("id",Integer,primary_key=True),Column("team_id",ForeignKey("teams.id")),Column("name",String))
reg.map_imperatively(Team,teams,properties={
  "players":relationship(Player,primaryjoin=teams.c.id==players.c.team_id),
  "captain":relationship(Player,primaryjoin=foreign(teams.c.captain_id)==players.c.id,post_update=True)})
reg.map_imperatively(Player,players)
class Doc: __init__=Node.__init__
docs=Table("docs",md,Column("id",Integer,primary_key=True),Column("text",String),Column("kind",String,server_default="x"),Column("ver",Integer))
reg.map_imperatively(Doc,docs,version_id_col=docs.c.ver)
class Item: __init__=Node.__init__
items=Table("items",md,Column("code",String,primary_key=True),Column("a",Integer),Column("b",Integer,default=7))
reg.map_imperatively(Item,items)
class U: __init__=Node.__init__
class Ad: __init__=Node.__init__
us=Table("us",md,Column("name",String,primary_key=True),Column("full",String))
ads=Table("ads",md,Column("id",Integer,primary_key=True),Column("uname",String,ForeignKey("us.name")))
reg.map_imperatively(U,us,properties={"ads":relationship(Ad,back_populates="u",passive_updates=False)})
reg.map_imperatively(Ad,ads,properties={"u":relationship(U,back_populates="ads",passive_updates=False)})
md.create_all(e)
sec("tree")
s=Session(e)
root=Node(name="root",children=[Node(name="a",children=[Node(name="a1"),Node(name="a2")]),Node(name="b")])
s.add(root); s.commit()
a=root.children[0]
a.parent=root.children[1]
s.flush()
root.children[0].name="B"
s.delete(root.children[0])
s.commit()
root.children.append(Node(name="z")); s.flush()
root.children.pop(); s.commit()
s.delete(root); s.commit()
sec("m2m")
t1,t2,t3=Tag(name="t1"),Tag(name="t2"),Tag(name="t3")
x=Art(title="x",tags=[t1,t2]); y=Art(title="y",tags=[t2])
s.add_all([x,y]); s.commit()
x.tags.remove(t1); x.tags.append(t3); t1.arts.append(y)
s.commit()
s.delete(t2); s.commit()
s.delete(x); s.commit()
sec("post_update")
p1,p2=Player(name="p1"),Player(name="p2")
t=Team(name="T",players=[p1,p2],captain=p2)
s.add(t); s.commit()
t.captain=p1; s.commit()
t.captain=None; t.name="TT"; s.commit()
t.captain=p1; s.commit()
s.delete(t); s.commit()
sec("version")
d=Doc(text="a"); s.add(d); s.commit()
d2,d3=Doc(text="b"),Doc(text="c",kind="k"); s.add_all([d2,d3]); s.commit()
d.text="aa"; d2.text="bb"; s.commit()
d.text
s.connection().execute(update(docs).where(docs.c.id==1).values(ver=99))
d.text="z"
try: s.flush()
except Exception as ex: print(type(ex).__name__, ex)
try: s.flush()
except Exception as ex: print(type(ex).__name__, ex)
try: s.execute(select(1))
except Exception as ex: print(type(ex).__name__, ex)
s.rollback()
s.delete(d); s.commit()
sec("grouping")
s=Session(e)
s.add_all([Item(code="k1",a=1),Item(code="k2",a=2),Item(code="k3",a=None,b=3),Item(code="k4",a=text("1+1")),Item(code="k5",a=5,b=None),Item(code="k6",a=6)])
s.commit()
its={i.code:i for i in s.scalars(select(Item))}
its["k1"].a=11; its["k2"].a=12; its["k3"].b=4; its["k4"].a=14; its["k5"].a=items.c.a+1; its["k6"].a=6
s.flush(); print(sorted(i.code for i in s.dirty)); print(its["k5"].a); s.commit()
sec("row switch")
k=its["k1"]; k.a
s.delete(k); s.add(Item(code="k1",a=100)); s.commit()
s.add(Item(code="k2",a=1))
try: s.flush()
except Exception as ex: print(type(ex).__name__)
s.rollback()
sec("keys")
u=U(name="ed",full="Ed",ads=[Ad(),Ad()]); s.add(u); s.commit()
u.name="jack"; s.commit()
print([x.uname for x in u.ads])
s.delete(u); s.commit()
sec("savepoint")
u=U(name="sp"); s.add(u); s.commit()
u.full="one"
n=s.begin_nested()
u.full="two"; v=U(name="new"); s.add(v); s.flush()
n.rollback()
print(u.full, inspect(v).transient, v in s)
s.commit()
n=s.begin_nested(); s.delete(u); s.flush(); print(inspect(u).deleted); n.rollback(); print(inspect(u).persistent)
s.commit()
sec("states")
u=U(name="st"); i=inspect(u)
def st(): print([n for n in ("transient","pending","persistent","deleted","detached") if getattr(i,n)])
for n in "transient_to_pending pending_to_transient persistent_to_transient pending_to_persistent detached_to_persistent persistent_to_deleted deleted_to_persistent deleted_to_detached persistent_to_detached before_attach after_attach".split():
    event.listen(s,n,lambda s,o,n=n: print(n))
st(); s.add(u); st(); s.expunge(u); st(); s.add(u); s.flush(); st(); s.delete(u); st(); s.flush(); st(); s.rollback(); st()
s.add(u); s.commit(); st(); s.expunge(u); st()
try: s.add(u)
except Exception as ex: print(type(ex).__name__, str(ex).split(" at 0x")[0])
u=U(name="st2"); i=inspect(u)
s.add(u); s.commit(); st(); s.expunge(u); st(); s.add(u); st(); s.delete(u); s.commit(); st()
make_transient(u); st(); s.add(u); s.commit(); st(); s.expunge(u); st()
for f in (lambda: s.delete(U(name="q")), lambda: s.refresh(U(name="q")), lambda: s.expunge(U(name="q"))):
    try: f()
    except Exception as ex: print(type(ex).__name__, str(ex).split(" at 0x")[0])
sec("merge")
s=Session(e)
m=s.merge(U(name="mg",full="F",ads=[Ad(id=500)])); s.commit()
m2=s.merge(U(name="mg",full="G")); print(m2 is m, len(m.ads)); s.commit()
m3=s.merge(U(name="mg",ads=[])); s.commit()
sec("bulk")
s.bulk_insert_mappings(Item,[dict(code="b1",a=1),dict(code="b2",a=2),dict(code="b3",b=2)])
s.bulk_update_mappings(Item,[dict(code="b1",a=10),dict(code="b2",a=20)])
s.bulk_save_objects([Item(code="b4",a=4),Item(code="b5",a=5)])
o=[Doc(text="q"),Doc(text="r")]
s.bulk_save_objects(o,return_defaults=True); print([x.id for x in o])
s.commit()
try: s.bulk_update_mappings(Item,[dict(a=10)])
except Exception as ex: print(type(ex).__name__, ex)
class Par: __init__=Node.__init__
class Kid: __init__=Node.__init__
pars=Table("pars",md,Column("id",Integer,primary_key=True),Column("name",String))
kids=Table("kids",md,Column("id",Integer,primary_key=True),Column("par_id",ForeignKey("pars.id")),Column("n",Integer),Column("at",String,server_default="now"))
reg.map_imperatively(Par,pars,properties={"kids":relationship(Kid,back_populates="par",cascade="all, delete-orphan")})
reg.map_imperatively(Kid,kids,eager_defaults=True,properties={"par":relationship(Par,back_populates="kids",cascade="")})
class Zed: __init__=Node.__init__
class Abc: __init__=Node.__init__
zeds=Table("zeds",md,Column("id",Integer,primary_key=True),Column("n",Integer))
abcs=Table("abcs",md,Column("id",Integer,primary_key=True),Column("n",Integer))
reg.map_imperatively(Zed,zeds); reg.map_imperatively(Abc,abcs,batch=False)
sec("second schema")
md.create_all(e)
def attempt(f):
    try: f()
    except Exception as ex: print(type(ex).__name__, re.sub(r"session '\d+'|this is '\d+'", "n", re.sub(r" at 0x[0-9a-f]+", " at 0x", str(ex))).replace("__main__.","").replace("\n"," "))
sec("orphans")
s=Session(e)
p=Par(name="p",kids=[Kid(n=1),Kid(n=2)]); q=Par(name="q")
s.add_all([p,q]); s.commit()
k1,k2=p.kids
q.kids.append(k1); s.commit()
p.kids.remove(k2); s.commit(); print(inspect(k2).detached)
k3=Kid(n=3); p.kids.append(k3); print(k3 in s); p.kids.remove(k3); print(k3 in s); s.commit()
k4=Kid(n=4); s.add(k4); s.commit()
k4.par=p; s.commit(); k4.par=None; s.commit(); print(inspect(k4).detached)
k5=Kid(n=5); k5.par=p; print(k5 in s); s.commit(); print(k5.id)
q.kids=[Kid(n=6),Kid(n=7)]; s.commit()
q.kids.append(None); attempt(s.flush); s.rollback()
s.delete(p); s.delete(q); s.commit()
sec("order")
s.add_all([Zed(n=1),Abc(n=1),Kid(n=1),Zed(n=2),Abc(n=2),Par(name="z")]); s.commit()
zs=s.scalars(select(Zed).order_by(Zed.id)).all(); ab=s.scalars(select(Abc).order_by(Abc.id)).all()
zs[1].n=20; zs[0].n=10; ab[1].n=20; ab[0].n=10; s.add(Zed(n=3)); s.commit()
for o in (zs[1],ab[1],zs[0],ab[0]): s.delete(o)
s.commit()
sec("events")
s=Session(e)
for cls in (Abc,Zed):
    for n in "before_insert after_insert before_update after_update before_delete after_delete".split():
        event.listen(cls,n,lambda m,c,t,n=n: print(n,type(t).__name__,t.n))
@event.listens_for(s,"before_flush")
def bf(sess,ctx,inst):
    print("before_flush",len(sess.new),len(sess.dirty),len(sess.deleted))
    for o in list(sess.new):
        if isinstance(o,Zed) and o.n<100: sess.add(Abc(n=o.n+100))
@event.listens_for(s,"after_flush")
def af(sess,ctx): print("after_flush",len(sess.new),len(sess.dirty))
@event.listens_for(s,"after_flush_postexec")
def afp(sess,ctx): print("after_flush_postexec",len(sess.new),len(sess.dirty))
z1,z2=Zed(n=1),Zed(n=2)
s.add_all([z1,z2]); s.flush()
z1.n=5; s.delete(z2); s.flush()
s.commit()
event.remove(s,"before_flush",bf)
@event.listens_for(Zed,"before_update")
def chg(m,c,t): t.n=77
z1.n=6; s.flush(); print(z1.n)
@event.listens_for(Zed,"after_insert")
def ins(m,c,t): s.add(Par(name="late"))
s.add(Zed(n=9)); s.flush(); print(len(s.new)); s.commit()
sec("partial")
s=Session(e)
a,b=Par(name="a"),Par(name="b"); s.add_all([a,b]); s.flush([b]); print(inspect(a).pending, inspect(b).persistent); s.commit()
a.name="aa"; b.name="bb"; s.flush([a]); print(len(s.dirty)); s.commit()
sec("errors")
s=Session(e)
a=Par(name="a"); s.add(a); s.commit(); a.name
s.connection().execute(delete(pars).where(pars.c.id==a.id))
a.name="gone"; attempt(s.flush); s.rollback()
a.name; 
s.connection().execute(delete(pars).where(pars.c.id==a.id))
s.delete(a); s.flush(); s.rollback()
a.id=None; attempt(s.flush); s.rollback()
s2=Session(e); attempt(lambda: s2.add(a))
k900=Kid(id=900,n=1); s.add(k900); s.flush(); s.add(Kid(id=900,n=2)); 
try: s.flush()
except Exception as ex: print(type(ex).__name__)
attempt(lambda: s.connection())
attempt(lambda: s.commit())
s.rollback(); print(s.is_active)
s.close()
