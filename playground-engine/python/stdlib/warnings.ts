// The module warnings: who hears a warning, and how often.
//
// Written in Python: a warning is rare, and its filters are the program's own to change. The registry of a module that
// warned (`__warningregistry__`) is emptied whenever the filters change.
// Behaviour: docs.python.org/3.11/library/warnings.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "warnings",
  String.raw`
import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings", "catch_warnings"]

_ACTIONS = ("error", "ignore", "always", "default", "module", "once")
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
onceregistry = {}
defaultaction = "default"
_defaultaction = "default"
_onceregistry = onceregistry
_version = 1
_recorder = None


class _OptionError(Exception):
    pass


class WarningMessage:
    _FIELDS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self._category_name, self.filename, self.lineno, self.line)


def _text(record):
    line = record.line
    if line is None:
        import linecache
        line = linecache.getline(record.filename, record.lineno)
    shown = f"{record.filename}:{record.lineno}: {record.category.__name__}: {record.message}\n"
    if line and line.strip():
        shown += f"  {line.strip()}\n"
    return shown


def formatwarning(message, category, filename, lineno, line=None):
    return _text(WarningMessage(message, category, filename, lineno, None, line))


_own_format = formatwarning


def _display(record):
    stream = record.file if record.file is not None else sys.stderr
    if stream is None:
        return
    if formatwarning is not _own_format:
        text = formatwarning(record.message, record.category, record.filename, record.lineno, record.line)
    else:
        text = _text(record)
    try:
        stream.write(text)
    except OSError:
        pass


def showwarning(message, category, filename, lineno, file=None, line=None):
    _display(WarningMessage(message, category, filename, lineno, file, line))


_own_show = showwarning


def _deliver(record):
    if showwarning is not _own_show:
        if not callable(showwarning):
            raise TypeError("warnings.showwarning() must be set to a function or method")
        showwarning(record.message, record.category, record.filename, record.lineno, record.file, record.line)
    elif _recorder is not None:
        _recorder.append(record)
    else:
        _display(record)


def _filters_mutated():
    global _version
    _version += 1


def _add(item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        while item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def _pattern(text, flags=0):
    if not text:
        return None
    import re
    return re.compile(text, flags)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add((action, _pattern(message, 2), category, _pattern(module), lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add((action, None, category, None, lineno), append)


def resetwarnings():
    filters[:] = []
    _filters_mutated()


def _matches(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return pattern == text
    return pattern.match(text) is not None


def _seen(registry, key):
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if registry.get(key):
        return True
    registry[key] = 1
    return False


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    for action, pattern, kind, where, line in filters:
        if _matches(pattern, text) and issubclass(category, kind) and _matches(where, module) and line in (0, lineno):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if onceregistry.get((text, category)):
            return
        onceregistry[(text, category)] = 1
    elif action == "module":
        registry[key] = 1
        if _seen(registry, (text, category, 0)):
            return
    elif action == "default":
        registry[key] = 1
    elif action != "always":
        raise RuntimeError("Unrecognized action (%r) in warnings.filters:\n %s" % (action, (action, pattern, kind, where, line)))
    _deliver(WarningMessage(message, category, filename, lineno, source=source))


def _frame_of(stacklevel):
    # frames of the import machinery do not count, as nobody wrote them
    frame = sys._getframe(2)
    for _ in range(stacklevel - 1):
        if frame is None:
            return None
        frame = frame.f_back
    return frame


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    try:
        frame = _frame_of(stacklevel)
    except ValueError:
        frame = None
    if frame is None:
        space, filename, lineno = sys.__dict__, "sys", 1
    else:
        space, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    module = space.get("__name__", "<string>")
    warn_explicit(message, category, filename, lineno, module, space.setdefault("__warningregistry__", {}), space, source)


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append("module=" + repr(self._module))
        return "%s(%s)" % (type(self).__name__, ", ".join(args))

    def __enter__(self):
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        module = self._module
        self._saved = (module.filters, module.showwarning, module._recorder)
        module.filters = module.filters[:]
        module._filters_mutated()
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            log = []
            module._recorder = log
            module.showwarning = module._own_show
            return log
        return None

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        module = self._module
        module.filters, module.showwarning, module._recorder = self._saved
        module._filters_mutated()
`,
);
