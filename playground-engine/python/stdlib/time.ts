// The module time, on the program's own clock (clock.ts).
// Behaviour: docs.python.org/3.11/library/time.html.
import { E, raise } from "../runtime/exceptions.ts";
import { defineModule, PyModule } from "../runtime/modules.ts";
import { PyFloat, PyTuple, asInt, asStr, typeOf, type Value } from "../runtime/object.ts";
import { floatOrUndefined } from "../builtins/convert.ts";
import { clock, monotonic, now, sleep } from "./clock.ts";
import { structSequence } from "./struct-sequence.ts";
import { DAYS, daysFromCivil, format, FormatMismatch, type Moment, MONTHS, parse } from "./time-text.ts";
import type { NativeMethod } from "../runtime/native.ts";

const structTime = structSequence(
  "time",
  "struct_time",
  ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"],
  ["tm_zone", "tm_gmtoff"],
);

/** Seconds east of UTC where the program runs, at a moment. */
function localOffset(seconds: number): number {
  return -new Date(seconds * 1000).getTimezoneOffset() * 60;
}

function zoneName(offset: number): string {
  if (offset === 0) return "UTC";
  const a = Math.abs(offset);
  const minutes = Math.floor(a / 60) % 60;
  return `${offset < 0 ? "-" : "+"}${String(Math.floor(a / 3600)).padStart(2, "0")}${minutes === 0 ? "" : String(minutes).padStart(2, "0")}`;
}

function broken(seconds: number, offset: number): PyTuple {
  const d = new Date(Math.floor(seconds + offset) * 1000);
  if (Number.isNaN(d.getTime())) raise(E.ValueError, "year is out of range");
  const year = d.getUTCFullYear();
  const days = Math.floor(d.getTime() / 86_400_000);
  return structTime.make([
    year,
    d.getUTCMonth() + 1,
    d.getUTCDate(),
    d.getUTCHours(),
    d.getUTCMinutes(),
    d.getUTCSeconds(),
    (((days + 3) % 7) + 7) % 7,
    days - daysFromCivil(year, 1, 1) + 1,
    0,
    zoneName(offset),
    offset,
  ]);
}

