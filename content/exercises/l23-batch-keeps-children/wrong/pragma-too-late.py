import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("UPDATE customer SET name = trim(name)")
    op.execute("PRAGMA foreign_keys=OFF")
    with op.batch_alter_table("customer") as batch:
        batch.alter_column("name", existing_type=sa.String(20), type_=sa.String(200))


def downgrade():
    pass
