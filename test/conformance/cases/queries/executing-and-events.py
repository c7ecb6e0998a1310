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


from sqlalchemy import event, inspect, text, union, update, delete, insert
from sqlalchemy.orm import ORMExecuteState, aliased, selectinload, with_loader_criteria


session = Session(engine)
kept = [session.scalars(select(c)).all() for c in (Garden, Bed, Plant, Keeper)]


def attempt(what):
    try:
        value = what()
        return str(value)
    except Exception as e:
        return type(e).__name__


@event.listens_for(session, "do_orm_execute")
def seen(state):
    print("  [", state.is_select, state.is_insert, state.is_update, state.is_delete, state.is_column_load, state.is_relationship_load, state.is_orm_statement, state.is_executemany, attempt(lambda: state.lazy_loaded_from and state.lazy_loaded_from.obj()), state.bind_mapper, [m.class_.__name__ for m in state.all_mappers], dict(state.execution_options).keys() and sorted(k for k in state.execution_options if not k.startswith("_")), attempt(lambda: state.loader_strategy_path), "]")


g = session.scalars(select(Garden).options(selectinload(Garden.beds)).order_by(Garden.id)).first()
g.keepers
session.expire(g, ["name"])
g.name
session.execute(text("select 1"))
session.execute(select(func.count(Bed.id)))
session.execute(update(Bed).where(Bed.id == 1).values(width=9))
session.execute(insert(Keeper), [{"name": "q"}, {"name": "r"}])
session.execute(delete(Keeper).where(Keeper.name == "q"))
session.get(Garden, 2)
session.refresh(g)
session.query(Garden).filter_by(id=1).all()
session.execute(select(Garden.__table__)).all()
session.execute(union(select(Garden.id), select(Bed.id))).all()
session.execute(select(Bed, Garden).join(Garden).execution_options(mine=1), execution_options={"other": 2}).all()
event.remove(session, "do_orm_execute", seen)


@event.listens_for(session, "do_orm_execute")
def only_wide(state):
    if state.is_select and not state.is_column_load:
        state.statement = state.statement.options(with_loader_criteria(Bed, Bed.width > 2))


session.expire_all()
print(session.scalars(select(Bed).order_by(Bed.id)).all(), g.beds, session.scalars(select(Garden).options(selectinload(Garden.beds)).execution_options(populate_existing=True)).first().beds)
event.remove(session, "do_orm_execute", only_wide)


@event.listens_for(session, "do_orm_execute")
def replaced(state):
    if state.is_select and state.execution_options.get("cached"):
        frozen = state.invoke_statement().freeze()
        return frozen()
    if state.is_select and state.execution_options.get("other"):
        return state.invoke_statement(statement=select(Keeper).order_by(Keeper.id), execution_options={"other": False})


print(session.scalars(select(Garden).order_by(Garden.id), execution_options={"cached": True}).all())
print(session.scalars(select(Garden).order_by(Garden.id), execution_options={"other": True}).all())
event.remove(session, "do_orm_execute", replaced)


@event.listens_for(Garden, "load")
def on_load(target, context):
    print("  load", target, type(context).__name__)


@event.listens_for(Garden, "refresh")
def on_refresh(target, context, attrs):
    print("  refresh", target, attrs and sorted(attrs))


session.expunge_all()
kept = session.scalars(select(Garden)).all()
g = session.get(Garden, 1)
session.refresh(g)
session.expire(g, ["name"])
g.name
session.scalars(select(Garden).where(Garden.id == 1).execution_options(populate_existing=True)).all()


@event.listens_for(session.get_bind(), "before_cursor_execute")
def options(conn, cursor, statement, parameters, context, executemany):
    print("  stmt options", sorted(k for k in context.execution_options if not k.startswith("_")))


session.execute(select(Bed.id).execution_options(a=1), execution_options={"b": 2}).all()
result = session.execute(select(Garden, Bed).join(Garden.beds).order_by(Bed.id))
print(result.mappings().first().keys())
result = session.execute(select(Garden).order_by(Garden.id))
print(result.scalar_one if False else result.fetchmany(1), result.fetchone(), result.closed, result.all(), result.scalars().all())
print(session.execute(select(Garden.id, Garden).order_by(Garden.id)).columns(1).all())
print(session.execute(select(Garden.id, Garden.name).order_by(Garden.id)).tuples().first(), session.scalars(select(Garden.name).order_by(Garden.id)).fetchmany(2))
print(session.scalar(select(Garden).where(Garden.id == 7)), session.scalars(select(Garden.name)).unique().all())
for bad in (lambda: session.scalars(select(Garden)).one(), lambda: session.execute(select(Garden)).scalar_one_or_none(), lambda: session.execute("select 1"), lambda: session.scalars(select(Garden).where(Garden.id == 8)).one(), lambda: session.execute(select(Garden)).mappings().one()["x"], lambda: session.get(Garden, (1, 2)), lambda: session.get(Garden, {"x": 1}), lambda: session.get_one(Garden, 88), lambda: session.execute(select(Garden), bind_arguments={"mapper": Garden, "clause": 1, "zz": 1})):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e)[:200])
