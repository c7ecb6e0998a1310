"""Record what bash, Alembic and Python write for the terminals of pages; record.py calls it.

The fences are those of site/expressive/consoles.ts. Each session is a folder of its own, each command one bash. Kept of each terminal: a
digest of its commands, and what each command wrote, both streams as they came. Revisions' ids are numbered by appearance, the time of
their making is blotted out: test/content/consoles.test.ts does the same to ours.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "python": 'exec {python} "$@"',
    "pytest": 'exec {python} -m pytest "$@"',
    "alembic": """exec {python} -c 'import sys; sys.path.insert(0, ""); from alembic.config import main; main(prog="alembic")' "$@" """,
}


def attributes(info):
    return {m[1]: m[2] or "" for m in re.finditer(r'([\w-]+)(?:="([^"]*)")?', info)}


def patched(text, patch, where):
    lines = patch.split("\n")
    before, after = ("".join(line[1:] + "\n" for line in lines if line[:1] != side) for side in "+-")
    if text.count(before) != 1:
        raise SystemExit(f"{where}: its old lines are there {text.count(before)} times")
    return text.replace(before, after)


def steady(outputs, given):
    """Outputs without what differs from run to run."""
    ids = {}

    def numbered(match):
        return match[0] if match[0] in given else ids.setdefault(match[0], f"revision {len(ids) + 1}")

    def created(match):
        return match[0] if match[0] in given else match[1] + "…"

    def told(text):
        text = re.sub(r"\b[0-9a-f]{12}(?=\b|_)", numbered, text)
        text = re.sub(r"\bin \d+\.\d\ds\b", "in …s", text)
        return re.sub(r"(Create Date: )[\d-]+ [\d:.]+", created, text)

    return [told(text) for text in outputs]


def record(page, fences):
    """The recordings of a page's terminals, or None where it has none."""
    sessions, out = {}, []
    with tempfile.TemporaryDirectory(prefix="terminal-") as folder:
        programs = Path(folder, "bin")
        programs.mkdir()
        for name, text in PROGRAMS.items():
            (programs / name).write_text("#!/bin/sh\n" + text.format(python=sys.executable) + "\n")
            (programs / name).chmod(0o755)
        env = dict(
            os.environ, PATH=f"{programs}:{os.environ['PATH']}", PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1",
            PYTHONHASHSEED="0", TZ="UTC", COLUMNS="80",
        )
        for fence in fences:
            meta = attributes(fence["info"])
            where = f"{page}:{fence['line']}"
            if "session" not in meta:
                continue
            work, given = sessions.setdefault(meta["session"], (Path(folder, meta["session"], "workspace"), []))
            work.mkdir(parents=True, exist_ok=True)
            if "file" in meta:
                path = work / meta["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                new = fence["source"] + "\n"
                path.write_text(patched(path.read_text(), fence["source"], where) if fence["language"] == "diff" else new)
                given.append(fence["source"])
            if fence["language"] != "console" or "run" not in meta:
                continue
            if "start" in meta:
                start = ROOT / "content" / "workspaces" / meta["start"]
                shutil.copytree(start, work, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
                given += [p.read_text() for p in start.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
            outputs = []
            for line in fence["source"].split("\n"):
                done = subprocess.run(
                    ["bash", "-c", line.removeprefix("$ ")], cwd=work, env=env, text=True, timeout=120,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                )
                outputs.append(done.stdout.replace(str(work), "/workspace"))
            digest = hashlib.sha256(fence["source"].encode()).hexdigest()[:16]
            out.append({"source": digest, "session": meta["session"], "outputs": outputs, "given": given})
        for session in sessions:
            mine = [o for o in out if o["session"] == session]
            texts = steady([text for o in mine for text in o["outputs"]], "\n".join(sessions[session][1]))
            for o in mine:
                o["outputs"], texts = texts[: len(o["outputs"])], texts[len(o["outputs"]) :]
                del o["given"]
    return out or None
