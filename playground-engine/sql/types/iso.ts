// Dates and times from text, as `fromisoformat` of Python 3.11 reads them.
import { host, type DateParts, type TimeParts, type Value } from "../../util/host.ts";
import { reprString } from "../../util/text.ts";

const DATE = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})(\d\d)(\d\d)|(\d{4})-?W(\d\d)(?:-?(\d))?)/;
const TIME =
  /^(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?(Z|([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?$/;

function textOf(value: Value): string {
  if (host.kindOf(value) !== "str") throw host.error("TypeError", "fromisoformat: argument must be str");
  return value as string;
}

function invalid(text: string): unknown {
  return host.error("ValueError", `Invalid isoformat string: ${reprString(text)}`);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;

/** Throws the host's ValueError for a day that does not exist. */
export function checkDate({ year, month, day }: DateParts): DateParts {
  if (year < 1 || year > 9999) throw host.error("ValueError", `year ${year} is out of range`);
  if (month < 1 || month > 12) throw host.error("ValueError", "month must be in 1..12");
  const days = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] as number);
  if (day < 1 || day > days) throw host.error("ValueError", "day is out of range for month");
  return { year, month, day };
}

export function checkTime(t: TimeParts): TimeParts {
  if (t.hour > 23) throw host.error("ValueError", "hour must be in 0..23");
  if (t.minute > 59) throw host.error("ValueError", "minute must be in 0..59");
  if (t.second > 59) throw host.error("ValueError", "second must be in 0..59");
  return t;
}

function weekDate(year: number, week: number, day: number, text: string): DateParts {
  if (week < 1 || week > 53 || day < 1 || day > 7) throw invalid(text);
  const fourth = new globalThis.Date(0);
  fourth.setUTCFullYear(year, 0, 4);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  const at = new globalThis.Date(monday + ((week - 1) * 7 + day - 1) * 86_400_000);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** The date at the start of a text, and what follows it. */
function readDate(text: string): readonly [DateParts, string] {
  const m = DATE.exec(text);
  if (!m) throw invalid(text);
  const rest = text.slice(m[0].length);
  if (m[7] !== undefined)
    return [checkDate(weekDate(Number(m[7]), Number(m[8]), Number(m[9] ?? 1), text)), rest];
  const [year, month, day] = m[1] !== undefined ? [m[1], m[2], m[3]] : [m[4], m[5], m[6]];
  return [checkDate({ year: Number(year), month: Number(month), day: Number(day) }), rest];
}

function readTime(part: string, text: string): TimeParts {
  const m = TIME.exec(part);
  if (!m) throw invalid(text);
  const fraction = m[4] ?? m[7];
  const time = {
    hour: Number(m[1]),
    minute: Number(m[2] ?? m[5] ?? 0),
    second: Number(m[3] ?? m[6] ?? 0),
    microsecond: fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, "0")),
  };
  checkTime(time);
  if (m[8] === undefined) return time;
  const offset =
    m[8] === "Z"
      ? 0
      : (m[9] === "-" ? -1 : 1) * (Number(m[10]) * 3600 + Number(m[11]) * 60 + Number(m[12] ?? 0));
  return { ...time, offset };
}

export function strToDate(value: Value): Value {
  if (value === null) return null;
  const text = textOf(value);
  const [date, rest] = readDate(text);
  if (rest) throw invalid(text);
  return host.types.makeDate(date);
}

export function strToTime(value: Value): Value {
  if (value === null) return null;
  const text = textOf(value);
  return host.types.makeTime(readTime(text.replace(/^T/, ""), text));
}

export function strToDateTime(value: Value): Value {
  if (value === null) return null;
  const text = textOf(value);
  const [date, rest] = readDate(text);
  const time = rest ? readTime(rest.slice(1), text) : { hour: 0, minute: 0, second: 0, microsecond: 0 };
  return host.types.makeDateTime({ ...date, ...time });
}
