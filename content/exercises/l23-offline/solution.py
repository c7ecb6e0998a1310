import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

country = sa.table("country", sa.column("id"), sa.column("code"))


def upgrade():
    op.execute(sa.update(country).values(code=sa.func.upper(country.c.code)))


def downgrade():
    pass
