# What is no dialect where one is compiled for, and compile()'s other arguments.
from sqlalchemy import *
from sqlalchemy.dialects import postgresql, sqlite, mysql
from sqlalchemy.schema import *
from sqlalchemy.orm import *
import re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r.replace("\n", " ")))
a = Table("a", MetaData(), Column("id", Integer, primary_key=True), Column("x", String(5)))
e = create_engine("sqlite://")
for d in ("postgresql", 5, [], postgresql, postgresql.dialect, sqlite.dialect, e, {}, object(), "", None, 0, e.connect(), Integer):
    n = getattr(d, "__name__", type(d).__name__)
    for name, obj in (("select", select(a)), ("expr", a.c.id == 5), ("ddl", CreateTable(a)), ("ins", a.insert()), ("text", text("x")), ("func", func.now())):
        t(f"{n} {name}", lambda: obj.compile(dialect=d))
    t(f"{n} type", lambda: Integer().compile(dialect=d))
    t(f"{n} pos", lambda: select(a).compile(d))
    t(f"{n} type pos", lambda: String(5).compile(d))
for kw in (1.5, [], {"x": 1}, {"literal_binds": 5}, {"literal_binds": True, "zz": 1}, "literal_binds", None, {5: 6}):
    t("ckw %r" % (kw,), lambda: (a.c.x == "q").compile(compile_kwargs=kw))
t("nope", lambda: select(a).compile(nope=5)); t("column_keys", lambda: a.insert().compile(column_keys=["x"])); t("column_keys", lambda: a.insert().compile(column_keys="x")); t("column_keys", lambda: a.insert().compile(column_keys=["zz"]));t("column_keys", lambda: a.insert().compile(column_keys=5))
t("inline", lambda: a.insert().compile(inline=True)); t("linting", lambda: select(a).compile(linting=0)); t("literal_binds", lambda: select(a).compile(literal_binds=True)); t("schema_translate_map", lambda: select(a).compile(schema_translate_map={None: "q"})); t("render", lambda: select(a).compile(render_schema_translate=True, schema_translate_map={None: "q"}))
for d in (sqlite.dialect(paramstyle="named"), sqlite.dialect(paramstyle="format"), sqlite.dialect(paramstyle="numeric"), sqlite.dialect(paramstyle="numeric_dollar"), sqlite.dialect(paramstyle="pyformat"), postgresql.dialect(paramstyle="qmark")):
    t(d.paramstyle, lambda: (lambda c: (str(c), c.params, c.positiontup, c.construct_params({"x_1": "Z"}), c.positional))(select(a).where(a.c.x == "q", a.c.id.in_([1, 2]), a.c.x == bindparam("w")).compile(dialect=d)))
    t(d.paramstyle, lambda: (lambda c: (str(c), c.params))(select(a).where(a.c.id.in_([1, 2])).compile(dialect=d, compile_kwargs={"render_postcompile": True})))
for d in ("zz", 5):
    t("paramstyle", lambda: sqlite.dialect(paramstyle=d)); t("cmp", lambda: select(a).where(a.c.id == 5).compile(dialect=sqlite.dialect(paramstyle=d)))
t("enum", lambda: repr(Enum("a", nae=5))); t("ret", lambda: a.insert().returning(a.c.id, sort=True)); t("sel", lambda: select(a, x=5))
t("reflect", lambda: MetaData().reflect(None)); t("autoload", lambda: Table("zz", MetaData(), autoload_with="x"))
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
for x in ("users", User, 5, select(a), None):
    for f in (CreateTable, DropTable): t(f.__name__, lambda: f(x))
