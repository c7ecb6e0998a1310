"""One relationship configured in many ways: directions, back references, cascades, errors and warnings."""
import warnings
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print("WARN", c.__name__, m)
from typing import Optional
from sqlalchemy import *
from sqlalchemy.orm import *
def attempt(fn):
    try: print("ok", fn())
    except Exception as e: print(type(e).__name__, str(e))
def build(parent_rel, child_rel=None, fk=True, n=1, **kw):
    class Base(DeclarativeBase): pass
    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children = relationship("Child", **parent_rel)
    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        if fk: parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("parent.id"))
        if n > 1: other_id: Mapped[Optional[int]] = mapped_column(ForeignKey("parent.id"))
        if child_rel is not None: parent = relationship("Parent", **child_rel)
    configure_mappers()
    try: return Parent.children.property.direction.name, Parent.children.property.uselist
    finally: clear_mappers()
for args in [
    dict(parent_rel={}), dict(parent_rel={}, fk=False), dict(parent_rel={}, n=2), dict(parent_rel={"foreign_keys": "Child.parent_id"}, n=2),
    dict(parent_rel={"back_populates": "parent"}, child_rel={"back_populates": "children"}),
    dict(parent_rel={"back_populates": "parent"}, child_rel={}),
    dict(parent_rel={"back_populates": "zork"}, child_rel={}),
    dict(parent_rel={}, child_rel={}),
    dict(parent_rel={"backref": "parent"}), dict(parent_rel={"backref": backref("parent", lazy="joined")}),
    dict(parent_rel={"backref": "parent"}, child_rel={}),
    dict(parent_rel={"cascade": "all, delete-orphan"}, child_rel={"cascade": "all, delete-orphan"}),
    dict(parent_rel={"viewonly": True, "cascade": "all"}), dict(parent_rel={"viewonly": True, "back_populates": "parent"}, child_rel={"back_populates": "children"}),
    dict(parent_rel={"uselist": False}), dict(parent_rel={"single_parent": True}), dict(parent_rel={"passive_deletes": "all", "cascade": "all"}),
    dict(parent_rel={"primaryjoin": "Parent.id == Child.id"}), dict(parent_rel={"primaryjoin": "Parent.id > foreign(Child.parent_id)"}),
    dict(parent_rel={"primaryjoin": "Parent.id == 5"}), dict(parent_rel={"order_by": "Child.zork"}), dict(parent_rel={"collection_class": set}),
    dict(parent_rel={"lazy": "dynamic", "uselist": False}), dict(parent_rel={"lazy": "write_only"}), dict(parent_rel={"lazy": "raise_on_sql"}),
    dict(parent_rel={"secondaryjoin": "Parent.id == Child.id"}), dict(parent_rel={"remote_side": "Parent.id"}), dict(parent_rel={"overlaps": "x"}, child_rel={"overlaps": "children"}),
    dict(parent_rel={"post_update": True}), dict(parent_rel={"join_depth": 3}), dict(parent_rel={"innerjoin": True}), dict(parent_rel={"cascade": "delete-orphan"}), dict(parent_rel={"zork": 1}), dict(parent_rel={"cascade": "none"}),
]:
    print({k: v for k, v in args.items()} if "backref" not in args["parent_rel"] else "backref"); attempt(lambda: build(**args)); clear_mappers()
