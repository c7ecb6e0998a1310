from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.automap import automap_base, generate_relationship, name_for_scalar_relationship
from sqlalchemy.ext.declarative import ConcreteBase, AbstractConcreteBase, DeferredReflection
from sqlalchemy import event
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
e = create_engine("sqlite://")
with e.begin() as c:
    for st in ["create table user_ (id integer primary key, name text)", "create table address (id integer primary key, email text not null, user_id integer not null references user_(id))",
      "create table tag (id integer primary key, name text)", "create table user_tag (user_id integer references user_(id), tag_id integer references tag(id), primary key (user_id, tag_id))", "create table nopk (x integer)",
      "create table doc (id integer primary key, user_id integer references user_(id) on delete set null, parent_id integer references doc(id))"]: c.execute(text(st))
Base = automap_base()
p(lambda: (Base.__name__, Base.__mro__[1].__name__, Base.classes.keys()))
class U(Base):
    __tablename__ = "user_"
    address_collection = relationship("address", collection_class=set)
p(lambda: U())
p(lambda: inspect(U))
Base.prepare(autoload_with=e)
p(lambda: sorted(Base.classes.keys()))
p(lambda: (Base.classes.address, Base.classes.tag.__module__, Base.classes["doc"].__name__, "nopk" in Base.classes, len(Base.classes), Base.by_module.sqlalchemy.ext.automap.tag is Base.classes.tag))
p(lambda: Base.classes.zzz); p(lambda: Base.classes["zzz"])
configure_mappers()
for c in [U, Base.classes.address, Base.classes.tag, Base.classes.doc]:
    for r in sorted(inspect(c).relationships, key=str): print(r, r.direction.name, r.uselist, r.back_populates, r.collection_class, sorted(r.cascade), r.passive_deletes, r.secondary)
s = Session(e)
u = U(name="x"); s.add(u); s.flush(); a = Base.classes.address(email="q"); u.address_collection.add(a); u.tag_collection.append(Base.classes.tag(name="t")); s.commit()
p(lambda: (u.address_collection, [t.name for t in u.tag_collection], Base.classes.tag(name="z").user__collection))
p(lambda: s.scalars(select(U).join(U.tag_collection)).one().name)
B2 = automap_base()
def cn(base, tablename, table): return "".join(w.capitalize() for w in tablename.split("_"))
def gen(base, direction, return_fn, attrname, local_cls, referred_cls, **kw):
    print(direction.name, return_fn.__name__, attrname, local_cls.__name__, referred_cls.__name__, sorted(kw))
    return generate_relationship(base, direction, return_fn, attrname, local_cls, referred_cls, **kw)
md = MetaData(); md.reflect(e, only=["user_", "address"])
B3 = automap_base(metadata=md)
B3.prepare(classname_for_table=cn, name_for_collection_relationship=lambda b, l, r, c: r.__name__.lower() + "s", generate_relationship=gen)
p(lambda: sorted(B3.classes.keys())); configure_mappers(); p(lambda: [str(r) for r in inspect(B3.classes.User).relationships])
p(lambda: generate_relationship(B3, None, print, "x", U, U))
class DB(DeclarativeBase): pass
B4 = automap_base(DB); B4.prepare(autoload_with=e); p(lambda: sorted(B4.classes.keys()))
# deferred reflection
class RB(DeclarativeBase): pass
class Refl(DeferredReflection, RB): __abstract__ = True
class RU(Refl):
    __tablename__ = "user_"
    tags = relationship("RT", secondary="user_tag")
class RT(Refl):
    __tablename__ = "tag"
p(lambda: select(RU)); p(lambda: Refl.prepare(5))
Refl.prepare(e)
p(lambda: select(RU)); p(lambda: select(RU).join(RU.tags)); p(lambda: sorted(RB.metadata.tables))
# concrete
class CB(DeclarativeBase): pass
class Emp(ConcreteBase, CB):
    __tablename__ = "emp"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "emp", "concrete": True}
class Man(Emp):
    __tablename__ = "man"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    data: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "man", "concrete": True}
p(lambda: select(Emp)); p(lambda: select(Man)); p(lambda: select(Emp).where(Emp.name == "x").order_by(Emp.id))
CB.metadata.create_all(e); s.add_all([Emp(name="e"), Man(name="m", data="d")]); s.commit()
p(lambda: [(type(x).__name__, x.name) for x in s.scalars(select(Emp).order_by(Emp.name))])
class AB(DeclarativeBase): pass
class AEmp(AbstractConcreteBase, AB):
    strict_attrs = True
    name = mapped_column(String(50))
class AMan(AEmp):
    __tablename__ = "aman"
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(String(50)); data = mapped_column(String)
    __mapper_args__ = {"polymorphic_identity": "man", "concrete": True}
class AEng(AEmp):
    __tablename__ = "aeng"
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(String(50)); info = mapped_column(String)
    __mapper_args__ = {"polymorphic_identity": "eng", "concrete": True}
p(lambda: select(AEmp.name)); 
AB.registry.configure()
p(lambda: select(AEmp)); p(lambda: select(AMan)); AB.metadata.create_all(e); s.add_all([AMan(name="a", data="d"), AEng(name="b", info="i")]); s.commit()
p(lambda: [(type(x).__name__, x.name) for x in s.scalars(select(AEmp).order_by(AEmp.name))])
class XB(DeclarativeBase): pass
class XE(ConcreteBase, XB):
    __tablename__ = "xe"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "e", "concrete": True}
p(lambda: XB.registry.configure())
p(lambda: polymorphic_union({"a": Emp.__table__, "b": Man.__table__}, "kind", "pu"))
