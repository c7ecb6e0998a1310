// Dates, decimals, UUIDs and enums of a Python program, as the SQL types make and read them (util/host.ts: HostTypes).
//
// They are made through the program's own modules (datetime, decimal, uuid, json, pickle), so that what comes out of a
// query is what the program itself would have made.
import type { DateParts, DateTimeParts, EnumMember, HostTypes, Kind, TimeParts } from "../util/host.ts";
import { getAttr, lookupAttr } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { E, err } from "../python/runtime/exceptions.ts";
import { importModule, needsModules } from "../python/runtime/modules.ts";
import { late } from "../python/runtime/late.ts";
import { asInt, asStr, PyBytes, PyFloat, PyType, typeOf, type Value } from "../python/runtime/object.ts";
import { str } from "../python/runtime/repr.ts";

/** The kinds that classes of the standard library are, by module and name. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["datetime.datetime", "datetime"],
  ["datetime.date", "date"],
  ["datetime.time", "time"],
  ["datetime.timedelta", "timedelta"],
  ["decimal.Decimal", "decimal"],
  ["fractions.Fraction", "fraction"],
  ["uuid.UUID", "uuid"],
  ["enum.Enum", "enum"],
  ["builtins.int", "int"],
  ["builtins.bool", "bool"],
  ["builtins.float", "float"],
  ["builtins.str", "str"],
  ["builtins.bytes", "bytes"],
  ["builtins.bytearray", "bytes"],
  ["builtins.memoryview", "bytes"],
  ["builtins.list", "list"],
  ["builtins.tuple", "tuple"],
  ["builtins.dict", "dict"],
  ["builtins.set", "set"],
  ["builtins.frozenset", "frozenset"],
  ["builtins.complex", "complex"],
  ["builtins.NoneType", "none"],
]);

const known = new WeakMap<PyType, Kind>();

/** The kind of a class's instances: its own, or that of the first base that has one. */
export function classKinds(cls: PyType): Kind {
  let k = known.get(cls);
  if (k === undefined) {
    k = "other";
    // an enum with a mixed-in type is an enum first
    const enumeration = cls.mro.some((t) => t.module === "enum" && t.name === "Enum");
    if (enumeration) k = "enum";
    else
      for (const t of cls.mro) {
        const found = KINDS.get(t.name.includes(".") ? t.name : `${t.module}.${t.name}`);
        if (found) {
          k = found;
          break;
        }
      }
    known.set(cls, k);
  }
  return k;
}

export function kindByStdlib(v: Value): Kind | undefined {
  const k = classKinds(typeOf(v));
  return k === "other" ? undefined : k;
}

// a division's or an average's value is a Decimal
needsModules(/numeric|decimal|\bavg\b| \/ |truediv/i, "decimal");
needsModules(/uuid/i, "uuid");
needsModules(/json/i, "json");
needsModules(/pickle/i, "pickle");
// types that only the database knows
needsModules(/autoload|automap|reflect|get_columns/, "decimal", "json", "uuid");
function member(module: string, name: string): Value {
  return getAttr(importModule(module), name);
}

function number(v: Value, name: string): number {
  return Number(asInt(getAttr(v, name)) ?? 0);
}

function want(v: Value, kind: Kind, wanted: string): void {
  const k = typeof v === "object" && v !== null ? classKinds(typeOf(v)) : undefined;
  if (k !== kind) throw err(E.TypeError, `${wanted} expected, got ${typeOf(v).name}`);
}

/** Seconds east of UTC of an aware value; undefined for a naive one. */
function offsetOf(v: Value): number | undefined {
  const delta = call(getAttr(v, "utcoffset"), []);
  return delta === null ? undefined : Number(pythonTypes.readTimedelta(delta) / 1_000_000n);
}

function zone(offset: number | undefined): Value {
  if (offset === undefined) return null;
  const timezone = member("datetime", "timezone");
  if (offset === 0) return getAttr(timezone, "utc");
  return call(timezone, [pythonTypes.makeTimedelta(BigInt(offset) * 1_000_000n)]);
}

