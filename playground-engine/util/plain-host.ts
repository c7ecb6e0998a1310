// The host of TypeScript programs: JavaScript's own values seen with Python's eyes.
//
// Numbers are int where they are integers and float otherwise (JavaScript cannot tell 1.0 from 1), Date is a datetime
// in UTC, frozen arrays are tuples, Maps and plain objects are mappings; the rest is in plain-types.ts.
// Tests and the typescript room use it; Python programs install their own (bindings/host.ts).
import type {
  DateTimeParts,
  EnumMember,
  Host,
  HostLogger,
  HostTypes,
  Kind,
  Kwargs,
  Parameter,
  Value,
} from "./host.ts";
import { Decimal, Duration, EnumType, EnumValue, pad, PlainDate, PlainTime, Uuid } from "./plain-types.ts";
import { jsonDumps, jsonLoads, pickleDumps, pickleLoads } from "./plain-json.ts";
import { compareText, reprBytes, reprString } from "./text.ts";

/** An exception of Python's that a TypeScript program sees: `name` is the class. */
export class HostError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Where warnings and log lines of a TypeScript program go; replace the functions to see them. */
export const plainOutput = {
  warn(_category: string, _message: string): void {},
  log(_logger: string, _level: number, _message: string): void {},
};

// Which built-in exceptions are which: enough of Python's tree for what the engine asks.
const ERROR_BASES: ReadonlyMap<string, string> = new Map([
  ["KeyError", "LookupError"],
  ["IndexError", "LookupError"],
  ["ModuleNotFoundError", "ImportError"],
  ["FileNotFoundError", "OSError"],
  ["NotImplementedError", "RuntimeError"],
  ["RecursionError", "RuntimeError"],
  ["OverflowError", "ArithmeticError"],
  ["ZeroDivisionError", "ArithmeticError"],
  ["UnicodeError", "ValueError"],
  ["UnicodeEncodeError", "UnicodeError"],
]);
const NOT_EXCEPTIONS: ReadonlySet<string> = new Set(["KeyboardInterrupt", "SystemExit", "GeneratorExit"]);

const KIND_NAMES: Partial<Record<Kind, string>> = {
  none: "NoneType",
  decimal: "Decimal",
  uuid: "UUID",
  mapping: "dict",
  sequence: "list",
  class: "type",
  iterator: "generator",
  other: "object",
};
const CLASS_KINDS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  [Number, "int"],
  [BigInt, "int"],
  [String, "str"],
  [Boolean, "bool"],
  [Date, "datetime"],
  [PlainDate, "date"],
  [PlainTime, "time"],
  [Duration, "timedelta"],
  [Decimal, "decimal"],
  [Uuid, "uuid"],
  [Uint8Array, "bytes"],
  [Array, "list"],
  [Map, "dict"],
  [Set, "set"],
  [Object, "dict"],
]);

function kindOf(v: Value): Kind {
  switch (typeof v) {
    case "undefined":
      return "none";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(v) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "str";
    case "function":
      return isClass(v) ? "class" : "function";
    case "symbol":
      return "other";
  }
  if (v === null) return "none";
  if (Array.isArray(v)) return Object.isFrozen(v) ? "tuple" : "list";
  if (v instanceof Map) return "dict";
  if (v instanceof Set) return Object.isFrozen(v) ? "frozenset" : "set";
  if (v instanceof Date) return "datetime";
  if (v instanceof Uint8Array) return "bytes";
  if (v instanceof PlainDate) return "date";
  if (v instanceof PlainTime) return "time";
  if (v instanceof Duration) return "timedelta";
  if (v instanceof Decimal) return "decimal";
  if (v instanceof Uuid) return "uuid";
  if (v instanceof EnumValue) return "enum";
  if (v instanceof EnumType) return "class";
  if (isPlainObject(v as object)) return "dict";
  if (typeof (v as { next?: unknown }).next === "function") return "iterator";
  return "other";
}

function isClass(fn: unknown): boolean {
  return CLASS_KINDS.has(fn) || /^class\b/.test(Function.prototype.toString.call(fn));
}

