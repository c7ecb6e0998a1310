class Node(Base):
    __tablename__ = "node"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    parent: Mapped["Node | None"] = relationship(back_populates="children", foreign_keys=parent_id)
    children: Mapped[list["Node"]] = relationship(back_populates="parent")


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Node(name="root", children=[Node(name="a")]))
    session.commit()
