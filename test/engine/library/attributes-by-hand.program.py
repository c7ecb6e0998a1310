# Attributes put on classes by hand; listeners looked at and called; cascades as sets; options of a program's own;
# composites' events; fields of dataclasses that a mapped base has already.
import copy
import dataclasses
import warnings
from typing import Optional

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, create_engine, event, inspect, select
from sqlalchemy.orm import (
    DeclarativeBase, Mapped, Session, attributes, composite, contains_alias, create_session, instrumentation,
    lazyload, mapped_column, registry, relationship, sessionmaker,
)
from sqlalchemy.orm.interfaces import UserDefinedOption
from sqlalchemy.orm.query import AliasOption
from sqlalchemy.orm.util import CascadeOptions

print("== attributes by hand")


class Node:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


class Tree:
    pass


for cls in (Node, Tree):
    instrumentation.register_class(cls)
plain = dict(comparator=object(), parententity=object())
attributes.register_attribute(Node, "size", uselist=False, useobject=False, active_history=True, **plain)
attributes.register_attribute(Node, "tree", uselist=False, useobject=True, trackparent=True, backref="nodes", **plain)
attributes.register_attribute(Tree, "nodes", uselist=True, useobject=True, trackparent=True, backref="tree", doc="all", **plain)
attributes.register_attribute(Tree, "tags", uselist=True, useobject=True, typecallable=set, **plain)
n, t = Node("n"), Tree()
n.size = 3
n.size = 4
print(attributes.get_history(n, "size"), attributes.has_parent(Tree, n, "nodes"))
t.nodes.append(n)
print(n.tree is t, attributes.has_parent(Tree, n, "nodes"), type(t.tags).__name__, type(Tree.nodes.impl).__name__)
n.tree = None
print(t.nodes, type(Node.size.impl).__name__, type(Node.tree.impl).__name__)
attributes.unregister_attribute(Node, "size")
print(hasattr(Node, "size"))

print("== listeners")


class Base(DeclarativeBase):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: int


class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(deferred=True)
    at: Mapped[Point] = composite(mapped_column("x"), mapped_column("y"), active_history=True)
    bs: Mapped[list["B"]] = relationship(cascade="all, delete-orphan")


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    u_id: Mapped[int] = mapped_column(ForeignKey("u.id"))


e = create_engine("sqlite://")
Base.metadata.create_all(e)


def one(*a):
    print("one", len(a))


def other(*a):
    pass


s = create_session(e)
print(s.autoflush, s.expire_on_commit, s.bind is e, create_session(autoflush=True).autoflush)
event.listen(Session, "before_flush", one)
print(one in s.dispatch.before_flush, other in s.dispatch.before_flush, len(s.dispatch.before_flush))
event.listen(s, "before_flush", other)
print(other in s.dispatch.before_flush, len(s.dispatch.before_flush), bool(s.dispatch.after_flush))
s.dispatch.before_flush(1, 2, 3)
try:
    s.dispatch.nothing_like_it
except AttributeError as x:
    print("AttributeError", x)
event.remove(Session, "before_flush", one)
maker = sessionmaker(e)
event.listen(maker, "after_commit", other)
print(other in maker().dispatch.after_commit, other in s.dispatch.after_commit)


@event.listens_for(U.at, "set")
def moved(target, value, old, initiator):
    print("set", value, old, type(initiator).__name__, initiator.key, initiator is U.at.impl)


@event.listens_for(U.name, "set")
def named(target, value, old, initiator):
    print("set", value, initiator.op, initiator.op is attributes.OP_REPLACE, initiator.impl is U.name.impl)


u = U(name="x", at=Point(1, 2), bs=[B(), B()])
print(inspect(u).dict is u.__dict__, inspect(u).dict.pop("name"), u.__dict__.get("name"))
u.name = "y"
s.add(u)
s.commit()
u.at = Point(3, 4)
s.close()

print("== options of one's own")


class Shard(UserDefinedOption):
    propagate_to_loaders = True


class Here(UserDefinedOption):
    pass


s = Session(e)


@event.listens_for(s, "do_orm_execute")
def executed(state):
    print([(type(o).__name__, o.payload) for o in state.user_defined_options], state.is_relationship_load, state.is_column_load)


u = s.scalars(select(U).options(lazyload(U.bs), Shard("one"), Here(2))).one()
print(len(u.bs), u.name)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    option = contains_alias(U.__table__.alias())
for w in caught:
    print(w.category.__name__, w.message)
print(isinstance(option, AliasOption), s.query(U).options(option).count())

print("== cascades")
c = U.bs.property.cascade
print(c, isinstance(c, frozenset), copy.deepcopy(c) == c, hash(c) == hash(frozenset(c)), c is U.bs.property.cascade)
print(sorted(c | {"x"}), sorted(c - {"merge"}), {"merge"} <= c, "delete" in c, c.delete_orphan, c.refresh_expire)
print(CascadeOptions.from_string("merge, delete"), CascadeOptions(["none"]), type(c & {"merge"}).__name__)
try:
    CascadeOptions("fake, all")
except Exception as x:
    print(type(x).__name__, x)

print("== fields of a mapped base")
reg = registry()
@dataclasses.dataclass
class WidgetDC:
    __sa_dataclass_metadata_key__ = "sa"
    widget_id: int = dataclasses.field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    account_id: int = dataclasses.field(init=False, metadata={"sa": lambda: Column(Integer, ForeignKey("accounts.account_id"), nullable=False)})
    has_a_default: str = dataclasses.field(default="some default", metadata={"sa": lambda: Column(String(50))})
@reg.mapped
@dataclasses.dataclass
class Widget(WidgetDC):
    __tablename__ = "widgets"
    __sa_dataclass_metadata_key__ = "sa"
    type = Column(String(30), nullable=False)
    name: Optional[str] = dataclasses.field(default=None, metadata={"sa": Column(String(30), nullable=False)})
    __mapper_args__ = dict(polymorphic_on="type", polymorphic_identity="normal")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    @reg.mapped
    @dataclasses.dataclass
    class SpecialWidget(Widget):
        __tablename__ = "special_widgets"
        __sa_dataclass_metadata_key__ = "sa"
        special_widget_id: int = dataclasses.field(init=False, metadata={"sa": Column(ForeignKey("widgets.widget_id"), primary_key=True)})
        magic: bool = dataclasses.field(default=False, metadata={"sa": Column(Boolean)})
        __mapper_args__ = dict(polymorphic_identity="special")
    for x in w: print(x.message)
print(SpecialWidget.__table__.c.keys(), Widget.__table__.c.keys())
