// `a.compare(b)`: whether two trees say the same SQL, read from the traverse specs.
//
// Column expressions compare part by part; with `useProxies` columns are the same where they stem from the same column.
// Behaviour: SQLAlchemy sql/traversals.py (TraversalComparatorStrategy, ColIdentityComparatorStrategy).
import { host } from "../util/host.ts";
import { CacheKeyBuilder, hasCacheKey, type HasCacheKey } from "./cache-key.ts";
import { ElementMap, type Hashed } from "./element-set.ts";
import { applyAnonMap, type AnonymousNames } from "./names.ts";
import { isAssociative, isCommutative, sameOperator, type Operator } from "./operators.ts";
import type { Kind, SetupJoin, Specified, TraverseSpec } from "./traverse-spec.ts";
import type { Traversible } from "./visitable.ts";

export interface CompareOptions {
  readonly useProxies?: boolean;
  /** Which other columns count as a column. */
  readonly equivalents?: ElementMap<Hashed, Iterable<Hashed>>;
  readonly compareKeys?: boolean;
  readonly compareValues?: boolean;
  readonly compareAnnotations?: boolean;
}

type Element = Traversible & Hashed;
type Pair = readonly [unknown, unknown];
const SKIP = Symbol("skip");
/** false: differ; SKIP: alike, parts included; a list: attributes that were compared. */
type Special = (l: never, r: never, c: Comparison) => false | typeof SKIP | readonly string[];

class Numbering implements AnonymousNames {
  private readonly seen = new Map<string, number>();
  nameFor(key: string): string {
    let n = this.seen.get(key);
    if (n === undefined) this.seen.set(key, (n = this.seen.size));
    return String(n);
  }
}

class Comparison {
  readonly options: CompareOptions;
  readonly queue: Pair[] = [];
  readonly anon: readonly [Numbering, Numbering] = [new Numbering(), new Numbering()];
  private readonly done = new Set<string>();

  constructor(options: CompareOptions) {
    this.options = options;
  }

  inner(l: unknown, r: unknown): boolean {
    return new Comparison(this.options).run(l, r);
  }

  run(l: unknown, r: unknown): boolean {
    this.queue.push([l, r]);
    for (let i = 0; i < this.queue.length; i++) {
      const [left, right] = this.queue[i] as Pair;
      if (left === right) continue;
      if (left == null || right == null) return false;
      if (!this.step(left as Element, right as Element)) return false;
    }
    return true;
  }

  private step(left: Element, right: Element): boolean {
    const pair = `${left.hash} ${right.hash}`;
    if (this.done.has(pair)) return true;
    this.done.add(pair);
    const name = left.visitName;
    if (name !== right.visitName) return false;
    const special = (this.options.useProxies ? COLUMN_IDENTITY.get(name) : undefined) ?? SPECIAL.get(name);
    const compared = special ? special(left as never, right as never, this) : [];
    if (compared === false) return false;
    if (compared === SKIP) return true;
    return this.parts(left, right, compared);
  }

  private parts(left: Element, right: Element, compared: readonly string[]): boolean {
    const ls = specOf(left);
    const rs = specOf(right);
    if (ls.length !== rs.length) return false;
    for (const [i, [attribute, kind]] of ls.entries()) {
      const other = rs[i] as readonly [string, Kind];
      if (attribute === "_annotations" && !this.options.compareAnnotations) continue;
      if (attribute !== other[0] || kind !== other[1]) return false;
      if (compared.includes(attribute)) continue;
      const l = (left as unknown as Record<string, unknown>)[attribute] ?? null;
      const r = (right as unknown as Record<string, unknown>)[attribute] ?? null;
      if (l === null || r === null) {
        if (l !== r) return false;
      } else if (!comparePart(kind, l as never, r as never, this)) return false;
    }
    return true;
  }
}

function specOf(e: Element): TraverseSpec {
  return (e.constructor as Specified).traverse ?? [];
}

interface Given {
  readonly nonDefaults: ReadonlyMap<string, unknown>;
}
const NONE_GIVEN: ReadonlyMap<string, unknown> = new Map();
interface Hint {
  readonly from: unknown;
  readonly dialect: string;
  readonly text: string;
}

type PartComparison = (l: never, r: never, c: Comparison) => boolean;

