// What an association proxy of a collection gives: the engine's objects with a list's, set's or dictionary's methods.
// Behaviour: SQLAlchemy ext/associationproxy.py.
import {
  AssociationDict,
  AssociationList,
  AssociationSet,
  type AssociationCollection,
} from "../../../orm/ext/association-collections.ts";
import { call } from "../../../python/runtime/call.ts";
import { NativeIterator } from "../../../python/runtime/iteration.ts";
import { nativeType } from "../../../python/runtime/native-type.ts";
import type { NativeMethod } from "../../../python/runtime/native.ts";
import { NotImplemented, PyList, type Kwargs, type Value } from "../../../python/runtime/object.ts";
import {
  itemsView,
  mutableMapping,
  mutableSequence,
  mutableSet,
  valuesView,
} from "../../../python/stdlib/collections-abc.ts";
import { give } from "../../modules.ts";
import { engineMethod } from "./source.ts";

type Methods = Record<string, NativeMethod>;

/** Operators that a plain collection answers. */
function plainOperators(names: string): Methods {
  return Object.fromEntries(
    names
      .split(" ")
      .map((name) => [
        name,
        engineMethod("(self, other, /)", (self: AssociationCollection, other: Value) =>
          self.operator(name, other),
        ),
      ]),
  );
}

const COMMON: Methods = {
  __len__: engineMethod("(self)", (self: AssociationCollection) => self.length),
  __bool__: engineMethod("(self)", (self: AssociationCollection) => self.bool()),
  __repr__: engineMethod("(self)", (self: AssociationCollection) => self.repr()),
  __hash__: engineMethod("(self)", (self: AssociationCollection) => self.hash),
  copy: engineMethod("(self)", (self: AssociationCollection) => self.copy()),
  clear: engineMethod("(self)", (self: AssociationCollection) => self.clear()),
  __iter__: engineMethod("(self)", (self: AssociationList) => {
    const items = self[Symbol.iterator]();
    return new NativeIterator(() => {
      const { done, value } = items.next();
      return done ? undefined : (value as Value);
    });
  }),
  __contains__: engineMethod("(self, value, /)", (self: AssociationList, value: Value) =>
    self.contains(value),
  ),
};
const COMPARISONS = "__eq__ __ne__ __lt__ __le__ __gt__ __ge__";

const LIST: Methods = {
  ...COMMON,
  ...plainOperators(`${COMPARISONS} __add__ __mul__ __rmul__`),
  __radd__: engineMethod("(self, other, /)", (self: AssociationList, other: Value) =>
    other instanceof PyList ? new PyList([...other.items, ...self]) : NotImplemented,
  ),
  __iadd__: engineMethod("(self, iterable, /)", (self: AssociationList, values: Value) => self.iadd(values)),
  __imul__: engineMethod("(self, n, /)", (self: AssociationList, n: Value) => self.imul(n)),
  __getitem__: engineMethod("(self, index, /)", (self: AssociationList, index: Value) => self.getItem(index)),
  __setitem__: engineMethod("(self, index, value, /)", (self: AssociationList, index: Value, value: Value) =>
    self.setItem(index, value),
  ),
  __delitem__: engineMethod("(self, index, /)", (self: AssociationList, index: Value) =>
    self.deleteItem(index),
  ),
  append: engineMethod("(self, value)", (self: AssociationList, value: Value) => self.append(value)),
  count: engineMethod("(self, value)", (self: AssociationList, value: Value) => self.count(value)),
  extend: engineMethod("(self, values)", (self: AssociationList, values: Value) => self.extend(values)),
  index: engineMethod("(self, value, *arg)", (self: AssociationList, value: Value, range: Value[]) =>
    self.index(value, ...range),
  ),
  insert: engineMethod("(self, index, value)", (self: AssociationList, index: Value, value: Value) =>
    self.insert(index, value),
  ),
  pop: engineMethod("(self, index=-1)", (self: AssociationList, index: Value) => self.pop(index)),
  remove: engineMethod("(self, value)", (self: AssociationList, value: Value) => self.remove(value)),
  reverse: engineMethod("(self)", (self: AssociationList) => self.reverse()),
  sort: engineMethod("(self)", (self: AssociationList) => self.sort()),
};

