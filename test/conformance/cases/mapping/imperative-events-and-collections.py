"""Imperative mapping, events of every kind, custom collections, composites, automap and the rest."""
import dataclasses, warnings
from typing import *
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import *
from sqlalchemy.orm.attributes import *
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.ext.mutable import MutableComposite, Mutable
from sqlalchemy.ext.hybrid import hybrid_property, Comparator, hybrid_method
from sqlalchemy.ext.indexable import index_property
from sqlalchemy.ext.declarative import DeferredReflection
warnings.showwarning = lambda m, c, *a, **k: print("WARN", c.__name__, str(m)[:150])
reg = registry()
@dataclasses.dataclass
class Point(MutableComposite):
    x: int
    y: int
    def __setattr__(self, k, v): object.__setattr__(self, k, v); self.changed()
    def __composite_values__(self): return self.x, self.y
@dataclasses.dataclass
class Line:
    name: str
    start: Optional[Point] = None
    end: Optional[Point] = None
    id: Optional[int] = None
    marks: List["Mark"] = dataclasses.field(default_factory=list)
class Mark:
    def __init__(self, at): self.at = at
    def __repr__(self): return f"Mark({self.at})"
line = Table("line", reg.metadata, Column("id", Integer, primary_key=True), Column("name", String(10)), *[Column(c, Integer) for c in ("x1", "y1", "x2", "y2")])
mark = Table("mark", reg.metadata, Column("id", Integer, primary_key=True), Column("line_id", ForeignKey("line.id")), Column("at", Integer, key="pos"))
class SortedMarks(list):
    __emulates__ = list
    @collection.appender
    def put(self, m, _sa_initiator=None): super().append(m); self.sort(key=lambda m: m.at)
    @collection.remover
    def out(self, m, _sa_initiator=None): super().remove(m)
    @collection.iterator
    def each(self): return super().__iter__()
