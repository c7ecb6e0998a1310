// sqlalchemy.util in Python: the helpers that programs take from there (recipes, extensions, and answers on the web name them).
//
// Collections that the engine has itself (OrderedSet, IdentitySet, immutabledict …) are in the bindings' tables.
// Behaviour: SQLAlchemy util/langhelpers.py, util/_collections.py, util/topological.py.
export const UTIL = `
EMPTY_DICT = immutabledict()
EMPTY_SET = frozenset()
NONE_SET = frozenset([None])
NoneType = type(None)
column_set = set
column_dict = dict


# -- attributes that are computed once, and attributes of classes

class generic_fn_descriptor:
    def __init__(self, fget, doc=None):
        self.fget = fget
        self.__doc__ = doc or fget.__doc__
        self.__name__ = fget.__name__

class _memoized_property(generic_fn_descriptor):
    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = obj.__dict__[self.__name__] = self.fget(obj)
        return value

    def _reset(self, obj):
        obj.__dict__.pop(self.__name__, None)

    @classmethod
    def reset(cls, obj, name):
        obj.__dict__.pop(name, None)

memoized_property = _memoized_property

class _non_memoized_property(generic_fn_descriptor):
    def __get__(self, obj, cls):
        return self if obj is None else self.fget(obj)

non_memoized_property = _non_memoized_property

def memoized_instancemethod(fn):
    def once(self, *args, **kw):
        value = fn(self, *args, **kw)
        def again(*args, **kw):
            return value
        again.__name__ = fn.__name__
        again.__doc__ = fn.__doc__
        self.__dict__[fn.__name__] = again
        return value
    return functools.update_wrapper(once, fn)

class classproperty(property):
    def __init__(self, fget, *rest, **kw):
        super().__init__(fget, *rest, **kw)
        self.__doc__ = fget.__doc__

    def __get__(self, obj, cls=None):
        return self.fget(cls)

class hybridproperty:
    def __init__(self, func):
        self.func = self.clslevel = func

    def __get__(self, obj, cls):
        return self.clslevel(cls) if obj is None else self.func(obj)

    def classlevel(self, func):
        self.clslevel = func
        return self

class hybridmethod:
    def __init__(self, func):
        self.func = self.clslevel = func

    def __get__(self, obj, cls):
        if obj is None:
            return self.clslevel.__get__(cls, cls.__class__)
        return self.func.__get__(obj, cls)

    def classlevel(self, func):
        self.clslevel = func
        return self


# -- values

def asbool(obj):
    if isinstance(obj, str):
        obj = obj.strip().lower()
        if obj in ("true", "yes", "on", "y", "t", "1"):
            return True
        if obj in ("false", "no", "off", "n", "f", "0"):
            return False
        raise ValueError("String is not true/false: %r" % obj)
    return bool(obj)

def bool_or_str(*text):
    return lambda obj: obj if obj in text else asbool(obj)

class symbol(int):
    symbols = {}

    def __new__(cls, name, doc=None, canonical=None):
        known = cls.symbols.get(name)
        if known is None:
            known = cls.symbols[name] = int.__new__(cls, hash(name) if canonical is None else canonical)
            known.name = name
            if doc:
                known.__doc__ = doc
        return known

    def __repr__(self):
        return "symbol(%r)" % self.name

def generic_repr(obj, additional_kw=(), to_inspect=None, omit_kwarg=()):
    if type(obj).__module__.startswith("sqlalchemy."):
        return repr(obj)
    shown = []
    parameters = list(inspect.signature(type(obj).__init__).parameters.values())[1:]
    for p in parameters:
        if p.kind is p.VAR_POSITIONAL:
            shown += [repr(v) for v in getattr(obj, p.name, ())]
        elif p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty:
            shown.append(repr(getattr(obj, p.name, None)))
    named = [(p.name, p.default) for p in parameters if p.default is not p.empty]
    for name, default in [*named, *additional_kw]:
        value = getattr(obj, name, default)
        if name not in omit_kwarg and value != default:
            shown.append("%s=%r" % (name, value))
    return "%s(%s)" % (type(obj).__name__, ", ".join(shown))

def asint(value):
    return value if value is None else int(value)

def coerce_kw_type(kw, key, type_, flexi_bool=True, dest=None):
    if dest is None:
        dest = kw
    given = kw.get(key)
    if given is None or (isinstance(type_, type) and isinstance(given, type_)):
        return
    dest[key] = asbool(given) if type_ is bool and flexi_bool else type_(given)

def constructor_key(obj, cls):
    names = [n for n in inspect.signature(cls.__init__).parameters if n != "self"]
    return (cls,) + tuple(obj.__dict__[n] for n in names if n in obj.__dict__)

def counter():
    return itertools.count(1).__next__

def duck_type_collection(specimen, default=None):
    kind = specimen if isinstance(specimen, type) else type(specimen)
    if hasattr(specimen, "__emulates__"):
        return set if specimen.__emulates__ is not None and issubclass(specimen.__emulates__, set) else specimen.__emulates__
    for known in (list, set, dict):
        if issubclass(kind, known):
            return known
    for method, known in (("append", list), ("add", set), ("set", dict)):
        if hasattr(specimen, method):
            return known
    return default

def class_hierarchy(cls):
    found, waiting = {cls}, list(cls.__mro__)
    while waiting:
        one = waiting.pop()
        for near in (*one.__bases__, *(() if one is object or one.__module__ == "builtins" else one.__subclasses__())):
            if near not in found and near is not object:
                found.add(near)
                waiting.append(near)
    return list(found)

def walk_subclasses(cls):
    seen, waiting = set(), [cls]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        waiting.extend(one.__subclasses__())
        yield one

def method_is_overridden(instance_or_cls, against_method):
    cls = instance_or_cls if isinstance(instance_or_cls, type) else instance_or_cls.__class__
    return getattr(cls, against_method.__name__) != against_method

def get_cls_kwargs(cls):
    names = set()
    for one in cls.__mro__:
        init = one.__dict__.get("__init__")
        if not isinstance(init, types.FunctionType):
            continue
        parameters = inspect.signature(init).parameters.values()
        names.update(p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY))
        if not any(p.kind is p.VAR_KEYWORD for p in parameters):
            break
    names.discard("self")
    return names

class safe_reraise:
    def __enter__(self):
        self._exc_info = sys.exc_info()

    def __exit__(self, type_, value, traceback):
        if type_ is None:
            raised, self._exc_info = self._exc_info[1], None
            raise raised.with_traceback(raised.__traceback__)
        self._exc_info = None
        return False

def warn(msg, code=None):
    warnings.warn(exc.SAWarning(msg, code=code) if code else msg, exc.SAWarning, stacklevel=2)

def warn_deprecated(msg, version, stacklevel=3, code=None):
    warnings.warn(exc.SADeprecationWarning(msg), stacklevel=stacklevel)


# -- collections

def to_list(x, default=None):
    if x is None:
        return default
    if isinstance(x, list):
        return x
    if isinstance(x, collections.abc.Iterable) and not isinstance(x, (str, bytes)):
        return list(x)
    return [x]

def to_set(x):
    if x is None:
        return set()
    return x if isinstance(x, set) else set(to_list(x))

to_column_set = to_set

def has_intersection(set_, iterable):
    return any(i in set_ for i in iterable)

def has_dupes(sequence, target):
    return sum(1 for one in sequence if one is target) > 1

def update_copy(d, _new=None, **kw):
    return {**d, **(_new or {}), **kw}

def flatten_iterator(x):
    for element in x:
        if hasattr(element, "__iter__") and not isinstance(element, str):
            yield from flatten_iterator(element)
        else:
            yield element

def unique_list(seq, hashfunc=None):
    if hashfunc is None:
        return list(dict.fromkeys(seq))
    return list({hashfunc(x): x for x in reversed(list(seq))}.values())[::-1]

def coerce_generator_arg(arg):
    return list(arg[0]) if len(arg) == 1 and isinstance(arg[0], types.GeneratorType) else arg

def dictlike_iteritems(dictlike):
    if hasattr(dictlike, "items"):
        return iter(dictlike.items())
    has = [name for name in ("__getitem__", "get", "keys", "iterkeys") if hasattr(dictlike, name)]
    if not has or has[0] in ("keys", "iterkeys") or has[-1] not in ("keys", "iterkeys"):
        raise TypeError("Object '%r' is not dict-like" % dictlike)
    value_of = getattr(dictlike, has[0])
    return ((key, value_of(key)) for key in list(dictlike.keys()))

class OrderedSet(set):
    def __init__(self, d=None):
        self._list = list(dict.fromkeys(d or ()))
        super().__init__(self._list)

    def copy(self):
        return type(self)(self._list)

    def add(self, element):
        self.update((element,))

    def insert(self, pos, element):
        if element not in self:
            self._list.insert(pos, element)
            super().add(element)

    def remove(self, element):
        super().remove(element)
        self._list.remove(element)

    def discard(self, element):
        if element in self:
            self.remove(element)

    def pop(self):
        if not self._list:
            raise KeyError("pop from an empty set")
        last = self._list.pop()
        super().remove(last)
        return last

    def clear(self):
        super().clear()
        self._list = []

    def _keep(self, kept):
        self._list = kept
        super().clear()
        super().update(kept)
        return self

    def __getitem__(self, key):
        return self._list[key]

    def __iter__(self):
        return iter(self._list)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._list)

    __str__ = __repr__

    def update(self, *iterables):
        for iterable in iterables:
            for element in iterable:
                if element not in self:
                    self._list.append(element)
                    super().add(element)

    def __ior__(self, other):
        self.update(other)
        return self

    def union(self, *other):
        made = self.copy()
        made.update(*other)
        return made

    def intersection(self, *other):
        kept = set().union(*other)
        return type(self)(e for e in self._list if e in kept)

    def difference(self, *other):
        gone = set().union(*other)
        return type(self)(e for e in self._list if e not in gone)

    def symmetric_difference(self, other):
        other = list(dict.fromkeys(other))
        return type(self)([e for e in self._list if e not in other] + [e for e in other if e not in self])

    def intersection_update(self, *other):
        self._keep(self.intersection(*other)._list)

    def difference_update(self, *other):
        self._keep(self.difference(*other)._list)

    def symmetric_difference_update(self, other):
        self._keep(self.symmetric_difference(other)._list)

    def __or__(self, other):
        return self.union(other)

    def __and__(self, other):
        return self.intersection(other)

    def __sub__(self, other):
        return self.difference(other)

    def __xor__(self, other):
        return self.symmetric_difference(other)

    def __iand__(self, other):
        return self._keep(self.intersection(other)._list)

    def __isub__(self, other):
        return self._keep(self.difference(other)._list)

    def __ixor__(self, other):
        return self._keep(self.symmetric_difference(other)._list)

ordered_column_set = OrderedSet

class PopulateDict(dict):
    def __init__(self, creator):
        self.creator = creator

    def __missing__(self, key):
        value = self[key] = self.creator(key)
        return value

class UniqueAppender:
    def __init__(self, data, via=None):
        self.data = data
        self._seen = set()
        add = via or ("append" if hasattr(data, "append") else "add" if hasattr(data, "add") else None)
        self._data_appender = getattr(data, add)

    def append(self, item):
        if id(item) not in self._seen:
            self._seen.add(id(item))
            self._data_appender(item)

    def __iter__(self):
        return iter(self.data)

class LRUCache(collections.abc.MutableMapping):
    def __init__(self, capacity=100, threshold=0.5, size_alert=None):
        self.capacity = capacity
        self.threshold = threshold
        self.size_alert = size_alert
        self._data = {}

    def get(self, key, default=None):
        return self[key] if key in self._data else default

    def __getitem__(self, key):
        value = self._data.pop(key)
        self._data[key] = value
        return value

    def __setitem__(self, key, value):
        self._data.pop(key, None)
        self._data[key] = value
        if len(self._data) > self.capacity + self.capacity * self.threshold:
            if self.size_alert:
                self.size_alert(self)
            while len(self._data) > self.capacity:
                del self._data[next(iter(self._data))]

    def __delitem__(self, key):
        del self._data[key]

    def __len__(self):
        return len(self._data)

    def __iter__(self):
        return iter(self._data)

    def __contains__(self, key):
        return key in self._data

    @property
    def size_threshold(self):
        return self.capacity + self.capacity * self.threshold

    def values(self):
        return list(self._data.values())


# -- order

def sort_as_subsets(tuples, allitems):
    before = collections.defaultdict(set)
    for parent, child in tuples:
        before[child].add(parent)
    todo = list(allitems)
    while todo:
        left = set(todo)
        free = [one for one in todo if left.isdisjoint(before[one])]
        if not free:
            raise exc.CircularDependencyError("Circular dependency detected.", find_cycles(tuples, allitems), {(p, c) for c in before for p in before[c]})
        gone = set(free)
        todo = [one for one in todo if one not in gone]
        yield free

def sort(tuples, allitems, deterministic_order=True):
    for subset in sort_as_subsets(tuples, allitems):
        yield from subset

def find_cycles(tuples, allitems):
    after = collections.defaultdict(set)
    for parent, child in tuples:
        after[parent].add(child)
    found = set()
    for start in list(after):
        reached, waiting = set(), list(after[start])
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(after.get(one, ()))
        if start in reached:
            found.add(start)
    return found


# -- asynchronous drivers

have_greenlet = True

def await_only(awaitable):
    may_wait()
    steps = awaitable.__await__()
    try:
        while True:
            next(steps)
    except StopIteration as done:
        return done.value

await_fallback = await_only
`;