function timeParts(v: Value): TimeParts {
  const offset = offsetOf(v);
  return {
    hour: number(v, "hour"),
    minute: number(v, "minute"),
    second: number(v, "second"),
    microsecond: number(v, "microsecond"),
    ...(offset === undefined ? {} : { offset }),
  };
}

function dateParts(v: Value): DateParts {
  return { year: number(v, "year"), month: number(v, "month"), day: number(v, "day") };
}

export const pythonTypes: HostTypes = {
  makeFloat: (v) => new PyFloat(v),
  readFloat: (v) => {
    if (v instanceof PyFloat) return v.v;
    const i = asInt(v);
    if (i !== undefined) return Number(i);
    const f = lookupAttr(v, "__float__");
    if (f === undefined) throw err(E.TypeError, `must be real number, not ${typeOf(v).name}`);
    return (call(f, []) as PyFloat).v;
  },
  makeBytes: (v) => new PyBytes(v),
  makeBinary: (v) => call(member("builtins", "memoryview"), [v]),
  readBytes: (v) => {
    if (v instanceof PyBytes) return v.data;
    const made = call(member("builtins", "bytes"), [v]);
    return (made as PyBytes).data;
  },
  makeDecimal: (text) => call(member("decimal", "Decimal"), [text]),
  readDecimal: (v) => str(v),
  makeDate: (p) => call(member("datetime", "date"), [p.year, p.month, p.day]),
  readDate: (v) => {
    if (classKinds(typeOf(v)) !== "datetime") want(v, "date", "date");
    return dateParts(v);
  },
  makeTime: (p) =>
    call(member("datetime", "time"), [p.hour, p.minute, p.second, p.microsecond, zone(p.offset)]),
  readTime: (v) => {
    want(v, "time", "time");
    return timeParts(v);
  },
  makeDateTime: (p) =>
    call(member("datetime", "datetime"), [
      p.year,
      p.month,
      p.day,
      p.hour,
      p.minute,
      p.second,
      p.microsecond,
      zone(p.offset),
    ]),
  readDateTime: (v): DateTimeParts => {
    want(v, "datetime", "datetime");
    return { ...dateParts(v), ...timeParts(v) };
  },
  makeTimedelta: (microseconds) => {
    const day = 86_400_000_000n;
    let days = microseconds / day;
    let rest = microseconds % day;
    if (rest < 0n) {
      days -= 1n;
      rest += day;
    }
    return call(member("datetime", "timedelta"), [
      Number(days),
      Number(rest / 1_000_000n),
      Number(rest % 1_000_000n),
    ]);
  },
  readTimedelta: (v) => {
    want(v, "timedelta", "timedelta");
    return (
      (BigInt(number(v, "days")) * 86_400n + BigInt(number(v, "seconds"))) * 1_000_000n +
      BigInt(number(v, "microseconds"))
    );
  },
  makeUuid: (hex) => call(member("uuid", "UUID"), [hex]),
  readUuid: (v) => {
    want(v, "uuid", "UUID");
    return str(getAttr(v, "hex"));
  },
  readEnumMember: (v): EnumMember => ({
    name: str(getAttr(v, "name")),
    value: getAttr(v, "value"),
    enumClass: typeOf(v),
  }),
  enumMembers: (v) => {
    const members = v instanceof PyType ? lookupAttr(v, "__members__") : undefined;
    if (members === undefined) return undefined;
    return [...(late.entries(members) ?? [])].map(([name, m]) => [asStr(name)!, m] as const);
  },
  isEnumClass: (v) => v instanceof PyType && classKinds(v) === "enum",
  jsonDumps: (v) => str(call(member("json", "dumps"), [v])),
  jsonLoads: (text) => call(member("json", "loads"), [text]),
  pickleDumps: (v) => call(member("pickle", "dumps"), [v]),
  pickleLoads: (v) => call(member("pickle", "loads"), [v]),
};
