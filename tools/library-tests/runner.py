"""Runs a module of SQLAlchemy's own tests and prints one line for each test: PASS or FAIL, its name, what it raised.

The tests and their helpers are the project's own, laid out by layout.ts with sqlalchemy.testing as the package `satesting`, so that
the same files run beside the real library and beside ours. In place of their pytest plugin stand pytest_stand_in.py and what is below.

usage: runner.py MODULE [PATTERN]    only tests whose name matches the regular expression
"""
import argparse
import functools
import importlib
import inspect
import os
import re
import sys
import traceback
import types
import warnings

import pytest_stand_in as pytest

# the tests' own imports of pytest meet the stand-in, too
sys.modules["pytest"] = pytest

WIDTH = 400
TRACEBACKS = bool(os.environ.get("TRACEBACKS"))

#: how a parameter shows in a test's name, by the letter of its place in `id_`
ID = {
    "i": lambda o: o,
    "r": repr,
    "s": str,
    "n": lambda o: o.__name__ if hasattr(o, "__name__") else type(o).__name__,
}


class FixtureFunctions:
    """What satesting.config asks of its pytest plugin."""

    add_to_marker = pytest.mark

    def fixture_classmethod(self, fn):
        return classmethod(fn)

    def skip_test_exception(self, *args, **kw):
        return pytest.Skipped(*args)

    def mark_base_test_class(self):
        return lambda cls: cls

    def get_current_test_name(self):
        return Report.current

    def async_test(self, fn):
        from satesting import asyncio

        return functools.wraps(fn)(functools.partial(asyncio._run_coroutine_function, fn))

    def param_ident(self, ident, *values):
        return pytest.param(*values, id=ident)

    def fixture(self, *args, **kw):
        return pytest.fixture(*args, **kw)

    def combinations(self, *sets, argnames=None, id_=None, **kw):
        from satesting import exclusions

        if len(sets) == 1 and hasattr(sets[0], "__next__"):
            sets = list(sets[0])
        params = []
        for values in sets:
            values = values if isinstance(values, tuple) else (values,)
            rules = [v for v in values if isinstance(v, exclusions.compound)]
            values = [v for v in values if not isinstance(v, exclusions.compound)]
            name = None
            if id_:
                name = "-".join(str(ID[c](v)) for c, v in zip(id_, values) if c in ID)
                values = [v for c, v in zip(id_, values) if c != "i"]
            params.append(pytest.param(*values, id=name, exclusions=rules))

        def note(fn):
            if inspect.isclass(fn):
                if "_sa_parametrize" not in fn.__dict__:
                    fn._sa_parametrize = []
                fn._sa_parametrize.append((argnames, params))
                return fn
            return pytest.parametrize(argnames or inspect.getfullargspec(fn).args[1:], params)(fn)

        return note


class Request:
    """The fixtures of one class or test: their values, and what is to be undone in the opposite order."""

    def __init__(self, cls, instance, module, parent=None, chosen=None):
        self.cls, self.instance, self.module, self.parent = cls, instance, module, parent
        self.chosen = chosen or {}
        self.values, self.undo = {}, []
        self.node = types.SimpleNamespace(name=Report.current)

    def find(self, name):
        for c in self.cls.__mro__:
            if name in c.__dict__:
                return c.__dict__[name] if isinstance(c.__dict__[name], pytest.Fixture) else None
        found = getattr(self.module, name, None)
        return found if isinstance(found, pytest.Fixture) else None

    def getfixturevalue(self, name):
        if name in self.values:
            return self.values[name]
        found = self.find(name)
        if found is None:
            raise pytest.Failed(f"fixture '{name}' not found")
        if found.scope == "class" and self.parent is not None:
            return self.parent.getfixturevalue(name)
        return self.start(name, found)

    def start(self, name, found):
        names = inspect.getfullargspec(found.function()).args
        if found.method:
            names = names[1:]
        fn = found.bound(self.instance, self.cls)
        value = fn(*(self.asked(name) if n == "request" else self.getfixturevalue(n) for n in names))
        if inspect.isgenerator(value):
            steps, value = value, next(value)
            self.undo.append(lambda: next(steps, None))
        self.values[name] = value
        return value

    def asked(self, name):
        asked = types.SimpleNamespace(**vars(self), param=self.chosen.get(name))
        asked.addfinalizer = self.undo.append
        asked.getfixturevalue = self.getfixturevalue
        return asked

    def automatic(self, scope):
        """Names of the fixtures that every test of the class has, those of base classes first."""
        names = dict.fromkeys(
            name for c in reversed(self.cls.__mro__) for name, f in c.__dict__.items() if isinstance(f, pytest.Fixture)
        )
        return [n for n in names if (f := self.find(n)) is not None and f.autouse and f.scope == scope]

    def finish(self):
        while self.undo:
            self.undo.pop()()


