// "Did you mean: 'x'?" for the name or attribute of an uncaught error.
//
// Behaviour: CPython 3.11's display (docs.python.org/3/whatsnew/3.10.html#better-error-messages).
import { E, excInfo, isInstanceOf, PyException } from "./exceptions.ts";
import { PyTraceback } from "./frames.ts";
import { callSpecial } from "./call.ts";
import { late } from "./late.ts";
import { builtinsModule } from "./modules.ts";
import { asStr, PyList, type Namespace, type Value } from "./object.ts";

const MOVE = 2;
const CASE = 1;
const LONGEST = 40;

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE : MOVE;
}

/** Edit distance with cheap changes of case; more than `most` counts as most + 1. */
export function distance(a: string, b: string, most: number): number {
  let from = 0;
  let [x, y] = [a.length, b.length];
  while (from < x && from < y && a[from] === b[from]) from++;
  while (x > from && y > from && a[x - 1] === b[y - 1]) {
    x--;
    y--;
  }
  const s = a.slice(from, x);
  const t = b.slice(from, y);
  if (s === "" || t === "") return (s.length + t.length) * MOVE;
  if (Math.abs(s.length - t.length) * MOVE > most) return most + 1;
  let row = Array.from({ length: t.length + 1 }, (_, i) => i * MOVE);
  for (let i = 0; i < s.length; i++) {
    const next = [(i + 1) * MOVE];
    let least = Infinity;
    for (let j = 0; j < t.length; j++) {
      const v = Math.min(row[j]! + substitution(s[i]!, t[j]!), row[j + 1]! + MOVE, next[j]! + MOVE);
      next.push(v);
      least = Math.min(least, v);
    }
    if (least > most) return most + 1;
    row = next;
  }
  return row[t.length]!;
}

/** The nearest of the candidates; undefined where none is near. */
function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const c of candidates) {
    if (c === name) continue;
    let most = Math.floor(((name.length + c.length + 3) * MOVE) / 6);
    most = Math.min(most, bestDistance - 1);
    const d = distance(name, c, most);
    if (d > most) continue;
    if (best === undefined || d < bestDistance) {
      best = c;
      bestDistance = d;
    }
  }
  return best;
}

/** `. Did you mean: 'x'?`, or nothing. */
export function suggestion(e: Value): string {
  let candidates: string[] | undefined;
  let name: string | undefined;
  try {
    if (isInstanceOf(e, E.NameError) && e instanceof PyException) {
      name = asStr(e.member("name") ?? null);
      candidates = namesInSight(e);
    } else if (isInstanceOf(e, E.AttributeError) && e instanceof PyException) {
      name = asStr(e.member("name") ?? null);
      const o = e.member("obj");
      const names = o === undefined ? undefined : callSpecial(o, "__dir__", []);
      candidates = names instanceof PyList ? names.items.map((n) => asStr(n) ?? "").sort() : undefined;
    }
  } catch {
    return "";
  }
  if (name === undefined || candidates === undefined || candidates.length > 750) return "";
  const found = nearest(name, candidates);
  return found === undefined ? "" : `. Did you mean: '${found}'?`;
}

function namesInSight(e: PyException): string[] | undefined {
  let last: PyTraceback | undefined;
  for (let tb: Value = excInfo(e).traceback; tb instanceof PyTraceback; tb = tb.next) last = tb;
  if (last === undefined) return undefined;
  const frame = last.frame;
  const locals = frame.locals?.();
  const table = locals === undefined ? undefined : late.namespaceOf(locals);
  const own =
    table !== undefined
      ? [...table.keys()]
      : [...frame.code.spec.varnames, ...frame.code.spec.cellvars, ...frame.code.spec.freevars];
  const globals = frame.globals instanceof Map ? [...(frame.globals as Namespace).keys()] : [];
  return [...own, ...globals, ...builtinsModule.dict.keys()];
}
