"""A session that says itself where each statement goes."""
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]
    bs: Mapped[list["B"]] = relationship()
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
e1 = create_engine("sqlite:///one.db"); e2 = create_engine("sqlite:///two.db")
Base.metadata.create_all(e1); Base.metadata.create_all(e2)
class Routing(Session):
    def get_bind(self, mapper=None, **kw):
        if mapper: kw["mapper"] = mapper
        print("get_bind", {k: (str(v).split("\n")[0] if k != "mapper" else v) for k, v in kw.items() if k != "_sa_skip_events"})
        return e1
with Routing() as s:
    s.add(A(id=1, x=1, bs=[B()])); s.flush()
    s.execute(select(A)).all(); s.execute(select(A.x)).all(); s.execute(text("select 1")); s.scalars(select(func.count()).select_from(B)).all()
    s.query(A).all(); s.query(A.x).filter(A.x == 1).first(); s.get(A, 1); s.get(A, 5); s.execute(update(A).values(x=2)); s.execute(insert(A), [{"x": 3}, {"x": 4}]); s.execute(delete(B))
    s.execute(select(1)); s.execute(select(A.__table__))
    s.commit()
    a = s.get(A, 1); a.bs; s.refresh(a); s.connection()
    s.execute(select(A), bind_arguments={"mapper": A})
    s.bulk_insert_mappings(A, [{"x": 1}])
    s.commit()
class Vertical(Session):
    def get_bind(self, mapper=None, clause=None, **kw):
        if mapper and issubclass(mapper.class_, B): return e2
        if self._flushing or isinstance(clause, (Update, Delete)): return e1
        return e2
with sessionmaker(class_=Vertical)() as s:
    s.add(A(id=10, x=1)); s.flush(); s.execute(update(A).values(x=9)); s.commit()
    print(s.scalars(select(A)).all(), Session(e1).query(A).count())
s = Session(binds={A: e1, B: e2})
print(s.get_bind(A) is e1, s.get_bind(B) is e2, s.get_bind(mapper=inspect(A)) is e1, s.get_bind(clause=select(B)) is e2)
s.bind_table(A.__table__, e2); s.bind_mapper(A, e2); print(s.get_bind(A) is e2)
try: s.get_bind()
except Exception as x: print(type(x).__name__, x)
try: Session(binds={5: e1})
except Exception as x: print(type(x).__name__, x)
try: Session(binds={"x": e1})
except Exception as x: print(type(x).__name__, x)
