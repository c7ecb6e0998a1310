"""Private names that SQLAlchemy's testing package takes from the library for its own work, where ours has no such thing.

Imported on our side only, before the tests. Nothing that a test asks about stands here.
"""
import collections
import functools
import importlib
import inspect
import sys
import types
import typing
import warnings


def put(module, **names):
    """Add names to a module of the library, but none that it has."""
    found = importlib.import_module(module)
    for name, value in names.items():
        if not hasattr(found, name):
            setattr(found, name, value)


def module(name, **names):
    """Add a module that the library does not have."""
    made = types.ModuleType(name)
    vars(made).update(names)
    sys.modules[name] = made
    return made


class AsyncUtil:
    """Runs coroutines of tests; there is no greenlet under them here."""

    def run(self, fn, *args, **kw):
        import asyncio

        return asyncio.run(fn(*args, **kw))

    def run_in_greenlet(self, fn, *args, **kw):
        return fn(*args, **kw)

    def close(self):
        pass


def decorator(target):
    """A decorator that has `target` called with the function and its arguments."""

    def decorate(fn):
        return functools.wraps(fn)(lambda *args, **kw: target(fn, *args, **kw))

    return decorate


# what the tests ask of the interpreter and its platform
flags = dict.fromkeys(["cpython", "is64bit", "py38", "py39", "py310", "py311"], True) | dict.fromkeys(
    ["freethreading", "has_refcount_gc", "py312", "py313", "py314", "win32", "pypy", "osx", "arm"], False
)
compat = module("sqlalchemy.util.compat", inspect_getfullargspec=inspect.getfullargspec, **flags)
hints = module("sqlalchemy.util.typing", **{k: v for k, v in vars(typing).items() if k[0] != "_"})
put(
    "sqlalchemy.util",
    compat=compat,
    typing=hints,
    decorator=decorator,
    defaultdict=collections.defaultdict,
    deprecated=lambda *args, **kw: lambda fn: fn,
    has_compiled_ext=lambda raise_=False: False,
    inspect_getfullargspec=inspect.getfullargspec,
    warn_limited=lambda message, args: warnings.warn(message % args),
    **flags,
)
put("sqlalchemy.util", partial=functools.partial, b=lambda text: text.encode("latin-1"))
put("sqlalchemy.orm", mapperlib=importlib.import_module("sqlalchemy.orm.mapper"))
put("sqlalchemy.util.concurrency", _AsyncUtil=AsyncUtil)
put("sqlalchemy.util.langhelpers", _warnings_warn=lambda *args, **kw: None)
# connections that were never given back, which follow from reference counts
put("sqlalchemy.pool.base", _strong_ref_connection_records={})
module("sqlalchemy.ext.mypy")
module("sqlalchemy.ext.mypy.util", mypy_14=False)



def stand_in(name):
    """A name that is not ours to have: the module of tests that imports it loads, and the tests that use it fail."""
    if name[:2] == "__":
        raise AttributeError(name)
    return type(name, (), {})


for name in """engine.base engine.default engine.reflection engine.url event.base inspection orm.base orm.context orm.decl_base
orm.events orm.instrumentation orm.interfaces orm.mapper orm.path_registry orm.relationships orm.strategy_options orm.util
sql.base sql.cache_key sql.coercions sql.compiler sql.elements sql.expression sql.functions sql.schema sql.selectable
sql.sqltypes sql.type_api sql.util sql.visitors types orm sql util""".split():
    try:
        importlib.import_module("sqlalchemy." + name).__getattr__ = stand_in
    except ImportError:
        module("sqlalchemy." + name, __getattr__=stand_in)

# modules of the operating system and of measuring, which the testing package names and these tests do not use
for name in ["subprocess", "shutil", "platform", "pstats", "cProfile", "tempfile", "configparser", "gc"]:
    try:
        importlib.import_module(name)
    except ImportError:
        module(name)
