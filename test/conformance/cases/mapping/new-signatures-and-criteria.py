"""What mapped classes keep of their own: __new__, signatures, columns over several tables, criteria everywhere."""
import dataclasses, inspect as pyinspect, typing
from sqlalchemy import *
from sqlalchemy.orm import *

class Base(DeclarativeBase): pass
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column()
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "p"}
    def __new__(cls, *a, **k):
        print("new", cls.__name__, a, sorted(k))
        self = object.__new__(cls)
        self.__dict__["mark"] = 1
        return self
class E(P):
    __tablename__ = "e"
    id = column_property(Column(Integer, ForeignKey("p.id"), primary_key=True), P.id)
    title: Mapped[str] = mapped_column(default="t")
    __mapper_args__ = {"polymorphic_identity": "e"}
class M(E):
    __tablename__ = "m"
    id = column_property(Column(Integer, ForeignKey("e.id"), primary_key=True), E.id, P.id)
    level: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"polymorphic_identity": "m"}
print([str(c) for c in inspect(M).attrs.id.columns], [str(c) for c in inspect(E).attrs.id.columns])
print(select(M)); print(select(E.id)); print(select(M).where(M.id == 5))
e = create_engine("sqlite://")
Base.metadata.create_all(e)
with Session(e) as s:
    s.add_all([P(name="a"), E(name="b"), M(name="c", level=4)])
    s.commit()
with Session(e) as s:
    for x in s.scalars(select(P).order_by(P.id)): print(type(x).__name__, x.id, x.name, x.mark)
    s.expunge_all()
    m = s.get(M, 3)
    print(m.level, m.title, m.mark)
print(pyinspect.signature(P), pyinspect.signature(P.__init__), P.__init__.__name__, P.__init__.__qualname__)
class D(MappedAsDataclass, Base):
    __tablename__ = "d"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(default=3)
    tags: Mapped[typing.List["T"]] = relationship(default_factory=list, repr=False)
class T(MappedAsDataclass, Base, kw_only=True, unsafe_hash=True):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    d_id: Mapped[typing.Optional[int]] = mapped_column(ForeignKey("d.id"), init=False)
    word: Mapped[str]
print(pyinspect.signature(D), pyinspect.signature(T), pyinspect.signature(D.__init__))
print(D("x"), D("x", 4) == D("x", 4), dataclasses.fields(D)[1].name, [f.name for f in dataclasses.fields(T)], dataclasses.is_dataclass(D))
for f in (lambda: D(), lambda: D("a", 1, [], 5), lambda: T("w"), lambda: T(word="w", id=4), lambda: P(1), lambda: P(zzz=1)):
    try: print(f())
    except TypeError as x: print("TypeError", x)
print(dataclasses.asdict(D("q")) if False else dataclasses.replace(D("q"), name="r"))
print(D.__match_args__ if hasattr(D, "__match_args__") else None, hash(T(word="a")) == hash(T(word="a")))
match D("z", 9):
    case D(name=n, size=9): print("match", n)
class Soft:
    deleted: Mapped[bool] = mapped_column(default=False)
class X(Soft, Base):
    __tablename__ = "x"
    id: Mapped[int] = mapped_column(primary_key=True)
    v: Mapped[int]
crit = with_loader_criteria(Soft, lambda cls: cls.deleted == False, include_aliases=True)
cte = select(X).where(X.v > 1).cte("big")
print(select(X).join(cte, X.id == cte.c.id).options(crit).compile() if False else "")
Base.metadata.create_all(e)
with Session(e) as s:
    s.add_all([X(v=1), X(v=2, deleted=True), X(v=3), X(v=4)]); s.commit()
    for st in (
        select(X).options(crit),
        select(cte.c.v).options(crit),
        select(aliased(X, cte)).options(crit),
        select(X).from_statement(union(select(X).where(X.v < 3), select(X).where(X.v > 3))).options(crit),
        select(aliased(X, union(select(X).where(X.v < 3), select(X).where(X.v > 3)).subquery())).options(crit),
        select(X.v).where(X.id.in_(select(X.id).where(X.v > 2))).options(crit),
        select(func.count()).select_from(X).options(crit),
        select(select(func.max(X.v)).scalar_subquery()).options(crit),
        select(X.v, exists(select(X.id).where(X.v == 2))).options(crit),
        union_all(select(X.v).where(X.v < 3), select(X.v)).options(crit) if hasattr(CompoundSelect, "options") else select(X.v).options(crit),
        select(literal_column("1")).where(X.v == 3).options(crit),
    ):
        try: print(s.execute(st).all())
        except Exception as x: print(type(x).__name__, x)
    print(s.execute(update(X).values(v=X.v + 1).options(crit)).rowcount)
    print(s.execute(delete(X).where(X.v > 4).options(crit)).rowcount)
    @event.listens_for(s, "do_orm_execute")
    def go(st):
        print("orm exec", st.is_select, st.is_update, st.is_delete, st.is_insert, st.is_column_load, st.is_relationship_load, st.is_orm_statement, st.bind_mapper, st.all_mappers, st.execution_options.get("a"))
        if st.is_select: st.statement = st.statement.options(crit)
    print([x.v for x in s.scalars(select(X), execution_options={"a": 1})])
    print(s.query(X).count(), s.query(func.sum(X.v)).scalar())
    print(s.execute(union(select(X.v), select(X.id))).all())
