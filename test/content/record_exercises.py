"""What CPython, SQLAlchemy and Alembic do with the programs of exercises.

Reads a list of {"cells": [{"name", "source"}], "files": [{"path", "content"}]} from standard input, and writes for each the
events of its run as playground-engine/runtime/protocol.ts has them (output, statement, transaction, error, cell). Each program
runs in a process and a folder of its own. test/content/record-exercises.ts calls it.
"""

import io
import json
import os
import sys
import tempfile

import alembic.command  # noqa: F401  loaded once, before the processes part
import sqlalchemy.ext.asyncio  # noqa: F401
from sqlalchemy import event
from sqlalchemy.engine import Engine

events = []


class Sink(io.TextIOBase):
    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        events.append({"kind": "output", "stream": self.stream, "text": text})
        return len(text)


def transaction(what):
    events.append({"kind": "transaction", "what": what, "connection": 1, "name": None, "file": None, "line": None})


def execute(conn, cursor, statement, parameters, context, many):
    told = {"id": len(events), "sql": statement, "params": repr(parameters), "cause": "", "line": None}
    events.append({"kind": "statement", "statement": told})


def run(job):
    with tempfile.TemporaryDirectory(prefix="exercise-") as folder:
        os.chdir(folder)
        sys.path.insert(0, folder)
        for file in job["files"]:
            os.makedirs(os.path.dirname(file["path"]) or ".", exist_ok=True)
            with open(file["path"], "w") as f:
                f.write(file["content"])
        event.listen(Engine, "before_cursor_execute", execute)
        for name in ("begin", "commit", "rollback"):
            event.listen(Engine, name, lambda conn, name=name: transaction(name))
        for name in ("savepoint", "rollback_savepoint", "release_savepoint"):
            event.listen(Engine, name, lambda conn, sp, *a, name=name: transaction(name))
        sys.stdout, sys.stderr = Sink("stdout"), Sink("stderr")
        main = type(sys)("__main__")
        sys.modules["__main__"] = main
        for index, cell in enumerate(job["cells"]):
            events.append({"kind": "cell", "index": index, "what": "start"})
            try:
                exec(compile(cell["source"], cell["name"], "exec"), main.__dict__)
            except BaseException as e:
                error = {"type": type(e).__name__, "message": str(e), "traceback": "", "frames": []}
                events.append({"kind": "error", "error": error})
            events.append({"kind": "cell", "index": index, "what": "end"})
        os.chdir("/")


def apart(job):
    """Run a job in a process of its own; gives its events."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            run(job)
        finally:
            with os.fdopen(writing, "w") as pipe:
                json.dump(events, pipe)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    return found


json.dump([apart(job) for job in json.load(sys.stdin)], sys.stdout)
