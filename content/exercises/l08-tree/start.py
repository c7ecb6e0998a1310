class Node(Base):
    __tablename__ = "node"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    parent: Mapped["Node | None"] = relationship(back_populates="children")
    children: Mapped[list["Node"]] = relationship(back_populates="parent")


Base.metadata.create_all(engine)
with Session(engine) as session:
    leaf = Node(name="leaf")
    session.add(Node(name="root", children=[Node(name="a"), leaf]))
    session.commit()
    print("leaf's parent:", leaf.parent.name)
    print("root's children:", [n.name for n in leaf.parent.children])
