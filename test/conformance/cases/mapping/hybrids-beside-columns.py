"""A hybrid or synonym compared with a column: the side that is written left stays left."""
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.hybrid import hybrid_property
class Base(DeclarativeBase): pass
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]
    @hybrid_property
    def dx(self): return self.x * 2
    sx = synonym("x")
A = aliased(P)
print(P.dx > P.x, P.x < P.dx, A.dx > P.x, P.sx > P.x, A.sx > P.x, A.x > P.sx, P.dx >= A.x, P.dx + P.x, P.x + P.dx, P.dx - P.sx)
print(type(P.dx), type(P.sx), type(P.x))
