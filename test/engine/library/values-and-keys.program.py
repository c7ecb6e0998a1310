import copy, warnings
warnings.simplefilter("always")
def show(message, category, filename, lineno, file=None, line=None): print("WARN", category.__name__, str(message)[:200])
warnings.showwarning = show
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import attribute_keyed_dict
from sqlalchemy.orm.util import identity_key
from sqlalchemy import types as ty, inspect
from sqlalchemy.engine import URL, make_url
def t(name, fn):
    try: print(name, fn())
    except BaseException as e: print(name, type(e).__name__, str(e).split(" at 0x")[0].split("(%(")[0])
t("q2", lambda: str(select(lambda: (column("a"), column("b")))))
class Base(DeclarativeBase): pass
class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[str]
    v: Mapped[str | None]
    u_id: Mapped[int | None] = mapped_column(ForeignKey("u.id"))
class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    notes: Mapped[dict[str, Note]] = relationship(collection_class=attribute_keyed_dict("k"))
    log = []
    @validates("notes", include_removes=True)
    def check(self, key, item, is_remove):
        self.log.append((key, item.k, is_remove)); return item
    @validates("name")
    def nm(self, key, v): return v.upper()
e = create_engine("sqlite://"); Base.metadata.create_all(e)
u = U(name="x", notes={"a": Note(k="a")})
u.notes["b"] = Note(k="b"); u.notes.setdefault("c", Note(k="c")); u.notes.update({"d": Note(k="d")}); del u.notes["a"]; u.notes.pop("b"); u.notes = {"z": Note(k="z")}
print(U.log, u.name, sorted(u.notes))
s = Session(e); s.add(u); s.commit()
t("ik", lambda: identity_key(U, row=s.execute(select(U.__table__)).one()))
t("ik2", lambda: identity_key(U, row=s.execute(text("select 1 as id, 2 as name")).one()))
t("ik3", lambda: identity_key(U, 5)); t("ik4", lambda: identity_key(U, (5,), identity_token="x")); t("ik5", lambda: identity_key(instance=u)); t("ik6", lambda: identity_key("x")); t("ik7", lambda: identity_key(U)); t("ik8", lambda: identity_key(U, 1, row=3)); t("ik9", lambda: identity_key(foo=3))
class P:
    def __init__(self): self.n = 0
    def __str__(self): self.n += 1; return "pw%d" % self.n
p = P(); url = URL.create("postgresql", username="me", password=p, host="h", database="d")
t("url", lambda: (str(url), url.render_as_string(hide_password=False), url.password is p, p.n))
u1 = make_url("sqlite:///x.db?a=1"); t("copy", lambda: (copy.copy(u1) is u1, copy.copy(u1) == u1, copy.deepcopy(u1) is u1))
class W(ty.TypeDecorator):
    impl = String; cache_ok = True
class NoBool:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self
    def __bool__(self): raise TypeError("no truth")
    __hash__ = None
class MyT(ty.UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **k): return "VARCHAR(5)"
    def bind_processor(self, d): return lambda v: v.v if isinstance(v, NoBool) else v
    def compare_values(self, a, b): return a.v == b.v if isinstance(a, NoBool) and isinstance(b, NoBool) else a is b
class N2(Base):
    __tablename__ = "n2"
    id = mapped_column(Integer, primary_key=True); x = mapped_column(MyT)
N2.__table__.create(e)
s.add(N2(id=1, x=NoBool("a"))); s.commit()
n = s.get(N2, 1); n.x; n.x = NoBool("b"); s.commit(); print(s.execute(text("select x from n2")).scalar())
with e.connect() as c:
    c.exec_driver_sql('create table odd (a varchar(12, 3), b numeric(1), c wiggle(4), d char(3,4), e double(2,3), f integer(5), g json(4), h datetime(3,3), i text(3), j "NUMERIC(a,b)")')
    for col in inspect(c).get_columns("odd"): print(col["name"], repr(col["type"]))
class Q(Base):
    __tablename__ = "q"
    id: Mapped[int] = mapped_column(primary_key=True)
t("inl", lambda: str(column("x").in_([column("a"), literal(3), func.foo(), "x"])))
for bad in ([text("b")], [select(1)], [1, select(1).scalar_subquery()]):
    t("inl", lambda: str(column("x").in_(bad)).split(" 0x")[0])
from sqlalchemy.sql.elements import ClauseList
t("inl2", lambda: str(column("x").in_([ClauseList(column("a"))])))