function isPlainObject(v: object): boolean {
  const proto: unknown = Object.getPrototypeOf(v);
  return proto === Object.prototype || proto === null;
}

function typeName(v: Value): string {
  const kind = kindOf(v);
  if (v instanceof Error) return v.name;
  if (v instanceof EnumValue) return v.type.name;
  if (kind === "other" && typeof v === "object" && v !== null) return nameOfClass(v.constructor);
  return KIND_NAMES[kind] ?? kind;
}

function nameOfClass(cls: unknown): string {
  return (typeof cls === "function" && cls.name) || "object";
}

function typeOf(v: Value): Value {
  if (v === null || v === undefined) return "NoneType";
  if (v instanceof EnumValue) return v.type;
  return Object(v).constructor as Value;
}

function entries(v: Value): Iterable<[Value, Value]> | undefined {
  if (v instanceof Map) return v.entries();
  if (typeof v === "object" && v !== null && !Array.isArray(v) && isPlainObject(v)) return Object.entries(v);
  return undefined;
}

function iterate(v: Value): Iterable<Value> | undefined {
  if (v instanceof Map) return v.keys();
  if (v instanceof EnumType) return v.members;
  if (typeof v !== "object" || v === null || v instanceof Uint8Array) return undefined;
  if (typeof (v as Iterable<Value>)[Symbol.iterator] === "function") return v as Iterable<Value>;
  return isPlainObject(v) ? Object.keys(v) : undefined;
}

function dateTimeParts(v: Date): DateTimeParts {
  return {
    year: v.getUTCFullYear(),
    month: v.getUTCMonth() + 1,
    day: v.getUTCDate(),
    hour: v.getUTCHours(),
    minute: v.getUTCMinutes(),
    second: v.getUTCSeconds(),
    microsecond: v.getUTCMilliseconds() * 1000,
  };
}

function repr(v: Value): string {
  if (v === null || v === undefined) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "string") return reprString(v);
  if (typeof v === "number")
    return Number.isFinite(v) ? String(v) : Number.isNaN(v) ? "nan" : v < 0 ? "-inf" : "inf";
  if (typeof v === "bigint") return String(v);
  if (typeof v === "function") return isClass(v) ? `<class '${v.name}'>` : `<function ${v.name}>`;
  if (v instanceof Uint8Array) return reprBytes(v);
  if (v instanceof Date) {
    const p = dateTimeParts(v);
    const tail = p.microsecond ? `, ${p.second}, ${p.microsecond}` : p.second ? `, ${p.second}` : "";
    return `datetime.datetime(${p.year}, ${p.month}, ${p.day}, ${p.hour}, ${p.minute}${tail})`;
  }
  if (v instanceof PlainDate) return `datetime.date(${v.year}, ${v.month}, ${v.day})`;
  if (v instanceof PlainTime)
    return `datetime.time(${v.hour}, ${v.minute}${v.second || v.microsecond ? `, ${v.second}` : ""}${v.microsecond ? `, ${v.microsecond}` : ""})`;
  if (v instanceof Decimal) return `Decimal('${v.text}')`;
  if (v instanceof Uuid) return `UUID('${v.toString()}')`;
  if (v instanceof EnumValue) return `<${v.toString()}: ${repr(v.value)}>`;
  if (v instanceof EnumType) return `<enum '${v.name}'>`;
  if (v instanceof Error) return `${v.name}(${reprString(v.message)})`;
  if (Array.isArray(v)) {
    const items = v.map(repr).join(", ");
    return Object.isFrozen(v) ? `(${items}${v.length === 1 ? "," : ""})` : `[${items}]`;
  }
  if (v instanceof Set) return v.size ? `{${[...v].map(repr).join(", ")}}` : "set()";
  const pairs = entries(v);
  if (pairs) return `{${[...pairs].map(([k, x]) => `${repr(k)}: ${repr(x)}`).join(", ")}}`;
  const own: unknown = (v as { toString?: unknown }).toString;
  if (own !== Object.prototype.toString && typeof own === "function") return String(v);
  return `<${typeName(v)} object>`;
}

