// The module inspect.
// Behaviour: docs.python.org/3.11/library/inspect.html. Signatures of built-in functions come from their tables.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "inspect",
  String.raw`
import sys
import enum
import types
import functools
import linecache
import collections.abc
from collections import namedtuple, OrderedDict
from types import MappingProxyType

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_NOFREE = 1, 2, 4, 8, 16, 32, 64
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType) and not isinstance(object, (types.MethodDescriptorType, types.WrapperDescriptorType))


def ismethoddescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    t = type(obj)
    return hasattr(t, "__get__") and not hasattr(t, "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    t = type(object)
    return hasattr(t, "__set__") or hasattr(t, "__delete__")


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def ismethodwrapper(obj):
    return isinstance(obj, types.MethodWrapperType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def _has_flag(f, flag):
    while ismethod(f):
        f = f.__func__
    f = _unwrap_partial(f)
    return isfunction(f) and bool(f.__code__.co_flags & flag)


def _unwrap_partial(f):
    while isinstance(f, functools.partial):
        f = f.func
    return f


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    return (isinstance(object, types.CoroutineType)
            or isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or isinstance(object, collections.abc.Awaitable))


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isframe(object):
    return isinstance(object, types.FrameType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", None))


def getmro(cls):
    return cls.__mro__


def getmembers(object, predicate=None):
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    return _members(object, predicate, getattr_static)


def _members(object, predicate, get):
    names = dir(object)
    if isclass(object):
        # what its metaclasses' properties hide from dir()
        for base in object.__bases__:
            for k, v in base.__dict__.items():
                if isinstance(v, types.DynamicClassAttribute):
                    names.append(k)
    found, seen = [], set()
    for key in names:
        try:
            value = get(object, key)
            if key in seen:
                raise AttributeError
        except AttributeError:
            for base in getmro(object) if isclass(object) else ():
                if key in base.__dict__:
                    value = base.__dict__[key]
                    break
            else:
                continue
        if not predicate or predicate(value):
            found.append((key, value))
        seen.add(key)
    found.sort(key=lambda pair: pair[0])
    return found


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    result = []
    for name in sorted(set(dir(cls))):
        home = next((c for c in cls.__mro__ if name in c.__dict__), None)
        obj = home.__dict__[name] if home is not None else getattr(cls, name)
        if isinstance(obj, (staticmethod, types.BuiltinMethodType)) and not ismethoddescriptor(obj):
            kind = "static method"
        elif isinstance(obj, (classmethod, types.ClassMethodDescriptorType)):
            kind = "class method"
        elif isinstance(obj, staticmethod):
            kind = "static method"
        elif isinstance(obj, property):
            kind = "property"
        elif isroutine(obj):
            kind = "method"
        else:
            kind = "data"
        result.append(Attribute(name, kind, home, obj))
    return result


_absent = object()


def getattr_static(obj, attr, default=_absent):
    if not isinstance(obj, type):
        klass = type(obj)
        try:
            own = object.__getattribute__(obj, "__dict__")
        except AttributeError:
            own = {}
        found = next((c.__dict__[attr] for c in klass.__mro__ if attr in c.__dict__), _absent)
        if found is not _absent and hasattr(type(found), "__set__") and hasattr(type(found), "__get__"):
            return found
        if isinstance(own, dict) and attr in own:
            return own[attr]
        if found is not _absent:
            return found
    else:
        for c in obj.__mro__ + type(obj).__mro__:
            if attr in c.__dict__:
                return c.__dict__[attr]
    if default is not _absent:
        return default
    raise AttributeError(attr)


def unwrap(func, *, stop=None):
    seen = {id(func)}
    first = func
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError("wrapper loop when unwrapping {!r}".format(first))
        seen.add(id(func))
    return func


# ---- documentation and source

def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None:
        if isclass(object):
            doc = next((c.__doc__ for c in object.__mro__ if c.__doc__ is not None), None)
        else:
            owner = getattr(object, "__self__", None)
            name = getattr(object, "__name__", None)
            if owner is not None and name:
                for c in (owner if isclass(owner) else type(owner)).__mro__:
                    found = getattr(c.__dict__.get(name), "__doc__", None)
                    if found is not None:
                        doc = found
                        break
    return cleandoc(doc) if isinstance(doc, str) else None


def getcomments(object):
    lines, at = findsource(object)
    out = []
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
        out.insert(0, lines[at].lstrip())
    return "".join(out) or None


def getfile(object):
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError("{!r} is a built-in module".format(object))
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError("{!r} is a built-in class".format(object))
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got {}".format(type(object).__name__))


def getsourcefile(object):
    name = getfile(object)
    return name if linecache.getlines(name) else None


def getmodulename(path):
    name = path[path.rfind("/") + 1:]
    return name[:-3] if name.endswith(".py") else None


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        file = getfile(object)
    except (TypeError, OSError):
        return None
    for m in list(sys.modules.values()):
        if getattr(m, "__file__", None) == file:
            return m
    return None


def findsource(object):
    lines = linecache.getlines(getfile(object))
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        import ast
        parts = object.__qualname__.split(".")
        found = None

        def look(body, left):
            nonlocal found
            for node in body:
                if isinstance(node, ast.ClassDef) and left and node.name == left[0]:
                    if len(left) == 1:
                        found = found or node
                    look(node.body, left[1:])
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    if len(left) > 1 and left[0] == node.name and left[1] == "<locals>":
                        look(node.body, left[2:])
                elif hasattr(node, "body") and isinstance(node.body, list):
                    look(node.body, left)
                    look(getattr(node, "orelse", []), left)
        look(ast.parse("".join(lines)).body, parts)
        if found is None:
            raise OSError("could not find class definition")
        return lines, min([found.lineno] + [d.lineno for d in found.decorator_list]) - 1
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return lines, min(object.co_firstlineno - 1, len(lines) - 1)
    raise OSError("could not find code object")


def getblock(lines):
    """The lines of the definition that the first line begins."""
    first = lines[0]
    margin = len(first) - len(first.lstrip())
    depth = 0
    end = 0
    header = True
    quote = None
    for i, line in enumerate(lines):
        text = line.strip()
        if not header and depth == 0 and quote is None and text and len(line) - len(line.lstrip()) <= margin:
            break
        k = 0
        while k < len(line):
            c = line[k]
            if quote is not None:
                if c == "\\":
                    k += 1
                elif line.startswith(quote, k):
                    k += len(quote) - 1
                    quote = None
            elif c == "#":
                break
            elif c in "\"'":
                quote = c * 3 if line.startswith(c * 3, k) else c
                k += len(quote) - 1
            elif c in "([{":
                depth += 1
            elif c in ")]}":
                depth -= 1
            k += 1
        if quote is not None and len(quote) == 1:
            quote = None
        if header and depth == 0 and quote is None and not text.startswith("@") and (text.startswith(("def ", "async def ", "class ")) or ":" in text):
            header = False
        if text and not (text.startswith("#") and len(line) - len(line.lstrip()) <= margin):
            end = i + 1
    return lines[:end]


def getsourcelines(object):
    object = unwrap(object)
    lines, at = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    return "".join(getsourcelines(object)[0])


# ---- frames

Traceback = namedtuple("Traceback", "filename lineno function code_context index")
FrameInfo = namedtuple("FrameInfo", "frame filename lineno function code_context index")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")


def currentframe():
    return sys._getframe(1)


def getframeinfo(frame, context=1):
    lineno = frame.tb_lineno if istraceback(frame) else frame.f_lineno
    if istraceback(frame):
        frame = frame.tb_frame
    filename = frame.f_code.co_filename
    lines = linecache.getlines(filename)
    code, index = None, None
    if context > 0 and lines:
        start = max(0, min(lineno - 1 - context // 2, len(lines) - context))
        code, index = lines[start:start + context], lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, code, index)


def getlineno(frame):
    return frame.f_lineno


def getouterframes(frame, context=1):
    out = []
    while frame:
        out.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return out


def getinnerframes(tb, context=1):
    out = []
    while tb:
        out.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return out


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    return getinnerframes(sys.exc_info()[2], context)


def getargvalues(frame):
    code = frame.f_code
    names = code.co_varnames
    n = code.co_argcount + code.co_kwonlyargcount
    args = list(names[:n])
    varargs = varkw = None
    if code.co_flags & CO_VARARGS:
        varargs = names[n]
        n += 1
    if code.co_flags & CO_VARKEYWORDS:
        varkw = names[n]
    return ArgInfo(args, varargs, varkw, frame.f_locals)


def getclosurevars(func):
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError("{!r} is not a Python function".format(func))
    code = func.__code__
    nonlocals = {} if func.__closure__ is None else {n: c.cell_contents for n, c in zip(code.co_freevars, func.__closure__)}
    globals, builtins, unbound = {}, {}, set()
    import builtins as _builtins
    for name in code.co_names:
        if name in func.__globals__:
            globals[name] = func.__globals__[name]
        elif hasattr(_builtins, name):
            builtins[name] = getattr(_builtins, name)
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, globals, builtins, unbound)


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(kind, running, suspended, frame):
    return kind + ("_RUNNING" if running else "_CLOSED" if frame is None else "_SUSPENDED" if suspended else "_CREATED")


def getgeneratorstate(generator):
    return _state("GEN", generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getcoroutinestate(coroutine):
    return _state("CORO", coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def getgeneratorlocals(generator):
    return generator.gi_frame.f_locals if generator.gi_frame is not None else {}


def getcoroutinelocals(coroutine):
    return coroutine.cr_frame.f_locals if coroutine.cr_frame is not None else {}


# ---- signatures

class _empty:
    """No default, or no annotation."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 0, "positional-only"
    POSITIONAL_OR_KEYWORD = 1, "positional or keyword"
    VAR_POSITIONAL = 2, "variadic positional"
    KEYWORD_ONLY = 3, "keyword-only"
    VAR_KEYWORD = 4, "variadic keyword"

    def __new__(cls, value, description):
        self = int.__new__(cls, value)
        self._value_ = value
        self.description = description
        return self

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class Parameter:
    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError("{} parameters cannot have default values".format(self._kind.description))
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError("name must be a str, not a {}".format(type(name).__name__))
        if name[0] == "." and name[1:].isdigit():
            name = "implicit" + name[1:]
        if not name.isidentifier():
            raise ValueError("{!r} is not a valid parameter name".format(name))
        self._name = name

    name = property(lambda self: self._name)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)
    kind = property(lambda self: self._kind)

    def replace(self, *, name=_empty, kind=_empty, annotation=_empty, default=_empty):
        pick = lambda new, old: old if new is _empty else new
        return type(self)(pick(name, self._name), pick(kind, self._kind), default=pick(default, self._default), annotation=pick(annotation, self._annotation))

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = "{}: {}".format(text, formatannotation(self._annotation))
        if self._default is not _empty:
            text = ("{} = {}" if self._annotation is not _empty else "{}={}").format(text, repr(self._default))
        if self._kind == _VAR_POSITIONAL:
            return "*" + text
        return "**" + text if self._kind == _VAR_KEYWORD else text

    def __repr__(self):
        return '<{} "{}">'.format(self.__class__.__name__, self)

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return self is other or (self._name, self._kind, self._default, self._annotation) == (other._name, other._kind, other._default, other._annotation)

    def __reduce__(self):
        return _parameter, (self._name, self._kind, self._default, self._annotation)


def _parameter(name, kind, default, annotation):
    return Parameter(name, kind, default=default, annotation=annotation)


class BoundArguments:
    __slots__ = ("arguments", "_signature")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        out = []
        for name, p in self._signature.parameters.items():
            if p.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                break
            try:
                value = self.arguments[name]
            except KeyError:
                break
            if p.kind == _VAR_POSITIONAL:
                out.extend(value)
            else:
                out.append(value)
        return tuple(out)

    @property
    def kwargs(self):
        out = {}
        started = False
        for name, p in self._signature.parameters.items():
            if not started:
                if p.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    started = True
                elif name not in self.arguments:
                    started = True
                    continue
            if not started or name not in self.arguments:
                continue
            if p.kind == _VAR_KEYWORD:
                out.update(self.arguments[name])
            else:
                out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        made = []
        for name, p in self._signature.parameters.items():
            if name in self.arguments:
                made.append((name, self.arguments[name]))
            elif p.default is not _empty:
                made.append((name, p.default))
            elif p.kind is _VAR_POSITIONAL:
                made.append((name, ()))
            elif p.kind is _VAR_KEYWORD:
                made.append((name, {}))
        self.arguments = dict(made)

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self is other or self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        return "<{} ({})>".format(self.__class__.__name__, ", ".join("{}={!r}".format(k, v) for k, v in self.arguments.items()))


class Signature:
    __slots__ = ("_return_annotation", "_parameters")
    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        params = OrderedDict()
        top = _POSITIONAL_ONLY
        defaults = False
        for p in parameters or ():
            if p.kind < top:
                raise ValueError("wrong parameter order: {} parameter before {} parameter".format(top.description, p.kind.description))
            if p.kind > top:
                top = p.kind
            if p.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if p.default is not _empty:
                    defaults = True
                elif defaults and __validate_parameters__:
                    raise ValueError("non-default argument follows default argument")
            if p.name in params:
                raise ValueError("duplicate parameter name: {!r}".format(p.name))
            params[p.name] = p
        self._parameters = MappingProxyType(params)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature_of(obj, cls, follow_wrapped, globals, locals, eval_str)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        if parameters is _empty:
            parameters = self.parameters.values()
        return type(self)(parameters, return_annotation=self._return_annotation if return_annotation is _empty else return_annotation)

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        split = lambda s: ([p for p in s.parameters.values() if p.kind != _KEYWORD_ONLY], {p.name: p for p in s.parameters.values() if p.kind == _KEYWORD_ONLY}, s.return_annotation)
        return self is other or split(self) == split(other)

    def __hash__(self):
        return hash((tuple(p for p in self.parameters.values() if p.kind != _KEYWORD_ONLY), frozenset(p.name for p in self.parameters.values() if p.kind == _KEYWORD_ONLY), self.return_annotation))

    def _bind(self, args, kwargs, partial=False):
        arguments = {}
        left = list(args)
        params = list(self.parameters.values())
        kwargs = dict(kwargs)
        i = 0
        while i < len(params):
            p = params[i]
            if p.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                break
            if p.kind == _VAR_POSITIONAL:
                if left:
                    arguments[p.name] = tuple(left)
                    left = []
                i += 1
                continue
            if left:
                if p.name in kwargs and p.kind != _POSITIONAL_ONLY:
                    raise TypeError("multiple values for argument {arg!r}".format(arg=p.name))
                arguments[p.name] = left.pop(0)
            elif p.name in kwargs:
                if p.kind == _POSITIONAL_ONLY:
                    if p.default is _empty:
                        raise TypeError("{arg!r} parameter is positional only, but was passed as a keyword".format(arg=p.name))
                else:
                    arguments[p.name] = kwargs.pop(p.name)
            elif p.default is _empty and not partial:
                raise TypeError("missing a required argument: {arg!r}".format(arg=p.name))
            i += 1
        if left:
            raise TypeError("too many positional arguments")
        rest = None
        for p in params[i:]:
            if p.kind == _VAR_KEYWORD:
                rest = p
            elif p.kind == _KEYWORD_ONLY:
                if p.name in kwargs:
                    arguments[p.name] = kwargs.pop(p.name)
                elif p.default is _empty and not partial:
                    raise TypeError("missing a required argument: {arg!r}".format(arg=p.name))
        if kwargs:
            if rest is None:
                raise TypeError("got an unexpected keyword argument {arg!r}".format(arg=next(iter(kwargs))))
            arguments[rest.name] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, partial=True)

    def __repr__(self):
        return "<{} {}>".format(self.__class__.__name__, self)

    def __str__(self):
        result = []
        slash = False
        star = True
        for p in self.parameters.values():
            if p.kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                result.append("/")
                slash = False
            if p.kind == _VAR_POSITIONAL:
                star = False
            elif p.kind == _KEYWORD_ONLY and star:
                result.append("*")
                star = False
            result.append(str(p))
        if slash:
            result.append("/")
        text = "({})".format(", ".join(result))
        if self.return_annotation is not _empty:
            text += " -> {}".format(formatannotation(self.return_annotation))
        return text


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if isinstance(obj, type):
        ann = obj.__dict__.get("__annotations__", None)
        home = getattr(sys.modules.get(obj.__module__), "__dict__", None)
        space, names = home, dict(vars(obj))
    elif isinstance(obj, types.ModuleType):
        ann, space, names = getattr(obj, "__annotations__", None), obj.__dict__, None
    elif callable(obj):
        ann = getattr(obj, "__annotations__", None)
        while hasattr(obj, "__wrapped__") or isinstance(obj, functools.partial):
            obj = obj.__wrapped__ if hasattr(obj, "__wrapped__") else obj.func
        space, names = getattr(obj, "__globals__", None), None
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if ann is None:
        return {}
    if not isinstance(ann, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(ann)
    globals = space if globals is None else globals
    locals = names if locals is None else locals
    return {k: eval(v, globals, locals) if isinstance(v, str) else v for k, v in ann.items()}


def _from_function(func, cls, globals=None, locals=None, eval_str=False):
    code = func.__code__
    names = code.co_varnames
    count, kwonly = code.co_argcount, code.co_kwonlyargcount
    ann = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults = func.__defaults__ or ()
    kwdefaults = func.__kwdefaults__ or {}
    out = []
    for i, name in enumerate(names[:count]):
        at = i - (count - len(defaults))
        kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        out.append(cls._parameter_cls(name, kind, default=defaults[at] if at >= 0 else _empty, annotation=ann.get(name, _empty)))
    at = count + kwonly
    if code.co_flags & CO_VARARGS:
        out.append(cls._parameter_cls(names[at], _VAR_POSITIONAL, annotation=ann.get(names[at], _empty)))
        at += 1
    for name in names[count:count + kwonly]:
        out.append(cls._parameter_cls(name, _KEYWORD_ONLY, default=kwdefaults.get(name, _empty), annotation=ann.get(name, _empty)))
    if code.co_flags & CO_VARKEYWORDS:
        out.append(cls._parameter_cls(names[at], _VAR_KEYWORD, annotation=ann.get(names[at], _empty)))
    return cls(out, return_annotation=ann.get("return", _empty), __validate_parameters__=False)


def _from_text(text, cls, obj):
    """The signature that a native function's table states."""
    body = text[text.index("(") + 1:text.rindex(")")]
    parts, depth, start, quote = [], 0, 0, None
    for i, c in enumerate(body):
        if quote:
            quote = None if c == quote else quote
        elif c in "\"'":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(body[start:i].strip())
            start = i + 1
    parts.append(body[start:].strip())
    out, kind = [], _POSITIONAL_OR_KEYWORD
    for part in parts:
        if not part:
            continue
        if part == "/":
            out = [p.replace(kind=_POSITIONAL_ONLY) for p in out]
        elif part == "*":
            kind = _KEYWORD_ONLY
        elif part.startswith("**"):
            out.append(cls._parameter_cls(part[2:], _VAR_KEYWORD))
        elif part.startswith("*"):
            out.append(cls._parameter_cls(part[1:], _VAR_POSITIONAL))
            kind = _KEYWORD_ONLY
        else:
            name, eq, default = part.partition("=")
            name = name.partition(":")[0].strip().lstrip("$")
            value = _empty
            if eq:
                try:
                    value = eval(default, vars(sys.modules["builtins"]))
                except Exception:
                    value = _empty
            if name != "module":
                out.append(cls._parameter_cls(name, kind, default=value))
    return cls(out, __validate_parameters__=False)


def _drop_first(sig):
    params = list(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if params[0].kind is not _VAR_POSITIONAL:
        params = params[1:]
    return sig.replace(parameters=params)


def _from_partial(wrapped, partial):
    params = OrderedDict(wrapped.parameters)
    args, keywords = partial.args, partial.keywords or {}
    try:
        bound = wrapped.bind_partial(*args, **keywords)
    except TypeError as e:
        raise ValueError("partial object {!r} has incorrect arguments".format(partial)) from e
    to_keyword = False
    for name, p in wrapped.parameters.items():
        if name in bound.arguments:
            value = bound.arguments[name]
            if p.kind is _POSITIONAL_ONLY:
                params.pop(name)
                continue
            if p.kind is _POSITIONAL_OR_KEYWORD:
                if name in keywords:
                    to_keyword = True
                    params[name] = p.replace(default=value)
                else:
                    params.pop(name)
                    continue
            if p.kind is _KEYWORD_ONLY:
                params[name] = p.replace(default=value)
        if to_keyword:
            if p.kind is _POSITIONAL_OR_KEYWORD:
                params[name] = params[name].replace(kind=_KEYWORD_ONLY)
                params.move_to_end(name)
            elif p.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                params.move_to_end(name)
            elif p.kind is _VAR_POSITIONAL:
                params.pop(name)
    return wrapped.replace(parameters=params.values())


def _signature_of(obj, cls=Signature, follow_wrapped=True, globals=None, locals=None, eval_str=False, skip_bound=True):
    again = lambda o: _signature_of(o, cls, follow_wrapped, globals, locals, eval_str)
    if not callable(obj):
        raise TypeError("{!r} is not a callable object".format(obj))
    if isinstance(obj, types.MethodType):
        return _drop_first(again(obj.__func__))
    if follow_wrapped and not isinstance(obj, type):
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or isinstance(f, types.MethodType))
        if isinstance(obj, types.MethodType):
            return again(obj)
    sig = getattr(obj, "__signature__", None) if not isinstance(obj, type) or "__signature__" in obj.__dict__ else None
    if sig is not None:
        if not isinstance(sig, Signature):
            raise TypeError("unexpected object {!r} in __signature__ attribute".format(sig))
        return sig
    if isinstance(obj, types.FunctionType):
        return _from_function(obj, cls, globals, locals, eval_str)
    if isinstance(obj, functools.partial):
        return _from_partial(again(obj.func), obj)
    if isinstance(obj, type):
        meta_call = next((c.__dict__["__call__"] for c in type(obj).__mro__ if "__call__" in c.__dict__), None)
        if isinstance(meta_call, types.FunctionType):
            return _drop_first(again(meta_call))
        for base in obj.__mro__:
            for name in ("__new__", "__init__"):
                own = base.__dict__.get(name)
                if own is None or base is object:
                    continue
                f = own.__func__ if isinstance(own, staticmethod) else own
                if isinstance(f, types.FunctionType) or hasattr(f, "__signature__"):
                    return _drop_first(again(f))
                text = getattr(f, "__text_signature__", None)
                if text:
                    return _drop_first(_from_text(text, cls, obj))
            text = base.__dict__.get("__text_signature__")
            if isinstance(text, str):
                return _from_text(text, cls, obj)
        if type not in obj.__mro__ and (obj.__init__ is object.__init__ and obj.__new__ is object.__new__):
            return cls()
        raise ValueError("no signature found for builtin type {!r}".format(obj))
    text = getattr(obj, "__text_signature__", None)
    if isinstance(text, str):
        sig = _from_text(text, cls, obj)
        owner = getattr(obj, "__self__", None)
        if owner is not None and not ismodule(owner) and sig.parameters and next(iter(sig.parameters)) in ("self", "cls", "type"):
            sig = _drop_first(sig)
        return sig
    if isinstance(obj, types.BuiltinFunctionType):
        raise ValueError("no signature found for builtin {!r}".format(obj))
    call = getattr(type(obj), "__call__", None)
    if call is not None:
        try:
            return _drop_first(again(call))
        except ValueError as e:
            raise ValueError("no signature found for {!r}".format(obj)) from e
    raise ValueError("callable {!r} is not supported by signature".format(obj))


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)


FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


def getfullargspec(func):
    try:
        if ismethod(func):
            sig = _signature_of(func.__func__, follow_wrapped=False)
        else:
            sig = _signature_of(func, follow_wrapped=False)
    except Exception as e:
        raise TypeError("unsupported callable") from e
    args, varargs, varkw, kwonly, defaults, kwdefaults, ann = [], None, None, [], (), {}, {}
    if sig.return_annotation is not _empty:
        ann["return"] = sig.return_annotation
    for p in sig.parameters.values():
        if p.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(p.name)
            if p.default is not _empty:
                defaults += (p.default,)
        elif p.kind is _VAR_POSITIONAL:
            varargs = p.name
        elif p.kind is _KEYWORD_ONLY:
            kwonly.append(p.name)
            if p.default is not _empty:
                kwdefaults[p.name] = p.default
        else:
            varkw = p.name
        if p.annotation is not _empty:
            ann[p.name] = p.annotation
    return FullArgSpec(args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, ann)


def getcallargs(func, /, *positional, **named):
    bound = signature(func.__func__ if ismethod(func) else func).bind(*((func.__self__,) if ismethod(func) else ()), *positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)
`,
);
