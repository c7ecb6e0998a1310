// datetime. Behaviour: docs.python.org/3.11/library/datetime.html#datetime-objects.
import { callMethod } from "../../runtime/attributes.ts";
import { call } from "../../runtime/call.ts";
import { E, raise } from "../../runtime/exceptions.ts";
import { hash } from "../../runtime/hash.ts";
import { nativeType } from "../../runtime/native-type.ts";
import { method, type NativeMethod } from "../../runtime/native.ts";
import {
  asStr,
  NotImplemented,
  PyFloat,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { repr, str } from "../../runtime/repr.ts";
import { roundHalfEven } from "../../builtins/float-text.ts";
import { now } from "../clock.ts";
import { FormatMismatch, parse, type Parsed } from "../time-text.ts";
import {
  ctime,
  dateType,
  formatDate,
  iso,
  localParts,
  seconds,
  shortName,
  shown,
  timeTuple,
} from "./date.ts";
import { readDateTime } from "./iso.ts";
import { clockRepr, clockText, timeType, zoneOf } from "./time.ts";
import { UTC } from "./timedelta.ts";
import { checkZone, deltaOrNone, dstOf, offsetOf, zoneName } from "./tzinfo.ts";
import {
  as,
  checkDate,
  checkTime,
  fromMicros,
  fromOrdinal,
  fromWallMicros,
  int,
  isoYearStart,
  offsetText,
  PyDate,
  PyDateTime,
  PyTime,
  PyTimedelta,
  PyTimezone,
  toOrdinal,
  totalMicros,
  wallMicros,
} from "./values.ts";

const EPOCH = BigInt(toOrdinal(1970, 1, 1)) * 86_400_000_000n;

/** An instance of a class from its native value. */
function make(cls: PyType, d: PyDateTime): Value {
  if (cls === datetimeType) return d;
  return call(
    cls,
    [d.year, d.month, d.day, d.hour, d.minute, d.second, d.micro, d.tzinfo],
    new Map([["fold", d.fold]]),
  );
}

const offset = (d: PyDateTime): bigint | null => offsetOf(d.tzinfo, d);

/** Microseconds since 1970, UTC. A naive value is local time. */
function utcMicros(d: PyDateTime): bigint {
  const o = offset(d);
  if (o !== null) return wallMicros(d) - o - EPOCH;
  const local = new Date(d.year, d.month - 1, d.day, d.hour, d.minute, d.second);
  if (d.year < 100) local.setFullYear(d.year);
  return BigInt(local.getTime()) * 1000n + BigInt(d.micro);
}

function fromSeconds(cls: PyType, t: number, zone: Value): Value {
  if (Number.isNaN(t)) raise(E.ValueError, "cannot convert float NaN to integer");
  if (!Number.isFinite(t)) raise(E.OverflowError, "cannot convert float infinity to integer");
  if (Math.abs(t) >= 2 ** 63) raise(E.OverflowError, "timestamp out of range for platform time_t");
  let whole = Math.floor(t);
  let micro = roundHalfEven((t - whole) * 1e6);
  if (micro >= 1_000_000) {
    whole++;
    micro -= 1_000_000;
  }
  if (zone === null) {
    const [y, mo, d, h, mi, s] = localParts(whole);
    if (y < 1 || y > 9999) raise(E.ValueError, `year ${y} is out of range`);
    return make(cls, new PyDateTime(y, mo, d, h, mi, s, micro));
  }
  const utc = fromWallMicros(EPOCH + BigInt(whole) * 1_000_000n + BigInt(micro), zone);
  return make(cls, callMethod(zone, "fromutc", utc) as PyDateTime);
}

const comparing = (fn: (a: bigint, b: bigint) => boolean, kind: "eq" | "ne" | "order"): NativeMethod =>
  method("(self, value, /)", (a: PyDateTime, b: Value) => {
    if (!(b instanceof PyDateTime)) {
      if (b instanceof PyDate && kind === "order")
        raise(E.TypeError, `can't compare ${shortName(a)} to ${shortName(b)}`);
      return NotImplemented;
    }
    if (a.tzinfo === b.tzinfo) return fn(wallMicros(a), wallMicros(b));
    const [x, y] = [offset(a), offset(b)];
    if ((x === null) !== (y === null)) {
      if (kind === "order") raise(E.TypeError, "can't compare offset-naive and offset-aware datetimes");
      return kind === "ne";
    }
    // A time that one of the zones has twice, or not at all, equals none of another zone (PEP 495).
    const odd = (d: PyDateTime, o: bigint | null): boolean => offset(unfolded(d, 1 - d.fold)) !== o;
    if (kind !== "order" && (odd(a, x) || odd(b, y))) return kind === "ne";
    return fn(wallMicros(a) - (x ?? 0n), wallMicros(b) - (y ?? 0n));
  });

/** The same wall clock with another fold. */
function unfolded(d: PyDateTime, fold: number): PyDateTime {
  if (d.fold === fold) return d;
  return new PyDateTime(d.year, d.month, d.day, d.hour, d.minute, d.second, d.micro, d.tzinfo, fold);
}

function plus(d: PyDateTime, us: bigint): Value {
  return make(typeOf(d), fromWallMicros(wallMicros(d) + us, d.tzinfo));
}

function zoneText(d: PyDateTime): string {
  const name = zoneName(d.tzinfo, d);
  return name === null ? "" : str(name);
}

/** Offset of the local clock at a moment, in microseconds. */
function localZone(utc: bigint): Value {
  const at = new Date(Number(utc / 1000n));
  const minutes = -at.getTimezoneOffset();
  return minutes === 0 ? new PyTimezone(0, "UTC") : new PyTimezone(minutes * 60_000_000, null);
}

/** The day that strptime read: by month and day, day of the year, or week and weekday. @throws FormatMismatch */
function dayOf(p: Parsed): [number, number, number] {
  const year = p.year ?? 1900;
  if (p.isoYear !== undefined) {
    if (p.yearDay !== undefined)
      throw new FormatMismatch(
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      );
    if (p.isoWeek === undefined || p.weekday === undefined) {
      throw new FormatMismatch(
        "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
      );
    }
    return fromOrdinal(isoYearStart(p.isoYear) + (p.isoWeek - 1) * 7 + p.weekday);
  }
  if (p.isoWeek !== undefined) {
    if (p.year === undefined || p.weekday === undefined) {
      throw new FormatMismatch(
        "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').",
      );
    }
    throw new FormatMismatch(
      "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    );
  }
  if (p.yearDay !== undefined && p.month === undefined)
    return fromOrdinal(toOrdinal(year, 1, 1) + p.yearDay - 1);
  if (p.week !== undefined && p.weekday !== undefined && p.month === undefined) {
    // Weeks begin on Monday or Sunday; days before the first such day are in week 0.
    const first = (toOrdinal(year, 1, 1) + 6) % 7;
    const [start, wanted] = p.weekStart === 6 ? [(first + 1) % 7, (p.weekday + 1) % 7] : [first, p.weekday];
    const days = p.week === 0 ? wanted - start : ((7 - start) % 7) + 7 * (p.week - 1) + wanted;
    return fromOrdinal(toOrdinal(year, 1, 1) + days);
  }
  return [year, p.month ?? 1, p.day ?? 1];
}

/** tm_isdst: -1 where nobody knows. */
function summerTime(d: PyDateTime): number {
  const dst = dstOf(d.tzinfo, d);
  return dst === null ? -1 : dst === 0n ? 0 : 1;
}

export const datetimeType: PyType = nativeType({
  name: "datetime",
  module: "datetime",
  dotted: true,
  bases: [dateType],
  host: PyDateTime,
  new: method(
    "(cls, year, month=..., day=..., hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
    (
      cls: PyType,
      y: Value,
      mo: Value,
      d: Value,
      h: Value,
      mi: Value,
      s: Value,
      us: Value,
      tz: Value,
      f: Value,
    ) => {
      if (mo === undefined) raise(E.TypeError, "function missing required argument 'month' (pos 2)");
      if (d === undefined) raise(E.TypeError, "function missing required argument 'day' (pos 3)");
      const [year, month, day, hour, minute, second, micro, fold] = [
        int(y),
        int(mo),
        int(d),
        int(h),
        int(mi),
        int(s),
        int(us),
        int(f),
      ];
      checkDate(year, month, day);
      checkTime(hour, minute, second, micro, fold);
      return as(
        new PyDateTime(year, month, day, hour, minute, second, micro, checkZone(tz), fold),
        cls,
        datetimeType,
      );
    },
  ),
  classMethods: {
    now: method("(cls, tz=None)", (cls: PyType, tz: Value) => fromSeconds(cls, now(), checkZone(tz))),
    today: method("(cls, /)", (cls: PyType) => fromSeconds(cls, now(), null)),
    utcnow: method("(cls, /)", (cls: PyType) => {
      const d = fromSeconds(datetimeType, now(), UTC) as PyDateTime;
      return make(cls, new PyDateTime(d.year, d.month, d.day, d.hour, d.minute, d.second, d.micro));
    }),
    fromtimestamp: method("(cls, timestamp, tz=None)", (cls: PyType, t: Value, tz: Value) =>
      fromSeconds(cls, seconds(t), checkZone(tz)),
    ),
    utcfromtimestamp: method("(cls, timestamp, /)", (cls: PyType, t: Value) => {
      const d = fromSeconds(datetimeType, seconds(t), UTC) as PyDateTime;
      return make(cls, new PyDateTime(d.year, d.month, d.day, d.hour, d.minute, d.second, d.micro));
    }),
    combine: method("(cls, date, time, tzinfo=...)", (cls: PyType, d: PyDate, t: PyTime, tz: Value) => {
      if (!(d instanceof PyDate))
        raise(E.TypeError, `combine() argument 1 must be datetime.date, not ${typeOf(d).name}`);
      if (!(t instanceof PyTime))
        raise(E.TypeError, `combine() argument 2 must be datetime.time, not ${typeOf(t).name}`);
      return make(
        cls,
        new PyDateTime(
          d.year,
          d.month,
          d.day,
          t.hour,
          t.minute,
          t.second,
          t.micro,
          tz === undefined ? t.tzinfo : checkZone(tz),
          t.fold,
        ),
      );
    }),
    fromisoformat: method("(cls, date_string, /)", (cls: PyType, text: Value) => {
      const s = asStr(text);
      if (s === undefined) raise(E.TypeError, "fromisoformat: argument must be str");
      const r = readDateTime(s);
      if (!r) raise(E.ValueError, `Invalid isoformat string: ${repr(s)}`);
      const t = r.time;
      return call(cls, [
        r.date.year,
        r.date.month,
        r.date.day,
        t?.hour ?? 0,
        t?.minute ?? 0,
        t?.second ?? 0,
        t?.micro ?? 0,
        zoneOf(t?.offset ?? null),
      ]);
    }),
    strptime: method("(cls, date_string, format, /)", (cls: PyType, text: Value, format: Value) => {
      try {
        const [given, by] = [asStr(text), asStr(format)];
        if (given === undefined)
          raise(E.TypeError, `strptime() argument 1 must be str, not ${typeOf(text).name}`);
        if (by === undefined)
          raise(E.TypeError, `strptime() argument 2 must be str, not ${typeOf(format).name}`);
        const p = parse(given, by);
        const [year, month, day] = dayOf(p);
        const tz = p.offset === undefined ? null : zoneOf(Math.round(p.offset * 1e6), p.zone);
        return call(cls, [
          year,
          month,
          day,
          p.hour ?? 0,
          p.minute ?? 0,
          p.second ?? 0,
          p.microsecond ?? 0,
          tz,
        ]);
      } catch (e) {
        if (e instanceof FormatMismatch) raise(E.ValueError, e.message);
        throw e;
      }
    }),
  },
  getters: {
    hour: ((d: PyDateTime) => d.hour) as (self: never) => Value,
    minute: ((d: PyDateTime) => d.minute) as (self: never) => Value,
    second: ((d: PyDateTime) => d.second) as (self: never) => Value,
    microsecond: ((d: PyDateTime) => d.micro) as (self: never) => Value,
    tzinfo: ((d: PyDateTime) => d.tzinfo) as (self: never) => Value,
    fold: ((d: PyDateTime) => d.fold) as (self: never) => Value,
  },
  methods: {
    date: method("(self, /)", (d: PyDateTime) => new PyDate(d.year, d.month, d.day)),
    time: method(
      "(self, /)",
      (d: PyDateTime) => new PyTime(d.hour, d.minute, d.second, d.micro, null, d.fold),
    ),
    timetz: method(
      "(self, /)",
      (d: PyDateTime) => new PyTime(d.hour, d.minute, d.second, d.micro, d.tzinfo, d.fold),
    ),
    replace: method(
      "(self, year=..., month=..., day=..., hour=..., minute=..., second=..., microsecond=..., tzinfo=..., *, fold=...)",
      (
        d: PyDateTime,
        y: Value,
        mo: Value,
        da: Value,
        h: Value,
        mi: Value,
        s: Value,
        us: Value,
        tz: Value,
        fold: Value,
      ) =>
        call(
          typeOf(d),
          [
            y ?? d.year,
            mo ?? d.month,
            da ?? d.day,
            h ?? d.hour,
            mi ?? d.minute,
            s ?? d.second,
            us ?? d.micro,
            tz === undefined ? d.tzinfo : tz,
          ],
          new Map([["fold", fold ?? d.fold]]),
        ),
    ),
    astimezone: method("(self, tz=None)", (d: PyDateTime, tz: Value) => {
      const utc = utcMicros(d);
      const zone = tz === null ? localZone(utc) : checkZone(tz);
      if (zone === d.tzinfo) return d;
      return make(typeOf(d), callMethod(zone, "fromutc", fromWallMicros(EPOCH + utc, zone)) as PyDateTime);
    }),
    timetuple: method("(self, /)", (d: PyDateTime) =>
      timeTuple(d, d.hour, d.minute, d.second, summerTime(d)),
    ),
    utctimetuple: method("(self, /)", (d: PyDateTime) => {
      const u = fromWallMicros(wallMicros(d) - (offset(d) ?? 0n), null);
      return timeTuple(u, u.hour, u.minute, u.second, 0);
    }),
    timestamp: method("(self, /)", (d: PyDateTime) => new PyFloat(Number(utcMicros(d)) / 1e6)),
    utcoffset: method("(self, /)", (d: PyDateTime) => deltaOrNone(offset(d))),
    tzname: method("(self, /)", (d: PyDateTime) => zoneName(d.tzinfo, d)),
    dst: method("(self, /)", (d: PyDateTime) => deltaOrNone(dstOf(d.tzinfo, d))),
    isoformat: method("(self, sep='T', timespec='auto')", (d: PyDateTime, sep: Value, spec: Value) => {
      const o = offset(d);
      const mark = asStr(sep);
      if (mark === undefined || Array.from(mark).length !== 1)
        raise(E.TypeError, `isoformat() argument 1 must be a unicode character, not ${typeOf(sep).name}`);
      return `${iso(d)}${mark}${clockText(d, spec)}${o === null ? "" : offsetText(o)}`;
    }),
    ctime: method("(self, /)", (d: PyDateTime) => ctime(d, d.hour, d.minute, d.second)),
    strftime: method("(self, format, /)", (d: PyDateTime, f: string) => {
      const o = offset(d);
      return formatDate(d, f, {
        hour: d.hour,
        minute: d.minute,
        second: d.second,
        micro: d.micro,
        zone: zoneText(d),
        offset: o === null ? "" : offsetText(o, ""),
      });
    }),
    __str__: method("(self, /)", (d: Value) => callMethod(d, "isoformat", " ")),
    __repr__: method(
      "(self, /)",
      (d: PyDateTime) =>
        `${shown(d, datetimeType)}(${d.year}, ${d.month}, ${d.day}, ${d.hour}, ${d.minute}${clockRepr(d)})`,
    ),
    __hash__: method("(self, /)", (d: PyDateTime) => hash(wallMicros(d) - (offset(unfolded(d, 0)) ?? 0n))),
    __eq__: comparing((a, b) => a === b, "eq"),
    __ne__: comparing((a, b) => a !== b, "ne"),
    __lt__: comparing((a, b) => a < b, "order"),
    __le__: comparing((a, b) => a <= b, "order"),
    __gt__: comparing((a, b) => a > b, "order"),
    __ge__: comparing((a, b) => a >= b, "order"),
    __add__: method("(self, value, /)", (d: PyDateTime, v: Value) =>
      v instanceof PyTimedelta ? plus(d, totalMicros(v)) : NotImplemented,
    ),
    __radd__: method("(self, value, /)", (d: PyDateTime, v: Value) =>
      v instanceof PyTimedelta ? plus(d, totalMicros(v)) : NotImplemented,
    ),
    __sub__: method("(self, value, /)", (d: PyDateTime, v: Value) => {
      if (v instanceof PyTimedelta) return plus(d, -totalMicros(v));
      if (!(v instanceof PyDateTime)) return NotImplemented;
      if (d.tzinfo === v.tzinfo) return fromMicros(wallMicros(d) - wallMicros(v));
      const [x, y] = [offset(d), offset(v)];
      if ((x === null) !== (y === null))
        raise(E.TypeError, "can't subtract offset-naive and offset-aware datetimes");
      return fromMicros(wallMicros(d) - (x ?? 0n) - wallMicros(v) + (y ?? 0n));
    }),
    __reduce__: method(
      "(self, /)",
      (d: PyDateTime) =>
        new PyTuple([
          typeOf(d),
          new PyTuple([d.year, d.month, d.day, d.hour, d.minute, d.second, d.micro, d.tzinfo]),
        ]),
    ),
  },
});
datetimeType.setAttr("min", new PyDateTime(1, 1, 1));
datetimeType.setAttr("max", new PyDateTime(9999, 12, 31, 23, 59, 59, 999_999));
datetimeType.setAttr("resolution", new PyTimedelta(0, 0, 1));

export { timeType };
