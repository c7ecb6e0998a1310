# What each directive emits, for each dialect that Alembic knows.
import io
import re
import warnings

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

warnings.simplefilter("ignore")
DIALECTS = "sqlite", "postgresql", "mysql", "mariadb", "mssql", "oracle"


def emitted(dialect, program, **opts):
    """The SQL that the operations write in offline mode, or their error."""
    out = io.StringIO()
    context = MigrationContext.configure(
        dialect_name=dialect, opts={"as_sql": True, "output_buffer": out, **opts}
    )
    try:
        program(Operations(context))
    except Exception as e:
        out.write(f"{type(e).__name__}: {re.sub(r' object at 0x[0-9a-f]+', '', str(e))[:160]}\n")
    return "\n".join(line for line in out.getvalue().splitlines() if line)


def section(program, *dialects, **opts):
    print(f"== {program.__name__.replace('_', ' ')}")
    shown = {}
    for dialect in dialects or DIALECTS:
        shown.setdefault(emitted(dialect, program, **opts), []).append(dialect)
    for text, names in shown.items():
        print(f"-- {', '.join(names)}\n{text}")


def create_table(op):
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False, comment="as on the card"),
        sa.Column("opened", sa.DateTime(), server_default=sa.func.now()),
        sa.Column("balance", sa.Numeric(10, 2), server_default="0"),
        sa.Column("owner", sa.Integer(), sa.ForeignKey("person.id", ondelete="CASCADE")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
        sa.CheckConstraint("balance >= 0", name="ck_account_balance"),
        comment="where the money is",
    )


def create_table_with_indexes_and_a_schema(op):
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(10), index=True),
        sa.Column("code", sa.String(10), unique=True),
        sa.Column("at", sa.Date),
        schema="log",
    )


def create_table_if_not_exists(op):
    op.create_table("t", sa.Column("x", sa.Integer), if_not_exists=True)
    op.drop_table("t", if_exists=True)


def types_that_come_with_constraints(op):
    op.create_table(
        "t",
        sa.Column("flag", sa.Boolean(create_constraint=True, name="ck_flag")),
        sa.Column("mood", sa.Enum("good", "bad", name="mood", create_constraint=True, native_enum=False)),
    )
    op.add_column("t", sa.Column("other", sa.Boolean(create_constraint=True, name="ck_other")))


def drop_rename_and_comment_on_tables(op):
    op.drop_table("old", schema="app")
    op.rename_table("a", "b")
    op.rename_table("a", "b", schema="app")
    op.create_table_comment("t", "it's a table", existing_comment="before")
    op.drop_table_comment("t", existing_comment="it's a table")


def add_column(op):
    op.add_column("t", sa.Column("a", sa.Integer, nullable=False, server_default="7"))
    op.add_column("t", sa.Column("b", sa.String(10), comment="why"), schema="app")
    op.add_column("t", sa.Column("c", sa.Integer, sa.Computed("a + 1", persisted=True)))
    op.add_column("t", sa.Column("d", sa.Integer, index=True))


def add_column_with_an_identity(op):
    op.add_column("t", sa.Column("e", sa.Integer, sa.Identity(always=True, start=5, increment=2)))


def add_column_with_keys(op):
    op.add_column("t", sa.Column("r", sa.Integer, sa.ForeignKey("o.id", name="fk_r")))
    op.add_column("t", sa.Column("s", sa.Integer, sa.ForeignKey("o.id", ondelete="SET NULL")), inline_references=True)
    op.add_column("t", sa.Column("p", sa.Integer, primary_key=True), inline_primary_key=True)
    op.add_column("t", sa.Column("u", sa.Integer, unique=True))


def add_and_drop_column_if_it_is_not_or_is_there(op):
    op.add_column("t", sa.Column("a", sa.Integer), if_not_exists=True)
    op.drop_column("t", "a", if_exists=True)
    op.drop_column("t", "b", schema="app")


def alter_column_nullable(op):
    op.alter_column("t", "c", nullable=False, existing_type=sa.String(20))
    op.alter_column("t", "c", nullable=True, existing_type=sa.String(20), schema="app")


def alter_column_nullable_without_its_type(op):
    op.alter_column("t", "c", nullable=True)


