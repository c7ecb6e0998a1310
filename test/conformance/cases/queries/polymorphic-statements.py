from sqlalchemy import ForeignKey, create_engine, func, inspect, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, contains_eager, joinedload, load_only, mapped_column, relationship, selectin_polymorphic, selectinload, subqueryload, undefer, with_loader_criteria, with_polymorphic, defer


class Base(DeclarativeBase):
    pass


class Dock(Base):
    __tablename__ = "dock"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    boats: Mapped[list["Boat"]] = relationship(back_populates="dock", order_by="Boat.id")

    def __repr__(self):
        return self.name


class Boat(Base):
    __tablename__ = "boat"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    dock_id: Mapped[int | None] = mapped_column(ForeignKey("dock.id"))
    dock: Mapped[Dock] = relationship(back_populates="boats")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "boat"}

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class Sail(Boat):
    __tablename__ = "sail"
    id: Mapped[int] = mapped_column(ForeignKey("boat.id"), primary_key=True)
    masts: Mapped[int]
    cloths: Mapped[list["Cloth"]] = relationship(back_populates="sail", order_by="Cloth.id")
    __mapper_args__ = {"polymorphic_identity": "sail"}


class Yacht(Sail):
    __tablename__ = "yacht"
    id: Mapped[int] = mapped_column(ForeignKey("sail.id"), primary_key=True)
    cabins: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "yacht"}


class Motor(Boat):
    horses: Mapped[int | None] = mapped_column(nullable=True)
    __mapper_args__ = {"polymorphic_identity": "motor"}


class Cloth(Base):
    __tablename__ = "cloth"
    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[str]
    sail_id: Mapped[int] = mapped_column(ForeignKey("sail.id"))
    sail: Mapped[Sail] = relationship(back_populates="cloths")

    def __repr__(self):
        return self.colour


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([
        Dock(name="east", boats=[Boat(name="raft"), Sail(name="lark", masts=1, cloths=[Cloth(colour="red"), Cloth(colour="white")]), Motor(name="zip", horses=90)]),
        Dock(name="west", boats=[Yacht(name="queen", masts=2, cabins=6, cloths=[Cloth(colour="blue")]), Motor(name="tug")]),
    ])
    session.commit()


def loaded(x):
    return (x, sorted(k for k in x.__dict__ if not k.startswith("_")))


def run(title, stmt):
    with Session(engine) as session:
        try:
            print(title)
            for row in session.execute(stmt).unique():
                print("  ", [loaded(x) if isinstance(x, Base) else x for x in row])
                if isinstance(row[0], Dock) and "boats" in row[0].__dict__:
                    print("     ", [loaded(b) for b in row[0].boats], [b.__dict__["cloths"] for b in row[0].boats if "cloths" in b.__dict__])
        except Exception as e:
            print(type(e).__name__, str(e)[:300])


