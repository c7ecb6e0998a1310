import sqlalchemy as sa
from alembic import op

revision = "0002b"
down_revision = "0001"


def upgrade():
    op.add_column("orders", sa.Column("shipped", sa.String(10)))


def downgrade():
    op.drop_column("orders", "shipped")
