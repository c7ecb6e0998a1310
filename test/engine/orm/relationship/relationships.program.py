# The scenarios of relationships.test.ts for the real library: what it says of each relationship, warns and refuses.
import warnings
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm import registry as Registry

seen = []
warnings.showwarning = lambda m, *a, **k: seen.append(str(m))
warnings.simplefilter("always")
I = Integer


def fresh():
    global user, addr, order, node, tag, user_tag, loose, node_node, comp
    md = MetaData()
    user = Table("user", md, Column("id", I, primary_key=True), Column("name", String))
    addr = Table("addr", md, Column("id", I, primary_key=True), Column("user_id", ForeignKey("user.id")), Column("kind", String))
    order = Table("order_", md, Column("id", I, primary_key=True), Column("buyer_id", ForeignKey("user.id")), Column("seller_id", ForeignKey("user.id")))
    node = Table("node", md, Column("id", I, primary_key=True), Column("parent_id", ForeignKey("node.id")))
    tag = Table("tag", md, Column("id", I, primary_key=True))
    user_tag = Table("user_tag", md, Column("user_id", ForeignKey("user.id")), Column("tag_id", ForeignKey("tag.id")))
    loose = Table("loose", md, Column("id", I, primary_key=True), Column("user_name", String))
    node_node = Table("node_node", md, Column("left_id", ForeignKey("node.id")), Column("right_id", ForeignKey("node.id")))
    comp = Table("comp", md, Column("a", I, primary_key=True), Column("b", I, primary_key=True), Column("up_b", I), ForeignKeyConstraint(["a", "up_b"], ["comp.a", "comp.b"]))


def cols(it):
    return sorted(str(c) for c in it)


def pairs(it):
    return [f"{l}>{r}" for l, r in it]


def tell(title, build):
    print("==", title)
    reg = Registry()
    fresh()
    try:
        props = build(reg)
        reg.configure()
        for p in props():
            print(p, p.direction.name, "list" if p.uselist else "one", cols(p.remote_side), cols(p.local_columns), pairs(p.synchronize_pairs), pairs(p.secondary_synchronize_pairs), pairs(p.local_remote_pairs))
            print(str(p.primaryjoin), "|", str(p.secondaryjoin))
            print(sorted(x.key for x in p._reverse_property), repr(p.cascade), p.viewonly, p.sync_backref)
    except Exception as e:
        print(type(e).__name__, e)
    for w in seen:
        print("warning:", w)
    seen.clear()


def mapped(reg, name, table, props=None, inherits=None, **kw):
    cls = type(name, (inherits or object,), {})
    reg.map_imperatively(cls, table, properties=props or {}, **kw)
    return cls


def two(left=None, right=None, tables="user addr", names=("User", "Address")):
    def build(reg):
        later = {}
        tabs = [globals()[t] for t in tables.split()]
        L = mapped(reg, names[0], tabs[0], left(later) if left else {})
        later["left"] = L
        R = mapped(reg, names[1], tabs[1], right(later) if right else {})
        later["right"] = R
        return lambda: [p for c in (L, R) for p in class_mapper(c).relationships]
    return build


def rel(later, which, *a, **kw):
    return relationship(lambda: later[which], *a, **kw)


