from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("member") as batch:
        batch.drop_constraint("member_email_key", type_="unique")


def downgrade():
    with op.batch_alter_table("member") as batch:
        batch.create_unique_constraint("uq_member_email", ["email"])
