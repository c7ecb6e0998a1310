// set and frozenset.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#set-types-set-frozenset.
import { callMethod } from "../runtime/attributes.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { guardRange, iter, iteratorMethods, PyIterator } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { NotImplemented, PyList, PyTuple, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { guardedRepr, repr, showAsText } from "../runtime/repr.ts";
import { atMostOne } from "./arguments.ts";
import { PyDict } from "./dict.ts";
import { hashFrozenSet } from "./hashing.ts";
import { PyFrozenSet, PySet } from "./set.ts";

class SetIterator extends PyIterator {
  private set: PySet | undefined;
  private readonly items: Value[];
  private i = 0;
  constructor(s: PySet) {
    super();
    this.set = s;
    this.items = s.items();
  }
  next(): Value | undefined {
    if (this.set === undefined) return undefined;
    if (this.set.size !== this.items.length) raise(E.RuntimeError, "Set changed size during iteration");
    const v = this.items[this.i++];
    if (v === undefined) this.set = undefined;
    return v;
  }
  left(): number {
    return this.set === undefined ? 0 : this.items.length - this.i;
  }
}
nativeType({
  name: "set_iterator",
  host: SetIterator,
  final: true,
  methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: SetIterator) => it.left()] },
});

/** Add all of an iterable. */
export function updateSet(self: PySet, source: Value): void {
  if (source instanceof PySet) {
    if (source !== self) self.absorb(source);
    return;
  }
  if (source instanceof PyDict && !source[TYPE].heap) {
    self.reserve(source.size);
    for (const k of source.keys()) self.add(k);
    return;
  }
  guardRange(source);
  const it = iter(source);
  for (let v = it.next(); v !== undefined; v = it.next()) self.add(v);
}

/** Any iterable as a set, itself where it is one. */
export function asSet(v: Value): PySet {
  if (v instanceof PySet) return v;
  const s = new PySet();
  updateSet(s, v);
  return s;
}

/** A set or frozenset, as the left operand is one. */
function sameKind(of: PySet): PySet {
  return of instanceof PyFrozenSet ? new PyFrozenSet() : new PySet();
}

function copyOf(s: PySet): PySet {
  const out = sameKind(s);
  out.absorb(s);
  return out;
}

function union(self: PySet, others: readonly Value[]): PySet {
  const out = copyOf(self);
  for (const o of others) updateSet(out, o);
  return out;
}

function intersect(self: PySet, other: Value): PySet {
  const out = sameKind(self);
  if (other instanceof PySet) {
    const [small, large] = other.size > self.size ? [self, other] : [other, self];
    for (const v of small.items()) if (large.has(v)) out.add(v);
    return out;
  }
  const it = iter(other);
  for (let v = it.next(); v !== undefined; v = it.next()) if (self.has(v)) out.add(v);
  return out;
}

/** How many members the other has, where that is known without asking it. */
const knownSize = (v: Value): number | undefined =>
  v instanceof PySet || (v instanceof PyDict && !v[TYPE].heap) ? v.size : undefined;

function subtract(self: PySet, other: Value): PySet {
  const size = knownSize(other);
  if (size === undefined || self.size >> 2 > size) {
    const out = copyOf(self);
    out.deleteAll(asSet(other).items());
    return out;
  }
  const out = sameKind(self);
  const gone = asSet(other);
  for (const v of self.items()) if (!gone.has(v)) out.add(v);
  return out;
}

/** Take out what is in both, put in what only the other has. */
export function toggle(self: PySet, other: PySet): PySet {
  for (const v of other.items()) if (!self.delete(v)) self.add(v);
  return self;
}

function symmetric(self: PySet, other: Value): PySet {
  const out = sameKind(self);
  updateSet(out, other);
  return toggle(out, self);
}

function within(a: PySet, b: PySet): boolean {
  if (a.size > b.size) return false;
  for (const v of a.items()) if (!b.has(v)) return false;
  return true;
}