class Report:
    """What is printed, and how many of each kind."""

    current = None
    count = {"PASS": 0, "FAIL": 0, "SKIP": 0}

    @classmethod
    def say(cls, kind, name, raised=None):
        cls.count[kind] += 1
        if kind != "SKIP":
            print(kind, name, "" if raised is None else cls.words(raised), flush=True)

    @staticmethod
    def words(raised):
        if TRACEBACKS:
            traceback.print_exception(raised)
        text = re.sub(r"\s+", " ", f"{type(raised).__name__} {raised}")
        return re.sub(r"0x[0-9a-f]+|(?<![\w.])\d{9,}(?![\w.])", "0x", text)[:WIDTH]


def configure():
    """The engine and the requirements that the tests go by. @returns satesting"""
    from satesting import config

    config._fixture_functions = FixtureFunctions()
    import satesting
    from satesting import provision
    from satesting import warnings as filters
    from sqlalchemy.dialects import registry
    from sqlalchemy.engine import make_url

    for style in ("numeric", "dollar"):
        registry.register(
            f"sqlite.pysqlite_{style}", "sqlalchemy.dialects.sqlite.pysqlite", f"_SQLiteDialect_pysqlite_{style}"
        )
    config.options = argparse.Namespace(
        backend_only=False, low_connections=False, dbdriver=[], dburi=[], nomemory=True, notimingintensive=True, has_coverage=False
    )
    config.file_config = config._current = None
    config.bootstrapped_as_sqlalchemy = True
    from test.requirements import DefaultRequirements

    current = provision.setup_config(make_url("sqlite:///:memory:"), config.options, None, None)
    current.set_as_current(current, satesting)
    config.requirements = satesting.requires = DefaultRequirements()
    filters.setup_filters()
    return satesting


def classes(module):
    """The module's test classes, each once for every combination of its own parameters."""
    from satesting.fixtures import TestBase

    for name, cls in sorted(vars(module).items()):
        if not (isinstance(cls, type) and issubclass(cls, TestBase) and cls.__module__ == module.__name__) or name[0] == "_":
            continue
        chosen = [({}, [])]
        for argnames, params in getattr(cls, "_sa_parametrize", ()):
            names = re.split(r", *", argnames)
            chosen = [
                ({**values, **dict(zip(names, p.values))}, ids + [str(p.id or p.values[0])])
                for values, ids in chosen
                for p in params
            ]
        for values, ids in chosen:
            label = "_".join([cls.__name__, *(re.sub(r"\W", "_", i) for i in ids)])
            yield type(label, (cls,), {**values, "__module__": cls.__module__}) if ids else cls


def does_not_apply(cls, current):
    from satesting import config, exclusions

    def among(names):
        return exclusions.db_spec(*([names] if isinstance(names, str) else names))(current)

    if getattr(cls, "__unsupported_on__", None) and among(cls.__unsupported_on__):
        return True
    if getattr(cls, "__only_on__", None) and not among(cls.__only_on__):
        return True
    needs = (getattr(config.requirements, name) for name in getattr(cls, "__requires__", ()) or ())
    return any(n.matching_config_reasons(current) for n in needs) or any(c() for c in getattr(cls, "__skip_if__", None) or ())


def parametrized(fn):
    while hasattr(fn, "__wrapped__") and not hasattr(fn, "_parametrized"):
        fn = fn.__wrapped__
    sets = [({}, [], [])]
    for names, params in getattr(fn, "_parametrized", ()):
        sets = [
            ({**kw, **dict(zip(names, p.values))}, ids + [p.id or f"{names[0]}{i}"], rules + list(p.exclusions))
            for kw, ids, rules in sets
            for i, p in enumerate(params)
        ]
    return sets


