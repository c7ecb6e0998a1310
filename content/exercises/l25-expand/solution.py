import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("member", sa.Column("full_name", sa.String(50), nullable=True))
    op.execute("UPDATE member SET full_name = name")


def downgrade():
    op.drop_column("member", "full_name")
