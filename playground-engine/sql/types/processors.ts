// Plain conversions between what a driver gives and what a program sees. None always passes through.
// Behaviour: SQLAlchemy engine/_py_processors.py and the Python constructors they call (float, str %).
import { host, type DateTimeParts, type Value } from "../../util/host.ts";
import type { ResultProcessor } from "./dialect-facts.ts";
import { reprString } from "../../util/text.ts";

/** Python's `float(value)`. */
export function toFloat(value: Value): Value {
  if (value === null) return null;
  return host.types.makeFloat(floatOf(value));
}

/** The number that Python's `float(value)` has; throws its TypeError or ValueError. */
export function floatOf(value: Value): number {
  switch (host.kindOf(value)) {
    case "float":
      return host.types.readFloat(value);
    case "int":
    case "bool":
      return Number(value);
    case "decimal":
      return decimalNumber(host.types.readDecimal(value));
    case "str":
      return floatText(value as string);
    default: {
      const method = host.getAttribute(value, "__float__");
      if (method !== undefined) return floatOf(host.call(method, []));
      throw host.error(
        "TypeError",
        `float() argument must be a string or a real number, not '${host.typeName(value)}'`,
      );
    }
  }
}

function decimalNumber(text: string): number {
  if (/^-?s?nan/i.test(text)) return NaN;
  if (/^-?inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

function floatText(text: string): number {
  const t = text.trim();
  if (/^[+-]?(\d(_?\d)*\.?(\d(_?\d)*)?|\.\d(_?\d)*)(e[+-]?\d(_?\d)*)?$/i.test(t))
    return Number(t.replaceAll("_", ""));
  if (/^[+-]?(inf|infinity|nan)$/i.test(t)) return decimalNumber(t.replace("+", ""));
  throw host.error("ValueError", `could not convert string to float: ${reprString(text)}`);
}

export function intToBoolean(value: Value): Value {
  return value === null ? null : host.isTrue(value);
}

/** A float or int as Decimal with this many digits after the point, as `Decimal("%.{scale}f" % value)`. */
export function toDecimalProcessor(scale: number): ResultProcessor {
  return (value) => (value === null ? null : host.types.makeDecimal(fixedText(value, scale)));
}

function fixedText(value: Value, digits: number): string {
  const kind = host.kindOf(value);
  if (kind === "int") return digits ? `${String(value)}.${"0".repeat(digits)}` : String(value);
  if (kind === "str" || kind === "bytes")
    throw host.error("TypeError", `must be real number, not ${host.typeName(value)}`);
  return formatFixed(floatOf(value), digits);
}

/** C's `%.{digits}f`: correctly rounded, ties to even, which JavaScript's toFixed is not. */
function formatFixed(x: number, digits: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent ? fraction | 0x10000000000000n : fraction;
  const shift = (exponent || 1) - 1075;
  const scaled = mantissa * 10n ** BigInt(digits);
  let n: bigint;
  if (shift >= 0) n = scaled << BigInt(shift);
  else {
    const by = BigInt(-shift);
    n = scaled >> by;
    const rest = scaled - (n << by);
    const half = 1n << (by - 1n);
    if (rest > half || (rest === half && n & 1n)) n += 1n;
  }
  const text = n.toString().padStart(digits + 1, "0");
  const sign = bits >> 63n ? "-" : "";
  return digits ? `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` : sign + text;
}

const two = (n: number): string => String(n).padStart(2, "0");

function dateText(p: { year: number; month: number; day: number }): string {
  return `${String(p.year).padStart(4, "0")}-${two(p.month)}-${two(p.day)}`;
}

/** `isoformat()` of a time, the offset included. */
function timeText(p: {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  offset?: number | undefined;
}): string {
  let text = `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
  if (p.microsecond) text += `.${String(p.microsecond).padStart(6, "0")}`;
  if (p.offset !== undefined) {
    const off = Math.abs(p.offset);
    text += `${p.offset < 0 ? "-" : "+"}${two(Math.floor(off / 3600))}:${two(Math.floor(off / 60) % 60)}`;
    if (off % 60) text += `:${two(off % 60)}`;
  }
  return text;
}

/** `isoformat()` of a date, datetime or time of the host. */
export function isoText(value: Value): string {
  switch (host.kindOf(value)) {
    case "datetime": {
      const p: DateTimeParts = host.types.readDateTime(value);
      return `${dateText(p)}T${timeText(p)}`;
    }
    case "date":
      return dateText(host.types.readDate(value));
    case "time":
      return timeText(host.types.readTime(value));
    default: {
      const method = host.getAttribute(value, "isoformat");
      if (method === undefined) throw host.noAttribute(value, "isoformat");
      return host.str(host.call(method, []));
    }
  }
}
