// Collecting, running and showing.
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
        self.values = {}
        self.teardowns = []

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
            known = sorted(set(self.session.fixture_names(self)) | set(_BUILTIN_FIXTURES))
            raise FixtureLookupError("fixture '%s' not found\navailable fixtures: %s" % (name, ", ".join(known)))
        scope = definition.scope if not callable(definition.scope) else definition.scope(name, None)
        cache = self.session.cache_of(scope, self)
        has_param = name in self.fixtureparams
        key = (definition, id(self.fixtureparams[name]) if has_param else None)
        if scope != "function" and key in cache:
            return cache[key]
        request = FixtureRequest(self, scope, self.fixtureparams.get(name), has_param)
        request.fixturename = name
        args = {}
        for p in _arguments(definition.func):
            if p == "request":
                args[p] = request
            elif p != "self":
                args[p] = self.fixture(p) if p != name else self.outer_fixture(definition, name)
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


_BUILTIN_FIXTURES = {f.__name__: f._pytest_fixture for f in (monkeypatch, capsys, caplog, tmp_path, recwarn, tmp_path_factory)}
_BUILTIN_FIXTURES["tmpdir"] = _BUILTIN_FIXTURES["tmp_path"]
_BUILTIN_FIXTURES["capfd"] = _BUILTIN_FIXTURES["capsys"]


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
        self.conftests = []
        self.results = []

    # fixtures: those of the class, of the module, of conftest.py, and built-in ones

    def all_fixtures(self, item):
        out = []
        for space in ([item.instance] if item.instance is not None else []) + [item.module] + self.conftests:
            for name in dir(space):
                f = inspect.getattr_static(space, name, None)
                if hasattr(f, "_pytest_fixture"):
                    out.append(f._pytest_fixture)
        return out + list(_BUILTIN_FIXTURES.values())

    def find_fixture(self, item, name):
        if name == "request":
            return None
        return next((d for d in self.all_fixtures(item) if d.name == name), _BUILTIN_FIXTURES.get(name))

    def fixture_names(self, item):
        return [d.name for d in self.all_fixtures(item)]

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
        module.__dict__["__pytest_assert__"] = _Asserts
        sys.modules[name] = module
        exec(compile(_rewrite(source), module.__file__, "exec"), module.__dict__)
        return module

    def collect(self, path):
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in sys.path:
            sys.path.insert(0, folder)
        conftest = os.path.join(folder, "conftest.py")
        if os.path.exists(conftest) and not any(c.__file__ == conftest for c in self.conftests):
            self.conftests.insert(0, self.load(conftest, "conftest"))
        shown = os.path.relpath(path)
        module = self.load(path, os.path.basename(path)[:-3])
        return self.items_of(module, shown)

    def items_of(self, module, shown):
        items = []
        outer = _marks(module)
        for name, obj in list(module.__dict__.items()):
            if name.startswith("test") and isinstance(obj, types.FunctionType) and not hasattr(obj, "_pytest_fixture"):
                items += self.expand(module, shown, None, name, obj, outer + _marks(obj))
            elif isinstance(obj, type) and obj.__module__ == module.__name__:
                import unittest
                if issubclass(obj, unittest.TestCase):
                    for n in unittest.defaultTestLoader.getTestCaseNames(obj):
                        items.append(Item(self, module, shown, obj, n, getattr(obj, n), outer + _marks(obj)))
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
        sets = [[({}, {}, [], [])]]
        for m in marks:
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
            sets.append(options)
        # fixtures with params multiply too
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
                sets.append([({}, {n: tuple(p)[0] if isinstance(p, ParameterSet) else p},
                              [p.id if isinstance(p, ParameterSet) and p.id else str(ids[i]) if ids is not None and not callable(ids) else str(ids(p)) if callable(ids) else _id_of(p, n, i)],
                              [x.mark for x in p.marks] if isinstance(p, ParameterSet) else []) for i, p in enumerate(d.params)])
        out = []
        for combination in itertools.product(*reversed(sets)):
            call, through, ids, own = {}, {}, [], []
            for c, t, i, m in reversed(combination):
                call.update(c)
                through.update(t)
                own += m
            for c, t, i, m in reversed(combination):
                ids += i
            item = Item(self, module, shown, cls, name, func, marks + own, call)
            item.fixtureparams = through
            if ids:
                item.name = "%s[%s]" % (name, "-".join(ids))
            out.append(item)
        return out

    # running

    def leave(self, item, following):
        """Tear down what the next test no longer needs."""
        for key in list(reversed(list(self.scoped))):
            scope = key[0]
            if following is None or scope in ("class", "module") and self._key(scope, following) != key:
                for f in reversed(self.scoped.pop(key)):
                    f()
                self.caches.pop(key, None)

    def run_item(self, item):
        """Outcome, exception and captured text of one test."""
        for m in item.marks:
            if m.name == "skip":
                return "skipped", Skipped(m.kwargs.get("reason", m.args[0] if m.args else "unconditional skip")), ("", "")
            if m.name == "skipif" and any(eval(c, {"sys": sys, "os": os, **item.module.__dict__}) if isinstance(c, str) else c for c in m.args):
                return "skipped", Skipped(m.kwargs.get("reason", "")), ("", "")
        expected = next((m for m in item.marks if m.name == "xfail" and all(eval(c, {"sys": sys, **item.module.__dict__}) if isinstance(c, str) else c for c in m.args)), None)
        capture = CaptureFixture()
        capture._start()
        phase, error = "setup", None
        try:
            try:
                import unittest
                if item.cls is not None and issubclass(item.cls, unittest.TestCase):
                    phase = "call"
                    result = unittest.TestResult()
                    case = item.cls(item.originalname)
                    kept = []
                    for name in ("addError", "addFailure"):
                        setattr(result, name, lambda test, info, _k=kept: _k.append(info[1]))
                    unittest.TestSuite([case]).run(result)
                    if result.skipped:
                        raise Skipped(result.skipped[0][1])
                    if kept:
                        raise kept[0]
                else:
                    if item.cls is not None:
                        item.instance = item.cls()
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
                    for name in ("setup_function",) if item.cls is None else ("setup_method",):
                        setup = getattr(item.module if item.cls is None else item.instance, name, None)
                        if setup is not None:
                            setup(*([item.func] if len(inspect.signature(setup).parameters) else []))
                    phase = "call"
                    func = item.func if item.instance is None else item.func.__get__(item.instance)
                    made = func(**args)
                    if inspect.iscoroutine(made):
                        import asyncio
                        asyncio.run(made)
            except (KeyboardInterrupt, Exit):
                raise
            except BaseException as e:
                error = e
            try:
                teardown = getattr(item.module if item.cls is None else item.instance, "teardown_function" if item.cls is None else "teardown_method", None)
                if teardown is not None and phase == "call":
                    teardown(*([item.func] if len(inspect.signature(teardown).parameters) else []))
                while item.teardowns:
                    item.teardowns.pop()()
            except BaseException as e:
                if error is None:
                    error, phase = e, "teardown"
        finally:
            texts = capture._stop()
        if isinstance(error, Skipped):
            return "skipped", error, texts
        if isinstance(error, XFailed):
            return "xfailed", error, texts
        if expected is not None and phase == "call":
            kinds = expected.kwargs.get("raises")
            if error is not None and (kinds is None or isinstance(error, kinds)):
                return "xfailed", error, texts
            if error is None:
                if expected.kwargs.get("strict"):
                    return "failed", Failed("[XPASS(strict)] " + expected.kwargs.get("reason", "")), texts
                return "xpassed", None, texts
        if error is None:
            return "passed", None, texts
        return ("failed" if phase == "call" else "error"), error, texts


