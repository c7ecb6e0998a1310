// The % operator of str and bytes. Behaviour: docs.python.org/3.11/library/stdtypes.html#printf-style-string-formatting.
import { callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { getItem } from "../runtime/items.ts";
import {
  asInt,
  asStr,
  PyBytes,
  PyFloat,
  PyTuple,
  TYPE,
  typeOf,
  type Typed,
  type Value,
} from "../runtime/object.ts";
import { guardSize } from "../runtime/limits.ts";
import { ascii, repr, str } from "../runtime/repr.ts";
import { bytesOf } from "./buffer.ts";
import { floatOrUndefined, indexOrUndefined } from "./convert.ts";
import { numberText } from "./format-spec.ts";
import type { Int } from "./int-math.ts";
import { intText, truncFloat } from "./int-type.ts";
import { chars, strLen } from "./str-index.ts";

interface Percent {
  left: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  width: number;
  precision: number;
}

function padded(text: string, p: Percent): string {
  const missing = p.width - strLen(text);
  if (missing <= 0) return text;
  guardSize(missing);
  return p.left ? text + " ".repeat(missing) : " ".repeat(missing) + text;
}

/** A number's sign, prefix and digits in its field, zeros between prefix and digits. */
export function number(negative: boolean, prefix: string, digits: string, p: Percent, zero: boolean): string {
  const sign = negative ? "-" : p.plus ? "+" : p.space ? " " : "";
  const missing = p.width - sign.length - prefix.length - digits.length;
  guardSize(missing);
  if (zero && !p.left && missing > 0) return sign + prefix + "0".repeat(missing) + digits;
  return padded(sign + prefix + digits, p);
}

function integer(v: Value, code: string): Int {
  if (code === "d" || code === "i" || code === "u") {
    if (v instanceof PyFloat) return truncFloat(v.v);
    const n = asInt(v);
    if (n !== undefined) return n;
    const t = typeOf(v);
    if (t.lookup("__index__") === undefined && t.lookup("__int__") === undefined)
      raise(E.TypeError, `%${code} format: a real number is required, not ${t.name}`);
    const i = indexOrUndefined(v);
    if (i !== undefined) return i;
    const made = asInt(callSpecial(v, "__int__", [])!);
    if (made === undefined) raise(E.TypeError, `%${code} format: a real number is required, not ${t.name}`);
    return made;
  }
  const n = v instanceof PyFloat ? undefined : indexOrUndefined(v);
  if (n === undefined) raise(E.TypeError, `%${code} format: an integer is required, not ${typeOf(v).name}`);
  return n;
}

function oneInteger(v: Value, code: string, p: Percent): string {
  const n = integer(v, code);
  const size = n < 0 ? -n : n;
  let digits =
    code === "x" || code === "X" ? size.toString(16) : code === "o" ? size.toString(8) : intText(size);
  let prefix = p.alternate ? (code === "x" || code === "X" ? "0x" : code === "o" ? "0o" : "") : "";
  if (code === "X") {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  if (p.precision > digits.length) digits = digits.padStart(p.precision, "0");
  return number(n < 0, prefix, digits, p, p.zero);
}

function oneFloat(v: Value, code: string, p: Percent): string {
  const x = floatOrUndefined(v);
  if (x === undefined) raise(E.TypeError, `must be real number, not ${typeOf(v).name}`);
  const body = numberText(Math.abs(x), code, p.precision < 0 ? 6 : p.precision, p.alternate);
  return number(x < 0 || Object.is(x, -0), "", body, p, p.zero);
}

function oneChar(v: Value, p: Percent): string {
  const s = asStr(v);
  if (s !== undefined) {
    if (strLen(s) !== 1) raise(E.TypeError, "%c requires int or char");
    return padded(s, p);
  }
  const n = v instanceof PyFloat ? undefined : indexOrUndefined(v);
  if (n === undefined) raise(E.TypeError, "%c requires int or char");
  if (n < 0 || n > 0x10ffff) raise(E.OverflowError, "%c arg not in range(0x110000)");
  return padded(String.fromCodePoint(Number(n)), p);
}

function truncate(text: string, p: Percent): string {
  return p.precision >= 0 && p.precision < strLen(text) ? chars(text).slice(0, p.precision).join("") : text;
}

/** How one conversion makes text: str's own or bytes's. */
type Convert = (v: Value, code: string, p: Percent, at: number) => string | undefined;

function convertStr(v: Value, code: string, p: Percent): string | undefined {
  switch (code) {
    case "s":
      return padded(truncate(str(v), p), p);
    case "r":
      return padded(truncate(repr(v), p), p);
    case "a":
      return padded(truncate(ascii(v), p), p);
    case "c":
      return oneChar(v, p);
    default:
      return convertNumber(v, code, p);
  }
}

function convertNumber(v: Value, code: string, p: Percent): string | undefined {
  switch (code) {
    case "d":
    case "i":
    case "u":
      return oneInteger(v, code, p);
    case "x":
    case "X":
    case "o":
      return oneInteger(v, code, p);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return oneFloat(v, code, p);
    default:
      return undefined;
  }
}

/** Whether the right operand of % is a mapping as CPython takes it: subscriptable, but no tuple and no str. */
function isMappingArgument(v: Value): boolean {
  if (v instanceof PyTuple || asStr(v) !== undefined || typeof v !== "object" || v === null) return false;
  return (v as Typed)[TYPE].lookup("__getitem__") !== undefined;
}

/** The largest of C's numbers that CPython keeps a width and a precision in. */
const SIZE = 2 ** 63 - 1;
const INT = 2 ** 31 - 1;

/** What the right operand gives: its values in order, or one by its name. */
class Operands {
  private readonly value: Value;
  private readonly kind: string;
  private readonly items: readonly Value[];
  private readonly isMapping: boolean;
  private used = 0;
  private byName = false;
  /** A value found by name is the one argument that is left. */
  private named: Value | undefined;

  constructor(value: Value, kind: string) {
    this.value = value;
    this.kind = kind;
    this.items = value instanceof PyTuple ? value.items : [value];
    this.isMapping = isMappingArgument(value);
  }

  next(): Value {
    if (this.named !== undefined) {
      const v = this.named;
      this.named = undefined;
      return v;
    }
    if (this.byName || this.used >= this.items.length)
      raise(E.TypeError, "not enough arguments for format string");
    return this.items[this.used++];
  }

  /** The value of `*`. */
  nextSize(most: number, type: string): number {
    const w = asInt(this.next());
    if (w === undefined) raise(E.TypeError, "* wants int");
    if (w > most || w < -most) raise(E.OverflowError, `Python int too large to convert to C ${type}`);
    return Number(w);
  }

  needMapping(): void {
    if (!this.isMapping) raise(E.TypeError, "format requires a mapping");
  }

  choose(name: string): void {
    const key = this.kind === "string" ? name : new PyBytes(Uint8Array.from(name, (c) => c.charCodeAt(0)));
    this.named = getItem(this.value, key);
    this.byName = true;
  }

  end(): void {
    const none = this.value instanceof PyTuple && this.items.length === 0;
    if (!this.byName && !this.isMapping && this.used < this.items.length && !none)
      raise(E.TypeError, `not all arguments converted during ${this.kind} formatting`);
  }
}

/** Reads a format from one conversion to the next. */
class PercentReader {
  private readonly format: string;
  private readonly operands: Operands;
  at = 0;

  constructor(format: string, operands: Operands) {
    this.format = format;
    this.operands = operands;
  }

  /** The text before the next `%`, which is passed; null at the end, with what is left. */
  plain(): readonly [text: string, more: boolean] {
    const end = this.format.indexOf("%", this.at);
    const text = this.format.slice(this.at, end < 0 ? undefined : end);
    this.at = end + 1;
    return [text, end >= 0];
  }

  private take(c: string): boolean {
    if (this.format[this.at] !== c) return false;
    this.at++;
    return true;
  }

  /** `(name)`, which may hold parentheses itself. */
  private key(): void {
    if (!this.take("(")) return;
    this.operands.needMapping();
    const start = this.at;
    for (let depth = 1; depth > 0; this.at++) {
      if (this.at >= this.format.length) raise(E.ValueError, "incomplete format key");
      const c = this.format[this.at];
      depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    }
    this.operands.choose(this.format.slice(start, this.at - 1));
  }

  /** Digits; NaN where there are none. */
  private digits(what: string, most: number): number {
    const m = /^[0-9]*/.exec(this.format.slice(this.at, this.at + 20))!;
    if (m[0] === "") return NaN;
    if (Number(m[0]) > most) raise(E.ValueError, `${what} too big`);
    this.at += m[0].length;
    return Number(m[0]);
  }

  private width(p: Percent): void {
    if (this.take("*")) {
      const width = this.operands.nextSize(SIZE, "ssize_t");
      p.left ||= width < 0;
      p.width = Math.abs(width);
    } else {
      const width = this.digits("width", SIZE);
      if (!Number.isNaN(width)) p.width = width;
    }
  }

  private precision(p: Percent): void {
    if (!this.take(".")) return;
    p.precision = this.take("*")
      ? Math.max(0, this.operands.nextSize(INT, "int"))
      : this.digits("precision", INT) || 0;
  }

  /** What stands between `%` and the letter. */
  fields(): Percent {
    this.key();
    const p: Percent = {
      left: false,
      plus: false,
      space: false,
      alternate: false,
      zero: false,
      width: -1,
      precision: -1,
    };
    for (; ; this.at++) {
      const c = this.format[this.at];
      if (c === "-") p.left = true;
      else if (c === "+") p.plus = true;
      else if (c === " ") p.space = true;
      else if (c === "#") p.alternate = true;
      else if (c === "0") p.zero = true;
      else break;
    }
    this.width(p);
    this.precision(p);
    if (!this.take("h") && !this.take("l")) this.take("L");
    return p;
  }

  letter(): string {
    const code = this.format.codePointAt(this.at);
    if (code === undefined) raise(E.ValueError, "incomplete format");
    const letter = String.fromCodePoint(code);
    this.at += letter.length;
    return letter;
  }
}

/** `format % value` */
export function percent(
  format: string,
  value: Value,
  convert: Convert = convertStr,
  kind = "string",
): string {
  const operands = new Operands(value, kind);
  const reader = new PercentReader(format, operands);
  let out = "";
  for (;;) {
    const [text, more] = reader.plain();
    out += text;
    if (!more) break;
    const begin = reader.at;
    const fields = reader.fields();
    const code = reader.letter();
    const at = reader.at - code.length;
    if (code === "%" && at === begin) {
      out += "%";
      continue;
    }
    const made = convert(operands.next(), code, fields, at);
    if (made === undefined) {
      const shown = code > " " && code < "\x7f" ? code : "?";
      raise(
        E.ValueError,
        `unsupported format character '${shown}' (0x${code.codePointAt(0)!.toString(16)}) at index ${at}`,
      );
    }
    out += made;
  }
  operands.end();
  return out;
}

const latin = (b: Uint8Array): string => Array.from(b, (c) => String.fromCharCode(c)).join("");

/** `b"…" % value`, on bytes spelled as Latin-1. */
export function percentBytes(format: string, value: Value): string {
  return percent(
    format,
    value,
    (v, code, p) => {
      switch (code) {
        case "s":
        case "b": {
          const made = bytesOf(v) ?? bytesOf(callSpecial(v, "__bytes__", []) ?? null);
          if (made === undefined)
            raise(
              E.TypeError,
              `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeOf(v).name}'`,
            );
          return padded(truncate(latin(made), p), p);
        }
        case "r":
        case "a":
          return padded(truncate(ascii(v), p), p);
        case "c": {
          const b = bytesOf(v);
          if (b?.length === 1) return padded(latin(b), p);
          const n = b ? undefined : asInt(v);
          if (n === undefined) raise(E.TypeError, "%c requires an integer in range(256) or a single byte");
          if (n < 0 || n > 255) raise(E.OverflowError, "%c arg not in range(256)");
          return padded(String.fromCharCode(Number(n)), p);
        }
        default:
          return convertNumber(v, code, p);
      }
    },
    "bytes",
  );
}
