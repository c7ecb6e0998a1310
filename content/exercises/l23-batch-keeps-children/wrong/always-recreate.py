import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("customer", recreate="always") as batch:
        batch.alter_column("name", existing_type=sa.String(20), type_=sa.String(200))


def downgrade():
    pass
