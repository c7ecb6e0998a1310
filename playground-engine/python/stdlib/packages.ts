// The modules pkgutil, importlib.metadata and importlib.resources: what packages there are, and what lies in them.
// Behaviour: docs.python.org/3.11/library/pkgutil.html, importlib.metadata.html, importlib.resources.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "pkgutil",
  String.raw`
import os
import sys
import importlib
from collections import namedtuple

__all__ = ["get_loader", "find_loader", "walk_packages", "iter_modules", "get_data", "extend_path", "resolve_name", "ModuleInfo"]
ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")
ModuleInfo.__module__ = "pkgutil"


class _Finder:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return "FileFinder(%r)" % self.path


def iter_modules(path=None, prefix=""):
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for folder in sys.path if path is None else path:
        folder = folder or "."
        if not os.path.isdir(folder):
            continue
        finder = _Finder(folder)
        for file in sorted(os.listdir(folder)):
            full = os.path.join(folder, file)
            package = os.path.isdir(full) and os.path.exists(os.path.join(full, "__init__.py"))
            name = file if package else file[:-3] if file.endswith(".py") else None
            if name is None or name == "__init__" or name in seen or "." in name:
                continue
            seen.add(name)
            yield ModuleInfo(finder, prefix + name, package)


def walk_packages(path=None, prefix="", onerror=None):
    for info in iter_modules(path, prefix):
        yield info
        if info.ispkg:
            try:
                __import__(info.name)
            except ImportError:
                if onerror is not None:
                    onerror(info.name)
            except Exception:
                if onerror is None:
                    raise
                onerror(info.name)
            else:
                yield from walk_packages(getattr(sys.modules[info.name], "__path__", None) or [], info.name + ".", onerror)


def get_data(package, resource):
    module = sys.modules.get(package) or importlib.import_module(package)
    with open(os.path.join(os.path.dirname(module.__file__), *resource.split("/")), "rb") as f:
        return f.read()


def extend_path(path, name):
    return path


def find_loader(fullname):
    import importlib.util
    spec = importlib.util.find_spec(fullname)
    return None if spec is None else spec.loader


get_loader = find_loader


def resolve_name(name):
    module, colon, rest = name.partition(":")
    if colon:
        found = importlib.import_module(module)
        for part in filter(None, rest.split(".")):
            found = getattr(found, part)
        return found
    parts = name.split(".")
    found = importlib.import_module(parts.pop(0))
    done = found.__name__
    while parts:
        try:
            found = importlib.import_module(done + "." + parts[0])
        except ImportError:
            break
        done += "." + parts.pop(0)
    for part in parts:
        found = getattr(found, part)
    return found
`,
);

definePythonModule(
  "importlib.metadata",
  String.raw`
_VERSIONS = {"sqlalchemy": ("SQLAlchemy", "2.0.52"), "alembic": ("alembic", "1.19.1"), "pytest": ("pytest", "7.4.0")}


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return "No package metadata was found for %s" % self.args


def _known(name):
    found = _VERSIONS.get(name.lower().replace("_", "-"))
    if found is None:
        raise PackageNotFoundError(name)
    return found


def version(distribution_name):
    return _known(distribution_name)[1]


def metadata(distribution_name):
    name, number = _known(distribution_name)
    return {"Name": name, "Version": number}


def requires(distribution_name):
    _known(distribution_name)
    return None


def entry_points(**params):
    return []


def packages_distributions():
    return {k: [v[0]] for k, v in _VERSIONS.items()}
`,
);

definePythonModule(
  "importlib.resources",
  String.raw`
import contextlib
import importlib
import pathlib


def files(package):
    module = importlib.import_module(package) if isinstance(package, str) else package
    return pathlib.Path(module.__file__).parent


@contextlib.contextmanager
def as_file(path):
    yield path


def read_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).read_text(encoding, errors)


def read_binary(package, resource):
    return (files(package) / resource).read_bytes()


def open_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).open("r", encoding=encoding, errors=errors)


def open_binary(package, resource):
    return (files(package) / resource).open("rb")


def is_resource(package, name):
    return (files(package) / name).is_file()


def contents(package):
    return [p.name for p in files(package).iterdir()]


@contextlib.contextmanager
def path(package, resource):
    yield files(package) / resource
`,
);
