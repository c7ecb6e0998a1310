# Mapped objects, their collections, options and frozen results pickled and unpickled: what goes with them, what is refused.
import pickle
from sqlalchemy import *
from sqlalchemy.orm import *
from typing import *
from sqlalchemy.exc import InvalidRequestError
class Base(DeclarativeBase):
    def __repr__(self): return type(self).__name__
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    notes: Mapped[dict[str, "N"]] = relationship(collection_class=attribute_keyed_dict("k"), cascade="all, delete-orphan", back_populates="u")
    byid: Mapped[dict[int, "N"]] = relationship(collection_class=column_keyed_dict("k") if False else keyfunc_mapping(len), viewonly=True)
    addrs: Mapped[list["A"]] = relationship(back_populates="u", cascade="all, delete-orphan")
class N(Base):
    __tablename__ = "n"
    id: Mapped[int] = mapped_column(primary_key=True); uid: Mapped[int] = mapped_column(ForeignKey("u.id")); k: Mapped[str]; u: Mapped[U] = relationship(back_populates="notes")
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True); uid: Mapped[int] = mapped_column(ForeignKey("u.id")); email: Mapped[str]; u: Mapped[U] = relationship(back_populates="addrs")
class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True); uid: Mapped[int] = mapped_column(ForeignKey("u.id")); a: Mapped[str]; b: Mapped[str]
U.cs = relationship(C, collection_class=column_keyed_dict([C.__table__.c.a, C.__table__.c.b]))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
u = U(name="x", notes={"p": N(k="p"), "q": N(k="q")}, addrs=[A(email="1"), A(email="2")])
c = pickle.loads(pickle.dumps(u))
print(inspect(c).transient, sorted(c.notes), [a.email for a in c.addrs], c.addrs[0].u is c)
with Session(e) as s:
    s.add(c); s.commit(); print(c.id, len(c.addrs), sorted(c.notes))
    s.add(C(uid=c.id, a="1", b="2")); s.commit()
    c.addrs.pop(0); d = pickle.dumps(c); s.rollback()
c2 = pickle.loads(d); print([a.email for a in c2.addrs], inspect(c2).attrs.addrs.history)
with Session(e) as s:
    s.add(c2); s.commit(); print([a.email for a in c2.addrs])
    r = s.execute(select(U.id, U.name).order_by(U.id)); f = r.freeze(); f2 = pickle.loads(pickle.dumps(f))
    print(f2().all(), f2().keys(), f2().mappings().all(), f2().scalars().all())
    fe = s.execute(select(U)).freeze(); data = pickle.dumps(fe)
with Session(e) as s:
    from sqlalchemy.orm.loading import merge_frozen_result
    fe = pickle.loads(data)
    m = merge_frozen_result(s, select(U), fe, load=False)
    x = m().scalars().one(); print(x.name, x in s, s.dirty)
    print(x.cs); p = pickle.loads(pickle.dumps(x)); print(p.cs, type(p.cs))
    p.cs["z"] = C(a="3", b="4"); print(sorted(p.cs, key=str))
with Session(e) as s:
    u = s.scalars(select(U).options(lazyload(U.addrs).joinedload(A.u), selectinload(U.notes))).one(); d = pickle.dumps(u)
with Session(e) as s:
    u = pickle.loads(d); s.add(u); print([type(o).__name__ for o in inspect(u).load_options], type(inspect(u).load_options).__name__); print([a.u.name for a in u.addrs], sorted(u.notes))
    n = u.notes["p"]; n2 = pickle.loads(pickle.dumps(n)); print(n2.k, inspect(n2).load_path)
    u.notes.pop("p"); s.commit(); print(s.scalars(select(N.k)).all())

def t(label, f):
    try: print(label, "->", f())
    except Exception as x: print(label, "!!", type(x).__name__, x)
rt = lambda o: pickle.loads(pickle.dumps(o))
for o in (joinedload(U.addrs), load_only(U.name), contains_eager(U.addrs), defaultload(U.addrs).load_only(A.email), joinedload("*"), undefer_group("g"), selectinload(U.addrs.and_(A.email == "q"))): t("option", lambda: type(rt(o)).__name__)
for name, o in {"criteria": with_loader_criteria(A, A.email == "q"), "attribute": U.name, "mapper": inspect(U), "session": s, "engine": e, "query": s.query(U), "statement": select(U)}.items(): t(name, lambda: rt(o))
t("history", lambda: rt(inspect(u).attrs.name.history)); t("error", lambda: repr(rt(InvalidRequestError("m", code="abc")))); t("key", lambda: rt(inspect(u).identity_key))
t("attribute name", lambda: attribute_keyed_dict(3))
