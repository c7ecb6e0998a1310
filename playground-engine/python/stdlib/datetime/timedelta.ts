// timedelta and timezone. Behaviour: docs.python.org/3.11/library/datetime.html#timedelta-objects.
import { E, err, raise } from "../../runtime/exceptions.ts";
import { nativeType } from "../../runtime/native-type.ts";
import { method, type NativeMethod } from "../../runtime/native.ts";
import {
  asInt,
  NotImplemented,
  PyFloat,
  PyTuple,
  type PyType,
  TYPE,
  type Value,
  typeOf,
} from "../../runtime/object.ts";
import { hashInt } from "../../builtins/hashing.ts";
import { roundHalfEven } from "../../builtins/float-text.ts";
import { exactRatio } from "../../builtins/float-type.ts";
import { callMethod } from "../../runtime/attributes.ts";
import { toArray } from "../../runtime/iteration.ts";
import { repr } from "../../runtime/repr.ts";
import {
  as,
  fromMicros,
  offsetText,
  pad,
  PyDateTime,
  PyTimedelta,
  PyTimezone,
  totalMicros,
} from "./values.ts";
import { tzinfoType } from "./tzinfo.ts";

/** n units of so many microseconds each: exact for ints, rounded half to even for floats. */
function part(v: Value, unit: bigint, name: string): { whole: bigint; rest: number } {
  const i = asInt(v);
  if (i !== undefined) return { whole: BigInt(i) * unit, rest: 0 };
  if (!(v instanceof PyFloat))
    raise(E.TypeError, `unsupported type for timedelta ${name} component: ${typeOf(v).name}`);
  if (Number.isNaN(v.v)) raise(E.ValueError, "cannot convert float NaN to integer");
  if (!Number.isFinite(v.v)) raise(E.OverflowError, "cannot convert float infinity to integer");
  const whole = Math.trunc(v.v);
  return { whole: BigInt(whole) * unit, rest: (v.v - whole) * Number(unit) };
}

