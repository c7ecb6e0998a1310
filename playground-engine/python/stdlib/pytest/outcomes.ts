// Outcomes, raises, warns and approx.
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const OUTCOMES = String.raw`import ast
import contextlib
import functools
import inspect
import io
import itertools
import os
import re
import sys
import time
import types
import warnings as _warnings

__version__ = "9.0.3"


class _Outcome(BaseException):
    def __init__(self, msg="", pytrace=True, **kwargs):
        super().__init__(msg)
        self.msg, self.pytrace = msg, pytrace

    def __str__(self):
        return str(self.msg)


class Failed(_Outcome):
    pass


class Skipped(_Outcome):
    pass


class XFailed(Failed):
    pass


class Exit(Exception):
    pass


class UsageError(Exception):
    pass


class FixtureLookupError(LookupError):
    pass


class PytestWarning(UserWarning):
    pass


class PytestUnknownMarkWarning(PytestWarning):
    pass


for _c in (Failed, Skipped, Exit):
    _c.__module__ = "_pytest.outcomes"


def fail(reason="", pytrace=True):
    __tracebackhide__ = True
    raise Failed(reason, pytrace)


def skip(reason="", *, allow_module_level=False):
    __tracebackhide__ = True
    raise Skipped(reason or msg or "")


def xfail(reason=""):
    raise XFailed(reason)


def exit(reason="", returncode=None):
    raise Exit(reason)


fail.Exception, skip.Exception, exit.Exception = Failed, Skipped, Exit


def importorskip(modname, minversion=None, reason=None):
    import importlib
    try:
        return importlib.import_module(modname)
    except ImportError as e:
        raise Skipped(reason or "could not import %r: %s" % (modname, e)) from None


# ---- raises, warns, approx

class ExceptionInfo:
    def __init__(self):
        self._value = None

    value = property(lambda self: self._value)
    type = property(lambda self: type(self._value))
    tb = property(lambda self: self._value.__traceback__)
    typename = property(lambda self: type(self._value).__name__)

    def match(self, regexp):
        __tracebackhide__ = True
        value = str(self._value)
        if not re.search(regexp, value):
            text = "Regex pattern did not match.\n  Expected regex: %r\n  Actual message: %r" % (regexp, value)
            if regexp == value:
                text += "\n  Did you mean to re.escape() the regex?"
            raise AssertionError(text)
        return True

    def exconly(self, tryshort=False):
        import traceback
        return "".join(traceback.format_exception_only(self._value)).rstrip()

    def errisinstance(self, exc):
        return isinstance(self._value, exc)

    def __repr__(self):
        if self._value is None:
            return "<ExceptionInfo for raises contextmanager>"
        return "<ExceptionInfo %r tblen=%d>" % (self._value, 1)


class RaisesContext:
    def __init__(self, expected, match=None):
        self.expected = expected
        self.match_expr = match
        self.message = "DID NOT RAISE %r" % (expected,)

    def __enter__(self):
        self.excinfo = ExceptionInfo()
        return self.excinfo

    def __exit__(self, kind, value, tb):
        if kind is None:
            fail(self.message)
        if not issubclass(kind, self.expected):
            return False
        self.excinfo._value = value
        if self.match_expr is not None:
            self.excinfo.match(self.match_expr)
        return True


def raises(expected_exception, *args, **kwargs):
    if not expected_exception:
        raise ValueError("Expected an exception type or a tuple of exception types, but got %r." % (expected_exception,))
    for e in expected_exception if isinstance(expected_exception, tuple) else (expected_exception,):
        if not isinstance(e, type) or not issubclass(e, BaseException):
            raise TypeError("expected exception must be a BaseException type, not %s" % (e.__name__ if isinstance(e, type) else type(e).__name__))
    if not args:
        match = kwargs.pop("match", None)
        if kwargs:
            raise TypeError("Unexpected keyword arguments passed to pytest.raises: %s\nUse context-manager form instead?" % ", ".join(sorted(kwargs)))
        return RaisesContext(expected_exception, match)
    func = args[0]
    if not callable(func):
        raise TypeError("%r object (type: %s) must be callable" % (func, type(func)))
    context = RaisesContext(expected_exception)
    with context as info:
        func(*args[1:], **kwargs)
    return info


raises.Exception = Failed


class WarningsRecorder:
    def __init__(self, expected=None, match=None):
        self._expected, self._match = expected, match

    def __enter__(self):
        self._manager = _warnings.catch_warnings(record=True)
        self.list = self._manager.__enter__()
        _warnings.simplefilter("always")
        return self

    def __exit__(self, kind, value, tb):
        self._manager.__exit__(kind, value, tb)
        if kind is not None or self._expected is None:
            return
        found = [w for w in self.list if issubclass(w.category, self._expected)]
        shown = [w.message for w in self.list]
        if not found:
            fail("DID NOT WARN. No warnings of type %r were emitted.\nThe list of emitted warnings is: %r." % (self._expected if isinstance(self._expected, tuple) else (self._expected,), shown))
        if self._match is not None and not any(re.search(self._match, str(w.message)) for w in found):
            fail("DID NOT WARN. No warnings of type %r matching the regex were emitted.\n Regex: %s\n Emitted warnings: %r" % ((self._expected,), self._match, shown))

    def __iter__(self):
        return iter(self.list)

    def __len__(self):
        return len(self.list)

    def __getitem__(self, i):
        return self.list[i]

    def pop(self, cls=Warning):
        for i, w in enumerate(self.list):
            if issubclass(w.category, cls):
                return self.list.pop(i)
        raise AssertionError("%r not found in warning list" % cls)

    def clear(self):
        self.list[:] = []


def warns(expected_warning=Warning, *args, match=None, **kwargs):
    context = WarningsRecorder(expected_warning, match)
    if not args:
        return context
    with context:
        return args[0](*args[1:], **kwargs)


def deprecated_call(*args, match=None, **kwargs):
    return warns((DeprecationWarning, PendingDeprecationWarning), *args, match=match, **kwargs)


class _Approx:
    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def _tolerance(self, x):
        if self.abs is not None and self.rel is None:
            return self.abs
        relative = (1e-6 if self.rel is None else self.rel) * _magnitude(x)
        return max(relative, 1e-12 if self.abs is None else self.abs)

    def _near(self, actual, x):
        if isinstance(x, (bool, str, bytes, type(None))) or not isinstance(x, (int, float, complex)) and not hasattr(x, "__float__"):
            return actual == x
        if actual == x:
            return True
        try:
            if x != x:
                return self.nan_ok and actual != actual
            if x in (float("inf"), float("-inf")):
                return False
            return _magnitude(x - actual) <= self._tolerance(float(x) if not isinstance(x, complex) else x)
        except TypeError:
            return False

    def __eq__(self, actual):
        e = self.expected
        if isinstance(e, dict):
            return hasattr(actual, "keys") and set(actual.keys()) == set(e) and all(self._near(actual[k], v) for k, v in e.items())
        if isinstance(e, (list, tuple)):
            return hasattr(actual, "__len__") and len(actual) == len(e) and all(self._near(a, x) for a, x in zip(actual, e))
        return self._near(actual, e)

    __hash__ = None

    def __ne__(self, actual):
        return not self == actual

    def __bool__(self):
        raise AssertionError("approx() is not supported in a boolean context.\nDid you mean: ${"`"}assert a == approx(b)${"`"}?")

    def _explain(self, other):
        """Lines on how another value differs."""
        e = self.expected
        if isinstance(e, dict):
            if set(e) != set(other):
                return ["comparison failed.", "Mappings has different keys: expected %s but got %s" % (e.keys(), other.keys())]
            pairs = [(k, other[k], v) for k, v in e.items()]
        elif isinstance(e, (list, tuple)):
            if len(e) != len(other):
                return ["Impossible to compare lists with different sizes.", "Lengths: %d and %d" % (len(e), len(other))]
            pairs = [(i, x, v) for i, (x, v) in enumerate(zip(other, e))]
        else:
            return ["comparison failed", "Obtained: %s" % (other,), "Expected: %s" % self]
        bad = [(k, x, v) for k, x, v in pairs if not self._near(x, v)]
        numbers = [(x, v) for k, x, v in bad if isinstance(x, (int, float)) and isinstance(v, (int, float))]
        absolute = max((_magnitude(x - v) for x, v in numbers), default=0)
        relative = max((float("inf") if x == 0 else _magnitude((x - v) / x) for x, v in numbers), default=0)
        rows = [("Index", "Obtained", "Expected")] + [(str(k), str(x), self._text(v)) for k, x, v in bad]
        widths = [max(len(r[i]) for r in rows) for i in range(3)]
        return (["comparison failed. Mismatched elements: %d / %d:" % (len(bad), len(pairs)), "Max absolute difference: %s" % absolute, "Max relative difference: %s" % relative]
                + [" | ".join(c.ljust(w) for c, w in zip(r, widths)) for r in rows])

    def _text(self, x):
        if isinstance(x, (bool, str, bytes, type(None))) or not isinstance(x, (int, float)):
            return repr(x)
        t = self._tolerance(x)
        return "%s ± %s" % (x, "%.1e" % t if t != int(t) or t < 1 else t)

    def __repr__(self):
        e = self.expected
        if isinstance(e, dict):
            return "approx({%s})" % ", ".join("%r: %s" % (k, self._text(v)) for k, v in e.items())
        if isinstance(e, (list, tuple)):
            body = ", ".join(self._text(x) for x in e)
            return "approx([%s])" % body if isinstance(e, list) else "approx((%s%s))" % (body, "," if len(e) == 1 else "")
        return self._text(e)


_magnitude = abs


def approx(expected, rel=None, abs=None, nan_ok=False):
    if isinstance(expected, (set, frozenset)):
        raise TypeError("pytest.approx() does not support unordered collections")
    return _Approx(expected, rel, abs, nan_ok)


`;
