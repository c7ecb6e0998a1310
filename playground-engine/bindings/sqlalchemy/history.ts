// History as programs see it: a named tuple of added, unchanged and deleted, whose parts are lists, or () where nothing was looked for.
import { type History, NOTHING } from "../../orm/attributes/history.ts";
import { getItem } from "../../python/runtime/items.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeGetter } from "../../python/runtime/native.ts";
import { PyList, PyTuple, PyType, TYPE, type Value } from "../../python/runtime/object.ts";
import { toArray } from "../../python/runtime/iteration.ts";
import { repr } from "../../python/runtime/repr.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { tupleType } from "../../python/builtins/list-type.ts";
import { give } from "../modules.ts";
import { toPython, ownForms } from "../values.ts";

const FIELDS = ["added", "unchanged", "deleted"] as const;
const empty = new PyTuple([]);
const part = (items: readonly unknown[]): Value =>
  items === NOTHING ? empty : new PyList(items.map(toPython));
const joined = (t: PyTuple, ...at: readonly number[]): PyList =>
  new PyList(at.flatMap((i) => toArray(t.items[i] as Value)));
const field = (i: number): NativeGetter => ({ get: ((t: PyTuple) => t.items[i]) as (self: never) => Value });
const filled = (t: PyTuple, ...at: readonly number[]): boolean =>
  at.some((i) => toArray(t.items[i] as Value).length > 0);

function made(type: PyType, parts: readonly Value[]): PyTuple {
  const t = new PyTuple([...parts]);
  t[TYPE] = type;
  return t;
}

/** Bind what is said here. */
export function bindHistory(): void {
  const type = nativeType({
    name: "History",
    module: "sqlalchemy.orm.attributes",
    bases: [tupleType],
    new: method("(cls, added, unchanged, deleted)", (cls: PyType, ...parts: Value[]) => made(cls, parts)),
    getters: { added: field(0), unchanged: field(1), deleted: field(2) },
    methods: {
      __repr__: method(
        "(self)",
        (t: PyTuple) => `History(${FIELDS.map((f, i) => `${f}=${repr(t.items[i] as Value)}`).join(", ")})`,
      ),
      __getnewargs__: method("(self)", (t: PyTuple) => new PyTuple(t.items)),
      __getitem__: method("(self, key, /)", (t: PyTuple, key: Value) => getItem(new PyTuple(t.items), key)),
      __bool__: method("(self)", (t: PyTuple) => t.items.some((p) => !(p instanceof PyTuple))),
      _asdict: method("(self)", (t: PyTuple) => PyDict.from(FIELDS.map((f, i) => [f, t.items[i] as Value]))),
      empty: method("(self)", (t: PyTuple) => !filled(t, 0, 1, 2)),
      has_changes: method("(self)", (t: PyTuple) => filled(t, 0, 2)),
      sum: method("(self)", (t: PyTuple) => joined(t, 0, 1, 2)),
      non_deleted: method("(self)", (t: PyTuple) => joined(t, 0, 1)),
      non_added: method("(self)", (t: PyTuple) => joined(t, 1, 2)),
    },
    members: { _fields: new PyTuple([...FIELDS]) },
  });
  give("sqlalchemy.orm.attributes.History", type);
  ownForms.history = (h: History) =>
    made(
      type,
      FIELDS.map((f) => part(h[f])),
    );
}
