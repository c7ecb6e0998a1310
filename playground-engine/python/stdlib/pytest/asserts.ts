// Asserts that know the values of their parts, and how a test module is rewritten for them.
//
// The rewriting only inserts, on the lines as they are: each part's value is kept when it is evaluated, once, and put
// together to a text when the assert fails. Behaviour: docs.pytest.org, "How to write and report assertions in tests".
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const ASSERTS = String.raw`# ---- asserts that know their parts

class _Recorder:
    """Values of the parts of the assert statement that is being evaluated, by its number and theirs."""

    trees = []
    values = {}

    @classmethod
    def keep(cls, number, part, value):
        cls.values[number, part] = value
        return value

    @classmethod
    def done(cls, number, parts, value):
        if value:
            for part in range(parts):
                cls.values.pop((number, part), None)
        return value

    @classmethod
    def text(cls, number, message=None):
        """What the AssertionError says."""
        tree, parts = cls.trees[number]
        try:
            shown = _Explained(cls.values, number, sys._getframe(1)).of(tree)
        finally:
            for part in range(parts):
                cls.values.pop((number, part), None)
        lines = _laid_out("assert " + shown[0], shown[1])
        if message is None:
            return "\n".join(lines)
        first, *rest = (message if isinstance(message, str) else _short(message)).split("\n")
        return "\n".join([first] + ["  " + line for line in rest] + lines)


def _laid_out(text, notes, depth=1):
    first, *rest = text.split("\n")
    lines = [first] + ["  " + line for line in rest]

    def add(notes, depth):
        for i, (note, inner) in enumerate(notes):
            lines.append(" +" + "  " * depth + ("and   " if i else "where ") + note)
            add(inner, depth + 1)
    add(notes, depth)
    return lines


_OPERATORS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "LShift": "<<", "RShift": ">>",
              "BitOr": "|", "BitXor": "^", "BitAnd": "&", "MatMult": "@", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
              "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}
_UNARY = {"Not": "not %s", "Invert": "~%s", "USub": "-%s", "UAdd": "+%s"}


class _Explained:
    """Texts of a statement's parts with their values, each with notes of where a value comes from."""

    def __init__(self, values, number, frame):
        self.values, self.number, self.frame = values, number, frame

    def value(self, node):
        return self.values[self.number, node._part]

    def seen(self, node):
        return (self.number, node._part) in self.values

    def of(self, node):
        kind = type(node).__name__
        return getattr(self, kind, self.other)(node) if self.seen(node) else (ast.unparse(node), [])

    def other(self, node):
        return _display(self.value(node)), []

    def Name(self, node):
        value = self.value(node)
        if node.id in self.frame.f_locals and self.frame.f_locals is not self.frame.f_globals or not callable(value) and not hasattr(value, "__name__"):
            return _display(value), []
        return node.id, []

    def NamedExpr(self, node):
        return _display(self.value(node)), []

    def Attribute(self, node):
        inner, notes = self.of(node.value)
        shown = _display(self.value(node))
        return shown, [("%s = %s.%s" % (shown, inner, node.attr), notes)]

    def Call(self, node):
        name, notes = self.of(node.func)
        notes = list(notes)
        parts = []
        for arg in node.args:
            star = isinstance(arg, ast.Starred)
            text, more = self.of(arg.value if star else arg)
            parts.append("*" * star + text)
            notes += more
        for word in node.keywords:
            text, more = self.of(word.value)
            parts.append("%s=%s" % (word.arg, text) if word.arg else "**" + text)
            notes += more
        shown = _display(self.value(node))
        return shown, [("%s = %s(%s)" % (shown, name, ", ".join(parts)), notes)]

    def UnaryOp(self, node):
        text, notes = self.of(node.operand)
        return _UNARY[type(node.op).__name__] % text, notes

    def BinOp(self, node):
        left, notes = self.of(node.left)
        right, more = self.of(node.right)
        return "(%s %s %s)" % (left, _OPERATORS[type(node.op).__name__], right), notes + more

    def BoolOp(self, node):
        texts, notes = [], []
        for part in node.values:
            if self.seen(part):
                text, more = self.of(part)
                texts.append(text)
                notes = notes + more
        return "(%s)" % (" and " if isinstance(node.op, ast.And) else " or ").join(texts), notes

    def Compare(self, node):
        operands = [node.left, *node.comparators]
        for i, op in enumerate(node.ops):
            left, right = operands[i], operands[i + 1]
            if not self.seen(right):
                break
            sign = _OPERATORS[type(op).__name__]
            last = i == len(node.ops) - 1 or not self.seen(operands[i + 2])
            try:
                held = not last and _SIGNS[sign](self.value(left), self.value(right))
            except Exception:
                held = False
            if held:
                continue
            special = _compared(sign, self.value(left), self.value(right))
            if special:
                return "\n".join(line.replace("\n", "\\n") for line in special), []
            texts, notes = [], []
            for part in (left, right):
                text, more = self.of(part)
                texts.append("(%s)" % text if isinstance(part, (ast.Compare, ast.BoolOp)) else text)
                notes = notes + more
            return "%s %s %s" % (texts[0], sign, texts[1]), notes
        return _display(self.value(node)), []


import operator as _operator

_SIGNS = {"==": _operator.eq, "!=": _operator.ne, "<": _operator.lt, "<=": _operator.le, ">": _operator.gt, ">=": _operator.ge,
          "is": _operator.is_, "is not": _operator.is_not, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}
_verbosity = 0


def _short(value, most=240):
    """A repr of at most so many characters, containers by their first items; all of it where most is None."""
    if most is None:
        return _whole(value)
    text = _few(value, most, 6)
    if len(text) <= most:
        return text
    i = max(0, (most - 3) // 2)
    return text[:i] + "..." + text[len(text) - max(0, most - 3 - i):]


def _whole(value):
    try:
        return repr(value)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as e:
        return "<[%s raised in repr()] %s object at 0x%x>" % (type(e).__name__, type(value).__name__, id(value))


def _few(value, most, level):
    kind = type(value)
    if kind is str:
        text = repr(value[:most])
        if len(text) > most or len(value) > most:
            i = max(0, (most - 3) // 2)
            j = max(0, most - 3 - i)
            text = repr(value[:i] + value[len(value) - j:])
            text = text[:i] + "..." + text[len(text) - j:]
        return text
    if kind is dict:
        if not value:
            return "{}"
        if level <= 0:
            return "{...}"
        parts = ["%s: %s" % (_few(k, most, level - 1), _few(value[k], most, level - 1)) for k in _sorted(value)[:4]]
        return "{%s}" % ", ".join(parts + ["..."] * (len(value) > 4))
    brackets = {list: "[]", tuple: "()", set: "{}", frozenset: ("frozenset({", "})")}.get(kind)
    if brackets is None:
        return _whole(value)
    if not value and kind in (set, frozenset):
        return kind.__name__ + "()"
    if level <= 0 and value:
        return brackets[0] + "..." + brackets[1]
    items = _sorted(value) if kind in (set, frozenset) else value
    parts = [_few(x, most, level - 1) for x in list(items)[:6]] + ["..."] * (len(value) > 6)
    return brackets[0] + ", ".join(parts) + ("," if kind is tuple and len(value) == 1 else "") + brackets[1]


def _sorted(values):
    try:
        return sorted(values)
    except Exception:
        return list(values)


def _display(value):
    if isinstance(value, types.MethodType):
        return value.__name__
    return _short(value, None if _verbosity > 1 else 2400 if _verbosity == 1 else 240).replace("\n", "\\n")


def _compared(sign, left, right):
    """What there is to say of two values beside their reprs: lines, the comparison first."""
    most = None if _verbosity > 1 else (80 - 15 - len(sign) - 2) // 2
    try:
        more = _difference(sign, left, right)
    except (KeyboardInterrupt, Skipped):
        raise
    except Exception as e:
        more = ["(pytest_assertion plugin: representation of details failed: %s.)" % e, " Probably an object has a faulty __repr__.)"]
    if not more:
        return None
    lines = ["%s %s %s" % (_short(left, most), sign, _short(right, most))] + ([""] if more[0] != "" else []) + more
    return _truncated(lines)


def _truncated(lines):
    if _verbosity > 1 or len(lines) <= 10 and sum(map(len, lines)) <= 710:
        return lines
    kept = lines[:8]
    by_char = sum(map(len, kept)) > 710
    if by_char:
        count, out = 0, []
        for line in kept:
            if count + len(line) > 640:
                out.append(line[:640 - count])
                break
            count += len(line)
            out.append(line)
        kept = out
    hidden = len(lines) - len(kept)
    if kept[-1]:
        kept[-1] += "..."
        hidden += by_char
    else:
        kept[-1] = "..."
    return kept + ["", "...Full output truncated (%d line%s hidden), use '-vv' to show" % (hidden, "" if hidden == 1 else "s")]


def _difference(sign, a, b):
    if sign == "not in" and isinstance(a, str) and isinstance(b, str):
        return _contained(a, b)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        if sign in ("!=", "<=", ">=", "<", ">"):
            return _sets(sign, a, b)
    if sign != "==":
        return []
    if isinstance(a, str) and isinstance(b, str):
        return _texts(a, b)
    if isinstance(a, _Approx) or isinstance(b, _Approx):
        approximate, other = (a, b) if isinstance(a, _Approx) else (b, a)
        return approximate._explain(other)
    same = type(a) is type(b)
    if same and hasattr(type(a), "__dataclass_fields__") or same and isinstance(a, tuple) and hasattr(a, "_fields"):
        more = _fields(a, b)
    elif _is_sequence(a) and _is_sequence(b):
        more = _sequences(a, b)
    elif isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        more = _sets("==", a, b)
    elif isinstance(a, dict) and isinstance(b, dict):
        more = _dicts(a, b)
    elif _verbosity > 0:
        more = []
    else:
        more = []
    if _is_iterable(a) and _is_iterable(b):
        more = more + _iterables(a, b)
    return more


def _is_sequence(x):
    import collections.abc
    return isinstance(x, collections.abc.Sequence) and not isinstance(x, str)


def _is_iterable(x):
    try:
        iter(x)
    except Exception:
        return False
    return not isinstance(x, str)


def _texts(a, b):
    import difflib
    out = []
    if _verbosity < 1:
        i = 0
        for i in range(min(len(a), len(b))):
            if a[i] != b[i]:
                break
        if i > 42:
            i -= 10
            out = ["Skipping %s identical leading characters in diff, use -v to show" % i]
            a, b = a[i:], b[i:]
        if len(a) == len(b):
            for i in range(len(a)):
                if a[-i] != b[-i]:
                    break
            if i > 42:
                i -= 10
                out.append("Skipping %s identical trailing characters in diff, use -v to show" % i)
                a, b = a[:-i], b[:-i]
    if a.isspace() or b.isspace():
        a, b = repr(a), repr(b)
        out.append("Strings contain only whitespace, escaping them using repr()")
    return out + [line.strip("\n") for line in difflib.ndiff(b.splitlines(True), a.splitlines(True))]


def _contained(term, text):
    at = text.find(term)
    without = text[:at] + text[at + len(term):]
    out = ["%s is contained here:" % _short(term, 42)]
    for line in _texts(text, without):
        if line.startswith("Skipping") or line.startswith("- "):
            continue
        out.append("  " + line[2:] if line.startswith("+ ") else line)
    return out


def _sequences(a, b):
    out = []
    for i in range(min(len(a), len(b))):
        if a[i] != b[i]:
            out.append("At index %s diff: %s != %s" % (i, repr(a[i]), repr(b[i])))
            break
    n = len(a) - len(b)
    if n:
        which, extra = ("Left", _short(a[len(b)])) if n > 0 else ("Right", _short(b[len(a)]))
        out.append("%s contains one more item: %s" % (which, extra) if abs(n) == 1 else "%s contains %d more items, first extra item: %s" % (which, abs(n), extra))
    return out


def _sets(sign, a, b):
    out = []
    if sign == "!=" or sign in ("<", ">") and a == b:
        return ["Both sets are equal"]
    for which, extra, wanted in (("left", a - b, ("==", "<=", "<")), ("right", b - a, ("==", ">=", ">"))):
        if extra and sign in wanted:
            out.append("Extra items in the %s set:" % which)
            out += [_short(x) for x in extra]
    return out


def _dicts(a, b):
    out = []
    common = [k for k in a if k in b]
    same = [k for k in common if a[k] == b[k]]
    if same and _verbosity < 2:
        out.append("Omitting %s identical items, use -vv to show" % len(same))
    elif same:
        import pprint
        out += ["Common items:"] + pprint.pformat({k: a[k] for k in same}).splitlines()
    differing = [k for k in common if a[k] != b[k]]
    if differing:
        out.append("Differing items:")
        out += ["%s != %s" % (_short({k: a[k]}), _short({k: b[k]})) for k in differing]
    for which, x, y in (("Left", a, b), ("Right", b, a)):
        extra = {k: x[k] for k in x if k not in y}
        if extra:
            import pprint
            out.append("%s contains %d more item%s:" % (which, len(extra), "" if len(extra) == 1 else "s"))
            out += pprint.pformat(extra).splitlines()
    return out


def _fields(a, b):
    import pprint
    names = [f.name for f in a.__dataclass_fields__.values() if f.compare] if hasattr(type(a), "__dataclass_fields__") else list(a._fields)
    same = [n for n in names if getattr(a, n) == getattr(b, n)]
    differing = [n for n in names if n not in same]
    out = []
    if same or differing:
        out.append("")
    if same and _verbosity < 2:
        out.append("Omitting %s identical items, use -vv to show" % len(same))
    elif same:
        out += ["Matching attributes:"] + pprint.pformat(same).splitlines()
    if differing:
        out += ["Differing attributes:"] + pprint.pformat(differing).splitlines()
        for n in differing:
            x, y = getattr(a, n), getattr(b, n)
            out += ["", "Drill down into differing attribute %s:" % n, "  %s: %s != %s" % (n, _short(x), _short(y))]
            out += ["  " + line for line in _difference("==", x, y)]
    return out


def _iterables(a, b):
    if _verbosity <= 0:
        return ["Use -v to get more diff"]
    import difflib
    x, y = _pretty(a), _pretty(b)
    return ["", "Full diff:"] + [line.rstrip() for line in difflib.ndiff(y, x)]


def _pretty(value, indent=0):
    """A value with each of its items on a line."""
    brackets = {list: "[]", tuple: "()", set: "{}", dict: "{}"}.get(type(value))
    if brackets is None:
        return [repr(value)]
    if not value:
        return ["set()" if type(value) is set else brackets]
    out = [brackets[0]]
    items = sorted(value, key=repr) if type(value) is set else value
    for item in items:
        lines = _pretty(item)
        if type(value) is dict:
            lines = _pretty(value[item])
            lines[0] = "%r: %s" % (item, lines[0])
        lines[-1] += ","
        out += ["    " + line for line in lines]
    return out + [brackets[1]]


class _Parts(ast.NodeVisitor):
    """Numbers the parts of an expression whose values are kept, and says where they stand in the text."""

    def __init__(self):
        self.count = 0
        self.places = []

    def keep(self, node, inside=False):
        node._part = self.count
        self.count += 1
        self.places.append((node, inside))

    def visit(self, node):
        self.keep(node)
        kind = type(node).__name__
        if kind == "Compare":
            for x in (node.left, *node.comparators):
                self.visit(x)
        elif kind == "BoolOp":
            for x in node.values:
                self.visit(x)
        elif kind == "UnaryOp":
            self.visit(node.operand)
        elif kind == "BinOp":
            self.visit(node.left)
            self.visit(node.right)
        elif kind == "Attribute":
            self.visit(node.value)
        elif kind == "Call":
            self.visit(node.func)
            alone = len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.GeneratorExp)
            for x in node.args:
                if alone:
                    self.keep(x, True)
                else:
                    self.visit(x.value if isinstance(x, ast.Starred) else x)
            for x in node.keywords:
                self.visit(x.value)


def _rewrite(source):
    """The source with the parts of its asserts kept as they are evaluated. Only insertions: every line keeps its number."""
    tree = ast.parse(source)
    insertions = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assert) or any(isinstance(x, (ast.Await, ast.Yield, ast.YieldFrom)) for x in ast.walk(node.test)):
            continue
        parts = _Parts()
        parts.visit(node.test)
        number = len(_Recorder.trees)
        _Recorder.trees.append((node.test, parts.count))
        for order, (part, inside) in enumerate(parts.places):
            start, end = (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)
            before, after = "__pytest_keep__(%d, %d, " % (number, part._part), ")"
            if part is node.test:
                before, after = "__pytest_done__(%d, %d, %s" % (number, parts.count, before), "))"
            if inside:
                # f(x for x in y): the parentheses are the call's
                start, end = (start[0], start[1] + 1), (end[0], end[1] - 1)
                before, after = before + "(", ")" + after
            insertions.append((start, 1, order, before))
            insertions.append((end, 0, -order, after))
        stop = (node.end_lineno, node.end_col_offset)
        if node.msg is None:
            insertions.append((stop, 2, 0, ", __pytest_text__(%d)" % number))
        else:
            insertions.append(((node.msg.lineno, node.msg.col_offset), 1, 0, "__pytest_text__(%d, " % number))
            insertions.append(((node.msg.end_lineno, node.msg.end_col_offset), 0, 0, ")"))
    lines = source.split("\n")
    by_line = {}
    for (line, column), side, order, text in insertions:
        by_line.setdefault(line, []).append((column, side, order, text))
    for line, places in by_line.items():
        data, at, out = lines[line - 1].encode(), 0, []
        for column, side, order, text in sorted(places):
            out += [data[at:column].decode(), text]
            at = column
        lines[line - 1] = "".join(out) + data[at:].decode()
    return "\n".join(lines)


`;
