class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)


Base.metadata.create_all(engine)
