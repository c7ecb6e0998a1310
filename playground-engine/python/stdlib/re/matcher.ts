// A backtracking matcher with Python's semantics in full, for the patterns that JavaScript's RegExp would match
// differently: conditional and possessive parts, groups kept over iterations, empty iterations.
//
// A pattern is compiled to closures: each gets a position and what is to match after it, and answers where the whole
// match ends, or -1. Positions index an array of code points.
import { tick } from "../../runtime/limits.ts";
import { caseVariants, isWord, matchesSet } from "./classes.ts";
import type { Node } from "./nodes.ts";

type Then = (i: number) => number;
type Step = (i: number, then: Then) => number;

/** Starts and ends of groups, -1 where unset; group 0 first. */
export type Spans = Int32Array;

class Run {
  readonly text: readonly number[];
  readonly end: number;
  spans: Spans;
  lastIndex = -1;
  steps = 0;
  constructor(text: readonly number[], end: number, groups: number) {
    this.text = text;
    this.end = end;
    this.spans = new Int32Array((groups + 1) * 2).fill(-1);
  }
}

let run: Run;

function step(): void {
  if (++run.steps > 50_000) {
    run.steps = 0;
    tick();
  }
}

/** A test of one character, where the node is no more than that. */
function single(n: Node): ((code: number) => boolean) | undefined {
  switch (n.type) {
    case "char": {
      const code = n.code;
      if (!n.ignoreCase) return (c) => c === code;
      const variants = new Set(caseVariants(code, false));
      return (c) => variants.has(c);
    }
    case "any":
      return n.dotAll ? () => true : (c) => c !== 10;
    case "set":
      return (c) => matchesSet(c, n.items, n.negate, n.ignoreCase, n.ascii);
    default:
      return undefined;
  }
}

function compile(n: Node): Step {
  const test = single(n);
  if (test) return (i, then) => (i < run.end && test(run.text[i]!) ? then(i + 1) : -1);
  switch (n.type) {
    case "empty":
      return (i, then) => then(i);
    case "seq":
      return n.items.map(compile).reduceRight<Step>(
        (rest, first) => (i, then) => first(i, (j) => rest(j, then)),
        (i, then) => then(i),
      );
    case "alt": {
      const options = n.options.map(compile);
      return (i, then) => {
        for (const o of options) {
          step();
          const r = o(i, then);
          if (r >= 0) return r;
        }
        return -1;
      };
    }
    case "group": {
      const body = compile(n.body);
      const at = n.index * 2;
      return (i, then) => {
        const { spans } = run;
        const [oldStart, oldEnd] = [spans[at]!, spans[at + 1]!];
        const oldLast = run.lastIndex;
        const r = body(i, (j) => {
          const [start, end, last] = [spans[at]!, spans[at + 1]!, run.lastIndex];
          spans[at] = i;
          spans[at + 1] = j;
          run.lastIndex = n.index;
          const q = then(j);
          if (q < 0) {
            spans[at] = start;
            spans[at + 1] = end;
            run.lastIndex = last;
          }
          return q;
        });
        if (r < 0) {
          spans[at] = oldStart;
          spans[at + 1] = oldEnd;
          run.lastIndex = oldLast;
        }
        return r;
      };
    }
    case "at":
      return assertion(n);
    case "repeat":
      return n.mode === "possessive" ? atomic(repeat({ ...n, mode: "greedy" })) : repeat(n);
    case "atomic":
      return atomic(compile(n.body));
    case "look": {
      const body = compile(n.body);
      return (i, then) => {
        const from = n.behind ? i - n.width : i;
        const saved = run.spans.slice();
        const last = run.lastIndex;
        const found = from >= 0 && body(from, (j) => (n.behind && j !== i ? -1 : j)) >= 0;
        if (found === n.negate) {
          run.spans.set(saved);
          run.lastIndex = last;
          return -1;
        }
        if (n.negate) run.spans.set(saved);
        const r = then(i);
        if (r < 0) {
          run.spans.set(saved);
          run.lastIndex = last;
        }
        return r;
      };
    }
    case "backref": {
      const at = n.group * 2;
      return (i, then) => {
        const [start, end] = [run.spans[at]!, run.spans[at + 1]!];
        if (start < 0) return -1;
        const length = end - start;
        if (i + length > run.end) return -1;
        for (let k = 0; k < length; k++) {
          const [a, b] = [run.text[start + k]!, run.text[i + k]!];
          if (a !== b && !(n.ignoreCase && caseVariants(a, false).includes(b))) return -1;
        }
        return then(i + length);
      };
    }
    case "conditional": {
      const [yes, no] = [compile(n.yes), compile(n.no)];
      return (i, then) => (run.spans[n.group * 2]! >= 0 ? yes : no)(i, then);
    }
    default:
      throw new Error(`no such node: ${n.type}`);
  }
}

