// Marks, fixtures and what they give.
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const FIXTURES = String.raw`# ---- marks and fixtures

class Mark:
    def __init__(self, name, args, kwargs):
        self.name, self.args, self.kwargs = name, args, kwargs

    def __repr__(self):
        return "Mark(name=%r, args=%r, kwargs=%r)" % (self.name, self.args, self.kwargs)


class MarkDecorator:
    def __init__(self, name, args=(), kwargs=None):
        self.mark = Mark(name, args, kwargs or {})

    name = property(lambda self: self.mark.name)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and (isinstance(args[0], types.FunctionType) or isinstance(args[0], type)) and self.mark.name != "parametrize":
            target = args[0]
            target.pytestmark = [*target.__dict__.get("pytestmark", []), self.mark]
            return target
        if self.mark.name == "parametrize" and self.mark.args and len(args) == 1 and not kwargs and callable(args[0]):
            target = args[0]
            target.pytestmark = [*target.__dict__.get("pytestmark", []), self.mark]
            return target
        return MarkDecorator(self.mark.name, self.mark.args + args, {**self.mark.kwargs, **kwargs})


class _MarkGenerator:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError("Marker name must NOT start with underscore")
        return MarkDecorator(name)


mark = _MarkGenerator()


class ParameterSet(tuple):
    def __new__(cls, values, marks, id):
        self = tuple.__new__(cls, values)
        self.marks, self.id = marks, id
        return self


def param(*values, marks=(), id=None):
    return ParameterSet(values, marks if isinstance(marks, (list, tuple)) else (marks,), id)


class _FixtureDef:
    def __init__(self, func, scope, params, autouse, ids, name):
        self.func, self.scope, self.params, self.autouse, self.ids, self.name = func, scope, params, autouse, ids, name


def _definition(obj):
    "The fixture that an object of a module is, or None. An object may have any attribute one asks for: sqlalchemy.func has."
    found = getattr(obj, "_pytest_fixture", None)
    return found if isinstance(found, _FixtureDef) else None


def fixture(fixture_function=None, *, scope="function", params=None, autouse=False, ids=None, name=None):
    def decorate(func):
        if _definition(func):
            raise ValueError("fixture is being applied more than once to the same function")

        @functools.wraps(func)
        def direct(*args, **kwargs):
            fail('Fixture "%s" called directly. Fixtures are not meant to be called directly,\nbut are created automatically when test functions request them as parameters.' % func.__name__)
        direct._pytest_fixture = _FixtureDef(func, scope, None if params is None else list(params), autouse, ids, name or func.__name__)
        return direct
    return decorate if fixture_function is None else decorate(fixture_function)


yield_fixture = fixture


class MonkeyPatch:
    def __init__(self):
        self._undo = []

    @classmethod
    @contextlib.contextmanager
    def context(cls):
        m = cls()
        try:
            yield m
        finally:
            m.undo()

    def setattr(self, target, name, value=ParameterSet, raising=True):
        if value is ParameterSet:
            value = name
            where, _, name = target.rpartition(".")
            from unittest.mock import _import
            target = _import(where)
        missing = object()
        old = getattr(target, name, missing)
        if raising and old is missing:
            raise AttributeError("%r has no attribute %r" % (target, name))
        if isinstance(target, type):
            old = target.__dict__.get(name, missing)
        self._undo.append(lambda: delattr(target, name) if old is missing else setattr(target, name, old))
        setattr(target, name, value)

    def delattr(self, target, name, raising=True):
        if not hasattr(target, name):
            if raising:
                raise AttributeError(name)
            return
        old = getattr(target, name)
        self._undo.append(lambda: setattr(target, name, old))
        delattr(target, name)

    def setitem(self, dic, name, value):
        missing = object()
        old = dic.get(name, missing)
        self._undo.append(lambda: dic.pop(name, None) if old is missing else dic.__setitem__(name, old))
        dic[name] = value

    def delitem(self, dic, name, raising=True):
        if name not in dic:
            if raising:
                raise KeyError(name)
            return
        old = dic[name]
        self._undo.append(lambda: dic.__setitem__(name, old))
        del dic[name]

    def setenv(self, name, value, prepend=None):
        if prepend and name in os.environ:
            value = value + prepend + os.environ[name]
        self.setitem(os.environ, name, str(value))

    def delenv(self, name, raising=True):
        self.delitem(os.environ, name, raising)

    def syspath_prepend(self, path):
        old = sys.path[:]
        self._undo.append(lambda: sys.path.__setitem__(slice(None), old))
        sys.path.insert(0, str(path))

    def chdir(self, path):
        old = os.getcwd()
        self._undo.append(lambda: os.chdir(old))
        os.chdir(path)

    def undo(self):
        while self._undo:
            self._undo.pop()()


class CaptureResult(tuple):
    out = property(lambda self: self[0])
    err = property(lambda self: self[1])

    def __repr__(self):
        return "CaptureResult(out=%r, err=%r)" % (self[0], self[1])


class CaptureFixture:
    def _start(self):
        self._kept = sys.stdout, sys.stderr
        self._out, self._err = sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

    def readouterr(self):
        made = CaptureResult((self._out.getvalue(), self._err.getvalue()))
        for s in (self._out, self._err):
            s.seek(0)
            s.truncate()
        return made

    @contextlib.contextmanager
    def disabled(self):
        mine = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._kept
        try:
            yield
        finally:
            sys.stdout, sys.stderr = mine

    def _stop(self):
        sys.stdout, sys.stderr = self._kept
        return self._out.getvalue(), self._err.getvalue()


class LogCaptureFixture:
    def __init__(self):
        import logging
        outer = self
        self.records = []

        class Capture(logging.Handler):
            def emit(self, record):
                record.message = record.getMessage()
                outer.records.append(record)
        self.handler = Capture()
        logging.getLogger().addHandler(self.handler)
        self._levels = []

    @property
    def text(self):
        return "".join("%-8s %s:%s:%s %s\n" % (r.levelname, r.name, r.filename, r.lineno, r.message) for r in self.records)

    messages = property(lambda self: [r.message for r in self.records])
    record_tuples = property(lambda self: [(r.name, r.levelno, r.message) for r in self.records])

    def clear(self):
        self.records.clear()

    def set_level(self, level, logger=None):
        import logging
        target = logging.getLogger(logger)
        self._levels.append((target, target.level))
        target.setLevel(level)

    @contextlib.contextmanager
    def at_level(self, level, logger=None):
        import logging
        target = logging.getLogger(logger)
        old = target.level
        target.setLevel(level)
        try:
            yield
        finally:
            target.setLevel(old)

    def _stop(self):
        import logging
        logging.getLogger().removeHandler(self.handler)
        for target, level in reversed(self._levels):
            target.setLevel(level)


class FixtureRequest:
    def __init__(self, item, scope, param=None, has_param=False):
        self._item, self.scope = item, scope
        if has_param:
            self.param = param
        self.node, self.function, self.module, self.instance = item, item.func, item.module, item.instance
        self.cls = item.cls
        self.fixturename = None
        self._finalizers = []

    def addfinalizer(self, f):
        self._finalizers.append(f)

    def getfixturevalue(self, name):
        return self._item.fixture(name)


`;
