"""Prints what CPython's own parser makes of files, in the JSON that tools/ast.ts documents.

python3 dump_ast.py FILE…           one line of JSON a file
python3 dump_ast.py --batch < LIST   the names of files from standard input
python3 dump_ast.py --snippets < JSON   a list of [source, mode] pairs, compiled (so that what the compiler
                                     finds, not only the parser, is reported): one line a snippet
"""
import ast
import json
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
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def snippets():
    for source, mode in json.load(sys.stdin):
        try:
            compile(source, "<snippet>", mode)
            made = {"ok": True}
        except SyntaxError as exc:
            made = error(exc)
        except (ValueError, MemoryError, RecursionError, OverflowError) as exc:
            made = {"error": {"type": type(exc).__name__, "message": str(exc)}}
        print(json.dumps(made))


def main(args):
    sys.setrecursionlimit(20000)
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    if args[:1] == ["--snippets"]:
        return snippets()
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
