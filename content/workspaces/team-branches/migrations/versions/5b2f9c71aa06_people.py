"""people

Revision ID: 5b2f9c71aa06
Revises:
Create Date: 2026-04-13 10:02:44.710335

"""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "5b2f9c71aa06"
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )


def downgrade() -> None:
    op.drop_table("person")
