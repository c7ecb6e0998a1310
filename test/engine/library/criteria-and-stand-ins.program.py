# Criteria given as functions, attributes that a metaclass makes up, and objects that stand for SQL in a flush.
from sqlalchemy import ForeignKey, Integer, String, Column, MetaData, Table, create_engine, func, literal, select, union
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column, registry, relationship
from sqlalchemy.orm import with_loader_criteria


class Base(DeclarativeBase):
    pass


class Named:
    name = mapped_column(String, nullable=False)


class User(Named, Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    items = relationship("Item")


class Item(Named, Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


def but(name):
    return with_loader_criteria(Named, lambda cls: cls.name != name, include_aliases=True)


# each part of a statement has parameters of its own
halves = select(User.id).where(User.id > 1).union(select(User.id).where(User.id <= 1))
for stmt in (
    halves.options(but("ed")),
    union(halves, select(Item.id)).options(but("ed")),
    select(User.id).join(User.items).options(but("ed")),
    halves.options(with_loader_criteria(Named, lambda cls: (cls.name != "ed") & (cls.name != "jo"))),
    select(User.id).where(User.id.in_(select(Item.user_id))).options(but("ed")),
    select(User.id).where(User.id > 1).union(select(User.id)).options(with_loader_criteria(User, User.name != "jo")),
):
    compiled = stmt.compile()
    print(compiled)
    print(compiled.params)

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([User(id=1, name="ed", items=[Item(name="ed"), Item(name="pen")]), User(id=2, name="jo"), User(id=3, name="al")])
    session.commit()
    for name in ("ed", "jo", "nobody"):
        rows = session.scalars(select(User.id).where(User.id > 1).union(select(User.id).where(User.id <= 1)).options(but(name)))
        print(name, sorted(rows))
    for name in ("ed", "pen"):
        found = session.scalars(select(User).options(but(name)).order_by(User.id)).unique()
        print(name, [u.name for u in found], session.scalar(select(func.count()).select_from(Item).options(but(name))))


# an attribute of a metaclass's making, on the class and on an alias
class Made(type):
    def __getattr__(cls, key):
        if key == "both":
            return cls.x + cls.y
        if key == "x_again":
            return cls.x
        raise AttributeError(f"no {key}")


class Point(metaclass=Made):
    pass


meta = MetaData()
points = Table("point", meta, Column("id", Integer, primary_key=True), Column("x", Integer), Column("y", Integer))
mappings = registry()
mappings.map_imperatively(Point, points)
other = aliased(Point)
print(Point.x_again, other.x_again, other.x_again + 1)
print(select(other.x_again).where(other.x_again == other.x))
try:
    aliased(User).nothing
except AttributeError as e:
    print("AttributeError", e)


# inherit_foreign_keys takes one column as well as several
class Far(Point):
    pass


far = Table("far", meta, Column("id", Integer, primary_key=True), Column("name", String))
mapper = mappings.map_imperatively(
    Far, far, inherits=Point, inherit_condition=points.c.id == far.c.id, inherit_foreign_keys=far.c.id
)
print(mapper.inherit_condition, select(Far.name, Far.x))


# an object with __clause_element__() is its expression when it is flushed
class Computed:
    def __init__(self, expr):
        self.expr = expr

    def __clause_element__(self):
        return self.expr


meta.create_all(engine)
with Session(engine) as session:
    point = Point()
    point.id, point.x, point.y = 1, Computed(literal(3) + 4), 5
    session.add(point)
    session.commit()
    print(point.x, point.y)
    point.y = Computed(points.c.x * 2)
    session.commit()
    print(point.x, point.y)
