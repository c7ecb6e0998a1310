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


from dataclasses import dataclass

from sqlalchemy import case, cast, insert, update, Float
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import Bundle, aliased, column_property, composite, synonym, load_only, undefer, with_expression, query_expression


@dataclass
class Size:
    wide: int
    high: int


class Box(Base):
    __tablename__ = "box"
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column("label_text")
    size: Mapped[Size] = composite(mapped_column("w"), mapped_column("h"))
    bed_id: Mapped[int | None] = mapped_column(ForeignKey("bed.id"))
    title = synonym("label")
    bed: Mapped[Bed | None] = relationship()
    bed_width = column_property(select(Bed.width).where(Bed.id == bed_id).scalar_subquery())
    upper = column_property(func.upper(label))

    @hybrid_property
    def area(self):
        return self.size.wide * self.size.high

    @area.inplace.expression
    @classmethod
    def _area(cls):
        return cls.__table__.c.w * cls.__table__.c.h

    @hybrid_property
    def short(self):
        return self.label[:2]

    @short.inplace.expression
    @classmethod
    def _short(cls):
        return func.substr(cls.label, 1, 2)

    @short.inplace.setter
    def _set_short(self, value):
        self.label = value + self.label[2:]

    @short.inplace.update_expression
    @classmethod
    def _update_short(cls, value):
        return [(cls.label, value + "..")]

    @hybrid_method
    def wider(self, n):
        return self.size.wide > n

    @wider.inplace.expression
    @classmethod
    def _wider(cls, n):
        return cls.__table__.c.w > n

    def __repr__(self):
        return f"Box({self.label!r}, {self.size})"


Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([Box(label="alpha", size=Size(2, 3), bed_id=1), Box(title="beta", size=Size(5, 1)), Box(label="gamma", size=Size(1, 1), bed=session.get(Bed, 2))])
session.commit()


kept = session.scalars(select(Box)).all()


def run(title, stmt):
    print(title, session.execute(stmt).all())


run("all", select(Box).order_by(Box.id))
run("composite", select(Box.size).order_by(Box.id))
run("composite where", select(Box.id).where(Box.size == Size(5, 1)))
run("composite ne", select(Box.id).where(Box.size != Size(5, 1)).order_by(Box.id))
run("composite order", select(Box.id).order_by(Box.size))
run("hybrid", select(Box.area, Box.short).order_by(Box.area.desc()))
run("hybrid method", select(Box.label).where(Box.wider(1)).order_by(Box.id))
run("synonym", select(Box.title).where(Box.title.like("%a")).order_by(Box.title))
run("column_property", select(Box.bed_width, Box.upper).order_by(Box.id))
run("where column_property", select(Box).where(Box.bed_width > 2))
A = aliased(Box)
run("alias", select(A.size, A.title, A.upper, A.bed_width).order_by(A.id))
run("alias where", select(A).where(A.size == Size(2, 3)))
run("bundle", select(Bundle("b", Box.size, Box.label)).order_by(Box.id))
run("filter_by", select(Box).filter_by(title="beta"))
run("filter_by join", select(Box.label).join(Box.bed).filter_by(soil="clay"))
run("load_only", select(Box).options(load_only(Box.size)).order_by(Box.id))
run("group", select(Box.short, func.sum(Box.area)).group_by(Box.short).order_by(Box.short))
run("case", select(case((Box.wider(1), "wide"), else_="thin").label("w"), cast(Box.area, Float)).order_by(Box.id))
box = session.get(Box, 1)
print(box.area, box.wider(5), box.short, box.upper, box.bed_width)
box.short = "zz"
box.size = Size(7, 7)
session.flush()
run("changed", select(Box.label, Box.size, Box.area).where(Box.id == 1))
print(session.execute(update(Box).values({Box.short: "qq"}).where(Box.id == 2)).rowcount, session.get(Box, 2))
print(session.execute(update(Box).values(size=Size(8, 8)).where(Box.id == 2)).rowcount, session.get(Box, 2))
print(session.execute(update(Box).values(title="new").where(Box.wider(7))).rowcount, session.get(Box, 2).label)
print(session.scalars(insert(Box).values(label="ins", size=Size(3, 3)).returning(Box)).all())
print(session.execute(insert(Box).returning(Box.id, Box.upper), [{"label": "m", "size": Size(1, 2)}, {"label": "n", "size": Size(3, 4)}]).all())
print(session.query(Box).filter(Box.area > 8).order_by(Box.title).all(), session.query(Box.size).first())
box.size = None
try:
    session.flush()
except Exception as e:
    print(type(e).__name__, str(e).splitlines()[0])
session.rollback()
print([d["name"] for d in select(Box.size, Box.area, Box.title, Box.upper, A.label).column_descriptions], list(session.execute(select(Box.size, Box.area, Box.title, A.label)).keys()))
