// IdentitySet: what `session.new` and its like give. Members are told apart by identity, never by `==`.
// Behaviour: SQLAlchemy util/_collections.py.
import { IdentitySet } from "../../util/identity.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { NativeIterator, toArray } from "../../python/runtime/iteration.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { NotImplemented, PyList, type Value } from "../../python/runtime/object.ts";
import { repr } from "../../python/runtime/repr.ts";
import { attach } from "../define.ts";
import { pythonFace } from "../face.ts";

type Set_ = IdentitySet<Value>;
/** An operator with another IdentitySet; with anything else Python says that it cannot. */
const operator = (fn: (a: Set_, b: Set_) => unknown): NativeMethod =>
  method("(self, other, /)", (a: Set_, b: Value) =>
    b instanceof IdentitySet ? fn(a, b as Set_) : NotImplemented,
  );
const withItems = (fn: (self: Set_, items: Value[]) => unknown): NativeMethod =>
  method("(self, iterable)", (self: Set_, items: Value) => fn(self, toArray(items)));
const inPlace = (fn: (self: Set_, other: Set_) => void): NativeMethod =>
  operator((a, b) => {
    fn(a, b);
    return a;
  });

export function bindIdentitySet(): void {
  attach(IdentitySet as never, "sqlalchemy.util._py_collections.IdentitySet", {
    methods: {
      __repr__: method("(self)", (self: Set_) => `IdentitySet(${repr(new PyList(self.toArray()))})`),
      __len__: method("(self)", (self: Set_) => self.size),
      __bool__: method("(self)", (self: Set_) => self.size > 0),
      __contains__: method("(self, value)", (self: Set_, value: Value) => self.has(value)),
      __iter__: method("(self)", (self: Set_) => {
        const it = self[Symbol.iterator]();
        return new NativeIterator(() => {
          const r = it.next();
          return r.done ? undefined : r.value;
        });
      }),
      __hash__: method("(self)", () => {
        throw err(E.TypeError, "set objects are unhashable");
      }),
      __eq__: method(
        "(self, other, /)",
        (a: Set_, b: Value) => b instanceof IdentitySet && a.size === b.size && a.isSubset(b as Set_),
      ),
      __ne__: method(
        "(self, other, /)",
        (a: Set_, b: Value) => !(b instanceof IdentitySet && a.size === b.size && a.isSubset(b as Set_)),
      ),
      __le__: operator((a, b) => a.isSubset(b)),
      __lt__: operator((a, b) => a.size < b.size && a.isSubset(b)),
      __ge__: operator((a, b) => a.isSuperset(b)),
      __gt__: operator((a, b) => a.size > b.size && a.isSuperset(b)),
      __or__: operator((a, b) => a.union(b)),
      __and__: operator((a, b) => a.intersection(b)),
      __sub__: operator((a, b) => a.difference(b)),
      __xor__: operator((a, b) => a.symmetricDifference(b)),
      __ior__: inPlace((a, b) => a.update(b)),
      __iand__: inPlace((a, b) => a.intersectionUpdate(b)),
      __isub__: inPlace((a, b) => a.differenceUpdate(b)),
      add: method("(self, value)", (self: Set_, value: Value) => void self.add(value)),
      discard: method("(self, value)", (self: Set_, value: Value) => void self.discard(value)),
      remove: method("(self, value)", (self: Set_, value: Value) => {
        if (!self.discard(value)) throw err(E.KeyError, pythonFace.idOf(value));
      }),
      pop: method("(self)", (self: Set_) => {
        if (self.size === 0) throw err(E.KeyError, "pop from an empty set");
        return self.pop();
      }),
      clear: method("(self)", (self: Set_) => self.clear()),
      copy: method("(self)", (self: Set_) => self.copy()),
      update: withItems((self, items) => self.update(items)),
      difference_update: withItems((self, items) => self.differenceUpdate(items)),
      intersection_update: withItems((self, items) => self.intersectionUpdate(items)),
      union: withItems((self, items) => self.union(items)),
      difference: withItems((self, items) => self.difference(items)),
      intersection: withItems((self, items) => self.intersection(items)),
      symmetric_difference: withItems((self, items) => self.symmetricDifference(items)),
      issubset: withItems((self, items) => self.isSubset(items)),
      issuperset: withItems((self, items) => self.isSuperset(items)),
    },
  });
}