function secondsOf(v: Value): number {
  if (v === null || v === undefined) return now();
  const n = floatOrUndefined(v);
  if (n === undefined) raise(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
  if (!Number.isFinite(n))
    raise(E.ValueError, `cannot convert float ${Number.isNaN(n) ? "NaN" : "infinity"} to integer`);
  return n;
}

/** The nine numbers of a time tuple. @throws TypeError, ValueError */
function momentOf(v: Value): Moment {
  if (v === undefined || v === null) return momentOf(local(now()));
  if (!(v instanceof PyTuple)) raise(E.TypeError, "Tuple or struct_time argument required");
  if (v.items.length !== 9)
    raise(
      E.TypeError,
      `${typeOf(v).name === "tuple" ? "function" : "strftime(): "} takes exactly 9 arguments (${v.items.length} given)`,
    );
  const n = v.items.map((x) => {
    const i = asInt(x);
    if (i === undefined) raise(E.TypeError, `'${typeOf(x).name}' object cannot be interpreted as an integer`);
    return Number(i);
  }) as [number, number, number, number, number, number, number, number, number];
  const check = (ok: boolean, what: string): void => {
    if (!ok) raise(E.ValueError, `${what} out of range`);
  };
  check(n[1] >= 0 && n[1] <= 12, "month");
  check(n[2] >= 0 && n[2] <= 31, "day of month");
  check(n[3] >= 0 && n[3] <= 23, "hour");
  check(n[4] >= 0 && n[4] <= 59, "minute");
  check(n[5] >= 0 && n[5] <= 61, "seconds");
  check(n[6] >= -1, "day of week");
  check(n[7] >= 0 && n[7] <= 366, "day of year");
  return {
    year: n[0],
    month: n[1] || 1,
    day: n[2] || 1,
    hour: n[3],
    minute: n[4],
    second: n[5],
    weekday: ((n[6] % 7) + 7) % 7,
    yearDay: n[7] || 1,
    dst: n[8],
    zone: "UTC",
    offset: 0,
  };
}

const local = (seconds: number): PyTuple => broken(seconds, localOffset(seconds));

function secondsFrom(m: Moment): number {
  return (
    daysFromCivil(m.year, 1, 1) * 86400 +
    (daysFromCivil(m.year, m.month, 1) - daysFromCivil(m.year, 1, 1) + m.day - 1) * 86400 +
    m.hour * 3600 +
    m.minute * 60 +
    m.second
  );
}

function strptime(text: Value, fmt: Value): PyTuple {
  const s = asStr(text);
  const f = asStr(fmt);
  if (s === undefined) raise(E.TypeError, `strptime() argument 0 must be str, not ${typeOf(text).name}`);
  if (f === undefined) raise(E.TypeError, `strptime() argument 1 must be str, not ${typeOf(fmt).name}`);
  try {
    const p = parse(s, f);
    const year = p.year ?? 1900;
    let month = p.month ?? 1;
    let day = p.day ?? 1;
    if (p.yearDay !== undefined && p.month === undefined) {
      const d = new Date(Date.UTC(2000, 0, 1));
      d.setUTCFullYear(year, 0, p.yearDay);
      month = d.getUTCMonth() + 1;
      day = d.getUTCDate();
    }
    const days = daysFromCivil(year, month, day);
    return structTime.make([
      year,
      month,
      day,
      p.hour ?? 0,
      p.minute ?? 0,
      p.second ?? 0,
      p.weekday ?? (((days + 3) % 7) + 7) % 7,
      days - daysFromCivil(year, 1, 1) + 1,
      p.zone === undefined ? -1 : 0,
      p.zone ?? null,
      p.offset ?? null,
    ]);
  } catch (e) {
    if (e instanceof FormatMismatch) raise(E.ValueError, e.message);
    throw e;
  }
}

function ascTime(m: Moment): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${DAYS[m.weekday]!.slice(0, 3)} ${MONTHS[m.month - 1]!.slice(0, 3)} ${String(m.day).padStart(2)} ${two(m.hour)}:${two(m.minute)}:${two(m.second)} ${m.year}`;
}

const nanoseconds = (seconds: number): Value => BigInt(Math.round(seconds * 1e6)) * 1000n;
const read = (f: () => number): NativeMethod => ["()", () => new PyFloat(f())];
const readNs = (f: () => number): NativeMethod => [
  "()",
  () => {
    const n = nanoseconds(f()) as bigint;
    return n <= 9007199254740991n ? Number(n) : n;
  },
];

defineModule("time", () => {
  clock.offset = 0;
  return {
    name: "time",
    doc: "Time as the program sees it; sleeping moves the clock on and takes no time.",
    functions: {
      time: read(now),
      time_ns: readNs(now),
      monotonic: read(monotonic),
      monotonic_ns: readNs(monotonic),
      perf_counter: read(monotonic),
      perf_counter_ns: readNs(monotonic),
      process_time: read(() => performance.now() / 1000),
      process_time_ns: readNs(() => performance.now() / 1000),
      thread_time: read(() => performance.now() / 1000),
      thread_time_ns: readNs(() => performance.now() / 1000),
      sleep: [
        "(seconds, /)",
        (v: Value) => {
          const n = floatOrUndefined(v);
          if (n === undefined)
            raise(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
          if (n < 0) raise(E.ValueError, "sleep length must be non-negative");
          sleep(n);
        },
      ],
      gmtime: ["(seconds=None, /)", (v: Value) => broken(secondsOf(v), 0)],
      localtime: ["(seconds=None, /)", (v: Value) => local(secondsOf(v))],
      mktime: [
        "(tuple, /)",
        (v: Value) => {
          const s = secondsFrom(momentOf(v));
          return new PyFloat(s - localOffset(s));
        },
      ],
      strftime: [
        "(format, tuple=None, /)",
        (f: Value, v: Value) => {
          const s = asStr(f);
          if (s === undefined) raise(E.TypeError, `strftime() argument 1 must be str, not ${typeOf(f).name}`);
          return format(momentOf(v), s);
        },
      ],
      strptime: ["(string, format='%a %b %d %H:%M:%S %Y', /)", strptime],
      asctime: ["(tuple=None, /)", (v: Value) => ascTime(momentOf(v))],
      ctime: ["(seconds=None, /)", (v: Value) => ascTime(momentOf(local(secondsOf(v))))],
      tzset: ["()", () => null],
      // the time that was slept: what asyncio and threads measure by, and give back where waits overlap
      _slept: ["()", () => new PyFloat(clock.offset)],
      _set_slept: ["(seconds, /)", (v: Value) => void (clock.offset = floatOrUndefined(v) ?? clock.offset)],
      get_clock_info: [
        "(name, /)",
        (name: Value) => {
          const info = new PyModule("clock");
          info.dict.set("implementation", `playground clock ${asStr(name) ?? ""}`);
          info.dict.set("monotonic", asStr(name) !== "time");
          info.dict.set("adjustable", asStr(name) === "time");
          info.dict.set("resolution", new PyFloat(1e-6));
          return info;
        },
      ],
    },
    members: {
      struct_time: structTime.type,
      timezone: -localOffset(Date.now() / 1000),
      altzone: -localOffset(Date.now() / 1000),
      daylight: 0,
      tzname: new PyTuple([
        zoneName(localOffset(Date.now() / 1000)),
        zoneName(localOffset(Date.now() / 1000)),
      ]),
      CLOCK_REALTIME: 0,
      CLOCK_MONOTONIC: 1,
    },
  };
});