reg.map_imperatively(Line, line, properties={"start": composite(Point, line.c.x1, line.c.y1), "end": composite(Point, line.c.x2, line.c.y2), "marks": relationship(Mark, backref="line", cascade="all, delete-orphan", collection_class=SortedMarks), "upper": column_property(func.upper(line.c.name)), "title": synonym("name")})
reg.map_imperatively(Mark, mark, properties={"at": mark.c.pos})
e = create_engine("sqlite:///i.db"); reg.metadata.create_all(e)
s = Session(e)
log = []
for target, names in ((Line, ("init", "load", "refresh", "expire", "refresh_flush", "init_failure")), (mapper := inspect(Line), ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete"))):
    for n in names: event.listen(target, n, lambda *a, n=n: log.append(n))
@event.listens_for(Line.name, "set", retval=True)
def setname(t, v, old, init): log.append(("set", v, old if isinstance(old, str) else str(old))); return v.strip()
@event.listens_for(Line.marks, "append")
def app(t, v, init): log.append(("append", repr(v)))
@event.listens_for(Line.marks, "remove")
def rem(t, v, init): log.append(("remove", repr(v)))
@event.listens_for(Line.marks, "bulk_replace")
def bulk(t, vs, init): log.append(("bulk", len(vs)))
@event.listens_for(Line.name, "init_scalar", propagate=True)
def ini(t, v, d): log.append("init_scalar")
l = Line(" first ", Point(1, 2), Point(3, 4)); l.marks.put(Mark(5)); l.marks.put(Mark(1)); l.marks = [Mark(9), Mark(2), Mark(7)]
s.add(l); s.commit(); print(l.name, l.start, l.upper, l.marks, l.title); print(log); log.clear()
l.start.x = 50; print(l in s.dirty, inspect(l).attrs.x1.history if "x1" in inspect(l).attrs else inspect(l).attrs.start.history); s.commit()
l.end = None; s.commit(); print(l.end, s.execute(select(line)).all()); l.marks.out(l.marks[0]); s.commit(); print(l.marks, log); log.clear()
print(s.scalars(select(Line).where(Line.start == Point(50, 2))).all() == [l], select(Line.start, Line.title).where(Line.start != Point(1, 1)))
try: Line()
except TypeError as x: print(x, log)
s.delete(l); s.commit(); print(log, s.scalar(select(func.count()).select_from(Mark)))
class Base(DeclarativeBase): pass
class CaseInsensitive(Comparator):
    def __eq__(self, other): return func.lower(self.__clause_element__()) == func.lower(other)
class W(Base):
    __tablename__ = "w"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    data: Mapped[dict] = mapped_column(JSON, default=dict)
    tag = index_property("data", "tag", default=None)
    __mapper_args__ = {"eager_defaults": True, "confirm_deleted_rows": False}
    @hybrid_property
    def ci(self): return self.word.lower()
    @ci.inplace.comparator
    @classmethod
    def _ci(cls): return CaseInsensitive(cls.word)
    @hybrid_method
    def near(self, n): return abs(self.id - n) < 2
    @near.inplace.expression
    @classmethod
    def _near(cls, n): return func.abs(cls.id - n) < 2
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("w.id"))
    kids: Mapped[Dict[str, "W"]] = relationship(collection_class=attribute_keyed_dict("word"), back_populates="parent")
    parent: Mapped[Optional["W"]] = relationship(remote_side=[id], back_populates="kids")
Base.metadata.create_all(e)
root = W(word="Root", kids={"a": W(word="a"), "b": W(word="b")}); root.tag = "t"; s.add(root); s.commit()
print(root.kids, root.tag, root.data, s.scalars(select(W).where(W.ci == "ROOT")).one() is root, select(W.id).where(W.near(3)), root.near(1), W.ci == "x")
root.kids["a"].word = "renamed"; s.commit(); print(sorted(root.kids)); s.expire(root, ["kids"]); print(sorted(root.kids))
try: root.kids["z"] = W(word="q"); print(sorted(root.kids))
except Exception as x: print(type(x).__name__, x)
s.rollback()
try: root.kids = {"wrong": W(word="right")}
except Exception as x: print(type(x).__name__, x)
try: root.kids.append(5)
except Exception as x: print(type(x).__name__, x)
try: root.kids = [1]
except Exception as x: print(type(x).__name__, x)
flag_modified(root, "data"); print(s.is_modified(root), get_history(root, "data")); flag_dirty(root)
try: flag_modified(root, "nope")
except Exception as x: print(type(x).__name__, x)
set_committed_value(root, "word", "quiet"); print(root.word, inspect(root).attrs.word.history); set_attribute(root, "word", "loud"); print(get_attribute(root, "word"), inspect(root).attrs.word.history, del_attribute(root, "word"), inspect(root).attrs.word.history)
s.rollback(); print(inspect(root).attrs.kids.loaded_value, sorted(inspect(root).unmodified), init_collection(root, "kids"))
Auto = automap_base(); Auto.prepare(autoload_with=e); print(sorted(Auto.classes.keys()), sorted(inspect(Auto.classes.mark).relationships.keys()), sorted(inspect(Auto.classes.line).relationships.keys()), Auto.by_module.keys() if hasattr(Auto, "by_module") else "")
x = Auto.classes.line(name="auto"); x.mark_collection.append(Auto.classes.mark(at=3)); s.add(x); s.commit(); print(x.mark_collection[0].line is x)
class R(DeferredReflection, Base):
    __tablename__ = "mark"
    __abstract__ = False
try: select(R)
except Exception as q: print(type(q).__name__, q)
DeferredReflection.prepare(e); print(sorted(inspect(R).columns.keys()))
print(s.query(R).count(), [type(p).__name__ for p in inspect(Line).attrs][:6], inspect(Line).get_property("start").props if False else sorted(inspect(Line).composites.keys()), sorted(inspect(Line).synonyms.keys()), inspect(Line).has_property("zz"), inspect(Line).c.keys())
