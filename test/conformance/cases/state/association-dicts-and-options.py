"""Association proxies' dict methods, executions with wrong options, unwanted loader options."""
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.associationproxy import association_proxy
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    ns: Mapped[dict[str, "N"]] = relationship(collection_class=attribute_keyed_dict("k"), cascade="all, delete-orphan")
    vs = association_proxy("ns", "v", creator=lambda k, v: N(k=k, v=v), info={"a": 1})
class N(Base):
    __tablename__ = "n"
    id: Mapped[int] = mapped_column(primary_key=True)
    u_id: Mapped[int] = mapped_column(ForeignKey("u.id"))
    k: Mapped[str]
    v: Mapped[str]
def t(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
u = U(); u.vs = {"a": "1"}
t(lambda: u.vs.update([("b", "2")])); t(lambda: u.vs.update({"c": "3"}, d="4")); t(lambda: sorted(u.vs.items())); t(lambda: u.vs.update(1)); t(lambda: u.vs.update([("x",)])); t(lambda: u.vs.update({}, {})); t(lambda: u.vs.update([5])); t(lambda: u.vs.update("ab")); t(lambda: u.vs.pop("zz")); t(lambda: u.vs.pop("zz", 9)); t(lambda: u.vs["zz"]); t(lambda: u.vs.setdefault("e", "5")); t(lambda: u.vs == {"a": "1"}); t(lambda: "a" in u.vs); t(lambda: len(u.vs)); t(lambda: u.vs.copy()); t(lambda: u.vs.popitem() is not None); t(lambda: U.vs.info if hasattr(U.vs, "info") else None); t(lambda: inspect(U).all_orm_descriptors.vs.info); t(lambda: bool(u.vs)); t(lambda: u.vs.clear()); t(lambda: (u.vs, bool(u.vs))); t(lambda: hash(u.vs)); t(lambda: u.vs | {"a": 1}); t(lambda: dict(u.vs)); t(lambda: u.vs.get("q")); t(lambda: repr(u.vs)); t(lambda: del_(u))
def del_(u): del u.vs["nope"]
t(lambda: del_(u))
s = Session(create_engine("sqlite://")); Base.metadata.create_all(s.get_bind())
t(lambda: s.execute(select(U), execution_options=5)); t(lambda: s.execute(select(U), execution_options={"yield_per": 2}).all()); t(lambda: s.execute(select(U), bind_arguments=5)); t(lambda: s.scalars(select(U), params=5)); t(lambda: s.execute(insert(N).options(joinedload(U.ns)), {"u_id": 1, "k": "k", "v": "v"}).rowcount)
t(lambda: joinedload(U.ns, "x")); t(lambda: joinedload(U.ns).joinedload("x")); t(lambda: selectinload("ns")); t(lambda: load_only(U.id, "x")); t(lambda: Load(U).joinedload("x")); t(lambda: s.scalars(select(U).options(joinedload(N.v))).all()); t(lambda: s.scalars(select(U).options(Load(N).load_only(N.v))).all()); t(lambda: s.scalars(select(U).options(selectinload(U.ns).selectinload(U.ns))).all())
