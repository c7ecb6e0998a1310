// Futures, tasks and running them.
// Python source: a part of the module asyncio, which ../asyncio.ts puts together.
export const FUTURES = String.raw`# ---- futures

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


def isfuture(obj):
    return hasattr(obj.__class__, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


@_unseen
class Future:
    _state = _PENDING
    _result = _exception = _cancel_message = None
    _asyncio_future_blocking = False
    _log_traceback = False

    def __init__(self, *, loop=None):
        self._loop = get_event_loop() if loop is None else loop
        self._callbacks = []

    __class_getitem__ = classmethod(_GenericAlias)

    def _info(self):
        info = [self._state.lower()]
        if self._state == _FINISHED:
            if self._exception is not None:
                info.append("exception=%r" % (self._exception,))
            else:
                import reprlib
                info.append("result=%s" % reprlib.repr(self._result))
        if self._callbacks:
            names = [_callback_name(c) for c, _ in self._callbacks]
            if len(names) > 2:
                names = [names[0], "<%d more>" % (len(names) - 2), names[-1]]
            info.append("cb=[%s]" % ", ".join(names))
        return info

    def __repr__(self):
        return "<%s %s>" % (self.__class__.__name__, " ".join(self._info()))

    def get_loop(self):
        return self._loop

    def _make_cancelled_error(self):
        return CancelledError() if self._cancel_message is None else CancelledError(self._cancel_message)

    def cancel(self, msg=None):
        self._log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule_callbacks()
        return True

    def _schedule_callbacks(self):
        callbacks, self._callbacks = self._callbacks, []
        for callback, context in callbacks:
            self._loop.call_soon(callback, self, context=context)

    def cancelled(self):
        return self._state == _CANCELLED

    def done(self):
        return self._state != _PENDING

    def result(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Result is not set.")
        self._log_traceback = False
        if self._exception is not None:
            raise self._exception.with_traceback(self._exception_tb)
        return self._result

    def exception(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Exception is not set.")
        self._log_traceback = False
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, contextvars.copy_context() if context is None else context))

    def remove_done_callback(self, fn):
        kept = [(f, c) for f, c in self._callbacks if f != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        self._schedule_callbacks()

    def set_exception(self, exception):
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._state = _FINISHED
        self._log_traceback = True
        self._loop._failed.append(self)
        self._schedule_callbacks()

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


Future.__module__ = "_asyncio"


def _callback_name(c):
    while isinstance(c, functools.partial):
        c = c.func
    owner = getattr(c, "__self__", None)
    if isinstance(owner, Task):
        return "Task.task_wakeup()"
    code = getattr(c, "__code__", None)
    name = getattr(c, "__qualname__", repr(c))
    return "%s() at %s:%s" % (name, code.co_filename, code.co_firstlineno) if code else name + "()"


_task_counter = 0


@_unseen
class Task(Future):
    _must_cancel = False
    _fut_waiter = None
    _log_destroy_pending = True

    def __init__(self, coro, *, loop=None, name=None, context=None):
        global _task_counter
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            raise TypeError("a coroutine was expected, got %r" % (coro,))
        if name is None:
            _task_counter += 1
            name = "Task-%s" % _task_counter
        self._name = str(name)
        self._coro = coro
        self._num_cancels_requested = 0
        self._context = contextvars.copy_context() if context is None else context
        self._loop.call_soon(self.__step, context=self._context)
        _tasks[self] = None

    def _info(self):
        info = super()._info()
        if self._must_cancel:
            info[0] = "cancelling"
        info.insert(1, "name=%r" % self._name)
        info.insert(2, "coro=" + _coroutine_text(self._coro))
        if self._fut_waiter is not None:
            info.insert(3, "wait_for=%r" % (self._fut_waiter,))
        return info

    def get_coro(self):
        return self._coro

    def get_context(self):
        return self._context

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        frame = getattr(self._coro, "cr_frame", None)
        return [] if frame is None else [frame]

    def print_stack(self, *, limit=None, file=None):
        print("Stack for %r (most recent call last):" % (self,), file=file or sys.stderr)

    def cancel(self, msg=None):
        self._log_traceback = False
        if self.done():
            return False
        self._num_cancels_requested += 1
        if self._fut_waiter is not None and self._fut_waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._num_cancels_requested

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
        return self._num_cancels_requested

    def __step(self, exc=None):
        if self.done():
            raise InvalidStateError("_step(): already done: %r, %r" % (self, exc))
        if self._must_cancel:
            if not isinstance(exc, CancelledError):
                exc = self._make_cancelled_error()
            self._must_cancel = False
        self._fut_waiter = None
        _current_tasks[self._loop] = self
        try:
            result = self._coro.send(None) if exc is None else self._coro.throw(exc)
        except StopIteration as e:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(e.value)
        except CancelledError as e:
            self._cancelled_exc = e
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as e:
            super().set_exception(e)
            raise
        except BaseException as e:
            super().set_exception(e)
        else:
            self._wait_for(result)
        finally:
            _current_tasks.pop(self._loop, None)
            if self.done():
                _tasks.pop(self, None)

    def _make_cancelled_error(self):
        kept = self.__dict__.pop("_cancelled_exc", None)
        return kept if kept is not None else super()._make_cancelled_error()

    def _wait_for(self, result):
        step = self.__step
        blocking = getattr(result, "_asyncio_future_blocking", None)
        if blocking is not None:
            if result._loop is not self._loop:
                wrong = RuntimeError("Task %r got Future %r attached to a different loop" % (self, result))
            elif not blocking:
                wrong = RuntimeError("yield was used instead of yield from in task %r with %r" % (self, result))
            elif result is self:
                wrong = RuntimeError("Task cannot await on itself: %r" % (self,))
            else:
                result._asyncio_future_blocking = False
                result.add_done_callback(self.__wakeup, context=self._context)
                self._fut_waiter = result
                if self._must_cancel and result.cancel(msg=self._cancel_message):
                    self._must_cancel = False
                return
            self._loop.call_soon(step, wrong, context=self._context)
        elif result is None:
            self._loop.call_soon(step, context=self._context)
        else:
            self._loop.call_soon(step, RuntimeError("Task got bad yield: %r" % (result,)), context=self._context)

    def __wakeup(self, future):
        try:
            future.result()
        except BaseException as e:
            self.__step(e)
        else:
            self.__step()


Task.__module__ = "_asyncio"


def _coroutine_text(coro):
    name = getattr(coro, "__qualname__", None) or type(coro).__name__
    code = getattr(coro, "cr_code", None)
    if code is None:
        return "<%s>" % name
    frame = getattr(coro, "cr_frame", None)
    if frame is None:
        return "<%s() done, defined at %s:%s>" % (name, code.co_filename, code.co_firstlineno)
    return "<%s() running at %s:%s>" % (name, code.co_filename, frame.f_lineno or code.co_firstlineno)


def iscoroutine(obj):
    return isinstance(obj, (types.CoroutineType, collections.abc.Coroutine))


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


_is_coroutine = object()


def current_task(loop=None):
    return _current_tasks.get(get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    loop = get_running_loop() if loop is None else loop
    return {t for t in _tasks if t._loop is loop and not t.done()}


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name, context=context)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    if isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future._loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if not iscoroutine(coro_or_future):
        if not hasattr(type(coro_or_future), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _await(coro_or_future)
    return (get_event_loop() if loop is None else loop).create_task(coro_or_future)


def wrap_future(future, *, loop=None):
    if isfuture(future):
        return future
    made = (loop or get_event_loop()).create_future()
    if future.exception() is not None:
        made.set_exception(future.exception())
    else:
        made.set_result(future.result())
    return made


# ---- running

class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._factory = loop_factory
        self._debug = debug
        self._loop = None
        self._context = None
        self._closed = False

    def __enter__(self):
        self._begin()
        return self

    def __exit__(self, *exc):
        self.close()

    def _begin(self):
        if self._closed:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            self._loop = new_event_loop() if self._factory is None else self._factory()
            set_event_loop(self._loop)
            if self._debug is not None:
                self._loop.set_debug(self._debug)
            self._context = contextvars.copy_context()

    def get_loop(self):
        self._begin()
        return self._loop

    def run(self, coro, *, context=None):
        if not iscoroutine(coro):
            raise ValueError("a coroutine was expected, got {!r}".format(coro))
        if _running_loop is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._begin()
        return self._loop.run_until_complete(self._loop.create_task(coro, context=self._context if context is None else context))

    def close(self):
        if self._loop is None or self._closed:
            self._closed = True
            return
        self._closed = True
        try:
            left = all_tasks(self._loop)
            if left:
                for t in left:
                    t.cancel()
                self._loop.run_until_complete(_gather_in(self._loop, left))
                for t in left:
                    if not t.cancelled() and t.exception() is not None:
                        self._loop.call_exception_handler({"message": "unhandled exception during asyncio.run() shutdown", "exception": t.exception(), "task": t})
        finally:
            set_event_loop(None)
            self._loop.close()
            self._loop = None


def _gather_in(loop, tasks):
    async def all_done():
        await gather(*tasks, return_exceptions=True)
    return loop.create_task(all_done())


def run(main, *, debug=None):
    if _running_loop is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


`;
