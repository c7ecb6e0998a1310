from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class Kind(Base):
    __tablename__='kind'
    id = Column(Integer, primary_key=True); name=Column(String)

class P(Base):
    __tablename__='p'
    id = Column(Integer, primary_key=True)
    kind_id = Column(ForeignKey(Kind.id))
    cp = column_property(select(Kind.name).where(Kind.id==kind_id).scalar_subquery())
    __mapper_args__={"polymorphic_on": cp}
    del cp
m = inspect(P)
print(len(m.attrs.keys()))
print(select(P))
