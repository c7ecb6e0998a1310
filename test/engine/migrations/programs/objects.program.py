# Operations as data: made, turned round, compared, carried out, rendered, and those that a program adds.
import io
import re
import warnings

import sqlalchemy as sa

from alembic import autogenerate
from alembic.autogenerate import renderers, render_python_code
from alembic.autogenerate.rewriter import Rewriter
from alembic.operations import MigrateOperation, Operations, ops
from alembic.operations.ops import DowngradeOps, MigrationScript, ModifyTableOps, UpgradeOps
from alembic.runtime.migration import MigrationContext

warnings.simplefilter("ignore")
m = sa.MetaData()
t = sa.Table(
    "t", m,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.String(5), nullable=False, comment="an a"),
    sa.Column("o_id", sa.ForeignKey("o.id", name="fk_o", ondelete="CASCADE")),
    sa.UniqueConstraint("a", name="uq_a"),
    sa.CheckConstraint("id > 0", name="ck_id"),
    sa.Index("ix_a", "a", unique=True),
    comment="a table", info={"k": 1}, prefixes=["TEMPORARY"],
)
o = sa.Table("o", m, sa.Column("id", sa.Integer, primary_key=True))


def section(title):
    print(f"== {title}")


def code(*operations, **kw):
    return render_python_code(UpgradeOps(operations), **kw)


def each():
    constraint = {c.name: c for c in t.constraints}
    yield ops.CreateTableOp.from_table(t)
    yield ops.DropTableOp.from_table(t)
    yield ops.AddColumnOp.from_column(t.c.a)
    yield ops.AddColumnOp.from_column_and_tablename("app", "t", t.c.o_id)
    yield ops.DropColumnOp.from_column_and_tablename("app", "t", t.c.a)
    yield ops.CreateIndexOp.from_index(list(t.indexes)[0])
    yield ops.DropIndexOp.from_index(list(t.indexes)[0])
    yield ops.AddConstraintOp.from_constraint(constraint["uq_a"])
    yield ops.AddConstraintOp.from_constraint(constraint["ck_id"])
    yield ops.AddConstraintOp.from_constraint(constraint["fk_o"])
    yield ops.DropConstraintOp.from_constraint(constraint["uq_a"])
    yield ops.DropConstraintOp.from_constraint(constraint["fk_o"])
    yield ops.CreateTableCommentOp("t", "new", existing_comment="old")
    yield ops.CreateTableCommentOp("t", "new")
    yield ops.DropTableCommentOp("t", existing_comment="old", schema="app")
    yield ops.AlterColumnOp("t", "a", existing_type=sa.Integer(), modify_type=sa.String(5), existing_nullable=True)
    yield ops.AlterColumnOp("t", "a", modify_nullable=False, existing_nullable=True, modify_comment="c", existing_comment=None)
    yield ops.AlterColumnOp("t", "a", modify_server_default="x", existing_server_default=None, schema="app")
    yield ops.ExecuteSQLOp("SELECT 1")


for op in each():
    section(f"{type(op).__name__} {getattr(op, 'table_name', '')} {getattr(op, 'schema', '')}")
    try:
        diff = op.to_diff_tuple()
        shown = repr(diff) if isinstance(diff, list) else str([diff[0], *map(str, diff[1:])])
        print(re.sub(r" object at 0x[0-9a-f]+", "", shown))
    except Exception as e:
        print(type(e).__name__, e)
    print(code(op))
    try:
        back = op.reverse()
        print(type(back).__name__)
        print(code(back))
        print(type(back.reverse()).__name__)
    except Exception as e:
        print(type(e).__name__, e)

section("what cannot be turned round")
for op in (ops.DropColumnOp("t", "x"), ops.DropConstraintOp("c", "t"), ops.RenameTableOp("a", "b"), ops.ExecuteSQLOp("x"), ops.BulkInsertOp(o, [])):
    try:
        print(op.reverse())
    except Exception as e:
        print(type(op).__name__, type(e).__name__, e)

section("before any migration")
try:
    from alembic import context as before, op as unset

    unset.add_column("t", sa.Column("x", sa.Integer))
except NameError as e:
    print(e)
try:
    before.configure()
except NameError as e:
    print(e)

section("containers")
up = UpgradeOps([ModifyTableOps("t", [ops.AddColumnOp("t", sa.Column("n", sa.Integer))], schema="app"), ops.CreateTableOp.from_table(o)])
print(up.is_empty(), UpgradeOps([]).is_empty(), up.upgrade_token, len(up.ops))
print([d[0] for d in up.as_diffs()])
down = up.reverse()
print(type(down).__name__, down.downgrade_token, [type(x).__name__ for x in down.ops], [type(x).__name__ for x in down.ops[1].ops])
print(code(*up.ops, render_as_batch=True))
up.ops[:] = up.ops[1:]
print(code(*up.ops))
up.ops.insert(0, ops.ExecuteSQLOp("-- first"))
print(code(*up.ops, sqlalchemy_module_prefix="sqlalchemy.", alembic_module_prefix=""))
print(code())

