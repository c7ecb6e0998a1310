# Collections that are merged or not loaded, comparators of types, columns of textual statements.
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.types import UserDefinedType
from sqlalchemy.orm.collections import attribute_keyed_dict
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, str(e)[:300]); 
class B(DeclarativeBase): pass
class A(B):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    name: Mapped[str|None]
    d=relationship("C",collection_class=attribute_keyed_dict("k"),back_populates="a")
    dyn=relationship("C",lazy="dynamic",viewonly=True)
    wo=relationship("C",lazy="write_only",viewonly=True)
class C(B):
    __tablename__="c"
    id: Mapped[int]=mapped_column(primary_key=True)
    k: Mapped[str]
    a_id: Mapped[int|None]=mapped_column(ForeignKey("a.id"))
    a=relationship("A", back_populates="d")
e=create_engine("sqlite://"); B.metadata.create_all(e)
s=Session(e)
def merge1():
    u=A(id=7,name="x"); u.d["q"]=C(k="q"); m=s.merge(u); s.commit(); return list(m.d.items())[0][0], len(m.d)
print('== merging keyed collections')
t(merge1)
def merge2():
    u=A(id=7,name="x"); u.d["q"]=C(id=1,k="q"); u.d["z"]=C(k="z"); m=s.merge(u); s.commit(); return sorted(m.d), [c.a is m for c in m.d.values()]
t(merge2)
def nol():
    return [x.name for x in s.query(A).options(noload(A.dyn)).all()], [list(x.dyn)[0].k for x in s.query(A).options(noload("*")).all()]
print('== noload of dynamic and write-only attributes')
t(nol)
def nol2():
    return [x.name for x in s.query(A).options(noload(A.wo)).all()]
t(nol2)
def js():
    tb=table("t",column("j",JSON))
    return str(tb.c.j["a"]), str(tb.c.j["a"]["b"].as_string()), str(tb.c.j[5]), str(tb.c.j[("a",1)]), str(tb.c.j["x"]=="5"), str((tb.c.j["x"]+5)), str(tb.c.j["x"].as_integer()>4)
print('== comparators of types')
t(js)
class MyType(UserDefinedType):
    cache_ok=True
    class comparator_factory(UserDefinedType.Comparator):
        def __getitem__(self, i): return self.op("->")(i)
        def foo(self): return func.foo(self.expr)
    def get_col_spec(self): return "MY"
def ud():
    c=column("x",MyType())
    return str(c[5]), str(c["a"]), str(c.foo()), c[5].type
t(ud)
class MyJ(JSON):
    class Comparator(JSON.Comparator):
        def _setup_getitem(self,index):
            return super()._setup_getitem(index)
    comparator_factory=Comparator
from sqlalchemy.types import UserDefinedType
def ud2(): 
    c=column("x",MyJ())
    return str(c["a"])
t(ud2)
class MyInt(Integer):
    class comparator_factory(Integer.comparator_factory):
        def dbl(self): return self.expr*2
t(lambda: str(column("q",MyInt()).dbl()+1))
t(lambda: A.d.property.local_remote_pairs)

def txt():
    with e.connect() as c:
        u=A.__table__
        r=c.execute(text("select id as aid, name as nm from a").columns(u.c.name,u.c.id))
        return r.keys(), r.first()._mapping[u.c.id]
print('== columns of text')
t(txt)
def txt2():
    with e.connect() as c:
        r=c.execute(text("select id, name from a").columns(name=String,id=Integer))
        row=r.first(); return row.id, row.name
t(txt2)
def txt3():
    with e.connect() as c:
        u=A.__table__
        r=c.execute(text("select name as nm, id as id from a").columns(u.c.id, nm=String))
        row=r.first(); return row.id, row.nm, row._mapping[u.c.id]
t(txt3)
