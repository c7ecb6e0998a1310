// A compiled pattern: picks JavaScript's RegExp where it is exact, the matcher otherwise, and finds matches with either.
//
// Positions here are code units of the subject for RegExp and code points for the matcher; Found hides which.
import { points } from "../../builtins/str-index.ts";
import { isAscii } from "../../builtins/unicode.ts";
import { Matcher, type MatchResult } from "./matcher.ts";
import type { Node, Parsed } from "./nodes.ts";
import { widthOf } from "./nodes.ts";
import { ignoresCase, needsMatcher, toSource } from "./translate.ts";

/** A match: starts and ends of groups in code points, -1 where a group did not take part. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Start and end of every group, group 0 first. */
  spans(): ArrayLike<number>;
  lastIndex(): number | null;
}

/** The subject of a search, its code points at hand where they are needed. */
export class Subject {
  readonly text: string;
  readonly ascii: boolean;
  /** Characters where some take two code units. */
  private readonly chars: readonly string[] | null;
  private codes: number[] | undefined;
  /** Code unit of each code point, made when asked for. */
  private units: number[] | undefined;
  readonly length: number;
  constructor(text: string) {
    this.text = text;
    this.ascii = isAscii(text);
    this.chars = this.ascii ? null : points(text);
    this.length = this.chars === null ? text.length : this.chars.length;
  }
  codePoints(): readonly number[] {
    return (this.codes ??= Array.from(this.text, (c) => c.codePointAt(0)!));
  }
  toUnit(point: number): number {
    if (this.chars === null) return point;
    if (!this.units) {
      this.units = [0];
      for (const c of this.chars) this.units.push(this.units.at(-1)! + c.length);
    }
    return this.units[point]!;
  }
  toPoint(unit: number): number {
    if (this.chars === null || unit < 0) return unit;
    this.toUnit(0);
    // The units grow with the points: halve.
    let lo = 0;
    let hi = this.units!.length - 1;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.units![mid]! < unit) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }
}

type Mode = "match" | "full" | "search";

export class Engine {
  readonly root: Node;
  readonly groups: number;
  private readonly byMatcher: boolean;
  /** Whether the pattern can match the empty text. */
  readonly canBeEmpty: boolean;
  private readonly ignoreCase: boolean;
  private matcher: Matcher | undefined;
  private readonly compiled = new Map<string, RegExp>();
  /** Groups in the order in which they close. */
  private readonly closing: number[] = [];

  constructor(parsed: Parsed) {
    this.root = parsed.root;
    this.groups = parsed.groups;
    this.byMatcher = needsMatcher(parsed.root);
    this.canBeEmpty = widthOf(parsed.root, new Map())[0] === 0;
    this.ignoreCase = ignoresCase(parsed.root);
    closeOrder(parsed.root, this.closing);
  }

  private regex(mode: Mode, ascii: boolean, indices: boolean): RegExp {
    const key = `${mode}${ascii ? "a" : "u"}${indices ? "d" : ""}`;
    let r = this.compiled.get(key);
    if (!r) {
      const source = toSource(this.root, ascii);
      r = new RegExp(
        mode === "full" ? `(?:${source})$` : source,
        (mode === "search" ? "g" : "y") + "u" + (this.ignoreCase ? "i" : "") + (indices ? "d" : ""),
      );
      this.compiled.set(key, r);
    }
    return r;
  }

  /** Match at or search from a position up to an end, both in code points. `advance`: not the empty text at the start. */
  find(mode: Mode, s: Subject, from: number, end: number, advance = false): Found | undefined {
    if (from > end) return undefined;
    if (this.byMatcher) return this.byOwn(mode, s, from, end, advance);
    if (advance && this.canBeEmpty) {
      const here = this.byOwn("match", s, from, end, true);
      if (here || mode !== "search") return here;
      return this.find(mode, s, from + 1, end);
    }
    const whole = end === s.length;
    const text = whole ? s.text : s.text.slice(0, s.toUnit(end));
    const regex = this.regex(mode, s.ascii, false);
    regex.lastIndex = s.toUnit(from);
    const m = regex.exec(text);
    return m ? new RegexFound(this, s, text, mode, m) : undefined;
  }

  private byOwn(mode: Mode, s: Subject, from: number, end: number, advance: boolean): Found | undefined {
    this.matcher ??= new Matcher(this.root, this.groups);
    const text = s.codePoints();
    const r =
      mode === "search"
        ? this.matcher.search(text, from, end, advance)
        : this.matcher.matchAt(text, from, end, mode === "full", advance);
    return r && new MatcherFound(r);
  }

  /** The spans of all groups of a match already found. */
  indices(s: Subject, text: string, mode: Mode, at: number): readonly ([number, number] | undefined)[] {
    const r = this.regex(mode === "search" ? "match" : mode, s.ascii, true);
    r.lastIndex = at;
    return r.exec(text)!.indices!;
  }

  /** Which of the groups that took part closed last. */
  lastClosed(taken: (group: number) => boolean): number | null {
    for (let i = this.closing.length - 1; i >= 0; i--) if (taken(this.closing[i]!)) return this.closing[i]!;
    return null;
  }
}

function closeOrder(n: Node, out: number[]): void {
  switch (n.type) {
    case "seq":
      n.items.forEach((i) => closeOrder(i, out));
      break;
    case "alt":
      n.options.forEach((o) => closeOrder(o, out));
      break;
    case "repeat":
    case "look":
    case "atomic":
      closeOrder(n.body, out);
      break;
    case "group":
      closeOrder(n.body, out);
      out.push(n.index);
      break;
    case "conditional":
      closeOrder(n.yes, out);
      closeOrder(n.no, out);
  }
}

class RegexFound implements Found {
  readonly start: number;
  readonly end: number;
  private readonly engine: Engine;
  private readonly s: Subject;
  private readonly text: string;
  private readonly mode: Mode;
  private readonly m: RegExpExecArray;
  private cached: number[] | undefined;
  constructor(engine: Engine, s: Subject, text: string, mode: Mode, m: RegExpExecArray) {
    this.engine = engine;
    this.s = s;
    this.text = text;
    this.mode = mode;
    this.m = m;
    this.start = s.toPoint(m.index);
    this.end = s.toPoint(m.index + m[0].length);
  }
  spans(): readonly number[] {
    if (!this.cached) {
      if (this.m.length === 1) this.cached = [this.start, this.end];
      else {
        this.cached = [];
        for (const pair of this.engine.indices(this.s, this.text, this.mode, this.m.index)) {
          if (pair) this.cached.push(this.s.toPoint(pair[0]), this.s.toPoint(pair[1]));
          else this.cached.push(-1, -1);
        }
      }
    }
    return this.cached;
  }
  /** Text of a group, undefined where it took no part: without looking for its place. */
  group(i: number): string | undefined {
    return this.m[i];
  }
  lastIndex(): number | null {
    return this.engine.lastClosed((g) => this.m[g] !== undefined);
  }
}
export { RegexFound };

class MatcherFound implements Found {
  readonly start: number;
  readonly end: number;
  private readonly r: MatchResult;
  constructor(r: MatchResult) {
    this.r = r;
    this.start = r.spans[0]!;
    this.end = r.spans[1]!;
  }
  spans(): Int32Array {
    return this.r.spans;
  }
  lastIndex(): number | null {
    return this.r.lastIndex < 0 ? null : this.r.lastIndex;
  }
}
