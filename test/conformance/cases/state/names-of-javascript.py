# names that JavaScript keeps for itself, as keywords, attributes, columns, tables, parameters, labels, aliases
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, bindparam, create_engine, func, insert, inspect, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column, relationship, selectinload

NAMES = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "then", "length", "arguments"]

def f(**kwargs):
    return kwargs
print(f(**{n: i for i, n in enumerate(NAMES)}))
print(dict(**{n: n for n in NAMES}))
def g(constructor, toString=1, *, valueOf=2, **__proto__):
    return constructor, toString, valueOf, __proto__
print(g(0, valueOf=3, prototype=4))
try:
    g(**{"constructor": 1, "toString": 2, "hasOwnProperty": 5, "__proto__": 6})
except TypeError as e:
    print(e)
class Any_:
    pass
o = Any_()
for n in NAMES:
    setattr(o, n, n.upper())
print(vars(o))
for n in NAMES:
    delattr(o, n)
print(vars(o), hasattr(o, "constructor"), getattr(o, "__proto__", "none"))
Made = type("constructor", (), {n: 1 for n in NAMES if n != "__proto__"})
print(Made.__name__, Made.prototype, Made().toString)

metadata = MetaData()
tables = [Table(n, metadata, Column("id", Integer, primary_key=True), *[Column(c, String) for c in NAMES]) for n in ("__proto__", "constructor", "toString")]
engine = create_engine("sqlite://")
metadata.create_all(engine)
print(sorted(inspect(engine).get_table_names()), sorted(metadata.tables))
with engine.begin() as connection:
    for table in tables:
        connection.execute(insert(table), [{n: f"{table.name}.{n}" for n in NAMES}, {n: "x" for n in NAMES}])
        row = connection.execute(select(table).where(table.c["__proto__"] != "x")).one()
        print(row._mapping["__proto__"], row.constructor, row._asdict())
        print(connection.execute(update(table).where(table.c.valueOf == bindparam("constructor_")).values({"__proto__": "new"}), {"constructor_": "x"}).rowcount)
        print(connection.execute(select(table.c["__proto__"].label("constructor"), func.count().label("__proto__")).group_by(table.c["__proto__"]).order_by(text("constructor"))).mappings().all())
    print(connection.execute(text("select :constructor as __proto__, :toString as length"), {"constructor": 1, "toString": 2}).mappings().one())
reflected = MetaData()
reflected.reflect(engine)
print(sorted(reflected.tables), [c.name for c in reflected.tables["__proto__"].columns])

class Base(DeclarativeBase):
    pass

class constructor(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    toString: Mapped[str]
    prototype: Mapped[str] = mapped_column("__proto__")
    hasOwnProperty: Mapped[list["valueOf"]] = relationship(back_populates="owner")

class valueOf(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    __proto: Mapped[str] = mapped_column("length")
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    owner: Mapped["constructor"] = relationship(back_populates="hasOwnProperty")

Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(constructor(toString="t", prototype="p", hasOwnProperty=[valueOf(_valueOf__proto="a"), valueOf(_valueOf__proto="b")]))
    session.commit()
    found = session.scalars(select(constructor).options(selectinload(constructor.hasOwnProperty))).one()
    print(found.toString, found.prototype, [c._valueOf__proto for c in found.hasOwnProperty], found.hasOwnProperty[0].owner is found)
    found.prototype = "__proto__"
    session.commit()
    print(session.query(constructor).filter_by(prototype="__proto__").one().toString)
    a = aliased(constructor, name="__proto__")
    print(select(a.toString).where(a.prototype == "x"))
try:
    constructor(__proto__=1)
except TypeError as e:
    print(e)
print(sorted(k for k in constructor.__mapper__.attrs.keys()))
