"""Runs the programs given as a JSON list with the real SQLAlchemy; prints what each printed, as a JSON list."""
import contextlib
import gc
import io
import json
import sys

import sqlalchemy

if sqlalchemy.__version__ != "2.0.52":
    sys.exit("another SQLAlchemy")


def printed(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})
        except Exception as e:
            print("ended by", type(e).__name__, e)
    return out.getvalue()


gc.disable()  # what is alive is told by references alone
print(json.dumps([printed(source) for source in json.load(sys.stdin)]))
