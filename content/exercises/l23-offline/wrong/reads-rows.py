import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

country = sa.table("country", sa.column("id"), sa.column("code"))


def upgrade():
    conn = op.get_bind()
    for row in conn.execute(sa.select(country)).mappings():
        conn.execute(sa.update(country).where(country.c.id == row["id"]).values(code=row["code"].upper()))


def downgrade():
    pass
