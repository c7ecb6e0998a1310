// Dates, times and durations as JavaScript objects, and the calendar arithmetic they share.
//
// The proleptic Gregorian calendar, years 1 to 9999; day 1 is 0001-01-01. Objects never change.
// Behaviour: docs.python.org/3.11/library/datetime.html.
import { E, raise } from "../../runtime/exceptions.ts";
import {
  asInt,
  type DICT,
  type Namespace,
  PyFloat,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { civilFromDays, daysFromCivil } from "../time-text.ts";

export const MINYEAR = 1;
export const MAXYEAR = 9999;
const EPOCH = 719_163; // 1970-01-01

export class PyTimedelta {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly days: number;
  readonly seconds: number;
  readonly micros: number;
  constructor(days: number, seconds: number, micros: number) {
    this.days = days;
    this.seconds = seconds;
    this.micros = micros;
  }
}

export class PyDate {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }
}

export class PyDateTime extends PyDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  readonly tzinfo: Value;
  readonly fold: number;
  constructor(
    year: number,
    month: number,
    day: number,
    hour = 0,
    minute = 0,
    second = 0,
    micro = 0,
    tzinfo: Value = null,
    fold = 0,
  ) {
    super(year, month, day);
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.micro = micro;
    this.tzinfo = tzinfo;
    this.fold = fold;
  }
}

export class PyTime {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  readonly tzinfo: Value;
  readonly fold: number;
  constructor(hour = 0, minute = 0, second = 0, micro = 0, tzinfo: Value = null, fold = 0) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.micro = micro;
    this.tzinfo = tzinfo;
    this.fold = fold;
  }
}

/** A fixed offset from UTC, in microseconds east, perhaps with a name. */
export class PyTimezone {
  declare [TYPE]: PyType;
  readonly offset: number;
  readonly name: string | null;
  constructor(offset: number, name: string | null) {
    this.offset = offset;
    this.name = name;
  }
}

/** Make an object an instance of a subclass. */
export function as<T extends object>(o: T, cls: PyType, own: PyType): T {
  if (cls !== own) (o as { [TYPE]: PyType })[TYPE] = cls;
  return o;
}

export const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

/** An argument that must be an int. */
export function int(v: Value): number {
  const i = asInt(v);
  if (i === undefined) {
    if (v instanceof PyFloat) raise(E.TypeError, "'float' object cannot be interpreted as an integer");
    raise(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
  }
  if (typeof i === "bigint") raise(E.OverflowError, "Python int too large to convert to C int");
  return i;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : DAYS_IN[month - 1]!;
}

export function checkDate(year: number, month: number, day: number): void {
  if (year < MINYEAR || year > MAXYEAR) raise(E.ValueError, `year ${year} is out of range`);
  if (month < 1 || month > 12) raise(E.ValueError, "month must be in 1..12");
  if (day < 1 || day > daysIn(year, month)) raise(E.ValueError, "day is out of range for month");
}

export function checkTime(hour: number, minute: number, second: number, micro: number, fold: number): void {
  if (hour < 0 || hour > 23) raise(E.ValueError, "hour must be in 0..23");
  if (minute < 0 || minute > 59) raise(E.ValueError, "minute must be in 0..59");
  if (second < 0 || second > 59) raise(E.ValueError, "second must be in 0..59");
  if (micro < 0 || micro > 999_999) raise(E.ValueError, "microsecond must be in 0..999999");
  if (fold !== 0 && fold !== 1) raise(E.ValueError, "fold must be either 0 or 1");
}

/** Day number, 1 for 0001-01-01. */
export function toOrdinal(year: number, month: number, day: number): number {
  return daysFromCivil(year, month, day) + EPOCH;
}

export function fromOrdinal(n: number): [number, number, number] {
  return civilFromDays(n - EPOCH);
}

/** 0 for Monday. */
export function weekday(d: PyDate): number {
  return (((toOrdinal(d.year, d.month, d.day) + 6) % 7) + 7) % 7;
}

export function yearDay(d: PyDate): number {
  return toOrdinal(d.year, d.month, d.day) - toOrdinal(d.year, 1, 1) + 1;
}

/** ISO year, week and weekday (1 for Monday). */
export function isoCalendar(d: PyDate): [number, number, number] {
  const ordinal = toOrdinal(d.year, d.month, d.day);
  const wd = weekday(d);
  const [year] = fromOrdinal(ordinal - wd + 3);
  const first = isoYearStart(year);
  return [year, Math.floor((ordinal - first) / 7) + 1, wd + 1];
}

/** Ordinal of the Monday of week 1. */
export function isoYearStart(year: number): number {
  const fourth = toOrdinal(year, 1, 4);
  return fourth - ((((fourth + 6) % 7) + 7) % 7);
}

const DAY = 86_400_000_000n;

/** All of a duration, in microseconds. */
export function totalMicros(d: PyTimedelta): bigint {
  return (BigInt(d.days) * 86_400n + BigInt(d.seconds)) * 1_000_000n + BigInt(d.micros);
}

/** A duration of so many microseconds. @throws OverflowError beyond 999999999 days */
export function fromMicros(total: bigint): PyTimedelta {
  let days = total / DAY;
  let rest = total % DAY;
  if (rest < 0n) {
    days -= 1n;
    rest += DAY;
  }
  if (days < -0x80000000n || days > 0x7fffffffn)
    raise(E.OverflowError, "Python int too large to convert to C int");
  if (days < -999_999_999n || days > 999_999_999n)
    raise(E.OverflowError, `days=${days}; must have magnitude <= 999999999`);
  return new PyTimedelta(Number(days), Number(rest / 1_000_000n), Number(rest % 1_000_000n));
}

/** Microseconds since 0001-01-01 of the wall clock. */
export function wallMicros(d: PyDateTime): bigint {
  return (
    (BigInt(toOrdinal(d.year, d.month, d.day)) * 86_400n + BigInt(d.hour * 3600 + d.minute * 60 + d.second)) *
      1_000_000n +
    BigInt(d.micro)
  );
}

/** The wall clock of so many microseconds. @throws OverflowError */
export function fromWallMicros(total: bigint, tzinfo: Value): PyDateTime {
  const span = fromMicrosRaw(total);
  if (span.days < 1 || span.days > 3_652_059) raise(E.OverflowError, "date value out of range");
  const [y, m, d] = fromOrdinal(span.days);
  return new PyDateTime(
    y,
    m,
    d,
    Math.floor(span.seconds / 3600),
    Math.floor((span.seconds % 3600) / 60),
    span.seconds % 60,
    span.micros,
    tzinfo,
  );
}

function fromMicrosRaw(total: bigint): { days: number; seconds: number; micros: number } {
  let days = total / DAY;
  let rest = total % DAY;
  if (rest < 0n) {
    days -= 1n;
    rest += DAY;
  }
  return { days: Number(days), seconds: Number(rest / 1_000_000n), micros: Number(rest % 1_000_000n) };
}

/** "+05:30", with seconds and microseconds where there are some; `colon` between hours and minutes. */
export function offsetText(micros: bigint, colon = ":"): string {
  const sign = micros < 0n ? "-" : "+";
  const abs = micros < 0n ? -micros : micros;
  const seconds = Number(abs / 1_000_000n);
  const us = Number(abs % 1_000_000n);
  let out = `${sign}${pad(Math.floor(seconds / 3600))}${colon}${pad(Math.floor((seconds % 3600) / 60))}`;
  if (seconds % 60 || us) out += `${colon}${pad(seconds % 60)}`;
  if (us) out += `.${pad(us, 6)}`;
  return out;
}
