// io's base classes: what a program's own file class inherits when it defines read, write or readline itself.
import { callMethod } from "../../runtime/attributes.ts";
import { E, err, type PyException, raise, stopIteration } from "../../runtime/exceptions.ts";
import { bareType } from "../../runtime/base-types.ts";
import { iter } from "../../runtime/iteration.ts";
import { nativeType } from "../../runtime/native-type.ts";
import type { NativeMethod } from "../../runtime/native.ts";
import { asInt, PyBytes, PyList, dictOf, type PyType, type Value } from "../../runtime/object.ts";
import { PyByteArray } from "../buffer.ts";
import { length } from "../../runtime/truth.ts";

/** io.UnsupportedOperation */
export const unsupportedOperationType: PyType = bareType(
  "UnsupportedOperation",
  [E.OSError, E.ValueError],
  "io",
);
unsupportedOperationType.hasDict = true;

const MESSAGES: Readonly<Record<string, string>> = {
  read: "not readable",
  write: "not writable",
  seek: "underlying stream is not seekable",
  truncate: "truncate",
};

export function unsupported(operation: string): PyException {
  return err(unsupportedOperationType, MESSAGES[operation] ?? operation);
}

const refuse = (name: string): NativeMethod => [
  "(self, /, *args, **kwargs)",
  () => {
    throw err(unsupportedOperationType, name);
  },
];

function isClosed(self: Value): boolean {
  return dictOf(self)?.get("__IOBase_closed") === true;
}

export const ioBaseType = nativeType({
  name: "_IOBase",
  module: "_io",
  dotted: true,
  doc: "The base of all files.",
  hasDict: true,
  methods: {
    __iter__: ["(self, /)", (self: Value) => self],
    __next__: [
      "(self, /)",
      (self: Value) => {
        const l = callMethod(self, "readline");
        if (length(l) === 0) throw stopIteration();
        return l;
      },
    ],
    __enter__: [
      "(self, /)",
      (self: Value) => {
        if (isClosed(self)) raise(E.ValueError, "I/O operation on closed file.");
        return self;
      },
    ],
    __exit__: ["(self, *args)", (self: Value) => void callMethod(self, "close")],
    close: [
      "(self, /)",
      (self: Value) => {
        if (isClosed(self)) return;
        callMethod(self, "flush");
        dictOf(self)?.set("__IOBase_closed", true);
      },
    ],
    flush: ["(self, /)", () => undefined],
    readable: ["(self, /)", () => false],
    writable: ["(self, /)", () => false],
    seekable: ["(self, /)", () => false],
    isatty: ["(self, /)", () => false],
    fileno: refuse("fileno"),
    seek: refuse("seek"),
    tell: ["(self, /)", (self: Value) => callMethod(self, "seek", 0, 1)],
    truncate: refuse("truncate"),
    readlines: [
      "(self, hint=-1, /)",
      (self: Value) => {
        const out: Value[] = [];
        const it = iter(self);
        for (let l = it.next(); l !== undefined; l = it.next()) out.push(l);
        return new PyList(out);
      },
    ],
    writelines: [
      "(self, lines, /)",
      (self: Value, lines: Value) => {
        const it = iter(lines);
        for (let l = it.next(); l !== undefined; l = it.next()) callMethod(self, "write", l);
      },
    ],
  },
  getters: { closed: isClosed },
});

const derived = (name: string, methods: Record<string, NativeMethod>): PyType =>
  nativeType({ name, module: "_io", dotted: true, bases: [ioBaseType], hasDict: true, methods });
export const rawIOBaseType = derived("_RawIOBase", {
  read: [
    "(self, size=-1, /)",
    (self: Value, size: Value) => {
      const n = Number(asInt(size) ?? -1);
      if (n < 0) return callMethod(self, "readall");
      const room = new PyByteArray(new Uint8Array(n));
      const got = callMethod(self, "readinto", room);
      return got === null ? null : new PyBytes(room.data.slice(0, Number(got)));
    },
    "Some bytes, by readinto().",
  ],
  readall: [
    "(self, /)",
    (self: Value) => {
      const parts: number[] = [];
      for (;;) {
        const part = callMethod(self, "read", 8192);
        if (!(part instanceof PyBytes) || part.data.length === 0) break;
        parts.push(...part.data);
      }
      return new PyBytes(Uint8Array.from(parts));
    },
    "All bytes up to the end, by read().",
  ],
  readinto: refuse("readinto"),
  write: refuse("write"),
});
export const bufferedIOBaseType = derived("_BufferedIOBase", {
  read: refuse("read"),
  write: refuse("write"),
  detach: refuse("detach"),
});
export const textIOBaseType = derived("_TextIOBase", {
  read: refuse("read"),
  write: refuse("write"),
  readline: refuse("readline"),
  detach: refuse("detach"),
});
