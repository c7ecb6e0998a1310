// History as programs see it: a named tuple of added, unchanged and deleted, whose parts are lists, or () where nothing was looked for.
import { type History, NOTHING } from "../../orm/attributes/history.ts";
import { getItem } from "../../python/runtime/items.ts";
import { NativeIterator } from "../../python/runtime/iteration.ts";
import type { NativeGetter, NativeMethod } from "../../python/runtime/native.ts";
import {
  NotImplemented,
  PyList,
  PyTuple,
  TYPE,
  type Typed,
  type Value,
} from "../../python/runtime/object.ts";
import { eqTruth } from "../../python/runtime/operators.ts";
import { repr } from "../../python/runtime/repr.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { extend } from "../define.ts";
import { toPython } from "../values.ts";

const FIELDS = ["added", "unchanged", "deleted"] as const;
const empty = new PyTuple([]);
const part = (items: readonly unknown[]): Value =>
  items === NOTHING ? empty : new PyList(items.map(toPython));
const parts = (h: History): Value[] => FIELDS.map((f) => part(h[f]));
const tuple = (h: History): PyTuple => new PyTuple(parts(h));
const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];
const getter = (get: (h: History) => Value): NativeGetter => ({ get: get as (self: never) => Value });

function isHistory(v: Value, like: History): v is History & object {
  return typeof v === "object" && v !== null && (v as Typed)[TYPE] === (like as unknown as Typed)[TYPE];
}

/** Bind what is said here. */
export function bindHistory(): void {
  extend("sqlalchemy.orm.attributes.History", {
    members: { _fields: new PyTuple([...FIELDS]) },
    getters: {
      added: getter((h) => part(h.added)),
      unchanged: getter((h) => part(h.unchanged)),
      deleted: getter((h) => part(h.deleted)),
    },
    methods: {
      __repr__: method(
        "(self)",
        (h: History) => `History(${FIELDS.map((f) => `${f}=${repr(part(h[f]))}`).join(", ")})`,
      ),
      __iter__: method("(self)", (h: History) => {
        const all = parts(h).values();
        return new NativeIterator(() => all.next().value);
      }),
      __len__: method("(self)", () => 3),
      __getitem__: method("(self, key, /)", (h: History, key: Value) => getItem(tuple(h), key)),
      __contains__: method("(self, key, /)", (h: History, key: Value) =>
        parts(h).some((p) => eqTruth(p, key)),
      ),
      __eq__: method("(self, other, /)", (h: History, other: Value) => {
        if (isHistory(other, h)) return eqTruth(tuple(h), tuple(other));
        return other instanceof PyTuple ? eqTruth(tuple(h), other) : NotImplemented;
      }),
      __bool__: method("(self)", (h: History) => h.isTrue),
      _asdict: method("(self)", (h: History) => PyDict.from(FIELDS.map((f) => [f, part(h[f])]))),
      sum: method("(self)", (h: History) => new PyList(h.sum().map(toPython))),
      non_deleted: method("(self)", (h: History) => new PyList(h.nonDeleted().map(toPython))),
      non_added: method("(self)", (h: History) => new PyList(h.nonAdded().map(toPython))),
    },
  });
}
