// What assertions say: skipping, raising, warning, logging, differences.
// Python source: a part of the module unittest, which ../unittest.ts puts together.
export const ASSERTING = String.raw`import sys
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
    errors = _clean_up(_module_cleanups)
    if errors:
        raise errors[0][1]


def _clean_up(cleanups):
    """Call them all, the last one first; what went wrong, as sys.exc_info() has it."""
    errors = []
    while cleanups:
        function, args, kwargs = cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception:
            errors.append(sys.exc_info())
    return errors


def _enter(cm, add):
    """Enter a context manager that add() is told to leave."""
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol") from None
    result = enter(cm)
    add(leave, cm, None, None, None)
    return result


def enterModuleContext(cm):
    return _enter(cm, addModuleCleanup)


class _AssertRaises:
    _what = (BaseException, "an exception type or tuple of exception types")

    def __init__(self, expected, test_case, expected_regex=None):
        self.expected = expected
        self.test_case = test_case
        self.expected_regex = None if expected_regex is None else re.compile(expected_regex)
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


`;
