// Truth, length and index of any value.
import { callSpecial, call1 } from "./call.ts";
import { derivedOf } from "./derived.ts";
import { E, raise } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { PyBuiltin } from "./native-function.ts";
import { asInt, PyList, PyTuple, TYPE, typeOf, type Value } from "./object.ts";

type Int = number | bigint;

/** `bool(v)` */
export function isTrue(v: Value): boolean {
  switch (typeof v) {
    case "boolean":
      return v;
    case "number":
      return v !== 0;
    case "string":
      return v !== "";
    case "bigint":
      return true;
    default:
      return v !== null && truthOfObject(v);
  }
}

function truthOfObject(v: Value): boolean {
  if (v instanceof PyList || v instanceof PyTuple) {
    const t = v[TYPE];
    if (!t.heap && (t.name === "tuple" || t.name === "list")) return v.items.length > 0;
  }
  const d = derivedOf(typeOf(v));
  if (d.bool !== undefined && d.bool !== null) {
    const r =
      d.bool instanceof PyFunction || d.bool instanceof PyBuiltin
        ? call1(d.bool, v)
        : callSpecial(v, "__bool__", []);
    if (typeof r === "boolean") return r;
    raise(E.TypeError, `__bool__ should return bool, returned ${typeOf(r).name}`);
  }
  return d.len === undefined || d.len === null || length(v) > 0;
}

/** `len(v)` */
export function length(v: Value): number {
  const r = callSpecial(v, "__len__", []);
  if (r === undefined) raise(E.TypeError, `object of type '${typeOf(v).name}' has no len()`);
  const n = asInt(r) ?? indexOf(r);
  if (n === undefined) raise(E.TypeError, `'${typeOf(r).name}' object cannot be interpreted as an integer`);
  if (n < 0) raise(E.ValueError, "__len__() should return >= 0");
  if (typeof n === "bigint") raise(E.OverflowError, "cannot fit 'int' into an index-sized integer");
  return n;
}

/** `operator.index(v)`; undefined where v has no `__index__`. */
export function indexOf(v: Value): Int | undefined {
  const i = asInt(v);
  if (i !== undefined) return i;
  const r = callSpecial(v, "__index__", []);
  if (r === undefined) return undefined;
  const n = asInt(r);
  if (n === undefined) raise(E.TypeError, `__index__ returned non-int (type ${typeOf(r).name})`);
  return n;
}