const SET: Methods = {
  ...COMMON,
  ...plainOperators(`${COMPARISONS} __or__ __and__ __sub__ __xor__`),
  __ior__: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) => self.ior(other)),
  __iand__: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) => self.iand(other)),
  __isub__: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) => self.isub(other)),
  __ixor__: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) => self.ixor(other)),
  add: engineMethod("(self, element, /)", (self: AssociationSet, value: Value) => self.add(value)),
  discard: engineMethod("(self, element, /)", (self: AssociationSet, value: Value) => self.discard(value)),
  remove: engineMethod("(self, element, /)", (self: AssociationSet, value: Value) => self.remove(value)),
  pop: engineMethod("(self)", (self: AssociationSet) => self.pop()),
  update: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) => self.update(others)),
  difference_update: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) =>
    self.differenceUpdate(others),
  ),
  intersection_update: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) =>
    self.intersectionUpdate(others),
  ),
  symmetric_difference_update: engineMethod("(self, other)", (self: AssociationSet, other: Value) =>
    self.symmetricDifferenceUpdate(other),
  ),
  union: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) => self.union(others)),
  difference: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) => self.difference(others)),
  intersection: engineMethod("(self, *s)", (self: AssociationSet, others: Value[]) =>
    self.intersection(others),
  ),
  symmetric_difference: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) =>
    self.symmetricDifference(other),
  ),
  issubset: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) => self.issubset(other)),
  issuperset: engineMethod("(self, other, /)", (self: AssociationSet, other: Value) =>
    self.issuperset(other),
  ),
};

const DICT: Methods = {
  ...COMMON,
  ...plainOperators("__eq__ __ne__"),
  __getitem__: engineMethod("(self, key, /)", (self: AssociationDict, key: Value) => self.getItem(key)),
  __setitem__: engineMethod("(self, key, value, /)", (self: AssociationDict, key: Value, value: Value) =>
    self.setItem(key, value),
  ),
  __delitem__: engineMethod("(self, key, /)", (self: AssociationDict, key: Value) => self.deleteItem(key)),
  get: engineMethod("(self, key, default=None, /)", (self: AssociationDict, key: Value, otherwise: Value) =>
    self.get(key, otherwise),
  ),
  setdefault: engineMethod(
    "(self, key, default=None, /)",
    (self: AssociationDict, key: Value, otherwise: Value) => self.setdefault(key, otherwise),
  ),
  keys: engineMethod("(self)", (self: AssociationDict) => self.keys()),
  values: engineMethod("(self)", (self: AssociationDict) => call(valuesView, [self as unknown as Value])),
  items: engineMethod("(self)", (self: AssociationDict) => call(itemsView, [self as unknown as Value])),
  pop: engineMethod("(self, key, default=..., /)", (self: AssociationDict, key: Value, otherwise: Value) =>
    self.pop(key, otherwise),
  ),
  popitem: engineMethod("(self)", (self: AssociationDict) => self.popitem()),
  update: engineMethod("(self, *a, **kw)", (self: AssociationDict, given: Value[], kw: Kwargs) =>
    self.update(given, kw),
  ),
};

export function bindAssociationCollections(): void {
  const module = "sqlalchemy.ext.associationproxy";
  for (const [name, host, methods, abstract] of [
    ["_AssociationList", AssociationList, LIST, mutableSequence],
    ["_AssociationSet", AssociationSet, SET, mutableSet],
    ["_AssociationDict", AssociationDict, DICT, mutableMapping],
  ] as const)
    give(`${module}.${name}`, nativeType({ name, module, host, methods, bases: [abstract], hasDict: true }));
}
