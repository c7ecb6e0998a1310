import sqlalchemy as sa
from alembic import context, op

revision = "0002"
down_revision = "0001"

country = sa.table("country", sa.column("id"), sa.column("code"))


def upgrade():
    if context.is_offline_mode():
        return
    conn = op.get_bind()
    for id_, code in conn.execute(sa.select(country.c.id, country.c.code)).all():
        conn.execute(sa.update(country).where(country.c.id == id_).values(code=code.upper()))


def downgrade():
    pass