def alter_column_type(op):
    op.alter_column("t", "c", type_=sa.BigInteger(), existing_type=sa.Integer(), existing_nullable=False)
    op.alter_column("t", "c", type_=sa.Numeric(8, 3))
    op.alter_column("t", "c", type_=sa.Text(), nullable=True)


def alter_column_type_with_using(op):
    op.alter_column("t", "c", type_=sa.Integer(), postgresql_using="c::integer")


def alter_column_server_default(op):
    op.alter_column("t", "c", server_default="x", existing_type=sa.String(5))
    op.alter_column("t", "c", server_default=sa.text("now()"), existing_type=sa.DateTime())
    op.alter_column("t", "c", server_default=None, existing_type=sa.String(5))
    op.alter_column("t", "c", server_default=None, existing_server_default="x", existing_type=sa.String(5))


def alter_column_name(op):
    op.alter_column("t", "c", new_column_name="d", existing_type=sa.Integer())
    op.alter_column(
        "t", "c", new_column_name="Camel", existing_type=sa.String(9), existing_nullable=False,
        existing_server_default="q", schema="app",
    )


def alter_column_comment(op):
    op.alter_column("t", "c", comment="it's new", existing_type=sa.Integer())
    op.alter_column("t", "c", comment="newer", existing_comment="new", existing_type=sa.Integer())
    op.alter_column("t", "c", comment=None, existing_comment="new", existing_type=sa.Integer())


def alter_column_everything_at_once(op):
    op.alter_column(
        "t", "c", new_column_name="d", type_=sa.String(30), nullable=False, server_default="z", comment="all",
        existing_type=sa.String(10), existing_nullable=True, existing_server_default=None,
    )


def alter_column_autoincrement(op):
    op.alter_column("t", "c", existing_type=sa.Integer(), autoincrement=True, existing_nullable=False)
    op.alter_column("t", "c", new_column_name="d", existing_type=sa.Integer(), existing_autoincrement=True)


def alter_column_identity(op):
    op.alter_column("t", "c", server_default=sa.Identity(), existing_server_default=None, existing_type=sa.Integer())
    op.alter_column(
        "t", "c", server_default=sa.Identity(always=True, start=9), existing_server_default=sa.Identity(start=3),
        existing_type=sa.Integer(),
    )
    op.alter_column("t", "c", server_default=None, existing_server_default=sa.Identity(), existing_type=sa.Integer())


def alter_column_computed(op):
    op.alter_column("t", "c", server_default=sa.Computed("a * 2"), existing_type=sa.Integer())


def alter_column_between_types_with_checks(op):
    op.alter_column(
        "t", "c",
        type_=sa.Boolean(create_constraint=True, name="ck_new"),
        existing_type=sa.Enum("a", "b", name="ck_old", create_constraint=True, native_enum=False),
        existing_nullable=True,
    )


def constraints(op):
    op.create_primary_key("pk_t", "t", ["a", "b"])
    op.create_unique_constraint("uq_t", "t", ["a", "b"], schema="app")
    op.create_unique_constraint("uq_later", "t", ["a"], deferrable=True, initially="DEFERRED")
    op.create_check_constraint("ck_t", "t", sa.column("a") > 5)
    op.create_check_constraint("ck_text", "t", "a % 2 = 0", schema="app")
    op.create_foreign_key("fk_t", "t", "o", ["a"], ["id"], ondelete="CASCADE", onupdate="SET NULL")
    op.create_foreign_key(
        "fk_far", "t", "o", ["a", "b"], ["x", "y"], source_schema="app", referent_schema="far",
        deferrable=True, initially="IMMEDIATE", match="FULL",
    )
    op.create_foreign_key("fk_self", "t", "t", ["parent"], ["id"])


def dropped_constraints(op):
    op.drop_constraint("fk_t", "t", type_="foreignkey")
    op.drop_constraint("uq_t", "t", type_="unique", schema="app")
    op.drop_constraint("pk_t", "t", type_="primary")
    op.drop_constraint("ck_t", "t", type_="check")
    op.drop_constraint("any", "t")


def a_constraint_of_no_known_kind(op):
    op.drop_constraint("x", "t", type_="funny")