section("scripts")
script = MigrationScript("r1", UpgradeOps([]), DowngradeOps([]), message="m", branch_label="b", depends_on=["x"], imports={"import y"})
print(script.rev_id, script.message, script.branch_label, script.depends_on, sorted(script.imports), script.head, script.splice)
print(type(script.upgrade_ops).__name__, len(script.upgrade_ops_list), type(script.downgrade_ops).__name__)
script.upgrade_ops = [UpgradeOps([]), UpgradeOps([], "other")]
try:
    script.upgrade_ops
except ValueError as e:
    print(e)
print([x.upgrade_token for x in script.upgrade_ops_list])

section("alter column")
a = ops.AlterColumnOp("t", "c")
print(a.has_changes(), a.modify_nullable, a.modify_server_default, a.modify_comment)
a.modify_nullable = False
print(a.has_changes(), a.to_diff_tuple())
print(ops.AlterColumnOp("t", "c", modify_thing=1, existing_thing=2).reverse().kw)


@Operations.register_operation("create_sequence")
class CreateSequenceOp(MigrateOperation):
    def __init__(self, name, schema=None):
        self.name, self.schema = name, schema

    @classmethod
    def create_sequence(cls, operations, name, **kw):
        return operations.invoke(CreateSequenceOp(name, **kw))

    def reverse(self):
        return DropSequenceOp(self.name, self.schema)

    def to_diff_tuple(self):
        return ("create_sequence", self.name)


@Operations.register_operation("drop_sequence")
class DropSequenceOp(CreateSequenceOp):
    @classmethod
    def drop_sequence(cls, operations, name, **kw):
        return operations.invoke(cls(name, **kw))

    def reverse(self):
        return CreateSequenceOp(self.name, self.schema)


@Operations.implementation_for(CreateSequenceOp)
def create_sequence(operations, operation):
    operations.execute(f"CREATE SEQUENCE {operation.name}")
    return "made"


@renderers.dispatch_for(CreateSequenceOp)
def render_create(context, op):
    context.imports.add("import sequences")
    return [f"op.create_sequence({op.name!r})", "# done"]


section("an operation of one's own")
out = io.StringIO()
context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": out})
with Operations.context(context) as op:
    print(op.create_sequence("s1"), op.invoke(CreateSequenceOp("s2")), op.drop_sequence("s3"))
    from alembic import op as module

    print(module.create_sequence("s4"), module.get_context() is context, module.get_bind() is None, module.f("x"))
print(out.getvalue().split("\n\n"))
print(code(CreateSequenceOp("s"), DropSequenceOp("z")))
print(UpgradeOps([CreateSequenceOp("s")]).as_diffs(), [type(x).__name__ for x in UpgradeOps([CreateSequenceOp("s")]).reverse().ops])
try:
    op.invoke(MigrateOperation())
except ValueError as e:
    print("ValueError", str(e)[:36])
try:
    Operations.implementation_for(CreateSequenceOp)(create_sequence)
except ValueError as e:
    print(str(e)[:60], str(e)[-50:])


@Operations.implementation_for(CreateSequenceOp, replace=True)
def otherwise(operations, operation):
    return "otherwise"


print(op.create_sequence("s5"))

section("outside of a migration")
try:
    module.add_column("t", sa.Column("x", sa.Integer))
except AttributeError as e:
    print(e)
try:
    module.nonsense
except AttributeError as e:
    print("AttributeError")

section("rewriting")
one, two = Rewriter(), Rewriter()


@one.rewrites(ops.AddColumnOp)
def not_null_in_two_steps(context, revision, op):
    if op.column.nullable:
        return op
    op.column.nullable = True
    return [op, ops.AlterColumnOp(op.table_name, op.column.name, modify_nullable=False, existing_type=op.column.type)]


@one.rewrites(ops.DropColumnOp)
def never(context, revision, op):
    return []


@two.rewrites(ops.MigrateOperation)
def see(context, revision, op):
    print("saw", type(op).__name__)
    return op


def plain(context, revision, directives):
    print("plain", revision, len(directives))


script = MigrationScript(
    "r",
    UpgradeOps([ModifyTableOps("t", [ops.AddColumnOp("t", sa.Column("n", sa.Integer, nullable=False)), ops.DropColumnOp("t", "old")])]),
    DowngradeOps([]),
)
writer = one.chain(two).chain(plain)
directives = [script]
writer(None, ("h",), directives)
print(code(*script.upgrade_ops.ops))
print(len(directives), type(script.downgrade_ops).__name__)
