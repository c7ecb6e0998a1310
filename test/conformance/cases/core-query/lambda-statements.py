"""Statements made by lambdas: parameters by variable names, what is refused."""
import re
from sqlalchemy import *
from sqlalchemy.sql import lambdas
from sqlalchemy import lambda_stmt, exc
m = MetaData()
t = Table("t1", m, Column("q", Integer, primary_key=True), Column("p", String))
def attempt(label, fn):
    try: print(label, "->", fn())
    except Exception as ex: print(label, "-> !!", type(ex).__name__, re.sub("0x[0-9a-f]+|\"[^\"]*\"", "…", str(ex))[:400])
def show(s):
    c = s.compile(); print(str(c).replace("\n", " "), c.params)
e = create_engine("sqlite://"); m.create_all(e)
gx = 9
def go(x, y):
    stmt = lambda_stmt(lambda: select(t))
    stmt += lambda s: s.where(t.c.q == x)
    stmt += lambda s: s.where(t.c.p == y, t.c.q < gx)
    return stmt
show(go(5, "a")); show(go(6, "b"))
stmt = lambda_stmt(lambda: select(t.c.q)) 
attempt("type", lambda: type(stmt).__name__)
attempt("where", lambda: stmt.where(t.c.q == 1))
with e.begin() as c:
    c.execute(t.insert(), [{"q": 5, "p": "a"}, {"q": 6, "p": "b"}])
    print(c.execute(go(5, "a")).all(), c.execute(go(6, "b")).all())
    ids = [5, 6]
    s = lambda_stmt(lambda: select(t).where(t.c.q.in_(ids)).order_by(t.c.q))
    show(s); print(c.execute(s).all())
    class Obj: val = 5
    o = Obj()
    attempt("attr", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == o.val))).all())
    def f(): return 5
    d = {"k": 5}
    attempt("dict", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == d["k"]))).all())
    attempt("dictnt", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == d["k"]), track_closure_variables=False)).all())
    attempt("enable", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == d["k"]), enable_tracking=False)).all())
    attempt("trackon", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == d["k"]), track_on=[1])).all())
    flag = True
    attempt("bool", lambda: c.execute(lambda_stmt(lambda: select(t).where(t.c.q == 5) if flag else select(t))).all())
    attempt("notcallable", lambda: lambda_stmt(select(t)))
    attempt("where lambda", lambda: c.execute(select(t).where(lambda: t.c.q == gx - 4)).all())
    attempt("where lambda2", lambda: str(select(t).where(lambda: t.c.q == gx)))
    attempt("order", lambda: str(select(t).order_by(lambda: t.c.q)))
    attempt("select", lambda: str(select(lambda: t.c.q)))
    attempt("nonsql", lambda: str(select(t).where(lambda: 5)))
    attempt("method", lambda: str(select(t).where(select(t).subquery)))
    attempt("method", lambda: str(select(select(t).subquery)))
    attempt("stmt opts", lambda: str(go(1, 2).options()))
    attempt("exec opts", lambda: go(1, "2").execution_options(x=1).get_execution_options())
    
    cols = [t.c.q]
    attempt("spread", lambda: str(lambda_stmt(lambda: select(*cols))))
    tbl = t
    attempt("table closure", lambda: str(lambda_stmt(lambda: select(tbl))))
    attempt("add", lambda: str(lambda_stmt(lambda: select(t)) + (lambda s: s.limit(5)) + (lambda s: s.offset(2))))
    attempt("addc", lambda: str(lambda_stmt(lambda: select(t)).add_criteria(lambda s: s.where(t.c.q > gx))))
    attempt("spoil", lambda: str(lambda_stmt(lambda: select(t)).spoil()))
    attempt("is_select", lambda: lambda_stmt(lambda: select(t)).is_select)
    attempt("insert", lambda: c.execute(lambda_stmt(lambda: t.insert()), {"q": 10}).rowcount)
    attempt("update", lambda: c.execute(lambda_stmt(lambda: t.update().where(t.c.q == gx).values(p="z"))).rowcount)
