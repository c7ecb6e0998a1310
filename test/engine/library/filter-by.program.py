# filter_by() on what is no column: plain properties, methods, class attributes and constants compare as Python objects do.
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    flag = Column
    plain = 3
    @property
    def full(self): return self.name + "!"
    def meth(self): return 1
e = create_engine("sqlite://"); Base.metadata.create_all(e); s = Session(e); s.add(U(name="x")); s.commit()
def t(label, f):
    try: print(label, "->", f())
    except Exception as x: print(label, "!!", type(x).__name__, str(x).split(" at 0x")[0])
t(10, lambda: (str(select(U).filter_by(full="x!"))))
t(20, lambda: (str(select(U).filter_by(plain=3))))
t(21, lambda: (s.scalars(select(U).filter_by(plain=3)).all().__len__()))
t(30, lambda: (str(select(U).filter_by(plain=4, name="x"))))
t(31, lambda: (s.scalars(select(U).filter_by(plain=4)).all()))
t(40, lambda: (s.query(U).filter_by(full="x!").all(), s.query(U).filter_by(meth=1).all(), s.query(U).filter_by(flag=None).all()))
t(50, lambda: (s.query(U).filter_by(metadata=3).all()))
t(60, lambda: (s.execute(update(U).filter_by(full=3).values(name="q")).rowcount))
t(70, lambda: (s.execute(delete(U).filter_by(plain=3)).rowcount))
t(80, lambda: (str(select(U).where(U.full == "x!"))))
t(90, lambda: (str(select(U).where(U.meth == 1))))
t(100, lambda: (str(select(U).order_by(U.full))))
t(110, lambda: (str(select(U.full))))
t(120, lambda: (str(select(U).where(U.full))))
t(130, lambda: (str(select(U).filter_by(registry=3, __tablename__="u"))))
