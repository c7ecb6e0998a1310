// What an association proxy to a collection gives: a list, set or dictionary of values, each kept on a related object.
//
// They hold nothing: every read goes through the collection of related objects, every addition makes a related object by
// the creator. Methods that change nothing are those of a plain list, set or dictionary of the values.
// Behaviour: SQLAlchemy ext/associationproxy.py (_AssociationList, _AssociationDict, _AssociationSet).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { callMethod, containsItem, deleteItem, getAttribute, lengthOf, setItem } from "./values.ts";

export type Getter = (obj: Value) => Value;
/** A dictionary's setter is given the key as well. */
export type Setter = (obj: Value, ...keyAndValue: Value[]) => void;

export interface AssociationParts {
  /** The collection of related objects, as it is now. */
  readonly lazyCollection: () => Value;
  readonly creator: Value;
  readonly getter: Getter;
  readonly setter: Setter;
}

/** Assigns all values anew. */
export type BulkSet = (proxy: AssociationCollection, values: Value) => void;

const MISSING = Symbol("missing");

export abstract class AssociationCollection {
  static readonly pyModule: string = "sqlalchemy.ext.associationproxy";
  static readonly pyName: string;
  readonly lazyCollection: () => Value;
  readonly creator: Value;
  readonly getter: Getter;
  readonly setter: Setter;
  /** The AssociationProxyInstance. */
  readonly parent: object;

  constructor(parts: AssociationParts, parent: object) {
    this.lazyCollection = parts.lazyCollection;
    this.creator = parts.creator;
    this.getter = parts.getter;
    this.setter = parts.setter;
    this.parent = parent;
  }

  /** The related objects. */
  get col(): Value {
    return this.lazyCollection();
  }

  get length(): number {
    return lengthOf(this.col);
  }

  bool(): boolean {
    return host.isTrue(this.col);
  }

  /** The values as a plain collection of the language. */
  abstract plain(): Value;
  abstract clear(): void;
  abstract _bulkReplace(set: BulkSet, values: Value): void;

  /** A method of the plain collection: one that changes nothing. */
  protected plainly(name: string, args: readonly Value[]): Value {
    return callMethod(this.plain(), name, args);
  }

  copy(): Value {
    return this.plain();
  }
  equals(other: Value): boolean {
    return host.equal(this.plain(), other);
  }
  /** `<`, `<=`, `>`, `>=`, `+` … by the method of that name: "__lt__". May give NotImplemented. */
  operator(dunder: string, other: Value): Value {
    return this.plainly(dunder, [other instanceof AssociationCollection ? other.plain() : other]);
  }
  repr(): string {
    return host.repr(this.plain());
  }
  toString(): string {
    return this.repr();
  }
  get hash(): never {
    throw host.error(
      "TypeError",
      `${(this.constructor as typeof AssociationCollection).pyName} objects are unhashable`,
    );
  }
}

/** Collections whose members are values alone. */
abstract class SingleItems extends AssociationCollection {
  protected create(value: Value): Value {
    return host.call(this.creator, [value]);
  }

  *[Symbol.iterator](): Generator<Value> {
    for (const member of itemsOf(this.col)) yield this.getter(member);
  }

  contains(value: Value): boolean {
    for (const v of this) if (host.equal(v, value)) return true;
    return false;
  }

  override _bulkReplace(set: BulkSet, values: Value): void {
    this.clear();
    set(this, values);
  }
}

const isSlice = (v: Value): boolean => host.typeName(v) === "slice";

export class AssociationList extends SingleItems {
  static override readonly pyName = "_AssociationList";

  plain(): Value {
    return host.makeList(this);
  }

  getItem(index: Value): Value {
    const found = host.getItem(this.col, index);
    return isSlice(index) ? host.makeList(itemsOf(found).map(this.getter)) : this.getter(found);
  }

  setItem(index: Value, value: Value): void {
    if (!isSlice(index)) {
      this.setter(host.getItem(this.col, index), value);
      return;
    }
    const part = (name: string): number | null => getAttribute(index, name) as number | null;
    const stop = part("stop");
    const end = stop === null ? this.length : stop < 0 ? this.length + stop : stop;
    const [start, step] = [part("start") ?? 0, part("step") || 1];
    const positions: number[] = [];
    for (let i = start; step > 0 ? i < end : i > end; i += step) positions.push(i);
    const values = itemsOf(value);
    if (step === 1) {
      for (const _ of positions) this.deleteItem(start);
      values.forEach((v, i) => this.insert(start + i, v));
      return;
    }
    if (values.length !== positions.length)
      throw host.error(
        "ValueError",
        `attempt to assign sequence of size ${values.length} to extended slice of size ${positions.length}`,
      );
    positions.forEach((at, i) => this.setter(host.getItem(this.col, at), values[i]));
  }