/** A frozenset stands for a set that is looked up as a member. */
function member(v: Value): Value {
  return v instanceof PySet && !(v instanceof PyFrozenSet) ? new PyFrozenSet(v.items()) : v;
}

const operator = (f: (a: PySet, b: PySet) => Value): NativeMethod => [
  "(self, value, /)",
  (a: Value, b: Value) => (a instanceof PySet && b instanceof PySet ? f(a, b) : NotImplemented),
];
const swapped = (f: (a: PySet, b: PySet) => Value): NativeMethod => operator((a, b) => f(b, a));

function replaceWith(self: PySet, other: PySet): PySet {
  self.clear();
  self.absorb(other);
  return self;
}

const reprSet = (s: PySet): string => {
  const name = typeOf(s).name;
  if (s.size === 0) return `${name}()`;
  return guardedRepr(s, `${name}(...)`, () => {
    const body = `{${s.items().map(repr).join(", ")}}`;
    return name === "set" ? body : `${name}(${body})`;
  });
};

const shared = {
  __repr__: ["(self, /)", reprSet] as NativeMethod,
  __len__: ["(self, /)", (s: PySet) => s.size] as NativeMethod,
  __iter__: ["(self, /)", (s: PySet) => new SetIterator(s)] as NativeMethod,
  __contains__: ["(self, key, /)", (s: PySet, v: Value) => s.has(member(v))] as NativeMethod,
  __or__: operator((a, b) => union(a, [b])),
  __ror__: swapped((a, b) => union(a, [b])),
  __and__: operator(intersect),
  __rand__: swapped(intersect),
  __sub__: operator(subtract),
  __rsub__: swapped(subtract),
  __xor__: operator(symmetric),
  __rxor__: swapped(symmetric),
  __eq__: operator((a, b) => a.size === b.size && within(a, b)),
  __ne__: operator((a, b) => !(a.size === b.size && within(a, b))),
  __le__: operator(within),
  __lt__: operator((a, b) => a.size < b.size && within(a, b)),
  __ge__: operator((a, b) => within(b, a)),
  __gt__: operator((a, b) => b.size < a.size && within(b, a)),
  copy: ["(self, /)", copyOf, "A set with the same members."] as NativeMethod,
  __reduce__: [
    "(self, /)",
    (s: PySet) =>
      new PyTuple([typeOf(s), new PyTuple([new PyList([...s.items()])]), callMethod(s, "__getstate__")]),
    "The class, the members and the attributes: what copying and pickling carry over.",
  ] as NativeMethod,
  union: ["(self, /, *others)", union, "All members of this and the others."] as NativeMethod,
  intersection: [
    "(self, /, *others)",
    (s: PySet, others: readonly Value[]) =>
      others.length === 0 ? copyOf(s) : others.reduce((a: PySet, b) => intersect(a, b), s),
    "The members that are in all of them.",
  ] as NativeMethod,
  difference: [
    "(self, /, *others)",
    (s: PySet, others: readonly Value[]) =>
      others.length === 0 ? copyOf(s) : others.reduce((a: PySet, b) => subtract(a, b), s),
    "The members that are in none of the others.",
  ] as NativeMethod,
  symmetric_difference: [
    "(self, other, /)",
    symmetric,
    "The members that are in one of the two only.",
  ] as NativeMethod,
  isdisjoint: [
    "(self, other, /)",
    (s: PySet, o: Value) => intersect(s, o).size === 0,
    "Whether nothing is in both.",
  ] as NativeMethod,
  issubset: [
    "(self, other, /)",
    (s: PySet, o: Value) => within(s, asSet(o)),
    "Whether every member is in the other.",
  ] as NativeMethod,
  issuperset: [
    "(self, other, /)",
    (s: PySet, o: Value) => within(asSet(o), s),
    "Whether every member of the other is here.",
  ] as NativeMethod,
};

function newSet(cls: PyType): PySet {
  const s = new PySet();
  if (cls !== setType) s[TYPE] = cls;
  return s;
}

