// The module operator.
// Behaviour: docs.python.org/3.11/library/operator.html.
import { getAttr } from "../runtime/attributes.ts";
import { callSpecial, callVec, callWith } from "../runtime/call.ts";
import { compare, eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { iter } from "../runtime/iteration.ts";
import { contains, delItem, getItem, setItem } from "../runtime/items.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  type Kwargs,
  NotImplemented,
  PyTuple,
  type PyType,
  type TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import * as ops from "../runtime/operators.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue, length } from "../runtime/truth.ts";
import { toIndex } from "../builtins/convert.ts";

class ItemGetter {
  declare [TYPE]: PyType;
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}
const itemGetterType = nativeType({
  name: "itemgetter",
  module: "operator",
  dotted: true,
  doc: "A callable that gives some items of its argument.",
  host: ItemGetter,
  new: [
    "(cls, /, *items)",
    (_cls: PyType, items: readonly Value[]) => {
      if (items.length === 0) raise(E.TypeError, "itemgetter expected 1 argument, got 0");
      return new ItemGetter(items);
    },
  ],
  methods: {
    __call__: [
      "(self, obj, /)",
      (g: ItemGetter, o: Value) =>
        g.items.length === 1 ? getItem(o, g.items[0]) : new PyTuple(g.items.map((k) => getItem(o, k))),
    ],
    __repr__: ["(self, /)", (g: ItemGetter) => `operator.itemgetter(${g.items.map(repr).join(", ")})`],
    __reduce__: ["(self, /)", (g: ItemGetter) => new PyTuple([itemGetterType, new PyTuple(g.items)])],
  },
});

class AttrGetter {
  declare [TYPE]: PyType;
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    this.names = names;
  }
}
const deepAttr = (o: Value, name: string): Value => name.split(".").reduce((v: Value, n) => getAttr(v, n), o);
const attrGetterType = nativeType({
  name: "attrgetter",
  module: "operator",
  dotted: true,
  doc: "A callable that gives some attributes of its argument.",
  host: AttrGetter,
  new: [
    "(cls, attr, /, *attrs)",
    (_cls: PyType, first: Value, more: readonly Value[]) =>
      new AttrGetter(
        [first, ...more].map((n) => {
          const s = asStr(n);
          if (s === undefined) raise(E.TypeError, "attribute name must be a string");
          return s;
        }),
      ),
  ],
  methods: {
    __call__: [
      "(self, obj, /)",
      (g: AttrGetter, o: Value) =>
        g.names.length === 1 ? deepAttr(o, g.names[0]!) : new PyTuple(g.names.map((n) => deepAttr(o, n))),
    ],
    __repr__: ["(self, /)", (g: AttrGetter) => `operator.attrgetter(${g.names.map(repr).join(", ")})`],
    __reduce__: ["(self, /)", (g: AttrGetter) => new PyTuple([attrGetterType, new PyTuple(g.names)])],
  },
});

class MethodCaller {
  declare [TYPE]: PyType;
  readonly name: string;
  readonly args: readonly Value[];
  readonly kwargs: Kwargs;
  constructor(name: string, args: readonly Value[], kwargs: Kwargs) {
    this.name = name;
    this.args = args;
    this.kwargs = kwargs;
  }
}
nativeType({
  name: "methodcaller",
  module: "operator",
  dotted: true,
  doc: "A callable that calls a method of its argument.",
  host: MethodCaller,
  methods: {
    __call__: [
      "(self, obj, /)",
      (m: MethodCaller, o: Value) => callWith(getAttr(o, m.name), m.args, m.kwargs),
    ],
    __repr__: [
      "(self, /)",
      (m: MethodCaller) =>
        `operator.methodcaller(${[repr(m.name), ...m.args.map(repr), ...[...m.kwargs].map(([k, v]) => `${k}=${repr(v)}`)].join(", ")})`,
    ],
  },
});

const two = (f: (a: Value, b: Value) => Value, doc: string): NativeMethod => ["(a, b, /)", f, doc];
const one = (f: (a: Value) => Value, doc: string): NativeMethod => ["(a, /)", f, doc];
const abs = (a: Value): Value => {
  const r = callSpecial(a, "__abs__", []);
  if (r === undefined) raise(E.TypeError, `bad operand type for abs(): '${typeOf(a).name}'`);
  return r;
};

