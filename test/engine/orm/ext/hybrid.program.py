from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.hybrid import hybrid_property, hybrid_method, Comparator
from sqlalchemy.ext.indexable import index_property
from sqlalchemy import func
class Base(DeclarativeBase): pass
class CI(Comparator):
    def __eq__(self, other): return func.lower(self.__clause_element__()) == func.lower(other)
    def in_(self, other): return func.lower(self.__clause_element__()).in_([func.lower(o) for o in other])
class Interval(Base):
    __tablename__ = "interval"
    id: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    word: Mapped[str | None]
    data: Mapped[dict | None] = mapped_column(JSON)
    color = index_property("data", "color")
    size = index_property("data", "size", default=7)
    @hybrid_property
    def length(self): return self.end - self.start
    @length.setter
    def length(self, v): self.end = self.start + v
    @length.deleter
    def length(self): self.end = self.start
    @length.update_expression
    def length(cls, v): return [(cls.end, cls.start + v)]
    @hybrid_method
    def contains(self, point): return (self.start <= point) & (point <= self.end)
    @hybrid_method
    def near(self, p, slack=1): return abs(self.start - p) <= slack
    @near.expression
    def near(cls, p, slack=1): return func.abs(cls.start - p) <= slack
    @hybrid_property
    def radius(self): return abs(self.length) / 2
    @radius.inplace.expression
    @classmethod
    def _radius(cls): return func.abs(cls.length) / 2
    @hybrid_property
    def ci(self): return self.word.lower()
    @ci.comparator
    def ci(cls): return CI(cls.word)
    @hybrid_property
    def ro(self): "a doc"; return 5
e = create_engine("sqlite://"); Base.metadata.create_all(e)
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
i = Interval(start=5, end=10, word="Abc")
p(lambda: (i.length, i.contains(7), i.near(6), i.near(9, slack=2), i.radius, i.ci))
i.length = 20; p(lambda: (i.end,)); del i.length; p(lambda: (i.end,))
def setro(): i.ro = 3
p(setro)
def delro(): del i.ro
p(delro)
def mis(): i.contains = 3; return i.contains
for f in [
 lambda: select(Interval).where(Interval.length > 5),
 lambda: select(Interval.length, Interval.radius),
 lambda: select(Interval.length.label("x")).order_by(Interval.length.desc()),
 lambda: select(Interval).where(Interval.contains(7)),
 lambda: select(Interval).where(Interval.near(7, slack=3)),
 lambda: select(Interval).where(Interval.ci == "FOO"),
 lambda: select(Interval).where(Interval.ci.in_(["FOO", "b"])),
 lambda: select(Interval).where(Interval.ci.like("x")),
 lambda: update(Interval).values({Interval.length: 25}),
 lambda: update(Interval).values(length=25),
 lambda: update(Interval).where(Interval.length > 3).values({Interval.radius: 3}),
 lambda: (str(Interval.length), Interval.length.key, Interval.length.class_),
 lambda: inspect(Interval).all_orm_descriptors.keys(),
 lambda: inspect(Interval).all_orm_descriptors["length"],
 lambda: inspect(Interval).all_orm_descriptors["contains"].extension_type,
 lambda: Interval.__dict__["length"].fget.__name__,
 lambda: Interval.length.foo,
 lambda: Interval.ro.__doc__,
 lambda: select(Interval).filter_by(length=5),
 lambda: select(func.sum(Interval.length)).group_by(Interval.radius),
 lambda: select(Interval).where(Interval.color == "red"),
 lambda: i.color,
 lambda: i.size,
 lambda: aliased(Interval, name="q").length,
 lambda: (lambda q: select(q.length, q.radius).where(q.contains(3), q.near(2), q.ci == "z", q.color == "y"))(aliased(Interval, name="q")),
 lambda: Interval(length=3, start=2).end,
]: p(f)
i.color = "red"; p(lambda: (i.data, i.color)); i.size = 3
def dd(): del i.color; return i.data
p(dd); p(dd)
with Session(e) as s:
    s.add(i); s.commit(); print(i.data, i.length)
    i.color = "blue"; s.commit(); print(i.data)
    print(s.scalars(select(Interval.length)).all(), s.scalar(select(func.count()).where(Interval.color == "blue")))
    print(s.execute(select(Interval.length, Interval.radius)).mappings().all())
    r = s.execute(update(Interval).values({Interval.length: 25}), execution_options={"synchronize_session": "evaluate"}); print(i.end)
    print(s.query(Interval).filter(Interval.length == 25).order_by(Interval.length).all() == [i])
class Sub(Interval):
    @Interval.length.overrides.expression
    def length(cls): return cls.end - cls.start + 100
p(lambda: select(Sub.length)); p(lambda: Sub(start=1, end=2).length)
p(lambda: select(Interval.length))
class Mix:
    @hybrid_property
    def twice(self): return self.n * 2
class M1(Mix, Base):
    __tablename__ = "m1"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
p(lambda: select(M1.twice).where(M1.twice > 3)); p(lambda: M1(n=4).twice)