def _marks(obj):
    found = getattr(obj, "pytestmark", []) if not isinstance(obj, type) else [m for c in reversed(obj.__mro__) for m in c.__dict__.get("pytestmark", [])]
    found = found if isinstance(found, (list, tuple)) else [found]
    return [m.mark if isinstance(m, MarkDecorator) else m for m in found]


_LETTERS = {"passed": ".", "failed": "F", "error": "E", "skipped": "s", "xfailed": "x", "xpassed": "X"}
_WIDTH = 80


def _rule(text, fill="="):
    text = " %s " % text
    side = max(1, (_WIDTH - len(text)) // 2)
    return (fill * side + text).ljust(_WIDTH, fill)[:max(_WIDTH, side + len(text))]


def _show_failure(item, error, write):
    import linecache
    tb = error.__traceback__
    frames = []
    while tb is not None:
        name = tb.tb_frame.f_code.co_filename
        if not name.startswith("<frozen"):
            frames.append((name, tb.tb_lineno, tb.tb_frame.f_code))
        tb = tb.tb_next
    message = "".join(__import__("traceback").format_exception_only(error)).rstrip("\n")
    if isinstance(error, (AssertionError, Failed)) and str(error):
        message = str(error) if isinstance(error, AssertionError) and str(error).startswith("assert ") else ("%s: %s" % (type(error).__name__, error))
    for i, (name, line, code) in enumerate(frames):
        lines = linecache.getlines(name)
        start = code.co_firstlineno if code.co_name != "<module>" else line
        for n in range(start, line + 1):
            text = lines[n - 1].rstrip("\n") if n <= len(lines) else ""
            write("%s   %s" % (">" if n == line else " ", text))
        last = i == len(frames) - 1
        if last:
            for part in message.split("\n"):
                write("E       " + part)
        write("")
        write("%s:%d: %s" % (os.path.relpath(name), line, type(error).__name__ if last else ""))
        if not last:
            write("_ " * 40)
    if not frames:
        for part in message.split("\n"):
            write("E       " + part)


def main(args=None, plugins=None):
    args = list(sys.argv[1:] if args is None else [args] if isinstance(args, str) else args)
    out = sys.stdout
    verbose, exitfirst, keyword, paths = 0, False, None, []
    while args:
        a = str(args.pop(0))
        if a in ("-v", "--verbose", "-vv"):
            verbose += a.count("v") if not a.startswith("--") else 1
        elif a in ("-q", "--quiet"):
            verbose -= 1
        elif a in ("-x", "--exitfirst"):
            exitfirst = True
        elif a == "-k":
            keyword = args.pop(0)
        elif a.startswith("-"):
            pass
        else:
            paths.append(a)

    def write(text=""):
        out.write(text + "\n")

    began = time.perf_counter()
    session = Session(out, verbose, exitfirst, keyword)
    files, chosen = [], {}
    for path in paths or ["."]:
        path, *rest = path.split("::")
        if os.path.isdir(path):
            for folder, dirs, names in os.walk(path):
                dirs.sort()
                for n in sorted(names):
                    if n.startswith("test_") and n.endswith(".py") or n.endswith("_test.py"):
                        files.append(os.path.normpath(os.path.join(folder, n)))
        elif os.path.exists(path):
            files.append(os.path.normpath(path))
            if rest:
                chosen.setdefault(os.path.normpath(path), []).append(rest)
        else:
            write("ERROR: file or directory not found: %s" % path)
            return 4
    items, broken = [], []
    for f in dict.fromkeys(files):
        try:
            found = session.collect(f)
        except Skipped as e:
            continue
        except BaseException as e:
            if isinstance(e, (KeyboardInterrupt, SystemExit)):
                raise
            broken.append((f, e))
            continue
        if f in chosen:
            found = [i for i in found if any((i.nodeid.split("::")[1:][:len(r)] == r) or (i.nodeid.split("::")[1:-1] + [i.originalname])[:len(r)] == r for r in chosen[f])]
        items += found
    total = len(items)
    if keyword:
        words = re.split(r"(\band\b|\bor\b|\bnot\b|[()])", keyword)
        test = lambda i: eval("".join(w if w.strip() in ("and", "or", "not", "(", ")", "") else " (%r in _id) " % w.strip() for w in words), {"_id": i.nodeid})
        items = [i for i in items if test(i)]
    if verbose >= 0:
        write(_rule("test session starts"))
        write("platform linux -- Python %d.%d.%d, pytest-%s" % (*sys.version_info[:3], __version__))
        write("collected %d item%s%s%s" % (total, "" if total == 1 else "s", " / %d error%s" % (len(broken), "" if len(broken) == 1 else "s") if broken else "",
                                           " / %d deselected / %d selected" % (total - len(items), len(items)) if len(items) != total else ""))
        write()
    counts, failures = {}, []
    line, done, current = "", 0, None
    for index, item in enumerate(items):
        if broken:
            break
        outcome, error, texts = session.run_item(item)
        session.leave(item, items[index + 1] if index + 1 < len(items) else None)
        counts[outcome] = counts.get(outcome, 0) + 1
        done += 1
        percent = "[%3d%%]" % (done * 100 // len(items))
        if verbose > 0:
            text = "%s %s" % (item.nodeid, {"xfailed": "XFAIL", "xpassed": "XPASS"}.get(outcome, outcome.upper()))
            if outcome in ("skipped", "xfailed") and error is not None and str(error):
                text += " (%s)" % error
            write(text.ljust(_WIDTH - 7) + " " + percent)
        else:
            if item.path != current and verbose == 0:
                line = item.path + " "
                current = item.path
            line += _LETTERS[outcome]
            following = items[index + 1] if index + 1 < len(items) else None
            if following is None or verbose == 0 and following.path != current:
                write(line.ljust(_WIDTH - 7) + " " + percent)
                line = ""
        if outcome in ("failed", "error"):
            failures.append((outcome, item, error, texts))
            if exitfirst:
                if line:
                    write(line)
                break
    for kind, title in (("error", "ERRORS"), ("failed", "FAILURES")):
        mine = [f for f in failures if f[0] == kind]
        if mine or kind == "error" and broken:
            write()
            write(_rule(title))
        if kind == "error":
            for f, e in broken:
                write(_rule("ERROR collecting %s" % f, "_"))
                for text in __import__("traceback").format_exception(e):
                    for part in text.rstrip("\n").split("\n"):
                        if "<frozen" not in part:
                            write("E   " + part)
        for outcome, item, error, texts in mine:
            title = ".".join(([item.cls.__name__] if item.cls else []) + [item.name])
            write(_rule(title if outcome == "failed" else "ERROR at setup of " + title, "_"))
            write()
            _show_failure(item, error, write)
            for name, text in zip(("stdout", "stderr"), texts):
                if text:
                    write(_rule("Captured %s call" % name, "-"))
                    out.write(text if text.endswith("\n") else text + "\n")
    if failures or broken:
        write(_rule("short test summary info"))
        for f, e in broken:
            write("ERROR %s - %s" % (f, ("%s: %s" % (type(e).__name__, e)).split("\n")[0]))
        for outcome, item, error, _ in failures:
            first = str(error).split("\n")[0]
            text = first if isinstance(error, AssertionError) and first.startswith("assert") else "%s: %s" % (type(error).__name__, first) if first else type(error).__name__
            write("%s %s - %s" % ("FAILED" if outcome == "failed" else "ERROR", item.nodeid, text))
        if exitfirst and failures:
            write("!" * 26 + " stopping after 1 failures " + "!" * 27)
    parts = []
    if broken:
        counts["error"] = counts.get("error", 0) + len(broken)
    for name in ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "error"):
        n = counts.get(name, total - len(items) if name == "deselected" else 0)
        if n:
            parts.append("%d %s" % (n, "errors" if name == "error" and n > 1 else name))
    summary = "%s in %.2fs" % (", ".join(parts) or "no tests ran", time.perf_counter() - began)
    write(_rule(summary) if verbose >= 0 else summary)
    if broken:
        return 2
    return 5 if not items else 1 if failures else 0


class ExitCode:
    OK, TESTS_FAILED, INTERRUPTED, INTERNAL_ERROR, USAGE_ERROR, NO_TESTS_COLLECTED = range(6)


def console_main():
    return main()
`;
