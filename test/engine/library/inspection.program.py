# What inspect(), sessions and attributes tell of themselves.
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.util import identity_key
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, str(e)[:300])
class B(DeclarativeBase): pass
class A(B):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True, doc="the key")
    name: Mapped[str|None]=mapped_column(doc="nm")
    bs=relationship("C", doc="rel", back_populates="a")
    def __repr__(self): return f"A({self.id})"
class C(B):
    __tablename__="c"
    id: Mapped[int]=mapped_column(primary_key=True)
    a_id: Mapped[int|None]=mapped_column(ForeignKey("a.id"))
    a=relationship("A", back_populates="bs")
e=create_engine("sqlite://"); B.metadata.create_all(e)
s=Session(e); s.add_all([A(id=1,name="x",bs=[C()]),A(id=2)]); s.commit()
def doc(): return A.id.__doc__, A.name.__doc__, A.bs.__doc__, A.id.property.doc
print('== what things are and say')
t(doc)
def filt1(): return str(select(A).filter_by(zz=1))
t(filt1)
def filt2(): return str(select(func.count()).filter_by(id=1))
t(filt2)
def filt3(): return str(s.query(func.count(A.id)).filter_by(id=1))
t(filt3)
def filt4(): return str(select(text("1")).filter_by(id=1))
t(filt4)
def ident(): return identity_key(A,1), identity_key(instance=s.get(A,1)), identity_key(A, row=s.execute(select(A.__table__)).first()), identity_key(A,(1,)), identity_key(A,row={A.__table__.c.id:1})
t(ident)
def rels(): 
    i=inspect(A)
    return i.relationships.keys(), i.relationships.bs, i.relationships["bs"] is i.relationships.bs, list(i.relationships), len(i.relationships), "bs" in i.relationships, i.column_attrs.keys(), i.synonyms.keys(), i.composites.keys(), i.relationships.items(), i.relationships.values()
t(rels)
def insp(): 
    x=inspect(s.get(A,1)); m=inspect(A)
    return x.is_instance, x.is_mapper, m.is_mapper, m.is_instance, m.is_selectable, x.is_selectable, A.id.is_attribute, A.id.is_mapper, m.is_aliased_class, inspect(aliased(A)).is_aliased_class, A.__table__.is_selectable, m.is_attribute, A.id.property.is_property, A.bs.property.is_property, m.is_clause_element, inspect(A.__table__).is_clause_element
t(insp)
def ext(): return [d.extension_type for d in inspect(A).all_orm_descriptors], inspect(A).all_orm_descriptors.keys()
t(ext)
def lim(): return s.scalars(select(A).order_by(A.id).limit(bindparam("l")).offset(bindparam("o")),{"l":1,"o":1}).all()
print('== limits')
t(lim)
def lim2(): return s.query(A).order_by(A.id).limit(cast(bindparam("l"),Integer)).offset(cast(literal(1),Integer)).params(l=1).all()
t(lim2)
def lim3(): return str(select(A).limit(func.x(5)).offset(A.id+1))
t(lim3)
def lim4(): return str(select(A).limit("x"))
t(lim4)
def lim5(): return str(select(A).limit(-1)), s.scalars(select(A.id).limit(True)).all()
t(lim5)
def ss(): 
    x=scoped_session(sessionmaker(e)); 
    return x.registry, x.registry(), x() is x.registry(), x.query(A).count(), x.registry.has(), x.remove(), x.registry.has(), x.session_factory
print('== sessions')
t(ss)
def ss2(): return hasattr(sessionmaker(e),'object_session'), Session.object_session(s.get(A,1)) is s, scoped_session(sessionmaker(e)).object_session(s.get(A,1)) is s, scoped_session(sessionmaker(e)).identity_key(A,1)
t(ss2)
def idm():
    a = s.get(A,1)
    return list(s.identity_map.keys()), s.identity_map.values(), s.identity_map.items(), len(s.identity_map), identity_key(A,1) in s.identity_map
t(idm)
def casc(): return repr(A.bs.property.cascade), A.bs.property.cascade.delete, "merge" in A.bs.property.cascade, A.bs.property.cascade.save_update, str(A.bs.property.cascade), A.bs.property.cascade == {"merge","save-update"}
t(casc)
def als(): 
    a=aliased(A); 
    return a.id, str(select(a.name)), a.__mapper__, a.__table__, a.__tablename__, repr(a), inspect(a).name, inspect(a)
print('== aliases, states, keys')
t(als)
def was(): 
    from sqlalchemy.orm import was_deleted, object_session, make_transient, with_parent
    a=s.get(A,2); s.delete(a); s.flush(); r=was_deleted(a); s.rollback(); return r, was_deleted(a), object_session(a) is s
t(was)
def pk():
    class D(B):
        __tablename__="d"
        x: Mapped[int]
        y: Mapped[int]
        __mapper_args__={"primary_key":["x"]}
    return D.__mapper__.primary_key
t(pk)
def pk2():
    tb=Table("d2",B.metadata,Column("x",Integer),Column("y",Integer))
    class D2(B):
        __table__=tb
        __mapper_args__={"primary_key":tb.c.x}
    return D2.__mapper__.primary_key
t(pk2)
