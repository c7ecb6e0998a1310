"""Records what a real shell, CPython, SQLAlchemy and Alembic print for the lines of NAME.commands.txt.

    python3 record.py NAME...      with sqlalchemy and alembic importable

A line "# workspace: NAME" at the top begins in a copy of content/workspaces/NAME. Standard output and error come together, in
order. What differs with every run is masked as terminal.ts masks ours.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
WORKSPACES = HERE.parents[3] / "content" / "workspaces"


def masked(text, folder):
    text = text.replace(str(folder), "/workspace")
    text = text.replace(f"{sys.executable}: can't", "python: can't").replace(sys.executable, "/usr/bin/python3")
    text = text.replace("/usr/bin/sqlite3: Error", "sqlite3: Error")
    # frames of the library are its own
    text = re.sub(r'  File "[^"]*/unittest/.*\n(?:    .*\n)*', "", text)
    text = re.sub(r"Create Date: .*", "Create Date: *", text)
    text = re.sub(r"in \d+\.\d+s", "in *s", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0x*", text)
    return text


def record(name):
    lines = (HERE / f"{name}.commands.txt").read_text().splitlines()
    with tempfile.TemporaryDirectory() as base:
        folder = pathlib.Path(base) / "workspace"
        begin = next((l.split(":", 1)[1].strip() for l in lines if l.startswith("# workspace:")), None)
        if begin:
            own = HERE / "workspaces" / begin
            shutil.copytree(own if own.is_dir() else WORKSPACES / begin, folder, ignore=shutil.ignore_patterns("__pycache__", "*.db"))
        else:
            folder.mkdir()
        commands = pathlib.Path(base) / "bin"
        commands.mkdir()
        for program, run in [
            # line by line, so that errors and rows come in order
            ("sqlite3", 'exec stdbuf -oL /usr/bin/sqlite3 "$@"'),
            ("python", f'exec {sys.executable} "$@"'),
            ("alembic", f"exec {sys.executable} -c 'import sys; sys.path.pop(0); sys.argv[0] = \"alembic\"; from alembic.config import main; main()' \"$@\""),
            ("pytest", f"exec {sys.executable} -c 'import sys; sys.path.pop(0); sys.argv[0] = \"pytest\"; import pytest; sys.exit(pytest.main([\"-p\", \"no:cacheprovider\"] + sys.argv[1:]))' \"$@\""),
        ]:
            (commands / program).write_text(f"#!/bin/sh\n{run}\n")
            (commands / program).chmod(0o755)
        env = {
            "PATH": f"{commands}:/usr/bin:/bin",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        out = []
        state = pathlib.Path(base) / "state"
        state.write_text(f"cd {folder}\n")
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            # one shell a line, with folder, status and variables carried over, as the terminal does
            script = f". {state}\neval \"$LINE\"\nstatus=$?\n{{ echo cd \"'$PWD'\"; export -p | grep '^declare -x MY_'; echo \"(exit $status)\"; }} > {state}\nexit $status\n"
            done = subprocess.run(["bash", "-c", script, "bash"], env={**env, "LINE": line}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
            # as at a prompt, where bash names no line
            text = re.sub(r"^bash: (eval: )?line \d+: ", "bash: ", done.stdout, flags=re.M)
            text = re.sub(r"^bash: `.*\n", "", text, flags=re.M)
            out.append(f"$ {line}\n{masked(text, folder)}[{done.returncode}]\n")
        (HERE / f"{name}.expected.txt").write_text("".join(out))


for name in sys.argv[1:]:
    record(name)
