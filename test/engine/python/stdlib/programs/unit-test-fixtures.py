"""unittest: fixtures that fail, contexts, cleanups, asynchronous cases, results of one's own, debugging."""
import contextvars
import io
import re
import sys
import unittest
import unittest.case


def run(case, **options):
    out = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    result = unittest.TextTestRunner(out, **options).run(suite)
    text = re.sub(r"(?m)^  .*\n", "", out.getvalue())  # frames: CPython's own are among them
    print(re.sub(r"in [\d.]+s", "in 0s", text))
    return result


events = []


class Note:
    def __init__(self, name): self.name = name
    def __enter__(self): events.append("enter " + self.name); return self.name
    def __exit__(self, *a): events.append("leave " + self.name)
    async def __aenter__(self): events.append("aenter " + self.name); return self.name
    async def __aexit__(self, *a): events.append("aleave " + self.name)


def broken(text):
    raise ValueError(text)


class Fixtures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        events.append("setUpClass")
        cls.enterClassContext(Note("class"))
        cls.addClassCleanup(broken, "class cleanup")
    @classmethod
    def tearDownClass(cls): events.append("tearDownClass")
    def setUp(self): self.enterContext(Note("case"))
    def test_a(self): events.append("a")
    def test_b(self): self.addCleanup(broken, "cleanup b")
    def test_c(self): self.enterContext(3)


run(Fixtures)
print(events)
events.clear()


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(broken, "cleanup after a failed setUpClass")
        raise RuntimeError("no setUpClass")
    def test_a(self): events.append("never")


run(Broken)


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    var = contextvars.ContextVar("var", default="none")
    def setUp(self): events.append("setUp"); self.var.set("set up")
    async def asyncSetUp(self):
        events.append("asyncSetUp " + self.var.get())
        self.var.set("async")
        await self.enterAsyncContext(Note("async"))
        self.addAsyncCleanup(self.clean, "x")
    async def clean(self, x): events.append("clean " + x)
    async def test_a(self): events.append("test " + self.var.get())
    def test_b(self): events.append("plain " + self.var.get())
    async def test_c(self): await self.enterAsyncContext(Note)
    async def test_d(self): self.fail("no")
    async def asyncTearDown(self): events.append("asyncTearDown")
    def tearDown(self): events.append("tearDown")


run(Asynchronous)
print(events)
events.clear()


class NoSetUp(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self): raise ValueError("no asyncSetUp")
    async def test_a(self): events.append("never")
    async def asyncTearDown(self): events.append("never either")


run(NoSetUp, verbosity=2)
print(events)


class Lines(unittest.TextTestResult):
    def addSuccess(self, test):
        super().addSuccess(test)
        self.stream.writeln(" yes: " + test._testMethodName)


class Plain(unittest.TestCase):
    def test_a(self):
        """says what it does"""
    @unittest.skip("later")
    def test_b(self): ...
    def test_c(self):
        with self.assertRaisesRegex(ValueError, 5): ...


run(Plain, resultclass=Lines)
unittest.defaultTestLoader.loadTestsFromTestCase(Fixtures)._tests[0].debug()
try:
    Plain("test_b").debug()
except unittest.SkipTest as e:
    print("skipped", e)
try:
    unittest.TestSuite([Broken("test_a")]).debug()
except RuntimeError as e:
    print(e)


def check():
    """A function.

    More of it."""


f = unittest.FunctionTestCase(check)
print(f, f.shortDescription(), f == unittest.FunctionTestCase(check), f.id(), unittest.case.TestCase is unittest.TestCase)
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    t = Plain("test_a")
    t.assertEquals(1, 1)
    t.failUnless(True)
    try:
        t.assertDictContainsSubset({"a": 1, "b": 2}, {"a": 3})
    except AssertionError as e:
        print(e)
    print([str(w.message) for w in seen])
print(repr(unittest.TestSuite()), repr(unittest.TestSuite([unittest.FunctionTestCase(print)]))[:60], unittest.TestLoader, unittest.main)
print(unittest.TestCase.__module__, unittest.IsolatedAsyncioTestCase.__module__, unittest.TestSuite.__module__, unittest.TestLoader.__module__, unittest.TextTestRunner.__module__, unittest.TestProgram.__module__, unittest.TestResult.__module__)
