// Attributes of engine objects that their class has as well: `JSON.NULL`, `Integer.__visit_name__`.
import { bareType } from "../python/runtime/base-types.ts";
import { E, raise } from "../python/runtime/exceptions.ts";
import { PyGetSet } from "../python/runtime/native-type.ts";
import type { NativeGetter } from "../python/runtime/native.ts";
import { TYPE, type PyType, type Typed, type Value } from "../python/runtime/object.ts";
import type { AnyObject } from "./class-table.ts";
import { hostFor } from "./derive.ts";
import { holderOf } from "./native-prototype.ts";
import { toPython } from "./values.ts";

/** An attribute that the class has as well as its instances: `JSON.NULL`, `Integer.__visit_name__`. */
export class ClassAttribute extends PyGetSet {
  readonly js: string;
  constructor(name: string, owner: PyType, js: string, getter: NativeGetter) {
    super(name, owner, getter);
    this.js = js;
  }

  override onlyOfInstances(cls: PyType): boolean {
    return valueOfClass(cls, this.js) === undefined && isOfInstances(this, cls);
  }
}
const classAttributeType = bareType("getset_descriptor");
classAttributeType.final = true;
classAttributeType.descriptor = {
  ...(PyGetSet.prototype as unknown as Typed)[TYPE].descriptor,
  get: (d: ClassAttribute, obj: Value, owner: PyType) =>
    obj === null ? (valueOfClass(owner, d.js) ?? ofClass(d, owner)) : d.getter(obj as never),
};
Object.defineProperty(ClassAttribute.prototype, TYPE, {
  value: classAttributeType,
  writable: true,
  configurable: true,
});

/** What the engine's constructor gives each instance: its prototype does not have it. */
function isOfInstances(d: ClassAttribute, owner: PyType): boolean {
  const proto = (hostFor(owner) as unknown as { prototype: object } | undefined)?.prototype;
  return proto !== undefined && !(d.js in proto);
}

/** A property, seen from its class; attributes that only instances get are absent there. */
function ofClass(d: ClassAttribute, owner: PyType): Value {
  if (isOfInstances(d, owner))
    raise(E.AttributeError, `type object '${owner.name}' has no attribute '${d.name}'`);
  return d;
}

const OF_FUNCTIONS = new Set(["name", "length", "prototype", "caller", "arguments"]);

/** What the engine's class says for all its instances: a static member, or a default in its prototype. */
export function valueOfClass(cls: PyType, js: string): Value | undefined {
  const host = hostFor(cls) as unknown as AnyObject | undefined;
  if (!host) return undefined;
  if (js in host && !OF_FUNCTIONS.has(js)) return toPython(host[js]);
  const proto = (host as { prototype: object }).prototype;
  const value: unknown = Object.getOwnPropertyDescriptor(holderOf(proto, js), js)?.value;
  return value === undefined || typeof value === "function" ? undefined : toPython(value);
}
