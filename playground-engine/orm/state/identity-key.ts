// What identifies a row as an object: the base class of its hierarchy, its primary key, an optional token.
//
// SQLAlchemy's is a tuple, and so is what a program sees (`asTuple`). Here it is an object that carries its own key for
// a JavaScript Map: equal keys have equal `hash`, by the host's equality of values.
// Behaviour: SQLAlchemy orm/mapper.py (identity_key_from_primary_key).
import { host, type Value } from "../../util/host.ts";
import type { ClassRef } from "../face.ts";
import { Constant } from "../flags.ts";

const classIds = new WeakMap<object, number>();
const objectIds = new WeakMap<object, number>();
let nextId = 1;

function idIn(ids: WeakMap<object, number>, o: object): number {
  let id = ids.get(o);
  if (id === undefined) ids.set(o, (id = nextId++));
  return id;
}

export class IdentityKey {
  readonly cls: ClassRef;
  readonly pk: readonly Value[];
  readonly token: Value;
  /** Equal for equal keys. */
  readonly hash: string;

  constructor(cls: ClassRef, pk: readonly Value[], token: Value = null) {
    this.cls = cls;
    this.pk = pk;
    this.token = token;
    let hash = `${idIn(classIds, cls)}`;
    for (const v of pk) hash += hashOf(v);
    this.hash = token === null ? hash : `${hash}@${hashOf(token)}`;
  }

  equals(other: IdentityKey | null | undefined): boolean {
    return other != null && other.hash === this.hash;
  }

  /** The tuple that SQLAlchemy shows: `(cls, (pk, …), token)`. */
  asTuple(): Value {
    return host.makeTuple([this.cls, host.makeTuple(this.pk), this.token]);
  }

  toString(): string {
    return host.repr(this.asTuple());
  }
}

/** A key given by the program as a tuple, or one of ours; undefined where it is neither. */
export function asIdentityKey(v: Value): IdentityKey | undefined {
  if (v instanceof IdentityKey) return v;
  const outer = v === null || typeof v !== "object" ? undefined : host.iterate(v);
  if (!outer) return undefined;
  const [cls, pk, token = null] = [...outer];
  const values = pk === null || typeof pk !== "object" ? undefined : host.iterate(pk);
  if (!values || (typeof cls !== "object" && typeof cls !== "function") || cls === null) return undefined;
  return new IdentityKey(cls, [...values], token);
}

function hashOf(v: Value): string {
  if (typeof v === "number") return `/${v}`;
  if (typeof v === "string") return `'${v.length}:${v}`;
  if (v === null) return "/None";
  if (v instanceof Constant) return `?${v.name}`;
  const k = host.key(v);
  switch (typeof k) {
    case "string":
      return k === v ? `'${k.length}:${k}` : `"${k.length}:${k}`;
    case "object":
    case "function":
      return k === null ? "/None" : `#${idIn(objectIds, k)}`;
    default:
      return `/${String(k === true ? 1 : k === false ? 0 : k)}`;
  }
}
