"""Private members of the real library's classes, which its tests look into: {qualified class: ["_name(self, …)", "._attribute"]}.

Class names come as JSON on standard input. ours.ts binds what of them the engine has, while the tests run and never in the product.
"""
import importlib
import inspect
import json
import re
import sys


def find(qualified):
    """The class of that name, which may stand inside another; None where there is none."""
    parts = qualified.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found if isinstance(found, type) and not issubclass(found, BaseException) else None


def signature(fn):
    """The parameters with those defaults that are plain values; others as `...`, which stands for not given."""
    plain = (bool, int, str, type(None))
    parameters = [
        p if p.default is p.empty or isinstance(p.default, plain) else p.replace(default=...)
        for p in inspect.signature(fn).parameters.values()
    ]
    bare = [p.replace(annotation=p.empty) for p in parameters]
    return str(inspect.Signature(bare)).replace("Ellipsis", "...")


def members(cls):
    own = vars(cls)
    slots = own.get("__slots__") or ()
    names = {*own, *own.get("__annotations__", ()), *([slots] if isinstance(slots, str) else slots)}
    for name in sorted(n for n in names if re.match(r"_[a-z]", n) and not n.startswith("_sa_")):
        value = own.get(name)
        if inspect.isfunction(value):
            yield name + signature(value)
        elif not isinstance(value, (classmethod, staticmethod, type)):
            yield "." + name


if __name__ == "__main__":
    found = {name: find(name) for name in json.load(sys.stdin)}
    json.dump({name: list(members(cls)) for name, cls in found.items() if cls is not None}, sys.stdout)
