"""Version counters, natural keys that change, server values, a mapped subquery."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
import datetime, decimal, uuid, enum
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e)[:300])
class Base(DeclarativeBase):
    def __repr__(self): return f"<{type(self).__name__} {inspect(self).identity}>"
class Ver(Base):
    __tablename__ = "ver"
    id: Mapped[int] = mapped_column(primary_key=True)
    ver: Mapped[int] = mapped_column()
    n: Mapped[str]
    __mapper_args__ = {"version_id_col": ver}
class Ver2(Base):
    __tablename__ = "ver2"
    id: Mapped[int] = mapped_column(primary_key=True)
    tok: Mapped[str] = mapped_column()
    n: Mapped[str]
    __mapper_args__ = {"version_id_col": tok, "version_id_generator": lambda v: "v1" if v is None else v + "x"}
class Nat(Base):
    __tablename__ = "nat"
    code: Mapped[str] = mapped_column(primary_key=True)
    sub: Mapped[int] = mapped_column(primary_key=True)
    kids: Mapped[list["NatKid"]] = relationship(back_populates="nat", passive_updates=False)
class NatKid(Base):
    __tablename__ = "natkid"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Optional[str]]; sub: Mapped[Optional[int]]
    nat: Mapped[Optional[Nat]] = relationship(back_populates="kids")
    __table_args__ = (ForeignKeyConstraint(["code", "sub"], ["nat.code", "nat.sub"]), CheckConstraint("id > 0"), Index("ix_x", "code", "sub", unique=True), {"sqlite_autoincrement": True})
class Srv(Base):
    __tablename__ = "srv"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(server_default="sd")
    b: Mapped[Optional[int]] = mapped_column(default=func.abs(-4))
    c: Mapped[int] = mapped_column(Computed("id * 2"))
    upd: Mapped[Optional[int]] = mapped_column(onupdate=9)
    __mapper_args__ = {"eager_defaults": True}
class Sub(Base):
    __table__ = select(Nat.code, func.count().label("n")).group_by(Nat.code).subquery("subq")
    __mapper_args__ = {"primary_key": [__table__.c.code]}
class U(Base):
    __tablename__ = "u"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=lambda: uuid.UUID(int=7))
    d: Mapped[decimal.Decimal] = mapped_column(Numeric(8, 2))
    t: Mapped[datetime.datetime]
e = create_engine("sqlite://"); Base.metadata.create_all(e)
@event.listens_for(e, "before_cursor_execute")
def log(conn, cur, st, pa, ctx, many): print("  SQL", " ".join(st.split()), pa)
with Session(e) as s:
    v = Ver(n="a"); v2 = Ver2(n="b"); s.add_all([v, v2]); s.commit(); v.n = "c"; v2.n = "d"; s.commit(); print(v.ver, v2.tok)
    s.execute(text("update ver set ver=99")); v.n = "z"; attempt(lambda: s.flush()); s.rollback()
    n = Nat(code="a", sub=1, kids=[NatKid(), ]); s.add(n); s.commit(); n.code = "b"; s.commit(); print(n.kids[0].code, s.get(Nat, ("b", 1)) is n, s.get(Nat, {"code": "b", "sub": 1}))
    x = Srv(); s.add(x); s.flush(); print(x.a, x.b, x.c); x.a = "q"; s.flush(); print(x.upd)
    print(s.scalars(select(Sub)).all(), s.scalars(select(Sub.n)).all())
    u = U(d=decimal.Decimal("1.50"), t=datetime.datetime(2020, 1, 2)); s.add(u); s.commit(); print(u.id, u.d, u.t, u)
    s.delete(n); attempt(lambda: s.flush()); s.rollback()
attempt(lambda: s.get(Nat, 5)); attempt(lambda: s.get(Nat, (1, 2, 3)))
