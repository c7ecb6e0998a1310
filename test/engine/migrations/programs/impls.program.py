# What a program's own impl of a dialect changes, and the transaction of a run that it ends itself.
print("== an impl of one's own")
from sqlalchemy import *
from sqlalchemy import types
from alembic.ddl.sqlite import SQLiteImpl
from alembic.ddl.impl import DefaultImpl
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
print(SQLiteImpl.__dialect__, DefaultImpl.__dialect__)
class Mine(SQLiteImpl):
    __dialect__ = "sqlite"
    transactional_ddl = True
    def version_table_impl(self, *, version_table, version_table_schema, version_table_pk, **kw):
        t = super().version_table_impl(version_table=version_table, version_table_schema=version_table_schema, version_table_pk=version_table_pk, **kw)
        t.append_column(Column("applied_at", String, server_default=text("'now'")))
        return t
    def compare_type(self, inspector_column, metadata_column):
        print("compare_type", inspector_column.name)
        return super().compare_type(inspector_column, metadata_column)
    def render_type(self, type_, autogen_context):
        if isinstance(type_, types.Text):
            autogen_context.imports.add("import my")
            return "my.Text()"
        return super().render_type(type_, autogen_context)
    def compare_server_default(self, a, b, c, d):
        print("default", c, d)
        return False
    def add_column(self, table_name, column, *, schema=None, **kw):
        print("add_column", table_name, column.name, schema)
        super().add_column(table_name, column, schema=schema, **kw)
    def drop_table(self, table, **kw):
        print("drop_table", table.name, kw)
        super().drop_table(table, **kw)
    def create_index(self, index, **kw):
        print("create_index", index.name, kw)
        super().create_index(index, **kw)
m=MetaData(); Table("t",m,Column("a",Text),Column("b",Integer,server_default="3"))
m2=MetaData(); Table("t",m2,Column("a",String(3)),Column("b",Integer,server_default="4"),Column("c",Text))
e=create_engine("sqlite://")
with e.connect() as c:
    m.create_all(c)
    ctx=MigrationContext.configure(c)
    print(type(ctx.impl).__name__, ctx.impl.transactional_ddl, isinstance(ctx.impl, SQLiteImpl))
    print(ctx._version.c.keys())
    s=produce_migrations(ctx,m2)
    print(render_python_code(s.upgrade_ops, migration_context=ctx))
    op=Operations(ctx)
    op.add_column("t", Column("z",Integer))
    op.create_index("ix","t",["z"],if_not_exists=True)
    op.drop_table("t")
    print(DefaultImpl.get_by_dialect(c.dialect) is Mine)

print("== the transaction of a run")
e=create_engine("sqlite://")
with e.connect() as c:
    ctx=MigrationContext.configure(c, opts={"transactional_ddl":True,"transaction_per_migration":True})
    op=Operations(ctx)
    with ctx.begin_transaction(_per_migration=True) as t:
        op.execute("create table x (a int)")
        t.rollback()
        try: t.rollback()
        except AssertionError as x: print(type(x).__name__)
    t=ctx.begin_transaction(_per_migration=True)
    print(c.in_transaction(), hasattr(t,"commit"))
    t.commit()
    print(c.in_transaction())
    ctx=MigrationContext.configure(c, opts={"transactional_ddl":False})
    t=ctx.begin_transaction()
    print(hasattr(t,"commit"), hasattr(t, "rollback"))
