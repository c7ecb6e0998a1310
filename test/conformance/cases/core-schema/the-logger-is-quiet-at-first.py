from sqlalchemy import create_engine, text
import logging, sys
print(logging.getLogger("sqlalchemy").level, logging.getLogger("sqlalchemy.engine").level, logging.getLogger("sqlalchemy.engine").getEffectiveLevel())
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(name)s %(levelname)s %(message)s")
e = create_engine("sqlite://")
with e.connect() as c:
    c.execute(text("select 1"))
logging.getLogger("sqlalchemy").setLevel(logging.INFO)
e = create_engine("sqlite://")
with e.connect() as c:
    c.execute(text("select 2"))
e = create_engine("sqlite://", echo=True)
with e.connect() as c:
    c.execute(text("select 3"))
