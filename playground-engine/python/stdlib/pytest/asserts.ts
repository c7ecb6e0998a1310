// Asserts that know the values of their sides, and how a test module is rewritten for them.
// Python source: a part of the module pytest, which ../pytest.ts puts together.
export const ASSERTS = String.raw`# ---- asserts that know their sides

class _Asserts:
    signs = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}

    @staticmethod
    def compare(left, right, op, lt, rt, message):
        import operator
        ok = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "is": operator.is_, "is not": operator.is_not,
              "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}[op](left, right)
        if ok:
            return
        lines = ["assert %s %s %s" % (_short(left), op, _short(right))]
        for text, value in ((lt, left), (rt, right)):
            if text is not None:
                lines.append(" +  where %s = %s" % (_short(value), text))
        more = _explain(left, right) if op == "==" else []
        if more:
            lines[1:1] = ["  " + line for line in more]
        raise AssertionError(_Asserts.head(message, lines))

    @staticmethod
    def true(value, text, message):
        if value:
            return
        lines = ["assert %s" % _short(value)]
        if text is not None:
            lines.append(" +  where %s = %s" % (_short(value), text))
        raise AssertionError(_Asserts.head(message, lines))

    @staticmethod
    def false(value, text, message):
        if not value:
            return
        lines = ["assert not %s" % _short(value)]
        if text is not None:
            lines.append(" +  where %s = %s" % (_short(value), text))
        raise AssertionError(_Asserts.head(message, lines))

    @staticmethod
    def head(message, lines):
        return "\n".join(lines if message is None else [str(message())] + lines)


def _short(value):
    try:
        text = repr(value)
    except Exception as e:
        return "<[%s raised in repr()] %s object at 0x%x>" % (type(e).__name__, type(value).__name__, id(value))
    return text if len(text) <= 240 else text[:118] + "..." + text[-118:]


def _explain(a, b):
    if isinstance(a, str) and isinstance(b, str):
        import difflib
        return [line.rstrip("\n") for line in difflib.ndiff(b.splitlines() or [""], a.splitlines() or [""])]
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return ["At index %d diff: %r != %r" % (i, x, y), "Use -v to get more diff"]
        n = len(a) - len(b)
        if n:
            which, extra = ("Left", a[len(b)]) if n > 0 else ("Right", b[len(a)])
            count = "one more item" if abs(n) == 1 else "%d more items, first extra item" % abs(n)
            return ["%s contains %s: %s" % (which, count, _short(extra)), "Use -v to get more diff"]
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        out = []
        for which, extra in (("left", a - b), ("right", b - a)):
            if extra:
                out.append("Extra items in the %s set:" % which)
                out += [repr(x) for x in extra]
        return out + ["Use -v to get more diff"]
    if isinstance(a, dict) and isinstance(b, dict):
        out = []
        same = [k for k in a if k in b and a[k] == b[k]]
        if same:
            out.append("Omitting %d identical items, use -vv to show" % len(same))
        differing = [k for k in a if k in b and a[k] != b[k]]
        if differing:
            out.append("Differing items:")
            out += ["%r != %r" % ({k: a[k]}, {k: b[k]}) for k in differing]
        for which, x, y in (("Left", a, b), ("Right", b, a)):
            extra = {k: x[k] for k in x if k not in y}
            if extra:
                out += ["%s contains %d more item%s:" % (which, len(extra), "" if len(extra) == 1 else "s"), repr(extra)]
        return out + ["Use -v to get more diff"]
    return []


def _rewrite(source):
    """The source with its asserts as calls of _Asserts, line for line."""
    tree = ast.parse(source)
    lines = source.split("\n")
    asserts = [n for n in ast.walk(tree) if isinstance(n, ast.Assert)]
    plain = lambda n: not any(isinstance(x, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for x in ast.walk(n))
    segment = lambda n: ast.get_source_segment(source, n)
    where = lambda n: repr(ast.unparse(n)) if isinstance(n, (ast.Call, ast.Attribute, ast.Subscript)) and plain(n) else "None"
    for node in sorted(asserts, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        if node.msg is not None and not plain(node.msg):
            continue
        message = "(lambda: (%s))" % segment(node.msg) if node.msg is not None else "None"
        test = node.test
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, right = test.left, test.comparators[0]
            made = "__pytest_assert__.compare((%s), (%s), %r, %s, %s, %s)" % (segment(left), segment(right), _Asserts.signs[type(test.ops[0]).__name__], where(left), where(right), message)
        elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            made = "__pytest_assert__.false((%s), %s, %s)" % (segment(test.operand), where(test.operand), message)
        else:
            made = "__pytest_assert__.true((%s), %s, %s)" % (segment(test), where(test), message)
        first, last = node.lineno - 1, node.end_lineno - 1
        head = lines[first].encode()[:node.col_offset].decode()
        tail = lines[last].encode()[node.end_col_offset:].decode()
        text = (head + made).split("\n")
        # what the statement took in lines it takes again
        missing = (last - first + 1) - len(text)
        if missing < 0:
            continue
        text[-1] += tail
        if missing:
            text[0] = head + "(" + text[0][len(head):]
            text[-1] = text[-1][:len(text[-1]) - len(tail)] + "\n" * missing + ")" + tail
            text = "\n".join(text).split("\n")
        lines[first:last + 1] = text
    return "\n".join(lines)


`;
