// `.c` of tables, subqueries and joins: columns in order, by key and by position, and the question which of them stands
// for a given column.
//
// A plain collection may hold several columns of one key (the first is found); a table's replaces. Behaviour: SQLAlchemy
// sql/base.py (ColumnCollection, DedupeColumnCollection, ReadOnlyColumnCollection, ColumnSet).
import { ArgumentError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { ElementMap, ElementSet, type Hashed } from "./element-set.ts";
import { late } from "./late.ts";
import { reprOf } from "./repr.ts";
import * as roles from "./roles.ts";
import type { ClauseElement, EntityNamespace } from "./elements/clause.ts";
import type { ClauseList } from "./elements/clause-list.ts";
import type { ColumnElement } from "./elements/column.ts";

type Key = string | null;
type Entry<C> = readonly [key: Key, column: C, metrics: Metrics<C>];

/** A column in one collection, for `correspondingColumn`. */
class Metrics<C> {
  readonly column: C;
  constructor(column: C) {
    this.column = column;
  }
}

/** What a collection is made of; a read-only view has the same object. */
class State<C extends ColumnElement> {
  collection: Entry<C>[] = [];
  readonly index = new Map<Key | number, readonly [Key, C]>();
  colset = new ElementSet<ColumnElement>();
  /** Column that is stood for → members that stand for it; made when first asked. */
  proxyIndex: ElementMap<Hashed, Set<Metrics<C>>> | undefined;
}

export class ColumnCollection<C extends ColumnElement = ColumnElement>
  implements EntityNamespace, Iterable<C>
{
  protected state: State<C> = new State<C>();

  constructor(columns?: Iterable<readonly [Key, C]>) {
    if (columns) this._populateSeparateKeys(columns);
  }

  /** As a columns clause: `select(table.c)`. */
  clauseElement(): ClauseList {
    return new late.ClauseList(this.values(), { literalAsTextRole: roles.ColumnsClauseRole, group: false });
  }

  get _allColumns(): C[] {
    return this.values();
  }

  keys(): Key[] {
    return this.state.collection.map(([k]) => k);
  }

  values(): C[] {
    return this.state.collection.map(([, c]) => c);
  }

  items(): [Key, C][] {
    return this.state.collection.map(([k, c]) => [k, c]);
  }

  get length(): number {
    return this.state.collection.length;
  }

  [Symbol.iterator](): IterableIterator<C> {
    return this.values().values();
  }

  /** `c["name"]`, `c[0]`, `c["a", "b"]`; a slice is its list of positions. Throws the host's KeyError or IndexError. */
  getitem(key: Value): C | ColumnCollection<C> {
    if (typeof key === "string" || typeof key === "number") {
      const found = this.state.index.get(key);
      if (found) return found[1];
      throw host.error(
        typeof key === "number" ? "IndexError" : "KeyError",
        typeof key === "number" ? String(key) : host.repr(key),
      );
    }
    const keys = host.kindOf(key) === "tuple" || Array.isArray(key) ? host.iterate(key) : undefined;
    if (!keys && !host.isHashable(key))
      throw host.error("TypeError", `unhashable type: '${host.typeName(key)}'`);
    if (!keys) throw host.error("KeyError", key as string);
    return new ColumnCollection(
      [...keys].map((k) => {
        const found = this.state.index.get(k as Key | number);
        if (!found) throw host.error(typeof k === "number" ? "IndexError" : "KeyError", host.repr(k));
        return found;
      }),
    ).asReadonly();
  }

  /** `c[start:stop:step]`, by positions already worked out. */
  slice(positions: Iterable<number>): ColumnCollection<C> {
    return new ColumnCollection(
      [...positions].map((i) => this.state.index.get(i) as readonly [Key, C]),
    ).asReadonly();
  }

  /** The column of a key, or what is given for none. */
  get(key: Value, otherwise: Value = null): C | null {
    return this.state.index.get(key as Key | number)?.[1] ?? (otherwise as C | null);
  }

  namespaceAttribute(key: string): Value | undefined {
    return this.get(key) ?? undefined;
  }

  /** `"name" in c`. Throws ArgumentError for what is no string. */
  has(key: Value): boolean {
    if (this.state.index.has(key as Key)) return true;
    if (typeof key !== "string") throw new ArgumentError("__contains__ requires a string argument");
    return false;
  }

  compare(other: Iterable<C>): boolean {
    const [a, b] = [this.values(), [...other]];
    return a.length === b.length && a.every((c, i) => c === b[i]);
  }

  containsColumn(col: Value): boolean {
    if (typeof col === "string")
      throw new ArgumentError(
        "contains_column cannot be used with string arguments. Use ``col_name in table.c`` instead.",
      );
    return this.state.colset.has(col as Hashed);
  }

  asReadonly(): ReadOnlyColumnCollection<C> {
    return new ReadOnlyColumnCollection(this);
  }

  toString(): string {
    return `${this.constructor.name}(${this.values().map(String).join(", ")})`;
  }

  add(column: C, key: Key = column.key): void {
    const s = this.state;
    s.index.set(s.collection.length, [key, column]);
    s.collection.push(this.entry(key, column));
    s.colset.add(column._deannotate());
    if (!s.index.has(key)) s.index.set(key, [key, column]);
  }

  /** @internal fill an empty collection; of columns with one key the first is found by it */
  _populateSeparateKeys(entries: Iterable<readonly [Key, C]>): void {
    for (const [k, c] of entries) this.add(c, k);
  }

  protected entry(key: Key, column: C): Entry<C> {
    const metrics = new Metrics(column);
    this.indexProxies(metrics);
    return [key, column, metrics];
  }

  private indexProxies(metrics: Metrics<C>): void {
    const index = this.state.proxyIndex;
    if (!index) return;
    for (const c of metrics.column._expandedProxySet) {
      const at = index.get(c);
      if (at) at.add(metrics);
      else index.set(c, new Set([metrics]));
    }
  }

  /**
   * The column of this collection that stands for `column`, or null: one that shares its lineage, preferring the one that
   * shares most of it and then the nearest. With requireEmbedded, all that `column` stands for must be in it.
   */
  correspondingColumn(column: ColumnElement, requireEmbedded = false): C | null {
    const s = this.state;
    if (typeof (column as Partial<ColumnElement> | null)?.proxySet !== "object")
      throw host.isHashable(column)
        ? host.noAttribute(column, "proxy_set")
        : host.error("TypeError", `unhashable type: '${host.typeName(column)}'`);
    if (s.colset.has(column)) return column as C;
    const target = column.proxySet;
    if (!s.proxyIndex) {
      s.proxyIndex = new ElementMap();
      for (const [, , m] of s.collection) this.indexProxies(m);
    }
    let best: C | undefined;
    let bestShared: ElementSet<ColumnElement> | undefined;
    for (const t of target) {
      for (const { column: c } of s.proxyIndex.get(t) ?? []) {
        if (requireEmbedded && !embedded(c, target)) continue;
        if (best === undefined) {
          best = c;
          continue;
        }
        const shared = target.intersection(c._expandedProxySet);
        bestShared ??= target.intersection(best._expandedProxySet);
        if (shared.size > bestShared.size) {
          best = c;
          bestShared = shared;
        } else if (shared.equals(bestShared) && distance(c, column) < distance(best, column)) best = c;
      }
    }
    return best ?? null;
  }
}

function embedded(c: ColumnElement, target: ElementSet<ColumnElement>): boolean {
  const own = c._expandedProxySet;
  for (const t of target.difference(own))
    if (!own.intersects(t._clonedSet as ElementSet<ClauseElement>)) return false;
  return true;
}

/** How many steps lead from a column to the other; members of a UNION weigh by their position. */
function distance(c: ColumnElement, to: ColumnElement): number {
  let sum = 0;
  for (const p of c._uncachedProxyList())
    if (p.sharesLineage(to)) sum += (p._annotations.get("weight") as number | undefined) ?? 1;
  return sum;
}

/** Each key once: a column takes the place of another of its key (or of one whose name is its name). Tables have it. */
export class DedupeColumnCollection<C extends ColumnElement = ColumnElement> extends ColumnCollection<C> {
  override add(column: C, key: Key = null): void {
    if (key !== null && column.key !== key)
      throw new ArgumentError("DedupeColumnCollection requires columns be under the same key as their .key");
    if (column.key === null || column.key === undefined)
      throw new ArgumentError("Can't add unnamed column to column collection");
    const existing = this.state.index.get(column.key)?.[1];
    if (existing === undefined) this.append(column);
    else if (existing !== column) {
      this.replace(column);
      column._resetProxySet();
    }
  }

  private append(column: C): void {
    const s = this.state;
    const key = column.key;
    s.index.set(s.collection.length, [key, column]);
    s.collection.push(this.entry(key, column));
    s.colset.add(column._deannotate());
    s.index.set(key, [key, column]);
  }

  override _populateSeparateKeys(entries: Iterable<readonly [Key, C]>): void {
    const replacing: C[] = [];
    for (const [k, col] of entries) {
      if (col.key !== k)
        throw new ArgumentError(
          "DedupeColumnCollection requires columns be under the same key as their .key",
        );
      if (this.state.index.has(col.key) || (this.state.index.has(col.name as string) && col.key !== col.name))
        replacing.push(col);
      else this.append(col);
    }
    for (const col of replacing) this.replace(col);
  }

  extend(columns: Iterable<C>): void {
    this._populateSeparateKeys([...columns].map((c) => [c.key, c] as const));
  }

  remove(column: C): void {
    if (!this.state.colset.has(column))
      throw host.error(
        "ValueError",
        `Can't remove column ${reprOf(column)}; column is not in this collection`,
      );
    this.rebuild(this.state.collection.filter(([, c]) => c !== column));
  }

  /** Put the column in the place of those with its key or name, and of `extraRemove`. */
  replace(column: C, extraRemove: Iterable<C> = []): void {
    const drop = new ElementSet<C>(extraRemove);
    const named = this.state.index.get(column.name as string)?.[1];
    if (named && column.key !== column.name && named.name === named.key) drop.add(named);
    const keyed = this.state.index.get(column.key)?.[1];
    if (keyed) drop.add(keyed);
    if (drop.size === 0) return this.append(column);
    const out: Entry<C>[] = [];
    let replaced = false;
    for (const e of this.state.collection) {
      if (!drop.has(e[1])) out.push(e);
      else if (!replaced) {
        replaced = true;
        out.push(this.entry(column.key, column));
      }
    }
    if (!replaced) out.push(this.entry(column.key, column));
    this.rebuild(out);
  }

  private rebuild(entries: Entry<C>[]): void {
    const s = this.state;
    s.collection.length = 0;
    s.collection.push(...entries);
    s.index.clear();
    s.proxyIndex = undefined;
    s.colset = new ElementSet(entries.map(([, c]) => c._deannotate()));
    entries.forEach(([k, c], i) => s.index.set(i, [k, c]));
    for (const [k, c] of entries) s.index.set(k, [k, c]);
  }
}

/** What a program gets: the same columns, not to be changed. */
export class ReadOnlyColumnCollection<C extends ColumnElement = ColumnElement> extends ColumnCollection<C> {
  constructor(collection: ColumnCollection<C>) {
    super();
    this.state = (collection as ReadOnlyColumnCollection<C>).state;
  }

  private refuse(): never {
    throw host.error("TypeError", `${this.constructor.name} object is immutable and/or readonly`);
  }

  override add(): void {
    this.refuse();
  }
  extend(): void {
    this.refuse();
  }
  remove(): void {
    this.refuse();
  }
}

/** An ordered set of columns: primary keys. */
export class ColumnSet extends ElementSet<ColumnElement> {
  repr(): string {
    return `ColumnSet([${[...this].map((c) => host.repr(c)).join(", ")}])`;
  }

  containsColumn(col: ColumnElement): boolean {
    return this.has(col);
  }

  extend(columns: Iterable<ColumnElement>): void {
    for (const c of columns) this.add(c);
  }

  /** `a == b` of two sets: the columns that share a lineage compared, joined by AND. */
  eq(other: Iterable<ColumnElement>): ColumnElement {
    const pairs: ColumnElement[] = [];
    for (const c of other) for (const local of this) if (c.sharesLineage(local)) pairs.push(c.eq(local));
    return late.and_(pairs);
  }
}
