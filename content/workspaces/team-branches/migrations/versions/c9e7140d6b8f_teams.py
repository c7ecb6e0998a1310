"""teams

Ben's branch.

Revision ID: c9e7140d6b8f
Revises: 5b2f9c71aa06
Create Date: 2026-04-21 15:51:09.660148

"""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "c9e7140d6b8f"
down_revision: Union[str, Sequence[str], None] = "5b2f9c71aa06"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    team = op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.bulk_insert(team, [{"name": "Engines"}, {"name": "Compilers"}])
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_person_team_id_team"), "team", ["team_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_constraint(op.f("fk_person_team_id_team"), type_="foreignkey")
        batch.drop_column("team_id")
    op.drop_table("team")
