// The modules fnmatch and glob: names and paths by shell patterns.
// Behaviour: docs.python.org/3.11/library/fnmatch.html, glob.html. The order of glob's results is that of the directories.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "fnmatch",
  String.raw`
import posixpath

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def _set(pat, i):
    """The end of a set that begins after pat[i-1] == '[', or -1."""
    j = i
    if pat[j:j + 1] == "!":
        j += 1
    if pat[j:j + 1] == "]":
        j += 1
    return pat.find("]", j)


def _in_set(c, body):
    negated = body.startswith("!")
    if negated:
        body = body[1:]
    k, found = 0, False
    while k < len(body):
        if body[k + 1:k + 2] == "-" and k + 2 < len(body):
            found = found or body[k] <= c <= body[k + 2]
            k += 3
        else:
            found = found or body[k] == c
            k += 1
    return found != negated


def fnmatchcase(name, pat):
    if isinstance(name, bytes):
        name, pat = name.decode("latin-1"), pat.decode("latin-1")
    i = j = 0
    star = mark = -1
    while i < len(name):
        c = pat[j:j + 1]
        end = _set(pat, j + 1) if c == "[" else -1
        if c == "*":
            star, mark, j = j, i, j + 1
            continue
        if c == "[" and end >= 0:
            if _in_set(name[i], pat[j + 1:end]):
                i, j = i + 1, end + 1
                continue
        elif c == "?" or c and c == name[i]:
            i, j = i + 1, j + 1
            continue
        if star < 0:
            return False
        mark += 1
        i, j = mark, star + 1
    while pat[j:j + 1] == "*":
        j += 1
    return j == len(pat)


def fnmatch(name, pat):
    return fnmatchcase(posixpath.normcase(name), posixpath.normcase(pat))


def filter(names, pat):
    return [n for n in names if fnmatchcase(n, pat)]


def _escape(text):
    return "".join("\\" + c if not c.isalnum() and c != "_" and ord(c) < 128 and c not in "!\"%',/:;<=>@${"`"}" else c for c in text)


def translate(pat):
    parts = []
    i = 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == "*":
            if not parts or parts[-1] is not None:
                parts.append(None)
        elif c == "?":
            parts.append(".")
        elif c == "[":
            end = _set(pat, i)
            if end < 0:
                parts.append("\\[")
            else:
                body = pat[i:end].replace("\\", "\\\\")
                i = end + 1
                if body[0] == "!":
                    body = "^" + body[1:]
                elif body[0] in "^[":
                    body = "\\" + body
                parts.append("[%s]" % body)
        else:
            parts.append(_escape(c))
    out = ""
    group = 0
    k = 0
    while k < len(parts):
        if parts[k] is not None:
            out += parts[k]
            k += 1
            continue
        rest = k + 1
        fixed = ""
        while rest < len(parts) and parts[rest] is not None:
            fixed += parts[rest]
            rest += 1
        if rest == len(parts):
            out += ".*" + fixed
        elif fixed:
            out += "(?>.*?%s)" % fixed
            group += 1
        k = rest
    return r"(?s:%s)\Z" % out
`,
);

definePythonModule(
  "glob",
  String.raw`
import os
import fnmatch

__all__ = ["escape", "glob", "iglob"]
_MAGIC = "*?["


def has_magic(s):
    return any(c in s for c in _MAGIC)


def escape(pathname):
    return "".join("[" + c + "]" if c in _MAGIC else c for c in pathname)


def _names(folder, dironly, hidden):
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []
    return [n for n in names if (hidden or n[0] != ".") and (not dironly or os.path.isdir(os.path.join(folder, n)))]


def _walk(folder, dironly, hidden):
    for n in _names(folder, dironly, hidden):
        yield n
        for m in _walk(os.path.join(folder, n) if folder else n, dironly, hidden):
            yield os.path.join(n, m)


def _find(root, pathname, recursive, dironly, hidden):
    head, tail = os.path.split(pathname)
    base = lambda d: os.path.join(root, d) if root else d
    if not has_magic(pathname):
        if tail:
            if os.path.lexists(base(pathname)):
                yield pathname
        elif os.path.isdir(base(head)):
            yield pathname
        return
    if head and head != pathname and has_magic(head):
        folders = _find(root, head, recursive, True, hidden)
    else:
        folders = [head]
    for d in folders:
        if recursive and tail == "**":
            if os.path.isdir(base(d)) or not d:
                yield os.path.join(d, "") if d else ""
            for n in _walk(base(d), dironly, hidden):
                yield os.path.join(d, n)
        elif has_magic(tail):
            for n in _names(base(d), dironly, hidden or tail[0] == "."):
                if fnmatch.fnmatchcase(n, tail):
                    yield os.path.join(d, n)
        elif tail == "":
            if os.path.isdir(base(d)):
                yield os.path.join(d, "")
        elif os.path.lexists(os.path.join(base(d), tail)):
            yield os.path.join(d, tail)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    root = os.fspath(root_dir) if root_dir is not None else ""
    return (p for p in _find(root, os.fspath(pathname), recursive, False, include_hidden) if p != "")


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))
`,
);
