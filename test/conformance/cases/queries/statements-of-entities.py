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


from sqlalchemy import and_, case, exists, literal, null, text, tuple_, union_all
from sqlalchemy.orm import Bundle, aliased, contains_eager, join, outerjoin, selectinload, with_loader_criteria, with_parent

session = Session(engine)
kept = [session.scalars(select(c)).all() for c in (Garden, Bed, Plant, Keeper)]


def run(title, stmt, one=False):
    result = session.execute(stmt)
    rows = result.unique().all() if one else result.all()
    print(title, rows)


B = aliased(Bed, name="wide")
run("alias", select(Garden, B).join(B, and_(B.garden_id == Garden.id, B.width > 2)).order_by(B.id))
run("of_type", select(Garden.name, B.soil).join(Garden.beds.of_type(B)).order_by(B.id))
run("any", select(Garden).where(Garden.beds.of_type(B).any(B.soil == "clay")))
run("join and_", select(Garden.name, Bed.soil).join(Garden.beds.and_(Bed.width < 3)))
run("outer", select(Garden.name, Bed.soil).join(Garden.beds, isouter=True).order_by(Garden.id, Bed.id))
run("full chain", select(Garden.name, Plant.kind).join(Garden.beds).join(Bed.plants).order_by(Plant.id))
run("join_from", select(Garden.name, Keeper.name).join_from(Garden, Keeper, Garden.keepers).order_by(Garden.id, Keeper.id))
run("select_from", select(func.count()).select_from(Garden).join(Garden.beds))
run("join()", select(Garden.name, Bed.soil).select_from(join(Garden, Bed, Garden.beds)).order_by(Bed.id))
run("outerjoin()", select(Garden.name, Bed.soil).select_from(outerjoin(Garden, Bed)).order_by(Garden.id, Bed.id))
sub = select(Bed).where(Bed.width > 1).order_by(Bed.width).limit(2).subquery()
S = aliased(Bed, sub, name="s")
run("alias of subquery", select(S).order_by(S.id))
run("join subquery", select(Garden.name, S.soil).join(S, S.garden_id == Garden.id).order_by(S.id))
run("join rel to subquery", select(Garden.name, S.soil).join(Garden.beds.of_type(S)).order_by(S.id))
cte = select(Bed.garden_id, func.max(Bed.width).label("w")).group_by(Bed.garden_id).cte("widest")
run("cte", select(Garden.name, cte.c.w).join(cte, cte.c.garden_id == Garden.id).order_by(Garden.id))
u = union_all(select(Bed).where(Bed.id == 1), select(Bed).where(Bed.id == 3))
run("from_statement", select(Bed).from_statement(u))
run("text", select(Bed).from_statement(text("select * from bed where width > :w").bindparams(w=2)))
run("text columns", select(Bed.id, Bed.soil).from_statement(text("select id, soil from bed where id = 1").columns(Bed.id, Bed.soil)))
U = aliased(Bed, u.subquery())
run("alias of union", select(U).order_by(U.width.desc()))
run("exists", select(Garden).where(exists().where(Bed.garden_id == Garden.id)).order_by(Garden.id))
run("exists select", select(Garden.name, select(func.count(Bed.id)).where(Bed.garden_id == Garden.id).correlate(Garden).scalar_subquery().label("n")).order_by(Garden.id))
run("bundle", select(Bundle("b", Bed.soil, Bed.width), Garden.name).join(Bed.garden).order_by(Bed.id))
run("case", select(Bed.id, case((Bed.garden == None, "alone"), else_="kept").label("k")).order_by(Bed.id))
run("with_parent", select(Bed).where(with_parent(kept[0][0], Garden.beds)).order_by(Bed.id))
run("rel compare", select(Bed).where(Bed.garden == kept[0][1]))
run("rel ne", select(Bed.id).where(Bed.garden != kept[0][1]).order_by(Bed.id))
run("rel in any", select(Keeper).where(Keeper.gardens.any(Garden.beds.any(Bed.plants.any(kind="kale")))).order_by(Keeper.id))
run("contains", select(Garden).where(Garden.keepers.contains(kept[3][0])).order_by(Garden.id))
run("criteria", select(Garden.name, Bed.soil).join(Garden.beds).options(with_loader_criteria(Bed, lambda cls: cls.width > 2)).order_by(Bed.id))
run("criteria aliased", select(B.soil).options(with_loader_criteria(Bed, Bed.width > 2, include_aliases=True)).order_by(B.id))
run("distinct", select(Garden).distinct().join(Garden.beds).join(Bed.plants).order_by(Garden.id))
run("group", select(Garden, func.count(Bed.id)).join(Garden.beds).group_by(Garden).order_by(Garden.id))
run("contains_eager", select(Garden).join(Garden.beds).join(Bed.plants).where(Plant.height > 50).options(contains_eager(Garden.beds).contains_eager(Bed.plants)).order_by(Garden.id).execution_options(populate_existing=True), one=True)
print([(g, g.beds, [b.plants for b in g.beds]) for g in kept[0]])
session.expire_all()
run("contains_eager alias", select(Garden).outerjoin(Garden.beds.of_type(B)).options(contains_eager(Garden.beds.of_type(B))).order_by(Garden.id, B.id).execution_options(populate_existing=True), one=True)
print([(g, g.beds) for g in kept[0]])
run("tuple", select(Bed.id).where(tuple_(Bed.soil, Bed.width).in_([("clay", 3), ("peat", 2)])))
run("labels", select(Garden.id, Bed.id, Garden.id.label("again"), literal("x"), null()).join(Garden.beds).where(Bed.id == 1))
print([(d["name"], d["entity"], d["aliased"]) for d in select(Garden, B, Bed.soil, func.count(Bed.id)).column_descriptions])
result = session.execute(select(Garden, Bed.id, B).join(Garden.beds).join(B, B.id == Bed.id))
print(list(result.keys()), result.first()._fields)
for size in (2,):
    for part in session.scalars(select(Plant).order_by(Plant.id).execution_options(yield_per=size)).partitions():
        print(part)
print(session.scalars(select(Garden).options(selectinload(Garden.beds)).order_by(Garden.id).execution_options(yield_per=1)).all())
for bad in (
    lambda: select(Garden).join(Plant),
    lambda: select(Garden).join(Bed.plants),
    lambda: select(Garden.name, Bed.soil).select_from(Garden).join(Keeper),
    lambda: select(Plant).join(Garden, Garden.beds),
    lambda: select(Garden).join("beds"),
    lambda: select(Garden).filter_by(soil=1),
    lambda: select(Garden).where(Garden.beds == None).where(Garden.beds == kept[1][0]),
    lambda: select(Bed).where(Bed.garden.any()),
    lambda: select(Bed).where(Bed.garden == 5),
    lambda: select(Garden.beds),
    lambda: select(Garden).order_by(Garden.beds),
):
    try:
        print(session.execute(bad()).all())
    except Exception as e:
        print(type(e).__name__, str(e)[:300])