const equalPlain = (l: unknown, r: unknown): boolean => {
  if (l === r) return true;
  if (Array.isArray(l) && Array.isArray(r))
    return l.length === r.length && l.every((x, i) => equalPlain(x, r[i]));
  if (l instanceof Map && r instanceof Map)
    return l.size === r.size && [...l].every(([k, v]) => r.has(k) && equalPlain(v, r.get(k)));
  if (l === null || r === null || typeof l === "function" || typeof r === "function") return false;
  if (hasCacheKey(l) || hasCacheKey(r)) return false;
  return host.equal(l, r);
};

const enqueueAll = (l: Iterable<unknown>, r: Iterable<unknown>, c: Comparison): boolean => {
  const [ls, rs] = [[...l], [...r]];
  if (ls.length !== rs.length) return false;
  ls.forEach((x, i) => c.queue.push([x, rs[i]]));
  return true;
};

const keyOf = (v: HasCacheKey): string => {
  const b = new CacheKeyBuilder();
  v._genCacheKey(b);
  return b.text;
};
const sameKey = (l: unknown, r: unknown): boolean => {
  if (hasCacheKey(l) !== hasCacheKey(r)) return false;
  return hasCacheKey(l) ? keyOf(l) === keyOf(r as HasCacheKey) : equalPlain(l, r);
};
const sameKeys = (l: readonly unknown[], r: readonly unknown[]): boolean =>
  l.length === r.length && l.every((x, i) => sameKey(x, r[i]));
const isElement = (v: unknown): boolean => typeof v === "object" && v !== null && "clauseElement" in v;
const sameValue = (l: unknown, r: unknown, c: Comparison): boolean =>
  isElement(l) || isElement(r) ? isElement(l) && isElement(r) && c.inner(l, r) : equalPlain(l, r);
const samePairs = (l: Iterable<Pair>, r: Iterable<Pair>, c: Comparison): boolean => {
  const [ls, rs] = [[...l], [...r]];
  return (
    ls.length === rs.length &&
    ls.every(([k, v], i) => sameValue(k, (rs[i] as Pair)[0], c) && sameValue(v, (rs[i] as Pair)[1], c))
  );
};

const PARTS: Partial<Record<Kind, PartComparison>> = {
  clause: (l, r, c) => (c.queue.push([l, r]), true),
  clauses: enqueueAll,
  "memoized-entities": enqueueAll,
  "canonical-columns": enqueueAll,
  "from-set": enqueueAll,
  "clause-tuples": (l: readonly unknown[][], r: readonly unknown[][], c) =>
    l.length === r.length && l.every((t, i) => enqueueAll(t, r[i] as unknown[], c)),
  "clause-map": (l: ReadonlyMap<string, unknown>, r: ReadonlyMap<string, unknown>, c) => {
    const ks = [...l.keys()].sort();
    if (!equalPlain(ks, [...r.keys()].sort())) return false;
    for (const k of ks) c.queue.push([l.get(k), r.get(k)]);
    return true;
  },
  "anon-name": (l: string, r: string, c) => applyAnonMap(l, c.anon[0]) === applyAnonMap(r, c.anon[1]),
  operator: (l: Operator, r: Operator) => sameOperator(l, r),
  type: (l: { compareTypeAffinity(o: unknown): boolean }, r) => l.compareTypeAffinity(r),
  "dialect-options": (l: ReadonlyMap<string, Given>, r: ReadonlyMap<string, Given>) =>
    [...new Set([...l.keys(), ...r.keys()])].every((d) =>
      equalPlain(l.get(d)?.nonDefaults ?? NONE_GIVEN, r.get(d)?.nonDefaults ?? NONE_GIVEN),
    ),
  "propagate-attrs": (l: { pluginSubject: unknown }, r: { pluginSubject: unknown }) =>
    l.pluginSubject === r.pluginSubject,
  "named-ddl": (l: { name: unknown }, r: { name: unknown }) => l.name === r.name,
  prefixes: (l: readonly Pair[], r: readonly Pair[], c) =>
    l.length === r.length &&
    l.every(
      ([clause, dialect], i) =>
        dialect === (r[i] as Pair)[1] && (c.queue.push([clause, (r[i] as Pair)[0]]), true),
    ),
  "table-hints": (l: ReadonlySet<Hint>, r: ReadonlySet<Hint>, c) => {
    const others = [...r];
    return (
      l.size === r.size &&
      [...l].every(
        (h, i) =>
          h.dialect === others[i]?.dialect &&
          h.text === others[i].text &&
          (c.queue.push([h.from, others[i].from]), true),
      )
    );
  },
  "setup-joins": (l: readonly SetupJoin[], r: readonly SetupJoin[], c) =>
    l.length === r.length &&
    l.every(([target, on, from, flags], i) => {
      const [t2, on2, from2, flags2] = r[i] as SetupJoin;
      c.queue.push([target, t2], [on, on2], [from, from2]);
      return flags.isouter === flags2.isouter && flags.full === flags2.full;
    }),
  options: sameKeys,
  "cache-key": sameKey,
  "cache-key-list": sameKeys,
  multi: sameKey,
  "multi-list": sameKeys,
  inspectable: sameKey,
  "dml-values": (l: ElementMap<never, unknown>, r: ElementMap<never, unknown>, c) =>
    samePairs(l as Iterable<Pair>, r as Iterable<Pair>, c),
  "dml-ordered-values": (l: readonly Pair[], r: readonly Pair[], c) => samePairs(l, r, c),
  "dml-multi-values": (l: readonly (readonly unknown[])[], r: readonly (readonly unknown[])[], c) =>
    l.length === r.length &&
    l.every((rows, i) => {
      const others = r[i] as readonly unknown[];
      return rows.length === others.length && rows.every((row, j) => sameRow(row, others[j], c));
    }),
};