def indexes(op):
    op.create_index("ix_t", "t", ["a", "b"])
    op.create_index("ix_u", "t", ["a"], unique=True, schema="app")
    op.create_index("ix_lower", "t", [sa.text("lower(name)"), sa.column("b").desc()])
    op.create_index("ix_maybe", "t", ["a"], if_not_exists=True)
    op.drop_index("ix_t", "t")
    op.drop_index("ix_u", table_name="t", schema="app", if_exists=True)


def indexes_of_postgresql(op):
    op.create_index("ix", "t", ["a"], postgresql_using="gin", postgresql_where=sa.text("a > 5"), postgresql_include=["b"])
    op.create_index("ix_c", "t", ["a"], postgresql_concurrently=True)
    op.drop_index("ix_c", "t", postgresql_concurrently=True)
    op.create_exclude_constraint(
        "ex_t", "t", (sa.column("room"), "="), (sa.column("during"), "&&"), using="gist", where=sa.text("room > 1")
    )


def columns_of_sql_server_with_what_hangs_on_them(op):
    op.drop_column("t", "c", mssql_drop_default=True, mssql_drop_check=True, mssql_drop_foreign_key=True)
    op.drop_column("t", "c", schema="app", mssql_drop_default=True)
    op.create_index("ix", "t", ["a"], mssql_include=["b"])


def rows(op):
    t = sa.table(
        "t", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("on", sa.Date), sa.column("ok", sa.Boolean)
    )
    import datetime

    op.bulk_insert(
        t,
        [
            {"id": 1, "name": "it's", "on": datetime.date(2024, 5, 6), "ok": True},
            {"id": 2, "name": None, "on": op.inline_literal(datetime.date(2024, 1, 2)), "ok": False},
        ],
    )
    op.execute("UPDATE t SET name = 'x'")
    op.execute(t.update().where(t.c.id == op.inline_literal(1)).values(name=op.inline_literal("y")))
    op.execute(t.delete().where(t.c.id == 5))


def rows_that_are_none(op):
    op.bulk_insert(sa.table("t", sa.column("x")), {"x": 5})


def names_with_a_convention(op):
    op.create_table(
        "t",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("o_id", sa.Integer, sa.ForeignKey("o.id")),
        sa.Column("code", sa.String(5), index=True, unique=True),
        sa.CheckConstraint("id > 0", name="positive"),
        sa.UniqueConstraint("o_id"),
    )
    op.create_check_constraint("small", "t", "id < 9")
    op.create_check_constraint(op.f("ck_as_it_is"), "t", "id < 9")
    op.create_unique_constraint(None, "t", ["a", "b"])
    op.create_foreign_key(None, "t", "o", ["a"], ["id"])
    op.drop_constraint("small", "t", type_="check")
    op.drop_constraint(op.f("ck_as_it_is"), "t", type_="check")
    op.create_index(None, "t", ["a"])


def in_a_transaction(op):
    context = op.get_context()
    with context.begin_transaction():
        op.execute("SELECT 1")
        with context.autocommit_block():
            op.execute("VACUUM")
        op.execute("SELECT 2")


for program in (
    create_table,
    create_table_with_indexes_and_a_schema,
    create_table_if_not_exists,
    types_that_come_with_constraints,
    drop_rename_and_comment_on_tables,
    add_column,
    add_column_with_an_identity,
    add_column_with_keys,
    add_and_drop_column_if_it_is_not_or_is_there,
    alter_column_nullable,
    alter_column_nullable_without_its_type,
    alter_column_type,
    alter_column_type_with_using,
    alter_column_server_default,
    alter_column_name,
    alter_column_comment,
    alter_column_everything_at_once,
    alter_column_autoincrement,
    alter_column_identity,
    alter_column_computed,
    alter_column_between_types_with_checks,
    constraints,
    dropped_constraints,
    a_constraint_of_no_known_kind,
    indexes,
):
    section(program)
section(indexes_of_postgresql, "postgresql")
section(columns_of_sql_server_with_what_hangs_on_them, "mssql")
section(rows)
section(rows_that_are_none, "sqlite")
section(in_a_transaction)
convention = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
section(names_with_a_convention, "postgresql", "mysql", target_metadata=convention)
