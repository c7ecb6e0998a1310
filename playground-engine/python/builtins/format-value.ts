// format(v, spec), and str.format's templates. Behaviour: docs.python.org/3.11/library/string.html#format-string-syntax.
import { getAttr } from "../runtime/attributes.ts";
import { callSpecial } from "../runtime/call.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { getItem } from "../runtime/items.ts";
import { asStr, bare, PyFloat, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { ascii, repr, str } from "../runtime/repr.ts";
import { asFormatError } from "./format-error.ts";
import { formatFloat, formatInt, formatStr } from "./format-spec.ts";

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

/** The KeyError of a missing name. */
export function missingKey(name: string): unknown {
  return err(E.KeyError, name);
}