const plain: Record<string, NativeMethod> = {
  lt: two((a, b) => compare(a, b, "<"), "a < b"),
  le: two((a, b) => compare(a, b, "<="), "a <= b"),
  eq: two((a, b) => compare(a, b, "=="), "a == b"),
  ne: two((a, b) => compare(a, b, "!="), "a != b"),
  ge: two((a, b) => compare(a, b, ">="), "a >= b"),
  gt: two((a, b) => compare(a, b, ">"), "a > b"),
  not_: one((a) => !isTrue(a), "not a"),
  abs: one(abs, "abs(a)"),
  add: two(ops.add, "a + b"),
  and_: two(ops.bitand, "a & b"),
  floordiv: two(ops.floordiv, "a // b"),
  index: one(toIndex, "a.__index__()"),
  inv: one(ops.invert, "~a"),
  invert: one(ops.invert, "~a"),
  lshift: two(ops.lshift, "a << b"),
  mod: two(ops.mod, "a % b"),
  mul: two(ops.mul, "a * b"),
  matmul: two(ops.matmul, "a @ b"),
  neg: one(ops.neg, "-a"),
  or_: two(ops.bitor, "a | b"),
  pos: one(ops.pos, "+a"),
  pow: two(ops.pow, "a ** b"),
  rshift: two(ops.rshift, "a >> b"),
  sub: two(ops.sub, "a - b"),
  truediv: two(ops.truediv, "a / b"),
  xor: two(ops.bitxor, "a ^ b"),
  concat: two((a, b) => {
    if (typeOf(a).lookup("__getitem__") === undefined)
      raise(E.TypeError, `'${typeOf(a).name}' object can't be concatenated`);
    return ops.add(a, b);
  }, "a + b, for sequences"),
  contains: two((a, b) => contains(a, b), "b in a"),
  delitem: two((a, b) => delItem(a, b) as undefined, "del a[b]"),
  getitem: two(getItem, "a[b]"),
  setitem: ["(a, b, c, /)", (a: Value, b: Value, c: Value) => setItem(a, b, c), "a[b] = c"],
  iadd: two(ops.iadd, "a += b"),
  iand: two(ops.iand, "a &= b"),
  iconcat: two(ops.iadd, "a += b, for sequences"),
  ifloordiv: two(ops.ifloordiv, "a //= b"),
  ilshift: two(ops.ilshift, "a <<= b"),
  imod: two(ops.imod, "a %= b"),
  imul: two(ops.imul, "a *= b"),
  imatmul: two(ops.imatmul, "a @= b"),
  ior: two(ops.ior, "a |= b"),
  ipow: two(ops.ipow, "a **= b"),
  irshift: two(ops.irshift, "a >>= b"),
  isub: two(ops.isub, "a -= b"),
  itruediv: two(ops.itruediv, "a /= b"),
  ixor: two(ops.ixor, "a ^= b"),
};

/** Names that also exist with underscores: `__add__`. */
const dunders = Object.fromEntries(Object.entries(plain).map(([n, m]) => [`__${n.replace(/_$/, "")}__`, m]));

function lengthHint(o: Value, fallback: Value): Value {
  const d = asInt(fallback);
  if (d === undefined)
    raise(E.TypeError, `'${typeOf(fallback).name}' object cannot be interpreted as an integer`);
  if (typeOf(o).lookup("__len__") !== undefined) return length(o);
  const r = callSpecial(o, "__length_hint__", []);
  if (r === undefined || r === NotImplemented) return d;
  if (asInt(r) === undefined) raise(E.TypeError, `__length_hint__ must be an integer, not ${typeOf(r).name}`);
  return r;
}

defineModule("operator", () => ({
  name: "operator",
  doc: "The operators as functions.",
  functions: {
    ...plain,
    ...dunders,
    truth: one(isTrue, "bool(a)"),
    is_: two((a, b) => a === b, "a is b"),
    is_not: two((a, b) => a !== b, "a is not b"),
    countOf: two((a, b) => {
      let n = 0;
      const it = iter(a);
      for (let v = it.next(); v !== undefined; v = it.next()) if (eqTruth(v, b)) n++;
      return n;
    }, "How often b occurs in a."),
    indexOf: two((a, b) => {
      let n = 0;
      const it = iter(a);
      for (let v = it.next(); v !== undefined; v = it.next(), n++) if (eqTruth(v, b)) return n;
      raise(E.ValueError, "sequence.index(x): x not in sequence");
    }, "Where b first occurs in a."),
    length_hint: ["(obj, default=0, /)", lengthHint, "How many items an iterator is likely to give."],
    call: [
      "(obj, /, *args, **kwargs)",
      (f: Value, args: readonly Value[], kwargs: Kwargs) =>
        callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]),
      "obj(*args, **kwargs)",
    ],
    methodcaller: [
      "(name, /, *args, **kwargs)",
      (name: Value, args: readonly Value[], kwargs: Kwargs) => {
        const n = asStr(name);
        if (n === undefined) raise(E.TypeError, "method name must be a string");
        return new MethodCaller(n, args, kwargs);
      },
      "A callable that calls a method of its argument.",
    ],
  },
  members: { itemgetter: itemGetterType, attrgetter: attrGetterType },
}));
