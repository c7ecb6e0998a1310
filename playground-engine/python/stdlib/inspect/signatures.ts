// Signatures: of functions, classes, partials and built-in ones.
// Python source: a part of the module inspect, which ../inspect.ts puts together.
export const SIGNATURES = String.raw`# ---- signatures

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
`;
