// Putting mocks in the place of things: seal, create_autospec, patch, mock_open.
// Python source: a part of the module unittest.mock, which ../unittest-mock.ts puts together.
export const PATCHING = String.raw`def seal(mock):
    mock.__dict__["_mock_sealed"] = True
    for child in mock._mock_children.values():
        # what was attached from elsewhere is its maker's to seal
        if isinstance(child, NonCallableMock) and child._mock_parent is mock:
            seal(child)
    made = mock.__dict__["_mock_return"]
    if isinstance(made, NonCallableMock) and made._mock_parent is mock:
        seal(made)


def _without_first(function):
    sig = inspect.signature(function)
    return sig.replace(parameters=list(sig.parameters.values())[1:])


def _check_typos(kwargs):
    for typo in ("autospect", "auto_spec", "set_spec"):
        if typo in kwargs:
            raise RuntimeError(f"{typo!r} might be a typo; use unsafe=True if this is intended")


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    if not unsafe:
        _check_typos(kwargs)
    if isinstance(spec, NonCallableMock):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
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
    elif not of_class and callable(spec):
        with contextlib.suppress(ValueError):
            mock.__dict__["_mock_signature"] = inspect.signature(spec)
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
                    kind = AsyncMock if _is_async(self.original) else MagicMock
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
    if not unsafe:
        _check_typos(kwargs)
    return _patch(lambda: _import(where), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    if not unsafe:
        _check_typos(kwargs)
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

    def answering(name):
        # what a test says that it returns comes before the data
        method = getattr(handle, name)
        method.return_value = None
        method.side_effect = lambda *a: getattr(state["file"], name)(*a) if method.return_value is None else method.return_value
    for name in ("read", "readline", "readlines"):
        answering(name)
    handle.__iter__.side_effect = lambda: iter(state["file"])
    type(handle).__next__ = lambda self: next(state["file"])
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
`;
