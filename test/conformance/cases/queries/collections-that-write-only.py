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
from sqlalchemy.orm import DynamicMapped, WriteOnlyMapped, Query, selectinload, joinedload


class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[int] = mapped_column(primary_key=True)
    pots: WriteOnlyMapped["Pot"] = relationship(back_populates="shelf", cascade="all, delete-orphan", passive_deletes=True, order_by="Pot.id")
    labels: WriteOnlyMapped["Label"] = relationship(secondary="shelf_label", passive_deletes=True, order_by="Label.id")
    seeds: DynamicMapped["Seed"] = relationship(back_populates="shelf", order_by="Seed.id.desc()")
    marks: DynamicMapped["Label"] = relationship(secondary="shelf_mark", backref="marked")


class Pot(Base):
    __tablename__ = "pot"
    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id", ondelete="cascade"))
    shelf: Mapped[Shelf] = relationship(back_populates="pots")

    def __repr__(self):
        return f"Pot({self.size})"


class Label(Base):
    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]

    def __repr__(self):
        return f"Label({self.text!r})"


class Seed(Base):
    __tablename__ = "seed"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    shelf: Mapped[Shelf | None] = relationship(back_populates="seeds")

    def __repr__(self):
        return f"Seed({self.name!r})"


Table("shelf_label", Base.metadata, Column("shelf_id", ForeignKey("shelf.id"), primary_key=True), Column("label_id", ForeignKey("label.id"), primary_key=True))
Table("shelf_mark", Base.metadata, Column("shelf_id", ForeignKey("shelf.id"), primary_key=True), Column("label_id", ForeignKey("label.id"), primary_key=True))
Base.metadata.create_all(engine)

session = Session(engine)
shelf = Shelf(pots=[Pot(size=1), Pot(size=2)], seeds=[Seed(name="leek")])
session.add(shelf)
print(type(shelf.pots).__name__, type(shelf.seeds).__name__, shelf.seeds.all() if inspect(shelf).persistent else list(shelf.seeds))
session.commit()
print(shelf.pots.select())
print(session.scalars(shelf.pots.select().where(Pot.size > 1)).all(), session.scalar(shelf.pots.select().with_only_columns(func.count(Pot.id)).order_by(None)))
shelf.pots.add(Pot(size=3))
shelf.pots.add_all([Pot(size=4), Pot(size=5)])
session.commit()
gone = session.scalars(shelf.pots.select().where(Pot.size == 1)).one()
shelf.pots.remove(gone)
session.flush()
print(inspect(gone).deleted, session.scalars(shelf.pots.select()).all())
print(session.execute(shelf.pots.insert(), [{"size": 10}, {"size": 11}]).__class__.__name__)
print(session.execute(shelf.pots.update().where(Pot.size > 9).values(size=Pot.size + 1)).rowcount, session.execute(shelf.pots.delete().where(Pot.size == 12)).rowcount)
print(session.scalars(shelf.pots.select()).all())
one, two = Label(text="one"), Label(text="two")
shelf.labels.add(one)
session.flush()
shelf.labels.add(two)
session.flush()
print(session.scalars(shelf.labels.select()).all())
print(shelf.labels.select())
shelf.labels.remove(one)
session.flush()
print(session.scalars(shelf.labels.select()).all())
for bad in (lambda: shelf.labels.insert(), lambda: list(shelf.pots), lambda: len(shelf.pots), lambda: shelf.pots[0], lambda: setattr(shelf, "pots", []), lambda: session.scalars(select(Shelf).options(selectinload(Shelf.pots))).all(), lambda: session.scalars(select(Shelf).options(joinedload(Shelf.seeds))).unique().all(), lambda: Shelf().pots.select()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e)[:250])
session.commit()
shelf.seeds.append(Seed(name="kale"))
shelf.seeds.extend([Seed(name="bean"), Seed(name="pea")])
print(shelf.seeds.filter(Seed.name.like("%ea%")).all(), shelf.seeds.count(), shelf.seeds[0], shelf.seeds[1:3], shelf.seeds.first(), isinstance(shelf.seeds, Query))
bean = shelf.seeds.filter_by(name="bean").one()
shelf.seeds.remove(bean)
session.flush()
print(bean.shelf, [s.name for s in shelf.seeds], shelf.seeds.order_by(None).order_by(Seed.name).all())
shelf.seeds = [bean]
session.commit()
print(list(shelf.seeds), session.query(Seed.name, Seed.shelf_id).order_by(Seed.id).all())
print(str(shelf.seeds.statement))
print(inspect(shelf).attrs.seeds.history)
bean.shelf = None
print(inspect(shelf).attrs.seeds.history.deleted)
session.flush()
print(shelf.seeds.all())
one.text, two.text
shelf.marks.append(one)
session.flush()
shelf.marks.append(two)
session.flush()
print(shelf.marks.order_by(Label.id).all(), one.marked == [shelf], shelf.marks.filter(Label.text == "two").delete.__name__)
session.query(Seed).update({"shelf_id": None})
try:
    session.delete(shelf)
    session.flush()
except Exception as e:
    print(type(e).__name__, str(e)[:100])
    session.rollback()
shelf = Shelf(pots=[Pot(size=100)])
session.add(shelf)
session.flush()
session.delete(shelf)
session.commit()
print(session.scalars(select(Pot)).all(), session.scalars(select(Label)).all(), session.scalars(select(Seed.shelf_id)).all())
