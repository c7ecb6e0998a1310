// Parameters of a callable and how arguments meet them, with CPython's TypeErrors.
//
// Arguments travel as one array: positional values, then keyword values, with the keyword names beside it (CPython's
// vectorcall). The outcome is one JavaScript array in the order: positional parameters, *args, keyword-only, **kwargs.
// Behaviour: docs.python.org/3.11/reference/expressions.html#calls.
import { raise, E } from "./exceptions.ts";
import { PyFloat, PyTuple, type Value } from "./object.ts";

export class Params {
  /** Positional parameters, the positional-only ones first. */
  readonly names: readonly string[];
  readonly posOnly: number;
  readonly varArgs: string | null;
  readonly kwOnly: readonly string[];
  readonly varKw: string | null;
  /** Length of the bound array. */
  readonly count: number;
  constructor(
    names: readonly string[],
    posOnly = 0,
    varArgs: string | null = null,
    kwOnly: readonly string[] = [],
    varKw: string | null = null,
  ) {
    this.names = names;
    this.posOnly = posOnly;
    this.varArgs = varArgs;
    this.kwOnly = kwOnly;
    this.varKw = varKw;
    this.count = names.length + (varArgs === null ? 0 : 1) + kwOnly.length + (varKw === null ? 0 : 1);
  }
}

/** What the binder asks of a callable. */
export interface Callee {
  readonly params: Params;
  /** Name in error messages, without "()". */
  readonly displayName: string;
  /** How many of the last positional parameters have defaults. */
  readonly defaultCount: number;
  hasKwDefault(name: string): boolean;
  makeVarArgs(items: Value[]): unknown;
  makeVarKw(entries: Map<string, Value>): unknown;
}

export const NO_NAMES: readonly string[] = [];

/**
 * Bind arguments; parameters that are left to their default stay undefined in the result, also *args and **kwargs without content.
 * @throws TypeError as CPython words it
 */
export function bindArguments(f: Callee, args: readonly Value[], kwnames: readonly string[]): unknown[] {
  const p = f.params;
  const npos = args.length - kwnames.length;
  const n = p.names.length;
  const out: unknown[] = [];
  for (let i = 0; i < p.count; i++) out.push(i < npos && i < n ? args[i] : undefined);
  const kwAt = n + (p.varArgs === null ? 0 : 1);
  if (p.varArgs !== null && npos > n) out[n] = f.makeVarArgs(args.slice(n, npos));
  if (kwnames.length > 0) bindKeywords(f, args, npos, kwnames, out, kwAt);
  if (npos > n && p.varArgs === null) tooMany(f, npos, out, kwAt);
  if (npos < n) {
    const required = n - f.defaultCount;
    const missing: string[] = [];
    for (let i = npos; i < required; i++) if (out[i] === undefined) missing.push(p.names[i]!);
    if (missing.length > 0) reportMissing(f, "positional", missing);
  }
  if (p.kwOnly.length > 0) {
    const missing = p.kwOnly.filter((name, i) => out[kwAt + i] === undefined && !f.hasKwDefault(name));
    if (missing.length > 0) reportMissing(f, "keyword-only", missing);
  }
  return out;
}

function bindKeywords(
  f: Callee,
  args: readonly Value[],
  npos: number,
  kwnames: readonly string[],
  out: unknown[],
  kwAt: number,
): void {
  const p = f.params;
  let extra: Map<string, Value> | undefined;
  for (let k = 0; k < kwnames.length; k++) {
    const name = kwnames[k]!;
    const value = args[npos + k];
    let at = p.names.indexOf(name, p.posOnly);
    if (at < 0) {
      const kw = p.kwOnly.indexOf(name);
      if (kw >= 0) at = kwAt + kw;
    }
    if (at < 0) {
      if (p.varKw === null) {
        const wrong = p.names.slice(0, p.posOnly).filter((x) => kwnames.includes(x));
        if (wrong.length > 0)
          raise(
            E.TypeError,
            `${f.displayName}() got some positional-only arguments passed as keyword arguments: '${wrong.join(", ")}'`,
          );
        raise(E.TypeError, `${f.displayName}() got an unexpected keyword argument '${name}'`);
      }
      (extra ??= new Map()).set(name, value);
    } else if (out[at] !== undefined) {
      raise(E.TypeError, `${f.displayName}() got multiple values for argument '${name}'`);
    } else {
      out[at] = value;
    }
  }
  if (extra) out[p.count - 1] = f.makeVarKw(extra);
}

function tooMany(f: Callee, given: number, out: readonly unknown[], kwAt: number): never {
  const p = f.params;
  const n = p.names.length;
  const kwGiven = p.kwOnly.filter((_, i) => out[kwAt + i] !== undefined).length;
  const takes = f.defaultCount > 0 ? `from ${n - f.defaultCount} to ${n}` : `${n}`;
  const plural = f.defaultCount > 0 || n !== 1 ? "s" : "";
  const only =
    kwGiven > 0
      ? ` positional argument${given === 1 ? "" : "s"} (and ${kwGiven} keyword-only argument${kwGiven === 1 ? "" : "s"})`
      : "";
  raise(
    E.TypeError,
    `${f.displayName}() takes ${takes} positional argument${plural} but ${given}${only} ${given === 1 && kwGiven === 0 ? "was" : "were"} given`,
  );
}

