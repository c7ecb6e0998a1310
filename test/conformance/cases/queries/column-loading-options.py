from sqlalchemy import ForeignKey, String, create_engine, select, func
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Garden(Base):
    __tablename__ = "garden"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    beds: Mapped[list["Bed"]] = relationship(back_populates="garden", order_by="Bed.id")
    keepers: Mapped[list["Keeper"]] = relationship(secondary="keeps", back_populates="gardens", order_by="Keeper.id")

    def __repr__(self):
        return f"Garden({self.name!r})"


class Bed(Base):
    __tablename__ = "bed"
    id: Mapped[int] = mapped_column(primary_key=True)
    soil: Mapped[str]
    width: Mapped[int]
    garden_id: Mapped[int | None] = mapped_column(ForeignKey("garden.id"))
    garden: Mapped["Garden | None"] = relationship(back_populates="beds")
    plants: Mapped[list["Plant"]] = relationship(back_populates="bed", order_by="Plant.id")

    def __repr__(self):
        return f"Bed({self.soil!r})"


class Plant(Base):
    __tablename__ = "plant"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    height: Mapped[int | None]
    bed_id: Mapped[int] = mapped_column(ForeignKey("bed.id"))
    bed: Mapped[Bed] = relationship(back_populates="plants")

    def __repr__(self):
        return f"Plant({self.kind!r})"


class Keeper(Base):
    __tablename__ = "keeper"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    gardens: Mapped[list[Garden]] = relationship(secondary="keeps", back_populates="keepers", order_by="Garden.id")

    def __repr__(self):
        return f"Keeper({self.name!r})"


from sqlalchemy import Column, Table

Table("keeps", Base.metadata, Column("garden_id", ForeignKey("garden.id"), primary_key=True), Column("keeper_id", ForeignKey("keeper.id"), primary_key=True))

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    ada, bo = Keeper(name="Ada"), Keeper(name="Bo")
    session.add_all([
        Garden(name="North", keepers=[bo], beds=[Bed(soil="clay", width=3, plants=[Plant(kind="leek", height=40), Plant(kind="kale", height=60)]), Bed(soil="sand", width=2, plants=[Plant(kind="carrot")])]),
        Garden(name="South", beds=[Bed(soil="loam", width=5, plants=[Plant(kind="bean", height=150)])]),
        Garden(name="Empty"),
    ])
    session.flush()
    session.add(Bed(soil="peat", width=1))
    session.flush()
    session.get(Garden, 1).keepers.append(ada)
    session.flush()
    session.get(Garden, 2).keepers.append(ada)
    session.commit()


def show(title, thing):
    print(title + ":", thing)


from sqlalchemy import inspect, literal
from sqlalchemy.orm import column_property, defer, deferred, load_only, query_expression, undefer, undefer_group, with_expression, aliased, joinedload, selectinload


class Sheet(Base):
    __tablename__ = "sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(deferred=True, deferred_group="long")
    notes: Mapped[str | None] = mapped_column(deferred=True, deferred_group="long")
    secret: Mapped[str | None] = mapped_column(deferred=True, deferred_raiseload=True)
    size: Mapped[int] = column_property(func.length("xyz"), deferred=True)
    extra: Mapped[int | None] = query_expression()
    marked: Mapped[str | None] = query_expression(default_expr=literal("none"))


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Sheet(title="one", body="first", notes="n", secret="s"), Sheet(title="three", body="third")])
    session.commit()


def state(x):
    return sorted(inspect(x).unloaded)


with Session(engine) as session:
    for options in ([], [undefer(Sheet.body)], [undefer_group("long")], [load_only(Sheet.title)], [load_only(Sheet.title, raiseload=True)], [defer(Sheet.title), undefer(Sheet.secret)], [undefer("*")], [defer("*"), undefer(Sheet.title)], [with_expression(Sheet.extra, Sheet.id * 10)], [with_expression(Sheet.marked, Sheet.title + "!"), undefer(Sheet.size)]):
        session.expunge_all()
        found = session.scalars(select(Sheet).options(*options).order_by(Sheet.id)).first()
        print(state(found), found.__dict__.get("extra"), found.__dict__.get("marked"))
        for name in ("title", "body", "notes", "size", "secret"):
            try:
                print("  ", name, getattr(found, name))
            except Exception as e:
                print("  ", name, type(e).__name__, e)

with Session(engine) as session:
    found = session.scalars(select(Sheet).options(defer(Sheet.title, raiseload=True))).first()
    try:
        found.title
    except Exception as e:
        print(type(e).__name__, e)
    session.refresh(found, ["title"])
    print(found.title, state(found))
    session.refresh(found)
    print(state(found))
    session.expire(found, ["title", "body"])
    print(state(found))
    print(found.title, found.body)

with Session(engine) as session:
    a = aliased(Sheet)
    pairs = session.execute(select(Sheet, a).join(a, a.id > Sheet.id).options(load_only(Sheet.title), undefer(a.body), with_expression(a.extra, a.id + Sheet.id))).all()
    for x, y in pairs:
        print(x.title, state(x), y.body, y.extra, state(y))
    g = session.scalars(select(Garden).options(selectinload(Garden.beds).load_only(Bed.width), load_only(Garden.name)).order_by(Garden.id)).first()
    print(g, [state(b) for b in g.beds])
with Session(engine) as session:
    g = session.scalars(select(Garden).options(joinedload(Garden.beds).options(defer(Bed.width), selectinload(Bed.plants).load_only(Plant.kind))).order_by(Garden.id)).unique().first()
    print(g, [(state(b), [state(p) for p in b.plants]) for b in g.beds])
