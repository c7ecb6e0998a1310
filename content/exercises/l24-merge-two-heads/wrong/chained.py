revision = "0003"
down_revision = "0002a"


def upgrade():
    pass


def downgrade():
    pass
