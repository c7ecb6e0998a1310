// isinstance() and issubclass().
// Behaviour: docs.python.org/3.11/library/functions.html#isinstance, reference/datamodel.html#class.__instancecheck__.
import { getAttrOrUndefined } from "../runtime/attributes.ts";
import { typeType } from "../runtime/base-types.ts";
import { callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { PyTuple, PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { plainInstance, plainSubclass } from "../runtime/type-type.ts";

/** `isinstance(v, cls)` */
export function isInstanceCheck(v: Value, cls: Value): boolean {
  if (cls instanceof PyType) {
    if (typeOf(v) === cls) return true;
    if (cls[TYPE] === typeType) return plainInstance(v, cls);
  } else if (cls instanceof PyTuple) return isInstanceOfAny(v, cls.items);
  const r = callSpecial(cls, "__instancecheck__", [v]);
  if (r !== undefined) return isTrue(r);
  // What has `__bases__` passes for a class.
  if (!(getAttrOrUndefined(cls, "__bases__") instanceof PyTuple))
    raise(E.TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union");
  const own = getAttrOrUndefined(v, "__class__");
  return own !== undefined && plainSubclass(own, cls);
}

export function isInstanceOfAny(v: Value, classes: readonly Value[]): boolean {
  for (const c of classes) if (isInstanceCheck(v, c)) return true;
  return false;
}

/** `issubclass(c, cls)` */
export function isSubclassCheck(c: Value, cls: Value): boolean {
  if (cls instanceof PyType) {
    if (cls[TYPE] === typeType) {
      needClass(c);
      return plainSubclass(c, cls);
    }
  } else if (cls instanceof PyTuple) return isSubclassOfAny(c, cls.items);
  const r = callSpecial(cls, "__subclasscheck__", [c]);
  if (r === undefined) {
    needClass(c);
    if (!(getAttrOrUndefined(cls, "__bases__") instanceof PyTuple))
      raise(E.TypeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    return plainSubclass(c, cls);
  }
  return isTrue(r);
}

function needClass(c: Value): void {
  if (!(c instanceof PyType) && !(getAttrOrUndefined(c, "__bases__") instanceof PyTuple))
    raise(E.TypeError, "issubclass() arg 1 must be a class");
}

export function isSubclassOfAny(c: Value, classes: readonly Value[]): boolean {
  for (const one of classes) if (isSubclassCheck(c, one)) return true;
  return false;
}
