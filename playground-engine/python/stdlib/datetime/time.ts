// time of day. Behaviour: docs.python.org/3.11/library/datetime.html#time-objects.
import { callMethod } from "../../runtime/attributes.ts";
import { call } from "../../runtime/call.ts";
import { E, raise } from "../../runtime/exceptions.ts";
import { hash } from "../../runtime/hash.ts";
import { nativeType } from "../../runtime/native-type.ts";
import { method, type NativeMethod } from "../../runtime/native.ts";
import { asStr, NotImplemented, PyTuple, type PyType, typeOf, type Value } from "../../runtime/object.ts";
import { repr, str } from "../../runtime/repr.ts";
import { formatDate, shown } from "./date.ts";
import { readTime } from "./iso.ts";
import { UTC } from "./timedelta.ts";
import { checkZone, deltaOrNone, dstOf, offsetOf, zoneName } from "./tzinfo.ts";
import { as, checkTime, int, offsetText, pad, PyDate, PyTime, PyTimedelta, PyTimezone } from "./values.ts";

const SPECS = new Set(["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"]);

/** "10:05:00.000123" by a timespec. */
export function clockText(
  t: { hour: number; minute: number; second: number; micro: number },
  spec: Value = "auto",
): string {
  const s = asStr(spec) ?? "auto";
  if (!SPECS.has(s)) raise(E.ValueError, "Unknown timespec value");
  const kind = s === "auto" ? (t.micro ? "microseconds" : "seconds") : s;
  let out = pad(t.hour);
  if (kind !== "hours") out += `:${pad(t.minute)}`;
  if (kind !== "hours" && kind !== "minutes") out += `:${pad(t.second)}`;
  if (kind === "milliseconds") out += `.${pad(Math.floor(t.micro / 1000), 3)}`;
  if (kind === "microseconds") out += `.${pad(t.micro, 6)}`;
  return out;
}

/** The zone of an offset read from text, and of a name where one was read too. */
export function zoneOf(offset: number | null, name: string | null = null): Value {
  return offset === null ? null : offset === 0 && name === null ? UTC : new PyTimezone(offset, name);
}

export function clockRepr(t: {
  hour: number;
  minute: number;
  second: number;
  micro: number;
  tzinfo: Value;
  fold: number;
}): string {
  return `${t.second || t.micro ? `, ${t.second}` : ""}${t.micro ? `, ${t.micro}` : ""}${t.fold ? `, fold=${t.fold}` : ""}${t.tzinfo === null ? "" : `, tzinfo=${repr(t.tzinfo)}`}`;
}

function micros(t: PyTime): bigint {
  return BigInt(t.hour * 3600 + t.minute * 60 + t.second) * 1_000_000n + BigInt(t.micro);
}

const comparing = (fn: (a: bigint, b: bigint) => boolean, kind: "eq" | "ne" | "order"): NativeMethod =>
  method("(self, value, /)", (a: PyTime, b: Value) => {
    if (!(b instanceof PyTime)) return NotImplemented;
    if (a.tzinfo === b.tzinfo) return fn(micros(a), micros(b));
    const [x, y] = [offsetOf(a.tzinfo, null), offsetOf(b.tzinfo, null)];
    if ((x === null) !== (y === null)) {
      if (kind === "order") raise(E.TypeError, "can't compare offset-naive and offset-aware times");
      return kind === "ne";
    }
    return fn(micros(a) - (x ?? 0n), micros(b) - (y ?? 0n));
  });

