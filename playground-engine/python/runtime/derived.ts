// What the attribute and call protocols derive from a class's namespaces: computed once, forgotten when the class changes.
import { objectType, typeType } from "./base-types.ts";
import { E } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { PyBuiltin } from "./native-function.ts";
import { type PyType, type Value } from "./object.ts";

export class Derived {
  /** Instances read attributes the generic way: no `__getattribute__` of their own, no native getAttro. */
  readonly plainGet: boolean;
  /** A `__getattribute__` other than object's and type's. */
  readonly getattribute: Value | undefined;
  readonly getattr: Value | undefined;
  readonly plainSet: boolean;
  readonly setattr: Value | undefined;
  readonly delattr: Value | undefined;
  /** As a descriptor: 0 none, 1 non-data, 2 data. */
  readonly descriptor: 0 | 1 | 2;
  /** `__get__` and its kin written in Python, where there is no native slot. */
  readonly get: Value | undefined;
  readonly set: Value | undefined;
  readonly del: Value | undefined;
  /** `__new__` and `__init__` as they stand in the MRO. */
  readonly new_: Value | undefined;
  readonly init: Value | undefined;
  /** `cls(…)` allocates a plain object and calls an `__init__` written in Python. */
  readonly fastInit: PyFunction | undefined;
  /** `cls()` allocates a plain object and that is all. */
  readonly bare: boolean;
  /** An exception class made as BaseException makes its instances. */
  readonly plainException: boolean;
  /** Calling an instance. */
  readonly call: Value | undefined;
  readonly eq: Value | undefined;
  readonly hash: Value | undefined;
  readonly bool: Value | undefined;
  readonly len: Value | undefined;

  constructor(t: PyType) {
    const own = (name: string): Value | undefined => t.lookup(name);
    const ga = own("__getattribute__");
    this.getattribute = isDefault(ga, "__getattribute__") ? undefined : ga;
    this.getattr = own("__getattr__");
    this.plainGet = this.getattribute === undefined && t.getAttro === undefined;
    const sa = own("__setattr__");
    const da = own("__delattr__");
    this.setattr = isDefault(sa, "__setattr__") ? undefined : sa;
    this.delattr = isDefault(da, "__delattr__") ? undefined : da;
    this.plainSet = this.setattr === undefined && t.setAttro === undefined;
    const native = t.descriptor;
    this.get = override(native?.get, own("__get__"));
    this.set = override(native?.set, own("__set__"));
    this.del = override(native?.delete, own("__delete__"));
    const data =
      native?.set !== undefined ||
      native?.delete !== undefined ||
      this.set !== undefined ||
      this.del !== undefined;
    this.descriptor = data ? 2 : native?.get !== undefined || this.get !== undefined ? 1 : 0;
    this.new_ = own("__new__");
    this.init = own("__init__");
    const plainNew =
      this.new_ === objectType.dict.get("__new__") &&
      t.heap &&
      t.allocator === objectType.allocator &&
      own("__del__") === undefined &&
      !isAbstract(t);
    this.fastInit = plainNew && this.init instanceof PyFunction ? this.init : undefined;
    this.bare = plainNew && this.init === objectType.dict.get("__init__");
    this.plainException =
      this.new_ !== undefined &&
      this.new_ === E.BaseException.dict.get("__new__") &&
      this.init === E.BaseException.dict.get("__init__") &&
      t.allocator === E.BaseException.allocator;
    this.call = own("__call__");
    this.eq = own("__eq__");
    this.hash = own("__hash__");
    this.bool = own("__bool__");
    this.len = own("__len__");
  }
}

/** A Python override of a native slot wins; the native's own visible method does not count. */
function override(slot: unknown, method: Value | undefined): Value | undefined {
  return method === undefined || (slot !== undefined && method instanceof PyBuiltin) ? undefined : method;
}

function isDefault(v: Value | undefined, name: string): boolean {
  return v === undefined || v === objectType.dict.get(name) || v === typeType.dict.get(name);
}

/** Whether the class has abstract methods left. */
export function isAbstract(t: PyType): boolean {
  const names = t.dict.get("__abstractmethods__");
  return names !== undefined && (names as { size?: number }).size !== 0;
}

export function derivedOf(t: PyType): Derived {
  return (t.derived as Derived | undefined) ?? ((t.derived = new Derived(t)) as Derived);
}