every = with_polymorphic(Boat, "*")
some = with_polymorphic(Boat, [Sail, Motor], aliased=True)
flat = with_polymorphic(Boat, [Sail, Yacht], flat=True)
run("base", select(Boat).order_by(Boat.id))
run("sub", select(Sail).order_by(Sail.id))
run("deepest", select(Yacht))
run("single", select(Motor).order_by(Motor.id))
run("every", select(every).order_by(every.id))
run("where", select(every).where(or_(every.Sail.masts > 1, every.Motor.horses > 1)).order_by(every.id))
run("aliased", select(some.name, some.Sail.masts).order_by(some.id))
run("aliased entity", select(some).where(some.Motor.horses == 90))
run("flat", select(flat).order_by(flat.id).limit(2))
run("two", select(flat, Motor).join(Motor, Motor.dock_id == flat.dock_id).order_by(flat.id))
run("selectin", select(Boat).order_by(Boat.id).options(selectin_polymorphic(Boat, [Sail, Yacht, Motor])))
run("selectin with", select(Boat).order_by(Boat.id).options(selectin_polymorphic(Boat, [Sail]), selectinload(Sail.cloths), load_only(Boat.name)))
run("selectinload", select(Dock).order_by(Dock.id).options(selectinload(Dock.boats).selectin_polymorphic([Sail, Motor])))
run("then", select(Dock).order_by(Dock.id).options(selectinload(Dock.boats).options(selectin_polymorphic(Boat, [Sail, Yacht]), selectinload(Sail.cloths))))
run("of_type join", select(Dock.name, Sail.masts).join(Dock.boats.of_type(Sail)).order_by(Dock.id))
run("of_type poly", select(Dock.name, every.name).join(Dock.boats.of_type(every)).where(every.Sail.masts > 0).order_by(every.id))
run("of_type any", select(Dock).where(Dock.boats.of_type(Sail).any(Sail.masts == 2)))
run("of_type motor", select(Dock).where(Dock.boats.of_type(Motor).any(Motor.horses == None)))
run("of_type load", select(Dock).order_by(Dock.id).options(selectinload(Dock.boats.of_type(every))))
run("of_type joined", select(Dock).order_by(Dock.id).options(joinedload(Dock.boats.of_type(every)).selectinload(every.Sail.cloths)))
run("of_type subquery", select(Dock).order_by(Dock.id).options(subqueryload(Dock.boats.of_type(flat)).joinedload(flat.Sail.cloths)))
run("contains", select(Dock).join(Dock.boats.of_type(some)).where(some.Sail.masts > 0).options(contains_eager(Dock.boats.of_type(some))).order_by(Dock.id))
run("up", select(Cloth).order_by(Cloth.id).options(joinedload(Cloth.sail).joinedload(Sail.dock)))
run("up selectin", select(Cloth).order_by(Cloth.id).options(selectinload(Cloth.sail)))
run("base rel of sub", select(Sail).order_by(Sail.id).options(joinedload(Sail.dock), subqueryload(Sail.cloths)))
run("every eager", select(every).order_by(every.id).options(joinedload(every.Sail.cloths), joinedload(every.dock)))
run("columns", select(Boat.name, Sail.masts).join(Sail, Sail.id == Boat.id))
run("sub columns", select(Sail.name, Sail.masts).where(Sail.name.like("l%")))
run("count", select(Boat.kind, func.count()).group_by(Boat.kind).order_by(Boat.kind))
run("criteria", select(Dock).order_by(Dock.id).options(selectinload(Dock.boats), with_loader_criteria(Motor, Motor.horses > 1), with_loader_criteria(Boat, Boat.name != "raft")))
run("discriminator", select(Boat).where(Boat.kind.in_(["sail", "yacht"])).order_by(Boat.id))
run("defer", select(Sail).options(defer(Sail.masts)).order_by(Sail.id))
A = aliased(Sail, name="other")
run("alias sub", select(A).where(A.name > "m"))
run("alias pair", select(Sail.name, A.name).join(A, A.id > Sail.id))
M = aliased(Motor)
run("alias single", select(M).order_by(M.id))
run("no single join", select(func.count(Motor.id)))
sub = select(Motor).where(Motor.horses == 90).subquery()
run("single from subquery", select(aliased(Motor, sub)))
run("union", select(Boat).from_statement(select(Boat).where(Boat.id == 1).union_all(select(Boat).where(Boat.id == 4))))
with Session(engine) as session:
    boats = session.scalars(select(Boat).order_by(Boat.id)).all()
    print(boats)
    print(session.get(Boat, 4), session.get(Sail, 1), session.get(Motor, 3))
    session.expire_all()
    session.refresh(boats[3])
    print(boats[3].cabins, loaded(boats[3]))
    from sqlalchemy import delete, update

    print(session.execute(update(Motor).values(horses=1)).rowcount, boats[2].horses)
    print(session.execute(delete(Motor).where(Motor.name == "tug")).rowcount)
    try:
        session.execute(update(Sail).values(name="x"))
    except Exception as e:
        print(type(e).__name__, str(e)[:100])
    print(session.query(Dock).join(Dock.boats.of_type(Sail)).filter(Sail.masts == 2).all(), session.query(every).filter(every.Yacht.cabins > 1).all())
    print(session.query(Boat).filter(Boat.name == "lark").with_entities(Boat).one(), session.query(Boat.id).join(Sail).count())
