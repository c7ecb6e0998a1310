// format(v, spec), str.format's templates, and the % operator of str and bytes.
// Behaviour: docs.python.org/3.11/library/string.html#format-string-syntax, stdtypes.html#printf-style-string-formatting.
import { getAttr } from "../runtime/attributes.ts";
import { callSpecial } from "../runtime/call.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { getItem } from "../runtime/items.ts";
import {
  asInt,
  asStr,
  bare,
  PyBytes,
  PyFloat,
  PyTuple,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { ascii, repr, str } from "../runtime/repr.ts";
import { bytesOf } from "./buffer.ts";
import { floatOrUndefined, indexOrUndefined } from "./convert.ts";
import { asFormatError } from "./format-error.ts";
import { formatFloat, formatInt, formatStr, numberText } from "./format-spec.ts";
import { truncFloat, intText } from "./int-type.ts";
import { chars, strLen } from "./str-index.ts";
import type { Int } from "./int-math.ts";

/** `format(v, spec)` as a JavaScript string. */
export function formatValue(v: Value, spec: string): string {
  switch (typeof v) {
    case "string":
      return spec === "" ? v : asFormatError(() => formatStr(v, spec));
    case "number":
      return spec === "" ? String(v) : asFormatError(() => formatInt(v, spec));
    case "boolean":
      return spec === "" ? str(v) : asFormatError(() => formatInt(v ? 1 : 0, spec, "bool"));
    default:
      if (v instanceof PyFloat && v[TYPE] === bare.float) return asFormatError(() => formatFloat(v.v, spec));
      return formatObject(v, spec);
  }
}

function formatObject(v: Value, spec: string): string {
  const r = callSpecial(v, "__format__", [spec]);
  if (r === undefined) raise(E.TypeError, `unsupported format string passed to ${typeOf(v).name}.__format__`);
  const s = asStr(r);
  if (s === undefined) raise(E.TypeError, `__format__ must return a str, not ${typeOf(r).name}`);
  return s;
}

/** `!r`, `!s`, `!a` of a replacement field. */
function convertValue(v: Value, conversion: string): Value {
  switch (conversion) {
    case "r":
      return repr(v);
    case "s":
      return str(v);
    case "a":
      return ascii(v);
    default:
      raise(
        E.ValueError,
        conversion > " " && conversion < "\x7f"
          ? `Unknown conversion specifier ${conversion}`
          : `Unknown conversion specifier \\x${conversion.codePointAt(0)!.toString(16)}`,
      );
  }
}

// str.format

export interface TemplatePart {
  readonly literal: string;
  /** null: only a literal */
  readonly field: string | null;
  readonly spec: string;
  readonly conversion: string | null;
}

/** Cut a template into literals and replacement fields. @throws ValueError */
function parseTemplate(text: string): TemplatePart[] {
  const out: TemplatePart[] = [];
  let literal = "";
  let i = 0;
  const n = text.length;
  const bad = (message: string): never => raise(E.ValueError, message);
  while (i < n) {
    const c = text[i]!;
    if (c === "{" || c === "}") {
      if (text[i + 1] === c) {
        literal += c;
        i += 2;
        continue;
      }
      if (c === "}") bad("Single '}' encountered in format string");
      if (i + 1 >= n) bad("Single '{' encountered in format string");
      i++;
      // the field name, up to ! or : outside brackets
      const start = i;
      let depth = 1;
      let inBrackets = false;
      while (i < n) {
        const d = text[i]!;
        if (d === "[") inBrackets = true;
        else if (d === "]") inBrackets = false;
        else if (!inBrackets && d === "{") bad("unexpected '{' in field name");
        else if (!inBrackets && (d === "}" || d === ":" || d === "!")) break;
        i++;
      }
      if (i >= n) bad("expected '}' before end of string");
      const field = text.slice(start, i);
      let conversion: string | null = null;
      let spec = "";
      if (text[i] === "!") {
        i++;
        if (i >= n) bad("end of string while looking for conversion specifier");
        const [one] = text.slice(i, i + 2);
        conversion = one!;
        i += one!.length;
        if (i >= n) bad("unmatched '{' in format spec");
        if (text[i] !== ":" && text[i] !== "}") bad("expected ':' after conversion specifier");
      }
      if (text[i] === ":") {
        i++;
        const from = i;
        while (i < n) {
          if (text[i] === "{") depth++;
          else if (text[i] === "}" && --depth === 0) break;
          i++;
        }
        if (i >= n)
          bad(
            text.slice(from).includes("{")
              ? "expected '}' before end of string"
              : "unmatched '{' in format spec",
          );
        spec = text.slice(from, i);
      }
      i++;
      out.push({ literal, field, spec, conversion });
      literal = "";
      continue;
    }
    let end = i + 1;
    while (end < n && text[end] !== "{" && text[end] !== "}") end++;
    literal += text.slice(i, end);
    i = end;
  }
  if (literal !== "") out.push({ literal, field: null, spec: "", conversion: null });
  return out;
}

/** A field name taken apart: what it begins with, then attribute and index steps. */
function splitField(field: string): {
  first: string;
  steps: (readonly [isAttribute: boolean, name: string])[];
} {
  const m = /[.[]/.exec(field);
  const first = m ? field.slice(0, m.index) : field;
  const steps: (readonly [boolean, string])[] = [];
  let i = first.length;
  while (i < field.length) {
    if (field[i] === ".") {
      let end = i + 1;
      while (end < field.length && field[end] !== "." && field[end] !== "[") end++;
      const name = field.slice(i + 1, end);
      if (name === "") raise(E.ValueError, "Empty attribute in format string");
      steps.push([true, name]);
      i = end;
    } else if (field[i] === "[") {
      const end = field.indexOf("]", i);
      if (end < 0) raise(E.ValueError, "Missing ']' in format string");
      const name = field.slice(i + 1, end);
      if (name === "") raise(E.ValueError, "Empty attribute in format string");
      steps.push([false, name]);
      i = end + 1;
    } else raise(E.ValueError, "Only '.' or '[' may follow ']' in format field specifier");
  }
  return { first, steps };
}

const isIndex = (s: string): boolean => /^[0-9]+$/.test(s);

/** What a template takes its values from; args undefined for format_map. */
export interface FormatSource {
  readonly args: readonly Value[] | undefined;
  byName(name: string): Value;
}

/** Counts automatic fields; -1 once fields are numbered by hand. */
interface Numbering {
  next: number;
}

export function formatTemplate(
  text: string,
  source: FormatSource,
  depth = 2,
  numbering: Numbering = { next: 0 },
): string {
  if (depth < 0) raise(E.ValueError, "Max string recursion exceeded");
  let out = "";
  for (const p of parseTemplate(text)) {
    out += p.literal;
    if (p.field === null) continue;
    let v = fieldValue(p.field, source, numbering);
    if (p.conversion !== null) v = convertValue(v, p.conversion);
    const spec =
      p.spec.includes("{") || p.spec.includes("}")
        ? depth <= 1
          ? tooDeep()
          : formatTemplate(p.spec, source, depth - 1, numbering)
        : p.spec;
    out += formatValue(v, spec);
  }
  return out;
}

function tooDeep(): never {
  raise(E.ValueError, "Max string recursion exceeded");
}

function fieldValue(field: string, source: FormatSource, numbering: Numbering): Value {
  const { first, steps } = splitField(field);
  let v: Value;
  if (first === "" || isIndex(first)) {
    if (first === "") {
      if (numbering.next < 0)
        raise(E.ValueError, "cannot switch from manual field specification to automatic field numbering");
    } else if (numbering.next > 0)
      raise(E.ValueError, "cannot switch from automatic field numbering to manual field specification");
    else numbering.next = -1;
    const index = first === "" ? numbering.next++ : Number(first);
    if (source.args === undefined) raise(E.ValueError, "Format string contains positional fields");
    if (index > 0x7fffffffffffffff) raise(E.ValueError, "Too many decimal digits in format string");
    if (index >= source.args.length)
      raise(E.IndexError, `Replacement index ${index} out of range for positional args tuple`);
    v = source.args[index];
  } else v = source.byName(first);
  for (const [isAttribute, name] of steps)
    v = isAttribute ? getAttr(v, name) : getItem(v, isIndex(name) ? Number(name) : name);
  return v;
}

// the % operator

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
  return p.left ? text + " ".repeat(missing) : " ".repeat(missing) + text;
}

/** A number's sign, prefix and digits in its field, zeros between prefix and digits. */
function number(negative: boolean, prefix: string, digits: string, p: Percent, zero: boolean): string {
  const sign = negative ? "-" : p.plus ? "+" : p.space ? " " : "";
  const missing = p.width - sign.length - prefix.length - digits.length;
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

/** `format % value` */
export function percent(
  format: string,
  value: Value,
  convert: Convert = convertStr,
  kind = "string",
): string {
  const args: readonly Value[] = value instanceof PyTuple ? value.items : [value];
  const mapping = isMappingArgument(value);
  let used = 0;
  let byName = false;
  // A value found by name is the one argument that is left.
  let named: Value | undefined;
  const next = (): Value => {
    if (named !== undefined) {
      const v = named;
      named = undefined;
      return v;
    }
    if (byName || used >= args.length) raise(E.TypeError, "not enough arguments for format string");
    return args[used++];
  };
  let out = "";
  let i = 0;
  const n = format.length;
  for (;;) {
    const at = format.indexOf("%", i);
    if (at < 0) {
      out += format.slice(i);
      break;
    }
    out += format.slice(i, at);
    i = at + 1;
    if (format[i] === "(") {
      if (!mapping) raise(E.TypeError, "format requires a mapping");
      let depth = 1;
      const start = ++i;
      while (i < n && depth > 0) {
        if (format[i] === "(") depth++;
        else if (format[i] === ")") depth--;
        i++;
      }
      if (depth > 0) raise(E.ValueError, "incomplete format key");
      const name = format.slice(start, i - 1);
      named = getItem(
        value,
        kind === "string" ? name : new PyBytes(Uint8Array.from(name, (c) => c.charCodeAt(0))),
      );
      byName = true;
    }
    const p: Percent = {
      left: false,
      plus: false,
      space: false,
      alternate: false,
      zero: false,
      width: -1,
      precision: -1,
    };
    for (; i < n; i++) {
      const c = format[i];
      if (c === "-") p.left = true;
      else if (c === "+") p.plus = true;
      else if (c === " ") p.space = true;
      else if (c === "#") p.alternate = true;
      else if (c === "0") p.zero = true;
      else break;
    }
    const star = (): number => {
      const v = next();
      const w = asInt(v);
      if (w === undefined) raise(E.TypeError, "* wants int");
      if (typeof w === "bigint") raise(E.OverflowError, "Python int too large to convert to C int");
      return w;
    };
    if (format[i] === "*") {
      i++;
      p.width = star();
      if (p.width < 0) {
        p.left = true;
        p.width = -p.width;
      }
    } else {
      const m = /^[0-9]+/.exec(format.slice(i, i + 20));
      if (m) {
        p.width = Number(m[0]);
        if (p.width > 2147483647) raise(E.ValueError, "width too big");
        i += m[0].length;
      }
    }
    if (format[i] === ".") {
      i++;
      if (format[i] === "*") {
        i++;
        p.precision = Math.max(0, star());
      } else {
        const m = /^[0-9]*/.exec(format.slice(i, i + 20))!;
        p.precision = Number(m[0]);
        if (p.precision > 2147483647) raise(E.ValueError, "precision too big");
        i += m[0].length;
      }
    }
    if (format[i] === "h" || format[i] === "l" || format[i] === "L") i++;
    if (i >= n) raise(E.ValueError, "incomplete format");
    const code = String.fromCodePoint(format.codePointAt(i)!);
    i += code.length;
    if (code === "%" && i === at + 2) {
      out += "%";
      continue;
    }
    const v = next();
    const text = convert(v, code, p, i - code.length);
    if (text === undefined) {
      const shown = code > " " && code < "\x7f" ? code : "?";
      raise(
        E.ValueError,
        `unsupported format character '${shown}' (0x${code.codePointAt(0)!.toString(16)}) at index ${i - code.length}`,
      );
    }
    out += text;
  }
  const all = byName || mapping || used >= args.length || (value instanceof PyTuple && args.length === 0);
  if (!all) raise(E.TypeError, `not all arguments converted during ${kind} formatting`);
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

/** The KeyError of a missing name. */
export function missingKey(name: string): unknown {
  return err(E.KeyError, name);
}