function str(v: Value): string {
  if (typeof v === "string") return v;
  if (v instanceof Date) {
    const p = dateTimeParts(v);
    const fraction = p.microsecond ? "." + pad(p.microsecond, 6) : "";
    return `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)} ${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}${fraction}`;
  }
  if (v instanceof Error) return v.message;
  if (
    v instanceof Decimal ||
    v instanceof Uuid ||
    v instanceof PlainDate ||
    v instanceof PlainTime ||
    v instanceof EnumValue
  )
    return v.toString();
  return repr(v);
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;
function identity(v: object): number {
  let id = identities.get(v);
  if (!id) identities.set(v, (id = nextIdentity++));
  return id;
}

// Strings and numbers are their own keys; everything compared by value becomes a string that starts with NUL,
// which a program's own string cannot be mistaken for because it is then prefixed as well.
function key(v: Value): unknown {
  if (typeof v === "string") return v.startsWith("\0") ? "\0s" + v : v;
  if (v === true) return 1;
  if (v === false) return 0;
  if (v === undefined) return null;
  if (typeof v === "bigint") return v >= -(2n ** 53n) && v <= 2n ** 53n ? Number(v) : v;
  if (typeof v !== "object" || v === null) return v;
  if (v instanceof Date) return "\0d" + v.getTime();
  if (v instanceof Decimal) return Number.isSafeInteger(Number(v.text)) ? Number(v.text) : "\0n" + v.text;
  if (v instanceof Uuid || v instanceof PlainDate || v instanceof PlainTime || v instanceof Duration)
    return "\0v" + v.constructor.name + v.toString();
  if (v instanceof Uint8Array) return "\0b" + v.join(",");
  if (Array.isArray(v) && Object.isFrozen(v)) return "\0t" + v.map((x) => keyText(key(x))).join("\0,");
  if (!isHashable(v)) throw new HostError("TypeError", `unhashable type: '${typeName(v)}'`);
  return v;
}

function keyText(k: unknown): string {
  return typeof k === "object" && k !== null ? `o${identity(k)}` : `${typeof k}:${String(k)}`;
}

function isHashable(v: Value): boolean {
  if (typeof v !== "object" || v === null) return true;
  if (Array.isArray(v)) return Object.isFrozen(v) && v.every(isHashable);
  return !(
    v instanceof Map ||
    (v instanceof Set && !Object.isFrozen(v)) ||
    (isPlainObject(v) && !(v instanceof EnumValue))
  );
}

function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a == null || b == null) return a == null && b == null;
  const [x, y] = [iterateSequence(a), iterateSequence(b)];
  if (x && y)
    return kindOf(a) === kindOf(b) && x.length === y.length && x.every((item, i) => equal(item, y[i]));
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((item) => b.has(item));
  const [p, q] = [entries(a), entries(b)];
  if (p && q) {
    const left = new Map([...p].map(([k, v]) => [key(k), v]));
    const right = [...q];
    return (
      left.size === right.length && right.every(([k, v]) => left.has(key(k)) && equal(left.get(key(k)), v))
    );
  }
  return isHashable(a) && isHashable(b) && key(a) === key(b);
}

function iterateSequence(v: Value): readonly Value[] | undefined {
  return Array.isArray(v) ? v : undefined;
}

