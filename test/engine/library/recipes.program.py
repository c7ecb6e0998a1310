# Names that recipes use beside the documented ones.
from sqlalchemy import LABEL_STYLE_NONE, LABEL_STYLE_TABLENAME_PLUS_COL, Column, Integer, MetaData, Table, column, create_engine, func, lateral, make_url, select, table
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.sql import LABEL_STYLE_DISAMBIGUATE_ONLY, coercions, operators, roles
from sqlalchemy.util import memoized_property

t = table("t", column("a", Integer))

print("== labels, dialects, operators, keys")
for style in (LABEL_STYLE_NONE, LABEL_STYLE_TABLENAME_PLUS_COL, LABEL_STYLE_DISAMBIGUATE_ONLY):
    print(select(t.c.a, t.c.a).set_label_style(style))
print(make_url("sqlite://").get_dialect(), make_url("postgresql+asyncpg://").get_dialect())
print(operators.isnot is operators.is_not, operators.notin_op is operators.not_in_op)
k, k2 = select(t)._generate_cache_key(), select(t)._generate_cache_key()
print(k.key == k2.key, k == k2, k.bindparams)
print(coercions.expect(roles.FromClauseRole, t), t.c.a.type._type_affinity)

print("== schema names with their own quoting")
print(select(Table("T1", MetaData(), Column("Col1", Integer, quote=False), quote=False, schema="Foo", quote_schema=False)))

print("== defaults")


def default(fn):
    try:
        return Column("x", Integer, default=fn).default.arg(None)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class C:
    def __call__(self):
        return 5

    def m(self):
        return 6


print(default(C()), default(C().m), default(lambda: 7), default(lambda c: 8), default(lambda a, b: 9))

print("== lateral functions")
print(func.generate_series(1, 5).lateral(), select(t).lateral("q"))

print("== memoized_property")


class A:
    @memoized_property
    def x(self):
        print("made")
        return 5


a = A()
print(a.x, a.x, a.__dict__)

print("== binds by table")
Base = declarative_base()


class P(Base):
    __tablename__ = "p"
    id = Column(Integer, primary_key=True)


e = create_engine("sqlite://")
Base.metadata.create_all(e)
s = Session(binds={P.__table__: e})
s.add(P(id=1))
s.commit()
print(s.query(P).count(), s.get_bind(P) is e)
