// Options, and what a run prints: progress, failures with their source, warnings, the summary.
// Behaviour: docs.pytest.org (reference), as pytest 9 prints it. Plugins, configuration and the cache are left out.
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const REPORT = String.raw`# ---- showing

class _Terminal:
    """Where the report goes: a line of it at a time, colours where they are on."""

    codes = {"red": "31", "green": "32", "yellow": "33", "cyan": "36", "bold": "1", "purple": "35"}

    def __init__(self, out, color):
        import shutil
        self.out, self.color = out, color
        self.width = shutil.get_terminal_size()[0]
        self.column = 0

    def marked(self, text, *names):
        codes = [self.codes[n] for n in names if n]
        return "".join("\x1b[%sm" % c for c in codes) + text + "\x1b[0m" if self.color and codes and text else text

    def write(self, text, *names):
        last = text.rpartition("\n")[2]
        self.column = len(last) if "\n" in text else self.column + len(text)
        self.out.write(self.marked(text, *names))

    def line(self, text="", *names):
        self.write(text, *names)
        self.out.write("\n")
        self.column = 0

    def rule(self, text, fill="=", *names, full=None):
        """A line of signs with a text in its middle; full is the text with its colours."""
        if not text:
            self.line(fill * (self.width // len(fill)), *names)
            return
        side = max(1, (self.width - len(text) - 2) // (2 * len(fill)))
        made = fill * side + " " + text + " " + fill * side
        if len(made) + len(fill.rstrip()) <= self.width:
            made += fill.rstrip()
        if full is None:
            self.line(made, *names)
        else:
            left, right = made.split(text)
            color = "\x1b[%sm" % self.codes[names[0]]
            self.line(color + left + full + color + right + "\x1b[0m")

    def fresh(self):
        if self.column:
            self.line()


def _trimmed(form, text, width):
    """The first line of a text in a form, as much as fits; None where nothing would."""
    text = text.split("\n")[0]
    used = len(form.format(""))
    if used + 3 > width:
        return None
    if used + len(text) > width:
        text = text[:max(0, width - 3 - used)] + "..."
    return form.format(text)


def _message_of(error):
    """An exception as one says it: the text alone for an assert that tells its parts."""
    if isinstance(error, Failed) and (not error.pytrace or str(error).startswith("[XPASS(strict)]")):
        return str(error)
    if isinstance(error, AssertionError) and _short(error).startswith("AssertionError('assert "):
        return str(error)
    import traceback
    text = "".join(traceback.format_exception_only(error)).rstrip()
    # an outcome has no module in front
    return text.replace("_pytest.outcomes.", "", 1).replace("builtins.", "", 1)


class _Entry:
    """A frame of a traceback as the report shows it."""

    def __init__(self, tb, summary):
        self.frame, self.lineno, self.summary = tb.tb_frame, tb.tb_lineno, summary
        self.code = tb.tb_frame.f_code
        self.file = self.code.co_filename

    @property
    def hidden(self):
        return self.file.startswith("<frozen") or self.frame.f_locals.get("__tracebackhide__", False) is True

    @property
    def place(self):
        return os.path.relpath(self.file) if os.path.isabs(self.file) and not os.path.relpath(self.file).startswith("..") else self.file


def _entries(error):
    import traceback
    tb, out = error.__traceback__, []
    summaries = list(traceback.extract_tb(tb))
    while tb is not None:
        out.append(_Entry(tb, summaries[len(out)] if len(out) < len(summaries) else None))
        tb = tb.tb_next
    shown = [e for e in out if not e.hidden]
    # asserts of unittest are the library's
    return shown or out[-1:]


def _statement_lines(lines, first, at):
    """The lines from a function's first to the end of the statement at a line."""
    end = at
    for stop in range(at, min(at + 30, len(lines)) + 1):
        try:
            ast.parse("\n".join(line[len(lines[at - 1]) - len(lines[at - 1].lstrip()):] for line in lines[at - 1:stop]).rstrip().rstrip(":") or "pass")
        except SyntaxError:
            if lines[at - 1].rstrip().endswith(":"):
                break
            continue
        end = stop
        break
    return lines[first - 1:end]


def _arrows(entry, raw, line, indent):
    s = entry.summary
    if s is None or s.colno is None or s.end_colno is None or s.end_lineno not in (None, s.lineno) or line.strip().startswith("assert"):
        return []
    start, end = len(raw.encode()[:s.colno].decode()), len(raw.encode()[:s.end_colno].decode())
    count = end - start
    if count <= 0 or count >= len(line.strip()):
        return []
    return [indent + " " * (start - (len(raw) - len(raw.lstrip())) + (len(line) - len(line.lstrip()))) + "^" * count]


class _Failure:
    """One exception, and those it came of, as pytest shows them."""

    def __init__(self, term, style):
        self.term, self.style = term, style

    def show(self, error):
        chain, seen = [], set()
        e, link = error, None
        while e is not None and id(e) not in seen:
            seen.add(id(e))
            chain.append((e, link))
            if e.__cause__ is not None:
                e, link = e.__cause__, "The above exception was the direct cause of the following exception:"
            elif e.__context__ is not None and not e.__suppress_context__ and e.__context__.__traceback__ is not None:
                e, link = e.__context__, "During handling of the above exception, another exception occurred:"
            else:
                e = None
        chain.reverse()
        for i, (e, link) in enumerate(chain):
            self.one(e, i == len(chain) - 1)
            if i < len(chain) - 1:
                self.term.line()
                self.term.line(link, "yellow")

    def one(self, error, outermost=True):
        term = self.term
        if isinstance(error, FixtureLookupError):
            self.fixture(error)
            return
        if isinstance(error, Failed) and not error.pytrace:
            term.line(str(error))
            return
        entries = _entries(error)
        message = _message_of(error)
        if self.style == "line":
            self.exception(message, "    ", False)
            if outermost:
                e = entries[-1]
                term.line("%s:%d: %s" % (e.file, e.lineno, message.split("\n")[0]))
            return
        if self.style == "native":
            import traceback
            for text in traceback.format_exception(error):
                for part in text.rstrip("\n").split("\n"):
                    term.line(part)
            return
        for i, entry in enumerate(entries):
            last = i == len(entries) - 1
            long = self.style == "long" or self.style == "auto" and (i == 0 or last)
            if long:
                self.long(entry, last, error, message, first=i == 0)
            else:
                self.brief(entry, last, message)
            if not last and (long or self.style == "auto" and i == len(entries) - 2):
                term.line("_ " * (term.width // 2))

    def lines(self, entry):
        import linecache
        return [line.rstrip("\n") for line in linecache.getlines(entry.file)]

    def exception(self, message, indent, all=True):
        for i, part in enumerate(message.split("\n")):
            if i == 0 or all:
                self.term.line("E" + indent[1:] + part, "bold", "red")
            else:
                self.term.line(indent + part, "bold", "red")

    def long(self, entry, last, error, message, first):
        term = self.term
        term.line()
        args = []
        code = entry.code
        count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
        for name in code.co_varnames[:count]:
            if name in entry.frame.f_locals:
                args.append("%s = %s" % (name, _short(entry.frame.f_locals[name])))
        if args:
            line = ""
            for a in args:
                if line and len(a) + len(line) + 2 > term.width:
                    term.line(line)
                    line = a
                else:
                    line = line + ", " + a if line else a
            term.line(line)
            term.line()
        lines = self.lines(entry)
        if lines and entry.lineno <= len(lines):
            start = entry.code.co_firstlineno if entry.code.co_name != "<module>" else entry.lineno
            import textwrap
            raw = _statement_lines(lines, start, entry.lineno)
            source = textwrap.dedent("\n".join(raw)).split("\n")
            at = entry.lineno - start
            indent = ""
            for n, line in enumerate(source):
                term.line((">   " if n == at else "    ") + line if line.strip() or n == at else "    ".rstrip() or "")
                if n == at:
                    for arrows in _arrows(entry, raw[at], line, "    "):
                        term.line(arrows)
            statement = source[at] if at < len(source) else ""
            indent = " " * (4 + len(statement) - len(statement.lstrip()))
        else:
            term.line(">   ???")
            indent = "    "
        if last:
            self.exception(message, indent)
        term.line()
        term.line("%s:%d: %s" % (term.marked(entry.place, "bold", "red"), entry.lineno, type(error).__name__ if last else ""))

    def brief(self, entry, last, message):
        term = self.term
        term.line("%s:%d: in %s" % (term.marked(entry.place, "bold", "red"), entry.lineno, entry.code.co_name))
        lines = self.lines(entry)
        if entry.lineno <= len(lines):
            raw = lines[entry.lineno - 1]
            term.line("    " + raw.strip())
            for arrows in _arrows(entry, raw, raw.strip(), "    "):
                term.line(arrows)
        if last:
            self.exception(message, "    ")

    def fixture(self, error):
        term = self.term
        for func in reversed(error.stack):
            lines, start = inspect.getsourcelines(func)
            term.line("file %s, line %d" % (func.__code__.co_filename, start))
            for line in lines:
                term.line("  " + line.rstrip())
                if line.lstrip().startswith("def"):
                    break
        for i, part in enumerate(error.args[0].split("\n")):
            term.line(("E       " if i == 0 else ">       ") + part, "red" if i == 0 else None)
        term.line()
        func = error.stack[0]
        term.line("%s:%d" % (func.__code__.co_filename, inspect.getsourcelines(func)[1]))


_LETTERS = {"passed": ".", "failed": "F", "error": "E", "skipped": "s", "xfailed": "x", "xpassed": "X"}
_COLORS = {"passed": "green", "failed": "red", "error": "red", "skipped": "yellow", "xfailed": "yellow", "xpassed": "yellow"}


class _Options:
    def __init__(self):
        self.verbose, self.most, self.keyword, self.marks, self.paths = 0, None, None, None, []
        self.capture, self.style, self.color, self.collect_only, self.chars = True, "auto", "auto", False, "fE"


class _UsageMistake(Exception):
    pass


def _read_options(args):
    o = _Options()
    args = [str(a) for a in args]
    while args:
        a = args.pop(0)
        name, sign, value = a.partition("=")

        def given():
            if sign:
                return value
            if not args:
                raise _UsageMistake("argument %s: expected one argument" % a)
            return args.pop(0)
        if re.fullmatch("-[vqxs]+", a):
            for c in a[1:]:
                if c == "v":
                    o.verbose += 1
                elif c == "q":
                    o.verbose -= 1
                elif c == "x":
                    o.most = 1
                else:
                    o.capture = False
        elif a == "--verbose":
            o.verbose += 1
        elif a == "--quiet":
            o.verbose -= 1
        elif a == "--exitfirst":
            o.most = 1
        elif name == "--maxfail":
            o.most = int(given())
        elif a == "-k":
            o.keyword = given()
        elif a == "-m":
            o.marks = given()
        elif name == "--tb":
            o.style = given()
            if o.style not in ("auto", "long", "short", "no", "line", "native"):
                raise _UsageMistake("argument --tb: invalid choice: %r (choose from 'auto', 'long', 'short', 'no', 'line', 'native')" % o.style)
        elif name == "--color":
            o.color = given()
        elif name == "--capture":
            o.capture = given() != "no"
        elif a in ("--collect-only", "--co"):
            o.collect_only = True
        elif a.startswith("-r"):
            chars = a[2:] or given()
            o.chars = {"A": "PpsxXEf", "a": "sxXEf", "N": ""}.get(chars, chars)
        elif name in ("-p", "-W", "-c", "-o", "--rootdir", "--durations", "--import-mode", "--ignore", "--confcutdir"):
            given()
        elif a in ("--disable-warnings", "--no-header", "--no-summary", "--strict-markers", "--strict-config", "-l", "--showlocals", "--lf", "--ff", "--last-failed", "--cache-clear"):
            pass
        elif a.startswith("-") and a != "-":
            raise _UsageMistake("unrecognized arguments: %s" % a)
        else:
            o.paths.append(a)
    return o


def _keyword_test(expression, item, has):
    words = re.split(r"(\band\b|\bor\b|\bnot\b|[()])", expression)
    text = "".join(w if w.strip() in ("and", "or", "not", "(", ")", "") else " has(%r) " % w.strip() for w in words)
    return eval(text, {"has": has})


class _Report:
    """A run of tests from its options to its last line."""

    def __init__(self, options, out):
        self.o = options
        self.term = _Terminal(out, options.color == "yes" or options.color == "auto" and out.isatty())
        self.session = Session(out, options.verbose, options.most == 1, options.keyword)
        self.session.capture = options.capture
        self.root = os.getcwd()
        self.began = time.perf_counter()
        self.results, self.broken, self.mistakes = [], [], []
        self.warnings = []

    # finding

    def files(self):
        """Test files, each with what was asked of it; None where something is not there."""
        out = {}
        for asked in self.o.paths or ["."]:
            path, *names = asked.split("::")
            if os.path.isdir(path):
                for folder, dirs, files in os.walk(path):
                    dirs[:] = sorted(d for d in dirs if not d.startswith(".") and d not in ("__pycache__", "venv", "node_modules", "build", "dist"))
                    for n in sorted(files):
                        if (n.startswith("test_") or n.endswith("_test.py")) and n.endswith(".py"):
                            out.setdefault(os.path.normpath(os.path.join(folder, n)), [])
            elif os.path.exists(path):
                out.setdefault(os.path.normpath(path), []).append((asked, names))
            else:
                self.mistakes.append("file or directory not found: %s\n" % asked)
        return out

    def collect(self):
        items = []
        for path, asked in self.files().items():
            try:
                found = self.session.collect(path)
            except Skipped as e:
                self.results.append(("skipped", None, e, {}, path))
                continue
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as e:
                self.broken.append((os.path.relpath(path), e))
                continue
            if any(names for _, names in asked):
                chosen = []
                for text, names in asked:
                    mine = [i for i in found if self.named(i, names)]
                    if not mine:
                        self.mistakes.append("not found: %s\n(no match in any of [<Module %s>])\n" % (os.path.join(self.root, text), os.path.basename(path)))
                    chosen += [i for i in mine if i not in chosen]
                found = chosen
            items += found
        return items

    @staticmethod
    def named(item, names):
        mine = item.nodeid.split("::")[1:]
        plain = mine[:-1] + [item.originalname]
        return mine[:len(names)] == names or plain[:len(names)] == names

    # running

    def run(self):
        global _verbosity
        o, term = self.o, self.term
        _verbosity = o.verbose
        if o.verbose >= 0:
            term.rule("test session starts", "=", "bold")
            term.line("platform linux -- Python %d.%d.%d, pytest-%s, pluggy-1.6.0%s" % (*sys.version_info[:3], __version__, " -- " + sys.executable if o.verbose > 0 else ""))
            term.line("rootdir: %s" % self.root)
            for name in ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"):
                if os.path.exists(name) and (name == "pytest.ini" or "pytest" in open(name).read()):
                    term.line("configfile: %s" % name)
                    break
        items = self.collect()
        total = len(items)
        if self.mistakes:
            items, total = [], 0
        if o.keyword:
            items = [i for i in items if _keyword_test(o.keyword, i, lambda word: word.lower() in i.nodeid.lower() or any(word == m.name for m in i.marks))]
        if o.marks:
            items = [i for i in items if _keyword_test(o.marks, i, lambda word: any(word == m.name for m in i.marks))]
        if o.verbose >= 0:
            text = "collected %d item%s" % (total, "" if total == 1 else "s")
            if self.broken:
                text += " / %d error%s" % (len(self.broken), "" if len(self.broken) == 1 else "s")
            if len(items) != total:
                text += " / %d deselected / %d selected" % (total - len(items), len(items))
            term.line((term.marked("collecting ... ", "bold") if o.verbose > 0 else "") + text)
            term.line()
        if o.collect_only:
            return self.listed(items, total)
        stopped = None
        if not self.broken and not self.mistakes:
            stopped = self.tests(items)
        return self.end(items, total, stopped)

    def listed(self, items, total):
        if self.o.verbose < 0:
            for i in items:
                self.term.line(i.nodeid)
            self.term.line()
        else:
            self.term.line("<Dir %s>" % os.path.basename(self.root))
            path = cls = None
            for i in items:
                if i.path != path:
                    path, cls = i.path, None
                    self.term.line("  <Module %s>" % os.path.basename(path))
                if i.cls is not cls:
                    cls = i.cls
                    self.term.line("    <%s %s>" % ("UnitTestCase" if i.unittest else "Class", cls.__name__))
                self.term.line("    " + "  " * (cls is not None) + ("<TestCaseFunction %s>" if i.unittest else "<Function %s>") % i.name)
            self.term.line()
        n = len(items)
        text = "%d test%s collected" % (n, "" if n == 1 else "s") if n == total else "%d/%d tests collected (%d deselected)" % (n, total, total - n)
        text += " in %.2fs" % (time.perf_counter() - self.began)
        if self.o.verbose < 0:
            self.term.line(text)
        else:
            self.term.rule(text, "=", "green")
        return 0 if n else 5

    def main_color(self):
        seen = {r[0] for r in self.results}
        return "red" if seen & {"failed", "error"} or self.broken else "yellow" if seen & {"xpassed"} or self.warnings else "green" if "passed" in seen else "yellow"

    def progress(self, done, total):
        return "[%3d%%]" % (done * 100 // total)

    def tests(self, items):
        o, term = self.o, self.term
        current, bad = None, 0
        for index, item in enumerate(items):
            if o.verbose > 0:
                term.write(item.nodeid + " ")
            elif o.verbose == 0 and item.path != current:
                if current is not None:
                    self.filled(index, len(items))
                term.write(item.path + " ")
            current = item.path
            outcomes = self.session.run_item(item)
            later = self.session.leave(item, items[index + 1] if index + 1 < len(items) else None)
            self.warnings += [(item, w) for w in self.session.warned]
            if later is not None:
                outcomes = outcomes + [("error", later, {}, "teardown")]
            stop = False
            for outcome, error, texts, phase in outcomes:
                self.results.append((outcome, item, error, texts, phase))
                if o.verbose > 0:
                    word = {"xfailed": "XFAIL", "xpassed": "XPASS"}.get(outcome, outcome.upper())
                    if term.column == 0:
                        term.write(item.nodeid + " ")
                    term.write(word, _COLORS[outcome])
                    if outcome in ("skipped", "xfailed", "xpassed"):
                        reason = getattr(error, "reason", None) or (str(error) if isinstance(error, _Outcome) else "")
                        text = reason and _trimmed(" ({})", reason, term.width - term.column - 8)
                        if text:
                            term.write(text)
                    self.filled(index + 1, len(items))
                    term.line()
                else:
                    if term.column + 8 >= term.width:
                        self.filled(index, len(items))
                        term.line()
                    term.write(_LETTERS[outcome], _COLORS[outcome])
                if outcome in ("failed", "error"):
                    bad += 1
                    stop = stop or bool(o.most) and bad >= o.most
            if stop:
                if o.verbose <= 0:
                    term.line()
                return bad
            if o.verbose <= 0 and index + 1 == len(items):
                self.filled(index + 1, len(items), False)
                term.line()
        return None

    def filled(self, done, total, fresh=True):
        """The share that is done, at the end of the line."""
        term = self.term
        text = self.progress(done, total)
        if self.o.capture:
            term.write(text.rjust(term.width - term.column - 1), self.main_color())
        if fresh and self.o.verbose <= 0:
            term.line()

    # the end

    def end(self, items, total, stopped):
        o, term = self.o, self.term
        if o.verbose >= 0 and self.results and not self.broken or o.verbose < 0 and self.broken:
            term.line()
        if o.style != "no":
            self.errors()
            self.failures()
        self.told_warnings()
        self.passes()
        self.summary(stopped)
        return self.last_line(items, total)

    def head(self, text, *colors):
        self.term.rule(text, "_", *colors)

    def captured(self, texts, phases):
        for phase in phases:
            for name, text in texts.get(phase, ()):
                if text:
                    self.term.rule("Captured %s %s" % (name, phase), "-")
                    self.term.out.write(text if text.endswith("\n") else text + "\n")

    def errors(self):
        mine = [r for r in self.results if r[0] == "error"]
        if not mine and not self.broken:
            return
        self.term.rule("ERRORS")
        for path, error in self.broken:
            self.head("ERROR collecting %s" % path, "red", "bold")
            if isinstance(error, ImportError):
                self.term.line("ImportError while importing test module '%s'." % os.path.abspath(path), "red")
                self.term.line("Hint: make sure your test modules/packages have valid Python names.", "red")
                self.term.line("Traceback:", "red")
            if isinstance(error, SyntaxError):
                import traceback
                for text in traceback.format_exception_only(error):
                    for part in text.rstrip("\n").split("\n"):
                        self.term.line("E   " + part, "bold", "red")
            elif isinstance(error, UsageError):
                for part in str(error).split("\n"):
                    self.term.line(part)
            else:
                _Failure(self.term, "short").show(error)
        for outcome, item, error, texts, phase in mine:
            self.head("ERROR at %s of %s" % (phase, self.title(item)), "red", "bold")
            _Failure(self.term, self.o.style).show(error)
            self.captured(texts, ("setup", "call", "teardown"))

    def title(self, item):
        return ".".join(([item.cls.__name__] if item.cls else []) + [item.name])

    def failures(self):
        mine = [r for r in self.results if r[0] == "failed"]
        if not mine:
            return
        self.term.rule("FAILURES")
        for outcome, item, error, texts, phase in mine:
            if self.o.style == "line":
                _Failure(self.term, "line").show(error)
                continue
            self.head(self.title(item), "red", "bold")
            if isinstance(error, Failed) and str(error).startswith("[XPASS(strict)]"):
                self.term.line(str(error))
            else:
                _Failure(self.term, self.o.style).show(error)
            self.captured(texts, ("setup", "call", "teardown"))

    def told_warnings(self):
        if not self.warnings:
            return
        self.term.rule("warnings summary", "=", "yellow")
        grouped = {}
        for item, w in self.warnings:
            grouped.setdefault(_warnings.formatwarning(w.message, w.category, w.filename, w.lineno, w.line), []).append(item)
        for i, (text, items) in enumerate(grouped.items()):
            if i:
                self.term.line()
            names = list(dict.fromkeys(x.nodeid for x in items))
            if len(names) >= 10:
                paths = {}
                for x in items:
                    paths[x.path] = paths.get(x.path, 0) + 1
                names = ["%s: %s warning%s" % (p, n, "" if n == 1 else "s") for p, n in paths.items()]
            for n in names:
                self.term.line(n)
            for part in text.rstrip("\n").split("\n"):
                self.term.line("  " + part if part.strip() else "")
        self.term.line()
        self.term.line("-- Docs: https://docs.pytest.org/en/stable/how-to/capture-warnings.html")

    def passes(self):
        if "P" not in self.o.chars:
            return
        mine = [r for r in self.results if r[0] == "passed"]
        if mine:
            self.term.rule("PASSES")
        for outcome, item, error, texts, phase in mine:
            if any(t for p in texts.values() for _, t in p):
                self.head(self.title(item), "green", "bold")
                self.captured(texts, ("setup", "call", "teardown"))

    def room(self, head):
        """Characters that are left behind the head of a summary line; pytest does not count one with colours."""
        return self.term.width + 1 if self.term.color else self.term.width - len(head)

    def summary(self, stopped):
        o, term = self.o, self.term
        lines = []
        groups = [("f", "failed", "FAILED"), ("E", "error", "ERROR"), ("x", "xfailed", "XFAIL"), ("X", "xpassed", "XPASS"), ("s", "skipped", "SKIPPED"), ("p", "passed", "PASSED")]
        order = [g for c in o.chars for g in groups if g[0] == c]
        for char, kind, word in order:
            if char == "E":
                for path, error in self.broken:
                    # what cannot be imported or read is told above
                    more = None if isinstance(error, (ImportError, SyntaxError)) else _trimmed(" - {}", _message_of(error), self.room("ERROR " + path))
                    lines.append(("ERROR", path, more or ""))
            for outcome, item, error, texts, phase in self.results:
                if outcome != kind or item is None:
                    continue
                if kind == "skipped":
                    lines.append(("SKIPPED", "[1] %s:%d: %s" % (item.path, item.func.__code__.co_firstlineno, error), ""))
                    continue
                more = ""
                if kind in ("failed", "error") and not isinstance(error, FixtureLookupError) and o.verbose > 1:
                    more = " - " + _message_of(error)
                elif kind in ("failed", "error") and not isinstance(error, FixtureLookupError):
                    more = _trimmed(" - {}", _message_of(error), self.room(word + " " + item.nodeid)) or ""
                elif kind == "xfailed" and getattr(error, "reason", None):
                    more = " - %s" % error.reason
                lines.append((word, item.nodeid, more))
        if lines:
            term.rule("short test summary info", "=", "cyan", "bold")
            for word, name, more in lines:
                path, sep, rest = name.partition("::")
                color = {"FAILED": "red", "ERROR": "red", "PASSED": "green"}.get(word, "yellow")
                term.line(term.marked(word, color) + " " + (path + sep + term.marked(rest, "bold") if word != "SKIPPED" else name) + more)
        if stopped is not None:
            term.rule("stopping after %d failures" % stopped, "!", "red")
        elif self.broken:
            term.rule("Interrupted: %d error%s during collection" % (len(self.broken), "" if len(self.broken) == 1 else "s"), "!", "red")

    def last_line(self, items, total):
        o, term = self.o, self.term
        counts = {}
        for r in self.results:
            counts[r[0]] = counts.get(r[0], 0) + 1
        counts["deselected"] = total - len(items)
        counts["error"] = counts.get("error", 0) + len(self.broken)
        counts["warning"] = len(self.warnings)
        main = self.main_color()
        parts = []
        for name in ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error"):
            n = counts.get(name, 0)
            if n:
                color = {"failed": "red", "error": "red", "passed": "green"}.get(name, "yellow")
                parts.append(("%d %s%s" % (n, name, "s" if name in ("error", "warning") and n > 1 else ""), color))
        tail = " in %.2fs" % (time.perf_counter() - self.began)
        plain = (", ".join(p for p, _ in parts) or "no tests ran") + tail
        if parts:
            full = ", ".join(term.marked(p, *([c, "bold"] if c == main else [c])) for p, c in parts) + term.marked(tail, main)
        else:
            full = term.marked(plain, "yellow")
        if not self.results and not self.broken and parts:
            main = "yellow"
        if o.verbose >= 0:
            term.rule(plain, "=", main, full=full if term.color else None)
        else:
            term.line(term.marked(full, main) if term.color else plain)
        if self.mistakes:
            for text in self.mistakes:
                sys.stderr.write(term.marked("ERROR: " + text.split("\n")[0], "red") + "\n" + "".join(x + "\n" for x in text.split("\n")[1:]))
            return 4
        if self.broken:
            return 2
        return 5 if not items else 1 if counts.get("failed") or counts.get("error") else 0


_HELP = """usage: pytest [options] [file_or_dir] [file_or_dir] [...]

Options that the playground has:
  -k EXPRESSION         only tests whose names match: "reserve and not slow"
  -m MARKEXPR           only tests with these marks
  -x, --exitfirst       stop at the first failure
  --maxfail=num         stop after so many failures
  --tb=style            auto, long, short, line, native or no
  -v, -q                say more, say less
  -s                    let the tests' output through
  -r chars              more in the summary: A all, s skipped, x xfailed, P output of passed
  --co, --collect-only  list the tests and run none
"""


def main(args=None, plugins=None):
    args = list(sys.argv[1:] if args is None else [args] if isinstance(args, str) else args)
    out = sys.stdout
    if any(a in ("-h", "--help") for a in args):
        out.write(_HELP)
        return 0
    if any(a in ("-V", "--version") for a in args):
        out.write("pytest %s\n" % __version__)
        return 0
    try:
        options = _read_options(args)
    except _UsageMistake as e:
        sys.stderr.write("ERROR: usage: pytest [options] [file_or_dir] [file_or_dir] [...]\npytest: error: %s\n  inifile: None\n  rootdir: %s\n\n" % (e, os.getcwd()))
        return 4
    return _Report(options, out).run()


class ExitCode:
    OK, TESTS_FAILED, INTERRUPTED, INTERNAL_ERROR, USAGE_ERROR, NO_TESTS_COLLECTED = range(6)


def console_main():
    return main()
`;
