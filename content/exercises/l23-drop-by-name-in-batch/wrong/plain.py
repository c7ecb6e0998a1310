from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.drop_constraint("uq_member_email", "member", type_="unique")


def downgrade():
    op.create_unique_constraint("uq_member_email", "member", ["email"])
