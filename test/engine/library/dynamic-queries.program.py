# Dynamic relationships with a query class of the program's; the listeners of a session, looked at.
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class MyQuery(Query):
    def by_email(self, x):
        return self.filter(A.email == x)
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    addresses = relationship("A", lazy="dynamic", query_class=MyQuery, order_by="A.id")
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    u_id: Mapped[int | None] = mapped_column(ForeignKey("u.id"))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
s = Session(e)
s.add(U(addresses=[A(email="x"), A(email="y")])); s.commit()
u = s.scalars(select(U)).one()
print(isinstance(u.addresses, MyQuery), isinstance(u.addresses, Query), type(u.addresses).__name__, type(u.addresses).__mro__[1:4])
print([a.email for a in u.addresses.by_email("y")], type(u.addresses.by_email("x")).__name__)
print(u.addresses.by_email("x").statement)
def listener(*a): print("L", len(a))
def other(*a): pass
event.listen(Session, "before_flush", listener)
print(listener in s.dispatch.before_flush, other in s.dispatch.before_flush, len(s.dispatch.before_flush), bool(s.dispatch.before_flush), list(s.dispatch.before_flush) == [listener])
event.listen(s, "before_flush", other)
print(other in s.dispatch.before_flush, len(s.dispatch.before_flush), list(s.dispatch.before_flush) == [listener, other])
s.dispatch.before_flush(1, 2, 3)
print(len(U.__mapper__.dispatch.before_insert), bool(U.__mapper__.dispatch.before_insert))
try: s.dispatch.nothing
except AttributeError as x: print("AttributeError", x)
event.remove(Session, "before_flush", listener)
print(len(s.dispatch.before_flush))
maker = sessionmaker(e)
event.listen(maker, "after_commit", other)
print(other in maker().dispatch.after_commit, other in s.dispatch.after_commit)
print(u.addresses.by_email("x").count(), u.addresses.count(), u.addresses.query_class.__name__)
u.addresses.append(A(email="z")); s.flush()
print([a.email for a in u.addresses], u.addresses[0].email, [a.email for a in u.addresses[1:]], u.addresses.filter_by(email="z").one().email)
u.addresses.remove(u.addresses.by_email("z").one()); s.flush()
print(u.addresses.count(), len(u.addresses.all()), type(u.addresses.order_by(A.id)).__name__, type(u.addresses.filter_by(email="x")).__name__)
class V(Base):
    __tablename__ = "v"
    id: Mapped[int] = mapped_column(primary_key=True)
    u_id: Mapped[int | None] = mapped_column(ForeignKey("u.id"))
U.vs = relationship(V, lazy="dynamic")
Base.metadata.create_all(e)
print(type(u.vs).__name__, isinstance(u.vs, Query), u.vs.count(), [c.__name__ for c in type(u.vs).__mro__[:4]])
try: u.addresses.nope
except AttributeError as x: print(x)
