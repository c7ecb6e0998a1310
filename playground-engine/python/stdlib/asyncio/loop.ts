// The event loop: callbacks, timers, the clock.
// Python source: a part of the module asyncio, which ../asyncio.ts puts together.
export const LOOP = String.raw`import sys
import time
import types
import heapq
import contextvars
import collections
import collections.abc
import functools
from types import GenericAlias as _GenericAlias

__path__ = []
FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


class CancelledError(BaseException):
    """The future or task was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class BrokenBarrierError(RuntimeError):
    """The barrier was broken."""


class IncompleteReadError(EOFError):
    pass


class QueueEmpty(Exception):
    """Queue.get_nowait() found nothing."""


class QueueFull(Exception):
    """Queue.put_nowait() found no room."""


for _c in (CancelledError, InvalidStateError, BrokenBarrierError, IncompleteReadError):
    _c.__module__ = "asyncio.exceptions"
QueueEmpty.__module__ = QueueFull.__module__ = "asyncio.queues"

# ---- the loop

_running_loop = None
_tasks = {}
_current_tasks = {}


class Handle:
    _scheduled = False

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop.call_exception_handler({"message": "Exception in callback %r" % (self._callback,), "exception": e, "handle": self})


class TimerHandle(Handle):
    _scheduled = True

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when

    def when(self):
        return self._when


class AbstractEventLoop:
    pass


class BaseEventLoop(AbstractEventLoop):
    def __init__(self):
        self._ready = collections.deque()
        self._timers = []
        self._count = 0
        self._turns = 0
        self._closed = False
        self._stopping = False
        self._debug = False
        self._exception_handler = None
        self._task_factory = None
        self._failed = []

    def __repr__(self):
        return "<_UnixSelectorEventLoop running=%s closed=%s debug=%s>" % (self.is_running(), self._closed, self._debug)

    def time(self):
        return 1000 + time._slept() + self._turns * 1e-6

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        handle = TimerHandle(when, callback, args, self, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        return handle

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_closed()
        if self._task_factory is not None:
            task = self._task_factory(self, coro) if context is None else self._task_factory(self, coro, context=context)
            if name is not None and hasattr(task, "set_name"):
                task.set_name(name)
            return task
        return Task(coro, loop=self, name=name, context=context)

    def set_task_factory(self, factory):
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if _running_loop is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_once(self):
        while self._timers and self._timers[0][2]._cancelled:
            heapq.heappop(self._timers)
        if not self._ready and not self._stopping:
            if not self._timers:
                raise RuntimeError("the event loop waits for something that can never happen: nothing is left to run")
            wait = self._timers[0][0] - self.time()
            if wait > 0:
                time.sleep(wait)
        self._turns += 1
        end = self.time()
        while self._timers and self._timers[0][0] <= end:
            handle = heapq.heappop(self._timers)[2]
            if not handle._cancelled:
                self._ready.append(handle)
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()

    def run_forever(self):
        global _running_loop
        self._check_closed()
        self._check_running()
        _running_loop = self
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            _running_loop = None

    def run_until_complete(self, future):
        self._check_closed()
        self._check_running()
        new = not isfuture(future)
        future = ensure_future(future, loop=self)
        stop = lambda f: self.stop()
        future.add_done_callback(stop)
        try:
            self.run_forever()
        except BaseException:
            if new and future.done() and not future.cancelled():
                future.exception()
            raise
        finally:
            future.remove_done_callback(stop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        self._stopping = True

    def is_running(self):
        return _running_loop is self

    def is_closed(self):
        return self._closed

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._timers.clear()
        self._report_failed()

    def _report_failed(self):
        for f in self._failed:
            if f._log_traceback:
                f._log_traceback = False
                self.call_exception_handler({"message": "%s exception was never retrieved" % type(f).__name__, "exception": f._exception, "future": f})
        self._failed.clear()

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self):
        pass

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        future = self.create_future()
        began = time._slept()
        result = failure = None
        try:
            result = func(*args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            failure = e
        took = time._slept() - began
        time._set_slept(began)

        def arrive():
            if not future.cancelled():
                if failure is not None:
                    future.set_exception(failure)
                else:
                    future.set_result(result)
        self.call_later(took, arrive)
        return future

    def set_default_executor(self, executor):
        pass

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError("A callable object or None is expected, got %r" % (handler,))
        self._exception_handler = handler

    def get_exception_handler(self):
        return self._exception_handler

    def default_exception_handler(self, context):
        import logging
        message = context.get("message") or "Unhandled exception in event loop"
        e = context.get("exception")
        lines = [message]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append("%s: %r" % (key, context[key]))
        logging.getLogger("asyncio").error("\n".join(lines), exc_info=(type(e), e, e.__traceback__) if e is not None else False)

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            self.default_exception_handler(context)
        else:
            self._exception_handler(self, context)

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def add_signal_handler(self, sig, callback, *args):
        pass

    def remove_signal_handler(self, sig):
        return False

    slow_callback_duration = 0.1


class SelectorEventLoop(BaseEventLoop):
    pass


class DefaultEventLoopPolicy:
    def __init__(self):
        self._loop = None
        self._set = False

    def get_event_loop(self):
        if self._loop is None and not self._set:
            self.set_event_loop(self.new_event_loop())
        if self._loop is None:
            raise RuntimeError("There is no current event loop in thread %r." % "MainThread")
        return self._loop

    def set_event_loop(self, loop):
        self._set = True
        self._loop = loop

    def new_event_loop(self):
        return SelectorEventLoop()


AbstractEventLoopPolicy = DefaultEventLoopPolicy
_policy = DefaultEventLoopPolicy()


def get_event_loop_policy():
    return _policy


def set_event_loop_policy(policy):
    global _policy
    _policy = DefaultEventLoopPolicy() if policy is None else policy


def get_event_loop():
    return _running_loop if _running_loop is not None else _policy.get_event_loop()


def set_event_loop(loop):
    _policy.set_event_loop(loop)


def new_event_loop():
    return _policy.new_event_loop()


def get_running_loop():
    if _running_loop is None:
        raise RuntimeError("no running event loop")
    return _running_loop


def _get_running_loop():
    return _running_loop


`;