function atomic(body: Step): Step {
  return (i, then) => {
    const saved = run.spans.slice();
    const last = run.lastIndex;
    const j = body(i, (k) => k);
    const r = j < 0 ? -1 : then(j);
    if (r < 0) {
      run.spans.set(saved);
      run.lastIndex = last;
    }
    return r;
  };
}

function assertion(n: Extract<Node, { type: "at" }>): Step {
  const word = (i: number): boolean => i >= 0 && i < run.end && isWord(run.text[i]!, n.ascii);
  const holds = (i: number): boolean => {
    switch (n.where) {
      case "start":
        return i === 0;
      case "line-start":
        return i === 0 || run.text[i - 1] === 10;
      case "end":
        return i === run.end || (i === run.end - 1 && run.text[i] === 10);
      case "line-end":
        return i === run.end || run.text[i] === 10;
      case "text-end":
        return i === run.end;
      case "boundary":
        return run.end > 0 && word(i - 1) !== word(i);
      case "not-boundary":
        return run.end > 0 && word(i - 1) === word(i);
    }
  };
  return (i, then) => (holds(i) ? then(i) : -1);
}

function repeat(n: Extract<Node, { type: "repeat" }>): Step {
  const test = single(n.body);
  const { min, max } = n;
  if (test) {
    if (n.mode === "lazy") {
      return (i, then) => {
        let j = i;
        let count = 0;
        for (;;) {
          if (count >= min) {
            step();
            const r = then(j);
            if (r >= 0) return r;
          }
          if (count >= max || j >= run.end || !test(run.text[j]!)) return -1;
          j++;
          count++;
        }
      };
    }
    return (i, then) => {
      let j = i;
      const stop = Math.min(run.end, i + max);
      while (j < stop && test(run.text[j]!)) j++;
      for (; j >= i + min; j--) {
        step();
        const r = then(j);
        if (r >= 0) return r;
      }
      return -1;
    };
  }
  const body = compile(n.body);
  const greedy = (i: number, count: number, before: number, then: Then): number => {
    step();
    // An iteration that matched nothing ends the loop, but what it set stays.
    if (count < max && (count < min || i !== before)) {
      const r = body(i, (j) => greedy(j, count + 1, i, then));
      if (r >= 0) return r;
    }
    return count >= min ? then(i) : -1;
  };
  const lazy = (i: number, count: number, before: number, then: Then): number => {
    step();
    if (count >= min) {
      const r = then(i);
      if (r >= 0) return r;
    }
    return count < max && (count < min || i !== before) ? body(i, (j) => lazy(j, count + 1, i, then)) : -1;
  };
  return n.mode === "lazy" ? (i, then) => lazy(i, 0, -1, then) : (i, then) => greedy(i, 0, -1, then);
}

export interface MatchResult {
  readonly spans: Spans;
  readonly lastIndex: number;
}

export class Matcher {
  private readonly start: Step;
  private readonly groups: number;
  constructor(root: Node, groups: number) {
    this.start = compile(root);
    this.groups = groups;
  }

  /** Match at a position; `full`: up to the end; `advance`: not the empty text. */
  matchAt(
    text: readonly number[],
    at: number,
    end: number,
    full: boolean,
    advance: boolean,
  ): MatchResult | undefined {
    const outer = run;
    run = new Run(text, end, this.groups);
    try {
      const r = this.start(at, (i) => ((full && i !== end) || (advance && i === at) ? -1 : i));
      if (r < 0) return undefined;
      run.spans[0] = at;
      run.spans[1] = r;
      return { spans: run.spans, lastIndex: run.lastIndex };
    } finally {
      run = outer;
    }
  }

  search(text: readonly number[], from: number, end: number, advance: boolean): MatchResult | undefined {
    for (let i = from; i <= end; i++) {
      const m = this.matchAt(text, i, end, false, advance && i === from);
      if (m) return m;
    }
    return undefined;
  }
}
