"""Puts a mistake into each of some programs and says what they then do with the real libraries.

Reads {"seed": int, "count": int, "programs": [text, …]} and prints a JSON list of {"what", "source", "step"}, a step being as in a
conformance case's recording. Each program runs in a process of its own, forked after the libraries were imported.
"""
import ast
import copy
import json
import os
import random
import runpy
import shutil
import signal
import sys
import tempfile

import sqlalchemy
import sqlalchemy.ext.associationproxy
import sqlalchemy.ext.automap
import sqlalchemy.ext.hybrid
import sqlalchemy.ext.mutable
import sqlalchemy.orm
from sqlalchemy import event
from sqlalchemy.engine import Engine

if sqlalchemy.__version__ != "2.0.52":
    sys.exit("another SQLAlchemy")

SECONDS = 20
BLOCKS = (ast.Module, ast.FunctionDef, ast.With, ast.ClassDef, ast.For, ast.If)


def typo(name, rnd):
    if len(name) < 3:
        return name + "x"
    i = rnd.randrange(1, len(name) - 1)
    return rnd.choice([name[:i] + name[i + 1 :], name[:i] + name[i + 1] + name[i] + name[i + 2 :], name + "s"])


class Mutator:
    """One mistake in a tree, as a person makes it: something left out, misspelt, swapped, doubled, or of another kind."""

    def __init__(self, tree, rnd):
        self.nodes = list(ast.walk(tree))
        self.rnd = rnd

    def any(self, kind, where=lambda n: True):
        found = [n for n in self.nodes if isinstance(n, kind) and where(n)]
        return self.rnd.choice(found) if found else None

    def block(self):
        block = self.any(BLOCKS, lambda n: len(n.body) > 1)
        if block is None:
            return None, 0
        i = self.rnd.randrange(len(block.body) - 1)
        return (None, 0) if isinstance(block.body[i], (ast.Import, ast.ImportFrom)) else (block, i)

    def call(self, where=lambda n: True):
        return self.any(ast.Call, where)

    def value(self):
        constants = [None, 5, 1.5, "x", True]
        made = [ast.Constant(c) for c in constants]
        made += [ast.List([], ast.Load()), ast.Tuple([], ast.Load()), ast.Dict([], []), ast.Name("object", ast.Load())]
        return self.rnd.choice([*made, copy.deepcopy(self.call() or ast.Constant(None))])

    def leave_out(self):
        block, i = self.block()
        if block:
            return f"without {ast.unparse(block.body.pop(i))}"

    def twice(self):
        block, i = self.block()
        if block:
            block.body.insert(i, copy.deepcopy(block.body[i]))
            return f"twice {ast.unparse(block.body[i])}"

    def too_late(self):
        block, i = self.block()
        if block:
            block.body[i : i + 2] = block.body[i + 1], block.body[i]
            return f"too late {ast.unparse(block.body[i + 1])}"

    def argument(self):
        if c := self.call(lambda c: c.args):
            c.args[self.rnd.randrange(len(c.args))] = self.value()
            return ast.unparse(c)

    def keyword_value(self):
        if c := self.call(lambda c: c.keywords):
            self.rnd.choice(c.keywords).value = self.value()
            return ast.unparse(c)

    def fewer_arguments(self):
        if c := self.call(lambda c: c.args):
            c.args.pop(self.rnd.randrange(len(c.args)))
            return ast.unparse(c)

    def fewer_keywords(self):
        if c := self.call(lambda c: c.keywords):
            c.keywords.pop(self.rnd.randrange(len(c.keywords)))
            return ast.unparse(c)

    def swapped_arguments(self):
        if c := self.call(lambda c: len(c.args) > 1):
            c.args.reverse()
            return ast.unparse(c)

    def misspelt_keyword(self):
        if c := self.call(lambda c: any(k.arg for k in c.keywords)):
            k = self.rnd.choice([k for k in c.keywords if k.arg])
            k.arg = typo(k.arg, self.rnd)
            return ast.unparse(c)

    def misspelt_attribute(self):
        if a := self.any(ast.Attribute):
            a.attr = typo(a.attr, self.rnd)
            return ast.unparse(a)

    def other_attribute(self):
        if a := self.any(ast.Attribute, lambda a: isinstance(a.ctx, ast.Load)):
            a.attr = self.any(ast.Attribute).attr
            return ast.unparse(a)

    def other_name(self):
        if n := self.any(ast.Name, lambda n: isinstance(n.ctx, ast.Load)):
            was, n.id = n.id, self.any(ast.Name).id
            return f"{n.id} for {was}"

    def other_constant(self):
        if c := self.any(ast.Constant):
            alike = [n.value for n in self.nodes if isinstance(n, ast.Constant) and type(n.value) is type(c.value)]
            was, c.value = c.value, self.rnd.choice([*alike, None, 0, ""])
            return f"{c.value!r} for {was!r}"

    def not_called(self):
        holder = self.any((ast.Expr, ast.Assign, ast.keyword), lambda n: isinstance(n.value, ast.Call))
        if holder:
            holder.value = holder.value.func
            return f"not called: {ast.unparse(holder.value)}"

    MISTAKES = [leave_out, twice, too_late, argument, keyword_value, fewer_arguments, fewer_keywords, swapped_arguments,
                misspelt_keyword, misspelt_attribute, other_attribute, other_name, other_constant, not_called]  # fmt: skip