function reportMissing(f: Callee, kind: string, names: readonly string[]): never {
  const quoted = names.map((x) => `'${x}'`);
  const list =
    quoted.length === 1
      ? quoted[0]!
      : quoted.length === 2
        ? quoted.join(" and ")
        : `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)!}`;
  raise(
    E.TypeError,
    `${f.displayName}() missing ${names.length} required ${kind} argument${names.length === 1 ? "" : "s"}: ${list}`,
  );
}

/** A signature string taken apart: parameters and the values of literal defaults. */
export interface ParsedSignature {
  readonly params: Params;
  /** By position in the bound array; undefined where there is none or it is no literal. */
  readonly defaults: readonly (Value | undefined)[];
  readonly defaultTexts: readonly (string | undefined)[];
  readonly defaultCount: number;
  readonly kwDefaults: ReadonlySet<string>;
}

const parsed = new Map<string, ParsedSignature>();

/** Parse `(self, x, /, y=1, *args, key=None, **kwargs) -> int`; annotations are left out of account. */
export function parseSignature(text: string): ParsedSignature {
  const known = parsed.get(text);
  if (known) return known;
  const open = text.indexOf("(");
  const close = closing(text, open);
  if (open < 0 || close < 0) throw new Error(`not a signature: ${text}`);
  const names: string[] = [];
  const kwOnly: string[] = [];
  const posDefaults: (string | undefined)[] = [];
  const kwDefaultTexts: (string | undefined)[] = [];
  let posOnly = 0;
  let varArgs: string | null = null;
  let varKw: string | null = null;
  let onlyKeywords = false;
  for (const part of splitTop(text.slice(open + 1, close))) {
    if (part === "/") posOnly = names.length;
    else if (part === "*") onlyKeywords = true;
    else if (part.startsWith("**")) varKw = nameOf(part.slice(2));
    else if (part.startsWith("*")) {
      varArgs = nameOf(part.slice(1));
      onlyKeywords = true;
    } else {
      const eq = topLevel(part, "=");
      const value = eq < 0 ? undefined : part.slice(eq + 1).trim();
      const name = nameOf(eq < 0 ? part : part.slice(0, eq));
      if (onlyKeywords) {
        kwOnly.push(name);
        kwDefaultTexts.push(value);
      } else {
        names.push(name);
        posDefaults.push(value);
      }
    }
  }
  const texts = [
    ...posDefaults,
    ...(varArgs === null ? [] : [undefined]),
    ...kwDefaultTexts,
    ...(varKw === null ? [] : [undefined]),
  ];
  const made: ParsedSignature = {
    params: new Params(names, posOnly, varArgs, kwOnly, varKw),
    defaults: texts.map((t) => (t === undefined ? undefined : literal(t))),
    defaultTexts: texts,
    defaultCount: posDefaults.filter((t) => t !== undefined).length,
    kwDefaults: new Set(kwOnly.filter((_, i) => kwDefaultTexts[i] !== undefined)),
  };
  parsed.set(text, made);
  return made;
}

function nameOf(part: string): string {
  const colon = topLevel(part, ":");
  return (colon < 0 ? part : part.slice(0, colon)).trim();
}

function splitTop(text: string): string[] {
  const out: string[] = [];
  let rest = text;
  while (rest.trim() !== "") {
    const at = topLevel(rest, ",");
    out.push((at < 0 ? rest : rest.slice(0, at)).trim());
    rest = at < 0 ? "" : rest.slice(at + 1);
  }
  return out;
}

/** Where a character stands outside brackets and quotes; −1 if nowhere. */
function topLevel(text: string, wanted: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "'" || c === '"') {
      i = text.indexOf(c, i + 1);
      if (i < 0) return -1;
    } else if (depth === 0 && c === wanted) return i;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
  }
  return -1;
}

function closing(text: string, open: number): number {
  const at = topLevel(text.slice(open + 1), ")");
  return at < 0 ? -1 : open + 1 + at;
}

function literal(text: string): Value | undefined {
  if (text === "None") return null;
  if (text === "True") return true;
  if (text === "False") return false;
  if (text === "()") return new PyTuple([]);
  if (/^-?\d+$/.test(text)) return Number(text);
  if (/^-?\d+(\.\d*)?(e-?\d+)?$/.test(text)) return new PyFloat(Number(text));
  const quote = text[0];
  if ((quote === "'" || quote === '"') && text.at(-1) === quote) {
    return text
      .slice(1, -1)
      .replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c === "r" ? "\r" : c));
  }
  return undefined;
}
