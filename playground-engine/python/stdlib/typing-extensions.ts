// The module typing_extensions: typing, and what later versions of Python add to it.
// Behaviour: typing-extensions.readthedocs.io.
// It takes all of typing, and so what typing gives names to.
import "./collections.ts";
import "./contextlib.ts";
import { definePythonModule } from "./python-source.ts";
import "./re/re.ts";

definePythonModule(
  "typing_extensions",
  String.raw`
import typing
from typing import *
from typing import TypeVar, Any, ClassVar, Final, Literal, Annotated, Protocol, TypedDict, NamedTuple

globals().update({k: getattr(typing, k) for k in dir(typing) if not k.startswith("_")})


def override(arg, /):
    try:
        arg.__override__ = True
    except (AttributeError, TypeError):
        pass
    return arg


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message, self.category, self.stacklevel = message, category, stacklevel

    def __call__(self, arg, /):
        import functools
        import warnings
        message, category, level = self.message, self.category, self.stacklevel
        if isinstance(arg, type):
            made = arg.__new__

            @staticmethod
            def __new__(cls, /, *args, **kwargs):
                if cls is arg:
                    warnings.warn(message, category, stacklevel=level + 1)
                return made(cls) if made is object.__new__ else made(cls, *args, **kwargs)
            arg.__new__ = __new__
            arg.__deprecated__ = message
            return arg

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warnings.warn(message, category, stacklevel=level + 1)
            return arg(*args, **kwargs)
        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper


def get_original_bases(cls, /):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


class Doc:
    def __init__(self, documentation, /):
        self.documentation = documentation

    def __repr__(self):
        return f"Doc({self.documentation!r})"


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        if not isinstance(name, str):
            raise TypeError("TypeAliasType name must be a string")
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        for param in type_params:
            if not isinstance(param, (TypeVar, typing.TypeVarTuple, typing.ParamSpec)):
                raise TypeError(f"Expected a type param, got {param!r}")
        self.__value__ = value
        self.__type_params__ = self.__parameters__ = type_params
        # After this nothing more can be set.
        self.__name__ = name

    def __setattr__(self, name, value, /):
        if hasattr(self, "__name__"):
            self._not_writable(name)
        super().__setattr__(name, value)

    def __delattr__(self, name, /):
        self._not_writable(name)

    def _not_writable(self, name):
        if name == "__name__":
            raise AttributeError("readonly attribute")
        if name in ("__value__", "__type_params__", "__parameters__", "__module__"):
            raise AttributeError(f"attribute '{name}' of 'typing.TypeAliasType' objects is not writable")
        raise AttributeError(f"'typing.TypeAliasType' object has no attribute '{name}'")

    def __repr__(self):
        return self.__name__

    def __getitem__(self, parameters):
        from types import GenericAlias
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        return GenericAlias(self, parameters if isinstance(parameters, tuple) else (parameters,))

    def __reduce__(self):
        return self.__name__

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError("type 'typing_extensions.TypeAliasType' is not an acceptable base type")

    def __call__(self):
        raise TypeError("Type alias is not callable")

    def __or__(self, right):
        return typing.Union[self, right]

    def __ror__(self, left):
        return typing.Union[left, self]


class _Form:
    """What stands in annotations and takes one type: Name[type]."""

    def __init__(self, name):
        self.__name__ = name

    def __repr__(self):
        return "typing_extensions." + self.__name__

    def __getitem__(self, item):
        if isinstance(item, tuple):
            raise TypeError(f"{self!r} accepts only a single type. Got {item!r:.100}.")
        return _Alias(self, item)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self!r} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self!r} cannot be used with issubclass()")

    def __or__(self, right):
        return typing.Union[self, right]

    def __ror__(self, left):
        return typing.Union[left, self]


class _Alias(_Form):
    def __init__(self, origin, arg):
        self.__origin__, self.__args__ = origin, (arg,)

    def __repr__(self):
        return f"{self.__origin__!r}[{type_repr(self.__args__[0])}]"

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return (self.__origin__, self.__args__) == (other.__origin__, other.__args__)

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __getitem__(self, item):
        raise TypeError(f"{self!r} is not a generic class")


class _TypeForm(_Form):
    def __call__(self, form, /):
        return form


class _Only:
    """A value that there is only one of."""

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return "typing_extensions." + self._name


TypeIs, ReadOnly, TypeForm = _Form("TypeIs"), _Form("ReadOnly"), _TypeForm("TypeForm")
NoDefault, NoExtraItems = _Only("NoDefault"), _Only("NoExtraItems")


class _VariableMeta(type):
    """What these classes make is typing's, with a default beside it."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, cls._of)


def _with_default(made, default, infer_variance=False):
    made.__infer_variance__ = infer_variance
    made.__default__ = default
    made.has_default = lambda: default is not NoDefault
    return made


class _Variable(metaclass=_VariableMeta):
    def __init_subclass__(cls, _root=False):
        if not _root:
            raise TypeError(f"type '{__name__}.{cls.__mro__[1].__name__}' is not an acceptable base type")


class TypeVar(_Variable, _root=True):
    _of = typing.TypeVar

    def __new__(cls, name, *constraints, bound=None, covariant=False, contravariant=False, default=NoDefault, infer_variance=False):
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        made = typing.TypeVar(name, *constraints, bound=bound, covariant=covariant, contravariant=contravariant)
        return _with_default(made, default, infer_variance)


class ParamSpec(_Variable, _root=True):
    _of = typing.ParamSpec

    def __new__(cls, name, *, bound=None, covariant=False, contravariant=False, infer_variance=False, default=NoDefault):
        made = typing.ParamSpec(name, bound=bound, covariant=covariant, contravariant=contravariant)
        return _with_default(made, default, infer_variance)


class TypeVarTuple(_Variable, _root=True):
    _of = typing.TypeVarTuple

    def __new__(cls, name, *, default=NoDefault):
        return _with_default(typing.TypeVarTuple(name), default)


class Sentinel:
    def __init__(self, name, repr=None):
        self._name, self._repr = name, f"<{name}>" if repr is None else repr

    def __repr__(self):
        return self._repr


class _BufferMeta(type):
    def __instancecheck__(cls, obj):
        return isinstance(obj, (bytes, bytearray, memoryview))


class Buffer(metaclass=_BufferMeta):
    """An object that gives its bytes."""


def type_repr(value):
    if isinstance(value, type) and not hasattr(value, "__origin__"):
        return value.__qualname__ if value.__module__ == "builtins" else f"{value.__module__}.{value.__qualname__}"
    return "..." if value is ... else repr(value)


def get_origin(tp):
    return tp.__origin__ if isinstance(tp, _Alias) else typing.get_origin(tp)


def get_args(tp):
    return tp.__args__ if isinstance(tp, _Alias) else typing.get_args(tp)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = typing.get_type_hints(obj, globalns, localns, include_extras)
    if include_extras:
        return hints
    return {k: t.__args__[0] if isinstance(t, _Alias) and t.__origin__ is ReadOnly else t for k, t in hints.items()}


def get_annotations(obj):
    import inspect
    return inspect.get_annotations(obj)


def is_protocol(tp, /):
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


def get_protocol_members(tp, /):
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    names = set()
    for base in tp.__mro__[:-1]:
        if is_protocol(base):
            names.update(base.__dict__, base.__dict__.get("__annotations__", ()))
    ours = {"__init__", "__class_getitem__", "__subclasshook__", "__match_args__", "__orig_bases__", "__parameters__", "__dict__", "__weakref__", "__module__",
            "__doc__", "__annotations__", "__abstractmethods__", "__slots__", "__new__"}
    return frozenset(n for n in names if n not in ours and not n.startswith(("_abc_", "_is_protocol", "_is_runtime_protocol")))


def disjoint_base(cls):
    cls.__disjoint_base__ = True
    return cls


def IntVar(name):
    return TypeVar(name)


runtime = getattr(typing, "runtime_checkable", None)
__all__ = [n for n in globals() if not n.startswith("_") and n not in ("typing", "T", "KT", "VT", "T_co", "V_co", "VT_co", "T_contra", "CT_co", "ByteString")]
`,
);
