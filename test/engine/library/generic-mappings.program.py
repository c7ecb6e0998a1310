from typing import Annotated, Any, Dict, Generic, List, Literal, Optional, TypeVar
from sqlalchemy import JSON, Column, Enum, Integer, String, create_engine, inspect, select
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, as_declarative, mapped_column
from sqlalchemy.schema import CreateTable
from typing_extensions import TypeAliasType

T = TypeVar("T")


class Base(DeclarativeBase):
    pass


print("== a generic mapped class")


class Setting(MappedAsDataclass, Base, Generic[T]):
    __tablename__ = "setting"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str]
    value: Mapped[T] = mapped_column(MutableDict.as_mutable(JSON), default_factory=dict)


DictSetting = Setting[Dict[str, Any]]
print(inspect(DictSetting) is Setting.__mapper__)
print(select(DictSetting).where(DictSetting.key == "x"))
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(DictSetting(key="k", value={"a": 1}))
    session.commit()
    print(session.scalars(select(DictSetting)).all(), session.get(DictSetting, 1))


class Common(Generic[T]):
    @classmethod
    def itself(cls):
        return cls


@as_declarative()
class Decorated(Common[T]):
    word = 1


class Tab(Decorated["Tab"]):
    __tablename__ = "tab"
    a: int = Column(Integer, primary_key=True)


print(Tab.word, Tab.itself() is Tab, repr(Tab.__table__))

print("== a type that speaks of itself")
Nested = Dict[str, Optional["Nested"]]


class WithMap(DeclarativeBase):
    type_annotation_map = {Nested: JSON()}


class Document(WithMap):
    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[Nested]
    notes: Mapped[Optional[Nested]]


print(CreateTable(Document.__table__))
try:

    class Refused(Base):
        __tablename__ = "refused"
        id: Mapped[int] = mapped_column(primary_key=True)
        body: Mapped[Nested]
except Exception as e:
    print(type(e).__name__, str(e)[:120])

print("== TypeAliasType")
str50 = TypeAliasType("str50", Annotated[str, 50])
level = TypeAliasType("level", Literal["a", "b"])
pk = TypeAliasType("pk", Annotated[int, mapped_column(primary_key=True)])
many = TypeAliasType("many", List[T], type_params=(T,))
print(str50, many[int], str50 | None)


class Aliased(DeclarativeBase):
    type_annotation_map = {str50: String(50), level: Enum("a", "b", name="l", native_enum=False)}


class A(Aliased):
    __tablename__ = "a"
    id: Mapped[pk]
    n: Mapped[str50]
    m: Mapped[Optional[str50]]
    o: Mapped["str50 | None"]
    l: Mapped[level]


print(CreateTable(A.__table__))
try:

    class C(Aliased):
        __tablename__ = "c"
        id: Mapped[pk]
        g: Mapped[many[int]]
except Exception as e:
    print(type(e).__name__, e)

print("== names of a mapped class are its own")
A.__qualname__ = "models.A"
A.__doc__ = "An A."
print(A, A.__qualname__, A.__doc__, A.__table__)
