// The modules threading, queue, concurrent.futures and _thread: threads that run in place.
//
// There is one thread of execution. A thread runs wholly when it is started, before start() returns; an executor runs a
// call when it is submitted. What a thread slept is given back to the clock and counted when it is joined, so that threads
// that sleep side by side take as long as the longest. A lock that nobody could release, or a queue that nobody could
// fill, raises RuntimeError instead of waiting for ever.
// Behaviour otherwise: docs.python.org/3.11/library/threading.html, queue.html, concurrent.futures.html.
import { nativeFunction } from "../runtime/native-type.ts";
import type { Value } from "../runtime/object.ts";
import { currentThread, MAIN_THREAD } from "./current-thread.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "threading",
  String.raw`
import sys
import time as _time
import itertools as _itertools
from collections import deque as _deque

__all__ = ["get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX", "Event", "Lock",
           "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer", "ThreadError",
           "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs", "get_native_id"]
TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError
_names = _itertools.count(1)
_idents = _itertools.count(_MAIN + 1)


def _stuck(what):
    raise RuntimeError(what + ": threads run one after another in the playground, so nothing could end this wait")


class _Lock:
    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if self._held:
            if not blocking:
                return False
            if timeout is not None and timeout >= 0:
                _time.sleep(timeout)
                return False
            _stuck("the lock is held already")
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def __repr__(self):
        return "<%s _thread.lock object at 0x%x>" % ("locked" if self._held else "unlocked", id(self))


def Lock():
    return _Lock()


class _RLock:
    def __init__(self):
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner not in (None, me):
            if not blocking or timeout is not None and timeout >= 0:
                return False
            _stuck("the lock is held by another thread")
        self._owner = me
        self._count += 1
        return True

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None

    def locked(self):
        return self._count > 0

    def _is_owned(self):
        return self._owner == get_ident()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def __repr__(self):
        return "<%s _thread.RLock object owner=%r count=%d at 0x%x>" % ("locked" if self._count else "unlocked", self._owner or 0, self._count, id(self))


def RLock():
    return _RLock()


class Condition:
    def __init__(self, lock=None):
        self._lock = RLock() if lock is None else lock
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc):
        return self._lock.__exit__(*exc)

    def wait(self, timeout=None):
        if not self._lock.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        if timeout is not None:
            _time.sleep(timeout)
            return False
        _stuck("nobody can notify the condition")

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if not result:
            if timeout is None:
                _stuck("the condition's predicate is false")
            _time.sleep(timeout)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._lock.locked():
            raise RuntimeError("cannot notify on un-acquired lock")

    def notify_all(self):
        self.notify()

    notifyAll = notify_all


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        if self._value <= 0:
            if not blocking:
                return False
            if timeout is not None:
                _time.sleep(timeout)
                return False
            _stuck("the semaphore is at zero")
        self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        self._value += n

    def __exit__(self, *exc):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class Event:
    def __init__(self):
        self._flag = False

    def __repr__(self):
        return "<%s.%s at %#x: %s>" % (type(self).__module__, type(self).__qualname__, id(self), "set" if self._flag else "unset")

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag:
            if timeout is None:
                _stuck("nobody can set the event")
            _time.sleep(timeout)
        return self._flag


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self.parties, self._action, self.n_waiting, self.broken = parties, action, 0, False

    def wait(self, timeout=None):
        if self.broken:
            raise BrokenBarrierError
        if self.parties > 1:
            _stuck("the other parties of the barrier have not come")
        if self._action:
            self._action()
        return 0

    def reset(self):
        self.broken = False

    def abort(self):
        self.broken = True


class local:
    def __init__(self):
        object.__setattr__(self, "_values", {})

    def _mine(self):
        return object.__getattribute__(self, "_values").setdefault(get_ident(), {})

    def __getattribute__(self, name):
        if name == "__dict__":
            return local._mine(self)
        if name.startswith("__") or hasattr(type(self), name):
            return object.__getattribute__(self, name)
        try:
            return local._mine(self)[name]
        except KeyError:
            raise AttributeError("'%s' object has no attribute '%s'" % ("_thread._local" if type(self) is local else type(self).__name__, name)) from None

    def __setattr__(self, name, value):
        local._mine(self)[name] = value

    def __delattr__(self, name):
        try:
            del local._mine(self)[name]
        except KeyError:
            raise AttributeError(name) from None


class ExceptHookArgs(tuple):
    def __new__(cls, items):
        return tuple.__new__(cls, items)

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])


def excepthook(args, /):
    if args.exc_type is SystemExit or sys.stderr is None:
        return
    import traceback
    print("Exception in thread %s:" % (args.thread.name if args.thread is not None else get_ident()), file=sys.stderr, flush=True)
    traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=sys.stderr)


__excepthook__ = excepthook


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name is None:
            name = "Thread-%d" % next(_names)
            if target is not None and hasattr(target, "__name__"):
                name += " (%s)" % target.__name__
        self._name = str(name)
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._daemonic = current_thread()._daemonic if daemon is None else daemon
        self._ident = None
        self._started = self._stopped = False
        self._slept = 0.0

    def __repr__(self):
        status = "stopped" if self._stopped else "started" if self._started else "initial"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, status)

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        self._ident = next(_idents)
        self._began = _time._slept()
        _enter(self)
        try:
            self.run()
        except BaseException:
            excepthook(ExceptHookArgs([*sys.exc_info(), self]))
        finally:
            _leave()
            self._stopped = True
            self._until = _time._slept()
            _time._set_slept(self._began)

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        end = getattr(self, "_until", 0)
        if timeout is not None:
            end = min(end, _time._slept() + timeout)
        _time._set_slept(max(_time._slept(), end))

    def is_alive(self):
        return self._started and (not self._stopped or self._until > _time._slept())

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        return self._ident

    native_id = ident

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, value):
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = value

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        self._name = "MainThread"
        self._daemonic = False
        self._ident = _MAIN
        self._started = True
        self._stopped = False


_main_thread = _MainThread()
_stack = []


def _enter(thread):
    _stack.append(thread)
    _run_as(thread._ident)


def _leave():
    _stack.pop()
    _run_as(_stack[-1]._ident)


_enter(_main_thread)


def current_thread():
    return _stack[-1]


currentThread = current_thread


def main_thread():
    return _main_thread


def enumerate():
    return list(_stack)


def active_count():
    return len(_stack)


activeCount = active_count


def get_ident():
    return _stack[-1]._ident


get_native_id = get_ident


def stack_size(size=0):
    return 0


def settrace(func):
    pass


setprofile = settrace
`,
  () => ({
    _MAIN: MAIN_THREAD,
    _run_as: nativeFunction("_run_as", [
      "(ident, /)",
      (ident: Value) => void (currentThread.ident = Number(ident)),
    ]),
  }),
);

