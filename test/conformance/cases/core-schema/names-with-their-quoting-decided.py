from sqlalchemy import *
from sqlalchemy import exc
from sqlalchemy.sql.functions import GenericFunction, ReturnTypeFromArgs, FunctionElement
from sqlalchemy.sql import quoted_name
from sqlalchemy.sql.elements import conv
from sqlalchemy.dialects import postgresql, mssql, mysql, oracle, sqlite
from sqlalchemy.schema import CreateTable, CreateIndex, CreateSchema, DropTable, AddConstraint, CreateSequence
import re
def attempt(label, fn):
    try: print(label, "->", fn())
    except Exception as e: print(label, "-> !!", type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
class as_utc(GenericFunction):
    type = DateTime
    inherit_cache = True
class plus_one(GenericFunction):
    type = Integer()
    name = "plus_1"
    inherit_cache = True
class mine(GenericFunction):
    type = String
    package = "pkg"
    identifier = "mm"
    name = quoted_name("Mine", True)
    inherit_cache = True
class firstof(ReturnTypeFromArgs):
    inherit_cache = True
attempt("1", lambda: select(func.as_utc(column("x"))))
attempt("1t", lambda: func.as_utc(column("x")).type)
attempt("2", lambda: (select(func.plus_one(3)), func.plus_one(3).type))
attempt("3", lambda: (select(func.pkg.mm(3)), func.pkg.mm(3).type))
attempt("4", lambda: (select(func.firstof(column("q", Numeric))), func.firstof(column("q", Numeric)).type))
m = MetaData()
t = Table(quoted_name("Items", True), m, Column(quoted_name("Id", True), Integer, primary_key=True), Column(quoted_name("plain", False), String), schema=quoted_name("My Schema", True))
t2 = Table(quoted_name("items", False), m, Column("a", Integer, ForeignKey(t.c.Id)), Column("B", Integer), schema=quoted_name("foo.dbo", True))
Index(quoted_name("IX", True), t.c.plain); Index(quoted_name("UPPER", False), t2.c.B)
for d in (postgresql, mssql, mysql, sqlite):
    dd = d.dialect()
    for x in (CreateTable(t), CreateTable(t2), select(t), select(t2).join(t), select(t).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL), select(t2).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL), t.insert(), t2.update().values(B=1), t2.delete().where(t2.c.a == 1), CreateIndex(list(t.indexes)[0]), CreateIndex(list(t2.indexes)[0]), CreateSchema(quoted_name("S", True)), DropTable(t2), CreateSequence(Sequence(quoted_name("Seq", True), schema=quoted_name("q", True)))):
        attempt(d.__name__.split(".")[-1], lambda: " ".join(str(x.compile(dialect=dd)).split()))
    p = dd.identifier_preparer
    attempt("prep", lambda: (p.quote(quoted_name("abc", True)), p.quote(quoted_name("ABC", False)), p.quote("select"), p.quote_schema("a b"), p.format_table(t), p.format_column(t.c.Id), p.quote_identifier('a"b'), p.format_label(t.c.Id.label("X y"))))
q = quoted_name("Abc", True)
attempt("q2", lambda: (quoted_name("x", None), isinstance(q, str), q.startswith("A"), f"{q}!", "%s" % q, q[0], len(q)))
attempt("pg inherits", lambda: CreateTable(Table("child", MetaData(), Column("x", Integer), postgresql_inherits=quoted_name("a.b", True))).compile(dialect=postgresql.dialect()))
attempt("pg inherits2", lambda: CreateTable(Table("child", MetaData(), Column("x", Integer), postgresql_inherits=("p1", quoted_name("P2", True)))).compile(dialect=postgresql.dialect()))
attempt("mssql null", lambda: CreateTable(Table("n", MetaData(), Column("x", Integer, nullable=True), Column("y", Integer, nullable=False), Column("z", Integer))).compile(dialect=mssql.dialect()))
attempt("translate", lambda: select(t.c.Id).compile(dialect=mssql.dialect(), schema_translate_map={"My Schema": "[abc]"}, render_schema_translate=True))
attempt("translate2", lambda: select(Table("t", MetaData(), Column("a"), schema="q").c.a).compile(dialect=mssql.dialect(), schema_translate_map={"q": "[has spaces].[x]"}, render_schema_translate=True))
attempt("sq", lambda: CreateSequence(Sequence("s", start=1, nominvalue=True, nomaxvalue=True)).compile(dialect=oracle.dialect()))
attempt("sq", lambda: CreateSequence(Sequence("s", start=1, nominvalue=True, nomaxvalue=True)).compile(dialect=postgresql.dialect()))
e = create_engine("sqlite://")
with e.begin() as c:
    c.exec_driver_sql("CREATE TABLE [Cd] ([Code] VARCHAR(10) PRIMARY KEY, [N] int)")
    c.exec_driver_sql("CREATE TABLE o (id integer primary key, [Ref] VARCHAR REFERENCES [Cd] ([Code]), `x` int, \"y\" int, CONSTRAINT [Uq] UNIQUE ([Ref], x), FOREIGN KEY ([x]) REFERENCES [Cd]([N]) ON DELETE CASCADE)")
    i = inspect(c)
    attempt("fk", lambda: i.get_foreign_keys("o")); attempt("uq", lambda: i.get_unique_constraints("o")); attempt("pk", lambda: i.get_pk_constraint("Cd"))
    attempt("refl", lambda: repr(Table("o", MetaData(), autoload_with=c)))
    attempt("strict", lambda: c.exec_driver_sql("create table st (a int generated always as (1) stored, b text) strict") and [dict(x, type=str(x["type"])) for x in inspect(c).get_columns("st")])
