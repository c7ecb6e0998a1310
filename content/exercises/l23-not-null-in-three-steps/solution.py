import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("member", sa.Column("country", sa.String(2), nullable=True))
    op.execute("UPDATE member SET country = 'NL'")
    with op.batch_alter_table("member") as batch:
        batch.alter_column("country", existing_type=sa.String(2), nullable=False)


def downgrade():
    op.drop_column("member", "country")
