from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.mutable import Mutable, MutableDict, MutableList, MutableSet, MutableComposite
from sqlalchemy.ext.orderinglist import ordering_list, OrderingList, count_from_0
import dataclasses
class Base(DeclarativeBase): pass
@dataclasses.dataclass
class Point(MutableComposite):
    x: int
    y: int
    def __setattr__(self, key, value):
        object.__setattr__(self, key, value)
        self.changed()
class Money(MutableDict): pass
class SetT(TypeDecorator):
    impl = Text; cache_ok = True
    def process_bind_param(self, v, d): return None if v is None else ",".join(sorted(v))
    def process_result_value(self, v, d): return None if v is None else set(v.split(","))
class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[dict] = mapped_column(MutableDict.as_mutable(JSON), default=dict)
    tags: Mapped[list | None] = mapped_column(MutableList.as_mutable(JSON))
    names: Mapped[set | None] = mapped_column(MutableSet.as_mutable(SetT))
    start: Mapped[Point] = composite(Point, mapped_column("x", Integer, nullable=True), mapped_column("y", Integer, nullable=True))
class Mixin:
    extra: Mapped[dict | None] = mapped_column(MutableDict.as_mutable(JSON))
class U(Mixin, Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
class Deck(Base):
    __tablename__ = "deck"
    id: Mapped[int] = mapped_column(primary_key=True)
    bullets: Mapped[list["Bullet"]] = relationship(order_by="Bullet.position", collection_class=ordering_list("position"), cascade="all, delete-orphan")
    ones: Mapped[list["One"]] = relationship(order_by="One.pos", collection_class=ordering_list("pos", count_from=1))
    tens: Mapped[list["Ten"]] = relationship(order_by="Ten.pos", collection_class=ordering_list("pos", ordering_func=lambda i, c: i * 10, reorder_on_append=True))
class Bullet(Base):
    __tablename__ = "bullet"
    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int | None]
    text: Mapped[str]
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("deck.id"))
class One(Base):
    __tablename__ = "one"
    id: Mapped[int] = mapped_column(primary_key=True)
    pos: Mapped[int | None]
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("deck.id"))
class Ten(Base):
    __tablename__ = "ten"
    id: Mapped[int] = mapped_column(primary_key=True)
    pos: Mapped[int | None]
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("deck.id"))
e = create_engine("sqlite://"); Base.metadata.create_all(e)
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
s = Session(e)
t = T(data={"a": 1}, tags=[1, 2], names={"q"}, start=Point(3, 4)); s.add(t); s.commit()
p(lambda: (type(t.data).__name__, t.data, type(t.tags).__name__, t.tags, type(t.names).__name__, t.names, t.start))
t.data["b"] = 2; p(lambda: (t in s.dirty, inspect(t).attrs.data.history)); s.commit(); p(lambda: t.data)
t.data.update(c=3); t.data.pop("a"); t.data.setdefault("z", 9); del t.data["b"]; s.commit(); p(lambda: t.data)
t.tags.append(3); s.commit(); p(lambda: t.tags); t.tags += [4]; t.tags[0] = 9; t.tags.sort(reverse=True); t.tags.insert(0, 1); t.tags.remove(2); s.commit(); p(lambda: t.tags); t.tags[1:] = []; s.commit(); p(lambda: t.tags); t.tags.clear(); s.commit(); p(lambda: t.tags)
t.names.add("w"); s.commit(); p(lambda: sorted(t.names)); t.names |= {"e"}; t.names -= {"w"}; s.commit(); p(lambda: sorted(t.names)); t.names.discard("nope"); p(lambda: t in s.dirty)
t.start.x = 7; p(lambda: t in s.dirty); s.commit(); p(lambda: (t.start, s.execute(text("select x, y from t")).all()))
def bad(): t.data = "str"
p(bad)
def bad2(): t.tags = {"a": 1}
p(bad2)
t.data = {"n": 1}; p(lambda: type(t.data)); t.data = None; p(lambda: t.data)
s.rollback(); p(lambda: t.data)
p(lambda: (MutableDict.coerce("k", {"a": 1}), type(MutableDict.coerce("k", {})), MutableDict.coerce("k", None)))
p(lambda: Mutable.coerce("k", 5)); p(lambda: MutableList([1]) == [1]); p(lambda: isinstance(t.data, dict)); p(lambda: dict(t.data._parents).values())
u = U(extra={"a": 1}); s.add(u); s.commit(); u.extra["b"] = 2; s.commit(); p(lambda: u.extra)
u2 = U(extra=u.extra); s.add(u2); s.commit(); u2.extra["c"] = 1; p(lambda: (u in s.dirty, u2 in s.dirty)); s.commit(); p(lambda: (u.extra, u2.extra))
d = Deck(bullets=[Bullet(text="a"), Bullet(text="b")]); s.add(d)
p(lambda: [(b.text, b.position) for b in d.bullets]); d.bullets.append(Bullet(text="c")); d.bullets.insert(1, Bullet(text="x")); p(lambda: [(b.text, b.position) for b in d.bullets])
s.commit(); p(lambda: [(b.text, b.position) for b in d.bullets]); p(lambda: type(d.bullets).__name__)
del d.bullets[0]; p(lambda: [(b.text, b.position) for b in d.bullets]); b = d.bullets.pop(); p(lambda: [(b.text, b.position) for b in d.bullets]); d.bullets.remove(d.bullets[0]); p(lambda: [(b.text, b.position) for b in d.bullets])
d.bullets[0] = Bullet(text="new"); d.bullets.append(Bullet(text="k", position=50)); p(lambda: [(b.text, b.position) for b in d.bullets]); d.bullets.reorder(); p(lambda: [(b.text, b.position) for b in d.bullets])
d.bullets[0:2] = [Bullet(text="s1"), Bullet(text="s2")]; p(lambda: [(b.text, b.position) for b in d.bullets]); s.commit(); p(lambda: s.execute(text("select text, position from bullet order by position")).all())
d.ones = [One(), One()]; d.ones.append(One()); p(lambda: [o.pos for o in d.ones]); d.tens.extend([Ten(), Ten(pos=3)]); p(lambda: [o.pos for o in d.tens]); d.tens.append(Ten(pos=1)); p(lambda: [o.pos for o in d.tens])
d.bullets.sort(key=lambda b: b.text, reverse=True); p(lambda: [(b.text, b.position) for b in d.bullets])
p(lambda: (d.bullets.ordering_attr, d.ones.ordering_func(4, None), d.tens.reorder_on_append))
class Money2(MutableDict):
    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, (int, float)): return cls(amount=value)
        return super().coerce(key, value)