function divRound(a: bigint, b: bigint): bigint {
  if (b < 0n) return divRound(-a, -b);
  let q = a / b;
  let r = a % b;
  if (r < 0n) {
    q -= 1n;
    r += b;
  }
  const twice = r * 2n;
  return twice > b || (twice === b && q % 2n !== 0n) ? q + 1n : q;
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

const bin = (fn: (a: PyTimedelta, b: Value) => Value): NativeMethod =>
  method("(self, value, /)", fn as never);
const both = (fn: (a: bigint, b: bigint) => Value): NativeMethod =>
  bin((a, b) => (b instanceof PyTimedelta ? fn(totalMicros(a), totalMicros(b)) : NotImplemented));
const zero = (): never => raise(E.ZeroDivisionError, "integer division or modulo by zero");

/** The ratio that a float is; one of a program's class may say another. */
function ratioOf(v: PyFloat): [bigint, bigint] {
  if (!v[TYPE].heap) return exactRatio(v.v);
  const [n, d] = toArray(callMethod(v, "as_integer_ratio")).map((i) => BigInt(asInt(i)!)) as [bigint, bigint];
  if (d === 0n) zero();
  return [n, d];
}

function times(a: PyTimedelta, b: Value): Value {
  const i = asInt(b);
  if (i !== undefined) return fromMicros(totalMicros(a) * BigInt(i));
  if (!(b instanceof PyFloat)) return NotImplemented;
  const [n, d] = ratioOf(b);
  return fromMicros(divRound(totalMicros(a) * n, d));
}

export const timedeltaType: PyType = nativeType({
  name: "timedelta",
  module: "datetime",
  dotted: true,
  host: PyTimedelta,
  new: method(
    "(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)",
    (cls: PyType, ...v: Value[]) => {
      const units: [string, bigint][] = [
        ["days", 86_400_000_000n],
        ["seconds", 1_000_000n],
        ["microseconds", 1n],
        ["milliseconds", 1000n],
        ["minutes", 60_000_000n],
        ["hours", 3_600_000_000n],
        ["weeks", 604_800_000_000n],
      ];
      let whole = 0n;
      let rest = 0;
      units.forEach(([name, unit], i) => {
        const p = part(v[i]!, unit, name);
        whole += p.whole;
        rest += p.rest;
      });
      // Half a microsecond goes to the even side of the whole.
      const odd = whole % 2n === 0n ? 0 : 1;
      const over =
        Math.abs(rest - Math.trunc(rest)) === 0.5
          ? 2 * roundHalfEven((rest + odd) * 0.5) - odd
          : roundHalfEven(rest);
      return as(fromMicros(whole + BigInt(over)), cls, timedeltaType);
    },
  ),
  getters: {
    days: ((d: PyTimedelta) => d.days) as (self: never) => Value,
    seconds: ((d: PyTimedelta) => d.seconds) as (self: never) => Value,
    microseconds: ((d: PyTimedelta) => d.micros) as (self: never) => Value,
  },
  methods: {
    total_seconds: method("(self, /)", (d: PyTimedelta) => new PyFloat(Number(totalMicros(d)) / 1e6)),
    __add__: both((a, b) => fromMicros(a + b)),
    __radd__: both((a, b) => fromMicros(a + b)),
    __sub__: both((a, b) => fromMicros(a - b)),
    __rsub__: both((a, b) => fromMicros(b - a)),
    __mul__: bin(times),
    __rmul__: bin(times),
    __floordiv__: bin((a, b) => {
      if (b instanceof PyTimedelta)
        return totalMicros(b) === 0n ? zero() : Number(floorDiv(totalMicros(a), totalMicros(b)));
      const i = asInt(b);
      if (i === undefined) return NotImplemented;
      return BigInt(i) === 0n ? zero() : fromMicros(floorDiv(totalMicros(a), BigInt(i)));
    }),
    __truediv__: bin((a, b) => {
      if (b instanceof PyTimedelta) {
        if (totalMicros(b) === 0n) raise(E.ZeroDivisionError, "division by zero");
        return new PyFloat(Number(totalMicros(a)) / Number(totalMicros(b)));
      }
      const i = asInt(b);
      if (i !== undefined) {
        if (BigInt(i) === 0n) zero();
        return fromMicros(divRound(totalMicros(a), BigInt(i)));
      }
      if (!(b instanceof PyFloat)) return NotImplemented;
      if (b.v === 0) zero();
      const [n, d] = ratioOf(b);
      return fromMicros(divRound(totalMicros(a) * d, n));
    }),
    __mod__: bin((a, b) => {
      if (!(b instanceof PyTimedelta)) return NotImplemented;
      const m = totalMicros(b);
      if (m === 0n) raise(E.ZeroDivisionError, "integer modulo by zero");
      return fromMicros(totalMicros(a) - floorDiv(totalMicros(a), m) * m);
    }),
    __divmod__: bin((a, b) => {
      if (!(b instanceof PyTimedelta)) return NotImplemented;
      const m = totalMicros(b);
      if (m === 0n) zero();
      const q = floorDiv(totalMicros(a), m);
      return new PyTuple([Number(q), fromMicros(totalMicros(a) - q * m)]);
    }),
    __neg__: method("(self, /)", (d: PyTimedelta) => fromMicros(-totalMicros(d))),
    __pos__: method("(self, /)", (d: PyTimedelta) => d),
    __abs__: method("(self, /)", (d: PyTimedelta) => (d.days < 0 ? fromMicros(-totalMicros(d)) : d)),
    __bool__: method("(self, /)", (d: PyTimedelta) => totalMicros(d) !== 0n),
    __eq__: both((a, b) => a === b),
    __ne__: both((a, b) => a !== b),
    __lt__: both((a, b) => a < b),
    __le__: both((a, b) => a <= b),
    __gt__: both((a, b) => a > b),
    __ge__: both((a, b) => a >= b),
    __hash__: method("(self, /)", (d: PyTimedelta) => hashInt(totalMicros(d))),
    __repr__: method("(self, /)", (d: PyTimedelta) => {
      const parts = [
        d.days ? `days=${d.days}` : "",
        d.seconds ? `seconds=${d.seconds}` : "",
        d.micros ? `microseconds=${d.micros}` : "",
      ].filter(Boolean);
      const t = (d as { [TYPE]: PyType })[TYPE];
      return `${t === timedeltaType ? "datetime.timedelta" : t.qualname}(${parts.join(", ") || "0"})`;
    }),
    __str__: method("(self, /)", (d: PyTimedelta) => {
      const time = `${Math.floor(d.seconds / 3600)}:${pad(Math.floor((d.seconds % 3600) / 60))}:${pad(d.seconds % 60)}${d.micros ? `.${pad(d.micros, 6)}` : ""}`;
      return d.days ? `${d.days} day${Math.abs(d.days) === 1 ? "" : "s"}, ${time}` : time;
    }),
    __reduce__: method(
      "(self, /)",
      (d: PyTimedelta) => new PyTuple([typeOf(d), new PyTuple([d.days, d.seconds, d.micros])]),
    ),
  },
});
timedeltaType.setAttr("min", new PyTimedelta(-999_999_999, 0, 0));
timedeltaType.setAttr("max", new PyTimedelta(999_999_999, 86_399, 999_999));
timedeltaType.setAttr("resolution", new PyTimedelta(0, 0, 1));

function needMoment(name: string, dt: Value): void {
  if (dt !== null && !(dt instanceof PyDateTime))
    raise(E.TypeError, `${name}(dt) argument must be a datetime instance or None, not ${typeOf(dt).name}`);
}

export const timezoneType: PyType = nativeType({
  name: "timezone",
  module: "datetime",
  dotted: true,
  bases: [tzinfoType],
  host: PyTimezone,
  final: true,
  new: method("(cls, offset, name=...)", (_cls: PyType, offset: Value, name: Value) => {
    if (!(offset instanceof PyTimedelta))
      throw err(E.TypeError, `timezone() argument 1 must be datetime.timedelta, not ${typeOf(offset).name}`);
    if (name !== undefined && typeof name !== "string")
      throw err(E.TypeError, `timezone() argument 2 must be str, not ${typeOf(name).name}`);
    const us = totalMicros(offset);
    const day = 86_400_000_000n;
    if (us <= -day || us >= day)
      raise(
        E.ValueError,
        `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${repr(offset)}.`,
      );
    return us === 0n && name === undefined
      ? UTC
      : new PyTimezone(Number(us), (name as string | undefined) ?? null);
  }),
  methods: {
    utcoffset: method("(self, dt, /)", (z: PyTimezone, dt: Value) => {
      needMoment("utcoffset", dt);
      return fromMicros(BigInt(z.offset));
    }),
    tzname: method("(self, dt, /)", (z: PyTimezone, dt: Value) => {
      needMoment("tzname", dt);
      return zoneName(z);
    }),
    dst: method("(self, dt, /)", (_z: PyTimezone, dt: Value) => {
      needMoment("dst", dt);
      return null;
    }),
    __eq__: method("(self, value, /)", (a: PyTimezone, b: Value) =>
      b instanceof PyTimezone ? a.offset === b.offset : NotImplemented,
    ),
    __hash__: method("(self, /)", (z: PyTimezone) => hashInt(z.offset)),
    __str__: method("(self, /)", (z: PyTimezone) => zoneName(z)),
    __repr__: method("(self, /)", (z: PyTimezone) => {
      if (z === UTC) return "datetime.timezone.utc";
      return `datetime.timezone(${repr(fromMicros(BigInt(z.offset)))}${z.name === null ? "" : `, ${repr(z.name)}`})`;
    }),
    __getinitargs__: method(
      "(self, /)",
      (z: PyTimezone) => new PyTuple([fromMicros(BigInt(z.offset)), ...(z.name === null ? [] : [z.name])]),
    ),
  },
});

export const UTC = new PyTimezone(0, null);
timezoneType.setAttr("utc", UTC);
timezoneType.setAttr("min", new PyTimezone(-86_340_000_000, null));
timezoneType.setAttr("max", new PyTimezone(86_340_000_000, null));

function zoneName(z: PyTimezone): string {
  if (z.name !== null) return z.name;
  return z.offset === 0 ? "UTC" : `UTC${offsetText(BigInt(z.offset))}`;
}
