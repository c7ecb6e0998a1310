// Test cases and how one runs.
// Python source: a part of the module unittest, which ../unittest.ts puts together.
export const CASE = String.raw`class _ShouldStop(Exception):
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
        return _enter(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        return _enter(cm, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = _clean_up(cls._class_cleanups)

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

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        self._returned(method(), method)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def _returned(self, value, method):
        if value is not None:
            import warnings
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning, stacklevel=4)

    def _why_skipped(self, method):
        """The reason where the class or the method is to be skipped."""
        for source in (self.__class__, method):
            if getattr(source, "__unittest_skip__", False):
                return getattr(source, "__unittest_skip_why__", "")
        return None

    def run(self, result=None):
        own = result is None
        if own:
            result = self.defaultTestResult()
            getattr(result, "startTestRun", lambda: None)()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            why = self._why_skipped(method)
            if why is not None:
                result.addSkip(self, why)
                return result
            expecting = getattr(self, "__unittest_expecting_failure__", False) or getattr(method, "__unittest_expecting_failure__", False)
            outcome = self._outcome = _Outcome(result)
            try:
                with outcome.run(self):
                    self._callSetUp()
                if outcome.success:
                    outcome.expecting_failure = expecting
                    with outcome.run(self):
                        self._callTestMethod(method)
                    outcome.expecting_failure = False
                    with outcome.run(self):
                        self._callTearDown()
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
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        method = getattr(self, self._testMethodName)
        why = self._why_skipped(method)
        if why is not None:
            raise SkipTest(why)
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, *args, **kwargs)

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

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        import warnings
        warnings.warn("assertDictContainsSubset is deprecated", DeprecationWarning)
        missing = [safe_repr(k) for k in subset if k not in dictionary]
        mismatched = ["%s, expected: %s, actual: %s" % (safe_repr(k), safe_repr(v), safe_repr(dictionary[k])) for k, v in subset.items() if k in dictionary and dictionary[k] != v]
        parts = ["Missing: %s" % ",".join(missing)] * bool(missing) + ["Mismatched values: %s" % ",".join(mismatched)] * bool(mismatched)
        self._check(not parts, lambda: "; ".join(parts), msg)


def _deprecated(name, now):
    method = getattr(TestCase, now)

    @functools.wraps(method)
    def old(*args, **kwargs):
        import warnings
        warnings.warn("Please use {0} instead.".format(now), DeprecationWarning, 2)
        return method(*args, **kwargs)
    setattr(TestCase, name, old)


for _name, _now in (("failUnlessEqual", "assertEqual"), ("assertEquals", "assertEqual"), ("failIfEqual", "assertNotEqual"), ("assertNotEquals", "assertNotEqual"),
                    ("failUnlessAlmostEqual", "assertAlmostEqual"), ("assertAlmostEquals", "assertAlmostEqual"), ("failIfAlmostEqual", "assertNotAlmostEqual"),
                    ("assertNotAlmostEquals", "assertNotAlmostEqual"), ("failUnless", "assertTrue"), ("assert_", "assertTrue"), ("failUnlessRaises", "assertRaises"),
                    ("failIf", "assertFalse"), ("assertRaisesRegexp", "assertRaisesRegex"), ("assertRegexpMatches", "assertRegex"), ("assertNotRegexpMatches", "assertNotRegex")):
    _deprecated(_name, _now)


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

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._parts() == other._parts() if isinstance(other, self.__class__) else NotImplemented

    def __hash__(self):
        return hash((type(self), *self._parts()))

    def __str__(self):
        return "%s (%s)" % (strclass(self.__class__), self._testFunc.__name__)

    def __repr__(self):
        return "<%s tec=%s>" % (strclass(self.__class__), self._testFunc)

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


FunctionTestCase.__module__ = "unittest.case"


class IsolatedAsyncioTestCase(TestCase):
    _runner = None

    def __init__(self, methodName="runTest"):
        import contextvars
        super().__init__(methodName)
        self._context = contextvars.copy_context()

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the asynchronous context manager protocol") from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _wait(self, function, /, *args, **kwargs):
        """What a function gives, or what its coroutine does: all in the test's own context."""
        import inspect
        if inspect.iscoroutinefunction(function):
            return self._runner.run(function(*args, **kwargs), context=self._context)
        return self._context.run(function, *args, **kwargs)

    def _callSetUp(self):
        self._runner.get_loop()
        self._context.run(self.setUp)
        self._wait(self.asyncSetUp)

    def _callTestMethod(self, method):
        self._returned(self._wait(method), method)

    def _callTearDown(self):
        self._wait(self.asyncTearDown)
        self._context.run(self.tearDown)

    def _callCleanup(self, function, /, *args, **kwargs):
        self._wait(function, *args, **kwargs)

    def run(self, result=None):
        import asyncio
        self._runner = asyncio.Runner(debug=True)
        try:
            return super().run(result)
        finally:
            self._runner.close()

    def debug(self):
        import asyncio
        self._runner = asyncio.Runner(debug=True)
        try:
            super().debug()
        finally:
            self._runner.close()


IsolatedAsyncioTestCase.__module__ = "unittest.async_case"


`;
