from sqlalchemy import create_engine, literal, select, text, func, Column, Integer, String, MetaData, Table
from sqlalchemy.exc import OperationalError, CompileError

engine = create_engine("sqlite://")
def ask(value, pattern, flags=None):
    with engine.connect() as c:
        try:
            return c.scalar(select(literal(value).regexp_match(pattern, flags)))
        except Exception as e:
            return f"{type(e).__name__}: {e}"

for value, pattern in [("abc1", r"^[a-z]+\d$"), ("ABC", "(?i)abc"), ("a\nb", r"a$"), ("a\nb", r"(?m)a$"), ("aaa", "a{,2}b?$"),
                       ("xy", r"(?P<n>x)(?P=n)"), ("xx", r"(?P<n>x)(?P=n)"), ("end\n", r"end\Z"), ("end", r"end\Z"),
                       ("é", r"^\w$"), ("٣", r"^\d$"), ("a.b", r"a\.b"), ("ab", "a(?#comment)b"), ("ab", "(?x) a  b # end"),
                       ("b", "["), ("b", "(?P<1>b)"), ("b", "*"), ("aab", "a++b"), ("foo-bar", r"(?<=foo)-")]:
    print(repr(value), repr(pattern), ask(value, pattern))
print(ask("ABC", "abc", "i"))
with engine.connect() as c:
    print(c.execute(text("SELECT 'hello' REGEXP 'l+', NULL REGEXP 'a'")).all())
    for sql in ("SELECT 1 REGEXP 'a'", "SELECT 'a' REGEXP NULL", "SELECT x'61' REGEXP 'a'", "SELECT x'61' REGEXP x'61'"):
        try:
            print(sql, c.execute(text(sql)).all())
        except Exception as e:
            print(type(e).__name__, e)
    try:
        print(c.scalar(select(literal("a-b").regexp_replace("-", "+"))))
    except Exception as e:
        print(type(e).__name__, e)
m = MetaData()
t = Table("t", m, Column("id", Integer, primary_key=True), Column("name", String))
m.create_all(engine)
with engine.begin() as c:
    c.execute(t.insert(), [{"name": n} for n in ("ann", "bob", "Cat", "dan", None)])
    print(c.execute(select(t.c.name).where(t.c.name.regexp_match("^[a-d].n")).order_by(t.c.id)).all())
    print(c.execute(select(t.c.name).where(~t.c.name.regexp_match("n$")).order_by(t.c.id)).all())
