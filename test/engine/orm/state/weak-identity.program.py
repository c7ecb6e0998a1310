# Which objects the weak identity map still has, and what is loaded again: after each way of letting go of them.
import gc, functools, itertools
from sqlalchemy import create_engine, select, ForeignKey, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, scoped_session, sessionmaker
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__="user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    addresses: Mapped[list["Address"]] = relationship(back_populates="user")
class Address(Base):
    __tablename__="address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    user: Mapped[User] = relationship(back_populates="addresses")
e = create_engine("sqlite://")
Base.metadata.create_all(e)
with Session(e) as s:
    s.add_all([User(name=f"u{i}", addresses=[Address(email=f"e{j}") for j in range(3)]) for i in range(4)]); s.commit()
n=[0]
@event.listens_for(e,"before_cursor_execute")
def b(conn,cur,stmt,*a): n[0]+=1
def count(label, *more):
    print(label, n[0], *more); n[0]=0
s = Session(e)
def ids(): return sorted(str(k[1]) + k[0].__name__[0] for k in s.identity_map.keys())
s.scalars(select(User)).all(); count("dropped list", ids())
x = s.scalars(select(User)).all(); count("kept list", ids())
x = x[:2]; count("slice", ids())
x[0].addresses; count("lazy", ids())
x.clear(); count("cleared", ids())
u = s.get(User, 1); a = u.addresses[0]; del u; count("child kept, parent dropped", ids())
a.user; count("parent again", ids())
del a; gc.collect(); count("cycle collected", ids())
u = s.get(User, 2); u.name = "changed"; del u; count("modified is kept", ids(), [o.name for o in s.dirty])
s.flush(); count("after flush", ids())
s.get(User, 2); count("loaded anew", ids())
def f(u): return [x.email for x in u.addresses], ids()
print(f(s.get(User, 3))); count("argument", ids())
class Holder: pass
h = Holder(); h.u = s.get(User, 1); h.d = {"k": (s.get(User, 2),)}; count("attributes", ids())
h.d = None; count("attribute replaced", ids())
p = functools.partial(print, s.get(User, 3)); count("partial", ids()); del p
it = iter(s.scalars(select(User).order_by(User.id))); first = next(it); count("iterating", ids())
for _ in it: pass
del _
count("iterated", ids()); del first, it
m = {u.id: u for u in s.scalars(select(User))}; count("dict comp", ids())
m.pop(1); count("popped", ids())
g = (u for u in list(m.values())); m.clear(); next(g); count("generator", len(ids()))
g.close(); del g; count("generator closed", ids())
try:
    raise ValueError(s.get(User, 1))
except ValueError as err:
    count("exception", ids())
count("handled", ids())
new = User(name="new"); s.add(new); del new; count("pending", len(s.new), ids())
s.commit(); count("committed", ids())
print(len(s.scalars(select(User)).all())); count("count", ids())
s.delete(s.get(User, 5)); count("deleted", ids(), len(s.deleted)); s.rollback(); count("rolled back", ids())
r = s.execute(select(User, Address).join(Address)).first(); count("row", ids()); del r; count("row gone", ids())
us = s.scalars(select(User)).all()
for u in us:
    for ad in u.addresses: ad.user.name
count("nested", len(ids()))
del us, u, ad; count("gone?", len(ids())); gc.collect(); count("collected", ids())
from sqlalchemy.orm import joinedload, selectinload
us = s.scalars(select(User).options(selectinload(User.addresses))).all(); count("selectin", len(ids()))
del us; count("selectin dropped", ids())
ads = s.scalars(select(Address).options(joinedload(Address.user))).all(); count("joined", len(ids()))
ads = ads[:1]; count("one", ids())
[s.get(User, i) for i in (1, 2)]; count("list display", ids())
x = s.get(User, 1), s.get(User, 1); count("tuple", x[0] is x[1])
x = None
y = s.get(User, 2) or s.get(User, 3); count("or", ids())
y = s.merge(User(id=2, name="merged")); del y; count("merged", ids()); s.rollback()
z = s.query(User).filter_by(id=1).one().addresses; count("query chain", ids())
s.close(); count("closed", ids())
