// The format specification mini-language: `format(v, spec)` for str, int, float and complex.
// Behaviour: "Format Specification Mini-Language" in Python's documentation of the string module.
//
// Pure: works on JavaScript values and fails with FormatError, which the callers turn into Python's exception.
import type { Int } from "./int-math.ts";
import {
  exponentText,
  floatRepr,
  plain,
  scientific,
  shortest,
  toFixed,
  toSignificant,
} from "./float-text.ts";
import { chars, strLen } from "./str-index.ts";

/** A wrong specification: ValueError unless said otherwise. */
export class FormatError {
  readonly message: string;
  readonly type: "ValueError" | "OverflowError" | "TypeError";
  constructor(message: string, type: "ValueError" | "OverflowError" | "TypeError" = "ValueError") {
    this.message = message;
    this.type = type;
  }
}

export interface FormatSpec {
  fill: string;
  /** "" where not given */
  align: string;
  sign: string;
  z: boolean;
  alternate: boolean;
  /** -1 where not given */
  width: number;
  grouping: string;
  precision: number;
  type: string;
  /** A `0` before the width. */
  zeroPad: boolean;
}

const ALIGN = "<>=^";
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= "0" && c <= "9" && c.length === 1;
const cache = new Map<string, FormatSpec>();

/** Parse a specification; `typeName` is for the message. */
export function parseSpec(spec: string, typeName: string, defaultAlign: string): FormatSpec {
  const key = defaultAlign + spec;
  const known = cache.get(key);
  if (known) return known;
  const c = chars(spec);
  let i = 0;
  const out: FormatSpec = {
    fill: " ",
    align: "",
    sign: "",
    z: false,
    alternate: false,
    width: -1,
    grouping: "",
    precision: -1,
    type: "",
    zeroPad: false,
  };
  let fillGiven = false;
  if (c.length > 1 && ALIGN.includes(c[1]!)) {
    out.fill = c[0]!;
    out.align = c[1]!;
    fillGiven = true;
    i = 2;
  } else if (c.length > 0 && ALIGN.includes(c[0]!)) {
    out.align = c[0]!;
    i = 1;
  }
  if (c[i] === "+" || c[i] === "-" || c[i] === " ") out.sign = c[i++]!;
  if (c[i] === "z") {
    out.z = true;
    i++;
  }
  if (c[i] === "#") {
    out.alternate = true;
    i++;
  }
  if (!fillGiven && c[i] === "0") {
    out.fill = "0";
    out.zeroPad = true;
    if (out.align === "" && defaultAlign === ">") out.align = "=";
    i++;
  }
  const number = (): number => {
    let digits = "";
    while (isDigit(c[i])) digits += c[i++]!;
    if (digits === "") return -1;
    if (digits.length > 19 || BigInt(digits) > 0x7fffffffffffffffn)
      throw new FormatError("Too many decimal digits in format string");
    return Number(digits);
  };
  out.width = number();
  if (c[i] === ",") {
    out.grouping = ",";
    i++;
  }
  if (c[i] === "_") {
    if (out.grouping) throw new FormatError("Cannot specify both ',' and '_'.");
    out.grouping = "_";
    i++;
  }
  if (c[i] === "," && out.grouping === "_") throw new FormatError("Cannot specify both ',' and '_'.");
  if (c[i] === ".") {
    i++;
    out.precision = number();
    if (out.precision < 0) throw new FormatError("Format specifier missing precision");
  }
  if (c.length - i > 1)
    throw new FormatError(`Invalid format specifier '${spec}' for object of type '${typeName}'`);
  if (i < c.length) out.type = c[i]!;
  if (out.grouping) {
    const type = out.type || (defaultAlign === "<" ? "s" : "");
    const ok = "defgEG%F".includes(type) || (out.grouping === "_" && "boxX".includes(type));
    if (!ok) throw new FormatError(groupingMessage(out.grouping, type));
  }
  if (cache.size > 500) cache.clear();
  cache.set(key, out);
  return out;
}

function groupingMessage(grouping: string, type: string): string {
  const code = type.codePointAt(0)!;
  if (code > 32 && code < 128) return `Cannot specify '${grouping}' with '${type}'.`;
  return `Cannot specify '${grouping}' with '\\x${code.toString(16)}'.`;
}

function unknownCode(type: string, typeName: string): FormatError {
  const code = type.codePointAt(0)!;
  const shown = code > 32 && code < 128 ? type : "\\x" + code.toString(16);
  return new FormatError(`Unknown format code '${shown}' for object of type '${typeName}'`);
}

/** Set text in a field; its length counts code points. */
export function pad(
  text: string,
  spec: { fill: string; align: string; width: number },
  defaultAlign: string,
): string {
  const missing = spec.width - strLen(text);
  if (missing <= 0) return text;
  const align = spec.align || defaultAlign;
  if (align === "<") return text + spec.fill.repeat(missing);
  if (align === "^")
    return spec.fill.repeat(missing >> 1) + text + spec.fill.repeat(missing - (missing >> 1));
  return spec.fill.repeat(missing) + text;
}

