# One operation after another, and what each dialect is told to do for it: operations.test.ts performs the same.
import io
import re

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

INT = sa.Integer()
OPERATIONS = {
    "nullable": lambda op: op.alter_column("t", "c", nullable=True, existing_type=INT),
    "rename": lambda op: op.alter_column("t", "c", new_column_name="d", existing_type=INT),
    "default": lambda op: op.alter_column("t", "c", server_default="5", existing_type=INT),
    "type": lambda op: op.alter_column("t", "c", type_=sa.String(9)),
    "add a column": lambda op: op.add_column("t", sa.Column("c", INT, sa.ForeignKey("x.id"), nullable=False, comment="why"), schema="s"),
    "drop a column": lambda op: op.drop_column("t", "c"),
    "create a table": lambda op: op.create_table("t", sa.Column("id", INT, primary_key=True), sa.Column("b", sa.Boolean())),
    "drop a table": lambda op: op.drop_table("t", if_exists=True),
    "rename a table": lambda op: op.rename_table("t", "u"),
    "comment on a table": lambda op: op.create_table_comment("t", "it's"),
    "create an index": lambda op: op.create_index("ix", "t", ["a", sa.column("b") + 1], unique=True),
    "drop an index": lambda op: op.drop_index("ix", "t"),
    "foreign key": lambda op: op.create_foreign_key("fk", "t", "u", ["a"], ["b"], ondelete="CASCADE"),
    "unique": lambda op: op.create_unique_constraint("uq", "t", ["a", "b"]),
    "check": lambda op: op.create_check_constraint("ck", "t", sa.column("a") > 5),
    "primary key": lambda op: op.create_primary_key("pk", "t", ["a"]),
    "drop a foreign key": lambda op: op.drop_constraint("fk", "t", type_="foreignkey"),
    "execute": lambda op: op.execute("select 1"),
    "insert": lambda op: op.bulk_insert(sa.table("t", sa.column("a", INT), sa.column("b", sa.String())), [{"a": 1, "b": "it's"}]),
}

for name, perform in OPERATIONS.items():
    print(f"== {name}")
    for dialect in ("sqlite", "postgresql", "mysql", "mssql", "oracle"):
        buffer = io.StringIO()
        opts = {"as_sql": True, "output_buffer": buffer, "literal_binds": True}
        op = Operations(MigrationContext.configure(dialect_name=dialect, opts=opts))
        try:
            perform(op)
            statements = re.split(r";?\n+(?:GO|/)\n+|;\n+", buffer.getvalue())
            print(dialect, [" ".join(s.split()) for s in statements if s.strip()])
        except Exception as e:
            print(dialect, "!", e)
