from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    pass


def downgrade():
    with op.batch_alter_table("member") as batch:
        batch.create_unique_constraint("uq_member_email", ["email"])