definePythonModule(
  "queue",
  String.raw`
import time as _time
from collections import deque
from heapq import heappush, heappop
from types import GenericAlias as _GenericAlias

__all__ = ["Empty", "Full", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]


class Empty(Exception):
    "Queue.get(block=False) found nothing."


class Full(Exception):
    "Queue.put(block=False) found no room."


def _stuck(what):
    raise RuntimeError(what + ": threads run one after another in the playground, so nothing could end this wait")


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.unfinished_tasks = 0
        self._init(maxsize)

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def qsize(self):
        return self._qsize()

    def empty(self):
        return not self._qsize()

    def full(self):
        return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        if self.full():
            if not block:
                raise Full
            if timeout is None:
                _stuck("the queue is full")
            if timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            _time.sleep(timeout)
            raise Full
        self._put(item)
        self.unfinished_tasks += 1

    def get(self, block=True, timeout=None):
        if not self._qsize():
            if not block:
                raise Empty
            if timeout is None:
                _stuck("the queue is empty")
            if timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            _time.sleep(timeout)
            raise Empty
        return self._get()

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def task_done(self):
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self):
        if self.unfinished_tasks:
            _stuck("tasks of the queue are unfinished")

    __class_getitem__ = classmethod(_GenericAlias)


class PriorityQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()


class SimpleQueue(Queue):
    def __init__(self):
        super().__init__()
`,
);

