from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.alter_column("member", "name", new_column_name="full_name")


def downgrade():
    op.alter_column("member", "fullname", new_column_name="name")
