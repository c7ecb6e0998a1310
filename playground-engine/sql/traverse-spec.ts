// One list a class says which parts its instances have; children, copies and cache keys come from it (comparison: compare.ts).
//
// `static traverse = [["left", "clause"], ["operator", "operator"], …]`: attribute and kind. A kind is described once
// below. Specs are read by way of the class, so a subclass that adds attributes writes [...Base.traverse, …].
// Behaviour: SQLAlchemy sql/visitors.py (InternalTraversal), sql/traversals.py, sql/cache_key.py.
import { warn } from "../errors/index.ts";
import { applyAnonMap, isAnonymous } from "./names.ts";
import { hasCacheKey, tokenOf, type CacheKeyBuilder, type HasCacheKey } from "./cache-key.ts";
import type { CloneFunction, CloneOptions, Traversible } from "./visitable.ts";
import { ElementMap } from "./element-set.ts";
import { CustomOp, type Operator } from "./operators.ts";
import type { ClauseElement } from "./elements/clause.ts";
import type { TypeEngine } from "./types/engine.ts";

/** What an attribute holds. null and undefined mean "no such part" in every kind. */
export type Kind =
  | "clause"
  | "clauses"
  | "clause-tuples"
  | "clause-map"
  | "canonical-columns"
  | "from-set"
  | "string"
  | "strings"
  | "anon-name"
  | "boolean"
  | "operator"
  | "type"
  | "plain"
  | "plain-map"
  | "dialect-options"
  | "annotations"
  | "propagate-attrs"
  | "named-ddl"
  | "prefixes"
  | "table-hints"
  | "statement-hints"
  | "setup-joins"
  | "memoized-entities"
  | "options"
  | "context-options"
  | "cache-key"
  | "cache-key-list"
  | "multi"
  | "multi-list"
  | "inspectable"
  | "dml-values"
  | "dml-ordered-values"
  | "dml-multi-values"
  | "unknown";

export type TraverseSpec = readonly (readonly [attribute: string, kind: Kind])[];

/** A class with a spec. */
export interface Specified {
  readonly name: string;
  readonly traverse?: TraverseSpec;
  /** Spec for the cache key, where it is another one. */
  readonly cacheTraverse?: TraverseSpec;
  /** true: a subclass without spec of its own keys like its base; false: never cached, and no warning. */
  readonly inheritCache?: boolean;
  /** false for a hierarchy that is never cached and needs no warning (DDL). */
  readonly hierarchySupportsCaching?: boolean;
}

/** A join of a SELECT that is not resolved yet. */
export type SetupJoin = readonly [
  target: Traversible,
  onclause: Traversible | null,
  from: Traversible | null,
  flags: { readonly isouter: boolean; readonly full: boolean },
];

type Clone = CloneFunction;
interface KindBehaviour<T = never> {
  /** The parts one visits; none where left out. */
  children?(value: T): Iterable<Traversible>;
  /** A copy made of copies of the parts; where left out the copy shares the value. */
  copy?(value: T, clone: Clone, options: CloneOptions): unknown;
  key(value: T, b: CacheKeyBuilder, owner: object): void;
  /** Never a collection, which might be empty. */
  readonly isOne?: boolean;
}

const NONE: readonly never[] = [];
const isClause = (v: unknown): v is Traversible =>
  typeof v === "object" &&
  v !== null &&
  typeof (v as { clauseElement?: unknown }).clauseElement === "function";
const resolved = (v: Traversible): Traversible => {
  let e = v as unknown as { clauseElement?(): unknown; isClauseElement?: boolean };
  while (!e.isClauseElement && typeof e.clauseElement === "function") e = e.clauseElement() as typeof e;
  return e as unknown as Traversible;
};
const keys = (items: Iterable<HasCacheKey>, b: CacheKeyBuilder): void => {
  b.word("[");
  for (const item of items) item._genCacheKey(b);
  b.word("]");
};
const copyOf = (v: unknown, clone: Clone, options: CloneOptions): Traversible => clone(v as never, options);
const nullable = (v: Traversible | null, clone: Clone, options: CloneOptions): Traversible | null =>
  v === null ? null : copyOf(v, clone, options);

/** The order of entries makes no other statement. */
const sortedKeys = (v: ReadonlyMap<string, unknown>): Iterable<string> =>
  v.size < 2 ? v.keys() : [...v.keys()].sort();

