"""logging.config.fileConfig with a file such as alembic.ini."""
import logging, sys
from logging.config import fileConfig
open("al.ini","w").write("""[alembic]
script_location = %(here)s/x
# c
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stdout,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
""")
old=logging.getLogger("old")
fileConfig("al.ini")
logging.getLogger("alembic.runtime").info("Running upgrade %s -> %s", "a", "b"); logging.getLogger("x").info("no"); logging.getLogger("x").warning("yes"); print(old.disabled, logging.root.handlers)
try: fileConfig("nope.ini")
except FileNotFoundError as e: print(e)
