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


from sqlalchemy import and_, desc, literal_column, or_, text
from sqlalchemy.orm import aliased, contains_eager, joinedload, with_loader_criteria

session = Session(engine)
kept = [session.query(c).all() for c in (Garden, Bed, Plant, Keeper)]
q = session.query(Garden)
print(q)
print(q.filter_by(name="North").one())
print(q.order_by(Garden.id)[0], q.order_by(Garden.id)[1:3], q.order_by(Garden.id)[:1])
print(q.order_by(desc(Garden.name)).limit(2).offset(1).all())
print(q.count(), q.filter(Garden.id > 1).count(), session.query(Bed.soil).distinct().count())
print(session.query(Garden.name, func.count(Bed.id)).outerjoin(Garden.beds).group_by(Garden.name).having(func.count(Bed.id) > 0).order_by(Garden.name).all())
print(session.query(Garden).join(Garden.beds).filter(Bed.width > 2).order_by(Garden.id).all())
print(session.query(Garden).join(Bed, Bed.garden_id == Garden.id).filter(Bed.soil.in_(["sand", "loam"])).all())
print(session.query(Garden, Bed).select_from(Bed).join(Bed.garden).order_by(Bed.id).all())
b2 = aliased(Bed, name="b2")
print(session.query(Bed.soil, b2.soil).join(b2, and_(b2.garden_id == Bed.garden_id, b2.id > Bed.id)).all())
sub = session.query(Bed.garden_id, func.sum(Bed.width).label("total")).group_by(Bed.garden_id).subquery()
print(session.query(Garden.name, sub.c.total).outerjoin(sub, sub.c.garden_id == Garden.id).order_by(Garden.id).all())
print(session.query(Garden).options(joinedload(Garden.beds)).order_by(Garden.id).limit(2).all())
print([(g, g.beds) for g in session.query(Garden).join(Garden.beds).options(contains_eager(Garden.beds)).filter(Bed.width > 2).populate_existing().order_by(Garden.id)])
session.expire_all()
print(session.query(Garden.name).filter(Garden.beds.any(Bed.soil == "clay")).scalar(), session.query(Bed).filter(Bed.garden.has(name="South")).one())
print(session.query(Bed).filter(Bed.garden == session.get(Garden, 1)).all(), session.query(Bed).filter(Bed.garden == None).all(), session.query(Garden).filter(Garden.beds.contains(session.get(Bed, 2))).all())
print(session.query(Garden).filter(~Garden.beds.any()).all())
print(session.query(Garden.id).filter(Garden.id == 99).scalar(), session.query(Garden).filter(Garden.id == 99).first(), session.query(Garden).filter(Garden.id == 99).one_or_none())
for bad in (lambda: session.query(Garden).one(), lambda: session.query(Garden).filter(Garden.id == 99).one(), lambda: session.query(Garden).limit(1).filter(Garden.id == 1), lambda: session.query(Garden).get("x", "y"), lambda: session.query(Garden).filter_by(nothing=1), lambda: session.query(Garden).join(Plant).all(), lambda: session.query(Garden.id, Garden.name).scalar(), lambda: session.query(Garden)["a"]):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(session.query(Garden).filter(text("name = :n")).params(n="South").all())
print(session.query(Garden).from_statement(text("SELECT * FROM garden ORDER BY name")).all())
print(session.query(session.query(Garden).filter(Garden.id == 7).exists()).scalar(), session.query(literal_column("1")).filter(session.query(Bed).exists()).scalar())
print(session.query(Garden.name).union(session.query(Bed.soil)).order_by(Garden.name).all())
print(session.query(Garden).filter(Garden.id == 1).union_all(session.query(Garden).filter(Garden.id == 2)).all())
print(session.query(Garden).with_entities(Garden.id, Garden.name).add_columns(func.length(Garden.name).label("n")).order_by(Garden.id).all()[0]._mapping)
print([d["name"] for d in session.query(Garden, Bed.soil, func.count(Bed.id).label("n")).column_descriptions])
print(session.query(Garden).enable_eagerloads(False).statement)
print(session.query(Garden).join(Garden.keepers).filter(Keeper.name == "Ada").with_for_update().all())
print(Session(engine).query(Garden).options(with_loader_criteria(Bed, Bed.width > 2)).order_by(Garden.id).all()[0].beds)
print(session.query(Plant).filter(Plant.height.is_(None)).update({"height": 1}), session.query(Plant.height).order_by(Plant.id).all())
print(session.query(Plant).filter(Plant.height > 100).delete(synchronize_session="fetch"), session.query(Plant).count())
print(session.query(Plant).filter(Plant.kind == "leek").update({Plant.height: Plant.height + 1}, synchronize_session=False))
print(list(session.query(Garden).order_by(Garden.id).yield_per(1)))
print(session.query(Garden).filter(Garden.id == 1).first() is session.query(Garden).get(1))
print(session.query(Garden, Garden.name.label("n")).order_by(Garden.id).first(), session.query(Garden).order_by(Garden.id).slice(1, 2).all())
print(session.query(Garden).order_by(Garden.name).order_by(None).statement)
print(session.query(Bed).reset_joinpoint().group_by(Bed.id).correlate(None).is_single_entity, session.query(Bed.id).is_single_entity, session.query(Bed).whereclause, session.query(Bed).filter(Bed.id == 1).whereclause)
print(session.query(Bed).with_parent(session.get(Garden, 1)).all())
print(session.query(Bed).filter(or_(Bed.id == 1, Bed.id == 2)).prefix_with("DISTINCT").suffix_with("-- end"))
print(session.query(Garden).execution_options(a=1).get_execution_options(), session.query(Garden).selectable.columns.keys())
