// The module csv.
// Behaviour: docs.python.org/3.11/library/csv.html. Written in Python: a reader pulls lines from whatever the program gives it.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "csv",
  String.raw`
import re
from collections import Counter
from io import StringIO
from itertools import islice
from types import GenericAlias as _GenericAlias

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect", "excel", "excel_tab",
           "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "Sniffer",
           "unregister_dialect", "DictReader", "DictWriter", "unix_dialect"]
__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


Error.__module__ = "_csv"


class Dialect:
    _name = ""
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        try:
            _Format(self, {})
        except TypeError as e:
            raise Error(str(e))


class excel(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


class _Format:
    """What a dialect and keywords come to, checked."""
    _defaults = {"delimiter": ",", "quotechar": '"', "escapechar": None, "doublequote": True, "skipinitialspace": False,
                 "lineterminator": "\r\n", "quoting": QUOTE_MINIMAL, "strict": False}

    def __init__(self, dialect, given):
        for name in given:
            if name not in self._defaults:
                raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        of = {name: given[name] if name in given else getattr(dialect, name, default) for name, default in self._defaults.items()}
        for name in ("delimiter", "quotechar", "escapechar"):
            c = of[name]
            if c is None and name != "delimiter":
                continue
            if not isinstance(c, str):
                raise TypeError('"%s" must be string%s, not %s' % (name, "" if name == "delimiter" else " or None", type(c).__name__))
            if len(c) != 1:
                raise TypeError('"%s" must be a 1-character string' % name)
        if not isinstance(of["quoting"], int):
            raise TypeError('"quoting" must be an integer')
        if not 0 <= of["quoting"] <= 3:
            raise TypeError('bad "quoting" value')
        if of["quotechar"] is None and "quotechar" in given and "quoting" not in given:
            of["quoting"] = QUOTE_NONE
        if of["quoting"] != QUOTE_NONE and of["quotechar"] is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if of["lineterminator"] is None:
            raise TypeError("lineterminator must be set")
        if not isinstance(of["lineterminator"], str):
            raise TypeError('"lineterminator" must be a string')
        for name in ("doublequote", "skipinitialspace", "strict"):
            of[name] = bool(of[name])
        self.__dict__.update(of)

    def __setattr__(self, name, value=None):
        raise AttributeError("attribute '%s' of '_csv.Dialect' objects is not writable" % name)

    __delattr__ = __setattr__

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


_Format.__name__ = _Format.__qualname__ = "Dialect"
_Format.__module__ = "_csv"


_dialects = {}
_limit = 131072


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Format(get_dialect(dialect) if isinstance(dialect, str) else dialect, fmtparams)


def unregister_dialect(name):
    get_dialect(name)
    del _dialects[name]


def get_dialect(name):
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    return list(_dialects)


def field_size_limit(*limit):
    global _limit
    before = _limit
    if limit:
        if not isinstance(limit[0], int):
            raise TypeError("limit must be an integer")
        _limit = limit[0]
    return before


def _format(dialect, params):
    return _Format(get_dialect(dialect) if isinstance(dialect, str) else dialect, params)


class _reader:
    def __init__(self, lines, dialect, params):
        self.dialect = _format(dialect, params)
        self._lines = iter(lines)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        delimiter, quote, escape = d.delimiter, d.quotechar, d.escapechar
        quoting = d.quoting
        fields = []
        field = []
        # states: start of record, start of field, in field, in quotes, quote in quotes, escape, escape in quotes
        START, BEGIN, FIELD, QUOTED, QUOTE, ESC, QESC, CR, AFTER = range(9)
        state = START
        numeric = False

        def save():
            nonlocal numeric
            text = "".join(field)
            field.clear()
            if numeric:
                numeric = False
                fields.append(float(text))
            else:
                fields.append(text)

        def put(c):
            if len(field) >= _limit:
                raise Error("field larger than field limit (%d)" % _limit)
            field.append(c)

        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if field or state == QUOTED:
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    save()
                    return fields
                raise
            if not isinstance(line, str):
                raise Error("iterator should return strings, not %s (the file should be opened in text mode)" % type(line).__name__)
            self.line_num += 1
            for c in (*line, ""):
                end = not c
                if state == START:
                    if end:
                        continue
                    if c in "\n\r":
                        state = CR
                        continue
                    state = BEGIN
                if state == BEGIN:
                    if c in "\n\r":
                        save()
                        state = START if end else CR
                    elif c == quote and quoting != QUOTE_NONE:
                        state = QUOTED
                    elif c == escape:
                        state = ESC
                    elif c == " " and d.skipinitialspace:
                        pass
                    elif c == delimiter:
                        save()
                    else:
                        numeric = quoting == QUOTE_NONNUMERIC
                        put(c)
                        state = FIELD
                elif state == ESC:
                    if not end and c in "\n\r":
                        put(c)
                        state = AFTER
                    else:
                        put("\n" if end else c)
                        state = FIELD
                elif state == AFTER and end:
                    pass
                elif state in (FIELD, AFTER):
                    state = FIELD
                    if c in "\n\r":
                        save()
                        state = START if end else CR
                    elif c == escape:
                        state = ESC
                    elif c == delimiter:
                        save()
                        state = BEGIN
                    else:
                        put(c)
                elif state == QUOTED:
                    if end:
                        pass
                    elif c == escape:
                        state = QESC
                    elif c == quote and quoting != QUOTE_NONE:
                        state = QUOTE if d.doublequote else FIELD
                    else:
                        put(c)
                elif state == QESC:
                    put("\n" if end else c)
                    state = QUOTED
                elif state == QUOTE:
                    if quoting != QUOTE_NONE and c == quote:
                        put(c)
                        state = QUOTED
                    elif c == delimiter:
                        save()
                        state = BEGIN
                    elif c in "\n\r":
                        save()
                        state = START if end else CR
                    elif not d.strict:
                        put(c)
                        state = FIELD
                    else:
                        raise Error("'%s' expected after '%s'" % (delimiter, quote))
                elif state == CR:
                    if end:
                        state = START
                    elif c not in "\n\r":
                        raise Error("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
            if state == START:
                return fields


_reader.__name__ = _reader.__qualname__ = "reader"
_reader.__module__ = "_csv"


def reader(csvfile, dialect="excel", **fmtparams):
    return _reader(csvfile, dialect, fmtparams)


class _writer:
    def __init__(self, file, dialect, params):
        self.dialect = _format(dialect, params)
        if not callable(getattr(file, "write", None)):
            raise TypeError('argument 1 must have a "write" method')
        self._write = file.write

    def _field(self, value, alone):
        d = self.dialect
        if value is None:
            text = ""
        elif isinstance(value, float):
            text = repr(value)
        else:
            text = str(value)
        if d.quoting == QUOTE_ALL:
            quoted = True
        elif d.quoting == QUOTE_NONNUMERIC:
            quoted = not isinstance(value, (int, float, complex)) and not hasattr(type(value), "__float__")
        else:
            quoted = False
        out = []
        special = (d.delimiter, d.escapechar, d.quotechar)
        for c in text:
            if c in special or c in "\r\n" or c in d.lineterminator:
                escape = False
                if d.quoting == QUOTE_NONE:
                    escape = True
                elif c == d.quotechar:
                    if d.doublequote:
                        out.append(d.quotechar)
                    else:
                        escape = True
                elif c == d.escapechar:
                    escape = True
                if escape:
                    if not d.escapechar:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d.escapechar)
                else:
                    quoted = True
            out.append(c)
        if not out and alone:
            if d.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quoted = True
        text = "".join(out)
        return d.quotechar + text + d.quotechar if quoted else text

    def writerow(self, row):
        try:
            row = list(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        alone = len(row) == 1
        return self._write(self.dialect.delimiter.join(self._field(v, alone) for v in row) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


_writer.__name__ = _writer.__qualname__ = "writer"
_writer.__module__ = "_csv"


def writer(csvfile, dialect="excel", **fmtparams):
    return _writer(csvfile, dialect, fmtparams)


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        d = dict(zip(names, row))
        if len(names) < len(row):
            d[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            d[name] = self.restval
        return d

    __class_getitem__ = classmethod(_GenericAlias)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == "raise":
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._dict_to_list, rowdicts))

    __class_getitem__ = classmethod(_GenericAlias)


class Sniffer:
    preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        quote, doubled, delimiter, space = self._by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, space = self._by_frequency(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL
        dialect.doublequote = doubled
        dialect.delimiter = delimiter
        dialect.quotechar = quote or '"'
        dialect.skipinitialspace = space
        return dialect

    def _by_quotes(self, sample, delimiters):
        """From quoted fields and what stands beside them: quote character, whether doubled, delimiter, space after it."""
        before = r"(?P<delim>[^\w\n\x22'])(?P<space> ?)"
        quoted = r"(?P<quote>[\x22']).*?(?P=quote)"
        for shape in (before + quoted + "(?P=delim)", r"(?:^|\n)" + quoted + before, before + quoted + r"(?:$|\n)",
                      r"(?:^|\n)" + quoted + r"(?:$|\n)"):
            found = [m.groupdict() for m in re.finditer(shape, sample, re.DOTALL | re.MULTILINE)]
            if found:
                break
        else:
            return "", False, None, False
        quotes, seen, spaces = Counter(), Counter(), 0
        for m in found:
            quotes[m["quote"]] += 1
            delimiter = m.get("delim")
            if delimiter and (delimiters is None or delimiter in delimiters):
                seen[delimiter] += 1
            if m.get("space"):
                spaces += 1
        quote = quotes.most_common(1)[0][0]
        delimiter, times = seen.most_common(1)[0] if seen else ("", 0)
        space = bool(seen) and times == spaces
        if delimiter == "\n":
            delimiter = ""
        d, inside = re.escape(delimiter), "[^%s\n]*" % re.escape(delimiter)
        doubled = re.search(r"(%s|^)\W*%s\W*(%s|$)" % (d, (quote + inside) * 2 + quote, d), sample, re.MULTILINE)
        return quote, bool(doubled), delimiter, space

    def _by_frequency(self, sample, delimiters):
        """The character that most lines have equally often."""
        lines = [line for line in sample.split("\n") if line]
        if not lines:
            return "", False
        step = min(10, len(lines))
        counted = {chr(c): Counter() for c in range(127)}
        fit = {}

        def chosen(d):
            return d, lines[0].count(d) == lines[0].count(d + " ")
        for start in range(0, len(lines), step):
            for line in lines[start:start + step]:
                for c, times in counted.items():
                    times[line.count(c)] += 1
            total = min(start + step, len(lines))
            share = {}
            for c, times in counted.items():
                often, of = times.most_common(1)[0]
                clear = of - (sum(times.values()) - of)
                if often > 0 and clear > 0 and (delimiters is None or c in delimiters):
                    share[c] = clear / total, (often, clear)
            wanted = 1.0
            while not fit and wanted >= 0.9:
                fit = {c: mode for c, (part, mode) in share.items() if part >= wanted}
                wanted -= 0.01
            if len(fit) == 1:
                return chosen(*fit)
        if not fit:
            return "", False
        for d in self.preferred:
            if d in fit:
                return chosen(d)
        return chosen(max((mode, c) for c, mode in fit.items())[1])

    def has_header(self, sample):
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for row in islice(rows, 21):
            if len(row) != len(header):
                continue
            for i in list(kinds):
                try:
                    complex(row[i])
                    kind = complex
                except (ValueError, OverflowError):
                    kind = len(row[i])
                if kinds[i] is None:
                    kinds[i] = kind
                elif kinds[i] != kind:
                    del kinds[i]
        votes = 0
        for i, kind in kinds.items():
            if kind is complex or kind is None:
                try:
                    kind(header[i])
                    votes -= 1
                except (ValueError, TypeError):
                    votes += 1
            else:
                votes += 1 if len(header[i]) != kind else -1
        return votes > 0
`,
);
