// Reading ISO 8601 text as Python 3.11 does. Behaviour: datetime.fromisoformat, date.fromisoformat, time.fromisoformat.
import { fromOrdinal, isoYearStart, daysIn } from "./values.ts";

export interface IsoDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
export interface IsoTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  readonly offset: number | null;
}

/** YYYY-MM-DD, YYYYMMDD, YYYY-Www-D, YYYYWwwD; the weekday may be left out. Undefined for anything else. */
export function readDate(text: string): IsoDate | undefined {
  let m = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(text);
  if (m) {
    const [year, month, day] = [Number(m[1]), Number(m[3]), Number(m[4])];
    return { year, month, day };
  }
  m = /^(\d{4})-W(\d\d)(?:-(\d))?$|^(\d{4})W(\d\d)(\d)?$/.exec(text);
  if (!m) return undefined;
  const year = Number(m[1] ?? m[4]);
  const week = Number(m[2] ?? m[5]);
  const day = Number(m[3] ?? m[6] ?? 1);
  if (week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  const ordinal = isoYearStart(year) + (week - 1) * 7 + day - 1;
  if (week === 53 && ordinal >= isoYearStart(year + 1)) return undefined;
  const [y, mo, d] = fromOrdinal(ordinal);
  return { year: y, month: mo, day: d };
}

function fraction(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.slice(0, 6).padEnd(6, "0"));
}

/** HH[:MM[:SS[.fff…]]] with or without colons, and an offset. */
export function readTime(text: string): IsoTime | undefined {
  const at = /[Zz+-]/.exec(text)?.index ?? text.length;
  const clock = /^T?(\d\d)(?:(:?)(\d\d)(?:\2(\d\d)(?:[.,](\d+))?)?)?$/.exec(text.slice(0, at));
  if (!clock) return undefined;
  let offset: number | null = null;
  if (at < text.length) {
    const zone = text.slice(at);
    if (zone === "Z" || zone === "z") offset = 0;
    else {
      const z = /^([+-])(\d\d)(?:(:?)(\d\d)(?:\3(\d\d)(?:[.,](\d+))?)?)?$/.exec(zone);
      if (!z) return undefined;
      const us =
        (Number(z[2]) * 3600 + Number(z[4] ?? 0) * 60 + Number(z[5] ?? 0)) * 1_000_000 + fraction(z[6]);
      if (us >= 86_400_000_000) return undefined;
      offset = z[1] === "-" ? -us : us;
    }
  }
  return {
    hour: Number(clock[1]),
    minute: Number(clock[3] ?? 0),
    second: Number(clock[4] ?? 0),
    micro: fraction(clock[5]),
    offset,
  };
}

/** Date, one separating character, time. */
export function readDateTime(
  text: string,
): { readonly date: IsoDate; readonly time: IsoTime | undefined } | undefined {
  for (const length of text[4] === "-" ? [10, 8] : [8, 7]) {
    const head = text.slice(0, length);
    const date = readDate(head);
    if (
      !date ||
      date.month < 1 ||
      date.month > 12 ||
      date.day < 1 ||
      date.day > daysIn(date.year, date.month)
    ) {
      if (date && length === text.length) return { date, time: undefined };
      if (!date) continue;
    }
    if (text.length === length) return { date, time: undefined };
    const time = readTime(text.slice(length + (text.codePointAt(length)! > 0xffff ? 2 : 1)));
    if (time) return { date, time };
  }
  return undefined;
}
