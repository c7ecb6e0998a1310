# Statements and criteria as functions: free variables are bound parameters by their names.
from sqlalchemy import *
from sqlalchemy.orm import *
class B(DeclarativeBase): pass
class A(B):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    name: Mapped[str]
e=create_engine("sqlite://"); B.metadata.create_all(e)
limit=10
def run(s,x,names):
    st=lambda_stmt(lambda: select(A).where(A.id==x))
    st+=lambda q: q.where(A.name.in_(names)).limit(limit)
    print(st); print(type(st).__name__)
    return s.scalars(st).all()
print("== lambdas")
with Session(e) as s:
    s.add_all([A(name="a"),A(name="b")]); s.commit()
    for x,n in ((1,["a"]),(2,["a","b"]),(3,["q"])): print([a.name for a in run(s,x,n)])
    st=lambda_stmt(lambda: select(A)); print(st.compile(), s.execute(st).all())
    def q(lo):
        return s.scalars(select(A).where(lambda: A.id>lo)).all()
    print(len(q(0)),len(q(1)))
    def now(): return 1
    print(select(A).options(with_loader_criteria(A,lambda c: c.id>1)))
    def crit(lo): return select(A).options(with_loader_criteria(A,lambda c: c.id+lo>5))
    print(crit(3)); print([a.id for a in s.scalars(crit(3))],[a.id for a in s.scalars(crit(4))])
with e.connect() as c: print(c.execute(lambda_stmt(lambda: select(A.id))).all())


def now():
    return 1


print("== functions that are called")
try:
    print(select(A).options(with_loader_criteria(A, lambda c: c.id > now())))
except Exception as x:
    print(type(x).__name__, str(x).partition(" at <code")[0])
print("== kept by their code")
import logging
class Words(logging.Handler):
    def emit(self, record):
        message=record.getMessage()
        if message.startswith("["): print(" ", " ".join(message.split()[:2]), message.split("] ")[1])
log=logging.getLogger("sqlalchemy.engine.Engine"); log.setLevel(logging.INFO); log.addHandler(Words())
with Session(e) as s:
    for lo in (0,1):
        print([a.id for a in s.scalars(crit(lo+4))])
        print([a.name for a in run(s,lo+1,["a","b"])])