class V(Base):
    __tablename__ = "v"
    id: Mapped[int] = mapped_column(primary_key=True)
    m = mapped_column(Money2.as_mutable(JSON))
Base.metadata.create_all(e)
v = V(m=5); p(lambda: v.m); s.add(v); s.commit(); v.m["amount"] = 7; s.commit(); p(lambda: v.m)
class J(TypeDecorator):
    impl = Text; cache_ok = True
    def process_bind_param(self, value, dialect):
        import json; return None if value is None else json.dumps(value)
    def process_result_value(self, value, dialect):
        import json; return None if value is None else json.loads(value)
class W(Base):
    __tablename__ = "w"
    id: Mapped[int] = mapped_column(primary_key=True)
    m = mapped_column(J)
MutableDict.associate_with(J)
Base.metadata.create_all(e)
w = W(m={"a": 1}); s.add(w); s.commit(); w.m["b"] = 2; p(lambda: w in s.dirty); s.commit(); p(lambda: w.m)
s.refresh(w); w.m["c"] = 1; s.commit(); p(lambda: w.m)
# pickled with its object, a value still tells it
import pickle
t = U(extra={"a": 1}); s.add(t); s.commit(); t.extra; s.close()
for protocol in (2, 5):
    with Session(e) as other:
        t2 = pickle.loads(pickle.dumps(t, protocol)); other.add(t2)
        p(lambda: t2 in other.dirty); t2.extra["b"] = protocol; p(lambda: t2 in other.dirty); other.commit(); p(lambda: t2.extra)
from sqlalchemy.orm import attributes
token = lambda name: attributes.AttributeEventToken(getattr(T, name).impl, attributes.OP_MODIFIED)
p(lambda: (token("data") == token("data"), token("data") == token("tags"), token("data") == 3))