/** Digits with separators every `size`, led by zeros up to `minWidth` characters. */
function group(digits: string, separator: string, size: number, minWidth: number): string {
  const parts: string[] = [];
  let rest = digits;
  while (rest.length > size) {
    parts.unshift(rest.slice(-size));
    rest = rest.slice(0, -size);
  }
  parts.unshift(rest);
  let out = parts.join(separator);
  // Zero padding is grouped too, and may exceed the width by one where a separator would come first.
  let lead = rest.length;
  while (out.length < minWidth) {
    if (lead === size) {
      out = "0" + separator + out;
      lead = 1;
    } else {
      out = "0" + out;
      lead++;
    }
  }
  return out;
}

/** Sign, prefix, digits and the rest of a number put together in its field. */
function layout(
  spec: FormatSpec,
  negative: boolean,
  prefix: string,
  digits: string,
  rest: string,
  groupSize = 3,
): string {
  const sign = negative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
  const align = spec.align || ">";
  if (spec.grouping) {
    const room =
      align === "=" && spec.fill === "0" ? spec.width - sign.length - prefix.length - rest.length : 0;
    digits = group(digits, spec.grouping, groupSize, room);
  }
  const length = sign.length + prefix.length + digits.length + rest.length;
  if (spec.width <= length) return sign + prefix + digits + rest;
  if (align === "=") return sign + prefix + spec.fill.repeat(spec.width - length) + digits + rest;
  return pad(sign + prefix + digits + rest, spec, ">");
}

