from sqlalchemy import ForeignKey, create_engine, inspect, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, contains_eager, immediateload, joinedload, lazyload, mapped_column, relationship, selectinload, subqueryload


class Base(DeclarativeBase):
    pass


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    children: Mapped[list["Node"]] = relationship(back_populates="parent", order_by="Node.id", lazy="joined", join_depth=2)
    parent: Mapped["Node | None"] = relationship(back_populates="children", remote_side=[id])

    def __repr__(self):
        return self.name


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    node_id: Mapped[int] = mapped_column(ForeignKey("node.id"))
    node: Mapped[Node] = relationship(lazy="selectin")

    def __repr__(self):
        return f"#{self.text}"


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)


def tree(name, depth):
    return Node(name=name, children=[tree(f"{name}{i}", depth - 1) for i in range(2)] if depth else [])


with Session(engine) as session:
    root = tree("n", 3)
    session.add(root)
    session.flush()
    session.add_all([Tag(text="a", node_id=root.id), Tag(text="b", node_id=5), Tag(text="c", node_id=5)])
    session.commit()


def depth(node, upto=9):
    if "children" not in node.__dict__:
        return node.name + "?"
    return [node.name] + [depth(c) for c in node.__dict__["children"]]


def run(title, *options):
    with Session(engine) as session:
        stmt = select(Node).where(Node.parent_id == None).options(*options)
        print(title, depth(session.scalars(stmt).unique().one()))


run("join_depth")
run("lazy", lazyload(Node.children))
run("lazy *", lazyload("*"))
run("selectin 1", selectinload(Node.children))
run("selectin recursion 2", selectinload(Node.children, recursion_depth=2))
run("selectin recursion all", selectinload(Node.children, recursion_depth=-1))
run("immediate recursion 1", immediateload(Node.children, recursion_depth=1))
run("immediate recursion all", immediateload(Node.children, recursion_depth=-1))
run("subquery", subqueryload(Node.children).subqueryload(Node.children))
run("joined", joinedload(Node.children).joinedload(Node.children).lazyload(Node.children))
with Session(engine) as session:
    child, grand = aliased(Node, name="child"), aliased(Node, name="grand")
    stmt = select(Node).join(Node.children.of_type(child)).join(child.children.of_type(grand)).where(grand.name == "n01").options(contains_eager(Node.children.of_type(child)).contains_eager(child.children.of_type(grand)))
    print(depth(session.scalars(stmt).unique().one()))
    print(session.execute(select(Node.name, child.name).join(child, Node.children).where(child.name.like("n1%"))).all())
    print(session.execute(select(Node.name, child.name).outerjoin(child, child.parent_id == Node.id).order_by(Node.id, child.id).limit(3)).all())
    print(session.scalars(select(Node).where(Node.parent.has(name="n0")).options(lazyload(Node.children)).order_by(Node.id)).all())
    print(session.scalars(select(Node).where(Node.children.any(Node.name == "n00")).options(lazyload(Node.children))).all())
with Session(engine) as session:
    tags = session.scalars(select(Tag).options(selectinload(Tag.node).options(lazyload(Node.children), selectinload(Node.parent).lazyload(Node.children)))).all()
    print([(t, t.node, inspect(t.node).unloaded, t.node.parent) for t in tags])
    cte = select(Node.id, Node.parent_id).where(Node.name == "n0").cte("up", recursive=True)
    cte = cte.union_all(select(Node.id, Node.parent_id).join(cte, Node.parent_id == cte.c.id))
    print(session.scalars(select(Node.name).join(cte, cte.c.id == Node.id).order_by(Node.name)).all())
    U = aliased(Node, cte, adapt_on_names=True)
    print(session.execute(select(U.id).order_by(U.id)).all())
try:
    with Session(engine) as session:
        session.scalars(select(Node).options(selectinload(Node.children, recursion_depth=-1).selectinload(Node.parent))).all()
except Exception as e:
    print(type(e).__name__, e)
try:
    with Session(engine) as session:
        session.scalars(select(Tag).options(selectinload(Tag.node, recursion_depth=1))).all()
except Exception as e:
    print(type(e).__name__, e)
