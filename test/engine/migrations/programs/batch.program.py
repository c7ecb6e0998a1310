# batch_alter_table: what a copy of the table is made of, and in which order its columns stand.
import io
import re
import warnings

import sqlalchemy as sa
from sqlalchemy import inspect, text

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

warnings.simplefilter("ignore")


def emitted(program, dialect="sqlite"):
    out = io.StringIO()
    context = MigrationContext.configure(dialect_name=dialect, opts={"as_sql": True, "output_buffer": out})
    try:
        program(Operations(context))
    except Exception as e:
        out.write(f"{type(e).__name__}: {str(e)[:200]}\n")
    return "\n".join(line for line in out.getvalue().splitlines() if line)


def pier(*more, **kw):
    return sa.Table(
        "pier",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("x", sa.String(10)),
        sa.Column("y", sa.Integer),
        *more,
        **kw,
    )


def copied(title, program, *more, options={}, **kw):
    """Offline: the table is given, so nothing has to be read."""
    print(f"== {title}")

    def run(op):
        with op.batch_alter_table("pier", copy_from=pier(*more, **kw), **options) as batch:
            program(batch)

    print(emitted(run))


C = sa.Column
copied("rename a column", lambda b: b.alter_column("x", new_column_name="q"))
copied("rename a key column", lambda b: b.alter_column("id", new_column_name="pier_id"))
copied("rename a column that a unique constraint is over", lambda b: b.alter_column("y", new_column_name="z"), sa.UniqueConstraint("y", name="uq_y"))
copied("rename a column with an index", lambda b: b.alter_column("y", new_column_name="z"), sa.Index("ix_y", "y"))
copied("rename a column that a CHECK names", lambda b: b.alter_column("y", new_column_name="z"), sa.CheckConstraint(sa.column("y") > 5, name="ck_y"))
copied("rename a column with a foreign key", lambda b: b.alter_column("o_id", new_column_name="owner"), C("o_id", sa.ForeignKey("o.id", name="fk_o")))
copied("a type", lambda b: b.alter_column("y", type_=sa.String(8)))
copied("a type of the same kind", lambda b: b.alter_column("x", type_=sa.Text()))
copied("a type to JSON", lambda b: b.alter_column("x", type_=sa.JSON()))
copied("a type with a CHECK goes", lambda b: b.alter_column("flag", type_=sa.Integer(), existing_type=sa.Boolean(create_constraint=True, name="ck_flag")), C("flag", sa.Boolean(create_constraint=True, name="ck_flag")))
copied("a type with a CHECK comes", lambda b: b.alter_column("y", type_=sa.Boolean(create_constraint=True, name="ck_y"), existing_type=sa.Integer()))
copied("a column whose type has a CHECK is renamed", lambda b: b.alter_column("flag", new_column_name="banner", existing_type=sa.Boolean(create_constraint=True, name="ck_flag")), C("flag", sa.Boolean(create_constraint=True, name="ck_flag")))
copied("nullable and a default", lambda b: (b.alter_column("x", nullable=False), b.alter_column("y", server_default="10")))
copied("a default goes", lambda b: b.alter_column("z", server_default=None), C("z", sa.Integer, server_default="5"))
copied("a column goes", lambda b: b.drop_column("x"))
copied("the key column goes", lambda b: b.drop_column("id"))
copied("a column with a foreign key goes", lambda b: b.drop_column("o_id"), C("o_id", sa.ForeignKey("o.id")))
copied("another column than the foreign key's goes", lambda b: b.drop_column("x"), C("o_id", sa.ForeignKey("o.id")))
copied("a column that is not there", lambda b: b.drop_column("nope"))
copied("a new column", lambda b: b.add_column(C("g", sa.Integer)), options={"recreate": "always"})
copied("a new column before", lambda b: b.add_column(C("g", sa.Integer), insert_before="x"), options={"recreate": "always"})
copied("a new column before the first", lambda b: b.add_column(C("g", sa.Integer), insert_before="id"), options={"recreate": "always"})
copied("a new column after", lambda b: b.add_column(C("g", sa.Integer), insert_after="id"), options={"recreate": "always"})
copied("a new column after the last", lambda b: b.add_column(C("g", sa.Integer), insert_after="y"), options={"recreate": "always"})
copied("new columns after one another", lambda b: (b.add_column(C("g", sa.Integer), insert_after="id"), b.add_column(C("h", sa.Integer), insert_after="g")), options={"recreate": "always"})
copied("new columns before one another", lambda b: (b.add_column(C("g", sa.Integer), insert_after="id"), b.add_column(C("h", sa.Integer), insert_before="g")), options={"recreate": "always"})
copied("a new column in its place and one without", lambda b: (b.add_column(C("g", sa.Integer), insert_after="id"), b.add_column(C("h", sa.Integer))), options={"recreate": "always"})
copied("a place without a copy", lambda b: b.add_column(C("g", sa.Integer), insert_after="id"), options={"recreate": "never"})
copied("columns in another order", lambda b: None, options={"recreate": "always", "partial_reordering": [("y", "id", "x")]})
copied("some columns in another order", lambda b: b.add_column(C("g", sa.Integer)), options={"recreate": "always", "partial_reordering": [("y", "x"), ("g", "y")]})
copied("an order that cannot be", lambda b: None, options={"recreate": "always", "partial_reordering": [("x", "x")]})
copied("a unique constraint comes", lambda b: b.create_unique_constraint("uq_x", ["x", "y"]))
copied("a unique constraint goes", lambda b: b.drop_constraint("uq_y", type_="unique"), sa.UniqueConstraint("y", name="uq_y"))
copied("a constraint that is not there", lambda b: b.drop_constraint("uq_nope", type_="unique"))
copied("a constraint without a name", lambda b: b.create_unique_constraint(None, ["x"]))
copied("a CHECK comes and one goes", lambda b: (b.create_check_constraint("ck_new", "x != ''"), b.drop_constraint("ck_old", type_="check")), sa.CheckConstraint("y > 0", name="ck_old"))
copied("a CHECK of a column goes", lambda b: b.drop_constraint("ck_z", type_="check"), C("z", sa.Integer, sa.CheckConstraint("z > 1", name="ck_z")))
copied("a foreign key comes", lambda b: b.create_foreign_key("fk_y", "o", ["y"], ["id"], ondelete="CASCADE"))
copied("a foreign key to the table itself", lambda b: b.alter_column("x", nullable=False), C("up", sa.ForeignKey("pier.id", name="fk_up")))
copied("a foreign key of two columns", lambda b: b.alter_column("x", nullable=False), C("a", sa.Integer), C("b", sa.Integer), sa.ForeignKeyConstraint(["a", "b"], ["o.a", "o.b"]))
copied("a foreign key into a schema", lambda b: b.alter_column("x", nullable=False), C("o_id", sa.ForeignKey("far.o.id")))
copied("another key", lambda b: b.create_primary_key("pk_pier", ["x", "y"]))
copied("the key goes", lambda b: b.drop_constraint("pk_pier", type_="primary"), sa.PrimaryKeyConstraint("id", name="pk_pier"))
copied("an index comes", lambda b: b.create_index("ix_x", ["x"], unique=True), options={"recreate": "always"})
copied("an index goes", lambda b: b.drop_index("ix_y"), sa.Index("ix_y", "y"), options={"recreate": "always"})
copied("an index that is not there", lambda b: b.drop_index("ix_nope"), options={"recreate": "always"})
copied("an index alone", lambda b: b.create_index("ix_x", ["x"]))
copied("further arguments of the table", lambda b: None, options={"recreate": "always", "table_args": [sa.UniqueConstraint("x", name="uq_late")], "table_kwargs": {"sqlite_autoincrement": True}})
copied("options that the table has", lambda b: b.alter_column("x", nullable=False), sqlite_with_rowid=False, sqlite_autoincrement=False)
copied("a wish that there is not", lambda b: None, options={"recreate": "perhaps"})