definePythonModule(
  "concurrent.futures",
  String.raw`
import time as _time
import itertools as _itertools
from collections import namedtuple as _namedtuple
from types import GenericAlias as _GenericAlias

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
DoneAndNotDoneFutures = _namedtuple("DoneAndNotDoneFutures", "done not_done")


class Error(Exception):
    pass


class CancelledError(Error):
    pass


class InvalidStateError(Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


TimeoutError = TimeoutError
for _c in (Error, CancelledError, InvalidStateError, BrokenExecutor):
    _c.__module__ = "concurrent.futures._base"


class Future:
    def __init__(self):
        self._state = "PENDING"
        self._result = self._exception = None
        self._done_callbacks = []
        self._until = 0.0

    def __repr__(self):
        if self._state == "FINISHED":
            what = "raised %s" % type(self._exception).__name__ if self._exception else "returned %s" % type(self._result).__name__
            return "<%s at %#x state=finished %s>" % (self.__class__.__name__, id(self), what)
        return "<%s at %#x state=%s>" % (self.__class__.__name__, id(self), self._state.lower())

    def cancel(self):
        if self._state in ("RUNNING", "FINISHED"):
            return False
        self._state = "CANCELLED"
        self._call_back()
        return True

    def cancelled(self):
        return self._state == "CANCELLED"

    def running(self):
        return self._state == "RUNNING"

    def done(self):
        return self._state in ("CANCELLED", "FINISHED")

    def _call_back(self):
        for f in self._done_callbacks:
            f(self)

    def add_done_callback(self, fn):
        if self.done():
            fn(self)
        else:
            self._done_callbacks.append(fn)

    def _wait(self, timeout):
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state != "FINISHED":
            if timeout is not None:
                _time.sleep(timeout)
                raise TimeoutError()
            raise RuntimeError("nothing could end this wait in the playground")
        if timeout is not None and self._until > _time._slept() + timeout:
            _time.sleep(timeout)
            raise TimeoutError()
        _time._set_slept(max(_time._slept(), self._until))

    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception

    def set_running_or_notify_cancel(self):
        if self._state == "CANCELLED":
            return False
        self._state = "RUNNING"
        return True

    def set_result(self, result):
        if self.done():
            raise InvalidStateError("{}: {!r}".format(self._state, self))
        self._result = result
        self._state = "FINISHED"
        self._call_back()

    def set_exception(self, exception):
        if self.done():
            raise InvalidStateError("{}: {!r}".format(self._state, self))
        self._exception = exception
        self._state = "FINISHED"
        self._call_back()

    __class_getitem__ = classmethod(_GenericAlias)


Future.__module__ = "concurrent.futures._base"


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            for f in futures:
                yield f.result(timeout)
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.shutdown(wait=True)
        return False


class ThreadPoolExecutor(Executor):
    _counter = _itertools.count()

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is None:
            max_workers = 5
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._prefix = thread_name_prefix or "ThreadPoolExecutor-%d" % next(self._counter)
        self._shutdown = False
        self._free = [0.0] * max_workers
        self._initializer, self._initargs = initializer, initargs
        self._threads = {}
        self._latest = 0.0

    def submit(self, fn, /, *args, **kwargs):
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        import threading
        future = Future()
        now = _time._slept()
        # an idle worker takes it, else a new one, else whichever is free first
        idle = [w for w in self._threads if self._free[w] <= now]
        if idle:
            worker = idle[0]
        elif len(self._threads) < self._max_workers:
            worker = len(self._threads)
        else:
            worker = min(self._threads, key=lambda w: self._free[w])
        new = worker not in self._threads
        if new:
            self._threads[worker] = threading.Thread(name="%s_%d" % (self._prefix, worker))
            self._threads[worker]._ident = next(threading._idents)
        _time._set_slept(max(now, self._free[worker]))
        threading._enter(self._threads[worker])
        try:
            if new and self._initializer is not None:
                self._initializer(*self._initargs)
            future.set_running_or_notify_cancel()
            try:
                result, failure = fn(*args, **kwargs), None
            except BaseException as e:
                result, failure = None, e
            future._until = self._free[worker] = _time._slept()
            self._latest = max(self._latest, future._until)
            if failure is not None:
                future.set_exception(failure)
            else:
                future.set_result(result)
        finally:
            threading._leave()
            _time._set_slept(now)
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
        if wait:
            _time._set_slept(max(_time._slept(), self._latest))


ThreadPoolExecutor.__module__ = "concurrent.futures.thread"


class ProcessPoolExecutor(ThreadPoolExecutor):
    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        super().__init__(max_workers, "", initializer, initargs)


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = sorted(set(fs), key=lambda f: f._until)
    if return_when == FIRST_COMPLETED:
        end = fs[0]._until if fs else 0.0
    elif return_when == FIRST_EXCEPTION:
        end = next((f._until for f in fs if f._exception is not None), fs[-1]._until if fs else 0.0)
    else:
        end = fs[-1]._until if fs else 0.0
    if timeout is not None:
        end = min(end, _time._slept() + timeout)
    _time._set_slept(max(_time._slept(), end))
    now = _time._slept()
    return DoneAndNotDoneFutures({f for f in fs if f.done() and f._until <= now}, {f for f in fs if not f.done() or f._until > now})


def as_completed(fs, timeout=None):
    fs = sorted(dict.fromkeys(fs), key=lambda f: f._until)
    end = None if timeout is None else _time._slept() + timeout
    for i, f in enumerate(fs):
        if end is not None and f._until > end:
            raise TimeoutError("%d (of %d) futures unfinished" % (len(fs) - i, len(fs)))
        _time._set_slept(max(_time._slept(), f._until))
        yield f
`,
);

definePythonModule("concurrent", "__path__ = []\n");
definePythonModule(
  "_thread",
  "from threading import Lock as allocate_lock, RLock, get_ident, stack_size\nfrom threading import local as _local\nerror = RuntimeError\nTIMEOUT_MAX = 9223372036.0\n",
);
