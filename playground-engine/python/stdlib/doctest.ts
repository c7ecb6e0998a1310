// The module doctest: examples in docstrings and text files, run and compared.
// Behaviour: docs.python.org/3.11/library/doctest.html. The debugger and unified diffs of failures are left out.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "doctest",
  String.raw`
import inspect
import io
import os
import re
import sys
import traceback
from collections import namedtuple

__all__ = ["register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP", "IGNORE_EXCEPTION_DETAIL",
           "REPORT_NDIFF", "FAIL_FAST", "Example", "DocTest", "DocTestParser", "DocTestFinder", "DocTestRunner", "OutputChecker", "testmod", "testfile", "run_docstring_examples",
           "DocTestSuite"]
TestResults = namedtuple("TestResults", "failed attempted")
OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


for _name in ("DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP", "IGNORE_EXCEPTION_DETAIL",
              "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE", "FAIL_FAST"):
    globals()[_name] = register_optionflag(_name)
COMPARISON_FLAGS = DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL
BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."
_DIVIDER = "*" * 70


class Example:
    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want + "\n" if want and not want.endswith("\n") else want
        self.exc_msg = exc_msg + "\n" if exc_msg is not None and not exc_msg.endswith("\n") else exc_msg
        self.lineno, self.indent, self.options = lineno, indent, options or {}


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.name, self.filename, self.lineno, self.docstring = examples, globs.copy(), name, filename, lineno, docstring

    def __repr__(self):
        n = len(self.examples)
        return "<%s %s from %s:%s (%s)>" % (self.__class__.__name__, self.name, self.filename, self.lineno, "no examples" if n == 0 else "1 example" if n == 1 else "%d examples" % n)


class DocTestParser:
    def get_examples(self, string, name="<string>"):
        return [x for x in self.parse(string, name) if isinstance(x, Example)]

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def parse(self, string, name="<string>"):
        lines = string.expandtabs().split("\n")
        out, i, prose = [], 0, []
        while i < len(lines):
            line = lines[i]
            stripped = line.lstrip(" ")
            indent = len(line) - len(stripped)
            if not (stripped.startswith(">>> ") or stripped == ">>>"):
                if stripped.startswith(">>>"):
                    raise ValueError("line %r of the docstring for %s lacks blank after %s: %r" % (i + 1, name, ">>>", line))
                prose.append(line)
                i += 1
                continue
            out.append("\n".join(prose))
            prose = []
            start, source = i, [stripped[4:]]
            i += 1
            while i < len(lines) and (lines[i].startswith(" " * indent + "... ") or lines[i].rstrip() == " " * indent + "..."):
                source.append(lines[i][indent + 4:])
                i += 1
            want = []
            while i < len(lines) and lines[i].strip() and not lines[i].lstrip(" ").startswith(">>>"):
                if lines[i][:indent].strip():
                    raise ValueError("line %r of the docstring for %s has inconsistent leading whitespace: %r" % (i + 1, name, lines[i]))
                want.append(lines[i][indent:])
                i += 1
            source, want = "\n".join(source), "\n".join(want)
            m = re.match(r"(?:Traceback\ \((?:most recent call last|innermost last)\)):\s*$\n(?:[^\w].*\n|\s*\n)*?(?P<msg>^\w[\s\S]*)", want + "\n", re.MULTILINE)
            options = {}
            for found in re.finditer(r"#\s*doctest:\s*([^\n'\"]*)$", source, re.MULTILINE):
                for word in found.group(1).replace(",", " ").split():
                    if word[0] not in "+-" or word[1:] not in OPTIONFLAGS_BY_NAME:
                        raise ValueError("line %r of the doctest for %s has an invalid option: %r" % (start + 1, name, word))
                    options[OPTIONFLAGS_BY_NAME[word[1:]]] = word[0] == "+"
            if source.strip() and not all(not s.strip() or s.lstrip().startswith("#") for s in source.split("\n")):
                out.append(Example(source, want, m.group("msg") if m else None, start, indent, options))
        out.append("\n".join(prose))
        return out


class DocTestFinder:
    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._recurse, self._exclude_empty = parser, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        name = obj.__name__ if name is None else name
        if module is None and module is not False:
            module = obj if inspect.ismodule(obj) else sys.modules.get(getattr(obj, "__module__", None))
        globs = dict(module.__dict__ if globs is None and module else globs or {})
        globs.update(extraglobs or {})
        globs.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module, globs, set())
        return sorted(tests, key=lambda t: (t.name, t.filename or "", t.lineno or 0))

    def _find(self, tests, obj, name, module, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        doc = obj if isinstance(obj, str) else getattr(obj, "__doc__", None)
        doc = doc if isinstance(doc, str) else ""
        if doc or not self._exclude_empty:
            test = self._parser.get_doctest(doc, globs, name, getattr(module, "__file__", None) or "<string>", self._line(obj, doc, module))
            if test.examples or not self._exclude_empty:
                tests.append(test)
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            for n, v in list(obj.__dict__.items()):
                if (inspect.isroutine(inspect.unwrap(v) if callable(v) and not isinstance(v, type) else v) or inspect.isclass(v)) and getattr(v, "__module__", None) == obj.__name__:
                    self._find(tests, v, "%s.%s" % (name, n), module, globs, seen)
            for n, v in getattr(obj, "__test__", {}).items():
                self._find(tests, v, "%s.__test__.%s" % (name, n), module, globs, seen)
        elif inspect.isclass(obj):
            for n, v in obj.__dict__.items():
                v = v.__func__ if isinstance(v, (staticmethod, classmethod)) else v
                if inspect.isfunction(v) or inspect.isclass(v) or isinstance(v, property):
                    self._find(tests, v, "%s.%s" % (name, n), module, globs, seen)

    def _line(self, obj, doc, module):
        try:
            if inspect.ismodule(obj):
                return 0
            lines, at = inspect.getsourcelines(obj.fget if isinstance(obj, property) else obj)
        except (OSError, TypeError):
            return None
        return next((at - 1 + i for i, line in enumerate(lines) if '"' * 3 in line or "'" * 3 in line or re.match(r"\s*[urUR]*[\"']", line)), at - 1)


class OutputChecker:
    def check_output(self, want, got, optionflags):
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(r"(?m)^%s\s*?$" % re.escape(BLANKLINE_MARKER), "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _ellipsis_match(want, got)

    def output_difference(self, example, got, optionflags):
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub(r"(?m)^[ ]*(?=\n)", BLANKLINE_MARKER, got)
        indent = lambda s: "".join("    " + line if line.strip() else line for line in s.splitlines(True))
        if example.want and got:
            return "Expected:\n%sGot:\n%s" % (indent(example.want), indent(got))
        if example.want:
            return "Expected:\n%sGot nothing\n" % indent(example.want)
        if got:
            return "Expected nothing\nGot:\n%s" % indent(got)
        return "Expected nothing\nGot nothing\n"


def _ellipsis_match(want, got):
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not (got.startswith(first) and got.endswith(last)) or len(first) + len(last) > len(got):
        return False
    at, end = len(first), len(got) - len(last)
    for part in middle:
        at = got.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


class DocTestRunner:
    DIVIDER = _DIVIDER

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        kept = sys.stdout
        out = kept.write if out is None else out
        capture = io.StringIO()
        failures = tries = 0
        sys.stdout = capture
        try:
            for number, example in enumerate(test.examples):
                flags = self.optionflags
                for flag, on in example.options.items():
                    flags = flags | flag if on else flags & ~flag
                if flags & SKIP:
                    continue
                tries += 1
                if self._verbose:
                    out("Trying:\n%sExpecting%s" % (_indented(example.source), ":\n" + _indented(example.want) if example.want else " nothing\n"))
                error = None
                try:
                    exec(compile(example.source, "<doctest %s[%d]>" % (test.name, number), "single"), test.globs)
                except KeyboardInterrupt:
                    raise
                except BaseException:
                    error = sys.exc_info()
                got = capture.getvalue()
                capture.seek(0)
                capture.truncate()
                if error is None:
                    good = self._checker.check_output(example.want, got, flags)
                else:
                    message = traceback.format_exception_only(*error[:2])[-1]
                    if example.exc_msg is None:
                        good = None
                    else:
                        good = self._checker.check_output(example.exc_msg, message, flags)
                        if not good and flags & IGNORE_EXCEPTION_DETAIL:
                            bare = lambda s: s.split(":")[0].strip().rsplit(".", 1)[-1]
                            good = bare(example.exc_msg) == bare(message)
                        got += "".join(["Traceback (most recent call last):\n"] + traceback.format_exception_only(*error[:2]))
                if good:
                    if self._verbose:
                        out("ok\n")
                    continue
                failures += 1
                head = [self.DIVIDER]
                if test.filename:
                    line = "?" if test.lineno is None else test.lineno + example.lineno + 1
                    head.append('File "%s", line %s, in %s' % (test.filename, line, test.name))
                else:
                    head.append("Line %s, in %s" % (example.lineno + 1, test.name))
                head.append("Failed example:")
                text = "\n".join(head) + "\n" + _indented(example.source)
                if good is None:
                    shown = [line for line in traceback.format_exception(*error) if "<frozen doctest>" not in line]
                    text += "Exception raised:\n" + _indented("".join(shown))
                else:
                    text += self._checker.output_difference(example, got, flags)
                out(text)
                if flags & FAIL_FAST:
                    break
        finally:
            sys.stdout = kept
        if clear_globs:
            test.globs.clear()
        f, t = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = f + failures, t + tries
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def summarize(self, verbose=None):
        verbose = self._verbose if verbose is None else verbose
        notests, passed, failed = [], [], []
        for name, (f, t) in self._name2ft.items():
            (notests if t == 0 else passed if f == 0 else failed).append((name, f, t))
        if verbose:
            if notests:
                print(len(notests), "items had no tests:")
                for name, *_ in sorted(notests):
                    print("   ", name)
            if passed:
                print(len(passed), "items passed all tests:")
                for name, _, t in sorted(passed):
                    print(" %3d tests in %s" % (t, name))
        if failed:
            print(self.DIVIDER)
            print(len(failed), "items had failures:")
            for name, f, t in sorted(failed):
                print(" %3d of %3d in %s" % (f, t, name))
        if verbose:
            print(self.tries, "tests in", len(self._name2ft), "items.")
            print(self.tries - self.failures, "passed and", self.failures, "failed.")
        if self.failures:
            print("***Test Failed***", self.failures, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(self.failures, self.tries)


def _indented(s):
    return "".join("    " + line if line.strip() else line for line in s.splitlines(True))


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False, exclude_empty=False):
    m = sys.modules.get("__main__") if m is None else m
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(exclude_empty=exclude_empty).find(m, name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
             raise_on_error=False, parser=DocTestParser(), encoding=None):
    with open(filename, encoding=encoding or "utf-8") as f:
        text = f.read()
    space = {"__name__": "__main__", **(globs or {}), **(extraglobs or {})}
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    runner.run(parser.get_doctest(text, space, name or os.path.basename(filename), filename, 0))
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(recurse=False).find(f, name, globs=globs):
        runner.run(test)


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    import unittest
    module = sys.modules[module] if isinstance(module, str) else sys.modules["__main__"] if module is None else module
    suite = unittest.TestSuite()
    for test in (test_finder or DocTestFinder()).find(module, globs=globs, extraglobs=extraglobs):
        def check(test=test):
            out = io.StringIO()
            if DocTestRunner(verbose=False, optionflags=options.get("optionflags", 0)).run(test, out=out.write).failed:
                raise AssertionError("Failed doctest test for %s\n\n%s" % (test.name, out.getvalue()))
        suite.addTest(unittest.FunctionTestCase(check))
    return suite
`,
);
