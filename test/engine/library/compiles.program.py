# @compiles over every kind of element, each calling the compiler's own visit method; constructs of a program's own; visitors.
from sqlalchemy import *
from sqlalchemy import types as T
from sqlalchemy.ext.compiler import compiles, deregister
from sqlalchemy.sql import expression as X, selectable, elements, functions, ddl, dml, compiler as C, visitors, operators, sqltypes
from sqlalchemy.sql.expression import ColumnElement, Executable, ClauseElement, UpdateBase, FunctionElement, ClauseList
from sqlalchemy.schema import *
from sqlalchemy.dialects import postgresql, sqlite, mysql
import re
def t(title, f):
    try: r = str(f())
    except BaseException as x: r = f"!{type(x).__name__}: {x}"
    print(title, '->', re.sub(r"0x[0-9a-f]+", "0x", r.replace("\n", " ")))
m = MetaData()
a = Table("a", m, Column("id", Integer, primary_key=True), Column("x", String(5)), CheckConstraint("x > 5", name="ck"), Index("ix", "x"), UniqueConstraint("x", name="uq"))
b = Table("b", m, Column("id", Integer, ForeignKey("a.id", name="fk"), primary_key=True))
CASES = [
 (X.BinaryExpression, "visit_binary", lambda: a.c.id == 5), (X.BindParameter, "visit_bindparam", lambda: literal(5)), (X.Cast, "visit_cast", lambda: cast(a.c.id, String)), (X.Label, "visit_label", lambda: select(a.c.id.label("z"))), (X.Case, "visit_case", lambda: case((a.c.id == 1, 2))), (X.UnaryExpression, "visit_unary", lambda: a.c.id.desc()), (X.BooleanClauseList, "visit_clauselist", lambda: and_(a.c.id == 1, a.c.x == "q")), (X.Grouping, "visit_grouping", lambda: (a.c.id + 1) * 2), (X.Extract, "visit_extract", lambda: extract("year", a.c.x)), (X.Over, "visit_over", lambda: func.sum(a.c.id).over()), (X.FunctionFilter, "visit_funcfilter", lambda: func.count().filter(a.c.id > 5)), (X.WithinGroup, "visit_withingroup", lambda: func.f().within_group(a.c.id)), (X.Null, "visit_null", lambda: null()), (X.True_, "visit_true", lambda: true()), (X.False_, "visit_false", lambda: false()), (X.TextClause, "visit_textclause", lambda: text("q :x")), (X.Tuple, "visit_tuple", lambda: tuple_(a.c.id, a.c.x)), (X.TypeCoerce, "visit_type_coerce", lambda: type_coerce(a.c.id, String)), (elements.CollationClause, "visit_collation", lambda: collate(a.c.x, "C")),
 (X.Select, "visit_select", lambda: select(a)), (X.CompoundSelect, "visit_compound_select", lambda: union(select(a.c.id), select(b.c.id))), (X.Alias, "visit_alias", lambda: select(a.alias("q").c.id)), (X.Subquery, "visit_subquery", lambda: select(select(a).subquery("s"))), (X.CTE, "visit_cte", lambda: select(select(a).cte("c"))), (X.Join, "visit_join", lambda: select(a.join(b))), (X.Lateral, "visit_lateral", lambda: select(select(a).lateral("l"))), (X.TableSample, "visit_tablesample", lambda: select(a.tablesample(5))), (X.Values, "visit_values", lambda: select(values(column("p", Integer), name="v").data([(1,)]))), (X.Exists, "visit_unary", lambda: exists(a)), (X.ScalarSelect, "visit_grouping", lambda: select(select(a.c.id).scalar_subquery())), (X.Insert, "visit_insert", lambda: a.insert()), (X.Update, "visit_update", lambda: a.update().values(x=1)), (X.Delete, "visit_delete", lambda: a.delete()), (Table, "visit_table", lambda: select(a)), (Column, "visit_column", lambda: select(a.c.id)), (functions.Function, "visit_function", lambda: func.foo(5)), (functions.count, "visit_function", lambda: func.count()), (functions.now, "visit_now_func", lambda: func.now()), (functions.coalesce, "visit_function", lambda: func.coalesce(1, 2)), (functions.max, "visit_function", lambda: func.max(a.c.id)),
 (CreateTable, "visit_create_table", lambda: CreateTable(a)), (DropTable, "visit_drop_table", lambda: DropTable(a)), (CreateIndex, "visit_create_index", lambda: CreateIndex(list(a.indexes)[0])), (DropIndex, "visit_drop_index", lambda: DropIndex(list(a.indexes)[0])), (CreateColumn, "visit_create_column", lambda: CreateTable(a)), (CheckConstraint, "visit_check_constraint", lambda: CreateTable(a)), (UniqueConstraint, "visit_unique_constraint", lambda: CreateTable(a)), (PrimaryKeyConstraint, "visit_primary_key_constraint", lambda: CreateTable(a)), (ForeignKeyConstraint, "visit_foreign_key_constraint", lambda: CreateTable(b)), (AddConstraint, "visit_add_constraint", lambda: AddConstraint(list(b.foreign_key_constraints)[0])), (CreateSchema, "visit_create_schema", lambda: CreateSchema("q")), (CreateSequence, "visit_create_sequence", lambda: CreateSequence(Sequence("s"))), (DDL, "visit_ddl", lambda: DDL("x %(table)s").against(a)),
 (String, "visit_string", lambda: CreateTable(a)), (Integer, "visit_integer", lambda: CreateTable(a)), (VARCHAR, "visit_VARCHAR", lambda: VARCHAR(5)), (BigInteger, "visit_big_integer", lambda: BigInteger()), (Boolean, "visit_boolean", lambda: Boolean()), (DateTime, "visit_datetime", lambda: DateTime()), (Enum, "visit_enum", lambda: Enum("a", name="e")), (JSON, "visit_JSON", lambda: JSON()), (Uuid, "visit_uuid", lambda: Uuid()), (LargeBinary, "visit_large_binary", lambda: LargeBinary()), (Numeric, "visit_numeric", lambda: Numeric(5, 2)), (Text, "visit_text", lambda: Text()), (Float, "visit_float", lambda: Float()), (Interval, "visit_interval", lambda: Interval()), (Date, "visit_date", lambda: Date()), (Time, "visit_time", lambda: Time()),
]
for cls, visit, make in CASES:
    def over(element, compiler, visit=visit, **kw):
        return "<<" + getattr(compiler, visit)(element, **kw) + ">>"
    t(f"{cls.__name__} before", make)
    compiles(cls)(over)
    t(f"{cls.__name__} str", make)
    for d in (sqlite.dialect(), postgresql.dialect(), mysql.dialect()):
        t(f"{cls.__name__} {d.name}", lambda: make().compile(dialect=d))
    deregister(cls)
    t(f"{cls.__name__} after", make)