  deleteItem(index: Value): void {
    deleteItem(this.col, index);
  }

  append(value: Value): void {
    const { col } = this;
    callMethod(col, "append", [this.create(value)]);
  }
  extend(values: Value): void {
    for (const v of iterate(values)) this.append(v);
  }
  insert(index: Value, value: Value): void {
    callMethod(this.col, "insert", [index, this.create(value)]);
  }
  pop(index: Value = -1): Value {
    return this.getter(callMethod(this.col, "pop", [index]));
  }
  remove(value: Value): void {
    let i = 0;
    for (const v of this) {
      if (host.equal(v, value)) {
        deleteItem(this.col, i);
        return;
      }
      i++;
    }
    throw host.error("ValueError", "value not in list");
  }
  count(value: Value): number {
    return [...this].filter((v) => host.equal(v, value)).length;
  }
  index(value: Value, ...range: Value[]): Value {
    return this.plainly("index", [value, ...range]);
  }
  reverse(): never {
    throw host.error("NotImplementedError", "");
  }
  sort(): never {
    throw host.error("NotImplementedError", "");
  }
  clear(): void {
    const { col } = this;
    for (let n = lengthOf(col); n > 0; n--) deleteItem(col, 0);
  }

  /** `proxy += values` */
  iadd(values: Value): this {
    this.extend(values);
    return this;
  }
  /** `proxy *= n` */
  imul(n: Value): this {
    if (host.kindOf(n) !== "int" && host.kindOf(n) !== "bool") throw host.error("NotImplementedError", "");
    const times = Number(n);
    const values = [...this];
    if (times === 0) this.clear();
    else for (let i = 1; i < times; i++) for (const v of values) this.append(v);
    return this;
  }
}

export class AssociationSet extends SingleItems {
  static override readonly pyName = "_AssociationSet";

  plain(): Value {
    return host.makeSet(this);
  }

  add(value: Value): void {
    if (!this.contains(value)) callMethod(this.col, "add", [this.create(value)]);
  }

  private take(value: Value): boolean {
    for (const member of itemsOf(this.col))
      if (host.equal(this.getter(member), value)) {
        callMethod(this.col, "discard", [member]);
        return true;
      }
    return false;
  }
  discard(value: Value): void {
    this.take(value);
  }
  remove(value: Value): void {
    if (!this.take(value)) throw host.error("KeyError", value as string);
  }
  pop(): Value {
    if (!this.bool()) throw host.error("KeyError", "pop from an empty set");
    return this.getter(callMethod(this.col, "pop"));
  }
  clear(): void {
    callMethod(this.col, "clear");
  }

  update(others: readonly Value[]): void {
    for (const other of others) for (const v of iterate(other)) this.add(v);
  }
  differenceUpdate(others: readonly Value[]): void {
    for (const other of others) for (const v of iterate(other)) this.discard(v);
  }
  intersectionUpdate(others: readonly Value[]): void {
    for (const other of others) this.become(this.intersection([other]));
  }
  symmetricDifferenceUpdate(other: Value): void {
    this.become(this.symmetricDifference(other));
  }
  private become(want: Value): void {
    const have = this.plain();
    const add = itemsOf(callMethod(want, "difference", [have]));
    for (const v of itemsOf(callMethod(have, "difference", [want]))) this.remove(v);
    for (const v of add) this.add(v);
  }

  /** `|=`, `&=`, `-=`, `^=` with a set. */
  ior(other: Value): this {
    return this.inPlace(other, () => this.update([other]));
  }
  iand(other: Value): this {
    return this.inPlace(other, () => this.intersectionUpdate([other]));
  }
  isub(other: Value): this {
    return this.inPlace(other, () => this.differenceUpdate([other]));
  }
  ixor(other: Value): this {
    return this.inPlace(other, () => this.symmetricDifferenceUpdate(other));
  }
  private inPlace(other: Value, change: () => void): this {
    if (
      !(other instanceof AssociationSet) &&
      host.kindOf(other) !== "set" &&
      host.kindOf(other) !== "frozenset"
    )
      throw host.error("NotImplementedError", "");
    change();
    return this;
  }

