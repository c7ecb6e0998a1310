"""Breaks programs at random and holds our errors against those of the CPython that runs this.

python3 fuzz.py [SEED [COUNT [MAX_LINES]]]

Statements are taken from samples/ and the standard library; tokens are deleted, doubled, swapped, replaced. Prints how
many outcomes agree, and the first that do not.
"""
import ast
import collections
import glob
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import dump_ast

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
TOKEN = re.compile(
    r"""[A-Za-z_]\w*|\d[\w.]*|'[^'\n]*'|"[^"\n]*"|\n[ \t]*|[ \t]+|\*\*=?|//=?|[-+*/%@&|^<>=!:]=|->|<<|>>|.""", re.S
)
PIECES = """if else elif for in while def class return yield lambda not and or is import from as with try except finally
pass break continue del raise assert global nonlocal async await None True x y foo print match case _ 1 2.5 'a' "b" f'{x}'
( ) [ ] { } , : ; . = == := + - * ** / % @ -> += ... ~ ! $ \\""".split() + ["\n", "\n    ", "\n        ", " ", "\t"]


def statements(rng, max_lines):
    files = sorted(glob.glob(str(HERE / "samples" / "*.py"))) * 20
    files += glob.glob(os.path.dirname(os.__file__) + "/**/*.py", recursive=True)
    while True:
        rng.shuffle(files)
        for file in files:
            try:
                source = pathlib.Path(file).read_text(encoding="utf-8")
                tree = ast.parse(source)
            except (SyntaxError, ValueError):
                continue
            nodes = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.end_lineno - n.lineno < max_lines]
            lines = source.split("\n")
            for node in rng.sample(nodes, min(6, len(nodes))):
                part = lines[node.lineno - 1 : node.end_lineno]
                indent = len(part[0]) - len(part[0].lstrip())
                yield "\n".join(line if line[:indent].strip() else line[indent:] for line in part)


def broken(rng, text):
    tokens = TOKEN.findall(text)
    for _ in range(rng.choice([1, 1, 1, 2])):
        if not tokens:
            break
        at = rng.randrange(len(tokens))
        way = rng.randrange(7)
        if way == 0:
            del tokens[at]
        elif way == 1:
            tokens.insert(at, rng.choice(PIECES))
        elif way == 2:
            tokens[at] = rng.choice(PIECES)
        elif way == 3:
            tokens.insert(at, rng.choice(tokens))
        elif way == 4 and at + 1 < len(tokens):
            tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
        elif way == 5:
            tokens.insert(at, f" {rng.choice(PIECES)} ")
        else:
            tokens = tokens[: at + 1] if rng.random() < 0.3 else tokens[:at] + [tokens[at][:-1]] + tokens[at + 1 :]
    return "".join(tokens)


def main(seed=1, count=5000, max_lines=10):
    rng = random.Random(seed)
    source = statements(rng, max_lines)
    pairs = []
    while len(pairs) < count:
        text = broken(rng, next(source)) + rng.choice(["", "\n", "\n", "\nz = 1\n"])
        pairs.append([text, rng.choice(["exec"] * 8 + ["single", "eval"])])
    node = ROOT / "node_modules" / ".bin" / "node"
    ran = subprocess.run(
        [node, ROOT / "tools" / "ast.ts", "--snippets"], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    ours = [json.loads(line) for line in ran.stdout.splitlines()]
    agree = collections.Counter()
    different = []
    for (text, mode), mine in zip(pairs, ours, strict=True):
        real = dump_ast.compiled(text, mode)
        agree["agree" if real == mine else "differ"] += 1
        if real != mine:
            different.append((mode, text, real, mine))
    print(dict(agree))
    for mode, text, real, mine in different[:20]:
        print("-----", mode, repr(text), f"  CPython {real}", f"  ours    {mine}", sep="\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
