"""What parts of a schema look like, attached to a table and not."""
from sqlalchemy import *
from sqlalchemy.schema import *
import re
def attempt(label, fn):
    try: print(label, "->", re.sub("0x[0-9a-f]+", "0x", str(fn())))
    except Exception as e: print(label, "-> !!", type(e).__module__, type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
m = MetaData(); t = Table("t", m, Column("a", Integer, primary_key=True), Column("b", ForeignKey("t.a")), CheckConstraint("a > 1", name="ck"), UniqueConstraint("a", "b"))
for f in (lambda: CheckConstraint("x > 1"), lambda: CheckConstraint(column("x") > 1, name="q"), lambda: UniqueConstraint("a", "b", name="u"), lambda: PrimaryKeyConstraint("a"), lambda: ForeignKeyConstraint(["a"], ["b.c"]), lambda: ForeignKey("a.b", ondelete="CASCADE"), lambda: Index("ix", "a", unique=True), lambda: Index("ix", column("a")), lambda: Computed("a+b", persisted=True), lambda: Identity(start=3), lambda: Sequence("s", start=2), lambda: DefaultClause("x"), lambda: FetchedValue(), lambda: ColumnDefault(5), lambda: ColumnDefault(lambda: 5), lambda: CreateTable(t), lambda: CreateIndex(Index("z", t.c.b)), lambda: AddConstraint(UniqueConstraint(t.c.a)), lambda: CreateSchema("s"), lambda: SetTableComment(t), lambda: MetaData(schema="z"), lambda: t, lambda: t.primary_key, lambda: list(t.foreign_keys), lambda: sorted(map(repr, t.constraints)), lambda: t.c, lambda: t.columns, lambda: t.indexes, lambda: Column("x", String(5), nullable=False, default=5, server_default="q", index=True, unique=True, comment="hi", onupdate=3), lambda: Column(Integer), lambda: Column("x", Enum("a", "b"), key="y", quote=True, doc="d", info={"a": 1}, autoincrement=False), lambda: Column("x", Integer, Sequence("s")), lambda: Column("x", Integer, Identity(always=True)), lambda: Column("x", Integer, ForeignKey("z.q"), primary_key=True), lambda: conv("x"), lambda: t.c.a.references(t.c.b), lambda: t.c.b.foreign_keys, lambda: ThreadLocalMetaData()):
    attempt("repr", lambda: repr(f())); attempt("str", lambda: str(f()))
ck = CheckConstraint("x > 1")
for n in ("table", "columns", "name", "sqltext", "deferrable", "initially", "info", "dialect_options", "dialect_kwargs", "contains_column"):
    attempt(n, lambda: getattr(ck, n)); attempt(n, lambda: getattr(UniqueConstraint("a"), n)); attempt(n, lambda: getattr(ForeignKeyConstraint(["a"], ["b.c"]), n)); attempt(n, lambda: getattr(ForeignKey("b.c"), n)); attempt(n, lambda: getattr(Index("x", "a"), n))
fk = ForeignKey("b.c")
for n in ("column", "target_fullname", "constraint", "use_alter", "ondelete", "onupdate", "deferrable", "match", "link_to_name", "get_referent", "references"):
    attempt(n, lambda: getattr(fk, n)); attempt(n, lambda: getattr(list(t.foreign_keys)[0], n))
attempt("fkc elements", lambda: [c.elements for c in t.foreign_key_constraints]); attempt("fkc cols", lambda: [(c.column_keys, list(c.columns), c.referred_table) for c in t.foreign_key_constraints])
