# What a program sets on the library's own classes, as one may on any class written in Python.
from unittest import mock
from sqlalchemy import *
from sqlalchemy.orm import DeclarativeBase, Mapped, Query, Session, mapped_column
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)

print("== a method of one's own")
def get_or_create(self, cls, **kw):
    found = self.scalars(select(cls).filter_by(**kw)).one_or_none()
    if found is None:
        found = cls(**kw)
        self.add(found)
    return found
Session.get_or_create = get_or_create
with Session(engine) as s:
    a = s.get_or_create(A, id=3)
    s.commit()
    print(s.get_or_create(A, id=3) is a, Session.get_or_create is get_or_create)
Select.page = lambda self, n, size: self.limit(size).offset((n - 1) * size)
print(select(A.id).page(2, 10))
del Select.page
try: select(A.id).page(1, 2)
except AttributeError as e: print(e)

print("== in place of the library's")
original = Query.first
def first(self):
    print("first of mine")
    return original(self)
Query.first = first
with Session(engine) as s: print(s.query(A).first().id)
Query.first = original
with Session(engine) as s: print(s.query(A).first().id)
with mock.patch.object(Session, "commit", lambda self: print("not committed")):
    Session(engine).commit()
with Session(engine) as s:
    s.add(A(id=4))
    s.commit()
    print(s.scalar(select(func.count(A.id))))

print("== what is inherited")
Column.label_of = property(lambda self: self.info.get("label"))
print(Column("x", Integer, info={"label": "L"}).label_of)
String.mark = 3
print(VARCHAR.mark, VARCHAR(3).mark, hasattr(Integer(), "mark"))
try: int.mark = 3
except TypeError as e: print(e)

print("== what stands behind alembic.op")
from alembic import op
from alembic.migration import MigrationContext
from alembic.operations import Operations
with engine.begin() as connection:
    op._proxy = Operations(MigrationContext.configure(connection))
    op.create_table("b", Column("id", Integer, primary_key=True))
    print(inspect(connection).get_table_names(), type(op._proxy).__name__)
    op._proxy = None
    try: op.drop_table("b")
    except AttributeError as e: print(e)
    op._proxy = Operations(MigrationContext.configure(connection))
    with Operations.context(MigrationContext.configure(connection)) as inner:
        print(op._proxy is inner)
        op.drop_table("b")
    print(op._proxy, inspect(connection).get_table_names())
