import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "country", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(2))
    )


def downgrade():
    op.drop_table("country")
