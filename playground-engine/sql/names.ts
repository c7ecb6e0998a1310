// Names inside statements.
//
// A name is a plain string everywhere. Three things SQLAlchemy keeps in subclasses of str are kept otherwise:
// - an anonymous part, numbered only when a statement is printed (`anon_1`), stands in the string as "%(<id> <body>)s",
//   which is also what a program that prints it sees. `isAnonymous` and `applyAnonMap` are all one needs to know;
// - "always/never quote" is a `quote` attribute beside the name of its owner (table.quote, column.quote, label.quote);
//   `QuotedName` is only the value that a program passes in (`quoted_name("x", True)`);
// - "may be shortened to the dialect's length" holds for anonymous names, for `_tqLabel`s that are no explicit label,
//   and for columns whose `_truncatable` is set.
// Behaviour: SQLAlchemy sql/elements.py (quoted_name, _truncated_label, _anonymous_label), sql/_py_util.py.
import type { Value } from "../util/host.ts";

const OPEN = "%(";
const CLOSE = ")s";
// a number, or a table's name behind a bar: what a column may be called is neither
const TOKENS = /%\(((?:[\d.]+|\|[^\s()]*) [^\s()]*)\)s/g;
const TOKEN = new RegExp(TOKENS.source);

/** quoted_name(value, quote): a name with its quoting decided. Accepted wherever a name is. */
export class QuotedName {
  readonly value: string;
  readonly quote: boolean | null;
  constructor(value: string, quote: boolean | null) {
    this.value = value;
    this.quote = quote;
  }
  toString(): string {
    return this.value;
  }
}

export type NameArgument = string | QuotedName;

/** conv("x"): a constraint or index name to which no naming convention applies any more. */
export class ConvName extends QuotedName {
  constructor(value: string, quote: boolean | null = null) {
    super(value, quote);
  }
}

/** What is no name at all stays: the first who reads it says so, as in Python. */
export function plainName(name: NameArgument): string {
  return name instanceof QuotedName ? name.value : name;
}

export function quoteOf(name: Value): boolean | null {
  return name instanceof QuotedName ? name.quote : null;
}

/** Options whose `schema` may be a quoted_name: the name as text, its quoting beside it. */
export function plainSchema<T extends { readonly schema?: unknown }>(options: T): T {
  const { schema } = options;
  return schema instanceof QuotedName
    ? { ...options, schema: schema.value, quoteSchema: schema.quote }
    : options;
}

/** A name that gets its number when it is printed. `id` tells it from others of the same body. */
export function anonymousLabel(
  id: number | string,
  body: string,
  enclosing = "",
  sanitizeKey = false,
): string {
  return `${enclosing}${OPEN}${anonymousKey(id, body, sanitizeKey)}${CLOSE}`;
}

/** What stands between the marks: "<id> <body>", as AnonymousNames take it. */
export function anonymousKey(id: number | string, body: string, sanitizeKey: boolean): string {
  let clean = /[%() $]/.test(body) ? body.replace(/[%() $]+/g, "_") : body;
  if (sanitizeKey && (clean.startsWith("_") || clean.endsWith("_"))) clean = clean.replace(/^_+|_+$/g, "");
  return `${id} ${clean}`;
}

export function isAnonymous(name: unknown): name is string {
  return typeof name === "string" && name.includes(OPEN) && TOKEN.test(name);
}

/** Anonymous parts to text by the map of a statement; other names unchanged. */
export function applyAnonMap(name: string, map: AnonymousNames): string {
  const open = name.indexOf(OPEN);
  if (open < 0) return name;
  // nearly all are one part and nothing else: a parameter's key
  if (open === 0 && name.indexOf(CLOSE) === name.length - CLOSE.length && TOKEN.test(name))
    return map.nameFor(name.slice(OPEN.length, -CLOSE.length));
  return name.replace(TOKENS, (_, key: string) => map.nameFor(key));
}

/**
 * A parameter's key: as given, or counted through a statement. That one is written out when it is asked for: a statement that is
 * found in the cache needs its number only.
 */
export class ParameterKey {
  private readonly id: number;
  private readonly body: string;
  private written: string | undefined;

  /** @param written the key itself, where it is no counted one */
  constructor(id: number, body: string, written?: string) {
    this.id = id;
    this.body = body;
    this.written = written;
  }

  get text(): string {
    return (this.written ??= anonymousLabel(this.id, this.body, "", true));
  }

  /** Its text by the map of a statement. */
  numbered(map: AnonymousNames): string {
    return this.written === undefined
      ? map.nameFor(anonymousKey(this.id, this.body, true))
      : applyAnonMap(this.written, map);
  }
}

/** Gives text for "<id> <body>". */
export interface AnonymousNames {
  nameFor(key: string): string;
}

/** Numbers anonymous names by their body: "param_1", "param_2", "anon_1". */
export class PrefixAnonMap implements AnonymousNames {
  private readonly names = new Map<string, string>();
  private readonly counters = new Map<string, number>();

  nameFor(key: string): string {
    let name = this.names.get(key);
    if (name === undefined) {
      const derived = key.slice(key.indexOf(" ") + 1);
      name = `${derived}_${this.next(derived)}`;
      this.names.set(key, name);
    }
    return name;
  }

  /** The next number for a body: 1, 2, 3 … */
  next(derived: string): number {
    const n = this.counters.get(derived) ?? 1;
    this.counters.set(derived, n + 1);
    return n;
  }
}
