// Results, suites, loading, the runner and main.
// Python source: a part of the module unittest, which ../unittest.ts puts together.
export const RUNNING = String.raw`class TestResult:
    failfast = buffer = tb_locals = False
    _previousTestClass = None

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped, self.expectedFailures, self.unexpectedSuccesses, self.collectedDurations = [], [], [], [], [], []
        self.testsRun = 0
        self.shouldStop = False

    def printErrors(self):
        pass

    def startTest(self, test):
        self.testsRun += 1

    def startTestRun(self):
        pass

    def stopTest(self, test):
        pass

    def stopTestRun(self):
        pass

    def _text(self, err):
        kind, value, tb = err
        while tb is not None and "__unittest" in tb.tb_frame.f_globals:
            tb = tb.tb_next
        frames = []
        t = tb
        while t is not None:
            if "__unittest" in t.tb_frame.f_globals and issubclass(kind, AssertionError):
                break
            frames.append(t)
            t = t.tb_next
        lines = ["Traceback (most recent call last):\n"] + traceback.format_tb(tb, len(frames)) if frames else []
        if value.__cause__ is not None or value.__context__ is not None and not value.__suppress_context__:
            return "".join(traceback.format_exception(kind, value, tb))
        return "".join(lines + traceback.format_exception_only(kind, value))

    def addError(self, test, err):
        self.errors.append((test, self._text(err)))
        self.shouldStop = self.shouldStop or self.failfast

    def addFailure(self, test, err):
        self.failures.append((test, self._text(err)))
        self.shouldStop = self.shouldStop or self.failfast

    def addSubTest(self, test, subtest, err):
        if err is not None:
            (self.failures if issubclass(err[0], test.failureException) else self.errors).append((subtest, self._text(err)))
            self.shouldStop = self.shouldStop or self.failfast

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._text(err)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return len(self.failures) == len(self.errors) == 0 and not self.unexpectedSuccesses

    def stop(self):
        self.shouldStop = True

    def __repr__(self):
        return "<%s run=%i errors=%i failures=%i>" % (strclass(self.__class__), self.testsRun, len(self.errors), len(self.failures))


TestResult.__module__ = "unittest.result"


class TextTestResult(TestResult):
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.showAll, self.dots = verbosity > 1, verbosity == 1
        self._newline = True

    def getDescription(self, test):
        first = test.shortDescription()
        return "\n".join((str(test), first)) if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + " ... ")
            self._newline = False

    def _write(self, dot, word, test=None):
        if self.showAll:
            if isinstance(test, _SubTest) or self._newline:
                if not self._newline:
                    self.stream.write("\n")
                self.stream.write(("  " if isinstance(test, _SubTest) else "") + self.getDescription(test) + " ... ")
            self.stream.write(word + "\n")
            self._newline = True
        elif self.dots:
            self.stream.write(dot)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._write("F" if failed else "E", "FAIL" if failed else "ERROR", subtest)
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._write(".", "ok", test)

    def addError(self, test, err):
        super().addError(test, err)
        self._write("E", "ERROR", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._write("F", "FAIL", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._write("s", "skipped {0!r}".format(reason), test)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._write("x", "expected failure", test)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._write("u", "unexpected success", test)

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.write("\n")
        for flavour, errors in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, err in errors:
                self.stream.write("%s\n%s: %s\n%s\n%s\n" % (self.separator1, flavour, self.getDescription(test), self.separator2, err))
        if self.unexpectedSuccesses:
            self.stream.write(self.separator1 + "\n")
            for test in self.unexpectedSuccesses:
                self.stream.write(f"UNEXPECTED SUCCESS: {self.getDescription(test)}\n")


TextTestResult.__module__ = "unittest.runner"


class BaseTestSuite:
    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __iter__(self):
        return iter(self._tests)

    def __repr__(self):
        return "<%s tests=%s>" % (strclass(self.__class__), self._tests)

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, self.__class__) else NotImplemented

    def countTestCases(self):
        return sum(t.countTestCases() for t in self)

    def addTest(self, test):
        if not callable(test):
            raise TypeError("{} is not callable".format(repr(test)))
        if isinstance(test, type) and issubclass(test, (TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for t in tests:
            self.addTest(t)

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def run(self, result):
        for test in self:
            if result.shouldStop:
                break
            test(result)
        return result

    def debug(self):
        for t in self:
            t.debug()


class _DebugResult:
    """Of a suite that is debugged: nothing is counted, and what is raised goes up."""
    _previousTestClass = None
    _moduleSetUpFailed = shouldStop = False


class _ErrorHolder:
    failureException = AssertionError

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __str__(self):
        return self.description


class TestSuite(BaseTestSuite):
    def run(self, result, debug=False):
        top = not getattr(result, "_testRunEntered", False)
        if top:
            result._testRunEntered = True
        for test in self:
            if result.shouldStop:
                break
            if isinstance(test, TestCase):
                self._enter_class(test, result)
                if getattr(test.__class__, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                    continue
            test.debug() if debug else test(result)
        if top:
            self._leave_class(result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        self.run(_DebugResult(), True)

    def _guard(self, result, name, action):
        try:
            action()
            return True
        except Exception:
            self._report(result, name, sys.exc_info())
        return False

    def _report(self, result, name, info):
        if isinstance(result, _DebugResult):
            raise info[1]
        if issubclass(info[0], SkipTest) and hasattr(result, "addSkip"):
            result.addSkip(_ErrorHolder(name), str(info[1]))
        else:
            result.addError(_ErrorHolder(name), info)

    def _clean_class(self, result, cls, name):
        cls.doClassCleanups()
        for info in cls.tearDown_exceptions:
            self._report(result, name, info)

    def _enter_class(self, test, result):
        cls = test.__class__
        before = getattr(result, "_previousTestClass", None)
        if before is cls:
            return
        self._leave_class(result)
        module = cls.__module__
        if getattr(before, "__module__", None) != module:
            self._leave_module(result)
            result._moduleSetUpFailed = False
            setup = getattr(sys.modules.get(module), "setUpModule", None)
            if setup is not None:
                name = "setUpModule (%s)" % module
                result._moduleSetUpFailed = not self._guard(result, name, setup)
                if result._moduleSetUpFailed:
                    self._guard(result, name, doModuleCleanups)
        result._previousTestClass = cls
        if getattr(result, "_moduleSetUpFailed", False) or getattr(cls, "__unittest_skip__", False):
            return
        cls._classSetupFailed = False
        name = "setUpClass (%s)" % strclass(cls)
        if not self._guard(result, name, cls.setUpClass):
            cls._classSetupFailed = True
            self._clean_class(result, cls, name)

    def _leave_class(self, result):
        cls = getattr(result, "_previousTestClass", None)
        if cls is None or getattr(cls, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False) or getattr(cls, "__unittest_skip__", False):
            return
        name = "tearDownClass (%s)" % strclass(cls)
        self._guard(result, name, cls.tearDownClass)
        self._clean_class(result, cls, name)

    def _leave_module(self, result):
        cls = getattr(result, "_previousTestClass", None)
        if cls is None or getattr(result, "_moduleSetUpFailed", False):
            return
        teardown = getattr(sys.modules.get(cls.__module__), "tearDownModule", None)
        name = "tearDownModule (%s)" % cls.__module__
        if teardown is not None:
            self._guard(result, name, teardown)
        self._guard(result, name, doModuleCleanups)
        result._previousTestClass = None


class TestLoader:
    testMethodPrefix = "test"
    testNamePatterns = None
    suiteClass = TestSuite

    def __init__(self):
        self.errors = []

    def sortTestMethodsUsing(self, a, b):
        return (a > b) - (a < b)

    def getTestCaseNames(self, testCaseClass):
        names = [n for n in dir(testCaseClass) if n.startswith(self.testMethodPrefix) and callable(getattr(testCaseClass, n))]
        if self.testNamePatterns is not None:
            import fnmatch
            full = lambda n: "%s.%s.%s" % (testCaseClass.__module__, testCaseClass.__qualname__, n)
            names = [n for n in names if any(fnmatch.fnmatchcase(full(n), p) for p in self.testNamePatterns)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, TestCase) and obj not in (TestCase, FunctionTestCase, IsolatedAsyncioTestCase):
                tests.append(self.loadTestsFromTestCase(obj))
        load = getattr(module, "load_tests", None)
        tests = self.suiteClass(tests)
        return load(self, tests, pattern) if load is not None else tests

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        if module is None:
            used = parts[:]
            while used:
                try:
                    module = __import__(".".join(used))
                    break
                except ImportError as e:
                    failed = _failed(used[-1], "Failed to import test module: %s\n%s" % (used[-1], _text_of(e)), ImportError)
                    used.pop()
                    if not used:
                        return self.suiteClass([failed])
            parts = parts[1:]
        obj = module
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as e:
                # a module that is there and cannot be imported says why
                if isinstance(obj, types.ModuleType) and hasattr(obj, "__path__") and "failed" in locals():
                    return self.suiteClass([failed])
                return self.suiteClass([_failed(part, str(e), AttributeError)])
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, TestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(obj, types.FunctionType) and isinstance(parent, type) and issubclass(parent, TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(obj, TestSuite):
            return obj
        if callable(obj):
            test = obj()
            return test if isinstance(test, TestSuite) else self.suiteClass([test])
        raise TypeError("don't know how to make test from: %s" % obj)

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(n, module) for n in names])

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        import os
        top = os.path.abspath(start_dir if top_level_dir is None else top_level_dir)
        if top not in sys.path:
            sys.path.insert(0, top)
        return self.suiteClass(self._found(os.path.abspath(start_dir), top, pattern))

    def _found(self, folder, top, pattern):
        import os
        import fnmatch
        import importlib
        tests = []
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                if name.isidentifier() and os.path.exists(os.path.join(path, "__init__.py")):
                    tests += self._found(path, top, pattern)
            elif fnmatch.fnmatchcase(name, pattern) and name[:-3].isidentifier():
                module = os.path.relpath(path, top)[:-3].replace(os.sep, ".")
                try:
                    tests.append(self.loadTestsFromModule(importlib.import_module(module), pattern=pattern))
                except Exception as e:
                    tests.append(_failed(module, "Failed to import test module: %s\n%s" % (module, _text_of(e)), ImportError))
        return tests


def _text_of(error):
    """A traceback from the first frame that is the program's."""
    import traceback
    tb = error.__traceback__
    while tb is not None and tb.tb_frame.f_code.co_filename.startswith("<frozen"):
        tb = tb.tb_next
    if tb is None:
        return "Traceback (most recent call last):\n" + "".join(traceback.format_exception_only(type(error), error))
    return "".join(traceback.format_exception(type(error), error, tb))


class _FailedTest(TestCase):
    """Stands for tests that could not be loaded, and fails with the reason."""

    def __init__(self, name, error):
        self._error = error
        super().__init__(name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            raise AttributeError(name)

        def fail():
            raise self._error
        return fail


_FailedTest.__module__ = "unittest.loader"


def _failed(name, text, kind):
    return _FailedTest(name, kind(text))


defaultTestLoader = TestLoader()


class _WritelnDecorator:
    """A stream that writes lines too."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        if name in ("stream", "__getstate__"):
            raise AttributeError(name)
        return getattr(self.stream, name)

    def writeln(self, arg=None):
        if arg:
            self.write(arg)
        self.write("\n")


_WritelnDecorator.__module__ = "unittest.runner"


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, *, tb_locals=False):
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.tb_locals = tb_locals
        self.descriptions, self.verbosity, self.failfast, self.buffer, self.warnings = descriptions, verbosity, failfast, buffer, warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        import warnings
        result = self._makeResult()
        result.failfast, result.buffer, result.tb_locals = self.failfast, self.buffer, self.tb_locals
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            began = time.perf_counter()
            getattr(result, "startTestRun", lambda: None)()
            try:
                test(result)
            finally:
                getattr(result, "stopTestRun", lambda: None)()
            took = time.perf_counter() - began
        result.printErrors()
        out = self.stream.write
        if hasattr(result, "separator2"):
            out(result.separator2 + "\n")
        run = result.testsRun
        out("Ran %d test%s in %.3fs\n\n" % (run, "" if run == 1 else "s", took))
        infos = []
        if not result.wasSuccessful():
            out("FAILED")
            if result.failures:
                infos.append("failures=%d" % len(result.failures))
            if result.errors:
                infos.append("errors=%d" % len(result.errors))
        else:
            out("OK")
        for name, items in (("skipped", result.skipped), ("expected failures", result.expectedFailures), ("unexpected successes", result.unexpectedSuccesses)):
            if items:
                infos.append("%s=%d" % (name, len(items)))
        out(" (%s)\n" % ", ".join(infos) if infos else "\n")
        if hasattr(self.stream, "flush"):
            self.stream.flush()
        return result


class TestProgram:
    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1,
                 failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        argv = sys.argv if argv is None else argv
        names = []
        patterns = []
        args = list(argv[1:])
        while args:
            a = args.pop(0)
            if a in ("-v", "--verbose"):
                verbosity = 2
            elif a in ("-q", "--quiet"):
                verbosity = 0
            elif a in ("-f", "--failfast"):
                failfast = True
            elif a in ("-b", "--buffer", "-c", "--catch", "--locals"):
                pass
            elif a == "-k":
                p = args.pop(0)
                patterns.append(p if "*" in p else "*%s*" % p)
            else:
                names.append(a)
        if patterns:
            testLoader.testNamePatterns = patterns
        if names:
            self.test = testLoader.loadTestsFromNames(names, module)
        elif defaultTest is not None:
            self.test = testLoader.loadTestsFromNames([defaultTest] if isinstance(defaultTest, str) else defaultTest, module)
        else:
            self.test = testLoader.loadTestsFromModule(module)
        if testRunner is None:
            testRunner = TextTestRunner
        if isinstance(testRunner, type):
            testRunner = testRunner(verbosity=verbosity, failfast=bool(failfast), buffer=bool(buffer), warnings=warnings or (None if sys.warnoptions else "default"))
        self.result = testRunner.run(self.test)
        if exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram


def makeSuite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    return defaultTestLoader.loadTestsFromTestCase(testCaseClass)


for _module, _classes in (("case", (TestCase, _SubTest)), ("suite", (BaseTestSuite, TestSuite, _ErrorHolder, _DebugResult)), ("loader", (TestLoader,)),
                          ("runner", (TextTestRunner,)), ("main", (TestProgram,))):
    for _class in _classes:
        _class.__module__ = "unittest." + _module


def installHandler():
    pass


def __getattr__(name):
    if name in ("case", "loader", "result", "runner", "suite", "util"):
        import importlib
        return importlib.import_module("unittest." + name)
    raise AttributeError(f"module 'unittest' has no attribute {name!r}")
`;
