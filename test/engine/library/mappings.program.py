# Rows that are gone at a flush; properties in table arguments, dataclass mixins, inheritance of imperative mappings.
from sqlalchemy import *
from sqlalchemy.orm import *
from typing import Optional, List
import dataclasses, warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("WARN",c.__name__,m)
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, str(e)[:300]); 
e=create_engine("sqlite://")
def delm():
    class B(DeclarativeBase): pass
    class P(B):
        __tablename__="pp"
        id: Mapped[int]=mapped_column(primary_key=True)
    B.metadata.create_all(e)
    s=Session(e); a,b=P(id=1),P(id=2); s.add_all([a,b]); s.flush()
    s.execute(P.__table__.delete()); s.delete(a); s.delete(b); s.flush()
    a=P(id=3); s.add(a); s.flush(); s.execute(P.__table__.delete()); s.delete(a); s.flush()
print('== rows that are gone')
t(delm)
def delm1():
    class B(DeclarativeBase): pass
    class P(B):
        __tablename__="pp2"
        id: Mapped[int]=mapped_column(primary_key=True)
        d: Mapped[int]
    B.metadata.create_all(e)
    s=Session(e); a,b=P(id=1,d=1),P(id=2,d=1); s.add_all([a,b]); s.flush()
    s.execute(P.__table__.delete()); a.d=5; b.d=6; s.flush()
t(delm1)
def uq():
    class B(DeclarativeBase): pass
    class Foo(B):
        __tablename__="foo"
        id=Column(Integer,primary_key=True)
        c=column_property(Column(Integer))
        d=deferred(Column(Integer))
        m: Mapped[int]=mapped_column()
        __table_args__=(UniqueConstraint(c),CheckConstraint(d>5),Index("ix",m),UniqueConstraint(m))
    return [str(CreateTable(Foo.__table__))]
from sqlalchemy.schema import CreateTable
print('== parts of mappings')
t(uq)
def imp():
    class B(DeclarativeBase): pass
    class D(B):
        __tablename__="foo"
        id: Mapped[int]=mapped_column(primary_key=True)
    r=registry()
    r.map_imperatively(D, D.__table__)
t(imp)
def imp2():
    r=registry()
    class D: pass
    tb=Table("x",r.metadata,Column("id",Integer,primary_key=True))
    r.map_imperatively(D,tb); r.map_imperatively(D,tb)
t(imp2)
def imp3():
    r=registry()
    class D:
        id: Mapped[int]=mapped_column(primary_key=True)
    tb=Table("x",r.metadata,Column("id",Integer,primary_key=True))
    r.map_imperatively(D,tb)
t(imp3)
def dcm():
    reg=registry()
    @dataclasses.dataclass
    class PK:
        __sa_dataclass_metadata_key__="sa"
        widget_id: int = dataclasses.field(init=False, metadata={"sa":Column(Integer,primary_key=True)})
    @reg.mapped
    @dataclasses.dataclass
    class W(PK):
        __tablename__="widgets"
        __sa_dataclass_metadata_key__="sa"
        type=Column(String(30),nullable=False)
        name: Optional[str]=dataclasses.field(default=None,metadata={"sa":Column(String(30),nullable=False)})
        __mapper_args__=dict(polymorphic_on="type",polymorphic_identity="n")
    @reg.mapped
    @dataclasses.dataclass
    class S(W):
        __sa_dataclass_metadata_key__="sa"
        magic: bool=dataclasses.field(default=False,metadata={"sa":Column(Boolean)})
        __mapper_args__=dict(polymorphic_identity="s")
    return W.__table__.c.keys(), S.__mapper__.attrs.keys(), repr(S("x",True))
t(dcm)
def absc():
    class B(DeclarativeBase): pass
    class Person: pass
    r=B.registry
    pt=Table("people",B.metadata,Column("id",Integer,primary_key=True),Column("kind",String(50)))
    r.map_imperatively(Person,pt,polymorphic_on="kind",polymorphic_identity="person")
    class SP(Person): __abstract__=True
    class M(SP,B):
        __tablename__="managers"
        id=Column(Integer,ForeignKey(Person.id),primary_key=True)
        __mapper_args__={"polymorphic_identity":"m"}
    return inspect(M).inherits is inspect(Person), str(select(M)), sorted(class_mapper(M).class_manager)
t(absc)
def scal():
    class B(DeclarativeBase): pass
    tb=Table("zz",B.metadata,Column("id",Integer),Column("n",String))
    class Z: pass
    m=B.registry.map_imperatively(Z,tb,primary_key=tb.c.id)
    return m.primary_key
t(scal)
def extra():
    class B(DeclarativeBase): pass
    class A(B):
        __tablename__="a"
        id: Mapped[int]=mapped_column(primary_key=True)
        extra: Mapped[int]=mapped_column(use_existing_column=True)
    class Bb(A):
        __tablename__="b"
        id: Mapped[int]=mapped_column(ForeignKey("a.id"),primary_key=True)
        extra: Mapped[int]=mapped_column(use_existing_column=True)
    class C(A):
        foo: Mapped[Optional[str]]
        extra: Mapped[int]=mapped_column(use_existing_column=True)
    return str(select(A)),str(select(Bb)),str(select(C))
t(extra)
