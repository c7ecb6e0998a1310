"""A tree with cascades, a many-to-many with sets, and the criteria both sides give."""
from typing import Optional
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import *
class Base(DeclarativeBase): pass
class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[list["Node"]] = relationship(back_populates="parent", cascade="all, delete-orphan", order_by="Node.name")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])
    def dump(self, d=0):
        print("  " * d + self.name)
        for c in self.children: c.dump(d + 1)
assoc = Table("assoc", Base.metadata, Column("l", ForeignKey("left.id"), primary_key=True), Column("r", ForeignKey("right.id"), primary_key=True), Column("note", String, default="n"))
class Left(Base):
    __tablename__ = "left"
    id: Mapped[int] = mapped_column(primary_key=True)
    rights: Mapped[set["Right"]] = relationship(secondary=assoc, back_populates="lefts")
class Right(Base):
    __tablename__ = "right"
    id: Mapped[int] = mapped_column(primary_key=True)
    nm: Mapped[str]
    lefts: Mapped[list["Left"]] = relationship(secondary="assoc", back_populates="rights")
e = create_engine("sqlite://", echo=False)
Base.metadata.create_all(e)
with Session(e) as s:
    r = Node(name="root", children=[Node(name="b", children=[Node(name="b1")]), Node(name="a")])
    s.add(r); s.commit(); r.dump()
    print(r.children[1].parent is r, r.parent)
    del r.children[0]; s.commit(); print(s.scalar(select(func.count()).select_from(Node)))
    s.delete(r); s.commit(); print(s.scalar(select(func.count()).select_from(Node)))
    rs = [Right(nm="x"), Right(nm="y")]; s.add_all(rs); s.flush()
    l = Left(rights=set(rs)); s.add(l); s.commit()
    print(sorted(x.nm for x in l.rights), l.rights.__class__.__name__)
    x = next(x for x in l.rights if x.nm == "x"); l.rights.remove(x); s.commit(); print(x.lefts, len(l.rights))
    print(s.scalars(select(Right).where(~Right.lefts.any())).all() == [x])
    print(select(Left).where(Left.rights.any(Right.nm == "x")))
    print(select(Node).where(Node.parent == r))
    print(select(Node.name, aliased(Node, name="p").name))
    al = aliased(Node)
    print(select(Node).join(Node.parent.of_type(al)).where(al.name == "x"))
    print(select(Node).where(Node.children.any(name="b")), select(Node).where(Node.parent.has(Node.name == "c")))
    print(select(Right).where(Right.lefts.contains(l)))
