// The module pathlib: POSIX paths over os; pure Windows paths as text only.
// Behaviour: docs.python.org/3.11/library/pathlib.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "pathlib",
  String.raw`
import io
import os
import fnmatch
from _collections_abc import Sequence
from urllib.parse import quote_from_bytes as _quote
from types import GenericAlias as _GenericAlias

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _Parents(Sequence):
    def __init__(self, path):
        self._cls = type(path)
        self._drv, self._root, self._parts = path._drv, path._root, path._parts

    def __len__(self):
        return len(self._parts) - 1 if self._drv or self._root else len(self._parts)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._cls._make(self._drv, self._root, self._parts[:-idx - 1])

    def __repr__(self):
        return "<{}.parents>".format(self._cls.__name__)


class PurePath:
    __slots__ = ("_drv", "_root", "_parts", "_text")
    _sep = "/"
    _windows = False

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return cls._from(args)

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    @classmethod
    def _make(cls, drv, root, parts):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drv, root, parts
        self._text = None
        return self

    @classmethod
    def _pieces(cls, args):
        out = []
        for a in args:
            if isinstance(a, PurePath):
                out += a._parts
            else:
                a = os.fspath(a)
                if not isinstance(a, str):
                    raise TypeError("argument should be a str object or an os.PathLike object returning str, not %r" % type(a))
                out.append(str(a))
        return out

    @classmethod
    def _split(cls, text):
        """Drive, root and the names of one text."""
        if not cls._windows:
            root = ""
            if text.startswith("/"):
                root = "//" if text.startswith("//") and not text.startswith("///") else "/"
            return "", root, [x for x in text.split("/") if x and x != "."]
        text = text.replace("/", "\\")
        drv = ""
        if text[1:2] == ":" and text[:1].isalpha():
            drv, text = text[:2], text[2:]
        elif text.startswith("\\\\") and not text.startswith("\\\\\\"):
            host, _, rest = text[2:].partition("\\")
            share, slash, rest = rest.partition("\\")
            drv, text = "\\\\" + host + "\\" + share, "\\" + rest
        root = "\\" if text.startswith("\\") else ""
        return drv, root, [x for x in text.split("\\") if x and x != "."]

    @classmethod
    def _parse(cls, pieces):
        drv = root = ""
        names = []
        for piece in pieces:
            d, r, more = cls._split(piece)
            if r or d and d.lower() != drv.lower():
                drv, root, names = d or drv, r, more
            else:
                names = names + more
        return drv, root, ([drv + root] if drv or root else []) + names

    @classmethod
    def _from(cls, args):
        return cls._make(*cls._parse(cls._pieces(args)))

    def __str__(self):
        if self._text is None:
            if self._drv or self._root:
                self._text = self._drv + self._root + self._sep.join(self._parts[1:])
            else:
                self._text = self._sep.join(self._parts) or "."
        return self._text

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self).replace(self._sep, "/")

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + ("/" if self._windows else "") + _quote(bytes(self)).replace("%3A", ":")

    @property
    def _cparts(self):
        return [p.lower() for p in self._parts] if self._windows else self._parts

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._cparts == other._cparts and self._windows == other._windows

    def __hash__(self):
        return hash(tuple(self._cparts))

    def __lt__(self, other):
        if not isinstance(other, PurePath) or self._windows != other._windows:
            return NotImplemented
        return self._cparts < other._cparts

    def __le__(self, other):
        if not isinstance(other, PurePath) or self._windows != other._windows:
            return NotImplemented
        return self._cparts <= other._cparts

    def __gt__(self, other):
        if not isinstance(other, PurePath) or self._windows != other._windows:
            return NotImplemented
        return self._cparts > other._cparts

    def __ge__(self, other):
        if not isinstance(other, PurePath) or self._windows != other._windows:
            return NotImplemented
        return self._cparts >= other._cparts

    __class_getitem__ = classmethod(_GenericAlias)

    drive = property(lambda self: self._drv)
    root = property(lambda self: self._root)
    anchor = property(lambda self: self._drv + self._root)

    @property
    def name(self):
        parts = self._parts
        return "" if len(parts) == (1 if self._drv or self._root else 0) else parts[-1]

    @property
    def suffix(self):
        name = self.name
        i = name.rfind(".")
        return name[i:] if 0 < i < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + s for s in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        i = name.rfind(".")
        return name[:i] if 0 < i < len(name) - 1 else name

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        drv, root, parts = self._parse([name]) if name else ("", "", [])
        if not name or name[-1] in "/" + self._sep or drv or root or len(parts) != 1:
            raise ValueError("Invalid name %r" % (name,))
        return self._make(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if self._sep in suffix or "/" in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self._make(self._drv, self._root, self._parts[:-1] + [self.stem + suffix])

    def relative_to(self, *other):
        if not other:
            raise TypeError("need at least one argument")
        to = type(self)._make(*self._parse(self._pieces(other)))
        n = len(to._parts)
        if self._cparts[:n] != to._cparts or bool(self._root) != bool(to._root):
            raise ValueError("{!r} is not in the subpath of {!r} OR one path is relative and the other is absolute.".format(str(self), str(to)))
        return self._make("", "", self._parts[n:])

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    @property
    def parts(self):
        return tuple(self._parts)

    def joinpath(self, *args):
        return self._make(*self._parse([str(self)] + self._pieces(args)) if self._parts else self._parse(self._pieces(args)))

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from([key] + self._parts)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        parts = self._parts
        if len(parts) == (1 if self._drv or self._root else 0):
            return self
        return self._make(self._drv, self._root, parts[:-1])

    @property
    def parents(self):
        return _Parents(self)

    def is_absolute(self):
        return bool(self._root) and (bool(self._drv) or not self._windows)

    def is_reserved(self):
        return False

    def match(self, path_pattern):
        drv, root, pattern = self._parse([path_pattern])
        if not pattern:
            raise ValueError("empty pattern")
        parts = self._cparts
        if self._windows:
            pattern = [p.lower() for p in pattern]
        if drv or root:
            if len(pattern) != len(parts):
                return False
        elif len(pattern) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(a, b) for a, b in zip(reversed(parts), reversed(pattern)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    __slots__ = ()


class PureWindowsPath(PurePath):
    __slots__ = ()
    _sep = "\\"
    _windows = True


class Path(PurePath):
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        return cls._from(args)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls("~").expanduser()

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def iterdir(self):
        for name in os.listdir(self):
            yield self / name

    def _children(self):
        try:
            return [self / n for n in os.listdir(self)]
        except OSError:
            return []

    def _select(self, pattern):
        if not pattern:
            yield self
            return
        first, rest = pattern[0], pattern[1:]
        if first == "**":
            yield from self._select(rest)
            for child in self._children():
                if child.is_dir():
                    yield from child._select(pattern)
        elif any(c in first for c in "*?["):
            for child in self._children():
                if fnmatch.fnmatchcase(child.name, first) and (not rest or child.is_dir()):
                    yield from child._select(rest)
        else:
            child = self / first
            if child.exists():
                yield from child._select(rest)

    def _glob(self, pattern):
        seen = set()
        for p in self._select(pattern):
            if pattern[-1] == "**" and not p.is_dir():
                continue
            if p not in seen:
                seen.add(p)
                yield p

    def glob(self, pattern):
        if not pattern:
            raise ValueError("Unacceptable pattern: {!r}".format(pattern))
        drv, root, parts = self._parse([pattern])
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        for p in parts:
            if "**" in p and p != "**":
                raise ValueError("Invalid pattern: '**' can only be an entire path component")
        yield from self._glob(self._for_folders(parts, pattern))

    @staticmethod
    def _for_folders(parts, pattern):
        """A pattern that ends like a folder's name finds folders only."""
        return parts + [""] if pattern[-1:] == "/" else parts

    def rglob(self, pattern):
        drv, root, parts = self._parse([pattern])
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        yield from self._glob(self._for_folders(["**"] + parts, pattern))

    def absolute(self):
        return self if self.is_absolute() else self.cwd() / self

    def resolve(self, strict=False):
        return self.__class__(os.path.realpath(self, strict=strict))

    def stat(self, *, follow_symlinks=True):
        return os.stat(self)

    lstat = stat

    def owner(self):
        self.stat()
        return "learner"

    group = owner

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(os.fspath(self), mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open("rb") as f:
            return f.read()

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as f:
            return f.read()

    def write_bytes(self, data):
        view = memoryview(data)
        with self.open("wb") as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % data.__class__.__name__)
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def readlink(self):
        return self.__class__(os.readlink(self))

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError(17, "File exists", str(self))
            os.utime(self)
        else:
            self.open("a").close()

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        os.rmdir(self)

    def rename(self, target):
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        os.link(target, self)

    def exists(self):
        return os.path.exists(self)

    def is_dir(self):
        return os.path.isdir(self)

    def is_file(self):
        return os.path.isfile(self)

    def is_mount(self):
        return os.path.ismount(self)

    def is_symlink(self):
        return False

    is_block_device = is_char_device = is_fifo = is_socket = is_symlink

    def expanduser(self):
        if self._parts and not self._root and self._parts[0][:1] == "~":
            home = os.path.expanduser(self._parts[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            return self._from([home] + self._parts[1:])
        return self


class PosixPath(Path, PurePosixPath):
    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise NotImplementedError("cannot instantiate %r on your system" % (cls.__name__,))
`,
);
