// `cascade="all, delete-orphan"`: which operations on an object go on to what it refers to.
// Behaviour: SQLAlchemy orm/util.py (CascadeOptions).
import { ArgumentError, warn } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { compareText, reprString } from "../../util/text.ts";

const ALL = ["save-update", "merge", "refresh-expire", "expunge", "delete"];
const ALLOWED: ReadonlySet<string> = new Set([...ALL, "delete-orphan", "all", "none"]);
const VIEWONLY: ReadonlySet<string> = new Set(["expunge", "all", "none", "refresh-expire", "merge"]);

export class CascadeOptions implements Iterable<string> {
  static readonly pyModule: string = "sqlalchemy.orm.util";
  private readonly options: ReadonlySet<string>;
  readonly saveUpdate: boolean;
  readonly delete: boolean;
  readonly refreshExpire: boolean;
  readonly merge: boolean;
  readonly expunge: boolean;
  readonly deleteOrphan: boolean;

  /** Of a text ("all, delete-orphan"), an iterable of names or None. Throws ArgumentError on names it does not know. */
  constructor(given: Value) {
    const items =
      typeof given === "string" || given === null || given === undefined
        ? wordsOf((given as string | null) ?? "")
        : host.iterate(given);
    if (!items) throw host.error("TypeError", `'${host.typeName(given)}' object is not iterable`);
    const names = [...items].map((v) => String(v));
    const values = new Set(names);
    const unknown = [...values].filter((v) => !ALLOWED.has(v)).sort(compareText);
    if (unknown.length)
      throw new ArgumentError(`Invalid cascade option(s): ${unknown.map(reprString).join(", ")}`);
    if (values.has("all")) for (const name of ALL) values.add(name);
    if (values.has("none")) values.clear();
    values.delete("all");
    this.options = values;
    this.saveUpdate = values.has("save-update");
    this.delete = values.has("delete");
    this.refreshExpire = values.has("refresh-expire");
    this.merge = values.has("merge");
    this.expunge = values.has("expunge");
    this.deleteOrphan = values.has("delete-orphan");
    if (this.deleteOrphan && !this.delete) warn("The 'delete-orphan' cascade option requires 'delete'.");
  }

  static fromString(text: string): CascadeOptions {
    return new CascadeOptions(text);
  }

  /** What of it a relationship can do that writes nothing. */
  get viewonly(): CascadeOptions {
    return new CascadeOptions([...this.options].filter((name) => VIEWONLY.has(name)));
  }

  has(name: string): boolean {
    return this.options.has(name);
  }
  contains(name: Value): boolean {
    return typeof name === "string" && this.options.has(name);
  }
  get length(): number {
    return this.options.size;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.options[Symbol.iterator]();
  }

  /** Frozen sets compare by their members. */
  equals(other: Value): boolean {
    const items =
      other instanceof CascadeOptions
        ? [...other]
        : host.kindOf(other) === "set" || host.kindOf(other) === "frozenset"
          ? [...(host.iterate(other) ?? [])]
          : null;
    return items !== null && items.length === this.options.size && items.every((v) => this.contains(v));
  }

  repr(): string {
    return `CascadeOptions(${reprString([...this.options].sort(compareText).join(","))})`;
  }
  toString(): string {
    return this.repr();
  }
}

function wordsOf(text: string): string[] {
  return text.split(/\s*,\s*/).filter((word) => word !== "");
}
