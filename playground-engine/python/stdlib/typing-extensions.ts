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


runtime = getattr(typing, "runtime_checkable", None)
`,
);
