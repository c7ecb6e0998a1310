// strftime and strptime for broken-down times: the C locale's names and formats.
// Behaviour: docs.python.org/3.11/library/time.html#time.strftime.

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A broken-down time: weekday 0 is Monday, yearDay begins at 1. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly dst: number;
  readonly zone: string;
  readonly offset: number;
}

const pad = (n: number, width = 2, fill = "0"): string => String(n).padStart(width, fill);

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

export function civilFromDays(days: number): [number, number, number] {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

function isoWeek(m: Moment): [number, number] {
  const dayNumber = daysFromCivil(m.year, m.month, m.day);
  const thursday = dayNumber - ((((dayNumber + 3) % 7) + 7) % 7) + 3;
  const [year] = civilFromDays(thursday);
  return [year, Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1];
}

function directive(m: Moment, c: string): string | undefined {
  const hour12 = m.hour % 12 === 0 ? 12 : m.hour % 12;
  switch (c) {
    case "Y":
      return String(m.year);
    case "y":
      return pad(((m.year % 100) + 100) % 100);
    case "C":
      return pad(Math.floor(m.year / 100));
    case "m":
      return pad(m.month);
    case "d":
      return pad(m.day);
    case "e":
      return pad(m.day, 2, " ");
    case "H":
      return pad(m.hour);
    case "I":
      return pad(hour12);
    case "k":
      return pad(m.hour, 2, " ");
    case "l":
      return pad(hour12, 2, " ");
    case "M":
      return pad(m.minute);
    case "S":
      return pad(m.second);
    case "p":
      return m.hour < 12 ? "AM" : "PM";
    case "P":
      return m.hour < 12 ? "am" : "pm";
    case "B":
      return MONTHS[m.month - 1] ?? "?";
    case "b":
    case "h":
      return (MONTHS[m.month - 1] ?? "?").slice(0, 3);
    case "A":
      return DAYS[m.weekday] ?? "?";
    case "a":
      return (DAYS[m.weekday] ?? "?").slice(0, 3);
    case "w":
      return String((m.weekday + 1) % 7);
    case "u":
      return String(m.weekday + 1);
    case "j":
      return pad(m.yearDay, 3);
    case "U":
      return pad(Math.floor((m.yearDay + 6 - ((m.weekday + 1) % 7)) / 7));
    case "W":
      return pad(Math.floor((m.yearDay + 6 - m.weekday) / 7));
    case "V":
      return pad(isoWeek(m)[1]);
    case "G":
      return String(isoWeek(m)[0]);
    case "g":
      return pad(isoWeek(m)[0] % 100);
    case "D":
      return format(m, "%m/%d/%y");
    case "F":
      return format(m, "%Y-%m-%d");
    case "T":
    case "X":
      return format(m, "%H:%M:%S");
    case "R":
      return format(m, "%H:%M");
    case "r":
      return format(m, "%I:%M:%S %p");
    case "x":
      return format(m, "%m/%d/%y");
    case "c":
      return format(m, "%a %b %e %H:%M:%S %Y");
    case "Z":
      return m.zone;
    case "z":
      return `${m.offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(m.offset) / 3600))}${pad(Math.floor(Math.abs(m.offset) / 60) % 60)}`;
    case "s":
      return String(
        daysFromCivil(m.year, m.month, m.day) * 86400 + m.hour * 3600 + m.minute * 60 + m.second - m.offset,
      );
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return undefined;
  }
}

/** strftime; unknown directives stand as they are. */
export function format(m: Moment, text: string): string {
  return text.replace(/%[-_0^#EO]*([a-zA-Z%])/g, (all, c: string) => {
    const made = directive(m, c);
    if (made === undefined) return all;
    if (all.length === 2) return made;
    if (all.includes("-")) return made.replace(/^[0 ]+(?=.)/, "");
    return all.includes("^") ? made.toUpperCase() : made;
  });
}

/** What strptime read; undefined where the text does not say. */
export interface Parsed {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  microsecond?: number;
  weekday?: number;
  yearDay?: number;
  offset?: number;
  zone?: string;
  week?: number;
  weekStart?: 0 | 6;
  isoYear?: number;
  isoWeek?: number;
}

/** Why strptime failed, as a ValueError's message. */
export class FormatMismatch {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const PATTERNS: Readonly<Record<string, string>> = {
  d: "3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]",
  f: "\\d{1,6}",
  H: "2[0-3]|[01]\\d|\\d",
  I: "1[0-2]|0[1-9]|[1-9]",
  G: "\\d\\d\\d\\d",
  j: "36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]",
  m: "1[0-2]|0[1-9]|[1-9]",
  M: "[0-5]\\d|\\d",
  S: "6[01]|[0-5]\\d|\\d",
  U: "5[0-3]|[0-4]\\d|\\d",
  W: "5[0-3]|[0-4]\\d|\\d",
  w: "[0-6]",
  u: "[1-7]",
  V: "5[0-3]|0[1-9]|[1-4]\\d|\\d",
  y: "\\d\\d",
  Y: "\\d\\d\\d\\d",
  z: "[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|[Zz]",
  A: DAYS.join("|"),
  a: DAYS.map((d) => d.slice(0, 3)).join("|"),
  B: MONTHS.join("|"),
  b: MONTHS.map((d) => d.slice(0, 3)).join("|"),
  p: "AM|PM",
  Z: "UTC|GMT",
  "%": "%",
};
const COMPOSITE: Readonly<Record<string, string>> = {
  c: "%a %b %d %H:%M:%S %Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

/** Read a time by a format. @throws FormatMismatch */
export function parse(text: string, format: string): Parsed {
  const order: string[] = [];
  const expanded = format.replace(/%([cxX])/g, (_, c: string) => COMPOSITE[c]!);
  let source = "";
  for (let i = 0; i < expanded.length; i++) {
    const ch = expanded[i]!;
    if (ch === "%") {
      const c = expanded[++i];
      if (c === undefined) throw new FormatMismatch(`stray % in format '${format}'`);
      const pattern = PATTERNS[c];
      if (pattern === undefined) throw new FormatMismatch(`'${c}' is a bad directive in format '${format}'`);
      if (c === "%") source += "%";
      else {
        if (order.includes(c))
          throw new FormatMismatch(
            `redefinition of group name '${c}' as group ${order.length + 1}; was group ${order.indexOf(c) + 1}`,
          );
        order.push(c);
        source += `(${pattern})`;
      }
    } else if (/\s/.test(ch)) {
      while (/\s/.test(expanded[i + 1] ?? "")) i++;
      source += "\\s+";
    } else source += ch.replace(/[\\.^$*+?{}[\]|()]/g, "\\$&");
  }
  const m = new RegExp(`^${source}`, "i").exec(text);
  if (m === null) throw new FormatMismatch(`time data '${text}' does not match format '${format}'`);
  if (m[0].length < text.length)
    throw new FormatMismatch(`unconverted data remains: ${text.slice(m[0].length)}`);
  return interpret(order, m);
}

function interpret(order: readonly string[], m: RegExpExecArray): Parsed {
  const p: Parsed = {};
  let pm: boolean | undefined;
  const at = (names: readonly string[], s: string): number =>
    names.findIndex((n) => n.slice(0, s.length).toLowerCase() === s.toLowerCase());
  order.forEach((c, i) => {
    const s = m[i + 1]!;
    const n = Number(s);
    switch (c) {
      case "Y":
        p.year = n;
        break;
      case "y":
        p.year = n <= 68 ? 2000 + n : 1900 + n;
        break;
      case "G":
        p.isoYear = n;
        break;
      case "m":
        p.month = n;
        break;
      case "B":
      case "b":
        p.month = at(MONTHS, s) + 1;
        break;
      case "d":
        p.day = n;
        break;
      case "H":
      case "I":
        p.hour = n;
        break;
      case "M":
        p.minute = n;
        break;
      case "S":
        p.second = n;
        break;
      case "f":
        p.microsecond = Number(s.padEnd(6, "0"));
        break;
      case "A":
      case "a":
        p.weekday = at(DAYS, s);
        break;
      case "w":
        p.weekday = n === 0 ? 6 : n - 1;
        break;
      case "u":
        p.weekday = n - 1;
        break;
      case "j":
        p.yearDay = n;
        break;
      case "U":
        p.week = n;
        p.weekStart = 6;
        break;
      case "W":
        p.week = n;
        p.weekStart = 0;
        break;
      case "V":
        p.isoWeek = n;
        break;
      case "p":
        pm = s.toLowerCase() === "pm";
        break;
      case "Z":
        p.zone = s;
        break;
      case "z":
        p.offset = offsetOf(s);
        break;
      default:
        break;
    }
  });
  if (pm !== undefined && order.includes("I")) p.hour = ((p.hour ?? 0) % 12) + (pm ? 12 : 0);
  else if (order.includes("I") && p.hour === 12) p.hour = 0;
  return p;
}

function offsetOf(s: string): number {
  if (s === "Z" || s === "z") return 0;
  const d = s.slice(1).replaceAll(":", "");
  const seconds = Number(d.slice(0, 2)) * 3600 + Number(d.slice(2, 4)) * 60 + Number(d.slice(4) || 0);
  return s[0] === "-" ? -seconds : seconds;
}
