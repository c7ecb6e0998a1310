"""names in two columns

Ada's branch: a data migration.

Revision ID: a41d0be8f352
Revises: 5b2f9c71aa06
Create Date: 2026-04-20 11:25:18.093572

"""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "a41d0be8f352"
down_revision: Union[str, Sequence[str], None] = "5b2f9c71aa06"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

# the table as it is while this migration runs: never the models, which go on changing
person = sa.table(
    "person",
    sa.column("id", sa.Integer),
    sa.column("full_name", sa.String),
    sa.column("given_name", sa.String),
    sa.column("family_name", sa.String),
)


def upgrade() -> None:
    # first the new columns, which may be empty as long as nobody has filled them
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("given_name", sa.String(60)))
        batch.add_column(sa.Column("family_name", sa.String(60)))

    connection = op.get_bind()
    for id, full_name in connection.execute(sa.select(person.c.id, person.c.full_name)).all():
        given, _, family = full_name.rpartition(" ")
        connection.execute(
            sa.update(person)
            .where(person.c.id == id)
            .values(given_name=given or family, family_name=family if given else "")
        )

    # then what was can go, and what is filled can be required
    with op.batch_alter_table("person") as batch:
        batch.alter_column("given_name", existing_type=sa.String(60), nullable=False)
        batch.alter_column("family_name", existing_type=sa.String(60), nullable=False)
        batch.drop_column("full_name")


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("full_name", sa.String(120)))

    op.execute(
        sa.update(person).values(full_name=sa.func.trim(person.c.given_name + " " + person.c.family_name))
    )

    with op.batch_alter_table("person") as batch:
        batch.alter_column("full_name", existing_type=sa.String(120), nullable=False)
        batch.drop_column("family_name")
        batch.drop_column("given_name")
