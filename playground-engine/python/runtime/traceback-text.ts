// Tracebacks as text, as CPython 3.11 prints them.
//
// Frames with the `~~~^^^` marks, collapsed repetitions, chained exceptions, groups, syntax errors, notes. Suggestions
// ("Did you mean") are only shown for an uncaught exception. Behaviour: docs.python.org/3.11/library/traceback.html.
import { parse } from "../syntax/index.ts";
import { E, excInfo, isInstanceOf, notesOf, type PyException } from "./exceptions.ts";
import { groupItems } from "./exception-types.ts";
import { PyTraceback, type PyFrame } from "./frames.ts";
import { getAttrOrUndefined } from "./attributes.ts";
import { late } from "./late.ts";
import { modules } from "./modules.ts";
import type { PyCode } from "./function.ts";
import { asInt, asStr, PyList, PyTuple, typeOf, type Value } from "./object.ts";
import { repr, str } from "./repr.ts";
import { sourceLine } from "./source-lines.ts";
import { suggestion } from "./suggestions.ts";

/** One level of a stack: where it is, in which function. Columns are UTF-8 bytes, undefined where not known. */
export interface FrameSummary {
  readonly filename: string;
  readonly lineno: number;
  readonly name: string;
  /** The source line as it stands, without its end; undefined where not known. */
  readonly original: string | undefined;
  readonly endLineno?: number | undefined;
  readonly column?: number | undefined;
  readonly endColumn?: number | undefined;
  /** reprs of local variables, where asked for */
  readonly locals?: ReadonlyMap<string, string> | undefined;
}

/** Where a position of a code object lies. */
function summarise(code: PyCode, pos: number): FrameSummary {
  const p = code.positions;
  const lineno = code.line(pos);
  const original = sourceLine(code.filename, lineno);
  if (pos <= 0) return { filename: code.filename, lineno, name: code.name, original };
  return {
    filename: code.filename,
    lineno,
    name: code.name,
    original,
    endLineno: p[pos * 4 + 2],
    column: p[pos * 4 + 1],
    endColumn: p[pos * 4 + 3],
  };
}

/** The levels of a traceback, outermost first; with reprs of their variables where asked for. */
export function extractTraceback(tb: Value, locals = false): FrameSummary[] {
  const out: FrameSummary[] = [];
  for (let t = tb; t instanceof PyTraceback; t = t.next)
    out.push({ ...summarise(t.code, t.pos), ...(locals ? { locals: localTexts(t.frame) } : {}) });
  return out;
}

/** Variables of a frame as text. */
export function localTexts(f: PyFrame): Map<string, string> {
  const d = f.locals?.();
  const table = d === undefined ? undefined : late.namespaceOf(d);
  return new Map([...(table ?? [])].map(([k, v]) => [k, safeString(v, "local", repr)]));
}

/** How many levels to show: what was asked for, else sys.tracebacklimit. */
export function limitFrames(
  frames: FrameSummary[],
  limit: number | undefined,
  innermost = false,
): FrameSummary[] {
  const n = limit ?? defaultLimit();
  if (n === undefined) return frames;
  if (innermost) return n >= 0 ? frames.slice(Math.max(0, frames.length - n)) : frames.slice(0, -n);
  return n >= 0 ? frames.slice(0, n) : frames.slice(n);
}

function defaultLimit(): number | undefined {
  const sys = modules.get("sys");
  const n = asInt((sys === undefined ? undefined : getAttrOrUndefined(sys, "tracebacklimit")) ?? null);
  return n === undefined ? undefined : Math.max(0, Number(n));
}

export function summariseFrame(f: PyFrame): FrameSummary {
  return {
    filename: f.code.filename,
    lineno: f.lineno,
    name: f.code.name,
    original: sourceLine(f.code.filename, f.lineno),
  };
}

// ---- one frame

const isSpace = (c: string): boolean => /\s/.test(c);

