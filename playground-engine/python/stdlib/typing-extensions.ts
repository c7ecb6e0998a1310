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


runtime = getattr(typing, "runtime_checkable", None)
`,
);
