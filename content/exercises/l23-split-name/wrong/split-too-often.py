import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

person = sa.table("person", sa.column("id"), sa.column("name"), sa.column("first"), sa.column("last"))


def upgrade():
    op.add_column("person", sa.Column("first", sa.String(50)))
    op.add_column("person", sa.Column("last", sa.String(50)))
    conn = op.get_bind()
    for id_, name in conn.execute(sa.select(person.c.id, person.c.name)).all():
        first, last = name.split(" ")
        conn.execute(sa.update(person).where(person.c.id == id_).values(first=first, last=last))
    op.drop_column("person", "name")


def downgrade():
    pass
