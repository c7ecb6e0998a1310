import sqlalchemy as sa
from alembic import op

revision = "0002a"
down_revision = "0001"


def upgrade():
    op.add_column("orders", sa.Column("total", sa.Integer()))


def downgrade():
    op.drop_column("orders", "total")