def named(op):
    with op.batch_alter_table("pier") as batch:
        batch.alter_column("x", nullable=False)


print("== nothing to read from")
print(emitted(named))
print("== other dialects alter")
for dialect in "postgresql", "mysql":

    def alter(op):
        with op.batch_alter_table("pier", schema="app") as batch:
            batch.add_column(C("g", sa.Integer))
            batch.alter_column("x", nullable=False, existing_type=sa.String(5))
            batch.drop_column("y")
            batch.create_index("ix_g", ["g"])
            batch.create_foreign_key("fk_g", "o", ["g"], ["id"])
            batch.drop_constraint("ck", type_="check")
            batch.create_table_comment("by the sea")
            batch.drop_table_comment()
            batch.execute("SELECT 1")

    print(emitted(alter, dialect))

# -- with a database: what is read is carried over


def database(ddl):
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    with engine.begin() as c:
        for statement in ddl:
            c.execute(text(statement))
    return engine


def done(title, ddl, program, **options):
    print(f"== {title}")
    engine = database(ddl)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        op = Operations(context)
        try:
            with op.batch_alter_table("t", **options) as batch:
                program(batch)
            connection.commit()
        except Exception as e:
            print(f"{type(e).__name__}: {str(e).splitlines()[0]}")
        for row in connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")):
            print(re.sub(r"\s+", " ", row[0]))
        print(connection.execute(text("SELECT * FROM t")).all())


T = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(5) DEFAULT 'q', b INTEGER DEFAULT (1 + 1), CONSTRAINT uq UNIQUE (a), CHECK (b > 0))"
ROWS = "INSERT INTO t (id, a, b) VALUES (1, 'x', 5), (2, NULL, 7)"
done("rows are kept", [T, ROWS], lambda b: b.alter_column("a", new_column_name="z", type_=sa.Text()))
done("a cast on the way", [T, ROWS], lambda b: b.alter_column("b", type_=sa.String(9)))
done("a column that must not be NULL", [T, ROWS], lambda b: b.alter_column("a", nullable=False))
done("unnamed constraints by a convention", ["CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (a), UNIQUE (b))"], lambda b: b.drop_constraint("uq_t_a", type_="unique"), naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"})
done("reflected with a column that knows more", [T, ROWS], lambda b: b.alter_column("b", nullable=False), reflect_args=[C("a", sa.Boolean(create_constraint=True))])
done("only some columns are reflected", [T, ROWS], lambda b: b.alter_column("b", nullable=False), reflect_kwargs={"include_columns": ["id", "b"]})
done("an index on a column that goes", [T, ROWS, "CREATE INDEX ix_b ON t (b)"], lambda b: (b.drop_index("ix_b"), b.drop_column("b")))
done("a default that is an expression", [T, ROWS], lambda b: b.add_column(C("at", sa.Integer, server_default=sa.text("(2 * 3)"))))
done("a generated column", ["CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED)", "INSERT INTO t (a) VALUES (4)"], lambda b: b.add_column(C("c", sa.Integer, sa.Computed("a + 1"))))
