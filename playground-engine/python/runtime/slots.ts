// Storage of instance attributes that is not found by attribute lookup itself: `__slots__` members and `__dict__`.
import { bareType } from "./base-types.ts";
import { attributeError } from "./attributes.ts";
import { E, raise } from "./exceptions.ts";
import { late } from "./late.ts";
import { PyGetSet, useDictDescriptor } from "./native-type.ts";
import {
  DICT,
  dictOf,
  isInstance,
  type Namespace,
  PyObject,
  type PyType,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "./object.ts";

export const memberType = bareType("member_descriptor");
memberType.final = true;

const SLOTS: unique symbol = Symbol("slots");

/** Values of an object's `__slots__`, by name. */
function slotsOf(o: Value, make: boolean): Namespace | undefined {
  if (o instanceof PyObject) return o.slots ?? (make ? (o.slots = new Map()) : undefined);
  const t = o as { [SLOTS]?: Namespace };
  return t[SLOTS] ?? (make ? (t[SLOTS] = new Map()) : undefined);
}

/** A name in `__slots__`, or a native member of an exception such as `errno`. */
export class PyMember {
  declare [TYPE]: PyType;
  readonly name: string;
  readonly owner: PyType;
  /** What an unset member reads as; undefined raises AttributeError. */
  readonly missing: Value | undefined;
  readonly readOnly: boolean;
  constructor(name: string, owner: PyType, missing?: Value, readOnly = false) {
    this.readOnly = readOnly;
    this.name = name;
    this.owner = owner;
    this.missing = missing;
  }
}
Object.defineProperty(PyMember.prototype, TYPE, { value: memberType, writable: true, configurable: true });

memberType.descriptor = {
  get(d: PyMember, o: Value): Value {
    if (o === null) return d;
    check(d, o);
    const v = slotsOf(o, false)?.get(d.name);
    if (v !== undefined) return v;
    if (d.missing !== undefined) return d.missing;
    throw attributeError(`'${typeOf(o).name}' object has no attribute '${d.name}'`, o, d.name);
  },
  set(d: PyMember, o: Value, v: Value): void {
    check(d, o);
    if (d.readOnly) throw attributeError("readonly attribute", o, d.name);
    slotsOf(o, true)!.set(d.name, v);
  },
  delete(d: PyMember, o: Value): void {
    check(d, o);
    if (d.readOnly) throw attributeError("readonly attribute", o, d.name);
    if (slotsOf(o, false)?.delete(d.name) || d.missing !== undefined) return;
    throw attributeError(d.name, o, d.name);
  },
};

function check(d: PyMember, o: Value): void {
  if (!isInstance(o, d.owner))
    raise(
      E.TypeError,
      `descriptor '${d.name}' for '${d.owner.name}' objects doesn't apply to a '${typeOf(o).name}' object`,
    );
}

/** Replace an object's attribute dictionary. */
function setDict(o: Value, ns: Namespace): void {
  if (o instanceof PyObject) o.dict = ns;
  else (o as Typed)[DICT] = ns;
}

/** `__weakref__`: objects of classes that have it can be referred to weakly. */
export const weakrefGetSet = (owner: PyType): PyGetSet => new PyGetSet("__weakref__", owner, () => null);

/** The `__dict__` descriptor of a class whose instances have one. */
export function dictGetSet(owner: PyType): PyGetSet {
  return new PyGetSet("__dict__", owner, {
    get(o: Value): Value {
      const d = dictOf(o);
      if (d === undefined)
        throw attributeError(`'${typeOf(o).name}' object has no attribute '__dict__'`, o, "__dict__");
      return late.dictOver(d);
    },
    set(o: Value, v: Value): void {
      const ns = late.namespaceOf(v);
      if (ns === undefined)
        raise(E.TypeError, `__dict__ must be set to a dictionary, not a '${typeOf(v).name}'`);
      setDict(o, ns);
    },
    delete(o: Value): void {
      if (!owner.heap) raise(E.TypeError, "cannot delete __dict__");
      setDict(o, new Map());
    },
  });
}

/** Copies the attributes and slot values of one object to another: what copy and pickle take as state. */
export function slotValues(o: Value): Namespace | undefined {
  return typeof o !== "object" || o === null ? undefined : slotsOf(o, false);
}

useDictDescriptor(dictGetSet);
