"""Runs the programs given as a JSON list with the real SQLAlchemy; prints what each printed, as a JSON list.

The number on the command line moves objects about in memory: what depends on the order of a set differs between two numbers.
"""
import contextlib
import gc
import io
import json
import random
import sys

import sqlalchemy

if sqlalchemy.__version__ != "2.0.52":
    sys.exit("another SQLAlchemy")


def printed(source):
    out = io.StringIO()
    held = [[object() for _ in range(random.randrange(9))] for _ in range(random.randrange(99))]
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})
        except Exception as e:
            print("ended by", type(e).__name__, e)
    del held
    return out.getvalue()


random.seed(sys.argv[1])
gc.disable()  # what is alive is told by references alone
print(json.dumps([printed(source) for source in json.load(sys.stdin)]))
