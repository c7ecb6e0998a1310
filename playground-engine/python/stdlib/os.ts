// The modules os and os.path (posixpath), on the module posix.
// Behaviour: docs.python.org/3.11/library/os.html, os.path.html. There are no processes: what would start one raises.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "posixpath",
  String.raw`
import posix
from posix import fspath

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False


def _like(path, text):
    return text.encode() if isinstance(path, bytes) else text


def normcase(s):
    return fspath(s)


def isabs(s):
    s = fspath(s)
    return s.startswith(_like(s, "/"))


def join(a, *p):
    a = fspath(a)
    slash = _like(a, "/")
    path = a
    try:
        for b in map(fspath, p):
            if b.startswith(slash):
                path = b
            elif not path or path.endswith(slash):
                path += b
            else:
                path += slash + b
    except (TypeError, AttributeError):
        for s in (a, *p):
            if not isinstance(s, (str, bytes)) and not hasattr(s, "__fspath__"):
                raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(s).__name__!r}") from None
        raise TypeError("Can't mix strings and bytes in path components") from None
    return path


def split(p):
    p = fspath(p)
    slash = _like(p, "/")
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    p = fspath(p)
    dot = _like(p, ".")
    base = p.rfind(_like(p, "/")) + 1
    i = p.rfind(dot)
    if i > base and p[base:i].strip(dot):
        return p[:i], p[i:]
    return p, p[:0]


def splitdrive(p):
    p = fspath(p)
    return p[:0], p


def basename(p):
    return split(p)[1] if not isinstance(p, str) else p[p.rfind("/") + 1:]


def dirname(p):
    return split(p)[0]


def _stat(path):
    try:
        return posix.stat(path)
    except (OSError, ValueError):
        return None


def exists(path):
    return _stat(path) is not None


lexists = exists


def isfile(path):
    st = _stat(path)
    return st is not None and st.st_mode & 0o170000 == 0o100000


def isdir(s):
    st = _stat(s)
    return st is not None and st.st_mode & 0o170000 == 0o040000


def islink(path):
    fspath(path)
    return False


def ismount(path):
    return realpath(path) == "/"


def getsize(filename):
    return posix.stat(filename).st_size


def getmtime(filename):
    return posix.stat(filename).st_mtime


getatime = getctime = getmtime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino


def samefile(f1, f2):
    return samestat(posix.stat(f1), posix.stat(f2))


def normpath(path):
    path = fspath(path)
    slash, dot, up = _like(path, "/"), _like(path, "."), _like(path, "..")
    if not path:
        return dot
    lead = 0
    if path.startswith(slash):
        lead = 2 if path.startswith(slash * 2) and not path.startswith(slash * 3) else 1
    parts = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != up or (not lead and not parts) or (parts and parts[-1] == up):
            parts.append(part)
        elif parts:
            parts.pop()
    return slash * lead + slash.join(parts) or dot


def abspath(path):
    path = fspath(path)
    if not isabs(path):
        path = join(posix.getcwdb() if isinstance(path, bytes) else posix.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    path = abspath(filename)
    if strict:
        posix.stat(path)
    return path


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    path = fspath(path)
    slash, up = _like(path, "/"), _like(path, "..")
    start = _like(path, ".") if start is None else fspath(start)
    there = [x for x in abspath(path).split(slash) if x]
    here = [x for x in abspath(start).split(slash) if x]
    i = len(commonprefix([here, there]))
    return slash.join([up] * (len(here) - i) + there[i:]) or _like(path, ".")


def commonprefix(m):
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(fspath, m))
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(fspath, paths))
    slash = _like(paths[0], "/")
    if len({p.startswith(slash) for p in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[c for c in p.split(slash) if c and c != _like(p, ".")] for p in paths]
    return (slash if paths[0].startswith(slash) else paths[0][:0]) + slash.join(commonprefix(split_paths))


def expanduser(path):
    path = fspath(path)
    if not path.startswith("~") or path[1:2] not in ("", "/"):
        return path
    import os
    return (os.environ.get("HOME", "/home/learner").rstrip("/") + path[1:]) or "/"


def expandvars(path):
    path = fspath(path)
    if "$" not in path:
        return path
    import os
    out, i = "", 0
    while i < len(path):
        if path[i] == "$":
            if path[i + 1:i + 2] == "{" and "}" in path[i:]:
                end = path.index("}", i)
                name, after = path[i + 2:end], end + 1
            else:
                after = i + 1
                while after < len(path) and (path[after].isalnum() or path[after] == "_"):
                    after += 1
                name = path[i + 1:after]
            if name in os.environ:
                out += os.environ[name]
                i = after
                continue
        out += path[i]
        i += 1
    return out
`,
);

definePythonModule(
  "os",
  String.raw`
import sys
import abc
import posix
import posixpath as path
from posix import *
from posix import _exit
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull
from _collections_abc import MutableMapping as _MutableMapping
from types import GenericAlias as _GenericAlias

sys.modules["os.path"] = path
name = "posix"
linesep = "\n"
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK = 0
supports_follow_symlinks = supports_fd = supports_dir_fd = set()


class PathLike(abc.ABC):
    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in b.__dict__ for b in subclass.__mro__)
        return NotImplemented

    __class_getitem__ = classmethod(_GenericAlias)


class _Environ(_MutableMapping):
    def __init__(self, data):
        self._data = data

    @staticmethod
    def _check(value):
        if not isinstance(value, str):
            raise TypeError("str expected, not %s" % type(value).__name__)
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._check(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self._data[self._check(key)] = self._check(value)

    def __delitem__(self, key):
        self._check(key)
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return "environ({" + ", ".join(f"{k!r}: {v!r}" for k, v in self._data.items()) + "})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __or__(self, other):
        return {**self, **other} if isinstance(other, (dict, _Environ)) else NotImplemented

    def __ror__(self, other):
        return {**other, **self} if isinstance(other, (dict, _Environ)) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


environ = _Environ({"PWD": getcwd(), **posix._environment()})


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def get_exec_path(env=None):
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    try:
        entries = listdir(top)
    except OSError as e:
        if onerror is not None:
            onerror(e)
        return
    dirs = [n for n in entries if path.isdir(path.join(top, n))]
    files = [n for n in entries if n not in dirs]
    if topdown:
        yield top, dirs, files
    for d in dirs:
        yield from walk(path.join(top, d), topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def _no_processes(*args, **kwargs):
    raise OSError(38, "the playground cannot start processes")


system = popen = fork = execv = execve = execvp = spawnv = kill = wait = waitpid = _no_processes


def abort():
    raise SystemExit(134)
`,
);