def mutant(source, rnd):
    tree = ast.parse(source)
    what = rnd.choice(Mutator.MISTAKES)(Mutator(tree, rnd))
    if what is None:
        return None
    changed = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    try:
        compile(changed, "program.py", "exec")
    except SyntaxError:
        return None
    return (" ".join(what.split())[:200], changed)


def value(v):
    if v is None or isinstance(v, (bool, int, float, str)):
        return v
    if isinstance(v, (list, tuple)):
        return [value(x) for x in v]
    if isinstance(v, dict):
        return {str(k): value(x) for k, x in v.items()}
    return {"repr": repr(v)}


def doing():
    """Runs program.py of this folder: what a recording says of it, but for what it printed."""
    events, error, code = [], None, 0

    def execute(conn, cursor, statement, parameters, context, executemany):
        events.append({"event": "execute", "sql": statement, "params": value(parameters), "many": bool(executemany)})

    event.listen(Engine, "before_cursor_execute", execute)
    for name in ("begin", "commit", "rollback", "savepoint", "rollback_savepoint", "release_savepoint"):
        event.listen(Engine, name, lambda conn, *rest, name=name: events.append({"event": name}))
    try:
        sys.path.insert(0, os.getcwd())
        runpy.run_path("program.py", run_name="__main__")
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
    except BaseException as e:
        code = 1
        error = {"type": f"{type(e).__module__}.{type(e).__qualname__}", "message": str(e)}
    return {"exit": code, "error": error, "events": events, "files": {}, "log": []}


def step(source):
    """None for what does not come to an end."""
    folder = tempfile.mkdtemp()
    try:
        with open(f"{folder}/program.py", "w") as file:
            file.write(source)
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS)
            os.chdir(folder)
            for stream, name in ((1, "stdout"), (2, "stderr")):
                os.dup2(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT), stream)
            sys.stdout = os.fdopen(1, "w", closefd=False)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            try:
                done = doing()
                sys.stdout.flush()
                with open(f"{folder}/done.json", "w") as file:
                    json.dump(done, file)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        try:
            with open(f"{folder}/done.json") as file:
                done = json.load(file)
        except (FileNotFoundError, ValueError):
            return None
        with open(f"{folder}/stdout", errors="replace") as file:
            return json.loads(json.dumps({**done, "stdout": file.read()}).replace(folder, "/workspace"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


asked = json.load(sys.stdin)
rnd = random.Random(asked["seed"])
made = []
while len(made) < asked["count"]:
    found = mutant(rnd.choice(asked["programs"]), rnd)
    did = found and step(found[1])
    if did:
        made.append({"what": found[0], "source": found[1], "step": did})
print(json.dumps(made))