function compare(a: Value, b: Value): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  const [x, y] = [orderOf(a), orderOf(b)];
  if (x !== undefined && y !== undefined && typeof x === typeof y) return x < y ? -1 : x > y ? 1 : 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (!equal(a[i], b[i])) return compare(a[i], b[i]);
    return a.length - b.length;
  }
  throw new HostError(
    "TypeError",
    `'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function orderOf(v: Value): number | string | undefined {
  if (typeof v === "number") return v;
  if (typeof v === "boolean" || typeof v === "bigint") return Number(v);
  if (v instanceof Date) return v.getTime();
  if (v instanceof Decimal) return Number(v.text);
  if (v instanceof Duration) return Number(v.microseconds);
  if (v instanceof Uuid || v instanceof PlainDate || v instanceof PlainTime)
    return v.constructor.name + v.toString();
  if (v instanceof Uint8Array) return String.fromCharCode(...v);
  return undefined;
}

function isTrue(v: Value): boolean {
  if (v === null || v === undefined || v === false || v === 0 || v === 0n || v === "") return false;
  if (Array.isArray(v) || v instanceof Uint8Array) return v.length > 0;
  if (v instanceof Map || v instanceof Set) return v.size > 0;
  if (v instanceof Decimal) return Number(v.text) !== 0;
  if (v instanceof Duration) return v.microseconds !== 0n;
  return typeof v === "object" && isPlainObject(v) ? Object.keys(v).length > 0 : true;
}

function reader<T>(kinds: readonly Kind[], what: string, read: (v: Value) => T): (v: Value) => T {
  return (v) => {
    if (!kinds.includes(kindOf(v))) throw new HostError("TypeError", `${what} expected, got ${typeName(v)}`);
    return read(v);
  };
}

const types: HostTypes = {
  makeFloat: (v) => v,
  readFloat: reader(["int", "float", "bool", "decimal"], "a number", (v) =>
    Number(v instanceof Decimal ? v.text : v),
  ),
  makeBytes: (v) => v,
  makeBinary: (v) => v,
  readBytes: reader(["bytes"], "a bytes-like object", (v) => v as Uint8Array),
  makeDecimal: (text) => new Decimal(text),
  readDecimal: reader(["decimal", "int", "float"], "a Decimal", (v) => String(v)),
  makeDate: (p) => new PlainDate(p.year, p.month, p.day),
  readDate: reader(["date", "datetime"], "a date", (v) =>
    v instanceof Date ? dateTimeParts(v) : (v as PlainDate),
  ),
  makeTime: (p) => new PlainTime(p.hour, p.minute, p.second, p.microsecond),
  readTime: reader(["time"], "a time", (v) => v as PlainTime),
  makeDateTime: (p) => {
    const d = new Date(0);
    d.setUTCFullYear(p.year, p.month - 1, p.day);
    d.setUTCHours(p.hour, p.minute, p.second - (p.offset ?? 0), Math.floor(p.microsecond / 1000));
    return d;
  },
  readDateTime: reader(["datetime"], "a datetime", (v) => dateTimeParts(v as Date)),
  makeTimedelta: (us) => new Duration(us),
  readTimedelta: reader(["timedelta"], "a timedelta", (v) => (v as Duration).microseconds),
  makeUuid: (hex) => new Uuid(hex),
  readUuid: reader(["uuid"], "a UUID", (v) => (v as Uuid).hex),
  readEnumMember: reader(["enum"], "an enum member", (v) => member(v as EnumValue)),
  enumMembers: (cls) => (cls instanceof EnumType ? cls.members.map((m) => [m.name, m] as const) : undefined),
  isEnumClass: (v) => v instanceof EnumType,
  jsonDumps: (v) => jsonDumps(v, (message) => new HostError("TypeError", message)),
  jsonLoads: (text) => jsonLoads(text, (message) => new HostError("ValueError", message)),
  pickleDumps: (v) => pickleDumps(v, (message) => new HostError("TypeError", message)),
  pickleLoads: (v) => pickleLoads(v as Uint8Array),
};

function member(v: EnumValue): EnumMember {
  return { name: v.name, value: v.value, enumClass: v.type };
}

/** WARNING: what Python's root logger lets through, unless it is told otherwise. */
const LEVEL = 30;

function logger(name: string): HostLogger {
  return {
    isEnabledFor: (level) => level >= LEVEL,
    log: (level, message, args = []) => {
      let i = 0;
      plainOutput.log(
        name,
        level,
        message.replace(/%[sdr%]/g, (m) =>
          m === "%%" ? "%" : m === "%r" ? repr(args[i++]) : str(args[i++]),
        ),
      );
    },
    addDefaultHandler: () => undefined,
    emit: (level, message) => plainOutput.log(name, level, message),
  };
}

export const plainHost: Host = {
  kindOf,
  typeName,
  typeModule: (v) => (kindOf(v) === "other" && !(v instanceof Error) ? "__main__" : "builtins"),
  typeOf,
  isInstance: (v, cls) => {
    if (cls instanceof EnumType) return v instanceof EnumValue && v.type === cls;
    if (typeof cls !== "function") return false;
    return v instanceof cls || typeOf(v) === cls;
  },
  kindOfClass: (cls) => (cls instanceof EnumType ? "enum" : (CLASS_KINDS.get(cls) ?? "other")),
  repr,
  str,
  isTrue,
  same: (a, b) => Object.is(a, b),
  equal,
  compare,
  key,
  isHashable,
  add: (a, b) => {
    if (Array.isArray(a) && Array.isArray(b)) return [...(a as Value[]), ...(b as Value[])];
    return (a as number) + (b as number);
  },
  isCallable: (v) => typeof v === "function",
  call: (fn, args, kwargs?: Kwargs) => {
    if (typeof fn !== "function")
      throw new HostError("TypeError", `'${typeName(fn)}' object is not callable`);
    if (isClass(fn) && !CLASS_KINDS.has(fn)) return Reflect.construct(fn, args as Value[]) as Value;
    return (fn as (...a: Value[]) => Value)(...args, ...(kwargs?.size ? [kwargs] : []));
  },
  parameters: (fn) => {
    if (typeof fn !== "function" || CLASS_KINDS.has(fn)) return undefined;
    return Array.from({ length: fn.length }, (_, i): Parameter => ({
      name: `arg${i}`,
      kind: "positional-or-keyword",
      hasDefault: false,
    }));
  },
  nameOf: (v) => (typeof v === "function" ? v.name : v instanceof EnumType ? v.name : repr(v)),
  address: (v) => `0x${(0x7f0000000000 + identity(v) * 16).toString(16)}`,
  getAttribute: (v, name) => (v == null ? undefined : (Object(v) as Record<string, Value>)[name]),
  setAttribute: (v, name, value) => void Reflect.set(Object(v) as object, name, value),
  hasAttribute: (v, name) => v != null && name in (Object(v) as object),
  noAttribute: (v, name) =>
    plainHost.error("AttributeError", `'${plainHost.typeName(v)}' object has no attribute '${name}'`),
  getItem: (v, k) => {
    if (v instanceof Map) return v.get(k) as Value;
    return (v as Record<string, Value>)[String(k)];
  },
  iterate,
  entries,
  makeList: (items) => [...items],
  makeTuple: (items) => Object.freeze([...items]),
  makeSet: (items) => new Set(items),
  makeFrozenSet: (items) => Object.freeze(new Set(items)),
  makeDict: (pairs) => new Map(pairs),
  makeImmutableDict: (map) => map,
  makeIterator: (next) => ({
    *[Symbol.iterator](): Generator<Value> {
      for (let v = next(); v !== undefined; v = next()) yield v;
    },
    next: () => {
      const value = next();
      return { value, done: value === undefined };
    },
  }),
  types,
  error: (name, message) => new HostError(name, message),
  isError: (e, name) => {
    if (!(e instanceof Error)) return false;
    if (name === "BaseException") return true;
    if (name === "Exception") return !NOT_EXCEPTIONS.has(e.name);
    for (let at: string | undefined = e.name; at; at = ERROR_BASES.get(at)) if (at === name) return true;
    return false;
  },
  errorText: (e) => (e instanceof Error ? e.message : String(e)),
  withCause: (e, cause) => {
    if (e instanceof Error) e.cause = cause;
    return e;
  },
  warn: (category, message) => plainOutput.warn(category, message),
  logger,
  now: (utc) => {
    const d = new Date();
    return dateTimeParts(utc ? d : new Date(d.getTime() - d.getTimezoneOffset() * 60_000));
  },
  thread: () => 0,
  where: () => undefined,
};
