"""Record what CPython, SQLAlchemy and Alembic do with the runnable examples of pages, and with their terminals.

    python3 test/content/record.py [PAGE...]      all pages of learn/ and wiki/ and the home page where none is named

Needs SQLAlchemy 2.0.52 and Alembic 1.19.1 importable, and is run by a writer who has them: the tests only read what it wrote,
content/recorded/FOLDER/PAGE.json; a page's terminals stand in PAGE.terminals.json (record_consoles.py). Each session of a page
is one process in a fresh folder, each fence is run there as a file is, in one `__main__`. Kept of each fence: its title, a digest
of its source, standard output, the exception that ended it, and its statements and transactions in order.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import record_consoles

ROOT = Path(__file__).resolve().parents[2]

DRIVER = r"""
import io, json, os, re, sys, types
from sqlalchemy import event
from sqlalchemy.engine import Engine

events = []
event.listen(Engine, "before_cursor_execute", lambda conn, cursor, statement, parameters, context, many:
             events.append([statement, repr(parameters)]))
for name in ("begin", "commit", "rollback"):
    event.listen(Engine, name, lambda conn, name=name: events.append(name))
for name in ("savepoint", "rollback_savepoint", "release_savepoint"):
    event.listen(Engine, name, lambda conn, sp, *a, name=name: events.append(name))

main = types.ModuleType("__main__")
sys.modules["__main__"] = main
sys.path.insert(0, "")

class Sink(io.TextIOBase):
    def write(self, text):
        self.to.write(text)
        return len(text)

def told(text):
    return re.sub(r"\b0x[0-9a-f]{6,}\b", "0x…", text.replace(os.getcwd(), "/workspace"))

fences = json.load(sys.stdin)
real, sys.stdout = sys.stdout, Sink()
out = []
for fence in fences:
    del events[:]
    sys.stdout.to = text = io.StringIO()
    error = None
    try:
        exec(compile(fence["source"], fence["title"], "exec"), main.__dict__)
    except BaseException as e:
        error = {"type": type(e).__name__, "message": told(str(e))}
    out.append({"stdout": told(text.getvalue()), "error": error, "events": list(events)})
json.dump(out, real)
"""

OPENING = re.compile(r"^([ \t]*)(`{3,}|~{3,})([\w-]*)[ \t]*(.*)$")


def all_fences(markdown):
    """The fences of a page, as site/expressive/fences.ts finds them."""
    lines, out, i = markdown.splitlines(), [], 0
    while i < len(lines):
        m = OPENING.match(lines[i])
        i += 1
        if not m:
            continue
        indent, fence, language, info = m.groups()
        at, body = i, []
        while i < len(lines) and lines[i].strip() != fence:
            line = lines[i]
            body.append(line[len(indent):] if line.startswith(indent) else line.lstrip())
            i += 1
        i += 1
        out.append({"language": language, "info": info, "source": "\n".join(body), "line": at})
    return out


def fences_of(markdown):
    """The runnable Python fences of a page."""
    out = []
    for fence in all_fences(markdown):
        if fence["language"] != "python" or not re.search(r"(^|\s)run(\s|$)", fence["info"]):
            continue
        meta = dict(re.findall(r'([\w-]+)="([^"]*)"', fence["info"]))
        out.append({
            "index": len(out),
            "source": fence["source"],
            "title": meta.get("title", f"example {len(out) + 1}"),
            "session": meta.get("session", f"#{len(out)}"),
        })
    return out


def record(page):
    fences = fences_of(page.read_text())
    if not fences:
        return None
    recorded = [None] * len(fences)
    for session in dict.fromkeys(f["session"] for f in fences):
        cells = [f for f in fences if f["session"] == session]
        with tempfile.TemporaryDirectory(prefix="page-") as folder:
            driver = Path(folder) / "driver.py"
            driver.write_text(DRIVER)
            work = Path(folder) / "work"
            work.mkdir()
            env = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", TZ="UTC", COLUMNS="200")
            done = subprocess.run(
                [sys.executable, "-P", str(driver)], input=json.dumps(cells), cwd=work, env=env,
                capture_output=True, text=True, timeout=120,
            )
            if done.returncode:
                raise SystemExit(f"{page}: {done.stderr}")
            if "-v" in sys.argv and done.stderr:
                print(done.stderr[:3000], file=sys.stderr)
            for cell, result in zip(cells, json.loads(done.stdout)):
                digest = hashlib.sha256(cell["source"].encode()).hexdigest()[:16]
                recorded[cell["index"]] = {"title": cell["title"], "source": digest, **result}
    return recorded


def main():
    named = [Path(a).resolve() for a in sys.argv[1:] if not a.startswith("-")]
    content = ROOT / "content"
    pages = named or sorted([*content.glob("learn/*.md*"), *content.glob("wiki/*.md*"), content / "index.mdx"])
    for page in pages:
        relative = page.relative_to(content)
        target = content / "recorded" / relative.parent / (re.sub(r"^\d+-", "", relative.stem) + ".json")
        fences = record(page)
        keep(target, fences)
        for f in fences or []:
            n = sum(1 for e in f["events"] if isinstance(e, list))
            error = f"  {f['error']['type']}: {f['error']['message'].splitlines()[0][:110]}" if f["error"] else ""
            print(f"{relative} {f['title']}: {n} statements{error}")
        terminals = record_consoles.record(relative, all_fences(page.read_text()))
        keep(target.with_suffix(".terminals.json"), terminals)
        for t in terminals or []:
            print(f"{relative} terminal: {len(t['outputs'])} commands")


def keep(target, recorded):
    if recorded is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


main()