type Value = unknown;
type DmlKey = string | (Traversible & { readonly hash: number });
type DmlRow = ElementMap<DmlKey, Value> | readonly Value[];
const dmlValueCopy = (v: Value, clone: Clone, o: CloneOptions): Value =>
  isClause(v) ? copyOf(v, clone, o) : v;
const dmlKeyCopy = (k: DmlKey, clone: Clone, o: CloneOptions): DmlKey =>
  typeof k === "string" ? k : (copyOf(k, clone, o) as DmlKey);

const plainKey: KindBehaviour = { key: (v, b) => b.plain(v) };
const listOfClauses: KindBehaviour<readonly Traversible[]> = {
  children: (v) => v,
  copy: (v, clone, o) => v.map((x) => copyOf(x, clone, o)),
  key: (v, b) => keys(v as unknown as readonly HasCacheKey[], b),
};

const KINDS: { readonly [K in Kind]: KindBehaviour } = {
  clause: {
    children: (v) => [v],
    copy: (v, clone, o) => copyOf(v, clone, o),
    key: (v: HasCacheKey, b) => v._genCacheKey(b),
    isOne: true,
  },
  clauses: listOfClauses,
  "memoized-entities": listOfClauses,
  "from-set": listOfClauses,
  "clause-tuples": {
    children: (v: readonly (readonly Traversible[])[]) => v.flat(),
    copy: (v: readonly (readonly Traversible[])[], clone, o) =>
      v.map((t) => t.map((x) => copyOf(x, clone, o))),
    key: (v: readonly (readonly HasCacheKey[])[], b) => v.forEach((t) => keys(t, b)),
  },
  "clause-map": {
    children: (v: ReadonlyMap<string, Traversible>) => v.values(),
    copy: (v: ReadonlyMap<string, Traversible>, clone, o) =>
      new Map([...v].map(([k, x]) => [k, copyOf(x, clone, o)])),
    key: (v: ReadonlyMap<string, HasCacheKey>, b) => {
      for (const k of sortedKeys(v)) {
        b.string(k);
        (v.get(k) as HasCacheKey)._genCacheKey(b);
      }
    },
  },
  "canonical-columns": { key: (v: Iterable<HasCacheKey>, b) => keys(v, b) },
  string: plainKey,
  strings: plainKey,
  boolean: plainKey,
  plain: plainKey,
  "statement-hints": plainKey,
  "anon-name": { key: (v: string, b) => b.string(isAnonymous(v) ? applyAnonMap(v, b) : v) },
  operator: {
    key: (v: Operator, b) => b.string(v instanceof CustomOp ? v.identity : v.name),
    isOne: true,
  },
  type: {
    key: (v: TypeEngine, b) => {
      const k = v.staticCacheKey;
      if (k === null) b.spoil();
      else b.word(`<${k}>`);
    },
    isOne: true,
  },
  "plain-map": {
    key: (v: ReadonlyMap<string, Value>, b) => {
      b.word("{");
      for (const k of sortedKeys(v)) {
        b.string(k);
        b.plain(v.get(k));
      }
      b.word("}");
    },
  },
  "dialect-options": {
    key: (v: ReadonlyMap<string, { readonly nonDefaults: ReadonlyMap<string, Value> }>, b) => {
      for (const dialect of sortedKeys(v)) {
        const given = v.get(dialect)?.nonDefaults ?? new Map<string, Value>();
        b.string(dialect);
        for (const name of sortedKeys(given)) {
          b.string(name);
          b.multi(given.get(name));
        }
        b.word(";");
      }
    },
  },
  annotations: { key: (v: ReadonlyMap<string, Value>, b) => annotationsKey(v, b) },
  "propagate-attrs": {
    key: (v: { readonly compileStatePlugin: string; readonly pluginSubject: HasCacheKey | null }, b) => {
      b.string(v.compileStatePlugin);
      if (v.pluginSubject) v.pluginSubject._genCacheKey(b);
    },
  },
  "named-ddl": { key: (v: { readonly name: string | null }, b) => b.plain(v.name) },
  prefixes: {
    key: (v: readonly (readonly [HasCacheKey, string])[], b) => {
      for (const [clause, dialect] of v) {
        clause._genCacheKey(b);
        b.string(dialect);
      }
    },
  },
  "table-hints": {
    key: (
      v: Iterable<{ readonly from: HasCacheKey; readonly dialect: string; readonly text: string }>,
      b,
    ) => {
      for (const { from, dialect, text } of v) {
        from._genCacheKey(b);
        b.string(dialect);
        b.string(text);
      }
    },
  },
  "setup-joins": {
    children: (v: readonly SetupJoin[]) =>
      v.flatMap(([target, onclause, from]) => [
        ...(from ? [from] : NONE),
        resolved(target),
        ...(onclause ? [resolved(onclause)] : NONE),
      ]),
    copy: (v: readonly SetupJoin[], clone, o) =>
      v.map(([target, onclause, from, flags]) => [
        copyOf(target, clone, o),
        nullable(onclause, clone, o),
        nullable(from, clone, o),
        flags,
      ]),
    key: (v: readonly SetupJoin[], b) => {
      for (const [target, onclause, from, flags] of v) {
        for (const part of [target, onclause, from]) b.multi(part);
        b.word(`${flags.isouter ? "o" : "i"}${flags.full ? "f" : "-"};`);
      }
    },
  },
  options: {
    copy: (v: readonly Traversible[], clone, o) => v.map((x) => copyOf(x, clone, o)),
    key: (v: readonly unknown[], b) => {
      for (const option of v)
        if (hasCacheKey(option) && (option as { _isHasCacheKey?: boolean })._isHasCacheKey !== false)
          option._genCacheKey(b);
    },
  },
  "context-options": {
    key: (v: readonly (readonly [object, unknown])[], b) => {
      for (const [fn, args] of v) {
        b.identity(fn);
        b.plain(args);
      }
    },
  },
  "cache-key": { key: (v: HasCacheKey, b) => v._genCacheKey(b) },
  "cache-key-list": { key: (v: readonly HasCacheKey[], b) => keys(v, b) },
  multi: { key: (v, b) => b.multi(v) },
  "multi-list": { key: (v: readonly unknown[], b) => v.forEach((x) => b.multi(x)) },
  inspectable: { key: (v, b) => b.multi(v) },
  "dml-values": {
    children: (v: ElementMap<DmlKey, Traversible>) => {
      const entries = [...v];
      const named = entries.filter(([k]) => typeof k === "string").sort(([a], [b]) => (a < b ? -1 : 1));
      const others = entries.filter(([k]) => typeof k !== "string") as [Traversible, Traversible][];
      return [...named.map(([, x]) => x), ...others.flat()].filter(isClause);
    },
    copy: (v: ElementMap<DmlKey, Value>, clone, o) =>
      new ElementMap([...v].map(([k, x]) => [dmlKeyCopy(k, clone, o), dmlValueCopy(x, clone, o)])),
    key: (v: ElementMap<DmlKey, Value>, b) => {
      for (const [k, x] of v) {
        b.multi(k);
        b.multi(x);
      }
    },
  },
  "dml-ordered-values": {
    children: (v: readonly (readonly [DmlKey, Traversible])[]) => v.flat().filter(isClause),
    copy: (v: readonly (readonly [DmlKey, Value])[], clone, o) =>
      v.map(([k, x]) => [dmlKeyCopy(k, clone, o), dmlValueCopy(x, clone, o)]),
    key: (v: readonly (readonly [DmlKey, Value])[], b) => {
      for (const pair of v) pair.forEach((x) => b.multi(x));
    },
  },
  "dml-multi-values": {
    copy: (v: readonly (readonly DmlRow[])[], clone, o) =>
      v.map((rows) =>
        rows.map((row) =>
          row instanceof ElementMap
            ? new ElementMap([...row].map(([k, x]) => [dmlKeyCopy(k, clone, o), dmlValueCopy(x, clone, o)]))
            : row.map((x) => dmlValueCopy(x, clone, o)),
        ),
      ),
    key: (_v, b) => b.spoil(),
  },
  unknown: { key: (_v, b) => b.spoil() },
};

