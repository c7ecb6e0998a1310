from sqlalchemy import Column, Integer, MetaData, String, Table, engine_from_config, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, attributes, column_property, declared_attr, mapped_column


class Fixed(Column):
    inherit_cache = True

    def __init__(self):
        Column.__init__(self, "foo", Integer)

    _constructor = Column


print("== a column class with arguments of its own")
table = Table("t1", MetaData(), Fixed())
inner = table.select().subquery()
print(isinstance(table.c.foo, Fixed), isinstance(inner.c.foo, Fixed), select(inner.c.foo))

print("== parts of an element")
first = select(table).alias()
second = first.alias()
print(set(second.get_children(column_collections=False)) == {first})


class Base(DeclarativeBase):
    pass


class Record(Base):
    __tablename__ = "record"
    id: Mapped[int] = mapped_column(primary_key=True)
    name = Column("name", String)

    @declared_attr
    def start(cls):
        return column_property(cls.beginning)

    @hybrid_property
    def beginning(self):
        return self.name[1:3]

    @beginning.expression
    def beginning(cls):
        return func.substring(cls.name, 1, 3)

    @hybrid_property
    def label(self):
        return self.name


print("== a hybrid before its class is mapped")
print(select(Record.start))
print(Record.label.get_history(Record(name="x")) == attributes.get_history(Record(name="x"), "name"))

print("== a pool's settings")
engine = engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.pool_recycle": "50"})
print(engine.pool._recycle, engine.pool._pre_ping)
