// Collecting tests and running them.
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const SESSION = String.raw`# ---- collecting and running

class Item:
    def __init__(self, session, module, path, cls, name, func, marks, callspec=None):
        self.session, self.module, self.path, self.cls, self.func, self.marks = session, module, path, cls, func, marks
        self.callspec = callspec or {}
        self.originalname = name
        self.name = name
        self.fixtureparams = {}
        self.instance = None
        self.unittest = False
        self.values = {}
        self.teardowns = []
        self.asking = []

    @property
    def nodeid(self):
        return "::".join([self.path] + ([self.cls.__name__] if self.cls else []) + [self.name])

    def get_closest_marker(self, name):
        return next((m for m in reversed(self.marks) if m.name == name), None)

    def iter_markers(self, name=None):
        return (m for m in self.marks if name is None or m.name == name)

    def fixture(self, name):
        if name in self.callspec:
            return self.callspec[name]
        if name in self.values:
            return self.values[name]
        definition = self.session.find_fixture(self, name)
        if definition is None:
            known = sorted({n for n in self.session.fixture_names(self) if not n.startswith("_")})
            error = FixtureLookupError("fixture '%s' not found\navailable fixtures: %s\nuse 'pytest --fixtures [testpath]' for help on them." % (name, ", ".join(known)))
            error.stack = [self.func] + self.asking
            raise error
        scope = definition.scope if not callable(definition.scope) else definition.scope(name, None)
        cache = self.session.cache_of(scope, self)
        has_param = name in self.fixtureparams
        key = (definition, id(self.fixtureparams[name]) if has_param else None)
        if scope != "function" and key in cache:
            return cache[key]
        request = FixtureRequest(self, scope, self.fixtureparams.get(name), has_param)
        request.fixturename = name
        args = {}
        self.asking.append(definition.func)
        for p in _arguments(definition.func):
            if p == "request":
                args[p] = request
            elif p != "self":
                args[p] = self.fixture(p) if p != name else self.outer_fixture(definition, name)
        self.asking.pop()
        func = definition.func
        if "self" in inspect.signature(func).parameters and self.instance is not None:
            func = func.__get__(self.instance)
        stack = self.teardowns if scope == "function" else self.session.teardowns_of(scope, self)
        made = func(**args)
        if inspect.isgenerator(made):
            generator, made = made, next(made)

            def finish():
                try:
                    next(generator)
                except StopIteration:
                    return
                fail("fixture function has more than one 'yield'")
            stack.append(finish)
        elif inspect.iscoroutine(made):
            import asyncio
            made = asyncio.run(made)
        stack.append(lambda: [f() for f in reversed(request._finalizers)])
        if scope == "function":
            self.values[name] = made
        else:
            cache[key] = made
        return made

    def outer_fixture(self, definition, name):
        found = [d for d in self.session.all_fixtures(self) if d.name == name]
        return found[found.index(definition) + 1].func() if definition in found and found.index(definition) + 1 < len(found) else fail("recursive dependency involving fixture '%s' detected" % name)


def _arguments(func):
    return [n for n, p in inspect.signature(func).parameters.items() if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.default is p.empty]


@fixture
def monkeypatch():
    m = MonkeyPatch()
    yield m
    m.undo()


@fixture
def capsys():
    c = CaptureFixture()
    c._start()
    yield c
    c._stop()


@fixture
def caplog():
    c = LogCaptureFixture()
    yield c
    c._stop()


@fixture
def tmp_path():
    import pathlib
    import tempfile
    yield pathlib.Path(tempfile.mkdtemp(prefix="pytest-"))


@fixture
def recwarn():
    with WarningsRecorder() as w:
        yield w


class TempPathFactory:
    def mktemp(self, basename, numbered=True):
        import pathlib
        import tempfile
        return pathlib.Path(tempfile.mkdtemp(prefix=basename))


@fixture(scope="session")
def tmp_path_factory():
    return TempPathFactory()


@fixture
def record_property():
    return lambda name, value: None


@fixture
def doctest_namespace():
    return {}


class SubTests:
    @contextlib.contextmanager
    def test(self, msg=None, **kwargs):
        yield


@fixture
def subtests():
    return SubTests()


@fixture
def pytestconfig():
    return types.SimpleNamespace(rootpath=__import__("pathlib").Path(os.getcwd()), getoption=lambda name, default=None: default, getini=lambda name: None)


_BUILTIN_FIXTURES = {f.__name__: f._pytest_fixture for f in (monkeypatch, capsys, caplog, tmp_path, recwarn, tmp_path_factory, record_property, doctest_namespace, subtests, pytestconfig)}
for _same, _as in (("tmpdir", "tmp_path"), ("tmpdir_factory", "tmp_path_factory"), ("capfd", "capsys"), ("capfdbinary", "capsys"), ("capsysbinary", "capsys"), ("capteesys", "capsys"),
                   ("record_testsuite_property", "record_property"), ("record_xml_attribute", "record_property")):
    _BUILTIN_FIXTURES[_same] = _BUILTIN_FIXTURES[_as]


def _told_apart(options):
    "Ids that come more than once get numbers: Ann0, Ann1; after a digit, 1_0, 1_1."
    texts = [o[2][0] for o in options]
    repeated = {t for t in texts if texts.count(t) > 1}
    numbers = dict.fromkeys(repeated, 0)
    for option in options:
        text = option[2][0]
        if text not in repeated:
            continue
        stem = text + ("_" if text[-1:].isdigit() else "")
        while stem + str(numbers[text]) in texts:
            numbers[text] += 1
        option[2][0] = stem + str(numbers[text])
        texts.append(option[2][0])
        numbers[text] += 1
    return options


def _id_of(value, name, index):
    if isinstance(value, str):
        return value.encode("unicode_escape").decode()
    if isinstance(value, (bool, int, float, complex, type(None))):
        return str(value)
    if isinstance(value, type) or isinstance(value, types.FunctionType):
        return value.__name__
    if hasattr(type(value), "__members__"):
        return str(value)
    return "%s%d" % (name, index)


class Session:
    def __init__(self, out, verbose=0, exitfirst=False, keyword=None):
        self.out, self.verbose, self.exitfirst, self.keyword = out, verbose, exitfirst, keyword
        self.caches, self.scoped = {}, {}
        # folder → its conftest.py
        self.conftests = {}
        self.capture = True
        self.warned = []

    # fixtures: those of the class, of the module, of conftest.py, and built-in ones

    def all_fixtures(self, item):
        out = []
        for space in ([item.instance] if item.instance is not None else []) + [item.module] + self.conftests_of(item):
            for name in dir(space):
                f = inspect.getattr_static(space, name, None)
                if _definition(f):
                    out.append(f._pytest_fixture)
        return out + list(_BUILTIN_FIXTURES.values())

    def find_fixture(self, item, name):
        if name == "request":
            return None
        return next((d for d in self.all_fixtures(item) if d.name == name), _BUILTIN_FIXTURES.get(name))

    def conftests_of(self, item):
        """The conftest.py of its folder, and of those above."""
        folder, out = os.path.dirname(os.path.abspath(item.path)), []
        while True:
            if self.conftests.get(folder) is not None:
                out.append(self.conftests[folder])
            if folder == os.path.dirname(folder):
                return out
            folder = os.path.dirname(folder)

    def fixture_names(self, item):
        return [d.name for d in self.all_fixtures(item)] + list(_BUILTIN_FIXTURES)

    def _key(self, scope, item):
        return (scope, {"session": None, "package": None, "module": item.path, "class": (item.path, item.cls)}[scope])

    def cache_of(self, scope, item):
        return {} if scope == "function" else self.caches.setdefault(self._key(scope, item), {})

    def teardowns_of(self, scope, item):
        return self.scoped.setdefault(self._key(scope, item), [])

    # collecting

    def load(self, path, name):
        module = types.ModuleType(name)
        module.__file__ = os.path.abspath(path)
        with open(path) as f:
            source = f.read()
        module.__dict__.update(__pytest_keep__=_Recorder.keep, __pytest_done__=_Recorder.done, __pytest_text__=_Recorder.text)
        sys.modules[name] = module
        try:
            exec(compile(_rewrite(source), module.__file__, "exec"), module.__dict__)
        except BaseException:
            sys.modules.pop(name, None)
            raise
        return module

    def collect(self, path):
        folder, root = os.path.dirname(os.path.abspath(path)), os.getcwd()
        above = [folder]
        while above[-1] != root and above[-1] != os.path.dirname(above[-1]):
            above.append(os.path.dirname(above[-1]))
        for f in reversed(above):
            if f not in self.conftests and os.path.exists(os.path.join(f, "conftest.py")):
                self.conftests[f] = self.imported(os.path.join(f, "conftest.py"))
        return self.items_of(self.imported(path), os.path.relpath(path))

    def imported(self, path):
        """The module of a file, by the name that it has below the first folder above that is no package."""
        path = os.path.abspath(path)
        folder, names = os.path.dirname(path), [os.path.basename(path)[:-3]]
        while os.path.exists(os.path.join(folder, "__init__.py")):
            names.insert(0, os.path.basename(folder))
            folder = os.path.dirname(folder)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        if len(names) > 1:
            import importlib
            importlib.import_module(".".join(names[:-1]))
        known = sys.modules.get(".".join(names))
        if known is not None and getattr(known, "__file__", None) != path and names[-1] == "conftest":
            names = [os.path.relpath(path).replace("/", ".")]
        return self.load(path, ".".join(names))

    def items_of(self, module, shown):
        items = []
        outer = _marks(module)
        for name, obj in list(module.__dict__.items()):
            if name.startswith("test") and isinstance(obj, types.FunctionType) and not _definition(obj):
                items += self.expand(module, shown, None, name, obj, outer + _marks(obj))
            elif isinstance(obj, type) and obj.__module__ == module.__name__:
                import unittest
                if issubclass(obj, unittest.TestCase):
                    for n in unittest.defaultTestLoader.getTestCaseNames(obj):
                        items.append(Item(self, module, shown, obj, n, getattr(obj, n), outer + _marks(obj)))
                        items[-1].unittest = True
                elif name.startswith("Test") and "__init__" not in obj.__dict__:
                    for n in dict.fromkeys(k for c in reversed(obj.__mro__) for k in c.__dict__):
                        f = getattr(obj, n)
                        if n.startswith("test") and isinstance(f, types.FunctionType):
                            items += self.expand(module, shown, obj, n, f, outer + _marks(obj) + _marks(f))
        return items

    def expand(self, module, shown, cls, name, func, marks):
        base = Item(self, module, shown, cls, name, func, marks)
        if cls is not None:
            base.instance = cls()
        # the nearest mark varies slowest, and before all marks the parameters of fixtures
        sets = []
        for m in _marks(func) + (_marks(cls) if cls is not None else []) + _marks(module):
            if m.name != "parametrize":
                continue
            names, values = m.args[0], list(m.args[1] if len(m.args) > 1 else m.kwargs["argvalues"])
            names = [n.strip() for n in names.split(",") if n.strip()] if isinstance(names, str) else list(names)
            ids = m.kwargs.get("ids")
            indirect = m.kwargs.get("indirect", False)
            options = []
            for i, v in enumerate(values):
                own = v.marks if isinstance(v, ParameterSet) else ()
                row = tuple(v) if isinstance(v, ParameterSet) else (v,) if len(names) == 1 else tuple(v)
                if len(row) != len(names):
                    raise UsageError("in \"parametrize\" the number of names (%d):\n  %s\nmust be equal to the number of values (%d):\n  %s" % (len(names), names, len(row), row))
                if isinstance(v, ParameterSet) and v.id is not None:
                    text = v.id
                elif ids is not None and not callable(ids) and list(ids)[i] is not None:
                    text = str(list(ids)[i])
                else:
                    text = "-".join(str(ids(x)) if callable(ids) and ids(x) is not None else _id_of(x, n, i) for n, x in zip(names, row))
                call, through = {}, {}
                for n, x in zip(names, row):
                    (through if indirect is True or indirect and n in indirect else call)[n] = x
                options.append((call, through, [text], [d.mark for d in own]))
            sets.append(_told_apart(options))
        of_fixtures = []
        needed, todo = [], [a for a in _arguments(func) if a != "self"]
        todo += [d.name for d in self.all_fixtures(base) if d.autouse] + [a for m in marks if m.name == "usefixtures" for a in m.args]
        direct = {n for options in sets for o in options for n in o[0]}
        while todo:
            n = todo.pop(0)
            if n in needed or n in direct:
                continue
            needed.append(n)
            d = self.find_fixture(base, n)
            if d is None:
                continue
            todo += [a for a in _arguments(d.func) if a not in ("self", "request")]
            given = any(n in o[1] for options in sets for o in options)
            if d.params is not None and not given:
                ids = d.ids
                of_fixtures.append(_told_apart([({}, {n: tuple(p)[0] if isinstance(p, ParameterSet) else p},
                              [p.id if isinstance(p, ParameterSet) and p.id else str(ids[i]) if ids is not None and not callable(ids) else str(ids(p)) if callable(ids) else _id_of(p, n, i)],
                              [x.mark for x in p.marks] if isinstance(p, ParameterSet) else []) for i, p in enumerate(d.params)]))
        out = []
        for combination in itertools.product(*of_fixtures, *sets):
            call, through, ids, own = {}, {}, [], []
            for c, t, i, m in combination:
                call.update(c)
                through.update(t)
                own += m
                ids += i
            item = Item(self, module, shown, cls, name, func, marks + own, call)
            item.fixtureparams = through
            if ids:
                item.name = "%s[%s]" % (name, "-".join(ids))
            out.append(item)
        return out

    # running

    def leave(self, item, following):
        """Tear down what the next test no longer needs; gives the first exception of it."""
        error = None
        for key in list(reversed(list(self.scoped))):
            scope = key[0]
            if following is None or scope in ("class", "module") and self._key(scope, following) != key:
                for f in reversed(self.scoped.pop(key)):
                    try:
                        f()
                    except Exception as e:
                        error = error or e
                self.caches.pop(key, None)
        return error

    def run_item(self, item):
        """What came of one test: outcome, exception, captured texts by phase, and the phase; a teardown that fails is one more."""
        condition = lambda m: any(eval(c, {"sys": sys, "os": os, **item.module.__dict__}) if isinstance(c, str) else c for c in m.args)
        self.warned = []
        for m in item.marks:
            if m.name == "skip":
                return [("skipped", Skipped(m.kwargs.get("reason", m.args[0] if m.args else "unconditional skip")), {}, "setup")]
            if m.name == "skipif" and condition(m):
                return [("skipped", Skipped(m.kwargs.get("reason", "")), {}, "setup")]
        expected = next((m for m in item.marks if m.name == "xfail" and (not m.args or condition(m))), None)
        reason = "" if expected is None else expected.kwargs.get("reason", "")
        if expected is not None and expected.kwargs.get("run") is False:
            return [("xfailed", XFailed("[NOTRUN] " + reason), {}, "setup")]
        capture = CaptureFixture() if self.capture else None
        if capture:
            capture._start()
        log = _LogSection()
        texts = {}

        def ended(phase):
            out, err = capture.readouterr() if capture else ("", "")
            texts[phase] = [("stdout", out), ("stderr", err), ("log", log.taken())]
        phase, error, late = "setup", None, None
        with _warnings.catch_warnings(record=True) as warned:
            _warnings.filterwarnings("always", category=DeprecationWarning)
            _warnings.filterwarnings("always", category=PendingDeprecationWarning)
            try:
                try:
                    if item.unittest:
                        ended("setup")
                        phase = "call"
                        self.run_case(item)
                    else:
                        func, args = self.set_up(item)
                        ended("setup")
                        phase = "call"
                        made = func(**args)
                        if inspect.iscoroutine(made):
                            made.close()
                            fail("async def functions are not natively supported.\nYou need to install a suitable plugin for your async framework, for example:\n  - anyio\n  - pytest-asyncio\n  - pytest-tornasync\n  - pytest-trio\n  - pytest-twisted", pytrace=False)
                except (KeyboardInterrupt, Exit):
                    raise
                except BaseException as e:
                    error = e
                ended(phase)
                try:
                    if phase == "call" and not item.unittest:
                        self.tear_down(item)
                    while item.teardowns:
                        item.teardowns.pop()()
                except BaseException as e:
                    late = e
                ended("teardown")
            finally:
                if capture:
                    capture._stop()
                log.stop()
                _Recorder.values.clear()
        self.warned = warned
        out = [(*self.outcome(error, expected, reason, phase), texts, phase)]
        if late is not None:
            out.append(("error", late, texts, "teardown"))
        return out

    def set_up(self, item):
        """The test as a function, and its arguments."""
        if item.cls is not None:
            item.instance = item.cls()
        for space, name in ((item.module, "setup_module"), (item.cls, "setup_class")):
            f = getattr(space, name, None) if space is not None else None
            cache = self.cache_of("module" if space is item.module else "class", item)
            if f is not None and name not in cache:
                cache[name] = True
                f(*([space] if len(inspect.signature(f).parameters) else []))
                end = getattr(space, name.replace("setup", "teardown"), None)
                if end is not None:
                    self.teardowns_of("module" if space is item.module else "class", item).append(lambda end=end, space=space: end(*([space] if len(inspect.signature(end).parameters) else [])))
        for d in self.all_fixtures(item):
            if d.autouse:
                item.fixture(d.name)
        for m in item.marks:
            if m.name == "usefixtures":
                for n in m.args:
                    item.fixture(n)
        args = {}
        for n in _arguments(item.func):
            if n == "request":
                args[n] = FixtureRequest(item, "function")
            elif n != "self":
                args[n] = item.fixture(n)
        self.around(item, "setup_function" if item.cls is None else "setup_method")
        return (item.func if item.instance is None else item.func.__get__(item.instance)), args

    def tear_down(self, item):
        self.around(item, "teardown_function" if item.cls is None else "teardown_method")

    @staticmethod
    def around(item, name):
        f = getattr(item.module if item.cls is None else item.instance, name, None)
        if f is not None:
            f(*([item.func] if len(inspect.signature(f).parameters) else []))

    @staticmethod
    def run_case(item):
        import unittest
        result = unittest.TestResult()
        kept = []
        for name in ("addError", "addFailure"):
            setattr(result, name, lambda test, info, _k=kept: _k.append(info[1]))
        result.addSubTest = lambda test, subtest, info, _k=kept: _k.append(info[1]) if info is not None else None
        unittest.TestSuite([item.cls(item.originalname)]).run(result)
        if result.skipped:
            raise Skipped(result.skipped[0][1])
        if kept:
            raise kept[0]
        if result.expectedFailures:
            raise XFailed("")

    @staticmethod
    def outcome(error, expected, reason, phase):
        if isinstance(error, Skipped):
            return "skipped", error
        if isinstance(error, XFailed):
            error.reason = str(error)
            return "xfailed", error
        if expected is not None:
            kinds = expected.kwargs.get("raises")
            if error is not None and (kinds is None or isinstance(error, kinds)):
                known = XFailed(reason)
                known.reason = reason
                return "xfailed", known
            if error is None and phase == "call":
                if expected.kwargs.get("strict"):
                    return "failed", Failed("[XPASS(strict)] " + reason)
                known = XFailed(reason)
                known.reason = reason
                return "xpassed", known
        if error is None:
            return "passed", None
        return ("failed" if phase == "call" else "error"), error


class _LogSection:
    """What a test writes to the log, phase by phase; nothing where no program has imported logging."""

    def __init__(self):
        self.handler, self.lines = None, []
        if "logging" not in sys.modules:
            return
        import logging
        lines = self.lines

        class Kept(logging.Handler):
            def emit(self, record):
                lines.append("%-8s %s:%s:%d %s\n" % (record.levelname, record.name, record.filename, record.lineno, record.getMessage()))
        self.handler = Kept()
        logging.getLogger().addHandler(self.handler)

    def taken(self):
        text = "".join(self.lines)
        self.lines.clear()
        return text

    def stop(self):
        if self.handler is not None:
            import logging
            logging.getLogger().removeHandler(self.handler)


def _marks(obj):
    found = getattr(obj, "pytestmark", []) if not isinstance(obj, type) else [m for c in reversed(obj.__mro__) for m in c.__dict__.get("pytestmark", [])]
    found = found if isinstance(found, (list, tuple)) else [found]
    return [m.mark if isinstance(m, MarkDecorator) else m for m in found]


`;
