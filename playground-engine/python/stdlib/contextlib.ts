// The module contextlib.
// Behaviour: docs.python.org/3.11/library/contextlib.html.
import { callMethod, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { call0, callN, callVec, callWith } from "../runtime/call.ts";
import { E, excInfo, isInstanceOf, raise, toException } from "../runtime/exceptions.ts";
import { state } from "../runtime/frames.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asStr,
  type DICT,
  dictOf,
  type Kwargs,
  type Namespace,
  NotImplemented,
  type PyObject,
  PyTuple,
  type PyType,
  type TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { isSubclassCheck } from "../builtins/class-checks.ts";
import { makeAbc } from "./abc.ts";
import { hasMethods } from "./collections-abc.ts";
import { updateWrapper } from "./functools.ts";
import { makeClass, PyNativeFunction } from "./make-class.ts";
import { pythonMembers } from "./python-source.ts";
import { files } from "../builtins/io/file-system.ts";
import { pathText } from "../builtins/io/open.ts";

const module = "contextlib";

const managerClass: PyType = makeAbc({
  name: "AbstractContextManager",
  module,
  doc: "The interface of context managers.",
  hasDict: false,
  abstract: ["__exit__"],
  methods: {
    __enter__: ["(self)", (self: Value) => self],
    __exit__: ["(self, exc_type, exc_value, traceback)", () => null],
  },
  classMethods: {
    __subclasshook__: [
      "(cls, C)",
      (cls: PyType, c: PyType) =>
        cls === managerClass ? hasMethods(c, ["__enter__", "__exit__"]) : NotImplemented,
    ],
    __class_getitem__: ["(cls, item, /)", (cls: PyType, item: Value) => late.genericAlias(cls, item)],
  },
});

/** Call f within the manager that `make` gives for each call. */
function decorated(f: Value, make: () => Value): Value {
  const inner = new PyNativeFunction((args, kwargs) => {
    const m = make();
    callMethod(m, "__enter__");
    let result: Value;
    try {
      result = callWith(f, args, kwargs);
    } catch (e) {
      const x = toException(e);
      if (isTrue(callMethod(m, "__exit__", typeOf(x), x, excInfo(x).traceback))) return null;
      throw x;
    }
    callMethod(m, "__exit__", null, null, null);
    return result;
  });
  return updateWrapper(inner, f);
}

const decoratorClass = makeClass({
  name: "ContextDecorator",
  module,
  doc: "Lets a context manager decorate functions.",
  methods: {
    _recreate_cm: ["(self)", (self: Value) => self],
    __call__: [
      "(self, func)",
      (self: Value, f: Value) => decorated(f, () => callMethod(self, "_recreate_cm")),
    ],
  },
});

// generators as context managers

class PyGeneratorManager {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly func: Value;
  readonly args: readonly Value[];
  readonly kwargs: Kwargs;
  readonly gen: Value;
  constructor(func: Value, args: readonly Value[], kwargs: Kwargs) {
    this.func = func;
    this.args = args;
    this.kwargs = new Map(kwargs);
    this.gen = callWith(func, args, kwargs);
  }
}

/** Run the generator to its end; anything yielded is an error. */
function finish(gen: Value, problem: string): void {
  try {
    callMethod(gen, "__next__");
  } catch (e) {
    if (isInstanceOf(e, E.StopIteration)) return;
    throw e;
  }
  try {
    raise(E.RuntimeError, problem);
  } finally {
    callMethod(gen, "close");
  }
}

/** Throw the exception of the with block into the generator; whether it was swallowed. */
function leave(gen: Value, type: Value, given: Value, traceback: Value): boolean {
  const value = given === null ? call0(type) : given;
  try {
    callMethod(gen, "throw", value);
  } catch (e) {
    const x = toException(e);
    if (isInstanceOf(x, E.StopIteration)) return x !== value;
    if (x === value) {
      excInfo(x).traceback = traceback;
      return false;
    }
    if (
      isInstanceOf(x, E.RuntimeError) &&
      (isInstanceOf(value, E.StopIteration) || isInstanceOf(value, E.StopAsyncIteration)) &&
      excInfo(x).cause === value
    ) {
      excInfo(value).traceback = traceback;
      return false;
    }
    throw x;
  }
  try {
    raise(E.RuntimeError, "generator didn't stop after throw()");
  } finally {
    callMethod(gen, "close");
  }
}

nativeType({
  name: "_GeneratorContextManager",
  module,
  host: PyGeneratorManager,
  hasDict: true,
  methods: {
    __enter__: [
      "(self)",
      (m: PyGeneratorManager) => {
        try {
          return callMethod(m.gen, "__next__");
        } catch (e) {
          if (isInstanceOf(e, E.StopIteration)) raise(E.RuntimeError, "generator didn't yield");
          throw e;
        }
      },
    ],
    __exit__: [
      "(self, typ, value, traceback)",
      (m: PyGeneratorManager, type: Value, value: Value, traceback: Value) => {
        if (type === null) {
          finish(m.gen, "generator didn't stop");
          return false;
        }
        return leave(m.gen, type, value, traceback);
      },
    ],
    __call__: [
      "(self, func)",
      (m: PyGeneratorManager, f: Value) =>
        decorated(f, () => new PyGeneratorManager(m.func, m.args, m.kwargs)),
    ],
    _recreate_cm: ["(self)", (m: PyGeneratorManager) => new PyGeneratorManager(m.func, m.args, m.kwargs)],
  },
  getters: {
    gen: (m: PyGeneratorManager) => m.gen,
    func: (m: PyGeneratorManager) => m.func,
    args: (m: PyGeneratorManager) => new PyTuple(m.args),
    kwds: (m: PyGeneratorManager) => late.dict(new Map(m.kwargs)),
    __doc__: (m: PyGeneratorManager) => getAttrOrUndefined(m.func, "__doc__") ?? null,
  },
});

function contextmanager(func: Value): Value {
  return updateWrapper(
    new PyNativeFunction((args, kwargs) => new PyGeneratorManager(func, args, kwargs)),
    func,
  );
}

// small managers

interface Part {
  readonly name: string;
  readonly init: string;
  readonly doc: string;
  enter(self: PyObject): Value;
  exit(self: PyObject, type: Value, value: Value, traceback: Value): Value | undefined | void;
  keep(self: PyObject, ...args: Value[]): void;
  readonly bases?: readonly PyType[];
}
function manager(p: Part): PyType {
  return makeClass({
    name: p.name,
    module,
    doc: p.doc,
    bases: p.bases ?? [managerClass],
    init: [p.init, p.keep],
    methods: { __enter__: ["(self)", p.enter], __exit__: ["(self, exctype, excinst, exctb)", p.exit] },
  });
}

const own = (self: PyObject, name: string): Value => dictOf(self)!.get(name)!;
const put = (self: PyObject, name: string, v: Value): void => void dictOf(self)!.set(name, v);

const suppressClass = manager({
  name: "suppress",
  doc: "Swallows some exceptions of its block.",
  init: "(self, *exceptions)",
  keep: (self, exceptions) => put(self, "_exceptions", new PyTuple(exceptions as unknown as Value[])),
  enter: () => null,
  exit: (self, type) => type !== null && isSubclassCheck(type, own(self, "_exceptions")),
});

const closingClass = manager({
  name: "closing",
  doc: "Calls close() at the end of its block.",
  init: "(self, thing)",
  keep: (self, thing) => put(self, "thing", thing),
  enter: (self) => own(self, "thing"),
  exit: (self) => void callMethod(own(self, "thing"), "close"),
});

const nullcontextClass = makeClass({
  name: "nullcontext",
  module,
  doc: "Does nothing.",
  bases: [managerClass],
  init: ["(self, enter_result=None)", (self: PyObject, r: Value) => put(self, "enter_result", r)],
  methods: {
    __enter__: ["(self)", (self: PyObject) => own(self, "enter_result")],
    __exit__: ["(self, *excinfo)", () => undefined],
    __aenter__: ["(self)", (self: PyObject) => callN(asyncPart("_ready"), [own(self, "enter_result")])],
    __aexit__: ["(self, *excinfo)", () => callN(asyncPart("_ready"), [null])],
  },
});

const redirect = (name: string, stream: string): PyType =>
  manager({
    name,
    doc: `Makes sys.${stream} another file for its block.`,
    init: "(self, new_target)",
    keep: (self, target) => {
      put(self, "_new_target", target);
      put(self, "_stack", new PyTuple([]));
    },
    enter: (self) => {
      const sys = importModule("sys");
      put(self, "_stack", new PyTuple([...(own(self, "_stack") as PyTuple).items, getAttr(sys, stream)]));
      setAttr(sys, stream, own(self, "_new_target"));
      return own(self, "_new_target");
    },
    exit: (self) => {
      const stack = (own(self, "_stack") as PyTuple).items;
      setAttr(importModule("sys"), stream, stack.at(-1)!);
      put(self, "_stack", new PyTuple(stack.slice(0, -1)));
    },
  });

const chdirClass = manager({
  name: "chdir",
  doc: "Changes the working directory for its block.",
  init: "(self, path)",
  keep: (self, path) => {
    put(self, "path", path);
    put(self, "_old_cwd", new PyTuple([]));
  },
  enter: (self) => {
    put(self, "_old_cwd", new PyTuple([...(own(self, "_old_cwd") as PyTuple).items, files.system.cwd]));
    callN(getAttr(importModule("os"), "chdir"), [pathText(own(self, "path"))]);
    return null;
  },
  exit: (self) => {
    const stack = (own(self, "_old_cwd") as PyTuple).items;
    callN(getAttr(importModule("os"), "chdir"), [stack.at(-1)]);
    put(self, "_old_cwd", new PyTuple(stack.slice(0, -1)));
  },
});

// ExitStack

type ExitCall = (type: Value, value: Value, traceback: Value) => Value | undefined;

/** A stack of what is to be done at the end. */
class Callbacks {
  list: ExitCall[] = [];
}
const stacks = new WeakMap<object, Callbacks>();
const stackOf = (self: PyObject): Callbacks => {
  let s = stacks.get(self);
  if (!s) stacks.set(self, (s = new Callbacks()));
  return s;
};

function enterContext(self: PyObject, cm: Value): Value {
  const t = typeOf(cm);
  const enter = t.lookup("__enter__");
  const exit = t.lookup("__exit__");
  if (enter === undefined || exit === undefined) {
    const label = `${asStr(getAttr(t, "__module__")) ?? t.module}.${t.qualname}`;
    raise(E.TypeError, `'${label}' object does not support the context manager protocol`);
  }
  const result = callMethod(cm, "__enter__");
  stackOf(self).list.push((type, value, traceback) => callMethod(cm, "__exit__", type, value, traceback));
  return result;
}

/** Run the callbacks, last one first; whether the exception of the block was swallowed. */
function unwind(self: PyObject, given: Value): boolean {
  const received = given !== null;
  const frameException = state.exc;
  let pending: Value = given;
  let raised = false;
  let suppressed = false;
  const s = stackOf(self);
  while (s.list.length > 0) {
    const call = s.list.pop()!;
    try {
      const r =
        pending === null
          ? call(null, null, null)
          : call(typeOf(pending), pending, excInfo(pending).traceback);
      if (r !== undefined && isTrue(r)) {
        suppressed = true;
        raised = false;
        pending = null;
      }
    } catch (e) {
      const x = toException(e);
      // The new exception happened while the pending one was handled.
      let at = x;
      for (;;) {
        const info = excInfo(at);
        const { context } = info;
        // one that was raised and has none was told to have none
        if (context === pending || (context === null && info.linked)) break;
        if (context === null || context === frameException) {
          if (at !== pending) info.context = pending;
          break;
        }
        at = context;
      }
      raised = true;
      pending = x;
    }
  }
  if (raised) throw pending;
  return received && suppressed;
}

const exitStackClass: PyType = makeClass({
  name: "ExitStack",
  module,
  doc: "A context manager made of others, entered one by one.",
  bases: [managerClass],
  init: ["(self)", () => undefined],
  methods: {
    __enter__: ["(self)", (self: PyObject) => self],
    __exit__: [
      "(self, *exc_details)",
      (self: PyObject, details: readonly Value[]) => unwind(self, details[1] ?? null),
    ],
    enter_context: ["(self, cm)", enterContext, "Enter a context manager; it is left at the end."],
    push: [
      "(self, exit)",
      (self: PyObject, exit: Value) => {
        if (typeOf(exit).lookup("__exit__") !== undefined)
          stackOf(self).list.push((type, value, traceback) =>
            callMethod(exit, "__exit__", type, value, traceback),
          );
        else stackOf(self).list.push((type, value, traceback) => callN(exit, [type, value, traceback]));
        return exit;
      },
      "Have something called with the exception at the end.",
    ],
    callback: [
      "(self, callback, /, *args, **kwds)",
      (self: PyObject, f: Value, args: readonly Value[], kwargs: Kwargs) => {
        stackOf(self).list.push(() => {
          callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]);
          return null;
        });
        return f;
      },
      "Have a function called at the end.",
    ],
    pop_all: [
      "(self)",
      (self: PyObject) => {
        const made = call0(typeOf(self)) as PyObject;
        stackOf(made).list = stackOf(self).list;
        stackOf(self).list = [];
        return made;
      },
      "Move all callbacks to a new stack.",
    ],
    close: ["(self)", (self: PyObject) => void unwind(self, null), "Run the callbacks now."],
  },
});

