// Mocks: what they record, how they answer, what is asserted of them.
// Python source: a part of the module unittest.mock, which ../unittest-mock.ts puts together.
export const MOCKING = String.raw`import sys
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
        if attr.startswith("__") and attr not in _MAGICS:
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
           "__aenter__": DEFAULT, "__aexit__": False, "__aiter__": None, "__call__": None}
for _op in "add sub mul truediv floordiv mod pow and or xor lshift rshift matmul".split():
    _MAGICS["__%s__" % _op] = _MAGICS["__r%s__" % _op] = _MAGICS["__i%s__" % _op] = DEFAULT
_MAGICS.update({"__neg__": DEFAULT, "__pos__": DEFAULT, "__invert__": DEFAULT, "__abs__": DEFAULT})
_OWN = ("return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls")


_ASYNC_MAGICS = ("__aenter__", "__aexit__", "__anext__")


def _is_async(thing):
    return inspect.iscoroutinefunction(getattr(thing, "__func__", thing)) or isinstance(thing, AsyncMock)


class NonCallableMock:
    def __new__(cls, /, *args, **kw):
        return object.__new__(type(cls.__name__, (cls,), {"__doc__": cls.__doc__, "__module__": cls.__module__}))

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, side_effect=None, return_value=DEFAULT, parent=None, _new_name="", unsafe=False, **kwargs):
        d = self.__dict__
        if spec_set is not None:
            spec = spec_set
        if isinstance(spec, NonCallableMock):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        d["_mock_name"] = name
        d["_mock_new_name"] = _new_name
        d["_mock_parent"] = parent
        d["_mock_children"] = {}
        d["_mock_wraps"] = wraps
        d["_mock_sealed"] = False
        d["_mock_unsafe"] = unsafe
        d["_mock_spec_set"] = spec_set is not None
        d["_mock_deleted"] = set()
        self._mock_add_spec(spec)
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

    @__class__.setter
    def __class__(self, value):
        self.__dict__["_spec_class"] = value

    def _mock_add_spec(self, spec):
        d = self.__dict__
        named = spec is not None and not isinstance(spec, (list, tuple, set))
        d["_mock_methods"] = None if spec is None else dir(spec) + list(getattr(spec, "__annotations__", ())) if named else list(spec)
        d["_spec_class"] = None if not named else spec if isinstance(spec, type) else type(spec)
        d["_spec_signature"] = None
        d["_spec_asyncs"] = {n for n in dir(spec) if _is_async(inspect.getattr_static(spec, n, None))} if named else set()
        if named:
            # of a class: how it is called, which is not how its instances are
            with contextlib.suppress(TypeError, ValueError):
                d["_spec_signature"] = inspect.signature(spec)

    def _extract_mock_name(self):
        return self._full_name()

    def _bound(self, call):
        """A call as the specification's parameters would take it, so that it equals one that names them otherwise."""
        signature = self.__dict__.get("_mock_signature") or self.__dict__.get("_spec_signature")
        if signature is None:
            return call
        name, args, kwargs = call._parts()
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return call
        return _Call(("", (name, bound.args, bound.kwargs), {}))

    def _get_child_mock(self, /, **kw):
        """The mock for an attribute or a result; classes derived from this one may make another."""
        name, kind = kw.get("_new_name"), type(self).__mro__[1]
        if name in self.__dict__["_spec_asyncs"] or issubclass(kind, MagicMock) and name in _ASYNC_MAGICS:
            kind = AsyncMock
        elif issubclass(kind, AsyncMock):
            plain = name in _MAGICS or self._mock_methods is not None and name in self._mock_methods
            kind = MagicMock if plain else AsyncMock
        elif kind is NonCallableMock:
            kind = Mock
        elif kind is NonCallableMagicMock or issubclass(kind, PropertyMock):
            kind = MagicMock
        return kind(**kw)

    @property
    def return_value(self):
        value = self.__dict__["_mock_return"]
        if value is DEFAULT:
            if self._mock_sealed:
                raise AttributeError(self._full_name() + "()")
            value = self.__dict__["_mock_return"] = self._get_child_mock(parent=self, _new_name="()")
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
            with contextlib.suppress(TypeError):
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
        if not d["_mock_unsafe"] and d["_mock_methods"] is None and (name.startswith(("assert", "assret", "asert", "aseert", "assrt"))):
            raise AttributeError(f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute.")
        found = d["_mock_children"].get(name)
        if found is None:
            if d["_mock_sealed"]:
                raise AttributeError(f"{self._full_name()}.{name}")
            wraps = getattr(d["_mock_wraps"], name) if d["_mock_wraps"] is not None else None
            found = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name)
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
        if self._mock_sealed and not name.startswith("_mock") and name not in self.__dict__ and name not in self._mock_children:
            raise AttributeError(f"Cannot set {self._full_name()}.{name}")
        self._mock_deleted.discard(name)
        if isinstance(value, NonCallableMock):
            if _adopt(self, value, name):
                self.__dict__["_mock_children"][name] = value
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in self.__dict__["_mock_deleted"] and name not in self.__dict__:
            raise AttributeError(name)
        self.__dict__["_mock_children"].pop(name, None)
        self.__dict__.pop(name, None)
        self.__dict__["_mock_deleted"].add(name)

    def __dir__(self):
        own = {n for n in self.__dict__ if not n.startswith(("_mock", "_spec"))} | set(self._mock_children)
        names = dir(type(self)) if self._mock_methods is None or not FILTER_DIR else self._mock_methods
        return sorted((set(names) | own) - self._mock_deleted)

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
        self._mock_add_spec(spec)
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
            if isinstance(child, NonCallableMock):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
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
        if self._bound(_Call((args, kwargs), two=True)) != self._bound(self.call_args):
            actual = self._expected_text(*self.call_args)
            raise AssertionError("expected call not found.\nExpected: %s\n  Actual: %s" % (self._expected_text(args, kwargs), actual))

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (self._label(), self.call_count, self._calls_text()))
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if self._bound(_Call((args, kwargs), two=True)) not in [self._bound(c) for c in self.call_args_list]:
            raise AssertionError("%s call not found" % self._expected_text(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        calls = [_Call(c) if isinstance(c, tuple) and not isinstance(c, _Call) else c for c in calls]
        bound = lambda those: _CallList(self._bound(c) if isinstance(c, _Call) and not c._parts()[0] else c for c in those)
        if not any_order:
            if bound(calls) not in bound(self.mock_calls):
                raise AssertionError("Calls not found.\nExpected: %s%s" % (_CallList(calls), self._calls_text("  Actual").rstrip(".")))
            return
        left = bound(self.mock_calls)
        missing = []
        for c in bound(calls):
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
            if methods and not child_name.startswith("__"):
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


class _AsyncIterator:
    def __init__(self, items):
        self._items = iter(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return next(self._items)
        except StopIteration:
            raise StopAsyncIteration


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
        if name == "__aiter__":
            return _AsyncIterator([] if result is None else result)
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
        import asyncio
        # what asyncio.iscoroutinefunction() looks for
        self.__dict__["_is_coroutine"] = asyncio._is_coroutine
        self.__dict__.update(await_count=0, await_args=None, await_args_list=_CallList())

    async def _await(self, args, kwargs):
        result = None
        effect = self.side_effect
        self.__dict__["await_count"] += 1
        self.__dict__["await_args"] = _Call((args, kwargs), two=True)
        self.__dict__["await_args_list"].append(self.await_args)
        if effect is not None and (inspect.iscoroutinefunction(effect) or isinstance(effect, AsyncMock)):
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

    def assert_any_await(self, /, *args, **kwargs):
        if self._bound(_Call((args, kwargs), two=True)) not in [self._bound(c) for c in self.await_args_list]:
            raise AssertionError("%s await not found" % self._expected_text(args, kwargs))

    def assert_has_awaits(self, calls, any_order=False):
        calls = [_Call(c, two=True) if len(c) == 2 else _Call(tuple(c)[1:], two=True) for c in calls]
        if not any_order:
            if calls not in _CallList(self.await_args_list):
                raise AssertionError(f"Awaits not found.\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}")
            return
        left, missing = list(self.await_args_list), []
        for c in calls:
            if c in left:
                left.remove(c)
            else:
                missing.append(c)
        if missing:
            raise AssertionError("%r not all found in await list" % (tuple(missing),))

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.__dict__.update(await_count=0, await_args=None, await_args_list=_CallList())

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(f"Expected {self._label()} to not have been awaited. Awaited {self.await_count} times.")


class PropertyMock(Mock):
    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


`;
