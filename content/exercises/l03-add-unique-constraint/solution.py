product = Table(
    "product",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(20), unique=True, nullable=False),
    Column("name", String(100)),
)
metadata.create_all(engine)

with engine.begin() as conn:
    conn.execute(insert(product), {"code": "A-1", "name": "Lamp"})
try:
    with engine.begin() as conn:
        conn.execute(insert(product), {"code": "A-1", "name": "Chair"})
except IntegrityError as e:
    print("refused:", e.orig)