class InsertFromSelect(Executable, ClauseElement):
    inherit_cache = False
    def __init__(self, table, sel): self.table, self.select = table, sel
@compiles(InsertFromSelect)
def ifs(e, c, **kw): return "INSERT INTO %s (%s)" % (c.process(e.table, asfrom=True, **kw), c.process(e.select, **kw))
t("ifs", lambda: InsertFromSelect(a, select(b).where(b.c.id > 5)))
class coalesce2(FunctionElement):
    name = "coalesce2"; inherit_cache = True; type = String()
@compiles(coalesce2)
def c2(e, c, **kw): return "coalesce2(%s)" % c.process(e.clauses, **kw)
@compiles(coalesce2, "postgresql", "mysql")
def c3(e, c, **kw): x, y = list(e.clauses); return "nvl(%s, %s)" % (c.process(x, **kw), c.process(y, **kw))
for d in (None, postgresql.dialect(), mysql.dialect(), sqlite.dialect()): t("c2", lambda: select(coalesce2(a.c.x, "q").label("w")).compile(dialect=d))
class timestamp(ColumnElement): type = TIMESTAMP(); inherit_cache = True
t("nocomp", lambda: select(timestamp()))
@compiles(timestamp, "postgresql")
def ts(e, c, **kw): return "now()"
t("only pg", lambda: select(timestamp())); t("pg", lambda: select(timestamp(), timestamp().label("q"), timestamp() > 5).compile(dialect=postgresql.dialect()))
class View(ExecutableDDLElement):
    def __init__(self, name, sel): self.name, self.selectable = name, sel
@compiles(View)
def v(e, c, **kw): return "CREATE VIEW %s AS %s" % (c.preparer.quote(e.name), c.sql_compiler.process(e.selectable, literal_binds=True))
t("view", lambda: View("My View", select(a).where(a.c.x == "it's"))); 
@compiles(String, "sqlite")
def st(type_, c, **kw): return "STRING(%s)" % type_.length
@compiles(CreateColumn, "sqlite")
def cc(e, c, **kw):
    col = e.element
    if "special" not in col.info: return c.visit_create_column(e, **kw)
    txt = "%s SPECIAL %s" % (c.preparer.format_column(col), c.type_compiler.process(col.type))
    dv = c.get_column_default_string(col)
    if dv is not None: txt += " DEFAULT " + dv
    if not col.nullable: txt += " NOT NULL"
    if col.constraints: txt += " " + " ".join(c.process(k) for k in col.constraints)
    return txt
t("cc", lambda: CreateTable(Table("z", MetaData(), Column("p", String(4), info={"special"}, server_default="q", nullable=False), Column("r", String(3)))).compile(dialect=sqlite.dialect()))
e = create_engine("sqlite://")
with e.connect() as c:
    t("run", lambda: c.execute(select(coalesce2(literal(None), literal("q")))).all()); a.create(c); t("ifs run", lambda: (c.execute(InsertFromSelect(a, select(literal(1), literal("z")))).rowcount, c.execute(select(a)).all()))
for visitor in ("select", "column", "bindparam", "table", "binary"):
    out = []
    visitors.traverse(select(a.c.x).where(a.c.id == 5), {}, {visitor: lambda e: out.append(str(e))}); print(visitor, out)
t("cloned", lambda: visitors.cloned_traverse(select(a).where(a.c.id == bindparam("q")), {}, {"bindparam": lambda b: setattr(b, "key", "zz")})); t("repl", lambda: visitors.replacement_traverse(a.c.id == 5, {}, lambda e, **k: b.c.id if e is a.c.id else None)); t("iter", lambda: [type(x).__name__ for x in visitors.iterate(select(a.c.id).where(a.c.id == 5))])
print("== a construct that says itself what it is in the row")
from sqlalchemy.types import NULLTYPE
class NamedMax(ColumnElement):
    name = "named_max"
    inherit_cache = True
@compiles(NamedMax)
def named_max(element, compiler, **kw):
    if kw.get("add_to_result_map"):
        kw["add_to_result_map"](None, None, (element,), NULLTYPE)
    return "max(3, 7)"
with create_engine("sqlite://").connect() as c:
    nm = NamedMax()
    print(c.execute(select(nm)).first()._mapping[nm])