def fixture_choices(request, names):
    """Fixtures with parameters among those that a test needs: every combination."""
    found = {}

    def note(name):
        f = request.find(name)
        if f is not None and name not in found:
            found[name] = f
            for n in inspect.getfullargspec(f.function()).args:
                note(n)

    for name in names:
        note(name)
    sets = [({}, [])]
    for name, f in found.items():
        if f.params is not None:
            values = [p.values[0] if isinstance(p, pytest.param) else p for p in f.params]
            label = f.ids if callable(f.ids) else None
            sets = [
                ({**chosen, name: v}, ids + [str(label(v)) if label else f"{name}{i}"])
                for chosen, ids in sets
                for i, v in enumerate(values)
            ]
    return sets


def needed(fn, given):
    """The arguments of a test that fixtures have to fill."""
    spec = inspect.getfullargspec(fn)
    positional = spec.args[1 : len(spec.args) - len(spec.defaults or ())]
    only = [n for n in spec.kwonlyargs if n not in (spec.kwonlydefaults or {})]
    return [n for n in positional + only if n not in given]


def run_test(cls, fn, kw, rules, need, request):
    """@returns what it raised, or None"""
    from satesting import asyncio, engines, exclusions, fixtures

    instance, raised = request.instance, None
    with warnings.catch_warnings():
        try:
            for name in request.automatic("function"):
                request.getfixturevalue(name)
            getattr(instance, "setup_test", lambda: None)()
            args = {n: request.getfixturevalue(n) for n in need}
            call = exclusions.compound().add(*rules)(fn) if rules else fn
            if inspect.iscoroutinefunction(inspect.unwrap(fn)):
                asyncio._run_coroutine_function(call, instance, **kw, **args)
            else:
                call(instance, **kw, **args)
        except BaseException as x:
            raised = x
    try:
        fixtures.after_test()
        engines.testing_reaper.after_test()
        request.finish()
        engines.testing_reaper.after_test_outside_fixtures(instance)
        getattr(instance, "teardown_test", lambda: None)()
    except BaseException as x:
        raised = raised or x
    return raised


def run_class(cls, module, wanted):
    names = [n for n in sorted(dir(cls)) if n.startswith("test_") and callable(getattr(cls, n))]
    shared = Request(cls, None, module)
    getattr(cls, "setup_test_class", lambda: None)()
    for name in shared.automatic("class"):
        shared.getfixturevalue(name)
    for name in names:
        fn = getattr(cls, name)
        for kw, ids, rules in parametrized(fn):
            need = needed(inspect.unwrap(fn), kw)
            for chosen, more in fixture_choices(shared, need + shared.automatic("function")):
                label = f"{cls.__name__}.{name}" + (f"[{'-'.join(map(str, ids + more))}]" if ids or more else "")
                if not wanted(label):
                    continue
                Report.current = label
                raised = run_test(cls, fn, kw, rules, need, Request(cls, cls(), module, shared, chosen))
                kind = "PASS" if raised is None else "SKIP" if isinstance(raised, pytest.Skipped) else "FAIL"
                Report.say(kind, label, raised)
    getattr(cls, "teardown_test_class", lambda: None)()
    shared.finish()


def run(name, pattern=None):
    satesting = configure()
    from satesting import config, engines, fixtures, provision

    def wanted(label):
        return pattern is None or re.search(pattern, label)

    module = importlib.import_module(name)
    for cls in classes(module):
        tests = [n for n in dir(cls) if n.startswith("test_")]
        if not any(wanted(f"{cls.__name__}.{n}") or "[" in (pattern or "") for n in tests):
            continue
        Report.current = cls.__name__
        try:
            if does_not_apply(cls, config._current):
                Report.count["SKIP"] += len(tests)
                continue
            if getattr(cls, "__engine_options__", None):
                engine = engines.testing_engine(options={**cls.__engine_options__, "scope": "class"})
                config._current.push_engine(engine, satesting)
            run_class(cls, module, wanted)
            fixtures.stop_test_class_inside_fixtures(cls)
            engines.testing_reaper.stop_test_class_inside_fixtures()
            provision.stop_test_class_outside_fixtures(config, config.db, cls)
            engines.testing_reaper.stop_test_class_outside_fixtures()
        except pytest.Skipped:
            Report.count["SKIP"] += len(tests)
        except BaseException as x:
            Report.say("FAIL", f"{cls.__name__}.(class)", x)
        config._current.reset(satesting)
    print("COUNT", *Report.count.values(), flush=True)


if __name__ == "__main__":
    run(*sys.argv[1:3])
