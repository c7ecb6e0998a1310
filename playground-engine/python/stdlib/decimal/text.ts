// Decimals read from text and written: str(), engineering notation and format().
import { parseSpec, pad as padField, FormatError } from "../../builtins/format-spec.ts";
import { decimalValue, isSpaceCode } from "../../builtins/unicode.ts";
import { digitsOf, finite, PyDecimal, rescale, roundOff, type Rounding } from "./number.ts";

const NUMBER = /^([-+])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([-+]?\d+))?$/i;
const SPECIAL = /^([-+])?(inf(?:inity)?|(s)?nan(\d*))$/i;

/** ASCII digits for those of other scripts, white space and underscores off. */
function plainText(s: string): string {
  let [a, b] = [0, s.length];
  while (a < b && isSpaceCode(s.charCodeAt(a))) a++;
  while (b > a && isSpaceCode(s.charCodeAt(b - 1))) b--;
  let t = s.slice(a, b).replaceAll("_", "");

  if (!/^[\0-\x7f]*$/.test(t)) {
    t = Array.from(t, (c) => {
      const d = c > "\x7f" ? decimalValue(c.codePointAt(0)!) : -1;
      return d >= 0 ? String(d) : c;
    }).join("");
  }
  return t;
}

/** The number that a text is; undefined where it is none. */
export function parseDecimal(s: string): PyDecimal | undefined {
  const t = plainText(s);
  const m = NUMBER.exec(t);
  if (m) {
    const fraction = m[3] ?? m[4] ?? "";
    const exp = Number(m[5] ?? 0) - fraction.length;
    if (!Number.isSafeInteger(exp)) return undefined;
    return finite(m[1] === "-" ? 1 : 0, BigInt((m[2] ?? "") + fraction || "0"), exp);
  }
  const n = SPECIAL.exec(t);
  if (!n) return undefined;
  const sign = n[1] === "-" ? 1 : 0;
  if (n[2]!.toLowerCase().startsWith("inf")) return new PyDecimal(sign, 0n, 0, "inf");
  return new PyDecimal(sign, BigInt(n[4] || "0"), 0, n[3] ? "snan" : "qnan");
}

/** `str(d)`; `capital`: E or e. */
export function decimalText(d: PyDecimal, capital = true, engineering = false): string {
  const sign = d.sign ? "-" : "";
  if (d.kind === "inf") return sign + "Infinity";
  if (d.kind === "qnan") return `${sign}NaN${d.int === 0n ? "" : d.int}`;
  if (d.kind === "snan") return `${sign}sNaN${d.int === 0n ? "" : d.int}`;
  const digits = d.int.toString();
  const left = d.exp + digits.length;
  let dot: number;
  if (d.exp <= 0 && left > -6) dot = left;
  else if (!engineering) dot = 1;
  else if (d.int === 0n) dot = mod(left + 1, 3) - 1;
  else dot = mod(left - 1, 3) + 1;
  let whole: string;
  let fraction: string;
  if (dot <= 0) {
    whole = "0";
    fraction = "." + "0".repeat(-dot) + digits;
  } else if (dot >= digits.length) {
    whole = digits + "0".repeat(dot - digits.length);
    fraction = "";
  } else {
    whole = digits.slice(0, dot);
    fraction = "." + digits.slice(dot);
  }
  const e = left - dot;
  return (
    sign + whole + fraction + (e === 0 ? "" : `${capital ? "E" : "e"}${e < 0 ? "-" : "+"}${Math.abs(e)}`)
  );
}

const mod = (a: number, b: number): number => ((a % b) + b) % b;

/** Rounded to so many digits. */
function roundTo(d: PyDecimal, places: number, rounding: Rounding): PyDecimal {
  if (d.int === 0n) return d;
  const drop = digitsOf(d.int) - places;
  if (drop <= 0) return d;
  const { int } = roundOff(d.sign, d.int, drop, rounding);
  return digitsOf(int) > places && places > 0
    ? finite(d.sign, int / 10n, d.exp + drop + 1)
    : finite(d.sign, int, d.exp + drop);
}

