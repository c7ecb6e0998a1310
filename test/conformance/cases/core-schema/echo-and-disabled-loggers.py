from sqlalchemy import create_engine, text
e = create_engine("sqlite://", echo=True)
with e.connect() as c:
    c.execute(text("select 3"))
import logging.config
logging.config.dictConfig({"version": 1, "disable_existing_loggers": True, "root": {"level": "INFO"}})
with e.connect() as c:
    c.execute(text("select 4"))
print("end", logging.getLogger("sqlalchemy.engine.Engine").disabled)
