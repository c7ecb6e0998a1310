# ORM INSERT, UPDATE and DELETE of classes that load their subclasses along, and legacy Query's of two entities.
from sqlalchemy import *
from sqlalchemy.orm import *
from typing import *
class Base(DeclarativeBase):
    def __repr__(self): return type(self).__name__ + str(self.__dict__.get("id"))
class E(Base):
    __tablename__ = "e"
    id: Mapped[int] = mapped_column(primary_key=True); name: Mapped[Optional[str]]; type: Mapped[str] = mapped_column(default="e")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "e", "with_polymorphic": "*"}
class M(E):
    __tablename__ = "m"
    id: Mapped[int] = mapped_column(ForeignKey("e.id"), primary_key=True); md: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "m"}
class I(Base):
    __tablename__ = "i"
    id: Mapped[int] = mapped_column(primary_key=True); name: Mapped[Optional[str]]; type: Mapped[str] = mapped_column(default="i")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "i"}
class J(I):
    __tablename__ = "j"
    id: Mapped[int] = mapped_column(ForeignKey("i.id"), primary_key=True); md: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "j", "polymorphic_load": "inline"}
e = create_engine("sqlite://"); Base.metadata.create_all(e); s = Session(e)
def t(label, f):
    try: r = f(); print(label, "->", r if isinstance(r, (str, int, tuple, list)) else type(r).__name__)
    except Exception as x: print(label, "!!", type(x).__name__, x)
t(1, lambda: (str(insert(E))))
t(2, lambda: (str(insert(E).values(name="x"))))
t(3, lambda: (s.execute(insert(E).values(name="x"))))
t(4, lambda: (s.execute(insert(E), {"name": "x"})))
t(5, lambda: (s.execute(insert(E), [{"name": "x"}, {"name": "y"}])))
t(6, lambda: (s.scalars(insert(E).returning(E), [{"name": "x"}, {"name": "y"}]).all()))
t(7, lambda: (s.scalars(insert(E).returning(E.id), [{"name": "x"}, {"name": "y"}]).all()))
t(8, lambda: (s.execute(insert(E).values(name="x").returning(E.id)).all()))
t(9, lambda: (s.execute(insert(E).values([{"name": "x"}, {"name": "z"}]))))
t(10, lambda: (str(update(E).values(name="x")), str(delete(E)), str(update(E).where(E.name == "q").values(name="x"))))
t(11, lambda: (s.execute(update(E).values(name="x")).rowcount))
t(12, lambda: (s.execute(update(E), [{"id": 1, "name": "k"}])))
t(13, lambda: (s.execute(delete(E).where(E.name == "x")).rowcount))
s.rollback()
t(14, lambda: (str(insert(I))))
t(15, lambda: (str(insert(I).values(name="x"))))
t(16, lambda: (s.execute(insert(I).values(name="x"))))
t(17, lambda: (s.execute(insert(I), {"name": "x"})))
t(18, lambda: (s.execute(insert(I), [{"name": "x"}, {"name": "y"}])))
t(19, lambda: (s.scalars(insert(I).returning(I), [{"name": "x"}, {"name": "y"}]).all()))
t(20, lambda: (s.scalars(insert(I).returning(I.id, sort_by_parameter_order=True), [{"name": "x"}, {"name": "y"}]).all()))
t(21, lambda: (s.execute(insert(I).values(name="x").returning(I.id)).all()))
t(22, lambda: (s.execute(update(I).values(name="x")).rowcount))
t(23, lambda: (s.execute(delete(I).where(I.name == "x")).rowcount))
s.rollback()
t(24, lambda: (str(insert(M)), str(insert(J))))
t(25, lambda: (str(insert(M).values(md="x"))))
t(26, lambda: (s.execute(insert(M).values(md="x"))))
t(27, lambda: (s.execute(insert(M), [{"md": "x", "name": "q"}])))
t(28, lambda: (s.scalars(insert(J).returning(J), [{"md": "x", "name": "q"}]).all()))
t(29, lambda: (s.execute(insert(J).values(md="x", name="q"))))
t(30, lambda: (s.execute(insert(J).values(id=4, md="x"))))
from sqlalchemy.dialects.sqlite import insert as si
t(31, lambda: (s.execute(si(E).values(name="x").on_conflict_do_nothing())))
t(32, lambda: (s.execute(si(I), [{"name": "x"}])))
t(33, lambda: (s.execute(insert(E).from_select(["name"], select(I.name)))))
t(34, lambda: (s.execute(insert(I).from_select(["name"], select(I.name)))))
t("update of two", lambda: s.query(E, I).update({"name": "k"})); t("delete of two", lambda: s.query(E, I).delete()); t("of three", lambda: s.query(E, I, M).delete())
