"""What SQLAlchemy's tests use of pytest: fixtures, marks, parameters. The runner (runner.py) reads what the decorators note here.

The real pytest does not run on the playground's engine; the runner puts this module in its place, on both sides.
"""
import contextlib
import re

version_tuple = (9, 1, 0)
__version__ = "9.1.0"


class Skipped(Exception):
    """The test does not apply here."""


class Failed(AssertionError):
    pass


def skip(reason="", **kw):
    raise Skipped(reason)


skip.Exception = Skipped


def fail(reason="", **kw):
    raise Failed(reason)


@contextlib.contextmanager
def raises(cls, match=None):
    try:
        yield
    except cls as x:
        if match and not re.search(match, str(x)):
            raise Failed(f"{x!r} does not match {match!r}")
    else:
        raise Failed(f"DID NOT RAISE {cls!r}")


class param:
    """One set of arguments; exclusions are SQLAlchemy's rules that say on which databases it applies."""

    def __init__(self, *values, id=None, marks=(), exclusions=()):
        self.values, self.id, self.exclusions = values, id, exclusions


def parametrize(argnames, sets, **kw):
    names = re.split(r", *", argnames) if isinstance(argnames, str) else list(argnames)
    found = [s if isinstance(s, param) else param(*(s if len(names) > 1 else (s,))) for s in sets]

    def note(fn):
        fn._parametrized = getattr(fn, "_parametrized", []) + [(names, found)]
        return fn

    return note


class Mark:
    """pytest.mark: but for parametrize, marks choose tests on a command line, which nobody does here."""

    def __getattr__(self, name):
        return parametrize if name == "parametrize" else Mark()

    def __call__(self, *args, **kw):
        return args[0] if len(args) == 1 and callable(args[0]) and not kw else self


mark = Mark()


class Fixture:
    """A function made a fixture, found by its name in the class or module of the test."""

    method = False

    def __init__(self, fn, scope="function", params=None, ids=None, autouse=False):
        self.fn, self.scope, self.ids, self.autouse = fn, scope, ids, autouse
        self.params = None if params is None else list(params)

    def __set_name__(self, owner, name):
        self.method = True

    def function(self):
        return self.fn.__func__ if isinstance(self.fn, classmethod) else self.fn

    def bound(self, instance, cls):
        if isinstance(self.fn, classmethod):
            return self.fn.__get__(None, cls)
        return self.fn.__get__(instance, cls) if self.method else self.fn


def fixture(fn=None, *, scope="function", params=None, ids=None, autouse=False, name=None):
    def make(f):
        return Fixture(f, scope, params, ids, autouse)

    return make if fn is None else make(fn)
