"""A dialect and compilers of one's own, below SQLite's: visit methods, super(), types, identifiers, registration."""
import sys
from sqlalchemy import *
from sqlalchemy import exc, types as sqltypes
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDDLCompiler, SQLiteTypeCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql import compiler
from sqlalchemy.sql.compiler import SQLCompiler, IdentifierPreparer, GenericTypeCompiler, DDLCompiler
from sqlalchemy.sql.expression import ClauseElement, ColumnElement

class Widget(ColumnElement):
    __visit_name__ = "widget"
    inherit_cache = True
    type = String()

class ShoutingCompiler(SQLiteCompiler):
    def visit_widget(self, element, **kw):
        return "widget()"
    def visit_select(self, select_stmt, **kw):
        return super().visit_select(select_stmt, **kw) + " /* ours */"
    def visit_concat_op_binary(self, binary, operator, **kw):
        return "concat(%s, %s)" % (self.process(binary.left, **kw), self.process(binary.right, **kw))
    def limit_clause(self, select, **kw):
        text = super().limit_clause(select, **kw)
        return text.replace("LIMIT", "limit")
    def visit_true(self, expr, **kw):
        return "TRUE_"
    def visit_lower_func(self, fn, **kw):
        return "LOWER%s" % self.function_argspec(fn, **kw)

class OurTypes(SQLiteTypeCompiler):
    def visit_VARCHAR(self, type_, **kw):
        return "TEXTY(%s)" % (type_.length or 255)
    def visit_datetime(self, type_, **kw):
        return "MOMENT"

class OurDDL(SQLiteDDLCompiler):
    def visit_create_table(self, create, **kw):
        return super().visit_create_table(create, **kw).rstrip() + " -- made here\n"
    def get_column_specification(self, column, **kw):
        return super().get_column_specification(column, **kw).replace("NOT NULL", "not null")
    def visit_create_index(self, create, **kw):
        return super().visit_create_index(create, **kw) + " /* ix */"

class OurPreparer(IdentifierPreparer):
    reserved_words = {"name", "select"}
    def __init__(self, dialect):
        super().__init__(dialect, initial_quote="[", final_quote="]")

class OurDialect(SQLiteDialect_pysqlite):
    name = "ours"
    driver = "pysqlite"
    supports_statement_cache = True
    statement_compiler = ShoutingCompiler
    ddl_compiler = OurDDL
    type_compiler = OurTypes
    preparer = OurPreparer

def attempt(label, fn):
    try: print(label, "->", fn())
    except Exception as e: print(label, "-> !!", type(e).__name__, e)

m = MetaData()
t = Table("item", m, Column("id", Integer, primary_key=True), Column("name", String(20), nullable=False, index=True), Column("at", DateTime), Column("Big", Boolean))
from sqlalchemy.schema import CreateTable, CreateIndex
d = OurDialect()
print(d.name, d.driver, d.statement_compiler.__name__, d.ddl_compiler.__name__, d.dialect_description)
print(CreateTable(t).compile(dialect=d))
print(CreateIndex(list(t.indexes)[0]).compile(dialect=d))
for s in (select(t.c.name, Widget()).where(t.c.Big == true()).limit(5), select((t.c.name + "x").label("y")), select(func.lower(t.c.name), func.upper(t.c.name)), insert(t).values(name="q"), update(t).values(name="z").where(t.c.id == 3), select(t.c.id).union(select(t.c.id)).limit(2), select(cast(t.c.id, String(3)))):
    print(s.compile(dialect=d))
attempt("plain", lambda: str(select(Widget())))
attempt("sqlite", lambda: select(Widget()).compile(dialect=SQLiteDialect_pysqlite()))
attempt("type", lambda: String(7).compile(dialect=d))
attempt("type2", lambda: DateTime().compile(dialect=d))
c = select(t.c.name).compile(dialect=d); print(type(c).__name__, isinstance(c, SQLCompiler), type(c.preparer).__name__, c.preparer.quote("select"), c.preparer.quote("plain"), c.dialect is d)

class Upper(SQLCompiler):
    def visit_column(self, column, add_to_result_map=None, include_table=True, **kwargs):
        return super().visit_column(column, add_to_result_map=add_to_result_map, include_table=include_table, **kwargs).upper()
    def visit_bindparam(self, bindparam, **kw):
        return "<" + super().visit_bindparam(bindparam, **kw) + ">"
    def visit_binary(self, binary, override_operator=None, eager_grouping=False, **kw):
        return "{" + super().visit_binary(binary, override_operator=override_operator, eager_grouping=eager_grouping, **kw) + "}"
    def visit_table(self, table, asfrom=False, **kw):
        return "T:" + super().visit_table(table, asfrom=asfrom, **kw) if asfrom else super().visit_table(table, asfrom=asfrom, **kw)
    def order_by_clause(self, select, **kw):
        return super().order_by_clause(select, **kw) + " !"
    def get_select_precolumns(self, select, **kw):
        return "QUICK " + super().get_select_precolumns(select, **kw)
class Plain(DefaultDialect):
    statement_compiler = Upper
print(select(t.c.id, t.c.name).where(t.c.id == 5, t.c.name.like("x%")).order_by(t.c.id).compile(dialect=Plain()))
d2 = DefaultDialect(); d2.statement_compiler = Upper
print(select(t.c.id).where(t.c.id > 1).compile(dialect=d2))

import types as pytypes
mod = pytypes.ModuleType("our_dialects"); mod.OurDialect = OurDialect; sys.modules["our_dialects"] = mod
registry.register("ours", "our_dialects", "OurDialect")
registry.register("ours.fast", "our_dialects", "OurDialect")
attempt("missing", lambda: create_engine("nobody://"))
e = create_engine("ours://")
print(e, e.name, e.dialect.name, e.driver, type(e.dialect).__name__)
m.create_all(e)
with e.begin() as conn:
    conn.execute(insert(t), [{"name": "a"}, {"name": "b"}])
    print(conn.execute(select(t.c.name).where(t.c.id < 5).order_by(t.c.name)).all())
    print(conn.execute(select(func.lower(t.c.name)).limit(1)).scalar())
    attempt("widget", lambda: conn.execute(select(Widget())))
print(inspect(e).get_columns("item")[1]["type"].__class__.__name__)
print(create_engine("ours+fast://").dialect.statement_compiler is ShoutingCompiler)