/** `format(d, spec)` @throws FormatError */
export function formatDecimal(given: PyDecimal, text: string, rounding: Rounding, capital: boolean): string {
  let spec: ReturnType<typeof parseSpec>;
  try {
    spec = parseSpec(text, "decimal.Decimal", ">");
  } catch (e) {
    if (e instanceof FormatError) throw new FormatError("invalid format string");
    throw e;
  }
  if (spec.type !== "" && !"eEfFgGn%".includes(spec.type)) throw new FormatError("invalid format string");
  if (spec.alternate) throw new FormatError("invalid format string");
  let d = given;
  const type = spec.type === "" ? (capital ? "G" : "g") : spec.type === "n" ? "g" : spec.type;
  const finish = (negative: boolean, whole: string, rest: string): string => {
    const sign = negative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
    const zero = spec.align === "=" && spec.fill === "0";
    let body = whole;
    if (spec.grouping) body = group(whole, spec.grouping, zero ? spec.width - sign.length - rest.length : 0);
    const length = sign.length + body.length + rest.length;
    if (spec.align === "=" && spec.width > length)
      return sign + spec.fill.repeat(spec.width - length) + body + rest;
    return padField(sign + body + rest, spec, ">");
  };
  if (d.kind !== "finite") {
    const shown = decimalText(d.sign ? new PyDecimal(0, d.int, d.exp, d.kind) : d);
    const fill = spec.fill === "0" && spec.zeroPad ? { ...spec, fill: " ", align: ">" } : spec;
    const sign = d.sign ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
    const body = shown + (type === "%" ? "%" : "");
    if (fill.align === "=" && fill.width > sign.length + body.length)
      return sign + fill.fill.repeat(fill.width - sign.length - body.length) + body;
    return padField(sign + body, fill, ">");
  }
  if (type === "%") d = finite(d.sign, d.int, d.exp + 2);
  const p = spec.precision;
  if (p >= 0) {
    if (type === "e" || type === "E") {
      d = roundTo(d, p + 1, rounding);
      const more = p + 1 - digitsOf(d.int);
      if (d.int !== 0n && more > 0) d = rescale(d, d.exp - more, rounding);
    } else if (type === "f" || type === "F" || type === "%") d = rescale(d, -p, rounding);
    else if (digitsOf(d.int) > Math.max(1, p)) d = roundTo(d, Math.max(1, p), rounding);
  }
  if (d.int === 0n && d.exp > 0 && (type === "f" || type === "F" || type === "%"))
    d = rescale(d, 0, rounding);
  const negative = d.sign === 1 && !(spec.z && d.int === 0n);
  const digits = d.int.toString();
  const left = d.exp + digits.length;
  let dot: number;
  if (type === "e" || type === "E") dot = d.int === 0n && p >= 0 ? 1 - p : 1;
  else if (type === "f" || type === "F" || type === "%") dot = left;
  else dot = d.exp <= 0 && left > -6 ? left : 1;
  let whole: string;
  let fraction: string;
  if (dot < 0) {
    whole = "0";
    fraction = "0".repeat(-dot) + digits;
  } else if (dot > digits.length) {
    whole = digits + "0".repeat(dot - digits.length);
    fraction = "";
  } else {
    whole = digits.slice(0, dot) || "0";
    fraction = digits.slice(dot);
  }
  const e = left - dot;
  let rest = fraction === "" ? "" : "." + fraction;
  if (e !== 0 || type === "e" || type === "E") {
    const letter = type === "E" || type === "G" ? "E" : "e";
    rest += `${letter}${e < 0 ? "-" : "+"}${Math.abs(e)}`;
  }
  if (type === "%") rest += "%";
  return finish(negative, whole, rest);
}

/** Thousands parted; zeros in front up to `width`. */
function group(digits: string, separator: string, width: number): string {
  let out = digits.replace(/\B(?=(\d{3})+$)/g, separator);
  let lead = digits.length % 3 || 3;
  while (out.length < width) {
    if (lead === 3) {
      out = "0" + separator + out;
      lead = 1;
    } else {
      out = "0" + out;
      lead++;
    }
  }
  return out;
}
