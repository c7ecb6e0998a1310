revision = "0003x"
down_revision = "0001"


def upgrade():
    pass


def downgrade():
    pass
