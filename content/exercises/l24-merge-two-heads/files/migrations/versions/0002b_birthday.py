import sqlalchemy as sa
from alembic import op

revision = "0002b"
down_revision = "0001"


def upgrade():
    op.add_column("member", sa.Column("birthday", sa.Date()))


def downgrade():
    op.drop_column("member", "birthday")
