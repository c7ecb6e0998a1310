from sqlalchemy import Column, ForeignKey, Integer, func, select
from sqlalchemy.ext.hybrid import Comparator, hybrid_method, hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, with_polymorphic


class Base(DeclarativeBase):
    pass


class Lowered(Comparator):
    def __clause_element__(self):
        return func.lower(self.expression)

    def operate(self, op, *other, **kwargs):
        return op(self.__clause_element__(), *[func.lower(o) for o in other], **kwargs)


class Word(Base):
    __tablename__ = "word"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    text: Mapped[str]
    other = Column(Integer)
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "word"}

    @hybrid_property
    def plain(self):
        "The word as it stands."
        return self.text

    plain.info["shown"] = True

    @hybrid_property
    def low(self):
        return self.text.lower()

    @low.comparator
    def low(cls):
        return Lowered(cls.text)

    @hybrid_method
    def starts(self, with_):
        "Whether it starts so."
        return self.text.startswith(with_)


class Name(Word):
    __tablename__ = "name"
    id: Mapped[int] = mapped_column(ForeignKey("word.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "name"}


print("== what it says of itself")
print(Word.plain.__doc__, Word.__dict__["plain"].__doc__, Word.starts.__doc__)
print(Word.__mapper__.all_orm_descriptors["plain"].info, Word.low.info)
print(repr(Word.plain).split(" object at ")[0])

print("== a comparator with an expression of its own")
print(select(Word.low))
print(Word.low == "X")
print(func.max(Word.low))
print(select(Word.id).order_by(Word.low))

print("== info of an attribute is its column's")
Word.other.info["z"] = 1
print(Word.other.info, Word.__table__.c.other.info)

print("== with_polymorphic of one class")
print(select(with_polymorphic(Word, Name, flat=True)))
