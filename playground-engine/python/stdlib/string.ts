// The module string: constants, Template and Formatter.
// Behaviour: docs.python.org/3.11/library/string.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "string",
  String.raw`
__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_${"`"}{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class _Piece:
    def __init__(self, kind, name, at, text):
        self.kind, self.name, self.at, self.text = kind, name, at, text


class Template:
    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = 2

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "pattern" in cls.__dict__:
            import re
            cls.pattern = re.compile(cls.pattern, cls.flags | re.VERBOSE)
        elif cls.delimiter != "$" or cls.idpattern != Template.idpattern or cls.braceidpattern is not None or cls.flags != Template.flags:
            import re
            delim = re.escape(cls.delimiter)
            brace = cls.braceidpattern or cls.idpattern
            cls.pattern = re.compile(
                "%s(?:(?P<escaped>%s)|(?P<named>%s)|{(?P<braced>%s)}|(?P<invalid>))" % (delim, delim, cls.idpattern, brace),
                cls.flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        pattern = getattr(self, "pattern", None)
        if pattern is not None:
            end = 0
            for m in pattern.finditer(self.template):
                if m.start() > end:
                    yield _Piece("text", None, end, self.template[end:m.start()])
                named = m.group("named") or m.group("braced")
                end = m.end()
                if named is not None:
                    yield _Piece("name", named, m.start(), m.group())
                elif m.group("escaped") is not None:
                    yield _Piece("escaped", None, m.start(), m.group())
                elif m.group("invalid") is not None:
                    yield _Piece("invalid", None, m.start("invalid"), m.group())
                else:
                    raise ValueError("Unrecognized named group in pattern", pattern)
            if end < len(self.template):
                yield _Piece("text", None, end, self.template[end:])
            return
        s = self.template
        i = 0
        first = ascii_letters + "_"
        more = first + digits
        while True:
            at = s.find("$", i)
            if at < 0:
                if i < len(s):
                    yield _Piece("text", None, i, s[i:])
                return
            if at > i:
                yield _Piece("text", None, i, s[i:at])
            j = at + 1
            braced = s[j:j + 1] == "{"
            k = start = j + 1 if braced else j
            if s[k:k + 1] and s[k] in first:
                while k < len(s) and s[k] in more:
                    k += 1
            if s[j:j + 1] == "$":
                yield _Piece("escaped", None, at, "$$")
                i = j + 1
            elif k > start and (not braced or s[k:k + 1] == "}"):
                i = k + 1 if braced else k
                yield _Piece("name", s[start:k], at, s[at:i])
            else:
                yield _Piece("invalid", None, j, "$")
                i = j

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        if not lines:
            column, line = 1, 1
        else:
            column, line = at - len("".join(lines[:-1])), len(lines)
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    @staticmethod
    def _values(mapping, kws):
        if mapping is None:
            return kws
        if not kws:
            return mapping
        return {**mapping, **kws}

    def substitute(self, mapping=None, /, **kws):
        values = self._values(mapping, kws)
        out = []
        for p in self._pieces():
            if p.kind == "name":
                out.append(str(values[p.name]))
            elif p.kind == "escaped":
                out.append(self.delimiter)
            elif p.kind == "invalid":
                self._invalid(p.at)
            else:
                out.append(p.text)
        return "".join(out)

    def safe_substitute(self, mapping=None, /, **kws):
        values = self._values(mapping, kws)
        out = []
        for p in self._pieces():
            if p.kind == "name":
                try:
                    out.append(str(values[p.name]))
                except KeyError:
                    out.append(p.text)
            elif p.kind == "escaped":
                out.append(self.delimiter)
            else:
                out.append(p.text)
        return "".join(out)

    def is_valid(self):
        return all(p.kind != "invalid" for p in self._pieces())

    def get_identifiers(self):
        found = []
        for p in self._pieces():
            if p.kind == "name" and p.name not in found:
                found.append(p.name)
        return found


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            first = name.split(".")[0].split("[")[0]
            if first == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(auto) + name
                auto += 1
            elif first.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            obj, key = self.get_field(name, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return "".join(out), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError("Unknown conversion specifier {0!s}".format(conversion))

    def parse(self, format_string):
        s = format_string
        i, n = 0, len(format_string)
        literal = ""
        while i < n:
            c = s[i]
            if c in "{}" and s[i + 1:i + 2] == c:
                yield literal + c, None, None, None
                literal = ""
                i += 2
            elif c == "}":
                raise ValueError("Single '}' encountered in format string")
            elif c == "{":
                depth, j, inside = 1, i + 1, False
                while j < n and depth:
                    if s[j] == "[":
                        inside = True
                    elif s[j] == "]":
                        inside = False
                    elif s[j] == "{" :
                        depth += 1
                    elif s[j] == "}":
                        depth -= 1
                    j += 1
                if depth:
                    raise ValueError("Single '{' encountered in format string" if i + 1 >= n else "expected '}' before end of string")
                field = s[i + 1:j - 1]
                name, conversion, spec = field, None, ""
                k, inside = 0, False
                while k < len(field):
                    if field[k] == "[":
                        inside = True
                    elif field[k] == "]":
                        inside = False
                    elif field[k] in "!:" and not inside:
                        break
                    k += 1
                if k < len(field):
                    name = field[:k]
                    if field[k] == "!":
                        conversion = field[k + 1:k + 2]
                        if not conversion:
                            raise ValueError("end of string while looking for conversion specifier")
                        rest = field[k + 2:]
                        if rest and rest[0] != ":":
                            raise ValueError("expected ':' after conversion specifier")
                        spec = rest[1:]
                    else:
                        spec = field[k + 1:]
                yield literal, name, spec, conversion
                literal = ""
                i = j
            else:
                literal += c
                i += 1
        if literal:
            yield literal, None, None, None

    def get_field(self, field_name, args, kwargs):
        i = 0
        while i < len(field_name) and field_name[i] not in ".[":
            i += 1
        first, rest = field_name[:i], field_name[i:]
        key = int(first) if first.isdigit() else first
        obj = self.get_value(key, args, kwargs)
        while rest:
            if rest[0] == ".":
                i = 1
                while i < len(rest) and rest[i] not in ".[":
                    i += 1
                obj = getattr(obj, rest[1:i])
                rest = rest[i:]
            else:
                i = rest.find("]")
                if i < 0:
                    raise ValueError("Missing ']' in format string")
                index = rest[1:i]
                if not index:
                    raise ValueError("Empty attribute in format string")
                obj = obj[int(index) if index.isdigit() else index]
                rest = rest[i + 1:]
        return obj, key
`,
);
