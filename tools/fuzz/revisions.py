# Runs `alembic` on histories given as JSON: a list of {files, commands}; prints, for each, a list of [exit, output].
import io
import json
import os
import sys
import tempfile
import traceback



class Heard(io.TextIOBase):
    """Stands for stdout from before Alembic is imported: its Config keeps the one that it finds then."""

    text = ""

    def write(self, text):
        self.text += text
        return len(text)


answers = sys.stdout
heard = sys.stdout = sys.stderr = Heard()

import alembic
from alembic.config import CommandLine

assert alembic.__version__ == "1.19.1"


def run(line):
    heard.text = ""
    status = 0
    # each is told of once in a process; here is one for all
    for module in list(sys.modules.values()):
        getattr(module, "__warningregistry__", {}).clear()
    try:
        CommandLine("alembic").main(line.split())
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    except Exception:
        traceback.print_exc()
        status = 1
    return [status, heard.text]


def doings(history):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in history["files"].items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w") as file:
                file.write(content)
        before = os.getcwd()
        os.chdir(folder)
        try:
            return [run(line) for line in history["commands"]]
        finally:
            os.chdir(before)


json.dump([doings(history) for history in json.load(sys.stdin)], answers)
