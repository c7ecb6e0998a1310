metadata = MetaData()
users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30)),
    Column("age", Integer),
    Column("score", Float),
    Column("active", Boolean),
    Column("born", Date),
)
addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id")),
    Column("email", String(60), nullable=False),
)
orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id")),
    Column("total", Numeric(10, 2)),
    Column("status", String(10), default="new"),
    Column("note", Text, server_default="-"),
    Column("rev", Integer, default=1, onupdate=func.abs(2)),
)
node = Table("node", metadata, Column("id", Integer, primary_key=True), Column("parent_id", Integer, ForeignKey("node.id")), Column("data", JSON))
odd = Table("Odd Table", metadata, Column("order", Integer, primary_key=True), Column("Group By", String), Column("50%", Integer), Column("a.b", Integer))
branch = Table("branch", metadata, Column("id", Integer, primary_key=True), Column("name", String), schema="hq")
pair = Table("pair", metadata, Column("x", Integer, primary_key=True), Column("y", Integer, primary_key=True), Column("z", String, default=func.lower("Z")))
u = users.c
a = addresses.c
o = orders.c
n = node.c
plain_t = table("plain", column("x"), column("y", Integer), column("z", String))