const inPlace = (f: (a: PySet, b: PySet) => void): NativeMethod =>
  operator((a, b) => {
    f(a, b);
    return a;
  });

export const setType: PyType = nativeType({
  name: "set",
  doc: "A collection of distinct hashable members. set(iterable) has its items.",
  host: PySet,
  allocator: newSet,
  generic: true,
  new: ["(cls, /, *args, **kwargs)", newSet],
  init: [
    "(self, /, *args, **kwargs)",
    (self: PySet, args: readonly Value[], kwargs: Map<string, Value>) => {
      const source = atMostOne("set", args, typeOf(self) === setType ? kwargs : undefined);
      self.clear();
      if (source !== undefined) updateSet(self, source);
    },
  ],
  methods: {
    ...shared,
    __ior__: inPlace((a, b) => updateSet(a, b)),
    __iand__: inPlace((a, b) => replaceWith(a, intersect(a, b))),
    __isub__: inPlace((a, b) => a.deleteAll(b.items())),
    __ixor__: inPlace((a, b) => void toggle(a, b)),
    add: ["(self, elem, /)", (s: PySet, v: Value) => void s.add(v), "Put a member in."],
    discard: [
      "(self, elem, /)",
      (s: PySet, v: Value) => void s.delete(member(v)),
      "Take a member out, if it is there.",
    ],
    remove: [
      "(self, elem, /)",
      (s: PySet, v: Value) => {
        if (!s.delete(member(v))) throw err(E.KeyError, v);
      },
      "Take a member out; KeyError if it is not there.",
    ],
    pop: [
      "(self, /)",
      (s: PySet) => {
        const v = s.popAny();
        if (v === undefined) raise(E.KeyError, "pop from an empty set");
        return v;
      },
      "Take any member out and return it.",
    ],
    clear: ["(self, /)", (s: PySet) => s.clear(), "Take out all members."],
    update: [
      "(self, /, *others)",
      (s: PySet, others: readonly Value[]) => others.forEach((o) => updateSet(s, o)),
      "Put in all members of the others.",
    ],
    intersection_update: [
      "(self, /, *others)",
      (s: PySet, others: readonly Value[]) =>
        void replaceWith(
          s,
          others.reduce((a: PySet, b) => intersect(a, b), copyOf(s)),
        ),
      "Keep only what is in all the others.",
    ],
    difference_update: [
      "(self, /, *others)",
      (s: PySet, others: readonly Value[]) => {
        for (const o of others) s.deleteAll(asSet(o).items());
      },
      "Take out what is in any of the others.",
    ],
    symmetric_difference_update: [
      "(self, other, /)",
      (s: PySet, o: Value) => void toggle(s, asSet(o)),
      "Keep what is in one of the two only.",
    ],
  },
});

function newFrozenSet(cls: PyType): PyFrozenSet {
  const s = new PyFrozenSet();
  if (cls !== frozenSetType) s[TYPE] = cls;
  return s;
}

export const frozenSetType: PyType = nativeType({
  name: "frozenset",
  doc: "A set that cannot be changed, and so can be hashed.",
  host: PyFrozenSet,
  allocator: newFrozenSet,
  generic: true,
  new: [
    "(cls, iterable=..., /)",
    (cls: PyType, source: Value | undefined) => {
      if (cls === frozenSetType && source instanceof PyFrozenSet && source[TYPE] === cls) return source;
      const s = newFrozenSet(cls);
      if (source !== undefined) updateSet(s, source);
      return s;
    },
  ],
  methods: {
    ...shared,
    copy: [
      "(self, /)",
      (s: PyFrozenSet) => (typeOf(s) === frozenSetType ? s : copyOf(s)),
      "The frozenset itself.",
    ],
    __hash__: ["(self, /)", (s: PyFrozenSet) => (s.hashed ??= hashFrozenSet(s.items().map(hash)))],
  },
});

showAsText(PySet, PyFrozenSet);