/** Characters before a UTF-8 byte offset. */
function toCharacters(line: string, bytes: number): number {
  let seen = 0;
  let count = 0;
  for (const c of line) {
    if (seen >= bytes) return count;
    const n = c.codePointAt(0)!;
    seen += n < 0x80 ? 1 : n < 0x800 ? 2 : n < 0x10000 ? 3 : 4;
    count++;
  }
  return count;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that the first so many characters take on a screen. */
function width(line: readonly string[], count: number): number {
  let w = 0;
  for (let i = 0; i < count; i++) w += i < line.length && WIDE.test(line[i]!) ? 2 : 1;
  return w;
}

interface Anchors {
  readonly left: number;
  readonly right: number;
}

/** Where the operator of a binary operation, or the brackets of a subscript, stand in a piece of source. */
function anchorsOf(segment: string): Anchors | undefined {
  let tree: ReturnType<typeof parse>;
  try {
    tree = parse(segment, "<segment>", "exec");
  } catch {
    return undefined;
  }
  if (tree._type !== "Module" || tree.body.length !== 1) return undefined;
  const s = tree.body[0]!;
  if (s._type !== "Expr") return undefined;
  const e = s.value;
  const chars = [...segment];
  if (e._type === "BinOp") {
    const start = toCharacters(segment, e.left.end_col_offset);
    const operator = chars.slice(start, toCharacters(segment, e.right.col_offset));
    let offset = operator.findIndex((c) => !isSpace(c));
    if (offset < 0) offset = operator.length;
    let left = e.left.end_col_offset + offset;
    let right = left + 1;
    if (offset + 1 < operator.length && !isSpace(operator[offset + 1]!)) right++;
    while (left < chars.length && (isSpace(chars[left]!) || ")#".includes(chars[left]!))) {
      left++;
      right++;
    }
    return { left: toCharacters(segment, left), right: toCharacters(segment, right) };
  }
  if (e._type === "Subscript") {
    let left = toCharacters(segment, e.value.end_col_offset);
    let right = toCharacters(segment, e.slice.end_col_offset + 1);
    while (left < chars.length && chars[left] !== "[") left++;
    while (right < chars.length && chars[right] !== "]") right++;
    if (right < chars.length) right++;
    return { left, right };
  }
  return undefined;
}

/** `  File "…", line n, in f`, the source line, the marks. */
function formatFrame(f: FrameSummary): string {
  let out = `  File "${f.filename}", line ${f.lineno}, in ${f.name}\n`;
  const original = f.original;
  const stripped = original?.trim() ?? "";
  if (original !== undefined && stripped !== "") {
    out += `    ${stripped}\n`;
    if (f.column !== undefined && f.endColumn !== undefined) out += marks(f, original, stripped);
  }
  if (f.locals)
    for (const [k, v] of [...f.locals].sort(([a], [b]) => (a < b ? -1 : 1))) out += `    ${k} = ${v}\n`;
  return out;
}

function marks(f: FrameSummary, original: string, stripped: string): string {
  const chars = [...original];
  const strippedLength = [...stripped].length;
  const removed = chars.length + 1 - strippedLength;
  const start = toCharacters(original, f.column!);
  let end = toCharacters(original, f.endColumn!);
  const segment = chars.slice(start, end);
  let anchors: Anchors | undefined;
  if (f.lineno === f.endLineno) anchors = anchorsOf(segment.join(""));
  else end = [...original.trimEnd()].length;
  if (!(end - start < strippedLength || (anchors && anchors.right - anchors.left > 0))) return "";
  const from = width(chars, start) + 1;
  const to = width(chars, end) + 1;
  let out = "    " + " ".repeat(Math.max(0, from - removed));
  if (anchors) {
    const l = width(segment, anchors.left);
    const r = width(segment, anchors.right);
    out +=
      "~".repeat(Math.max(0, l)) + "^".repeat(Math.max(0, r - l)) + "~".repeat(Math.max(0, to - from - r));
  } else out += "^".repeat(Math.max(0, to - from));
  return `${out}\n`;
}

const CUTOFF = 3;

/** A stack as lines, repetitions collapsed. */
export function formatStack(frames: readonly FrameSummary[]): string[] {
  const out: string[] = [];
  let last: FrameSummary | undefined;
  let count = 0;
  const more = (): void => {
    if (count > CUTOFF)
      out.push(`  [Previous line repeated ${count - CUTOFF} more time${count - CUTOFF > 1 ? "s" : ""}]\n`);
  };
  for (const f of frames) {
    if (
      last === undefined ||
      last.filename !== f.filename ||
      last.lineno !== f.lineno ||
      last.name !== f.name
    ) {
      more();
      last = f;
      count = 0;
    }
    if (++count <= CUTOFF) out.push(formatFrame(f));
  }
  more();
  return out;
}

// ---- the exception's own lines

function safeString(v: Value, what: string, how: (v: Value) => string = str): string {
  try {
    return how(v);
  } catch {
    return `<${what} ${how === repr ? "repr" : "str"}() failed>`;
  }
}

function typeName(e: Value): string {
  const t = typeOf(e);
  const m = asStr(t.dict.get("__module__") ?? t.module) ?? "<unknown>";
  return m === "__main__" || m === "builtins" ? t.qualname : `${m}.${t.qualname}`;
}

/** The lines after the stack: type and message, a syntax error's place, notes. */
export function formatOnly(e: Value, suggest = false): string[] {
  const out: string[] = [];
  const name = typeName(e);
  if (isInstanceOf(e, E.SyntaxError)) out.push(...syntaxErrorLines(e as PyException, name));
  else {
    const text = safeString(e, "exception");
    const hint = suggest ? suggestion(e) : "";
    out.push(text === "" ? `${name}${hint}\n` : `${name}: ${text}${hint}\n`);
  }
  const notes = notesOf(e);
  if (notes instanceof PyList || notes instanceof PyTuple)
    for (const n of notes.items) for (const l of safeString(n, "note").split("\n")) out.push(`${l}\n`);
  else if (notes !== undefined) out.push(safeString(notes, "__notes__", repr));
  return out;
}

function syntaxErrorLines(e: PyException, name: string): string[] {
  const out: string[] = [];
  const get = (n: string): Value => e.member(n) ?? null;
  const line = get("lineno");
  const file = asStr(get("filename"));
  let suffix = "";
  if (line !== null) out.push(`  File "${file ?? "<string>"}", line ${str(line)}\n`);
  else if (file !== undefined) suffix = ` (${file})`;
  const text =
    asStr(get("text")) ??
    (file === undefined || line === null ? undefined : sourceLine(file, Number(asInt(line) ?? 0)));
  if (text !== undefined) {
    const right = text.replace(/\n+$/, "");
    const left = right.replace(/^[ \n\f]+/, "");
    const spaces = [...right].length - [...left].length;
    out.push(`    ${left}\n`);
    const offset = asInt(get("offset"));
    if (offset !== undefined) {
      const from = Number(offset);
      let to = Number(asInt(get("end_offset")) ?? from) || from;
      if (from === to || to === -1) to = from + 1;
      const column = from - 1 - spaces;
      const end = to - 1 - spaces;
      if (column >= 0)
        out.push(
          `    ${[...left]
            .slice(0, column)
            .map((c) => (isSpace(c) ? c : " "))
            .join("")
            .padEnd(0)}${"^".repeat(Math.max(0, end - column))}\n`,
        );
    }
  }
  const msg = get("msg");
  out.push(`${name}: ${msg === null ? "<no detail available>" : str(msg)}${suffix}\n`);
  return out;
}

// ---- the whole

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";

export interface FormatOptions {
  readonly chain?: boolean;
  /** "Did you mean": only for uncaught exceptions. */
  readonly suggestions?: boolean;
  /** Most levels of each stack: the last ones for a negative number. */
  readonly limit?: number | undefined;
  /** Show the variables of each frame. */
  readonly locals?: boolean;
  /** Most members shown of a group, and most levels of groups in groups. */
  readonly groupWidth?: number;
  readonly groupDepth?: number;
}

class Printer {
  depth = 0;
  needClose = false;
  readonly out: string[] = [];
  readonly options: FormatOptions;
  private readonly seen = new Set<Value>();
  constructor(options: FormatOptions) {
    this.options = options;
  }

  private indent(): string {
    return " ".repeat(2 * this.depth);
  }

  private emit(text: string, margin = "|"): void {
    const prefix = this.depth > 0 ? `${this.indent()}${margin} ` : "";
    if (prefix === "") this.out.push(text);
    else this.out.push(text.replace(/^(?=[^]|$)/gm, (_m, at: number) => (at === text.length ? "" : prefix)));
  }

  print(last: Value): void {
    const chain: [string | undefined, Value][] = [];
    let e: Value = last;
    for (;;) {
      this.seen.add(e);
      const i = excInfo(e);
      let message: string | undefined;
      let next: Value = null;
      if (this.options.chain !== false) {
        if (i.cause !== null && !this.seen.has(i.cause)) [message, next] = [CAUSE, i.cause];
        else if (i.cause === null && i.context !== null && !i.suppressContext && !this.seen.has(i.context))
          [message, next] = [CONTEXT, i.context];
      }
      chain.push([message, e]);
      if (next === null) break;
      e = next;
    }
    for (const [message, x] of chain.reverse()) {
      if (message !== undefined) this.emit(message);
      if (isInstanceOf(x, E.BaseExceptionGroup)) this.group(x);
      else this.single(x);
    }
  }

  private stack(e: Value): string[] {
    return formatStack(
      limitFrames(extractTraceback(excInfo(e).traceback, this.options.locals), this.options.limit),
    );
  }

  private single(e: Value): void {
    const stack = this.stack(e);
    if (stack.length > 0) {
      this.emit("Traceback (most recent call last):\n");
      for (const f of stack) this.emit(f);
    }
    for (const l of formatOnly(e, this.options.suggestions)) this.emit(l);
  }

  private group(e: Value): void {
    const { groupWidth = 15, groupDepth = 10 } = this.options;
    if (this.depth > groupDepth) {
      this.emit(`... (max_group_depth is ${groupDepth})\n`);
      return;
    }
    const top = this.depth === 0;
    if (top) this.depth = 1;
    const stack = this.stack(e);
    if (stack.length > 0) {
      this.emit("Exception Group Traceback (most recent call last):\n", top ? "+" : "|");
      for (const f of stack) this.emit(f);
    }
    for (const l of formatOnly(e, this.options.suggestions)) this.emit(l);
    const items = groupItems(e);
    const shown = Math.min(items.length, groupWidth + 1);
    this.needClose = false;
    for (let i = 0; i < shown; i++) {
      if (i === shown - 1) this.needClose = true;
      const truncated = i >= groupWidth;
      this.out.push(
        `${this.indent()}${i === 0 ? "+-" : "  "}+---------------- ${truncated ? "..." : i + 1} ----------------\n`,
      );
      this.depth++;
      if (truncated)
        this.emit(
          `and ${items.length - groupWidth} more exception${items.length - groupWidth > 1 ? "s" : ""}\n`,
        );
      else this.print(items[i]!);
      if (i === shown - 1 && this.needClose) {
        this.out.push(`${this.indent()}+------------------------------------\n`);
        this.needClose = false;
      }
      this.depth--;
    }
    if (top) this.depth = 0;
  }
}

/** The pieces of `traceback.format_exception`. */
export function formatExceptionLines(e: Value, options: FormatOptions = {}): string[] {
  const p = new Printer(options);
  p.print(e);
  return p.out;
}

export function formatException(e: Value, options: FormatOptions = {}): string {
  return formatExceptionLines(e, options).join("");
}
