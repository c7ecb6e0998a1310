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
from sqlalchemy.orm import Load, aliased, contains_eager, defaultload, defer, joinedload, lazyload, load_only, noload, raiseload, selectinload, subqueryload, undefer


def state(g):
    return sorted(inspect(g).unloaded)


def run(title, stmt):
    with Session(engine) as session:
        try:
            found = session.execute(stmt).unique().all()
            print(title, [[(x, state(x)) if hasattr(x, "_sa_instance_state") else x for x in row] for row in found[:2]])
            g = found[0][0]
            if isinstance(g, Garden):
                print("   beds", [(b, state(b)) for b in g.__dict__.get("beds", [])])
        except Exception as e:
            print(title, type(e).__name__, str(e)[:300])


base = select(Garden).order_by(Garden.id)
A = aliased(Garden, name="a")
run("Load", base.options(Load(Garden).selectinload(Garden.beds).load_only(Bed.soil)))
run("Load *", base.options(Load(Garden).raiseload("*"), selectinload(Garden.beds)))
run("* then named", base.options(selectinload("*")))
run("joined *", base.options(joinedload("*")))
run("defer *", base.options(Load(Garden).load_only(Garden.name).selectinload(Garden.beds).defer("*")))
run("last wins", base.options(selectinload(Garden.beds), lazyload(Garden.beds)))
run("default", base.options(selectinload(Garden.beds), defaultload(Garden.beds).load_only(Bed.width), defaultload(Garden.beds).selectinload(Bed.plants)))
run("alias", select(A).order_by(A.id).options(selectinload(A.beds).selectinload(Bed.plants), load_only(A.name)))
run("two entities", select(Garden, A).join(A, A.id == Garden.id + 1).order_by(Garden.id).options(joinedload(Garden.beds), selectinload(A.keepers)))
run("limit", base.limit(2).options(joinedload(Garden.beds), joinedload(Garden.keepers)))
run("limit order", select(Garden).join(Garden.beds).order_by(Bed.width.desc()).limit(1).options(joinedload(Garden.beds)))
run("inner", select(Bed).order_by(Bed.id).options(joinedload(Bed.garden, innerjoin=True).joinedload(Garden.keepers)))
run("unnested", select(Plant).order_by(Plant.id).options(joinedload(Plant.bed, innerjoin=True).joinedload(Bed.garden, innerjoin="unnested")))
run("nested", select(Garden).order_by(Garden.id).options(joinedload(Garden.beds).joinedload(Bed.plants, innerjoin=True)))
run("distinct", select(Garden).join(Garden.beds).distinct().order_by(Garden.id).options(joinedload(Garden.keepers)))
run("group by", select(Garden, func.count(Bed.id)).join(Garden.beds).group_by(Garden.id).order_by(Garden.id).options(selectinload(Garden.keepers)))
run("columns too", select(Garden, Bed.soil).join(Garden.beds).order_by(Bed.id).options(joinedload(Garden.keepers)))
run("noload", base.options(noload(Garden.beds)))
run("conflict", base.options(joinedload(Garden.beds), contains_eager(Garden.beds)))
run("only column", select(Garden.name).options(selectinload(Garden.beds)))
run("unknown root", base.options(Load(Bed).load_only(Bed.soil)))
run("wrong chain", base.options(selectinload(Garden.keepers)))
for bad in (lambda: selectinload(Garden.beds).selectinload(Garden.keepers), lambda: Load(Garden).selectinload(Bed.plants), lambda: load_only("name"), lambda: Load("x"), lambda: contains_eager(Garden.beds, alias=A), lambda: selectinload(Garden.beds, Garden.keepers), lambda: selectinload(Garden.beds.of_type(Garden)), lambda: joinedload(None)):
    try:
        print(bad().__class__.__name__)
    except Exception as e:
        print(type(e).__name__, e)

with Session(engine) as session:
    g = session.scalars(base.options(selectinload(Garden.beds).load_only(Bed.soil))).first()
    session.refresh(g)
    print(state(g), [state(b) for b in g.beds])
    session.expire(g)
    print(g.name, state(g))
    session.refresh(g, ["beds"])
    print(state(g))
    session.refresh(g, with_for_update=True)
with Session(engine) as session:
    g = session.get(Garden, 1)
    again = session.scalars(base.options(selectinload(Garden.beds))).first()
    print(again is g, state(g))
    again = session.scalars(base.options(selectinload(Garden.beds)).execution_options(populate_existing=True)).first()
    print(state(g))
    b = session.scalars(select(Bed).options(joinedload(Bed.garden).selectinload(Garden.keepers))).first()
    print(state(b.garden))
    lazy = session.scalars(select(Bed).options(lazyload(Bed.plants).joinedload(Plant.bed), raiseload(Bed.garden))).all()[1]
    print(lazy.plants)
    session.add(Bed(soil="new", width=1, garden=g))
    print(session.scalars(select(func.count()).select_from(Bed)).one(), g.beds)
    detached = session.merge(Garden(id=1, name="merged"), load=True)
    print(detached is g, g.name, session.dirty)
    session.rollback()
    frozen = session.execute(base.limit(1)).freeze()
    from sqlalchemy.orm.loading import merge_frozen_result

    with Session(engine) as other:
        print(merge_frozen_result(other, base, frozen)().scalars().all())
