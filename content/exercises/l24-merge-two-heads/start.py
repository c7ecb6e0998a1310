revision = "0003"
down_revision = "0001"


def upgrade():
    pass


def downgrade():
    pass
