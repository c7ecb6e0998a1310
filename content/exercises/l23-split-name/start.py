import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("person", sa.Column("first", sa.String(50)))
    op.add_column("person", sa.Column("last", sa.String(50)))
    op.drop_column("person", "name")


def downgrade():
    op.add_column("person", sa.Column("name", sa.String(100)))
    op.drop_column("person", "last")
    op.drop_column("person", "first")
