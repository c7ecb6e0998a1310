// Kinds of objects, members, documentation, source and frames.
// Python source: a part of the module inspect, which ../inspect.ts puts together.
export const OBJECTS = String.raw`import sys
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


def _class_of(function, member):
    """The class in whose body a member made of a function stands, as its qualified name tells."""
    owner = sys.modules.get(getattr(function, "__module__", None))
    for name in getattr(function, "__qualname__", "").split(".")[:-1]:
        owner = getattr(owner, name, None)
    return owner if isclass(owner) and vars(owner).get(function.__name__) is member else None


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None:
        if isclass(object):
            doc = next((c.__doc__ for c in object.__mro__ if c.__doc__ is not None), None)
        else:
            function = object.fget if isinstance(object, property) else object
            name = getattr(function, "__name__", None)
            owner = getattr(object, "__self__", None) or _class_of(function, object)
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


`;