export const timeType: PyType = nativeType({
  name: "time",
  module: "datetime",
  dotted: true,
  host: PyTime,
  new: method(
    "(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
    (cls: PyType, h: Value, m: Value, s: Value, us: Value, tz: Value, f: Value) => {
      const [hour, minute, second, micro, fold] = [int(h), int(m), int(s), int(us), int(f)];
      checkTime(hour, minute, second, micro, fold);
      return as(new PyTime(hour, minute, second, micro, checkZone(tz), fold), cls, timeType);
    },
  ),
  classMethods: {
    fromisoformat: method("(cls, time_string, /)", (cls: PyType, text: Value) => {
      const s = asStr(text);
      if (s === undefined) raise(E.TypeError, "fromisoformat: argument must be str");
      const t = readTime(s);
      if (!t) raise(E.ValueError, `Invalid isoformat string: ${repr(s)}`);
      return call(cls, [t.hour, t.minute, t.second, t.micro, zoneOf(t.offset)]);
    }),
  },
  getters: {
    hour: ((t: PyTime) => t.hour) as (self: never) => Value,
    minute: ((t: PyTime) => t.minute) as (self: never) => Value,
    second: ((t: PyTime) => t.second) as (self: never) => Value,
    microsecond: ((t: PyTime) => t.micro) as (self: never) => Value,
    tzinfo: ((t: PyTime) => t.tzinfo) as (self: never) => Value,
    fold: ((t: PyTime) => t.fold) as (self: never) => Value,
  },
  methods: {
    replace: method(
      "(self, hour=..., minute=..., second=..., microsecond=..., tzinfo=..., *, fold=...)",
      (t: PyTime, h: Value, m: Value, s: Value, us: Value, tz: Value, fold: Value) =>
        call(
          typeOf(t),
          [h ?? t.hour, m ?? t.minute, s ?? t.second, us ?? t.micro, tz === undefined ? t.tzinfo : tz],
          new Map([["fold", fold ?? t.fold]]),
        ),
    ),
    isoformat: method("(self, timespec='auto')", (t: PyTime, spec: Value) => {
      const offset = offsetOf(t.tzinfo, null);
      return clockText(t, spec) + (offset === null ? "" : offsetText(offset));
    }),
    strftime: method("(self, format, /)", (t: PyTime, f: string) => {
      const offset = offsetOf(t.tzinfo, null);
      const zone = zoneName(t.tzinfo, null);
      return formatDate(new PyDate(1900, 1, 1), f, {
        hour: t.hour,
        minute: t.minute,
        second: t.second,
        micro: t.micro,
        zone: zone === null ? "" : str(zone),
        offset: offset === null ? "" : offsetText(offset, ""),
      });
    }),
    utcoffset: method("(self, /)", (t: PyTime) => deltaOrNone(offsetOf(t.tzinfo, null))),
    tzname: method("(self, /)", (t: PyTime) => zoneName(t.tzinfo, null)),
    dst: method("(self, /)", (t: PyTime) => deltaOrNone(dstOf(t.tzinfo, null))),
    __format__: method("(self, format_spec, /)", (t: Value, spec: string) =>
      spec === "" ? str(t) : callMethod(t, "strftime", spec),
    ),
    __str__: method("(self, /)", (t: Value) => callMethod(t, "isoformat")),
    __repr__: method(
      "(self, /)",
      (t: PyTime) => `${shown(t, timeType)}(${t.hour}, ${t.minute}${clockRepr(t)})`,
    ),
    __hash__: method("(self, /)", (t: PyTime) => hash(Number(micros(t) - (offsetOf(t.tzinfo, null) ?? 0n)))),
    __eq__: comparing((a, b) => a === b, "eq"),
    __ne__: comparing((a, b) => a !== b, "ne"),
    __lt__: comparing((a, b) => a < b, "order"),
    __le__: comparing((a, b) => a <= b, "order"),
    __gt__: comparing((a, b) => a > b, "order"),
    __ge__: comparing((a, b) => a >= b, "order"),
    __reduce__: method(
      "(self, /)",
      (t: PyTime) => new PyTuple([typeOf(t), new PyTuple([t.hour, t.minute, t.second, t.micro, t.tzinfo])]),
    ),
  },
});
timeType.setAttr("min", new PyTime());
timeType.setAttr("max", new PyTime(23, 59, 59, 999_999));
timeType.setAttr("resolution", new PyTimedelta(0, 0, 1));
