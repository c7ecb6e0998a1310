import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("member", sa.Column("email", sa.String(120)))


def downgrade():
    op.drop_column("member", "email")
