// o[k], o[k] = v, del o[k], x in o.
import { callSpecial, call2, callN } from "./call.ts";
import { getAttrOrUndefined } from "./attributes.ts";
import { eqTruth } from "./comparison.ts";
import { E, raise } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { iter, isIterable } from "./iteration.ts";
import { PyBuiltin } from "./native-function.ts";
import { PyList, PyTuple, PyType, TYPE, typeOf, type Value } from "./object.ts";
import { isTrue } from "./truth.ts";
import { typeType } from "./base-types.ts";
import { late } from "./late.ts";

export function getItem(o: Value, k: Value): Value {
  if ((o instanceof PyList || o instanceof PyTuple) && typeof k === "number" && !o[TYPE].heap) {
    const items = o.items;
    const v = items[k < 0 ? k + items.length : k];
    if (v !== undefined) return v;
  }
  const t = typeOf(o);
  const m = t.lookup("__getitem__");
  if (m instanceof PyFunction || m instanceof PyBuiltin) return call2(m, o, k);
  if (m !== undefined && m !== null) return callSpecial(o, "__getitem__", [k])!;
  if (o instanceof PyType) {
    if (o === typeType) return late.genericAlias(o, k);
    const c = getAttrOrUndefined(o, "__class_getitem__");
    if (c !== undefined && c !== null) return callN(c, [k]);
    raise(E.TypeError, `type '${o.name}' is not subscriptable`);
  }
  raise(E.TypeError, `'${t.name}' object is not subscriptable`);
}

export function setItem(o: Value, k: Value, v: Value): void {
  if (o instanceof PyList && typeof k === "number" && !o[TYPE].heap) {
    const items = o.items;
    const i = k < 0 ? k + items.length : k;
    if (i >= 0 && i < items.length) {
      items[i] = v;
      return;
    }
  }
  if (callSpecial(o, "__setitem__", [k, v]) === undefined)
    raise(E.TypeError, `'${typeOf(o).name}' object does not support item assignment`);
}

export function delItem(o: Value, k: Value): void {
  if (callSpecial(o, "__delitem__", [k]) !== undefined) return;
  // What has sequence slots at all says it another way.
  const t = typeOf(o);
  const sequence = t.heap || t.lookup("__len__") !== undefined || t.lookup("__contains__") !== undefined;
  raise(E.TypeError, `'${t.name}' object ${sequence ? "doesn't" : "does not"} support item deletion`);
}

/** `x in o` */
export function contains(o: Value, x: Value): boolean {
  const t = typeOf(o);
  const m = t.lookup("__contains__");
  if (m === null) raise(E.TypeError, `'${t.name}' object is not a container`);
  if (m !== undefined)
    return isTrue(
      m instanceof PyFunction || m instanceof PyBuiltin
        ? call2(m, o, x)
        : callSpecial(o, "__contains__", [x])!,
    );
  if (!isIterable(o)) raise(E.TypeError, `argument of type '${t.name}' is not iterable`);
  const it = iter(o);
  for (let v = it.next(); v !== undefined; v = it.next()) if (eqTruth(v, x)) return true;
  return false;
}
