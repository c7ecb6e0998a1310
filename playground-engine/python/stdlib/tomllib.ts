// The module tomllib. Behaviour: docs.python.org/3.11/library/tomllib.html and toml.io/en/v1.0.0.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "tomllib",
  String.raw`
import re

__all__ = ("loads", "load", "TOMLDecodeError")


class TOMLDecodeError(ValueError):
    pass


_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(
    r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)"
    r"|[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)")
_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6})[0-9]*)?"
_CLOCK = re.compile(_TIME)
_DATE = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?:[Tt ]" + _TIME
                   + r"(?:([Zz])|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?)?")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class _Table(dict):
    """A table that is being read: 'closed' where nothing may be added later, 'named' where a header has named it."""
    closed = named = False


class _Reader:
    def __init__(self, text, parse_float):
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.parse_float = parse_float

    def fail(self, message, at=None):
        at = self.at if at is None else at
        if at >= len(self.text):
            where = "at end of document"
        else:
            line = self.text.count("\n", 0, at) + 1
            column = at + 1 if line == 1 else at - self.text.rindex("\n", 0, at)
            where = f"at line {line}, column {column}"
        return TOMLDecodeError(f"{message} ({where})")

    def peek(self, n=1):
        return self.text[self.at:self.at + n]

    def blanks(self, lines=False):
        while self.at < len(self.text):
            c = self.text[self.at]
            if c == "#" and lines:
                self.comment()
            elif c in " \t" or (lines and c == "\n"):
                self.at += 1
            else:
                break

    def comment(self):
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        for i in range(self.at, end):
            if self.text[i] < " " and self.text[i] != "\t" or self.text[i] == "\x7f":
                raise self.fail(f"Found invalid character {self.text[i]!r}", i)
        self.at = end

    def end_of_line(self):
        self.blanks()
        if self.peek() == "#":
            self.comment()
        if self.at < len(self.text):
            if self.text[self.at] != "\n":
                raise self.fail("Expected newline or end of document after a statement")
            self.at += 1

    def document(self):
        root = table = _Table()
        while True:
            self.blanks(True)
            if self.at >= len(self.text):
                return _plain(root)
            if self.peek() == "[":
                table = self.header(root)
            else:
                self.pair(table)
            self.end_of_line()

    def header(self, root):
        many = self.peek(2) == "[["
        self.at += 2 if many else 1
        self.blanks()
        key = self.key()
        self.blanks()
        if self.peek(2 if many else 1) != ("]]" if many else "]"):
            raise self.fail("Expected ']]' at the end of an array declaration" if many
                            else "Expected ']' at the end of a table declaration")
        end = self.at
        self.at += 2 if many else 1
        table = root
        for name in key[:-1]:
            table = table.setdefault(name, _Table())
            if isinstance(table, list) and table and isinstance(table[-1], _Table):
                table = table[-1]
            if not isinstance(table, _Table) or table.closed:
                raise self.fail("Cannot overwrite a value")
        last = key[-1]
        if many:
            made = table.setdefault(last, [])
            if not isinstance(made, list) or made and not isinstance(made[-1], _Table) or getattr(made, "closed", False):
                raise self.fail(f"Cannot mutate immutable namespace {tuple(key)}", end)
            made.append(_Table())
            return made[-1]
        made = table.setdefault(last, _Table())
        if not isinstance(made, _Table) or made.closed or made.named:
            raise self.fail(f"Cannot declare {tuple(key)} twice" if isinstance(made, _Table)
                            else "Cannot overwrite a value", end)
        made.named = True
        return made

    def pair(self, table, inline=False):
        key = self.key()
        if self.peek() != "=":
            raise self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.blanks()
        value = self.value()
        for name in key[:-1]:
            fresh = name not in table
            table = table.setdefault(name, _Table())
            if not isinstance(table, _Table) or table.closed:
                raise self.fail("Cannot overwrite a value")
            if fresh:
                table.named = True
        if key[-1] in table:
            raise self.fail(f"Duplicate inline table key {key[-1]!r}" if inline else "Cannot overwrite a value")
        table[key[-1]] = value

    def key(self):
        parts = []
        while True:
            c = self.peek()
            if c == '"' or c == "'":
                parts.append(self.string())
            else:
                m = _BARE.match(self.text, self.at)
                if not m:
                    raise self.fail("Invalid initial character for a key part")
                parts.append(m.group())
                self.at = m.end()
            self.blanks()
            if self.peek() != ".":
                return parts
            self.at += 1
            self.blanks()

    def value(self):
        c = self.peek()
        if c == '"' or c == "'":
            return self.string()
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline()
        for word, value in (("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        m = _DATE.match(self.text, self.at)
        if m:
            self.at = m.end()
            return self.date(m)
        m = _CLOCK.match(self.text, self.at)
        if m:
            self.at = m.end()
            import datetime
            return datetime.time(int(m[1]), int(m[2]), int(m[3]), int((m[4] or "").ljust(6, "0")))
        m = _NUMBER.match(self.text, self.at)
        if m:
            self.at = m.end()
            return self.parse_float(m.group()) if m["float"] else int(m.group(), 0)
        for word in ("inf", "nan", "+inf", "+nan", "-inf", "-nan"):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return self.parse_float(word)
        raise self.fail("Invalid value")

    def date(self, m):
        import datetime
        year, month, day = int(m[1]), int(m[2]), int(m[3])
        try:
            if m[4] is None:
                return datetime.date(year, month, day)
            zone = None
            if m[8]:
                zone = datetime.timezone.utc
            elif m[9]:
                offset = datetime.timedelta(hours=int(m[10]), minutes=int(m[11]))
                zone = datetime.timezone(-offset if m[9] == "-" else offset)
            return datetime.datetime(year, month, day, int(m[4]), int(m[5]), int(m[6]),
                                     int((m[7] or "").ljust(6, "0")), tzinfo=zone)
        except ValueError as e:
            raise self.fail("Invalid date or datetime") from e

    def array(self):
        self.at += 1
        found = []
        while True:
            self.blanks(True)
            if self.peek() == "]":
                self.at += 1
                return found
            found.append(self.value())
            self.blanks(True)
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != "]":
                raise self.fail("Unclosed array")

    def inline(self):
        self.at += 1
        table = _Table()
        self.blanks()
        while self.peek() != "}":
            self.pair(table, True)
            self.blanks()
            if self.peek() == ",":
                self.at += 1
                self.blanks()
                if self.peek() == "}":
                    raise self.fail("Invalid initial character for a key part")
            elif self.peek() != "}":
                raise self.fail("Unclosed inline table")
        self.at += 1
        _close(table)
        return table

    def string(self):
        quote = self.peek()
        if self.peek(3) == quote * 3:
            self.at += 3
            if self.peek() == "\n":
                self.at += 1
            return self.chars(quote, quote * 3)
        self.at += 1
        return self.chars(quote, quote)

    def chars(self, quote, end):
        out = []
        lines = len(end) == 3
        while True:
            if self.at >= len(self.text):
                raise self.fail("Unterminated string" if quote == '"' else f"Expected {end!r}")
            if self.text.startswith(end, self.at):
                self.at += len(end)
                while lines and self.peek() == quote and len(out) + 1:
                    out.append(quote)
                    self.at += 1
                    if len(out) > 1 and out[-1] == out[-2] == quote:
                        break
                return "".join(out)
            c = self.text[self.at]
            if c == "\\" and quote == '"':
                out.append(self.escape(lines))
                continue
            if (c < " " and c != "\t" and not (lines and c == "\n")) or c == "\x7f":
                raise self.fail(f"Illegal character {c!r}")
            out.append(c)
            self.at += 1

    def escape(self, lines):
        c = self.text[self.at + 1:self.at + 2]
        if lines and c in ("\n", " ", "\t"):
            m = re.compile(r"\\[ \t]*\n[ \t\n]*").match(self.text, self.at)
            if not m:
                raise self.fail("Unescaped '\\' in a string")
            self.at = m.end()
            return ""
        if c in ("u", "U"):
            n = 4 if c == "u" else 8
            digits = self.text[self.at + 2:self.at + 2 + n]
            if not re.fullmatch("[0-9A-Fa-f]{%d}" % n, digits):
                raise self.fail("Invalid hex value")
            code = int(digits, 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise self.fail("Escaped character is not a Unicode scalar value")
            self.at += 2 + n
            return chr(code)
        if c not in _ESCAPES or c == "":
            raise self.fail("Unescaped '\\' in a string")
        self.at += 2
        return _ESCAPES[c]


def _close(v):
    if isinstance(v, _Table):
        v.closed = True
        for x in v.values():
            _close(x)


def _plain(v):
    if isinstance(v, dict):
        return {k: _plain(x) for k, x in v.items()}
    if isinstance(v, list):
        return [_plain(x) for x in v]
    return v


def loads(s, /, *, parse_float=float):
    if not isinstance(s, str):
        raise TypeError(f"Expected str object, not '{type(s).__qualname__}'")
    return _Reader(s, parse_float).document()


def load(fp, /, *, parse_float=float):
    b = fp.read()
    try:
        s = b.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use \`open('foo.toml', 'rb')\`") from None
    return loads(s, parse_float=parse_float)
`,
);
