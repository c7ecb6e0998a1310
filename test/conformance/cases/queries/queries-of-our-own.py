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



from sqlalchemy.orm import Query, sessionmaker, scoped_session, DynamicMapped, backref
from sqlalchemy import event


class Counting(Query):
    def first_two(self):
        return self.limit(2).all()

    def wide(self, n=2):
        return self.filter(Bed.width > n)


class Path(Base):
    __tablename__ = "path"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    stones: Mapped[list["Stone"]] = relationship(lazy="dynamic", query_class=Counting, order_by="Stone.id")


class Stone(Base):
    __tablename__ = "stone"
    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("path.id"))


Base.metadata.create_all(engine)
Maker = sessionmaker(engine, query_cls=Counting)
with Maker() as session:
    kept = session.query(Bed).order_by(Bed.id).all()
    print(type(session.query(Bed)).__name__, session.query(Bed).filter(Bed.width > 1).order_by(Bed.id).first_two())
    print(session.query(Bed).wide().filter_by(soil="loam").wide(3).first_two())
    q = Query(Bed).filter(Bed.id == 1)
    print(q.with_session(session).one())
    try:
        q.all()
    except Exception as e:
        print(type(e).__name__, e)

    @event.listens_for(Query, "before_compile", retval=True)
    def only_narrow(query):
        for d in query.column_descriptions:
            if d["entity"] is Bed:
                query = query.enable_assertions(False).filter(Bed.width < 3)
        return query

    print(session.query(Bed).order_by(Bed.id).all(), session.query(Garden).order_by(Garden.id).all())
    event.remove(Query, "before_compile", only_narrow)
    print(list(session.query(Bed).filter(Bed.id < 3).order_by(Bed.id).values(Bed.soil)), session.query(Bed.soil, Bed).filter_by(width=5).all(), session.query(Bed).filter(Bed.id == 1).autoflush(False).populate_existing().one())
    path = Path(name="long", stones=[Stone(), Stone(), Stone()])
    session.add(path)
    session.commit()
    print([s.id for s in path.stones.first_two()], type(path.stones.filter(Stone.id > 1)).__name__)
registry = scoped_session(Maker)
Base.query = registry.query_property()
print(Garden.query.filter_by(name="South").all(), type(Bed.query).__name__, Bed.query.wide(4).count())
Garden.lookup = registry.query_property(query_cls=Counting)
print(Garden.lookup.order_by(Garden.id).first_two(), registry.query(Plant).count())
registry.remove()
