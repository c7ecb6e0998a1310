// The module unittest.mock: Mock, MagicMock, AsyncMock, patch, call, sentinel, ANY, mock_open, create_autospec.
// Behaviour: docs.python.org/3.11/library/unittest.mock.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "unittest.mock",
  String.raw`
import sys
import inspect
import functools
import contextlib

__all__ = ["Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock", "FILTER_DIR", "NonCallableMock",
           "NonCallableMagicMock", "mock_open", "PropertyMock", "seal"]
FILTER_DIR = True


class _SentinelObject:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel.%s" % self.name

    def __reduce__(self):
        return "sentinel.%s" % self.name


class _Sentinel:
    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError
        return self._sentinels.setdefault(name, _SentinelObject(name))


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING


class InvalidSpecError(Exception):
    pass


class _ANY:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


def _call_text(name, args, kwargs):
    return "%s(%s)" % (name, ", ".join([repr(a) for a in args] + ["%s=%r" % (k, v) for k, v in kwargs.items()]))


class _Call(tuple):
    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        n = len(value)
        if n == 3:
            name, args, kwargs = value
        elif n == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                if isinstance(second, tuple):
                    args = second
                else:
                    kwargs = second
            else:
                args, kwargs = first, second
        elif n == 1:
            value, = value
            if isinstance(value, str):
                name = value
            elif isinstance(value, tuple):
                args = value
            else:
                kwargs = value
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def _parts(self):
        return ("",) + tuple(self) if len(self) == 2 else tuple(self)

    def __eq__(self, other):
        try:
            size = len(other)
        except TypeError:
            return NotImplemented
        if not isinstance(other, tuple):
            return NotImplemented
        mine = self._parts()
        if size > 3:
            return False
        if getattr(self, "_mock_parent", None) and getattr(other, "_mock_parent", None) and self._mock_parent != other._mock_parent:
            return False
        theirs = other._parts() if isinstance(other, _Call) else _Call(other)._parts()
        if mine[0] and theirs[0] != mine[0] or theirs[0] and not mine[0] and size == 3:
            if mine[0] != theirs[0]:
                return False
        return (theirs[1], theirs[2]) == (mine[1], mine[2])

    __ne__ = object.__ne__
    __hash__ = None

    def __call__(self, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self)

    def __getattr__(self, attr):
        if attr.startswith("__"):
            raise AttributeError(attr)
        name = attr if self._mock_name is None else "%s.%s" % (self._mock_name, attr)
        return _Call(name=name, parent=self, from_kall=False)

    @property
    def args(self):
        return self._parts()[1]

    @property
    def kwargs(self):
        return self._parts()[2]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return name if name.startswith("call") else "call.%s" % name
        name, args, kwargs = self._parts()
        name = "call" if not name else "call.%s" % name if not name.startswith("()") else "call%s" % name
        return _call_text(name, args, kwargs)

    def call_list(self):
        out, thing = [], self
        while thing is not None:
            if thing._mock_from_kall:
                out.append(thing)
            thing = thing._mock_parent
        return _CallList(reversed(out))


call = _Call(from_kall=False)


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        n = len(value)
        return any(self[i:i + n] == value for i in range(len(self) - n + 1))

    def __repr__(self):
        import pprint
        return pprint.pformat(list(self))


_MAGICS = {"__len__": 0, "__iter__": None, "__bool__": True, "__str__": None, "__contains__": False, "__enter__": DEFAULT, "__exit__": False, "__getitem__": DEFAULT,
           "__setitem__": None, "__delitem__": None, "__int__": 1, "__float__": 1.0, "__index__": 1, "__hash__": None,
           "__aenter__": DEFAULT, "__aexit__": False, "__call__": None}
for _op in "add sub mul truediv floordiv mod pow and or xor lshift rshift matmul".split():
    _MAGICS["__%s__" % _op] = _MAGICS["__r%s__" % _op] = _MAGICS["__i%s__" % _op] = DEFAULT
_MAGICS.update({"__neg__": DEFAULT, "__pos__": DEFAULT, "__invert__": DEFAULT, "__abs__": DEFAULT})
_OWN = ("return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls")


class NonCallableMock:
    def __new__(cls, /, *args, **kw):
        return object.__new__(type(cls.__name__, (cls,), {"__doc__": cls.__doc__, "__module__": cls.__module__}))

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, side_effect=None, return_value=DEFAULT, parent=None, _new_name="", unsafe=False, **kwargs):
        d = self.__dict__
        if spec_set is not None:
            spec = spec_set
        d["_mock_name"] = name
        d["_mock_new_name"] = _new_name
        d["_mock_parent"] = parent
        d["_mock_children"] = {}
        d["_mock_wraps"] = wraps
        d["_mock_sealed"] = False
        d["_mock_unsafe"] = unsafe
        d["_mock_spec_set"] = spec_set is not None
        d["_mock_deleted"] = set()
        d["_mock_methods"] = None if spec is None else list(spec) if isinstance(spec, (list, tuple, set)) else dir(spec) + list(getattr(spec, "__annotations__", ()))
        d["_spec_class"] = None if spec is None or isinstance(spec, (list, tuple, set)) else spec if isinstance(spec, type) else type(spec)
        d["_mock_return"] = return_value
        d["_mock_effect"] = None
        d["called"] = False
        d["call_count"] = 0
        d["call_args"] = None
        d["call_args_list"] = _CallList()
        d["mock_calls"] = _CallList()
        d["method_calls"] = _CallList()
        self.side_effect = side_effect
        if kwargs:
            self.configure_mock(**kwargs)

    @property
    def __class__(self):
        return type(self) if self.__dict__.get("_spec_class") is None else self._spec_class

    def _child(self, which, /, **kw):
        kind = type(self).__mro__[1]
        if issubclass(kind, AsyncMock) and which in ("return_value", "()"):
            kind = MagicMock
        elif kind is NonCallableMagicMock:
            kind = MagicMock
        elif kind is NonCallableMock:
            kind = Mock
        elif issubclass(kind, PropertyMock):
            kind = MagicMock
        return kind(**kw)

    @property
    def return_value(self):
        value = self.__dict__["_mock_return"]
        if value is DEFAULT:
            value = self.__dict__["_mock_return"] = self._child("()", parent=self, _new_name="()")
        return value

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_mock_return"] = value
        _adopt(self, value, "()")

    @property
    def side_effect(self):
        return self.__dict__["_mock_effect"]

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not callable(value) and not isinstance(value, (BaseException, type)):
            value = iter(value)
        self.__dict__["_mock_effect"] = value

    def __getattr__(self, name):
        d = object.__getattribute__(self, "__dict__")
        if "_mock_methods" not in d:
            raise AttributeError(name)
        if name in ("_mock_methods", "_mock_children"):
            raise AttributeError(name)
        if d["_mock_methods"] is not None:
            if name not in d["_mock_methods"] or name in _MAGICS:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name in d["_mock_deleted"]:
            raise AttributeError(name)
        if not d["_mock_unsafe"] and (name.startswith(("assert", "assret", "asert", "aseert", "assrt"))):
            raise AttributeError(f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute.")
        found = d["_mock_children"].get(name)
        if found is None:
            if d["_mock_sealed"]:
                raise AttributeError("mock." + name)
            wraps = getattr(d["_mock_wraps"], name) if d["_mock_wraps"] is not None else None
            found = self._child(name, parent=self, name=name, wraps=wraps, _new_name=name)
            d["_mock_children"][name] = found
        return found

    def __setattr__(self, name, value):
        if name in _MAGICS or name.startswith("__") and name.endswith("__") and name not in ("__class__", "__dict__"):
            if isinstance(value, NonCallableMock):
                _adopt(self, value, name)
                setattr(type(self), name, lambda self, *a, **k: value(*a, **k))
            else:
                setattr(type(self), name, value)
                return
            self.__dict__["_mock_children"][name] = value
            return
        if name in ("return_value", "side_effect"):
            return object.__setattr__(self, name, value)
        if self.__dict__.get("_mock_spec_set") and self.__dict__["_mock_methods"] is not None and name not in self._mock_methods and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if isinstance(value, NonCallableMock):
            if _adopt(self, value, name):
                self.__dict__["_mock_children"][name] = value
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        self.__dict__["_mock_children"].pop(name, None)
        self.__dict__.pop(name, None)
        self.__dict__["_mock_deleted"].add(name)

    def __dir__(self):
        return sorted(set(self._mock_methods or dir(type(self))) | set(self.__dict__["_mock_children"]))

    def _full_name(self):
        parts = []
        dot = ""
        thing = self
        while thing is not None:
            name = thing.__dict__["_mock_new_name"] or thing.__dict__["_mock_name"] or "mock"
            parts.insert(0, name + dot)
            dot = "." if name != "()" else ""
            thing = thing.__dict__["_mock_parent"]
            if thing is None and parts[0].rstrip(".") and self.__dict__["_mock_parent"] is None:
                break
        return "".join(parts)

    def __repr__(self):
        spec = ""
        if self.__dict__["_spec_class"] is not None:
            spec = " spec=%r" % self._spec_class.__name__ if not self._mock_spec_set else " spec_set=%r" % self._spec_class.__name__
        name = self._full_name() if self._mock_parent is not None or self._mock_name else ""
        return "<%s%s%s id='%s'>" % (type(self).__name__, " name=%r" % name if name else "", spec, id(self))

    def configure_mock(self, /, **kwargs):
        for path, value in sorted(kwargs.items(), key=lambda e: e[0].count(".")):
            *before, last = path.split(".")
            obj = self
            for part in before:
                obj = getattr(obj, part)
            setattr(obj, last, value)

    def attach_mock(self, mock, attribute):
        mock.__dict__["_mock_parent"] = None
        mock.__dict__["_mock_name"] = ""
        mock.__dict__["_mock_new_name"] = ""
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        self.__dict__["_mock_methods"] = dir(spec)
        self.__dict__["_mock_spec_set"] = spec_set

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.__dict__.update(called=False, call_count=0, call_args=None, call_args_list=_CallList(), mock_calls=_CallList(), method_calls=_CallList())
        if return_value:
            self.__dict__["_mock_return"] = DEFAULT
        if side_effect:
            self.__dict__["_mock_effect"] = None
        for child in list(self._mock_children.values()):
            child.reset_mock(visited)
        made = self.__dict__["_mock_return"]
        if isinstance(made, NonCallableMock) and made is not self:
            made.reset_mock(visited)

    # assertions

    def _label(self):
        return self.__dict__.get("_mock_member") or self._mock_name or "mock"

    def _expected_text(self, args, kwargs):
        return _call_text(self._label(), args, kwargs)

    def _calls_text(self, prefix="Calls"):
        return "" if not self.mock_calls else "\n%s: %s." % (prefix, repr(_CallList(self.mock_calls)))

    def assert_called(self):
        if self.call_count == 0:
            raise AssertionError("Expected '%s' to have been called." % self._label())

    def assert_not_called(self):
        if self.call_count > 0:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s" % (self._label(), self.call_count, self._calls_text()))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s" % (self._label(), self.call_count, self._calls_text()))

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args is None:
            raise AssertionError("expected call not found.\nExpected: %s\n  Actual: not called." % self._expected_text(args, kwargs))
        if _Call((args, kwargs), two=True) != self.call_args:
            actual = self._expected_text(*self.call_args)
            raise AssertionError("expected call not found.\nExpected: %s\n  Actual: %s" % (self._expected_text(args, kwargs), actual))

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (self._label(), self.call_count, self._calls_text()))
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if _Call((args, kwargs), two=True) not in list(self.call_args_list):
            raise AssertionError("%s call not found" % self._expected_text(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        calls = [_Call(c) if not isinstance(c, _Call) else c for c in calls]
        if not any_order:
            if calls not in self.mock_calls:
                raise AssertionError("Calls not found.\nExpected: %s%s" % (_CallList(calls), self._calls_text("  Actual").rstrip(".")))
            return
        left = list(self.mock_calls)
        missing = []
        for c in calls:
            if c in left:
                left.remove(c)
            else:
                missing.append(c)
        if missing:
            raise AssertionError("%r does not contain all of %r in its call list, found %r instead" % (self._label(), tuple(missing), left))

    def _record(self, args, kwargs):
        d = self.__dict__
        if "_mock_signature" in d:
            d["_mock_signature"].bind(*args, **kwargs)
        d["called"] = True
        d["call_count"] += 1
        d["call_args"] = _Call((args, kwargs), two=True)
        d["call_args_list"].append(d["call_args"])
        d["mock_calls"].append(_Call(("", args, kwargs)))
        name = d["_mock_new_name"] if d["_mock_new_name"] else ""
        is_call = name == "()"
        parent, child_name, methods = d["_mock_parent"], name, name != "()"
        while parent is not None:
            if methods:
                parent.__dict__["method_calls"].append(_Call((child_name, args, kwargs)))
            parent.__dict__["mock_calls"].append(_Call((child_name, args, kwargs)))
            own = parent.__dict__["_mock_new_name"]
            if own:
                child_name = own + ("" if child_name.startswith("()") else ".") + child_name
                methods = methods and own != "()"
            parent = parent.__dict__["_mock_parent"]

    def _answer(self, args, kwargs):
        effect = self.side_effect
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            if not callable(effect):
                result = next(effect)
                if isinstance(result, BaseException) or isinstance(result, type) and issubclass(result, BaseException):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self.__dict__["_mock_return"] is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


def _adopt(parent, value, name):
    if not isinstance(value, NonCallableMock):
        return False
    d = value.__dict__
    if d["_mock_name"] or d["_mock_new_name"] or d["_mock_parent"] is not None:
        return False
    thing = parent
    while thing is not None:
        if thing is value:
            return False
        thing = thing.__dict__["_mock_parent"]
    d["_mock_parent"] = parent
    d["_mock_new_name"] = name
    if name != "()":
        d["_mock_name"] = name
    return True


class Mock(NonCallableMock):
    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)
        return self._answer(args, kwargs)


def _magic(name, default):
    def method(self, /, *args, **kwargs):
        child = self.__dict__["_mock_children"].get(name)
        if child is None:
            child = (AsyncMock if name in ("__aenter__", "__aexit__") else MagicMock)(name=name, parent=self, _new_name=name)
            if name == "__iter__":
                child.return_value = iter([])
            elif name.startswith("__i") and name[3:] and "__" + name[3:] in _MAGICS and default is DEFAULT:
                child.return_value = self
            elif default is not DEFAULT:
                child.return_value = default
            self.__dict__["_mock_children"][name] = child
        result = child(*args, **kwargs)
        if name == "__iter__" and not hasattr(type(result), "__next__"):
            return iter(result)
        return result
    method.__name__ = name
    return method


class _MagicNames:
    """Special methods answer through children, so that they can be configured and asserted on."""


for _name, _default in _MAGICS.items():
    if _name not in ("__str__", "__hash__", "__call__"):
        setattr(_MagicNames, _name, _magic(_name, _default))


class _MagicAccess:
    def __getattribute__(self, name):
        if name in _MAGICS and name not in ("__str__", "__hash__", "__call__"):
            d = object.__getattribute__(self, "__dict__")
            children = d.get("_mock_children")
            if children is not None:
                child = children.get(name)
                if child is None:
                    child = (AsyncMock if name in ("__aenter__", "__aexit__") else MagicMock)(name=name, parent=self, _new_name=name)
                    default = _MAGICS[name]
                    if name == "__iter__":
                        child.return_value = iter([])
                    elif default is not DEFAULT:
                        child.return_value = default
                    children[name] = child
                return child
        return super().__getattribute__(name)


class NonCallableMagicMock(_MagicAccess, _MagicNames, NonCallableMock):
    pass


class MagicMock(_MagicAccess, _MagicNames, Mock):
    pass


class AsyncMock(_MagicAccess, _MagicNames, Mock):
    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__.update(await_count=0, await_args=None, await_args_list=_CallList())

    async def _await(self, args, kwargs):
        result = None
        effect = self.side_effect
        self.__dict__["await_count"] += 1
        self.__dict__["await_args"] = _Call((args, kwargs), two=True)
        self.__dict__["await_args_list"].append(self.await_args)
        if effect is not None and inspect.iscoroutinefunction(effect):
            result = await effect(*args, **kwargs)
            return self.return_value if result is DEFAULT else result
        try:
            result = self._answer(args, kwargs)
        except StopIteration:
            raise StopAsyncIteration
        return await result if inspect.iscoroutine(result) and self._mock_wraps is not None else result

    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)
        return self._await(args, kwargs)

    def assert_awaited(self):
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._label()} to have been awaited.")

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._label()} to have been awaited once. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args is None:
            raise AssertionError(f"Expected await: {self._expected_text(args, kwargs)}\nNot awaited")
        if _Call((args, kwargs), two=True) != self.await_args:
            raise AssertionError("expected await not found.\nExpected: %s\nActual: %s" % (self._expected_text(args, kwargs), self._expected_text(*self.await_args)))

    def assert_awaited_once_with(self, /, *args, **kwargs):
        self.assert_awaited_once()
        self.assert_awaited_with(*args, **kwargs)

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(f"Expected {self._label()} to not have been awaited. Awaited {self.await_count} times.")


class PropertyMock(Mock):
    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def seal(mock):
    mock.__dict__["_mock_sealed"] = True
    for child in mock._mock_children.values():
        seal(child)


def _without_first(function):
    sig = inspect.signature(function)
    return sig.replace(parameters=list(sig.parameters.values())[1:])


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, **kwargs):
    kind = AsyncMock if inspect.iscoroutinefunction(spec) else MagicMock
    if inspect.isfunction(spec) or inspect.ismethod(spec):
        mock = kind(**kwargs)
        mock.__dict__["_mock_signature"] = inspect.signature(spec)

        def show():
            for name in ("called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls"):
                setattr(checked, name, getattr(mock, name))

        @functools.wraps(spec, assigned=("__module__", "__name__", "__qualname__"))
        def checked(*args, **kw):
            # What a program set on the function is meant for the mock behind it.
            for name in ("return_value", "side_effect"):
                given = getattr(checked, name)
                if given is not told[name]:
                    told[name] = given
                    setattr(mock, name, given)
            try:
                return mock(*args, **kw)
            finally:
                show()
        told = {"return_value": mock.return_value, "side_effect": None}
        checked.__dict__.update(told)
        show()
        for name in ("assert_called", "assert_not_called", "assert_called_once", "assert_called_with", "assert_called_once_with", "assert_any_call", "assert_has_calls"):
            setattr(checked, name, getattr(mock, name))

        def reset_mock():
            mock.reset_mock()
            show()
        checked.mock, checked.reset_mock = mock, reset_mock
        return checked
    of_class = isinstance(spec, type)
    if instance and not (hasattr(spec, "__call__") if not of_class else any("__call__" in c.__dict__ for c in spec.__mro__)):
        kind = NonCallableMagicMock
    place = {} if _parent is None else {"parent": _parent, "_new_name": _name}
    mock = kind(spec=spec, **place, **kwargs)
    if of_class and not instance:
        with contextlib.suppress(ValueError):
            mock.__dict__["_mock_signature"] = inspect.signature(spec)
        mock.return_value = create_autospec(spec, spec_set, True, _parent=mock, _name="()")
    elif of_class and kind is MagicMock:
        mock.__dict__["_mock_signature"] = _without_first(spec.__call__)
    children = mock.__dict__["_mock_children"]
    for name in dir(spec):
        if name.startswith("__"):
            continue
        static = inspect.getattr_static(spec, name)
        member = static.__func__ if isinstance(static, (staticmethod, classmethod)) else static
        if inspect.isfunction(member):
            child = (AsyncMock if inspect.iscoroutinefunction(member) else MagicMock)(spec=member, parent=mock, _new_name=name)
            child.__dict__["_mock_signature"] = inspect.signature(member) if isinstance(static, staticmethod) else _without_first(member)
            child.__dict__["_mock_member"] = name
            children[name] = child
        elif isinstance(member, type):
            children[name] = create_autospec(member, spec_set, _parent=mock, _name=name)
    return mock


# ---- patch

def _import(target):
    parts = target.split(".")
    path = parts.pop(0)
    thing = __import__(path)
    for part in parts:
        path += "." + part
        try:
            thing = getattr(thing, part)
        except AttributeError:
            __import__(path)
            thing = getattr(thing, part)
    return thing


class _patch:
    _active = []

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs):
        if new_callable is not None and new is not DEFAULT:
            raise ValueError("Cannot use 'new' and 'new_callable' together")
        self.getter, self.attribute, self.new, self.create, self.new_callable, self.kwargs = getter, attribute, new, create, new_callable, kwargs
        self.spec, self.spec_set, self.autospec = spec, spec_set, autospec
        self.attribute_name = None
        self.additional = []

    def copy(self):
        made = _patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec, self.new_callable, self.kwargs)
        made.attribute_name = self.attribute_name
        made.additional = [p.copy() for p in self.additional]
        return made

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(func, name)):
                    setattr(func, name, self.copy()(getattr(func, name)))
            return func
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        def enter(stack, patchings, args, kwargs):
            for p in patchings:
                value = stack.enter_context(p)
                if p.attribute_name is not None:
                    kwargs.update(value)
                elif p.new is DEFAULT:
                    args += (value,)
            return args, kwargs

        if inspect.iscoroutinefunction(func):
            @functools.wraps(func)
            async def patched(*args, **kwargs):
                with contextlib.ExitStack() as stack:
                    args, kwargs = enter(stack, patched.patchings, args, kwargs)
                    return await func(*args, **kwargs)
        else:
            @functools.wraps(func)
            def patched(*args, **kwargs):
                with contextlib.ExitStack() as stack:
                    args, kwargs = enter(stack, patched.patchings, args, kwargs)
                    return func(*args, **kwargs)
        patched.patchings = [self]
        return patched

    def __enter__(self):
        target = self.target = self.getter()
        name = self.attribute
        self.local = name in getattr(target, "__dict__", {})
        self.original = target.__dict__[name] if self.local else getattr(target, name, DEFAULT)
        if self.original is DEFAULT and not self.create:
            import builtins
            if name in vars(builtins) and inspect.ismodule(target):
                self.create_builtin = True
            else:
                raise AttributeError("%s does not have the attribute %r" % (target, name))
        new = self.new
        if new is DEFAULT:
            kwargs = dict(self.kwargs)
            if self.autospec:
                new = create_autospec(self.original if self.autospec is True else self.autospec, _name=name, **kwargs)
            else:
                kind = self.new_callable
                if kind is None:
                    kind = AsyncMock if inspect.iscoroutinefunction(self.original) else MagicMock
                spec = self.original if self.spec is True else self.spec
                if spec is not None:
                    kwargs["spec"] = spec
                if self.spec_set is not None:
                    kwargs["spec_set"] = self.original if self.spec_set is True else self.spec_set
                if isinstance(kind, type) and issubclass(kind, NonCallableMock):
                    kwargs.setdefault("name", name)
                new = kind(**kwargs)
        setattr(target, name, new)
        if self.attribute_name is not None:
            extra = {self.attribute_name: new} if self.new is DEFAULT else {}
            for p in self.additional:
                value = p.__enter__()
                if p.new is DEFAULT:
                    extra.update(value)
            return extra
        return new

    def __exit__(self, *exc):
        for p in reversed(self.additional):
            p.__exit__(*exc)
        if self.local and self.original is not DEFAULT:
            setattr(self.target, self.attribute, self.original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and not hasattr(self.target, self.attribute) and self.original is not DEFAULT:
                setattr(self.target, self.attribute, self.original)
        return False

    def start(self):
        result = self.__enter__()
        self._active.append(self)
        return result

    def stop(self):
        if self in self._active:
            self._active.remove(self)
            return self.__exit__(None, None, None)
        return None


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    try:
        where, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return _patch(lambda: _import(where), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    getter = (lambda: _import(target)) if isinstance(target, str) else (lambda: target)
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    made = []
    for name, new in kwargs.items():
        p = _patch(getter, name, new, spec, create, spec_set, autospec, new_callable, {})
        p.attribute_name = name
        made.append(p)
    made[0].additional.extend(made[1:])
    return made[0]


class _patch_dict:
    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, dict(values), clear
        self.values.update(kwargs)

    def __call__(self, f):
        if isinstance(f, type):
            for name in dir(f):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(f, name)):
                    setattr(f, name, _patch_dict(self.in_dict, self.values, self.clear)(getattr(f, name)))
            return f

        @functools.wraps(f)
        def wrapped(*args, **kwargs):
            with self:
                return f(*args, **kwargs)
        return wrapped

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _import(self.in_dict)
        self._original = dict(self.in_dict)
        if self.clear:
            for k in list(self.in_dict):
                del self.in_dict[k]
        self.in_dict.update(self.values)
        return self.in_dict

    def __exit__(self, *exc):
        for k in list(self.in_dict):
            del self.in_dict[k]
        self.in_dict.update(self._original)
        return False

    start, stop = __enter__, lambda self: self.__exit__()


def _stopall():
    for p in reversed(_patch._active[:]):
        p.stop()


patch.object = _patch_object
patch.multiple = _patch_multiple
patch.dict = _patch_dict
patch.stopall = _stopall
patch.TEST_PREFIX = "test"


def mock_open(mock=None, read_data=""):
    import io
    handle = MagicMock(name="open")
    state = {}

    def fresh():
        state["file"] = io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)
    fresh()
    for name in ("read", "readline", "readlines"):
        getattr(handle, name).side_effect = lambda *a, _n=name: getattr(state["file"], _n)(*a)
    handle.__iter__.side_effect = lambda: iter(state["file"])
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    if mock is None:
        mock = MagicMock(name="open", spec=open)

    def opened(*args, **kwargs):
        fresh()
        return DEFAULT
    mock.side_effect = opened
    mock.return_value = handle
    return mock
`,
);