function annotationsKey(v: ReadonlyMap<string, Value>, b: CacheKeyBuilder): void {
  if (v.size === 0) return;
  b.word("A");
  for (const k of sortedKeys(v)) {
    b.string(k);
    b.multi(v.get(k));
  }
  b.word(";");
}

interface Step {
  readonly attribute: string;
  readonly kind: KindBehaviour;
  /** What stands before the part in a key. */
  readonly mark: string;
}
interface Plan {
  readonly children: readonly Step[];
  readonly copies: readonly Step[];
}
interface KeyPlan {
  /** undefined: instances are not cached. */
  readonly steps: readonly Step[] | undefined;
  readonly token: string;
}

const plans = new WeakMap<object, Plan>();
const keyPlans = new WeakMap<object, KeyPlan>();

function steps(spec: TraverseSpec): Step[] {
  return spec.map(([attribute, kind], i) => ({ attribute, kind: KINDS[kind], mark: `${i}=` }));
}

function planOf(cls: Specified): Plan {
  let plan = plans.get(cls);
  if (plan === undefined) {
    const all = steps(cls.traverse ?? NONE);
    plan = {
      children: all.filter(({ kind }) => kind.children),
      copies: all.filter(({ kind }) => kind.copy),
    };
    plans.set(cls, plan);
  }
  return plan;
}