/** `format(str, spec)` */
export function formatStr(s: string, text: string, typeName = "str"): string {
  if (text === "") return s;
  const spec = parseSpec(text, typeName, "<");
  if (spec.type !== "" && spec.type !== "s") throw unknownCode(spec.type, typeName);
  if (spec.sign)
    throw new FormatError(
      spec.sign === " "
        ? "Space not allowed in string format specifier"
        : "Sign not allowed in string format specifier",
    );
  if (spec.z) throw new FormatError("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) throw new FormatError("Alternate form (#) not allowed in string format specifier");
  if (spec.align === "=") throw new FormatError("'=' alignment not allowed in string format specifier");
  let value = s;
  if (spec.precision >= 0 && strLen(s) > spec.precision) value = chars(s).slice(0, spec.precision).join("");
  return pad(value, spec, "<");
}

/** `format(int, spec)` */
export function formatInt(v: Int, text: string, typeName = "int"): string {
  if (text === "") return String(v);
  const spec = parseSpec(text, typeName, ">");
  switch (spec.type) {
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
    case "%": {
      const x = Number(v);
      if (!Number.isFinite(x)) throw new FormatError("int too large to convert to float", "OverflowError");
      return formatFloatSpec(x, spec, typeName);
    }
    case "":
    case "d":
    case "b":
    case "o":
    case "x":
    case "X":
    case "n":
    case "c":
      break;
    default:
      throw unknownCode(spec.type, typeName);
  }
  if (spec.precision >= 0) throw new FormatError("Precision not allowed in integer format specifier");
  if (spec.z) throw new FormatError("Negative zero coercion (z) not allowed in integer format specifier");
  if (spec.type === "c") {
    if (spec.sign) throw new FormatError("Sign not allowed with integer format specifier 'c'");
    if (spec.alternate)
      throw new FormatError("Alternate form (#) not allowed with integer format specifier 'c'");
    if (typeof v === "bigint")
      throw new FormatError("Python int too large to convert to C long", "OverflowError");
    if (v < 0 || v > 0x10ffff) throw new FormatError("%c arg not in range(0x110000)", "OverflowError");
    const one = String.fromCodePoint(Number(v));
    return pad(one, spec, ">");
  }
  const negative = v < 0;
  const size = negative ? -v : v;
  switch (spec.type) {
    case "b":
      return layout(spec, negative, spec.alternate ? "0b" : "", size.toString(2), "", 4);
    case "o":
      return layout(spec, negative, spec.alternate ? "0o" : "", size.toString(8), "", 4);
    case "x":
      return layout(spec, negative, spec.alternate ? "0x" : "", size.toString(16), "", 4);
    case "X":
      return layout(spec, negative, spec.alternate ? "0X" : "", size.toString(16).toUpperCase(), "", 4);
    default:
      return layout(spec, negative, "", size.toString(10), "");
  }
}

/** `format(float, spec)` */
export function formatFloat(x: number, text: string, typeName = "float"): string {
  if (text === "") return floatRepr(x);
  const spec = parseSpec(text, typeName, ">");
  if (spec.type !== "" && !"eEfFgGn%".includes(spec.type)) throw unknownCode(spec.type, typeName);
  return formatFloatSpec(x, spec, typeName);
}

function formatFloatSpec(x: number, spec: FormatSpec, _typeName: string): string {
  const type = spec.type;
  let body: string;
  let value = x;
  if (type === "%") value *= 100;
  if (type === "" && spec.precision < 0) body = numberText(Math.abs(value), "r", 0, spec.alternate);
  else if (type === "") body = numberText(Math.abs(value), "", spec.precision, spec.alternate);
  else
    body = numberText(
      Math.abs(value),
      type === "n" ? "g" : type === "%" ? "f" : type,
      spec.precision < 0 ? 6 : spec.precision,
      spec.alternate,
    );
  let negative = value < 0 || Object.is(value, -0);
  if (spec.z && negative && /^[0.]*(?:[eE][+-]?\d+)?$/.test(body)) negative = false;
  if (type === "%") body += "%";
  const m = /^\d+/.exec(body);
  if (!m) return layout({ ...spec, grouping: "" }, negative, "", body, "");
  return layout(spec, negative, "", m[0], body.slice(m[0].length));
}

/** A number ≥ 0 (or nan, inf) by one of the codes e E f F g G, "r" (repr), or "" (general, always with a fraction). */
export function numberText(x: number, code: string, precision: number, alternate: boolean): string {
  const upper = code === "E" || code === "F" || code === "G";
  if (x !== x) return upper ? "NAN" : "nan";
  if (x === Infinity) return upper ? "INF" : "inf";
  switch (code) {
    case "f":
    case "F": {
      const s = toFixed(x, precision);
      return alternate && precision === 0 ? s + "." : s;
    }
    case "e":
    case "E":
      return scientific(toSignificant(x, precision + 1), code, alternate);
    case "r": {
      const d = shortest(x);
      if (d.point > 16 || d.point <= -4) return scientific(d, "e", alternate);
      const s = plain(d);
      return s.includes(".") ? s : s + ".0";
    }
    default: {
      const count = precision === 0 ? 1 : precision;
      const d = toSignificant(x, count);
      const zeros = alternate ? d.digits : d.digits.replace(/0+$/, "") || "0";
      const cut = { digits: zeros, point: d.point };
      if (d.point <= -4 || d.point > count - (code === "" ? 1 : 0)) {
        const rest = zeros.slice(1);
        return zeros[0]! + (rest || alternate ? "." + rest : "") + exponentText(d.point, upper ? "E" : "e");
      }
      const s = plain(cut);
      if (s.includes(".")) return s;
      return code === "" ? s + ".0" : alternate ? s + "." : s;
    }
  }
}

/** `format(complex, spec)` */
export function formatComplex(re: number, im: number, text: string, typeName = "complex"): string {
  if (text === "") return complexRepr(re, im);
  const spec = parseSpec(text, typeName, ">");
  if (spec.type !== "" && !"eEfFgGn".includes(spec.type)) throw unknownCode(spec.type, typeName);
  if (spec.zeroPad || spec.fill === "0")
    throw new FormatError("Zero padding is not allowed in complex format specifier");
  if (spec.align === "=")
    throw new FormatError("'=' alignment flag is not allowed in complex format specifier");
  const bareSpec: FormatSpec = { ...spec, width: -1, fill: " ", align: "" };
  const repr = spec.type === "";
  const part = (x: number): string => {
    if (!repr) return formatFloatSpec(x, bareSpec, typeName);
    let body =
      spec.precision < 0
        ? numberText(Math.abs(x), "r", 0, spec.alternate)
        : numberText(Math.abs(x), "g", spec.precision, spec.alternate);
    if (spec.precision < 0) body = body.replace(/\.0$/, spec.alternate ? "." : "");
    const m = /^\d+/.exec(body);
    const negative = (x < 0 || Object.is(x, -0)) && !(spec.z && /^[0.]*$/.test(body));
    return m
      ? layout(bareSpec, negative, "", m[0], body.slice(m[0].length))
      : layout({ ...bareSpec, grouping: "" }, negative, "", body, "");
  };
  const plusSpec = { ...bareSpec, sign: "+" };
  const imaginary = ((): string => {
    if (!repr) return formatFloatSpec(im, plusSpec, typeName);
    const t = part(im);
    return /^[-+ ]/.test(t) ? t.replace(/^ /, "+") : "+" + t;
  })();
  let out: string;
  if (repr && re === 0 && !Object.is(re, -0)) out = part(im) + "j";
  else if (repr) out = "(" + part(re) + imaginary + "j)";
  else out = part(re) + imaginary + "j";
  return pad(out, spec, ">");
}

/** `repr(complex)` */
export function complexRepr(re: number, im: number): string {
  const part = (x: number): string => floatRepr(x).replace(/\.0$/, "");
  if (re === 0 && !Object.is(re, -0)) return part(im) + "j";
  const i = part(im);
  return "(" + part(re) + (i.startsWith("-") ? "" : "+") + i + "j)";
}