function sameRow(l: unknown, r: unknown, c: Comparison): boolean {
  if (l instanceof ElementMap && r instanceof ElementMap) return samePairs(l, r, c);
  if (!Array.isArray(l) || !Array.isArray(r)) return false;
  return l.length === r.length && l.every((x, i) => sameValue(x, r[i], c));
}

function comparePart(kind: Kind, l: never, r: never, c: Comparison): boolean {
  const part = PARTS[kind];
  return part ? part(l, r, c) : equalPlain(l, r);
}

interface ListElement {
  readonly operator: Operator;
  readonly clauses: readonly unknown[];
}
interface BinaryElement {
  readonly operator: Operator;
  readonly left: unknown;
  readonly right: unknown;
}

/** Members of an associative list in any order. */
function unordered(l: readonly unknown[], r: readonly unknown[], c: Comparison): boolean {
  const rest = new Set(r);
  for (const x of l) {
    const match = [...rest].find((y) => c.inner(x, y));
    if (match === undefined) return false;
    rest.delete(match);
  }
  return rest.size === 0;
}

const compareList: Special = (l: ListElement, r: ListElement, c: Comparison) => {
  if (l.operator !== r.operator) return false;
  if (!isAssociative(l.operator)) return ["operator"];
  return unordered(l.clauses, r.clauses, c) ? ["operator", "clauses"] : false;
};

const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  ["expression_clauselist", compareList],
  ["clauselist", compareList],
  [
    "binary",
    (l: BinaryElement, r: BinaryElement, c: Comparison) => {
      if (!sameOperator(l.operator, r.operator)) return false;
      if (!isCommutative(l.operator)) return ["operator", "negate"];
      const same =
        (c.inner(l.left, r.left) && c.inner(l.right, r.right)) ||
        (c.inner(l.left, r.right) && c.inner(l.right, r.left));
      return same ? ["operator", "negate", "left", "right"] : false;
    },
  ],
  [
    "bindparam",
    (_l, _r, c: Comparison) => [
      ...(c.options.compareValues === false ? ["callable", "value"] : []),
      ...(c.options.compareKeys === false ? ["key"] : []),
    ],
  ],
]);

interface ColumnLike extends Hashed {
  sharesLineage(o: unknown): boolean;
}

const compareColumns: Special = (l: ColumnLike, r: ColumnLike, c: Comparison) => {
  const candidates: Hashed[] = [r, ...(c.options.equivalents?.get(r) ?? [])];
  return candidates.some((other) => l.sharesLineage(other) || l.hash === r.hash) ? SKIP : false;
};

const COLUMN_IDENTITY: ReadonlyMap<string, Special> = new Map<string, Special>([
  ["column_element", compareColumns],
  ["column", compareColumns],
  ["label", compareColumns],
  ["table", (l, r) => (l === r ? SKIP : false)],
]);

export function compare(a: unknown, b: unknown, options: CompareOptions = {}): boolean {
  return new Comparison(options).run(a, b);
}