  union(others: readonly Value[]): Value {
    return this.plainly("union", others.map(listed));
  }
  difference(others: readonly Value[]): Value {
    return this.plainly("difference", others.map(listed));
  }
  intersection(others: readonly Value[]): Value {
    return this.plainly("intersection", others.map(listed));
  }
  symmetricDifference(other: Value): Value {
    return this.plainly("symmetric_difference", [listed(other)]);
  }
  issubset(other: Value): Value {
    return this.plainly("issubset", [listed(other)]);
  }
  issuperset(other: Value): Value {
    return this.plainly("issuperset", [listed(other)]);
  }

  override _bulkReplace(_set: BulkSet, given: Value): void {
    const existing = [...this];
    const values = given === null ? [] : iterate(given);
    for (const v of values) this.add(v);
    for (const v of existing) if (!values.some((w) => host.equal(v, w))) this.remove(v);
  }
}

export class AssociationDict extends AssociationCollection {
  static override readonly pyName = "_AssociationDict";

  plain(): Value {
    return host.makeDict([...this].map((key) => [key, this.getItem(key)] as const));
  }

  private create(key: Value, value: Value): Value {
    return host.call(this.creator, [key, value]);
  }

  *[Symbol.iterator](): Generator<Value> {
    yield* itemsOf(this.keys());
  }
  contains(key: Value): boolean {
    return containsItem(this.col, key);
  }
  getItem(key: Value): Value {
    return this.getter(host.getItem(this.col, key));
  }
  setItem(key: Value, value: Value): void {
    const { col } = this;
    if (this.contains(key)) this.setter(host.getItem(col, key), key, value);
    else setItem(col, key, this.create(key, value));
  }
  deleteItem(key: Value): void {
    deleteItem(this.col, key);
  }
  get(key: Value, otherwise: Value = null): Value {
    try {
      return this.getItem(key);
    } catch (e) {
      if (host.isError(e, "KeyError")) return otherwise;
      throw e;
    }
  }
  setdefault(key: Value, otherwise: Value = null): Value {
    if (this.contains(key)) return this.getItem(key);
    setItem(this.col, key, this.create(key, otherwise));
    return otherwise;
  }
  keys(): Value {
    return callMethod(this.col, "keys");
  }
  values(): Value[] {
    return [...this].map((key) => this.getItem(key));
  }
  items(): Value[] {
    return [...this].map((key) => host.makeTuple([key, this.getItem(key)]));
  }
  pop(key: Value, otherwise: Value = MISSING): Value {
    return this.getter(callMethod(this.col, "pop", otherwise === MISSING ? [key] : [key, otherwise]));
  }
  popitem(): Value {
    const [key, member] = itemsOf(callMethod(this.col, "popitem"));
    return host.makeTuple([key, this.getter(member)]);
  }
  clear(): void {
    callMethod(this.col, "clear");
  }
  /** `update(*a, **kw)`, as a dict takes them. */
  update(given: readonly Value[], kw: Kwargs = new Map()): void {
    const all = host.makeDict([]);
    callMethod(all, "update", given, kw);
    for (const [key, value] of host.entries(all) ?? []) this.setItem(key, value);
  }

  override _bulkReplace(_set: BulkSet, given: Value): void {
    const existing = [...this];
    const entries = given === null ? [] : [...(entriesOf(given) ?? [])];
    for (const [key, value] of entries) this.setItem(key, value);
    for (const key of existing) if (!entries.some(([k]) => host.equal(k, key))) this.deleteItem(key);
  }
}

function entriesOf(v: Value): [Value, Value][] | undefined {
  if (v instanceof AssociationDict) return [...v].map((key) => [key, v.getItem(key)]);
  const entries = host.entries(v);
  return entries === undefined ? undefined : [...entries];
}

function listed(v: Value): Value {
  return v instanceof AssociationCollection ? v.plain() : v;
}

/** @throws the host's TypeError for what cannot be iterated. */
function iterate(v: Value): Value[] {
  if (v instanceof SingleItems || v instanceof AssociationDict) return [...v];
  return itemsOf(v);
}
