# The program `alembic` called from Python: commands of one's own, and what a parsed line holds.
print("== the program")
import argparse, os, io
from alembic import config, command
from alembic.config import CommandLine, Config, main
print(config.command is command)
cl = CommandLine(prog="mine")
def greet(config, name, *, loud=False, times=None):
    """Say hello.

    :param name: whom to greet
    """
    print("hello", name, loud, times, config.config_file_name)
try:
    cl.register_command(greet)
    cl.main(argv=["greet","me"])
except BaseException as e: print(type(e).__name__, e)
class Mine(CommandLine):
    def run_cmd(self, config, options):
        print("run", config.config_file_name, options.cmd[0].__name__, options.x, options.raiseerr)
Mine().main(argv=["-c","x.ini","-x","a=1","upgrade","head","--sql"])
Mine().main(argv=["list_templates"])
os.environ["ALEMBIC_CONFIG"]="/foo/bar.conf"
Mine().main(argv=["list_templates"])
Mine().main(argv=["-c","y.ini","list_templates"])
del os.environ["ALEMBIC_CONFIG"]
cl=CommandLine()
o=cl.parser.parse_args(["upgrade","+1","--tag","t"])
print(o.revision, o.tag, o.sql, o.config, o.name)
print(isinstance(cl.parser, argparse.ArgumentParser), type(cl.parser.prog).__name__)
try: cl.main(argv=["nonsense"])
except SystemExit as e: print("exit", e.code)
try: cl.main(argv=[])
except SystemExit as e: print("exit", e.code)
try: main(argv=["upgrade"])
except SystemExit as e: print("exit", e.code)
try: main(argv=["--raiseerr","upgrade","head"])
except BaseException as e: print(type(e).__name__, e)

print("== what env.py may ask")
import alembic.config
print(alembic.command.upgrade.__name__)
cl = CommandLine()
options = cl.parser.parse_args(["revision", "-m", "x", "--autogenerate"])
fn, positional, keywords = options.cmd
print(fn is command.revision, fn.__name__, positional, keywords)
print(options.cmd[0].__name__ == "revision" and options.autogenerate)
