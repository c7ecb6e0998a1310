# Collections of a program's own kinds, set-like ones and ones with decorated methods; what an adapter does to them.
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import collection, collection_adapter
class SetLike:
    def __init__(self): self.data = set()
    def add(self, item): self.data.add(item)
    def remove(self, item): self.data.remove(item)
    def discard(self, item): self.data.discard(item)
    def clear(self): self.data.clear()
    def pop(self): return self.data.pop()
    def update(self, other): self.data.update(other)
    def __iter__(self): return iter(self.data)
    __hash__ = object.__hash__
    def __eq__(self, other): return self.data == other
class SetIsh:
    __emulates__ = set
    def __init__(self): self.data = set()
    def add(self, item): self.data.add(item)
    def remove(self, item): self.data.remove(item)
    def discard(self, item): self.data.discard(item)
    def pop(self): return self.data.pop()
    def update(self, other): self.data.update(other)
    def __iter__(self): return iter(self.data)
    def clear(self): self.data.clear()
class Custom:
    def __init__(self): self.data = []
    @collection.appender
    @collection.adds("entity")
    def put(self, entity): self.data.append(entity)
    @collection.remover
    @collection.removes(1)
    def remove(self, entity): self.data.remove(entity)
    @collection.adds(1)
    def push(self, *args): self.data.append(args[0])
    @collection.removes("entity")
    def yank(self, entity, arg): self.data.remove(entity)
    @collection.replaces(2)
    def replace(self, arg, entity, **kw):
        self.data.insert(0, entity)
        return self.data.pop()
    @collection.removes_return()
    def pop(self, key): return self.data.pop()
    @collection.iterator
    def __iter__(self): return iter(self.data)
def run(kind):
    class Base(DeclarativeBase): pass
    class P(Base):
        __tablename__ = "p"
        id: Mapped[int] = mapped_column(primary_key=True)
        cs = relationship("C", collection_class=kind)
    class C(Base):
        __tablename__ = "c"
        id: Mapped[int] = mapped_column(primary_key=True)
        n: Mapped[str]
        p_id: Mapped[int] = mapped_column(ForeignKey("p.id"), nullable=True)
        def __repr__(self): return self.n
    ev = []
    event.listen(P.cs, "append", lambda t, v, i: ev.append(("+", v)))
    event.listen(P.cs, "remove", lambda t, v, i: ev.append(("-", v)))
    p = P()
    a, b, c = C(n="a"), C(n="b"), C(n="c")
    ad = collection_adapter(p.cs)
    print(kind.__name__, type(ad).__name__, type(p.cs).__name__, ad.empty)
    ad.append_with_event(a); ad.append_without_event(b); print(len(ad), sorted(map(str, ad)))
    ad.remove_with_event(a); ad.remove_without_event(b); ad.append_multiple_without_event([a, c]); ad.clear_without_event()
    print(ev, list(p.cs)); ev.clear()
    return p, a, b, c, ev, C
p, a, b, c, ev, C = run(SetLike)
p.cs.add(a); p.cs.update({b}); p.cs.discard(a); p.cs.remove(b); p.cs.add(c)
print(p.cs.pop(), ev); ev.clear()
p.cs = {a, b}; print(sorted(ev, key=str)); ev.clear(); p.cs.clear(); print(sorted(ev, key=str))
p, a, b, c, ev, C = run(SetIsh)
p.cs.add(a); p.cs.update([b]); p.cs.discard(a); p.cs.clear(); print(ev)
try: p.cs = [a]
except TypeError as x: print(x)
try: p.cs.remove(c)
except KeyError as x: print("KeyError")
p, a, b, c, ev, C = run(Custom)
x = p.cs
x.put(a); x.put(entity=b); x.remove(a); x.remove(entity=b); x.push(a); x.push(b); x.yank(a, None); x.yank(entity=b, arg=None); x.put(a); x.replace("arg", b); x.replace("arg", entity=c); print(x.pop(1), ev); ev.clear()
for f in (lambda: x.put(), lambda: x.remove(), lambda: x.push(), lambda: x.yank(1), lambda: x.replace("a"), lambda: x.put(a, b), lambda: x.put(foo=1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
