// date. Behaviour: docs.python.org/3.11/library/datetime.html#date-objects.
import { getAttr as attr } from "../../runtime/attributes.ts";
import { call } from "../../runtime/call.ts";
import { E, raise } from "../../runtime/exceptions.ts";
import { hash } from "../../runtime/hash.ts";
import { fillType, nativeType } from "../../runtime/native-type.ts";
import { method, type NativeMethod } from "../../runtime/native.ts";
import {
  asStr,
  NotImplemented,
  PyFloat,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { repr } from "../../runtime/repr.ts";
import { tupleType } from "../../builtins/list-type.ts";
import { structSequence } from "../struct-sequence.ts";
import { now } from "../clock.ts";
import { DAYS, format, MONTHS } from "../time-text.ts";
import { readDate } from "./iso.ts";
import {
  as,
  checkDate,
  fromOrdinal,
  int,
  isoCalendar,
  isoYearStart,
  pad,
  PyDate,
  PyDateTime,
  PyTimedelta,
  toOrdinal,
  weekday,
  yearDay,
  MAXYEAR,
  MINYEAR,
} from "./values.ts";

const isoCalendarDate = structSequence("datetime", "IsoCalendarDate", ["year", "week", "weekday"]);
// a pickled one is a tuple, as CPython's is: its class has no name in the module
fillType(isoCalendarDate.type, {
  methods: {
    __reduce__: ["(self, /)", (d: PyTuple) => new PyTuple([tupleType, new PyTuple([new PyTuple(d.items)])])],
  },
});
const structTime = structSequence(
  "time",
  "struct_time",
  ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"],
  ["tm_zone", "tm_gmtoff"],
);

export function timeTuple(d: PyDate, hour: number, minute: number, second: number, dst: number): Value {
  return structTime.make([
    d.year,
    d.month,
    d.day,
    hour,
    minute,
    second,
    weekday(d),
    yearDay(d),
    dst,
    null,
    null,
  ]);
}

/** An instance of a class from its native value: the class itself makes it where a program wrote it. */
function make(cls: PyType, d: PyDate): Value {
  return cls === dateType ? d : call(cls, [d.year, d.month, d.day]);
}

/** Local date and time of seconds since 1970. */
export function localParts(seconds: number): [number, number, number, number, number, number] {
  const d = new Date(Math.floor(seconds) * 1000);
  return [d.getFullYear(), d.getMonth() + 1, d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds()];
}

export function seconds(v: Value): number {
  if (v instanceof PyFloat) return v.v;
  return int(v);
}

function ordinal(d: PyDate): number {
  return toOrdinal(d.year, d.month, d.day);
}

function shifted(d: PyDate, days: number): PyDate {
  const n = ordinal(d) + days;
  if (n < 1 || n > 3_652_059) raise(E.OverflowError, "date value out of range");
  return new PyDate(...fromOrdinal(n));
}

const plainDate = (v: Value): v is PyDate => v instanceof PyDate && !(v instanceof PyDateTime);
const comparing = (fn: (a: number, b: number) => boolean, name: "eq" | "ne" | "order"): NativeMethod =>
  method("(self, value, /)", (a: PyDate, b: Value) => {
    if (plainDate(b)) return fn(ordinal(a), ordinal(b));
    if (b instanceof PyDateTime && name === "order")
      raise(E.TypeError, `can't compare ${shortName(b)} to ${shortName(a)}`);
    return NotImplemented;
  });

export function shortName(v: Value): string {
  const t = typeOf(v);
  return t.name;
}

const PARTS = ["year", "month", "day"] as const;

/** Year, month and day given by position or name. @throws TypeError */
function dateArguments(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): [number, number, number] {
  const given = args.length + kwargs.size;
  if (given > 3) raise(E.TypeError, `function takes at most 3 arguments (${given} given)`);
  for (const k of kwargs.keys()) {
    const at = (PARTS as readonly string[]).indexOf(k);
    if (at < 0) raise(E.TypeError, `'${k}' is an invalid keyword argument for this function`);
    if (at < args.length)
      raise(E.TypeError, `argument for function given by name ('${k}') and position (${at + 1})`);
  }
  return PARTS.map((name, i) => {
    const v = args[i] ?? kwargs.get(name);
    if (v === undefined) raise(E.TypeError, `function missing required argument '${name}' (pos ${i + 1})`);
    return int(v);
  }) as [number, number, number];
}

export const dateType: PyType = nativeType({
  name: "date",
  module: "datetime",
  dotted: true,
  host: PyDate,
  new: method(
    "(cls, /, *args, **kwargs)",
    (cls: PyType, args: readonly Value[], kwargs: ReadonlyMap<string, Value>) => {
      const [year, month, day] = dateArguments(args, kwargs);
      checkDate(year, month, day);
      return as(new PyDate(year, month, day), cls, dateType);
    },
  ),
  classMethods: {
    today: method("(cls, /)", (cls: PyType) => call(cls, localParts(now()).slice(0, 3))),
    fromtimestamp: method("(cls, timestamp, /)", (cls: PyType, t: Value) => {
      const at = seconds(t);
      if (Math.abs(at) >= 2 ** 63) raise(E.OverflowError, "timestamp out of range for platform time_t");
      const [y, m, d] = localParts(at);
      if (y! < MINYEAR || y! > MAXYEAR) raise(E.ValueError, `year ${y} is out of range`);
      return call(cls, [y, m, d]);
    }),
    fromordinal: method("(cls, ordinal, /)", (cls: PyType, n: Value) => {
      const o = int(n);
      if (o < 1) raise(E.ValueError, "ordinal must be >= 1");
      const [y, m, d] = fromOrdinal(o);
      if (y > MAXYEAR) raise(E.ValueError, `year ${y} is out of range`);
      return call(cls, [y, m, d]);
    }),
    fromisoformat: method("(cls, date_string, /)", (cls: PyType, text: Value) => {
      const s = asStr(text);
      if (s === undefined) raise(E.TypeError, "fromisoformat: argument must be str");
      const d = readDate(s);
      if (!d) raise(E.ValueError, `Invalid isoformat string: ${repr(s)}`);
      return call(cls, [d.year, d.month, d.day]);
    }),
    fromisocalendar: method("(cls, year, week, day)", (cls: PyType, y: Value, w: Value, d: Value) => {
      const [year, week, day] = [int(y), int(w), int(d)];
      if (year < MINYEAR || year > MAXYEAR) raise(E.ValueError, `Year is out of range: ${year}`);
      const o = isoYearStart(year) + (week - 1) * 7 + day - 1;
      if (week < 1 || week > 53 || (week === 53 && o - day + 1 >= isoYearStart(year + 1)))
        raise(E.ValueError, `Invalid week: ${week}`);
      if (day < 1 || day > 7) raise(E.ValueError, `Invalid day: ${day} (range is [1, 7])`);
      return call(cls, fromOrdinal(o));
    }),
  },
  getters: {
    year: ((d: PyDate) => d.year) as (self: never) => Value,
    month: ((d: PyDate) => d.month) as (self: never) => Value,
    day: ((d: PyDate) => d.day) as (self: never) => Value,
  },
  methods: {
    replace: method("(self, year=..., month=..., day=...)", (d: PyDate, y: Value, m: Value, day: Value) =>
      call(typeOf(d), [y ?? d.year, m ?? d.month, day ?? d.day]),
    ),
    timetuple: method("(self, /)", (d: PyDate) => timeTuple(d, 0, 0, 0, -1)),
    toordinal: method("(self, /)", ordinal),
    weekday: method("(self, /)", weekday),
    isoweekday: method("(self, /)", (d: PyDate) => weekday(d) + 1),
    isocalendar: method("(self, /)", (d: PyDate) => isoCalendarDate.make(isoCalendar(d))),
    isoformat: method("(self, /)", iso),
    ctime: method("(self, /)", (d: PyDate) => ctime(d, 0, 0, 0)),
    strftime: method("(self, format, /)", (d: PyDate, f: string) => formatDate(d, f)),
    __format__: method("(self, format_spec, /)", (d: Value, spec: Value) =>
      spec === "" ? call(strOf(d), []) : call(attr(d, "strftime"), [spec]),
    ),
    __str__: method("(self, /)", (d: Value) => call(attr(d, "isoformat"), [])),
    __repr__: method("(self, /)", (d: PyDate) => `${shown(d, dateType)}(${d.year}, ${d.month}, ${d.day})`),
    __hash__: method("(self, /)", (d: PyDate) => hash(new PyTuple([d.year, d.month, d.day]))),
    __eq__: comparing((a, b) => a === b, "eq"),
    __ne__: comparing((a, b) => a !== b, "ne"),
    __lt__: comparing((a, b) => a < b, "order"),
    __le__: comparing((a, b) => a <= b, "order"),
    __gt__: comparing((a, b) => a > b, "order"),
    __ge__: comparing((a, b) => a >= b, "order"),
    __add__: method("(self, value, /)", (d: PyDate, v: Value) =>
      v instanceof PyTimedelta ? make(typeOf(d), shifted(d, v.days)) : NotImplemented,
    ),
    __radd__: method("(self, value, /)", (d: PyDate, v: Value) =>
      v instanceof PyTimedelta ? make(typeOf(d), shifted(d, v.days)) : NotImplemented,
    ),
    __sub__: method("(self, value, /)", (d: PyDate, v: Value) => {
      if (v instanceof PyTimedelta) return make(typeOf(d), shifted(d, -v.days));
      return plainDate(v) ? new PyTimedelta(ordinal(d) - ordinal(v), 0, 0) : NotImplemented;
    }),
    __reduce__: method(
      "(self, /)",
      (d: PyDate) => new PyTuple([typeOf(d), new PyTuple([d.year, d.month, d.day])]),
    ),
  },
});
dateType.setAttr("min", new PyDate(1, 1, 1));
dateType.setAttr("max", new PyDate(9999, 12, 31));
dateType.setAttr("resolution", new PyTimedelta(1, 0, 0));

function strOf(d: Value): Value {
  return attr(d, "__str__");
}

export function shown(v: object, own: PyType): string {
  const t = (v as { [TYPE]: PyType })[TYPE];
  return t === own
    ? own.name
    : t.module === "__main__" || t.module === "builtins"
      ? t.qualname
      : `${t.module}.${t.qualname}`;
}

export function iso(d: PyDate): string {
  return `${pad(d.year, 4)}-${pad(d.month)}-${pad(d.day)}`;
}

export function ctime(d: PyDate, h: number, m: number, s: number): string {
  return `${DAYS[weekday(d)]!.slice(0, 3)} ${MONTHS[d.month - 1]!.slice(0, 3)} ${String(d.day).padStart(2)} ${pad(h)}:${pad(m)}:${pad(s)} ${pad(d.year, 4)}`;
}

/** strftime with the directives that only datetime knows: %f, %z, %:z and %Z. */
export function formatDate(
  d: PyDate,
  given: Value,
  clock = { hour: 0, minute: 0, second: 0, micro: 0, zone: "", offset: "" },
): string {
  const text = asStr(given);
  if (text === undefined) raise(E.TypeError, `strftime() argument 1 must be str, not ${typeOf(given).name}`);
  const own = text.replace(/%(.)/gs, (m, c: string) =>
    c === "f"
      ? pad(clock.micro, 6)
      : c === "z"
        ? clock.offset
        : c === "Z"
          ? clock.zone.replaceAll("%", "%%")
          : m,
  );
  return format(
    {
      year: d.year,
      month: d.month,
      day: d.day,
      hour: clock.hour,
      minute: clock.minute,
      second: clock.second,
      weekday: weekday(d),
      yearDay: yearDay(d),
      dst: -1,
      zone: clock.zone,
      offset: 0,
    },
    own,
  );
}