tell("backref", two(lambda t: {"addresses": rel(t, "right", backref="user")}))
tell("back_populates", two(lambda t: {"addresses": rel(t, "right", back_populates="user", cascade="all, delete-orphan")}, lambda t: {"user": rel(t, "left", back_populates="addresses")}))
tell("not linked", two(lambda t: {"addresses": rel(t, "right")}, lambda t: {"user": rel(t, "left")}))
tell("overlaps", two(lambda t: {"addresses": rel(t, "right")}, lambda t: {"user": rel(t, "left", overlaps="addresses,x")}))
tell("viewonly", two(lambda t: {"addresses": rel(t, "right", viewonly=True, cascade="all")}, lambda t: {"user": rel(t, "left")}))
tell("viewonly and linked", two(lambda t: {"addresses": rel(t, "right", viewonly=True, back_populates="user")}, lambda t: {"user": rel(t, "left", back_populates="addresses")}))
tell("viewonly with writing", two(lambda t: {"addresses": rel(t, "right", viewonly=True, passive_deletes=True, active_history=True)}))
tell("sync_backref", two(lambda t: {"addresses": rel(t, "right", viewonly=True, back_populates="user")}, lambda t: {"user": rel(t, "left", back_populates="addresses", sync_backref=True)}))
tell("sync_backref and viewonly", two(lambda t: {"addresses": rel(t, "right", viewonly=True, sync_backref=True)}))
tell("both ways named", two(lambda t: {"addresses": rel(t, "right", back_populates="user", backref="x")}))
tell("no such property", two(lambda t: {"addresses": rel(t, "right", back_populates="owner")}))
tell("no relationship there", two(lambda t: {"addresses": rel(t, "right", back_populates="kind")}))
tell("backref there already", two(lambda t: {"addresses": rel(t, "right", backref="kind")}))
tell("delete-orphan on many-to-one", two(None, lambda t: {"user": rel(t, "left", cascade="all, delete-orphan")}))
tell("delete-orphan with single_parent", two(None, lambda t: {"user": rel(t, "left", cascade="all, delete-orphan", single_parent=True)}))
tell("delete-orphan alone", two(lambda t: {"addresses": rel(t, "right", cascade="delete-orphan")}))
tell("unknown cascades", two(lambda t: {"addresses": rel(t, "right", cascade="foo, save-update, bar")}))
tell("no cascade", two(lambda t: {"addresses": rel(t, "right", cascade=False)}))
tell("passive_deletes all", two(lambda t: {"addresses": rel(t, "right", cascade="all", passive_deletes="all")}))
tell("ambiguous", two(lambda t: {"orders": rel(t, "right")}, tables="user order", names=("User", "Order")))
tell("foreign_keys", two(lambda t: {"orders": rel(t, "right", foreign_keys=order.c.buyer_id, backref="buyer")}, tables="user order", names=("User", "Order")))
tell("foreign_keys as a list", two(None, lambda t: {"seller": rel(t, "left", foreign_keys=[order.c.seller_id])}, tables="user order", names=("User", "Order")))
tell("no foreign keys", two(lambda t: {"loose": rel(t, "right")}, tables="user loose", names=("User", "Loose")))
tell("primaryjoin without foreign keys", two(lambda t: {"loose": rel(t, "right", primaryjoin=user.c.name == loose.c.user_name)}, tables="user loose", names=("User", "Loose")))
tell("primaryjoin with foreign()", two(lambda t: {"loose": rel(t, "right", primaryjoin=user.c.name == foreign(loose.c.user_name))}, tables="user loose", names=("User", "Loose")))
tell("primaryjoin with foreign() on this side", two(lambda t: {"loose": rel(t, "right", primaryjoin=foreign(user.c.name) == remote(loose.c.user_name))}, tables="user loose", names=("User", "Loose")))
tell("another operator", two(lambda t: {"loose": rel(t, "right", primaryjoin=user.c.name > foreign(loose.c.user_name))}, tables="user loose", names=("User", "Loose")))
tell("another operator, viewonly", two(lambda t: {"loose": rel(t, "right", primaryjoin=user.c.name > foreign(loose.c.user_name), viewonly=True)}, tables="user loose", names=("User", "Loose")))
tell("more criteria", two(lambda t: {"work": rel(t, "right", primaryjoin=and_(user.c.id == addr.c.user_id, addr.c.kind == "work"))}))
tell("a function around a column", two(lambda t: {"loose": rel(t, "right", primaryjoin=func.lower(user.c.name) == foreign(func.lower(loose.c.user_name)))}, tables="user loose", names=("User", "Loose")))
tell("a function, viewonly", two(lambda t: {"loose": rel(t, "right", primaryjoin=func.lower(user.c.name) == func.lower(foreign(loose.c.user_name)), viewonly=True)}, tables="user loose", names=("User", "Loose")))
tell("many to many", two(lambda t: {"tags": rel(t, "right", secondary=user_tag, backref="users")}, tables="user tag", names=("User", "Tag")))
tell("many to many not linked", two(lambda t: {"tags": rel(t, "right", secondary=user_tag)}, lambda t: {"users": rel(t, "left", secondary=user_tag)}, tables="user tag", names=("User", "Tag")))
tell("secondary that does not fit", two(lambda t: {"addresses": rel(t, "right", secondary=user_tag)}))
tell("secondaryjoin alone", two(lambda t: {"addresses": rel(t, "right", secondaryjoin=user.c.id == addr.c.user_id)}))
tell("delete-orphan on many to many", two(lambda t: {"tags": rel(t, "right", secondary=user_tag, cascade="all, delete-orphan")}, tables="user tag", names=("User", "Tag")))
tell("same direction", two(lambda t: {"addresses": rel(t, "right", back_populates="user")}, lambda t: {"user": relationship(lambda: t["left"], primaryjoin=user.c.id == foreign(addr.c.user_id), remote_side=user.c.id, back_populates="addresses", uselist=True)}))


def selfref(kw):
    def build(reg):
        N = mapped(reg, "Node", node, {"children": relationship(lambda: N, **kw())})
        return lambda: list(class_mapper(N).relationships)
    return build


tell("a tree", selfref(lambda: dict(backref=backref("parent", remote_side=node.c.id))))
tell("a tree from below", selfref(lambda: dict(remote_side=[node.c.id])))
tell("a tree, the same direction twice", selfref(lambda: dict(backref="parent", remote_side=[node.c.id, node.c.parent_id])))
tell("a tree without remote_side of the backref", lambda reg: (lambda later: (later.update(N=mapped(reg, "Node", node, {"children": relationship(lambda: later["N"], back_populates="parent"), "parent": relationship(lambda: later["N"], back_populates="children")})), lambda: [])[1])({}))
tell("a graph", selfref(lambda: dict(secondary=node_node, primaryjoin=node.c.id == node_node.c.left_id, secondaryjoin=node.c.id == node_node.c.right_id, backref="back")))
tell("a graph without joins", selfref(lambda: dict(secondary=node_node)))


def composite(kw):
    def build(reg):
        C = mapped(reg, "Comp", comp, {"up": relationship(lambda: C, **kw())})
        return lambda: list(class_mapper(C).relationships)
    return build


tell("overlapping foreign key", composite(lambda: dict(remote_side=[comp.c.a, comp.c.b], backref="down")))
tell("overlapping foreign key without remote_side", composite(lambda: dict()))
tell("no class", two(lambda t: {"addresses": relationship(5)}))
tell("not mapped", two(lambda t: {"addresses": relationship(type("Nope", (), {}))}))
tell("a mapped class for secondary", two(lambda t: {"addresses": rel(t, "right", secondary=lambda: t["left"])}))
tell("backref with arguments", two(lambda t: {"addresses": rel(t, "right", backref=backref("user", innerjoin=True, cascade="all", uselist=False))}))
tell("wrong remote_side", two(lambda t: {"addresses": rel(t, "right", remote_side=user.c.name)}))
