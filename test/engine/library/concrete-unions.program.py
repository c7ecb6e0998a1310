from sqlalchemy import create_engine, literal, null, select, union_all
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, with_polymorphic


class Base(DeclarativeBase):
    pass


class Employee(Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    info: Mapped[str]
    __mapper_args__ = {"concrete": True, "polymorphic_identity": "engineer"}


class Hacker(Engineer):
    __tablename__ = "hacker"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    info: Mapped[str]
    nick: Mapped[str]
    __mapper_args__ = {"concrete": True, "polymorphic_identity": "hacker"}


print("== with_polymorphic over a union of entities")
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Employee(name="e"), Engineer(name="g", info="i"), Hacker(name="h", info="j", nick="n")])
    session.commit()
both = union_all(
    select(literal("engineer").label("type"), Engineer, null().label("nick")),
    select(literal("hacker").label("type"), Hacker),
).subquery()
for spec in ("*", [Engineer, Hacker]):
    entity = with_polymorphic(Engineer, spec, both, polymorphic_on=both.c.type)
    print(select(entity))
    with Session(engine) as session:
        print([(type(x).__name__, x.name) for x in session.scalars(select(entity))])
