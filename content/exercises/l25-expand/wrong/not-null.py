import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("member", sa.Column("full_name", sa.String(50), nullable=True))
    op.execute("UPDATE member SET full_name = name")
    with op.batch_alter_table("member") as batch:
        batch.alter_column("full_name", existing_type=sa.String(50), nullable=False)


def downgrade():
    op.drop_column("member", "full_name")
