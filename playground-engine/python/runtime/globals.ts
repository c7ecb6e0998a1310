// Global variables: one Map for everybody who sees a dict, one cell a variable for compiled code.
//
// A GlobalNamespace is a Map from names to values whose entries are cells. Compiled code reads and writes `cell.v`
// directly; dict views, setattr(module, …) and exec use the Map's methods. Both always see the same.
import { E, err, type PyException } from "./exceptions.ts";
import type { Value } from "./object.ts";

/** One global variable. Kept by compiled code even while unbound (`v` undefined), so that a later binding is seen. */
export class GlobalCell {
  v: Value | undefined = undefined;
  readonly name: string;
  readonly ns: GlobalNamespace;
  /** The variable of that name in builtins. */
  builtin: GlobalCell | undefined = undefined;
  constructor(name: string, ns: GlobalNamespace) {
    this.name = name;
    this.ns = ns;
  }
}

export class GlobalNamespace extends Map<string, Value> {
  /** Bound variables in order of binding. */
  private bound = new Map<string, GlobalCell>();
  /** Every cell that was asked for. */
  private cells = new Map<string, GlobalCell>();

  /** The variable's cell, made unbound where there is none. */
  cell(name: string): GlobalCell {
    let c = this.cells.get(name);
    if (c === undefined) this.cells.set(name, (c = new GlobalCell(name, this)));
    return c;
  }
  /** A cell that was unbound gets a value. */
  bind(c: GlobalCell, v: Value): void {
    c.v = v;
    this.bound.set(c.name, c);
  }
  /** Unbind; false where it was not bound. */
  unbind(c: GlobalCell): boolean {
    c.v = undefined;
    return this.bound.delete(c.name);
  }
  override get size(): number {
    return this.bound?.size ?? 0;
  }
  override get(name: string): Value | undefined {
    return this.cells.get(name)?.v;
  }
  override has(name: string): boolean {
    return this.cells.get(name)?.v !== undefined;
  }
  override set(name: string, v: Value): this {
    const c = this.cell(name);
    if (c.v === undefined) this.bind(c, v);
    else c.v = v;
    return this;
  }
  override delete(name: string): boolean {
    const c = this.cells.get(name);
    return c !== undefined && c.v !== undefined && this.unbind(c);
  }
  override clear(): void {
    for (const c of this.bound.values()) c.v = undefined;
    this.bound.clear();
  }
  override keys(): MapIterator<string> {
    return this.bound.keys();
  }
  override *values(): MapIterator<Value> {
    for (const c of this.bound.values()) yield c.v;
  }
  override *entries(): MapIterator<[string, Value]> {
    for (const c of this.bound.values()) yield [c.name, c.v];
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
  override forEach(f: (v: Value, k: string, m: Map<string, Value>) => void): void {
    for (const c of this.bound.values()) f(c.v, c.name, this);
  }
}

export function nameError(name: string): PyException {
  return err(E.NameError, `name '${name}' is not defined`).setMember("name", name);
}