// The asynchronous half, in Python: its methods are coroutines.
const ASYNC = `
import sys
from abc import ABC, abstractmethod
from functools import wraps
from types import MethodType

async def _ready(value):
    return value

class AbstractAsyncContextManager(ABC):
    async def __aenter__(self):
        return self
    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None
    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractAsyncContextManager:
            names = ("__aenter__", "__aexit__")
            found = [next((B.__dict__[n] for B in C.__mro__ if n in B.__dict__), None) for n in names]
            return True if None not in found else NotImplemented
        return NotImplemented

class AsyncContextDecorator:
    def _recreate_cm(self):
        return self
    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return inner

class _AsyncGeneratorContextManager(AbstractAsyncContextManager, AsyncContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        self.__doc__ = getattr(func, "__doc__", None) or type(self).__doc__
    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)
    async def __aenter__(self):
        del self.args, self.kwds, self.func
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None
    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as exc:
            return exc is not value
        except RuntimeError as exc:
            if exc is value:
                exc.__traceback__ = traceback
                return False
            if isinstance(value, (StopIteration, StopAsyncIteration)) and exc.__cause__ is value:
                value.__traceback__ = traceback
                return False
            raise
        except BaseException as exc:
            if exc is not value:
                raise
            exc.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after athrow()")

def asynccontextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper

class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing
    async def __aenter__(self):
        return self.thing
    async def __aexit__(self, *exc_info):
        await self.thing.aclose()

class AsyncExitStack(AbstractAsyncContextManager):
    def __init__(self):
        self._calls = []
    def pop_all(self):
        new = type(self)()
        new._calls, self._calls = self._calls, []
        return new
    def push(self, exit):
        method = getattr(type(exit), "__exit__", None)
        self._calls.append((True, exit if method is None else MethodType(method, exit)))
        return exit
    def enter_context(self, cm):
        cls = type(cm)
        try:
            enter, leave = cls.__enter__, cls.__exit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol") from None
        result = enter(cm)
        self._calls.append((True, MethodType(leave, cm)))
        return result
    def callback(self, callback, /, *args, **kwds):
        def run(exc_type, exc, tb):
            callback(*args, **kwds)
        self._calls.append((True, run))
        return callback
    async def enter_async_context(self, cm):
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the asynchronous context manager protocol") from None
        result = await enter(cm)
        self._calls.append((False, MethodType(leave, cm)))
        return result
    def push_async_exit(self, exit):
        method = getattr(type(exit), "__aexit__", None)
        self._calls.append((False, exit if method is None else MethodType(method, exit)))
        return exit
    def push_async_callback(self, callback, /, *args, **kwds):
        async def run(exc_type, exc, tb):
            await callback(*args, **kwds)
        self._calls.append((False, run))
        return callback
    async def aclose(self):
        await self.__aexit__(None, None, None)
    async def __aenter__(self):
        return self
    async def __aexit__(self, *details):
        received = details[0] is not None
        outer = sys.exc_info()[1]
        pending, raised, swallowed = details[1], False, False
        while self._calls:
            is_sync, call = self._calls.pop()
            info = (None, None, None) if pending is None else (type(pending), pending, pending.__traceback__)
            try:
                result = call(*info) if is_sync else await call(*info)
                if result:
                    swallowed, raised, pending = True, False, None
            except BaseException as new:
                at = new
                while at.__context__ is not None and at.__context__ is not outer and at.__context__ is not pending:
                    at = at.__context__
                if at.__context__ is not None and at.__context__ is not pending:
                    at.__context__ = pending
                raised, pending = True, new
        if raised:
            context = pending.__context__
            try:
                raise pending
            except BaseException:
                pending.__context__ = context
                raise
        return received and swallowed
`;
const asyncMembers = pythonMembers(module, ASYNC, [
  "AbstractAsyncContextManager",
  "AsyncContextDecorator",
  "asynccontextmanager",
  "aclosing",
  "AsyncExitStack",
  "_AsyncGeneratorContextManager",
  "_ready",
]);
const asyncPart = (name: string): Value => asyncMembers[name]!();

defineModule("contextlib", () => ({
  name: "contextlib",
  doc: "Tools for with statements.",
  functions: {
    contextmanager: [
      "(func)",
      contextmanager,
      "Decorator: a context manager made of a generator with one yield.",
    ],
  },
  members: {
    AbstractContextManager: managerClass,
    ContextDecorator: decoratorClass,
    ExitStack: exitStackClass,
    closing: closingClass,
    nullcontext: nullcontextClass,
    suppress: suppressClass,
    redirect_stdout: redirect("redirect_stdout", "stdout"),
    redirect_stderr: redirect("redirect_stderr", "stderr"),
    redirect_stdin: redirect("redirect_stdin", "stdin"),
    chdir: chdirClass,
    ...asyncMembers,
  },
}));
