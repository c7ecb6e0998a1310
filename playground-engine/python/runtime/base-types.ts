// The two types that everything hangs from: object and type. Their methods are added by object-type.ts and type-type.ts.
import { PyObject, PyType, TYPE } from "./object.ts";

/** `type` */
export const typeType = new PyType(undefined, "type", [], new Map());
typeType[TYPE] = typeType;
/** `object` */
export const objectType = new PyType(typeType, "object", [], new Map());
objectType.hasDict = false;
objectType.mro = [objectType];
objectType.allocator = (cls) => new PyObject(cls);
typeType.bases = [objectType];
typeType.mro = [typeType, objectType];
objectType.subclasses.push(typeType);
typeType.hasDict = false; // a class's attributes are PyType.dict
Object.defineProperty(PyType.prototype, TYPE, { value: typeType, writable: true, configurable: true });

/** A type without methods, to be filled in: what nativeType and the exception tree start from. */
export function bareType(
  name: string,
  bases: readonly PyType[] = [objectType],
  module = "builtins",
  meta: PyType = typeType,
): PyType {
  const t = new PyType(meta, name, bases, new Map(), module);
  t.mro = mergeMro(t, bases)!;
  t.hasDict = bases.some((b) => b.hasDict);
  return t;
}

/** C3: these orders merged into one; undefined where none keeps every promise. */
export function mergeOrders(orders: readonly (readonly PyType[])[]): PyType[] | undefined {
  const out: PyType[] = [];
  const lists = orders.map((o) => [...o]);
  for (;;) {
    const rest = lists.filter((l) => l.length > 0);
    if (rest.length === 0) return out;
    const next = rest.find((l) => !rest.some((o) => o.indexOf(l[0]!, 1) > 0))?.[0];
    if (!next) return undefined;
    out.push(next);
    for (const l of rest) if (l[0] === next) l.shift();
  }
}

/** The class, then its bases' orders merged. */
export function mergeMro(cls: PyType, bases: readonly PyType[]): PyType[] | undefined {
  if (bases.length === 1) return [cls, ...bases[0]!.mro];
  const rest = mergeOrders([...bases.map((b) => b.mro), bases]);
  return rest && [cls, ...rest];
}
