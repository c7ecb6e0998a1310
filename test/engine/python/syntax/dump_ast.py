"""Prints what CPython's own parser makes of files, in the JSON that tools/ast.ts documents.

python3 dump_ast.py FILE…           one line of JSON a file
python3 dump_ast.py --batch < LIST   the names of files from standard input
python3 dump_ast.py --snippets < JSON   a list of [source, mode] pairs, compiled (so that what the compiler
                                     finds, not only the parser, is reported): one line a snippet
python3 dump_ast.py --record            writes recorded/: the trees of samples/ and the errors of mistakes.txt
"""
import ast
import json
import pathlib
import re
import sys
import warnings

warnings.simplefilter("ignore")
LOCATIONS = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def constant(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"int": hex(value) if value > 10**4000 else str(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, complex):
        return {"complex": repr(value.imag)}
    if isinstance(value, bytes):
        return {"bytes": list(value)}
    if value is ...:
        return {"ellipsis": True}
    raise TypeError(value)


def plain(node):
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, ast.AST):
        return constant(node)
    made = {"_type": type(node).__name__}
    late = {}
    for field in node._fields:
        if field in ("type_comment", "type_ignores"):
            late[field] = plain(getattr(node, field))
        else:
            made[field] = plain(getattr(node, field))
    made.update(late)
    for name in LOCATIONS:
        if name in node._attributes:
            made[name] = getattr(node, name)
    return made


def error(exc):
    return {
        "error": {
            "type": type(exc).__name__,
            "message": exc.msg,
            "lineno": exc.lineno,
            "offset": exc.offset,
            "end_lineno": exc.end_lineno,
            "end_offset": exc.end_offset,
            "text": exc.text,
        }
    }


def line_of(source, filename, mode="exec"):
    try:
        made = plain(ast.parse(source, filename, mode))
    except SyntaxError as exc:
        made = error(exc)
    except (ValueError, MemoryError, RecursionError) as exc:
        made = {"error": {"type": type(exc).__name__, "message": str(exc)}}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    # A surrogate is no character of its own: as JavaScript's JSON.stringify, write it as an escape.
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def compiled(source, mode):
    try:
        compile(source, "<snippet>", mode)
        return {"ok": True}
    except SyntaxError as exc:
        return error(exc)
    except (ValueError, MemoryError, RecursionError, OverflowError) as exc:
        return {"error": {"type": type(exc).__name__, "message": str(exc)}}


def compact(node):
    """[type, place, field…] with only what differs between programs, so that recordings stay small."""
    if isinstance(node, list):
        return [compact(item) for item in node]
    if not isinstance(node, dict) or "_type" not in node:
        return node
    fields = [compact(v) for k, v in node.items() if k not in ("_type", "type_comment", "type_ignores", *LOCATIONS)]
    if "lineno" in node:
        line, col, end_line, end_col = (node[name] for name in LOCATIONS)
        end = f"{end_col}" if end_line == line else f"{end_line}:{end_col}"
        return [node["_type"], f"{line}:{col}-{end}", *fields]
    return [node["_type"], *fields] if fields else node["_type"]


def lines(values):
    return "".join(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n" for value in values)


def unescaped(line):
    """A line of mistakes.txt stands for one snippet: \\n is a line end, \\t a tab."""
    return line.replace("\\n", "\n").replace("\\t", "\t")


def record():
    here = pathlib.Path(__file__).parent
    for sample in sorted((here / "samples").glob("*.py")):
        body = plain(ast.parse(sample.read_bytes()))["body"]
        (here / "recorded" / f"{sample.stem}.jsonl").write_text(lines(compact(node) for node in body))
    errors = []
    for line in (here / "mistakes.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            continue
        found = compiled(unescaped(line) + "\n", "exec").get("error")
        errors.append([line, *(found.values() if found else [])])
    (here / "recorded" / "mistakes.jsonl").write_text(lines(errors))


def main(args):
    sys.setrecursionlimit(20000)
    sys.stdout.reconfigure(encoding="utf-8")
    if args[:1] == ["--snippets"]:
        for source, mode in json.load(sys.stdin):
            print(json.dumps(compiled(source, mode)))
        return
    if args == ["--record"]:
        return record()
    files = sys.stdin.read().splitlines() if args[:1] == ["--batch"] else args
    for file in files:
        try:
            with open(file, "rb") as opened:
                source = opened.read()
        except OSError as exc:
            print(json.dumps({"error": {"type": "OSError", "message": str(exc)}}))
            continue
        print(line_of(source, file))


if __name__ == "__main__":
    main(sys.argv[1:])
