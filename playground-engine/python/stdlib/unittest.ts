// The module unittest: cases, suites, runner and main. Mocks are in unittest-mock.ts.
// Behaviour: docs.python.org/3.11/library/unittest.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "unittest",
  String.raw`
import sys
import time
import types
import difflib
import functools
import pprint
import re
import traceback
import collections
import contextlib

__path__ = []
__all__ = ["IsolatedAsyncioTestCase", "TestResult", "TestCase", "TestSuite", "TextTestRunner", "TestLoader", "FunctionTestCase", "main",
           "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless", "expectedFailure", "TextTestResult", "addModuleCleanup", "doModuleCleanups", "enterModuleContext"]
__unittest = True
_MAX_LENGTH = 80
_PLACEHOLDER_LEN, _MIN_BEGIN_LEN, _MIN_END_LEN, _MIN_COMMON_LEN, _MIN_DIFF_LEN = 12, 5, 5, 5, 41
DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


class SkipTest(Exception):
    pass


SkipTest.__module__ = "unittest.case"


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if not short or len(text) < _MAX_LENGTH else text[:_MAX_LENGTH] + " [truncated]..."


def _shorten(s, prefix, suffix):
    skip = len(s) - prefix - suffix
    return "%s[%d chars]%s" % (s[:prefix], skip, s[len(s) - suffix:]) if skip > _PLACEHOLDER_LEN else s


def _common_shorten_repr(*args):
    args = tuple(map(safe_repr, args))
    longest = max(map(len, args))
    if longest <= _MAX_LENGTH:
        return args
    low, high = min(args), max(args)
    n = 0
    while n < len(low) and low[n] == high[n]:
        n += 1
    prefix = low[:n]
    room = _MAX_LENGTH - (longest - n + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if room > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + s[n:] for s in args)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(s[n:], _MIN_DIFF_LEN, _MIN_END_LEN) for s in args)


def strclass(cls):
    return "%s.%s" % (cls.__module__, cls.__qualname__)


def _id(obj):
    return obj


def skip(reason):
    def decorator(item):
        if not isinstance(item, type):
            @functools.wraps(item)
            def wrapper(*args, **kwargs):
                raise SkipTest(reason)
            wrapper.__unittest_skip__ = True
            wrapper.__unittest_skip_why__ = reason
            return wrapper
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item
    if isinstance(reason, types.FunctionType):
        item, reason = reason, ""
        return decorator(item)
    return decorator


def skipIf(condition, reason):
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    test_item.__unittest_expecting_failure__ = True
    return test_item


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    _module_cleanups.append((function, args, kwargs))


def doModuleCleanups():
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        function(*args, **kwargs)


def enterModuleContext(cm):
    result = cm.__enter__()
    addModuleCleanup(cm.__exit__, None, None, None)
    return result


class _AssertRaises:
    _what = (BaseException, "an exception type or tuple of exception types")

    def __init__(self, expected, test_case, expected_regex=None):
        self.expected = expected
        self.test_case = test_case
        self.expected_regex = re.compile(expected_regex) if isinstance(expected_regex, (str, bytes)) else expected_regex
        self.obj_name = None
        self.msg = None

    def _fail(self, standard):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, standard))

    def handle(self, name, args, kwargs):
        base, text = self._what
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        if not all(isinstance(k, type) and issubclass(k, base) for k in kinds):
            raise TypeError("%s() arg 1 must be %s" % (name, text))
        if not args:
            self.msg = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError("%r is an invalid keyword argument for this function" % (next(iter(kwargs)),))
            return self
        func, *args = args
        self.obj_name = getattr(func, "__name__", str(func))
        with self:
            func(*args, **kwargs)

    def _name(self):
        return getattr(self.expected, "__name__", str(self.expected))

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            self._fail("{} not raised by {}".format(self._name(), self.obj_name) if self.obj_name else "{} not raised".format(self._name()))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value.with_traceback(None)
        if self.expected_regex is not None and not self.expected_regex.search(str(value)):
            self._fail('"{}" does not match "{}"'.format(self.expected_regex.pattern, str(value)))
        return True


class _AssertWarns(_AssertRaises):
    _what = (Warning, "a warning type or tuple of warning types")

    def __enter__(self):
        import warnings
        self._manager = warnings.catch_warnings(record=True)
        self.warnings = self._manager.__enter__()
        warnings.simplefilter("always", self.expected if not isinstance(self.expected, tuple) else Warning)
        return self

    def __exit__(self, kind, value, tb):
        self._manager.__exit__(kind, value, tb)
        if kind is not None:
            return
        first = None
        for w in self.warnings:
            if not isinstance(w.message, self.expected):
                continue
            first = first or w.message
            if self.expected_regex is not None and not self.expected_regex.search(str(w.message)):
                continue
            self.warning, self.filename, self.lineno = w.message, w.filename, w.lineno
            return
        if first is not None:
            self._fail('"{}" does not match "{}"'.format(self.expected_regex.pattern, str(first)))
        self._fail("{} not triggered by {}".format(self._name(), self.obj_name) if self.obj_name else "{} not triggered".format(self._name()))


_LoggingWatcher = collections.namedtuple("_LoggingWatcher", ["records", "output"])


class _AssertLogs:
    def __init__(self, test_case, logger, level, no_logs):
        import logging
        self.test_case, self.logger_name, self.no_logs = test_case, logger, no_logs
        self.level = logging._nameToLevel.get(level, level) if level else logging.INFO
        self.msg = None

    def __enter__(self):
        import logging
        watcher = self.watcher = _LoggingWatcher([], [])
        formatter = logging.Formatter("%(levelname)s:%(name)s:%(message)s")

        class Capture(logging.Handler):
            def emit(self, record):
                watcher.records.append(record)
                watcher.output.append(self.format(record))
        self.logger = self.logger_name if isinstance(self.logger_name, logging.Logger) else logging.getLogger(self.logger_name)
        handler = Capture()
        handler.setLevel(self.level)
        handler.setFormatter(formatter)
        self.old = self.logger.handlers[:], self.logger.level, self.logger.propagate
        self.logger.handlers = [handler]
        self.logger.setLevel(self.level)
        self.logger.propagate = False
        return None if self.no_logs else watcher

    def __exit__(self, kind, value, tb):
        import logging
        self.logger.handlers, level, self.logger.propagate = self.old
        self.logger.setLevel(level)
        if kind is not None:
            return False
        name = logging.getLevelName(self.level)
        if self.no_logs:
            if self.watcher.records:
                raise self.test_case.failureException("Unexpected logs found: {!r}".format(self.watcher.output))
        elif not self.watcher.records:
            raise self.test_case.failureException("no logs of level {} or higher triggered on {}".format(name, self.logger.name))


class _ShouldStop(Exception):
    pass


class _Outcome:
    def __init__(self, result=None):
        self.result = result
        self.success = True
        self.expecting_failure = False
        self.expectedFailure = None
        self.has_subtests = hasattr(result, "addSubTest")

    @contextlib.contextmanager
    def run(self, test, subtest=False):
        before = self.success
        self.success = True
        try:
            yield
        except KeyboardInterrupt:
            raise
        except SkipTest as e:
            self.success = False
            self.result.addSkip(test, str(e))
        except _ShouldStop:
            pass
        except BaseException:
            info = sys.exc_info()
            if self.expecting_failure:
                self.expectedFailure = info
            else:
                self.success = False
                if subtest:
                    self.result.addSubTest(test.test_case, test, info)
                elif issubclass(info[0], test.failureException):
                    self.result.addFailure(test, info)
                else:
                    self.result.addError(test, info)
        else:
            if subtest and self.success:
                self.result.addSubTest(test.test_case, test, None)
        finally:
            self.success = self.success and before


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _diffThreshold = 2 ** 16
    _classSetupFailed = False
    _class_cleanups = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = "No test"
        try:
            self._testMethodDoc = getattr(self, methodName).__doc__
        except AttributeError:
            if methodName != "runTest":
                raise ValueError("no such test method in %s: %s" % (self.__class__, methodName))
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual", set: "assertSetEqual",
                                     frozenset: "assertSetEqual", str: "assertMultiLineEqual"}

    def addTypeEqualityFunc(self, typeobj, function):
        self._type_equality_funcs[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        result = cm.__enter__()
        self.addCleanup(cm.__exit__, None, None, None)
        return result

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        result = cm.__enter__()
        cls.addClassCleanup(cm.__exit__, None, None, None)
        return result

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return TestResult()

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return "%s.%s" % (strclass(self.__class__), self._testMethodName)

    def __eq__(self, other):
        return type(self) is type(other) and self._testMethodName == other._testMethodName if isinstance(other, TestCase) else NotImplemented

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return "%s (%s.%s)" % (self._testMethodName, strclass(self.__class__), self._testMethodName)

    def __repr__(self):
        return "<%s testMethod=%s>" % (strclass(self.__class__), self._testMethodName)

    @contextlib.contextmanager
    def subTest(self, msg=_PLACEHOLDER_LEN, **params):
        if self._outcome is None or not self._outcome.has_subtests:
            yield
            return
        parent = self._subtest
        merged = {**parent.params, **params} if parent is not None else params
        self._subtest = _SubTest(self, None if msg is _PLACEHOLDER_LEN else msg, merged)
        try:
            with self._outcome.run(self._subtest, subtest=True):
                yield
            if not self._outcome.success:
                if self._outcome.result is not None and self._outcome.result.failfast:
                    raise _ShouldStop
            elif self._outcome.expectedFailure:
                raise _ShouldStop
        finally:
            self._subtest = parent

    def _call(self, method):
        return method()

    def run(self, result=None):
        own = result is None
        if own:
            result = self.defaultTestResult()
            getattr(result, "startTestRun", lambda: None)()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            for source in (self.__class__, method):
                if getattr(source, "__unittest_skip__", False):
                    result.addSkip(self, getattr(source, "__unittest_skip_why__", ""))
                    return result
            expecting = getattr(self, "__unittest_expecting_failure__", False) or getattr(method, "__unittest_expecting_failure__", False)
            outcome = self._outcome = _Outcome(result)
            try:
                with outcome.run(self):
                    self._call(self.setUp)
                if outcome.success:
                    outcome.expecting_failure = expecting
                    with outcome.run(self):
                        made = self._call(method)
                        if made is not None:
                            import warnings
                            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning, stacklevel=3)
                    outcome.expecting_failure = False
                    with outcome.run(self):
                        self._call(self.tearDown)
                self.doCleanups()
                if outcome.success:
                    if expecting:
                        if outcome.expectedFailure:
                            result.addExpectedFailure(self, outcome.expectedFailure)
                        else:
                            result.addUnexpectedSuccess(self)
                    else:
                        result.addSuccess(self)
                return result
            finally:
                self._outcome = None
        finally:
            result.stopTest(self)
            if own:
                getattr(result, "stopTestRun", lambda: None)()

    def doCleanups(self):
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.run(self):
                self._call(lambda: function(*args, **kwargs))
        return outcome.success

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        return standardMsg if msg is None else "%s : %s" % (standardMsg, msg)

    def _check(self, ok, standard, msg):
        if not ok:
            raise self.failureException(self._formatMessage(msg, standard()))

    def assertTrue(self, expr, msg=None):
        self._check(expr, lambda: "%s is not true" % safe_repr(expr), msg)

    def assertFalse(self, expr, msg=None):
        self._check(not expr, lambda: "%s is not false" % safe_repr(expr), msg)

    def _getAssertEqualityFunc(self, first, second):
        if type(first) == type(second):
            func = self._type_equality_funcs.get(type(first))
            if func is not None:
                return getattr(self, func) if isinstance(func, str) else func
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        self._check(first == second, lambda: "%s != %s" % _common_shorten_repr(first, second), msg)

    def assertEqual(self, first, second, msg=None):
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        self._check(first != second, lambda: "%s == %s" % (safe_repr(first), safe_repr(second)), msg)

    def _almost(self, first, second, places, delta):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            return diff, diff <= delta, "%s delta" % safe_repr(delta)
        places = 7 if places is None else places
        return diff, round(diff, places) == 0, "%r places" % places

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            if delta is not None and places is not None:
                raise TypeError("specify delta or places not both")
            return
        diff, near, within = self._almost(first, second, places, delta)
        self._check(near, lambda: "%s != %s within %s (%s difference)" % (safe_repr(first), safe_repr(second), within, safe_repr(diff)), msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        diff, near, within = self._almost(first, second, places, delta)
        far = not (first == second) and not near
        text = "%s == %s within %s" % (safe_repr(first), safe_repr(second), within)
        if delta is not None:
            text += " (%s difference)" % safe_repr(diff)
        self._check(far, lambda: text, msg)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is not None:
            name = seq_type.__name__
            if not isinstance(seq1, seq_type):
                raise self.failureException("First sequence is not a %s: %s" % (name, safe_repr(seq1)))
            if not isinstance(seq2, seq_type):
                raise self.failureException("Second sequence is not a %s: %s" % (name, safe_repr(seq2)))
        else:
            name = "sequence"
        differing = None
        try:
            len1 = len(seq1)
        except (TypeError, NotImplementedError):
            differing = "First %s has no length.    Non-sequence?" % name
        if differing is None:
            try:
                len2 = len(seq2)
            except (TypeError, NotImplementedError):
                differing = "Second %s has no length.    Non-sequence?" % name
        if differing is None:
            if seq1 == seq2:
                return
            differing = "%ss differ: %s != %s\n" % ((name.capitalize(),) + _common_shorten_repr(seq1, seq2))
            for i in range(min(len1, len2)):
                if seq1[i] != seq2[i]:
                    differing += "\nFirst differing element %d:\n%s\n%s\n" % ((i,) + _common_shorten_repr(seq1[i], seq2[i]))
                    break
            else:
                if len1 == len2 and seq_type is None and type(seq1) != type(seq2):
                    return
            if len1 > len2:
                differing += "\nFirst %s contains %d additional elements.\nFirst extra element %d:\n%s\n" % (name, len1 - len2, len2, _common_shorten_repr(seq1[len2])[0])
            elif len1 < len2:
                differing += "\nSecond %s contains %d additional elements.\nFirst extra element %d:\n%s\n" % (name, len2 - len1, len1, _common_shorten_repr(seq2[len1])[0])
        diff = "\n" + "\n".join(difflib.ndiff(pprint.pformat(seq1).splitlines(), pprint.pformat(seq2).splitlines()))
        self.fail(self._formatMessage(msg, self._truncateMessage(differing, diff)))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + DIFF_OMITTED % len(diff)

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        try:
            first, second = set1.difference(set2), set2.difference(set1)
        except TypeError as e:
            self.fail("invalid type when attempting set difference: %s" % e)
        except AttributeError as e:
            self.fail("first argument does not support set difference: %s" % e)
        if not (first or second):
            return
        lines = []
        for which, items in (("first", first), ("second", second)):
            if items:
                lines.append("Items in the %s set but not the %s:" % (which, "second" if which == "first" else "first"))
                lines += [repr(x) for x in items]
        self.fail(self._formatMessage(msg, "\n".join(lines)))

    def assertIn(self, member, container, msg=None):
        self._check(member in container, lambda: "%s not found in %s" % (safe_repr(member), safe_repr(container)), msg)

    def assertNotIn(self, member, container, msg=None):
        self._check(member not in container, lambda: "%s unexpectedly found in %s" % (safe_repr(member), safe_repr(container)), msg)

    def assertIs(self, expr1, expr2, msg=None):
        self._check(expr1 is expr2, lambda: "%s is not %s" % (safe_repr(expr1), safe_repr(expr2)), msg)

    def assertIsNot(self, expr1, expr2, msg=None):
        self._check(expr1 is not expr2, lambda: "unexpectedly identical: %s" % (safe_repr(expr1),), msg)

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            diff = "\n" + "\n".join(difflib.ndiff(pprint.pformat(d1).splitlines(), pprint.pformat(d2).splitlines()))
            self.fail(self._formatMessage(msg, self._truncateMessage("%s != %s" % _common_shorten_repr(d1, d2), diff)))

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), list(second)
        left = list(second)
        missing = []
        for x in first:
            if x in left:
                left.remove(x)
            else:
                missing.append(x)
        if not missing and not left:
            return
        lines = ["Element counts were not equal:"]
        seen = []
        for x in missing + left:
            if x not in seen:
                seen.append(x)
                lines.append("First has %d, Second has %d:  %r" % (first.count(x), second.count(x), x))
        self.fail(self._formatMessage(msg, self._truncateMessage(lines[0] + "\n", "\n".join(lines[1:]))))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first != second:
            if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
                self._baseAssertEqual(first, second, msg)
            a, b = first.splitlines(keepends=True), second.splitlines(keepends=True)
            if len(a) == 1 and first.strip("\r\n") == first:
                a, b = [first + "\n"], [second + "\n"]
            diff = "\n" + "".join(difflib.ndiff(a, b))
            self.fail(self._formatMessage(msg, self._truncateMessage("%s != %s" % _common_shorten_repr(first, second), diff)))

    def assertLess(self, a, b, msg=None):
        self._check(a < b, lambda: "%s not less than %s" % (safe_repr(a), safe_repr(b)), msg)

    def assertLessEqual(self, a, b, msg=None):
        self._check(a <= b, lambda: "%s not less than or equal to %s" % (safe_repr(a), safe_repr(b)), msg)

    def assertGreater(self, a, b, msg=None):
        self._check(a > b, lambda: "%s not greater than %s" % (safe_repr(a), safe_repr(b)), msg)

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, lambda: "%s not greater than or equal to %s" % (safe_repr(a), safe_repr(b)), msg)

    def assertIsNone(self, obj, msg=None):
        self._check(obj is None, lambda: "%s is not None" % (safe_repr(obj),), msg)

    def assertIsNotNone(self, obj, msg=None):
        self._check(obj is not None, lambda: "unexpectedly None", msg)

    def assertIsInstance(self, obj, cls, msg=None):
        self._check(isinstance(obj, cls), lambda: "%s is not an instance of %r" % (safe_repr(obj), cls), msg)

    def assertNotIsInstance(self, obj, cls, msg=None):
        self._check(not isinstance(obj, cls), lambda: "%s is an instance of %r" % (safe_repr(obj), cls), msg)

    def assertRaises(self, expected_exception, *args, **kwargs):
        return _AssertRaises(expected_exception, self).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _AssertRaises(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _AssertWarns(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return _AssertWarns(expected_warning, self, expected_regex).handle("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        return _AssertLogs(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        return _AssertLogs(self, logger, level, no_logs=True)

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = re.compile(expected_regex) if isinstance(expected_regex, (str, bytes)) else expected_regex
        self._check(pattern.search(text), lambda: "Regex didn't match: %r not found in %r" % (pattern.pattern, text), msg)

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        pattern = re.compile(unexpected_regex) if isinstance(unexpected_regex, (str, bytes)) else unexpected_regex
        m = pattern.search(text)
        self._check(not m, lambda: "Regex matched: %r matches %r in %r" % (text[m.start():m.end()], pattern.pattern, text), msg)

    assertEquals, assertNotEquals, assert_, assertRaisesRegexp, assertRegexpMatches = assertEqual, assertNotEqual, assertTrue, assertRaisesRegex, assertRegex


class _SubTest(TestCase):
    def __init__(self, test_case, message, params):
        super().__init__()
        self._message, self.test_case, self.params = message, test_case, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _description(self):
        parts = []
        if self._message is not None:
            parts.append("[{}]".format(self._message))
        if self.params:
            parts.append("({})".format(", ".join("{}={!r}".format(k, v) for k, v in self.params.items())))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return "{} {}".format(self.test_case.id(), self._description())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return "{} {}".format(self.test_case, self._description())


class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._testFunc, self._setUpFunc, self._tearDownFunc, self._description = testFunc, setUp, tearDown, description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def __str__(self):
        return "%s (%s)" % (strclass(self.__class__), self._testFunc.__name__)


class IsolatedAsyncioTestCase(TestCase):
    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        result = await cm.__aenter__()
        self.addAsyncCleanup(cm.__aexit__, None, None, None)
        return result

    def _call(self, method):
        import inspect
        name = getattr(method, "__name__", "")
        made = method()
        if inspect.isawaitable(made):
            async def wait():
                return await made
            made = self._runner.run(wait())
        if name == "setUp":
            self._runner.run(self.asyncSetUp())
        return made

    def run(self, result=None):
        import asyncio
        self._runner = asyncio.Runner()
        try:
            return super().run(result)
        finally:
            self._runner.close()

    def tearDown(self):
        pass

    def doCleanups(self):
        with self._outcome.run(self):
            self._runner.run(self.asyncTearDown())
        return super().doCleanups()


class TestResult:
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

    def debug(self):
        for t in self:
            t.debug()


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
            test(result)
        if top:
            self._leave_class(result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def _guard(self, result, name, action):
        try:
            action()
            return True
        except SkipTest as e:
            result.addSkip(_ErrorHolder(name), str(e))
        except Exception:
            result.addError(_ErrorHolder(name), sys.exc_info())
        return False

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
                result._moduleSetUpFailed = not self._guard(result, "setUpModule (%s)" % module, setup)
        result._previousTestClass = cls
        if getattr(result, "_moduleSetUpFailed", False) or getattr(cls, "__unittest_skip__", False):
            return
        cls._classSetupFailed = False
        if not self._guard(result, "setUpClass (%s)" % strclass(cls), cls.setUpClass):
            cls._classSetupFailed = True
            cls.doClassCleanups()

    def _leave_class(self, result):
        cls = getattr(result, "_previousTestClass", None)
        if cls is None or getattr(cls, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False) or getattr(cls, "__unittest_skip__", False):
            return
        self._guard(result, "tearDownClass (%s)" % strclass(cls), cls.tearDownClass)
        cls.doClassCleanups()

    def _leave_module(self, result):
        cls = getattr(result, "_previousTestClass", None)
        if cls is None or getattr(result, "_moduleSetUpFailed", False):
            return
        teardown = getattr(sys.modules.get(cls.__module__), "tearDownModule", None)
        if teardown is not None:
            self._guard(result, "tearDownModule (%s)" % cls.__module__, teardown)
        doModuleCleanups()
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
                except ImportError:
                    used.pop()
                    if not used:
                        raise
            parts = parts[1:]
        obj = module
        for part in parts:
            parent, obj = obj, getattr(obj, part)
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
        import fnmatch
        import importlib
        if start_dir not in sys.path:
            sys.path.insert(0, os.path.abspath(start_dir))
        found = [n for n in sorted(os.listdir(start_dir)) if fnmatch.fnmatchcase(n, pattern)]
        return self.suiteClass([self.loadTestsFromModule(importlib.import_module(n[:-3]), pattern=pattern) for n in found])


defaultTestLoader = TestLoader()


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, *, tb_locals=False):
        self.stream = sys.stderr if stream is None else stream
        self.descriptions, self.verbosity, self.failfast, self.buffer, self.warnings = descriptions, verbosity, failfast, buffer, warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        import warnings
        result = self._makeResult()
        result.failfast, result.buffer = self.failfast, self.buffer
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


def installHandler():
    pass
`,
);

for (const part of ["case", "loader", "main", "result", "runner", "suite", "util"])
  definePythonModule(`unittest.${part}`, "import unittest\nglobals().update({k: v for k, v in vars(unittest).items() if not k.startswith('__')})\n");