function keyPlanOf(cls: Specified): KeyPlan {
  let plan = keyPlans.get(cls);
  if (plan === undefined) keyPlans.set(cls, (plan = { steps: keySteps(cls), token: `${tokenOf(cls)}(` }));
  return plan;
}

/** A class must state its parts itself, or that its base's statement holds for it, to be part of a key. */
function keySteps(cls: Specified): readonly Step[] | undefined {
  const own = (name: keyof Specified): boolean => Object.hasOwn(cls, name);
  const inherit = own("inheritCache") ? cls.inheritCache : undefined;
  if (inherit === true || own("cacheTraverse") || own("traverse")) {
    const spec =
      inherit === true
        ? (cls.cacheTraverse ?? cls.traverse)
        : own("cacheTraverse")
          ? cls.cacheTraverse
          : cls.traverse;
    return spec ? steps(spec) : undefined;
  }
  if (inherit === undefined && cls.hierarchySupportsCaching !== false)
    warn(
      `Class ${cls.name} will not make use of SQL compilation caching as it does not set the 'inherit_cache' attribute to \`\`True\`\`.  ` +
        "This can have significant performance implications including some performance degradations in comparison to prior SQLAlchemy " +
        "versions.  Set this attribute to True if this object can make use of the cache key generated by the superclass.  Alternatively, " +
        "this attribute may be set to False which will disable this warning.",
      "cprf",
    );
  return undefined;
}

const isEmpty = (v: Value): boolean =>
  Array.isArray(v) ? v.length === 0 : (v instanceof Map || v instanceof Set) && v.size === 0;
const at = (obj: object, attribute: string): never => (obj as Record<string, never>)[attribute] as never;

/** The element's parts, in the order of its spec. */
export function specChildren(obj: object, omit: readonly string[] = NONE): Traversible[] {
  const out: Traversible[] = [];
  for (const { attribute, kind } of planOf(obj.constructor as Specified).children) {
    const v = at(obj, attribute);
    if (v == null || omit.includes(attribute)) continue;
    for (const child of kind.children?.(v) ?? NONE) out.push(child);
  }
  return out;
}

/** Replace the element's parts by copies. */
export function specCopyInternals(obj: object, options: CloneOptions): void {
  const clone = options.clone ?? ((e: Traversible, o?: CloneOptions) => e._clone(o));
  // the options for parts name no attributes of this element
  const { omitAttrs, clone: _, ...kw } = options;
  for (const { attribute, kind } of planOf(obj.constructor as Specified).copies) {
    const v = at(obj, attribute);
    if (v == null || omitAttrs?.includes(attribute)) continue;
    (obj as Record<string, unknown>)[attribute] = kind.copy?.(v, clone as Clone, kw);
  }
}

/** Append the element's key. `annotations` belongs to the key of an annotated element only. */
export function specCacheKey(
  obj: ClauseElement | (object & { _annotations?: ReadonlyMap<string, Value> }),
  b: CacheKeyBuilder,
  annotations = false,
): void {
  if (!b.enter(obj)) return;
  const plan = keyPlanOf(obj.constructor as Specified);
  if (!plan.steps) return b.spoil();
  b.word(plan.token);
  for (const { attribute, kind, mark } of plan.steps) {
    const v = at(obj, attribute) as Value;
    if (v == null || v === false || v === "" || (!kind.isOne && isEmpty(v))) continue;
    b.word(mark);
    kind.key(v as never, b, obj);
  }
  if (annotations && obj._annotations) annotationsKey(obj._annotations, b);
  b.word(")");
}
