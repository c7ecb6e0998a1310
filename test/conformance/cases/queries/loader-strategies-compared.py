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


from sqlalchemy import inspect
from sqlalchemy.orm import defaultload, immediateload, joinedload, lazyload, noload, raiseload, selectinload, subqueryload


def loaded(objects):
    out = []
    for g in objects:
        unloaded = inspect(g).unloaded
        out.append((g.name, sorted(unloaded), [(b.soil, sorted(inspect(b).unloaded)) for b in g.__dict__.get("beds", [])]))
    return out


for strategy in (selectinload, subqueryload, joinedload, immediateload, lazyload):
    with Session(engine) as session:
        found = session.scalars(select(Garden).options(strategy(Garden.beds)).order_by(Garden.id)).unique().all()
        show(strategy.__name__, loaded(found))

for option in (
    selectinload(Garden.beds).selectinload(Bed.plants),
    subqueryload(Garden.beds).subqueryload(Bed.plants),
    joinedload(Garden.beds).joinedload(Bed.plants),
    joinedload(Garden.beds).selectinload(Bed.plants),
    selectinload(Garden.beds).joinedload(Bed.plants),
    subqueryload(Garden.beds).joinedload(Bed.plants),
    joinedload(Garden.beds, innerjoin=True).subqueryload(Bed.plants),
):
    with Session(engine) as session:
        found = session.scalars(select(Garden).where(Garden.name != "Empty").options(option).order_by(Garden.name.desc()).limit(2)).unique().all()
        show("chain", [(g.name, [(b.soil, b.plants) for b in g.beds]) for g in found])

with Session(engine) as session:
    beds = session.scalars(select(Bed).options(joinedload(Bed.garden), raiseload("*")).order_by(Bed.id)).all()
    show("many to one", [b.garden for b in beds])
    try:
        beds[0].plants
    except Exception as e:
        show(type(e).__name__, e)
    try:
        beds[0].garden.beds
    except Exception as e:
        show(type(e).__name__, e)

with Session(engine) as session:
    beds = session.scalars(select(Bed).options(selectinload(Bed.garden).selectinload(Garden.keepers)).order_by(Bed.id)).all()
    show("selectin to one", [(b.garden, b.garden and b.garden.keepers) for b in beds])

with Session(engine) as session:
    keepers = session.scalars(select(Keeper).options(subqueryload(Keeper.gardens).options(joinedload(Garden.beds).load_only(Bed.soil), selectinload(Garden.keepers)))).all()
    show("options()", [(k, [(g, g.beds, g.keepers) for g in k.gardens]) for k in keepers])

with Session(engine) as session:
    gardens = session.scalars(select(Garden).options(selectinload(Garden.beds.and_(Bed.width > 2))).order_by(Garden.id)).all()
    show("and_", [(g, g.beds) for g in gardens])
    gardens = session.scalars(select(Garden).options(joinedload(Garden.beds.and_(Bed.soil == "sand"))).order_by(Garden.id).execution_options(populate_existing=True)).unique().all()
    show("and_ joined", [(g, g.beds) for g in gardens])

with Session(engine) as session:
    g = session.get(Garden, 1, options=[selectinload(Garden.beds).raiseload(Bed.plants)])
    show("get", g.beds)
    try:
        g.beds[0].plants
    except Exception as e:
        show(type(e).__name__, e)
    try:
        session.scalars(select(Garden).options(raiseload(Garden.keepers, sql_only=True))).first().keepers
    except Exception as e:
        show(type(e).__name__, e)

with Session(engine) as session:
    try:
        session.scalars(select(Garden).options(joinedload(Garden.beds))).all()
    except Exception as e:
        show(type(e).__name__, e)
    try:
        session.scalars(select(Garden).options(joinedload(Bed.plants))).all()
    except Exception as e:
        show(type(e).__name__, e)
    try:
        session.scalars(select(Garden).options(joinedload(Garden.name))).all()
    except Exception as e:
        show(type(e).__name__, e)
    try:
        session.scalars(select(Garden).options(selectinload("beds"))).all()
    except Exception as e:
        show(type(e).__name__, e)
    for option in (lambda: defaultload(Garden.beds).joinedload(Bed.width), lambda: selectinload(Garden.id), lambda: noload(Garden.name)):
        try:
            session.scalars(select(Garden).options(option())).all()
        except Exception as e:
            show(type(e).__name__, e)
