"""What an attribute's history is: a tuple with names; a warning given within an autoflush says so."""
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.attributes import get_history, History, HISTORY_BLANK
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]
    bs: Mapped[list["B"]] = relationship(back_populates="a")
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    a: Mapped[A] = relationship(back_populates="bs")
    def __repr__(self): return "B"
e = create_engine("sqlite://"); Base.metadata.create_all(e)
s = Session(e); a = A(x=1, bs=[B()]); 
h = inspect(a).attrs.x.history
print(h, isinstance(h, tuple), h == ([1], (), ()), h[0], h[1:], len(h), list(h), h.added, h._asdict(), bool(h), h.empty(), h.has_changes(), h.sum(), h.non_deleted(), h.non_added(), type(h), h._fields, tuple(h))
added, unchanged, deleted = h
print(added, unchanged, deleted, hash(History((), (), ())) == hash(((), (), ())), History([1], [], []), HISTORY_BLANK, bool(HISTORY_BLANK), HISTORY_BLANK == History(None, None, None))
s.add(a); s.commit(); a.x = 5; b = a.bs[0]; a.bs.append(B()); a.bs.remove(b)
for k in inspect(a).attrs: print(k.key, k.history, k.history.has_changes(), k.load_history())
print(get_history(a, "bs"), get_history(b, "a"), get_history(a, "x").deleted)
match h:
    case (added, _, _): print("tuple", added)
print(History.__mro__, "%s %s %s" % h, h + (1,), [1] in h, h.index([1]), h.count(()))
import re
import warnings

# which of the two elements is named first depends on a set
warnings.showwarning = lambda m, c, *a: print(c.__name__, re.sub('element.*?[.]', '', str(m)))
a.x = B.id + 1
print(s.scalars(select(B)).all())
