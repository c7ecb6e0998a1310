from sqlalchemy import create_engine, event, ForeignKey, inspect, select, text, update, func, insert
from sqlalchemy.orm import *
import warnings
warnings.simplefilter("always")
warnings.showwarning=lambda m,c,*a,**k: print("  WARN",c.__name__,str(m).split(" at 0x")[0])
class Base(DeclarativeBase): pass
class A(Base):
    __tablename__="a"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
class B(Base):
    __tablename__="b"
    id: Mapped[int]=mapped_column(primary_key=True)
    n: Mapped[str|None]
e1=create_engine("sqlite://"); e2=create_engine("sqlite://")
for e in (e1,e2): Base.metadata.create_all(e)
def t(title,f):
    try:
        x=f()
        print(title,"->",x if not hasattr(x,"_sa_instance_state") else type(x).__name__)
        return x
    except Exception as ex: print(title,"!!",type(ex).__name__,str(ex).replace("\n"," | ").split(" at 0x")[0])
print("binds")
s=Session(binds={A:e1,B:e2})
s.add_all([A(n="a"),B(n="b")]); s.commit()
print(s.get_bind(A) is e1, s.get_bind(B) is e2, s.get_bind(clause=select(B)) is e2, s.get_bind(clause=A.__table__) is e1)
t("unbound",lambda:s.get_bind()); t("text",lambda:s.execute(text("select 1")))
s.bind_mapper(A,e2); print(s.get_bind(A) is e2); s.bind_table(B.__table__,e1); print(s.get_bind(clause=B.__table__) is e1)
t("bad bind",lambda:Session(binds={5:e1}))
class Free(DeclarativeBase): pass
class F(Free):
    __tablename__="f"
    id: Mapped[int]=mapped_column(primary_key=True)
t("other",lambda:s.scalars(select(F)).all())
s=Session(binds={Base:e1}); print(s.get_bind(A) is e1); s.close()
print(len(Session(e1).scalars(select(A),bind_arguments={"bind":e2}).all()))
class Routing(Session):
    def get_bind(self, mapper=None, clause=None, **kw):
        print("  get_bind", mapper, type(clause).__name__, sorted(kw))
        return e1
s=Routing(); s.add(A(n="r")); s.commit(); print(len(s.scalars(select(A)).all())); s.execute(text("select 1")); s.connection(); s.rollback()
print("scoped")
Reg=scoped_session(sessionmaker(e1))
print(Reg() is Reg())
Reg.add(A(n="sc")); print(len(Reg.new)); Reg.commit(); print(Reg.query(A).count(), Reg.scalar(select(func.count(A.id))))
t("args",lambda:Reg(autoflush=False)); Reg.configure(autoflush=False); Reg.remove(); print(Reg().autoflush, Reg.autoflush); Reg.remove()
class Q: pass
Reg.remove()
cnt=[0]
R2=scoped_session(sessionmaker(e1),scopefunc=lambda:cnt[0]); x=R2(); cnt[0]=1; print(R2() is x); cnt[0]=0; print(R2() is x)
print("maker")
sm=sessionmaker(); sm.configure(bind=e1,info={"k":1}); s=sm(info={"j":2}); print(s.info, s.bind is e1); print(sm(autoflush=False).autoflush)
class MyS(Session): 
    def hello(self): return "hi"
sm=sessionmaker(e1,class_=MyS); print(sm().hello(), isinstance(sm(),MyS), sm)
t("kw", lambda: sessionmaker(e1,foo=1)()); t("kw2", lambda: Session(e1,foo=1))
print("joined to connection")
c=e1.connect(); tr=c.begin(); s=Session(c,join_transaction_mode="create_savepoint"); s.add(A(n="j")); s.commit(); s.add(A(n="k")); s.flush(); s.rollback(); print(len(s.scalars(select(A).where(A.n.in_(["j","k"]))).all())); s.close(); tr.rollback(); c.close()
with e1.connect() as c: print(c.scalar(select(func.count(A.id))))
c=e1.connect(); tr=c.begin(); s=Session(c); s.add(A(n="rb")); s.commit(); print(tr.is_active); s.close(); tr.rollback(); c.close()
c=e1.connect(); tr=c.begin(); s=Session(c,join_transaction_mode="control_fully"); s.add(A(n="cf")); s.commit(); print(tr.is_active); c.close()
print("connection opts"); s=Session(e1); c=s.connection(execution_options={"foo":1}); print(c.get_execution_options().get("foo")); t("again",lambda:s.connection(execution_options={"foo":2}).get_execution_options().get("foo")); s.close()
print("do_orm_execute")
s=Session(e1)
@event.listens_for(s,"do_orm_execute")
def f(st):
    print("  ",st.is_select,st.is_insert,st.is_update,st.is_delete,st.is_orm_statement,st.is_executemany,st.is_from_statement,st.bind_mapper,dict(st.execution_options).get("x"),len(st.user_defined_options))
    if st.execution_options.get("skip"): return st.invoke_statement(st.statement.where(A.n=="sc"))
    if st.is_select and st.is_orm_statement: st.statement=st.statement.limit(1)
    st.update_execution_options(y=2)
print(len(s.scalars(select(A),execution_options={"x":1}).all()))
print(len(s.scalars(select(A),execution_options={"skip":1}).all()))
s.execute(insert(A),[{"n":"i1"},{"n":"i2"}]); s.execute(update(A).where(A.n=="i1").values(n="i3")); s.execute(text("select 1")); print(s.scalar(select(func.count()).select_from(A)))
s.rollback()
print("events order")
s=Session(e1)
for n in ("after_transaction_create","after_transaction_end","before_commit","after_commit","after_rollback","after_soft_rollback","after_begin","before_flush","after_flush","after_flush_postexec"):
    event.listen(s,n,lambda *a,n=n: print("  ",n,*[type(x).__name__ for x in a[1:]]))
s.add(A(n="ev")); s.commit(); s.add(A(n="ev")); s.rollback()
with s.begin(): s.execute(text("select 1"))
s.close()
print("close modes"); s=Session(e1,close_resets_only=False); s.close(); t("closed",lambda:s.scalars(select(A)).all()); s.reset(); 
s=Session(e1); s.close(); print(len(s.scalars(select(A)).all())>0); s.close()
t("query cls", lambda: Session(e1).query(A.n).filter(A.n=="sc").all())
print(repr(Session.object_session(A())), Session(e1).in_transaction(), A() in Session(e1))
t("contains", lambda: 5 in Session(e1)); t("iter", lambda: [x for x in Session(e1)])
s=Session(e1); s.add(A(n="it")); print([x.n for x in s]); s.rollback()
s=Session(e1)
t("prepare",s.prepare); s.rollback(); t("flush objs",lambda:s.flush([A()])); t("bulk none",lambda:s.bulk_save_objects([])); t("is_modified",lambda:s.is_modified(A(n="x"))); t("is_modified bad",lambda:s.is_modified(5))
t("enable_rel",lambda:s.enable_relationship_loading(A(id=1)))
