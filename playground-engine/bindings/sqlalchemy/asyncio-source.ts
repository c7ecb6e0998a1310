// sqlalchemy.ext.asyncio in Python: awaitable faces over the ordinary engine, session and result.
//
// `spawn(fn, *args)` runs a function where the driver may be used (engine/greenlet.ts); outside of it a statement raises
// MissingGreenlet, as a lazy load under asyncio does. Behaviour: SQLAlchemy ext/asyncio/{engine,session,result,scoping}.py.
export const ASYNCIO = `
class AsyncMethodRequired(InvalidRequestError):
    __module__ = "sqlalchemy.ext.asyncio.exc"


class AsyncContextNotStarted(InvalidRequestError):
    __module__ = "sqlalchemy.ext.asyncio.exc"


class AsyncContextAlreadyStarted(InvalidRequestError):
    __module__ = "sqlalchemy.ext.asyncio.exc"


class ScopedRegistry:
    __module__ = "sqlalchemy.util._collections"

    def __init__(self, createfunc, scopefunc):
        self.createfunc = createfunc
        self.scopefunc = scopefunc
        self.registry = {}

    def __call__(self):
        key = self.scopefunc()
        if key not in self.registry:
            self.registry[key] = self.createfunc()
        return self.registry[key]

    def has(self):
        return self.scopefunc() in self.registry

    def set(self, obj):
        self.registry[self.scopefunc()] = obj

    def clear(self):
        self.registry.pop(self.scopefunc(), None)


@types.coroutine
def _turn():
    yield


async def spawn(fn, /, *args, **kwargs):
    """Runs fn where the driver may be used. If it was used, other tasks have their turn before the value is there."""
    try:
        return greenlet_spawn(fn, *args, **kwargs)
    finally:
        release = after_io(getattr(fn, "__self__", None), fn.__name__)
        if release is not None:
            try:
                await _turn()
            finally:
                release()


spawn.__name__ = spawn.__qualname__ = "greenlet_spawn"


def _property(target, name, writable=False):
    def read(self):
        return getattr(getattr(self, target), name)
    def write(self, value):
        setattr(getattr(self, target), name, value)
    return property(read, write if writable else None)


def _method(target, name):
    def method(self, *args, **kwargs):
        return getattr(getattr(self, target), name)(*args, **kwargs)
    method.__name__ = name
    return method


def _awaitable(target, name):
    async def method(self, *args, **kwargs):
        return await spawn(getattr(getattr(self, target), name), *args, **kwargs)
    method.__name__ = name
    return method


def _options(given, extra):
    return {**(given or {}), **extra}


class _Comparable:
    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return isinstance(other, self.__class__) and self._proxied == other._proxied

    def __ne__(self, other):
        return not isinstance(other, self.__class__) or self._proxied != other._proxied


class _Startable:
    def __await__(self):
        return self.start().__await__()

    async def __aenter__(self):
        return await self.start(is_ctxmanager=True)

    def _raise_for_not_started(self):
        raise AsyncContextNotStarted("%s context has not been started and object has not been awaited." % (self.__class__.__name__,))


def _started(name):
    def read(self):
        return getattr(self._proxied, name)
    return property(read)


# -- engine -------------------------------------------------------------------------------------------


class AsyncConnectable:
    __module__ = "sqlalchemy.ext.asyncio.engine"
    __slots__ = ("__weakref__",)


class AsyncConnection(_Comparable, _Startable, AsyncConnectable):
    __module__ = "sqlalchemy.ext.asyncio.engine"

    def __init__(self, async_engine, sync_connection=None):
        self.engine = async_engine
        self.sync_engine = async_engine.sync_engine
        self.sync_connection = sync_connection

    async def start(self, is_ctxmanager=False):
        if self.sync_connection:
            raise InvalidRequestError("connection is already started")
        self.sync_connection = await spawn(self.sync_engine.connect)
        return self

    @property
    def _proxied(self):
        if not self.sync_connection:
            self._raise_for_not_started()
        return self.sync_connection

    @property
    def connection(self):
        raise InvalidRequestError("AsyncConnection.connection accessor is not implemented as the attribute may need to reconnect on an invalidated connection.  Use the get_raw_connection() method.")

    info = _started("info")
    closed = _started("closed")
    invalidated = _started("invalidated")
    dialect = _started("dialect")
    default_isolation_level = _started("default_isolation_level")

    async def get_raw_connection(self):
        return await spawn(getattr, self._proxied, "connection")

    def begin(self):
        assert self._proxied
        return AsyncTransaction(self)

    def begin_nested(self):
        assert self._proxied
        return AsyncTransaction(self, nested=True)

    async def invalidate(self, exception=None):
        return await spawn(self._proxied.invalidate, exception=exception)

    async def get_isolation_level(self):
        return await spawn(self._proxied.get_isolation_level)

    def in_transaction(self):
        return self._proxied.in_transaction()

    def in_nested_transaction(self):
        return self._proxied.in_nested_transaction()

    def get_transaction(self):
        trans = self._proxied.get_transaction()
        return None if trans is None else AsyncTransaction._of(trans, self)

    def get_nested_transaction(self):
        trans = self._proxied.get_nested_transaction()
        return None if trans is None else AsyncTransaction._of(trans, self)

    async def execution_options(self, **opt):
        c2 = await spawn(self._proxied.execution_options, **opt)
        assert c2 is self._proxied
        return self

    async def commit(self):
        await spawn(self._proxied.commit)

    async def rollback(self):
        await spawn(self._proxied.rollback)

    async def close(self):
        await spawn(self._proxied.close)

    async def aclose(self):
        await self.close()

    async def exec_driver_sql(self, statement, parameters=None, execution_options={}):
        return await spawn(self._proxied.exec_driver_sql, statement, parameters, execution_options)

    def stream(self, statement, parameters=None, *, execution_options={}):
        return _Streaming(self._stream(statement, parameters, execution_options))

    async def _stream(self, statement, parameters, execution_options):
        if not self.dialect.supports_server_side_cursors:
            raise InvalidRequestError("Cant use \`stream\` or \`stream_scalars\` with the current dialect since it does not support server side cursors.")
        result = await spawn(self._proxied.execute, statement, parameters, execution_options=_options(execution_options, {"stream_results": True}))
        return AsyncResult(result)

    async def execute(self, statement, parameters=None, *, execution_options={}):
        return await spawn(self._proxied.execute, statement, parameters, execution_options=execution_options)

    async def scalar(self, statement, parameters=None, *, execution_options={}):
        return (await self.execute(statement, parameters, execution_options=execution_options)).scalar()

    async def scalars(self, statement, parameters=None, *, execution_options={}):
        return (await self.execute(statement, parameters, execution_options=execution_options)).scalars()

    def stream_scalars(self, statement, parameters=None, *, execution_options={}):
        return _Streaming(self._stream(statement, parameters, execution_options), lambda result: result.scalars())

    async def run_sync(self, fn, *arg, **kw):
        return await spawn(fn, self._proxied, *arg, **kw)

    async def __aexit__(self, type_, value, traceback):
        await self.close()


class _Streaming:
    """Both an awaitable and an async context manager: \`await conn.stream(...)\`, \`async with conn.stream(...)\`."""

    def __init__(self, coroutine, then=lambda result: result):
        self._coroutine = coroutine
        self._then = then
        self._result = None

    async def _start(self):
        self._result = self._then(await self._coroutine)
        return self._result

    def __await__(self):
        return self._start().__await__()

    async def __aenter__(self):
        return await self._start()

    async def __aexit__(self, type_, value, traceback):
        await self._result.close()


class AsyncTransaction(_Comparable, _Startable):
    __module__ = "sqlalchemy.ext.asyncio.engine"

    def __init__(self, connection, nested=False):
        self.connection = connection
        self.sync_transaction = None
        self.nested = nested

    @classmethod
    def _of(cls, target, connection):
        obj = cls(connection)
        obj.sync_transaction = target
        return obj

    @property
    def _proxied(self):
        if not self.sync_transaction:
            self._raise_for_not_started()
        return self.sync_transaction

    is_valid = _started("is_valid")
    is_active = _started("is_active")

    async def close(self):
        await spawn(self._proxied.close)

    async def rollback(self):
        await spawn(self._proxied.rollback)

    async def commit(self):
        await spawn(self._proxied.commit)

    async def start(self, is_ctxmanager=False):
        connection = self.connection._proxied
        self.sync_transaction = await spawn(connection.begin_nested if self.nested else connection.begin)
        if is_ctxmanager:
            self.sync_transaction.__enter__()
        return self

    async def __aexit__(self, type_, value, traceback):
        await spawn(self._proxied.__exit__, type_, value, traceback)


class AsyncEngine(_Comparable, AsyncConnectable):
    __module__ = "sqlalchemy.ext.asyncio.engine"

    def __init__(self, sync_engine):
        if not sync_engine.dialect.is_async:
            raise InvalidRequestError("The asyncio extension requires an async driver to be used. The loaded %r is not async." % sync_engine.dialect.driver)
        self.sync_engine = sync_engine

    @property
    def _proxied(self):
        return self.sync_engine

    url = _property("sync_engine", "url", True)
    pool = _property("sync_engine", "pool", True)
    dialect = _property("sync_engine", "dialect", True)
    echo = _property("sync_engine", "echo", True)
    engine = _property("sync_engine", "engine")
    name = _property("sync_engine", "name")
    driver = _property("sync_engine", "driver")
    clear_compiled_cache = _method("sync_engine", "clear_compiled_cache")
    update_execution_options = _method("sync_engine", "update_execution_options")
    get_execution_options = _method("sync_engine", "get_execution_options")

    @contextlib.asynccontextmanager
    async def begin(self):
        conn = self.connect()
        async with conn:
            async with conn.begin():
                yield conn

    def connect(self):
        return AsyncConnection(self)

    async def raw_connection(self):
        return await spawn(self.sync_engine.raw_connection)

    def execution_options(self, **opt):
        return AsyncEngine(self.sync_engine.execution_options(**opt))

    async def dispose(self, close=True):
        await spawn(self.sync_engine.dispose, close=close)

    def __repr__(self):
        return f"<sqlalchemy.ext.asyncio.engine.AsyncEngine object at {id(self):#x}>"


def create_async_engine(url, **kw):
    if kw.get("server_side_cursors", False):
        raise AsyncMethodRequired("Can't set server_side_cursors for async engine globally; use the connection.stream() method for an async streaming result set")
    kw["_is_async"] = True
    async_creator = kw.pop("async_creator", None)
    if async_creator:
        if kw.get("creator", None):
            raise ArgumentError("Can only specify one of 'async_creator' or 'creator', not both.")
        raise NotImplementedError("async_creator is not in the playground: there is one driver here, and it connects itself")
    return AsyncEngine(create_engine(url, **kw))


def async_engine_from_config(configuration, prefix="sqlalchemy.", **kwargs):
    options = {key[len(prefix):]: value for key, value in configuration.items() if key.startswith(prefix)}
    options["_coerce_config"] = True
    options.update(kwargs)
    return create_async_engine(options.pop("url"), **options)


def create_async_pool_from_url(url, **kwargs):
    kwargs["_is_async"] = True
    return create_pool_from_url(url, **kwargs)


def _sync_bind(bind):
    if bind is None or not isinstance(bind, (AsyncEngine, AsyncConnection)):
        if isinstance(bind, AsyncConnectable) or bind is None:
            return bind
        raise ArgumentError(f"AsyncEngine expected, got {bind!r}")
    return bind.sync_engine if isinstance(bind, AsyncEngine) else bind._proxied


# -- results ------------------------------------------------------------------------------------------


class _AsyncRows:
    async def close(self):
        await spawn(self._real_result.close)

    @property
    def closed(self):
        return self._real_result.closed

    def unique(self, strategy=None):
        self._rows = self._rows.unique(strategy)
        return self

    async def partitions(self, size=None):
        while True:
            partition = await spawn(self._rows.fetchmany, size)
            if not partition:
                break
            yield partition

    async def fetchall(self):
        return await spawn(self._rows.all)

    async def fetchmany(self, size=None):
        return await spawn(self._rows.fetchmany, size)

    async def all(self):
        return await spawn(self._rows.all)

    def __aiter__(self):
        return self

    async def __anext__(self):
        part = await spawn(self._rows.fetchmany, 1)
        if not part:
            raise StopAsyncIteration()
        return part[0]

    async def first(self):
        return await spawn(self._rows.first)

    async def one_or_none(self):
        return await spawn(self._rows.one_or_none)

    async def one(self):
        return await spawn(self._rows.one)


class _Keyed(_AsyncRows):
    def keys(self):
        return self._rows.keys()

    def columns(self, *col_expressions):
        self._rows = self._rows.columns(*col_expressions)
        return self

    async def fetchone(self):
        part = await spawn(self._rows.fetchmany, 1)
        return part[0] if part else None


class AsyncResult(_Keyed):
    __module__ = "sqlalchemy.ext.asyncio.result"

    def __init__(self, real_result):
        self._real_result = real_result
        self._rows = real_result

    @property
    def t(self):
        return self

    def tuples(self):
        return self

    async def scalar_one(self):
        return await spawn(self._rows.scalar_one)

    async def scalar_one_or_none(self):
        return await spawn(self._rows.scalar_one_or_none)

    async def scalar(self):
        return await spawn(self._rows.scalar)

    async def freeze(self):
        return await spawn(self._rows.freeze)

    def scalars(self, index=0):
        return AsyncScalarResult(self._rows, index)

    def mappings(self):
        return AsyncMappingResult(self._rows)


class AsyncScalarResult(_AsyncRows):
    __module__ = "sqlalchemy.ext.asyncio.result"

    def __init__(self, real_result, index):
        self._real_result = real_result
        self._rows = real_result.scalars(index)


class AsyncMappingResult(_Keyed):
    __module__ = "sqlalchemy.ext.asyncio.result"

    def __init__(self, result):
        self._real_result = result
        self._rows = result.mappings()


class AsyncTupleResult(_AsyncRows):
    __module__ = "sqlalchemy.ext.asyncio.result"


# -- session ------------------------------------------------------------------------------------------


class AsyncAttrs:
    __module__ = "sqlalchemy.ext.asyncio.session"

    class _AsyncAttrGetitem:
        __slots__ = "_instance"

        def __init__(self, _instance):
            self._instance = _instance

        def __getattr__(self, name):
            return spawn(getattr, self._instance, name)

    _AsyncAttrGetitem.__module__ = __module__

    @property
    def awaitable_attrs(self):
        return AsyncAttrs._AsyncAttrGetitem(self)


_async_sessions = weakref.WeakKeyDictionary()


class AsyncSession:
    __module__ = "sqlalchemy.ext.asyncio.session"

    _is_asyncio = True
    sync_session_class = Session

    def __init__(self, bind=None, *, binds=None, sync_session_class=None, **kw):
        if bind:
            self.bind = bind
            bind = _sync_bind(bind)
        else:
            self.bind = None
        if binds:
            self.binds = binds
            binds = {key: _sync_bind(b) for key, b in binds.items()}
        else:
            self.binds = None
        if sync_session_class:
            self.sync_session_class = sync_session_class
        self.sync_session = self.sync_session_class(bind=bind, binds=binds, **kw)
        _async_sessions[self.sync_session] = self

    dirty = _property("sync_session", "dirty")
    deleted = _property("sync_session", "deleted")
    new = _property("sync_session", "new")
    is_active = _property("sync_session", "is_active")
    no_autoflush = _property("sync_session", "no_autoflush")
    info = _property("sync_session", "info")
    identity_map = _property("sync_session", "identity_map", True)
    autoflush = _property("sync_session", "autoflush", True)
    add = _method("sync_session", "add")
    add_all = _method("sync_session", "add_all")
    expire = _method("sync_session", "expire")
    expire_all = _method("sync_session", "expire_all")
    expunge = _method("sync_session", "expunge")
    expunge_all = _method("sync_session", "expunge_all")
    is_modified = _method("sync_session", "is_modified")
    in_transaction = _method("sync_session", "in_transaction")
    in_nested_transaction = _method("sync_session", "in_nested_transaction")

    def __contains__(self, instance):
        return instance in self.sync_session

    def __iter__(self):
        return iter(self.sync_session)

    async def refresh(self, instance, attribute_names=None, with_for_update=None):
        await spawn(self.sync_session.refresh, instance, attribute_names=attribute_names, with_for_update=with_for_update)

    async def run_sync(self, fn, *arg, **kw):
        return await spawn(fn, self.sync_session, *arg, **kw)

    async def execute(self, statement, params=None, *, execution_options={}, bind_arguments=None, **kw):
        return await spawn(self.sync_session.execute, statement, params=params, execution_options=_options(execution_options, {"prebuffer_rows": True}), bind_arguments=bind_arguments, **kw)

    async def scalar(self, statement, params=None, *, execution_options={}, bind_arguments=None, **kw):
        return await spawn(self.sync_session.scalar, statement, params=params, execution_options=_options(execution_options, {"prebuffer_rows": True}), bind_arguments=bind_arguments, **kw)

    async def scalars(self, statement, params=None, *, execution_options={}, bind_arguments=None, **kw):
        result = await self.execute(statement, params=params, execution_options=execution_options, bind_arguments=bind_arguments, **kw)
        return result.scalars()

    async def get(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None, identity_token=None, execution_options={}):
        return await spawn(self.sync_session.get, entity, ident, options=options, populate_existing=populate_existing, with_for_update=with_for_update, identity_token=identity_token, execution_options=execution_options)

    async def get_one(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None, identity_token=None, execution_options={}):
        return await spawn(self.sync_session.get_one, entity, ident, options=options, populate_existing=populate_existing, with_for_update=with_for_update, identity_token=identity_token, execution_options=execution_options)

    async def stream(self, statement, params=None, *, execution_options={}, bind_arguments=None, **kw):
        result = await spawn(self.sync_session.execute, statement, params=params, execution_options=_options(execution_options, {"stream_results": True}), bind_arguments=bind_arguments, **kw)
        return AsyncResult(result)

    async def stream_scalars(self, statement, params=None, *, execution_options={}, bind_arguments=None, **kw):
        result = await self.stream(statement, params=params, execution_options=execution_options, bind_arguments=bind_arguments, **kw)
        return result.scalars()

    async def delete(self, instance):
        await spawn(self.sync_session.delete, instance)

    async def merge(self, instance, *, load=True, options=None):
        return await spawn(self.sync_session.merge, instance, load=load, options=options)

    async def flush(self, objects=None):
        await spawn(self.sync_session.flush, objects=objects)

    def get_transaction(self):
        trans = self.sync_session.get_transaction()
        return None if trans is None else AsyncSessionTransaction._of(trans, self)

    def get_nested_transaction(self):
        trans = self.sync_session.get_nested_transaction()
        return None if trans is None else AsyncSessionTransaction._of(trans, self)

    def get_bind(self, mapper=None, clause=None, bind=None, **kw):
        return self.sync_session.get_bind(mapper=mapper, clause=clause, bind=bind, **kw)

    async def connection(self, bind_arguments=None, execution_options=None, **kw):
        sync_connection = await spawn(self.sync_session.connection, bind_arguments=bind_arguments, execution_options=execution_options, **kw)
        return AsyncConnection(AsyncEngine(sync_connection.engine), sync_connection)

    def begin(self):
        return AsyncSessionTransaction(self)

    def begin_nested(self):
        return AsyncSessionTransaction(self, nested=True)

    async def rollback(self):
        await spawn(self.sync_session.rollback)

    async def commit(self):
        await spawn(self.sync_session.commit)

    async def close(self):
        await spawn(self.sync_session.close)

    async def reset(self):
        await spawn(self.sync_session.reset)

    async def aclose(self):
        await self.close()

    async def invalidate(self):
        await spawn(self.sync_session.invalidate)

    @classmethod
    async def close_all(cls):
        await close_all_sessions()

    object_session = staticmethod(lambda instance: async_object_session(instance))

    @classmethod
    def identity_key(cls, class_=None, ident=None, *, instance=None, row=None, identity_token=None):
        return Session.identity_key(class_, ident, instance=instance, row=row, identity_token=identity_token)

    async def __aenter__(self):
        return self

    async def __aexit__(self, type_, value, traceback):
        await self.close()

    def _maker_context_manager(self):
        return _AsyncSessionContextManager(self)


class async_sessionmaker:
    __module__ = "sqlalchemy.ext.asyncio.session"

    def __init__(self, bind=None, *, class_=AsyncSession, autoflush=True, expire_on_commit=True, info=None, **kw):
        kw["bind"] = bind
        kw["autoflush"] = autoflush
        kw["expire_on_commit"] = expire_on_commit
        if info is not None:
            kw["info"] = info
        self.kw = kw
        self.class_ = type(class_.__name__, (class_,), {"__module__": class_.__module__})

    def __class_getitem__(cls, item):
        return cls

    def begin(self):
        session = self()
        return session._maker_context_manager()

    def __call__(self, **local_kw):
        for k, v in self.kw.items():
            if k == "info" and "info" in local_kw:
                d = v.copy()
                d.update(local_kw["info"])
                local_kw["info"] = d
            else:
                local_kw.setdefault(k, v)
        return self.class_(**local_kw)

    def configure(self, **new_kw):
        self.kw.update(new_kw)

    def __repr__(self):
        return "%s(class_=%r, %s)" % (self.__class__.__name__, self.class_.__name__, ", ".join("%s=%r" % (k, v) for k, v in self.kw.items()))


class _AsyncSessionContextManager:
    def __init__(self, async_session):
        self.async_session = async_session

    async def __aenter__(self):
        self.trans = self.async_session.begin()
        await self.trans.__aenter__()
        return self.async_session

    async def __aexit__(self, type_, value, traceback):
        await self.trans.__aexit__(type_, value, traceback)
        await self.async_session.__aexit__(type_, value, traceback)


class AsyncSessionTransaction(_Startable):
    __module__ = "sqlalchemy.ext.asyncio.session"

    def __init__(self, session, nested=False):
        self.session = session
        self.nested = nested
        self.sync_transaction = None

    @classmethod
    def _of(cls, target, session):
        obj = cls(session)
        obj.sync_transaction = target
        return obj

    @property
    def is_active(self):
        return self._sync_transaction() is not None and self._sync_transaction().is_active

    def _sync_transaction(self):
        if not self.sync_transaction:
            self._raise_for_not_started()
        return self.sync_transaction

    async def rollback(self):
        await spawn(self._sync_transaction().rollback)

    async def commit(self):
        await spawn(self._sync_transaction().commit)

    async def start(self, is_ctxmanager=False):
        session = self.session.sync_session
        self.sync_transaction = await spawn(session.begin_nested if self.nested else session.begin)
        if is_ctxmanager:
            self.sync_transaction.__enter__()
        return self

    async def __aexit__(self, type_, value, traceback):
        await spawn(self._sync_transaction().__exit__, type_, value, traceback)


def async_object_session(instance):
    session = object_session(instance)
    return None if session is None else async_session(session)


def async_session(session):
    return _async_sessions.get(session)


async def close_all_sessions():
    await spawn(_close_all_sessions)


# -- scoped sessions ----------------------------------------------------------------------------------


class async_scoped_session:
    __module__ = "sqlalchemy.ext.asyncio.scoping"
    _support_async = True

    def __init__(self, session_factory, scopefunc):
        self.session_factory = session_factory
        self.registry = ScopedRegistry(session_factory, scopefunc)

    @property
    def _proxied(self):
        return self.registry()

    def __call__(self, **kw):
        if kw:
            if self.registry.has():
                raise InvalidRequestError("Scoped session is already present; no new arguments may be specified.")
            self.registry.set(self.session_factory(**kw))
        return self.registry()

    def configure(self, **kwargs):
        self.session_factory.configure(**kwargs)

    async def remove(self):
        if self.registry.has():
            await self.registry().close()
        self.registry.clear()

    def __contains__(self, instance):
        return instance in self._proxied

    def __iter__(self):
        return iter(self._proxied)

    object_session = staticmethod(async_object_session)

    @classmethod
    async def close_all(cls):
        await close_all_sessions()


for _name in ("add", "add_all", "begin", "begin_nested", "close", "aclose", "reset", "commit", "connection", "delete", "execute", "expire", "expire_all", "expunge", "expunge_all", "flush", "get", "get_one", "get_bind", "in_transaction", "invalidate", "is_modified", "merge", "refresh", "rollback", "run_sync", "scalar", "scalars", "stream", "stream_scalars"):
    setattr(async_scoped_session, _name, _method("_proxied", _name))
for _name in ("bind", "dirty", "deleted", "new", "identity_map", "is_active", "autoflush", "no_autoflush", "info", "sync_session"):
    setattr(async_scoped_session, _name, _property("_proxied", _name, True))
`;
