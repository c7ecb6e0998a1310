// Named tuples: collections.namedtuple, typing.NamedTuple and the ones of the library itself.
//
// A class whose instances are PyTuples of its own type; fields are descriptors that read a position.
// Behaviour: docs.python.org/3.11/library/collections.html#collections.namedtuple.
import { callN } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { currentGlobals } from "../runtime/frames.ts";
import { typeType } from "../runtime/base-types.ts";
import { toArray } from "../runtime/iteration.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asStr,
  DICT,
  type Kwargs,
  type Namespace,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { newType } from "../runtime/type-type.ts";
import { newTuple, tupleType } from "../builtins/list-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { isIdentifier } from "../builtins/unicode.ts";

/** Reads one position of a tuple. */
class TupleField {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly index: number;
  doc: Value;
  constructor(index: number, doc: Value) {
    this.index = index;
    this.doc = doc;
  }
}
nativeType({
  name: "_tuplegetter",
  module: "collections",
  host: TupleField,
  descriptor: {
    get: (f: TupleField, obj: Value) => (obj === null ? f : (obj as PyTuple).items[f.index]!),
    set(_f: TupleField, _obj: Value): void {
      raise(E.AttributeError, "can't set attribute");
    },
    delete(): void {
      raise(E.AttributeError, "can't delete attribute");
    },
  },
  methods: { __repr__: ["(self)", (f: TupleField) => `_tuplegetter(${f.index}, ${repr(f.doc)})`] },
  getters: { __doc__: { get: (f: TupleField) => f.doc, set: (f: TupleField, v: Value) => void (f.doc = v) } },
});

export const KEYWORDS = new Set([
  "False",
  "None",
  "True",
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
]);

/** Names of the fields as given: text, or an iterable of names. */
function fieldNames(given: Value): string[] {
  const text = asStr(given);
  if (text !== undefined) return text.replaceAll(",", " ").split(/\s+/).filter(Boolean);
  return toArray(given).map((v) => asStr(v) ?? repr(v));
}

/** Whether fields may be called so; with `rename` those that may not are given other names. @throws ValueError */
export function checkNames(typename: string, names: string[], rename: boolean): void {
  if (rename) {
    const seen = new Set<string>();
    names.forEach((n, i) => {
      if (!isIdentifier(n) || KEYWORDS.has(n) || n.startsWith("_") || seen.has(n)) names[i] = `_${i}`;
      seen.add(n);
    });
  }
  for (const n of [typename, ...names]) {
    if (!isIdentifier(n))
      raise(E.ValueError, `Type names and field names must be valid identifiers: ${repr(n)}`);
    if (KEYWORDS.has(n)) raise(E.ValueError, `Type names and field names cannot be a keyword: ${repr(n)}`);
  }
  const seen = new Set<string>();
  for (const n of names) {
    if (n.startsWith("_") && !rename)
      raise(E.ValueError, `Field names cannot start with an underscore: ${repr(n)}`);
    if (seen.has(n)) raise(E.ValueError, `Encountered duplicate field name: ${repr(n)}`);
    seen.add(n);
  }
}

const method = (
  cls: PyType,
  name: string,
  m: NativeMethod,
  kind: "method" | "classmethod" | "new" = "method",
): void => void cls.dict.set(name, new PyBuiltin(name, m, kind, cls, null, "python"));

/** A namedtuple class. `defaults` belong to the last fields; `more` is put into the class. */
export function namedTupleClass(
  typename: string,
  fields: readonly string[],
  module: string | undefined,
  defaults: readonly Value[] = [],
  more: Namespace = new Map(),
): PyType {
  const ns: Namespace = new Map<string, Value>([
    ["__doc__", `${typename}(${fields.join(", ")}${fields.length === 1 ? "," : ""})`],
    ["__slots__", new PyTuple([])],
    ["_fields", new PyTuple(fields)],
    [
      "_field_defaults",
      PyDict.from(defaults.map((d, i) => [fields[fields.length - defaults.length + i]!, d] as const)),
    ],
    ["__match_args__", new PyTuple(fields)],
  ]);
  if (module !== undefined) ns.set("__module__", module);
  fields.forEach((n, i) => ns.set(n, new TupleField(i, `Alias for field number ${i}`)));
  for (const [k, v] of more) ns.set(k, v);
  const cls = newType(typeType, typename, [tupleType], ns, new Map());
  const first = fields.length - defaults.length;
  const signature = `(_cls${fields.map((n, i) => `, ${n}${i >= first ? "=..." : ""}`).join("")})`;
  method(
    cls,
    "__new__",
    [
      signature,
      (c: PyType, ...values: (Value | undefined)[]) => {
        for (let i = first; i < values.length; i++) values[i] ??= defaults[i - first]!;
        return make(c, values);
      },
    ],
    "new",
  );
  method(
    cls,
    "_make",
    [
      "(cls, iterable)",
      (c: PyType, source: Value) => {
        const items = toArray(source);
        if (items.length !== fields.length)
          raise(
            E.TypeError,
            `Expected ${fields.length} argument${fields.length === 1 ? "s" : "s"}, got ${items.length}`,
          );
        return newTuple(c, items);
      },
    ],
    "classmethod",
  );
  method(cls, "_replace", [
    "(self, /, **kwds)",
    (self: PyTuple, kwargs: Kwargs) => {
      const items = [...self.items];
      fields.forEach((n, i) => {
        if (kwargs.has(n)) {
          items[i] = kwargs.get(n);
          kwargs.delete(n);
        }
      });
      if (kwargs.size > 0)
        raise(E.ValueError, `Got unexpected field names: ${repr(new PyList([...kwargs.keys()]))}`);
      return callN(typeOf(self).lookup("_make") as PyBuiltin, [typeOf(self), new PyTuple(items)]);
    },
  ]);
  method(cls, "_asdict", [
    "(self)",
    (self: PyTuple) => PyDict.from(fields.map((n, i) => [n, self.items[i]] as const)),
  ]);
  method(cls, "__repr__", [
    "(self)",
    (self: PyTuple) =>
      `${typeOf(self).name}(${fields.map((n, i) => `${n}=${repr(self.items[i])}`).join(", ")})`,
  ]);
  method(cls, "__getnewargs__", ["(self)", (self: PyTuple) => new PyTuple(self.items)]);
  cls.changed();
  return cls;
}

function make(cls: PyType, values: readonly Value[]): PyTuple {
  const t = newTuple(tupleType, values);
  t[TYPE] = cls;
  return t;
}

/** `collections.namedtuple(typename, field_names, *, rename, defaults, module)` */
export function namedtuple(
  typename: Value,
  given: Value,
  rename: boolean,
  defaults: Value,
  module: string | undefined,
): PyType {
  const name = asStr(typename) ?? repr(typename);
  const names = fieldNames(given);
  checkNames(name, names, rename);
  const values = defaults === null ? [] : toArray(defaults);
  if (values.length > names.length) raise(E.TypeError, "Got more default values than field names");
  return namedTupleClass(name, names, module, values);
}

/** `__name__` of the code that is running: what a named tuple's `__module__` becomes. */
export function callerModule(): string | undefined {
  const g = currentGlobals();
  return g instanceof PyDict ? asStr(g.get("__name__") ?? null) : undefined;
}
