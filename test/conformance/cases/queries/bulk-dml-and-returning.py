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


from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

session = Session(engine)
keep = session.scalars(select(Plant).order_by(Plant.id)).all()
for how in ("auto", "evaluate", "fetch", False):
    session.execute(update(Plant).where(Plant.kind == "kale").values(height=Plant.height + 1).execution_options(synchronize_session=how))
    print(how, [(p.kind, p.__dict__.get("height")) for p in keep])
    session.expire_all()
    [p.height for p in keep]
print(session.scalars(update(Plant).where(Plant.height < 100).values(height=5).returning(Plant)).all())
print(session.execute(update(Plant).values({"height": 6}).where(Plant.id == 1).returning(Plant.id, Plant.height)).all())
print(session.execute(update(Plant), [{"id": 1, "height": 11}, {"id": 2, "height": 12, "kind": "cabbage"}]).__class__.__name__)
print([(p.kind, p.height) for p in keep])
print(session.scalars(insert(Plant).returning(Plant), [{"kind": "pea", "bed_id": 1}, {"kind": "oats", "height": 3, "bed_id": 2}]).all())
print(session.execute(insert(Plant).returning(Plant.kind, Plant.id, func.length(Plant.kind)), [{"kind": "rye", "bed_id": 1}]).all())
print(session.scalars(insert(Plant).values([{"kind": "dill", "bed_id": 1}, {"kind": "mint", "bed_id": 1}]).returning(Plant.id)).all())
print(session.scalars(insert(Plant).returning(Plant, sort_by_parameter_order=True), [{"kind": "a", "bed_id": 1}, {"kind": "b", "bed_id": 1}]).all())
print(session.execute(insert(Keeper).from_select(["name"], select(func.upper(Keeper.name)))).rowcount)
stmt = upsert(Keeper).values([{"id": 1, "name": "Anna"}, {"id": 9, "name": "New"}])
print(session.scalars(stmt.on_conflict_do_update(index_elements=[Keeper.id], set_={"name": stmt.excluded.name}).returning(Keeper), execution_options={"populate_existing": True}).all())
gone = session.get(Plant, 1)
session.execute(delete(Plant).where(Plant.id.in_([1, 2])))
print(gone in session, session.scalar(select(func.count(Plant.id))))
print(session.scalars(delete(Plant).where(Plant.kind == "pea").returning(Plant)).all())
print(session.execute(delete(Plant).where(Plant.kind == bindparam("k")), {"k": "oats"}).rowcount)
new = Plant(kind="unflushed", bed_id=1)
session.add(new)
print(session.execute(update(Plant).where(Plant.kind == "unflushed").values(kind="flushed")).rowcount, new.kind)
print(session.execute(update(Bed).where(Bed.garden_id == select(Garden.id).where(Garden.name == "North").scalar_subquery()).values(width=Bed.width * 2).returning(Bed.soil, Bed.width)).all())
print(session.execute(update(Bed).where(Bed.garden_id == Garden.id).where(Garden.name == "South").values(soil="chalk")).rowcount)
for bad in (
    lambda: session.execute(update(Plant), [{"height": 1}]),
    lambda: session.execute(update(Plant).values(nothing=1)),
    lambda: session.execute(update(Plant).where(func.lower(Plant.kind) == "a").values(height=1).execution_options(synchronize_session="evaluate")),
    lambda: session.execute(update(Plant).values(height=1).execution_options(synchronize_session="magic")),
    lambda: session.execute(insert(Plant).values(unknown=1)),
    lambda: session.execute(update(Plant).where(Plant.id == 1), [{"id": 1, "height": 1}]),
):
    try:
        bad()
        print("no error")
    except Exception as e:
        print(type(e).__name__, e)
session.rollback()
session.bulk_insert_mappings(Keeper, [{"name": "x"}, {"name": "y"}], return_defaults=True)
session.bulk_update_mappings(Keeper, [{"id": 1, "name": "z"}])
session.bulk_save_objects([Keeper(name="k"), Keeper(name="l")])
print(session.execute(select(Keeper.id, Keeper.name).order_by(Keeper.id)).all())
session.commit()
