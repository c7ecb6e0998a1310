// What programs see of generators, coroutines and asynchronous generators.
import { E, excInfo, isException, raise, stopIteration, typeError } from "./exceptions.ts";
import { call0, callN } from "./call.ts";
import {
  asyncGeneratorType,
  asyncStepType,
  coroutineType,
  CoroutineWrapper,
  coroutineWrapperType,
  generatorType,
  PyAsyncGenerator,
  PyAsyncStep,
  PyCoroutine,
  type Resumable,
} from "./generator.ts";
import { address } from "./hash.ts";
import {
  iteratorMethods,
  type NativeIterator,
  nativeIteratorType,
  sequenceIteratorType,
} from "./iteration.ts";
import { fillType } from "./native-type.ts";
import type { NativeGetter, NativeMethod } from "./native.ts";
import { typeRepr } from "./type-type.ts";
import { asStr, isInstance, PyType, typeOf, type Value } from "./object.ts";

/** `throw(type)`, `throw(value)`, `throw(type, value, tb)` as one exception. */
function thrownValue(type: Value, value: Value | undefined, tb: Value | undefined): Value {
  if (tb !== undefined && tb !== null && typeOf(tb).name !== "traceback")
    raise(E.TypeError, "throw() third argument must be a traceback object");
  let e: Value;
  if (type instanceof PyType && type.isSubtypeOf(E.BaseException)) {
    // What goes wrong while the exception is made is thrown in its place.
    try {
      e =
        value === undefined || value === null
          ? call0(type)
          : isInstance(value, type)
            ? value
            : callN(type, [value]);
      if (!isException(e))
        e = typeError(
          `calling ${typeRepr(type)} should have returned an instance of BaseException, not ${typeOf(e).name}`,
        );
    } catch (x) {
      if (!isException(x)) throw x;
      e = x;
    }
  } else if (isException(type)) {
    if (value !== undefined && value !== null)
      raise(E.TypeError, "instance exception may not have a separate value");
    e = type;
  } else
    raise(
      E.TypeError,
      `exceptions must be classes or instances deriving from BaseException, not ${typeOf(type).name}`,
    );
  const i = excInfo(e);
  i.traced = false;
  if (tb !== undefined && tb !== null) i.traceback = tb;
  return e;
}

const resumeMethods: Readonly<Record<string, NativeMethod>> = {
  send: ["(self, arg, /)", (g: Resumable, v: Value) => g.send(v)],
  throw: [
    "(self, type, value=..., traceback=..., /)",
    (g: Resumable, t: Value, v: Value | undefined, tb: Value | undefined) => g.throw(thrownValue(t, v, tb)),
  ],
  close: ["(self, /)", (g: Resumable) => g.close()],
};

function repr(word: string): NativeMethod {
  return ["(self, /)", (g: Resumable) => `<${word} object ${g.qualname} at ${address(g)}>`];
}

function getters(prefix: string, awaitName: string): Record<string, NativeGetter> {
  return {
    __name__: {
      get: (g: Resumable) => g.name,
      set: (g: Resumable, v: Value) => setName(v, (s) => (g.name = s), "__name__"),
      delete: () => setName(null, () => undefined, "__name__"),
    },
    __qualname__: {
      get: (g: Resumable) => g.qualname,
      set: (g: Resumable, v: Value) => setName(v, (s) => (g.qualname = s), "__qualname__"),
      delete: () => setName(null, () => undefined, "__qualname__"),
    },
    [`${prefix}_code`]: (g: Resumable) => g.code,
    [`${prefix}_running`]: (g: Resumable) => g.running,
    [`${prefix}_suspended`]: (g: Resumable) => g.started && !g.running && !g.closed,
    [`${prefix}_frame`]: (g: Resumable) => g.frame,
    [awaitName]: () => null,
  };
}
function setName(v: Value, put: (s: string) => void, what: string): void {
  const s = asStr(v);
  if (s === undefined) raise(E.TypeError, `${what} must be set to a string object`);
  put(s);
}

fillType(generatorType, {
  methods: {
    __iter__: iteratorMethods.__iter__,
    __next__: ["(self, /)", (g: Resumable) => g.send(null)],
    __repr__: repr("generator"),
    ...resumeMethods,
  },
  getters: getters("gi", "gi_yieldfrom"),
});
fillType(coroutineType, {
  methods: {
    __await__: ["(self, /)", (c: PyCoroutine) => new CoroutineWrapper(c)],
    __repr__: repr("coroutine"),
    ...resumeMethods,
  },
  getters: { ...getters("cr", "cr_await"), cr_origin: () => null },
});
coroutineType.dict.set("__iter__", null);
coroutineType.changed();

fillType(coroutineWrapperType, {
  methods: {
    __iter__: iteratorMethods.__iter__,
    __next__: ["(self, /)", (w: CoroutineWrapper) => w.coroutine.send(null)],
    send: ["(self, arg, /)", (w: CoroutineWrapper, v: Value) => w.coroutine.send(v)],
    throw: [
      "(self, type, value=..., traceback=..., /)",
      (w: CoroutineWrapper, t: Value, v: Value | undefined, tb: Value | undefined) =>
        w.coroutine.throw(thrownValue(t, v, tb)),
    ],
    close: ["(self, /)", (w: CoroutineWrapper) => w.coroutine.close()],
  },
});

fillType(asyncGeneratorType, {
  generic: true,
  methods: {
    __aiter__: ["(self, /)", (g: PyAsyncGenerator) => g],
    __anext__: ["(self, /)", (g: PyAsyncGenerator) => new PyAsyncStep(g, "asend", null)],
    asend: ["(self, value, /)", (g: PyAsyncGenerator, v: Value) => new PyAsyncStep(g, "asend", v)],
    athrow: [
      "(self, type, value=..., traceback=..., /)",
      (g: PyAsyncGenerator, t: Value, v: Value | undefined, tb: Value | undefined) =>
        new PyAsyncStep(g, "athrow", thrownValue(t, v, tb)),
    ],
    aclose: ["(self, /)", (g: PyAsyncGenerator) => new PyAsyncStep(g, "aclose", null)],
    __repr__: repr("async_generator"),
  },
  getters: getters("ag", "ag_await"),
});
asyncGeneratorType.dict.set("__iter__", null);
asyncGeneratorType.changed();

function stepResult(s: PyAsyncStep, v: Value | undefined): Value {
  if (v !== undefined) return v;
  throw stopIteration(s.returned);
}
fillType(asyncStepType, {
  methods: {
    __await__: ["(self, /)", (s: PyAsyncStep) => s],
    __iter__: iteratorMethods.__iter__,
    __next__: ["(self, /)", (s: PyAsyncStep) => stepResult(s, s.next())],
    send: [
      "(self, arg, /)",
      (s: PyAsyncStep, v: Value) =>
        stepResult(
          s,
          s.step(() => v),
        ),
    ],
    throw: [
      "(self, type, value=..., traceback=..., /)",
      (s: PyAsyncStep, t: Value, v: Value | undefined, tb: Value | undefined) =>
        stepResult(s, s.throwIn(thrownValue(t, v, tb))),
    ],
    close: ["(self, /)", () => null],
  },
});

fillType(sequenceIteratorType, { methods: iteratorMethods });
fillType(nativeIteratorType, {
  methods: { ...iteratorMethods, close: ["(self, /)", (self: NativeIterator) => (self.close(), null)] },
});
