// What `list[int]` and `int | None` are: types.GenericAlias and types.UnionType.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#generic-alias-type and #union-type.
import { genericGet, getAttr, getAttrOrUndefined, lookupAttr, setAttr } from "../runtime/attributes.ts";
import { callN, callSpecial, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { getItem } from "../runtime/items.ts";
import { NativeIterator, toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asStr,
  Ellipsis,
  NotImplemented,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { hashFrozenSet, hashTuple } from "./hashing.ts";
import { isInstanceOfAny, isSubclassOfAny } from "./class-checks.ts";
import { noneType } from "./singletons.ts";

export class PyGenericAlias {
  declare [TYPE]: PyType;
  readonly origin: Value;
  readonly args: PyTuple;
  /** `*tuple[int]` */
  readonly starred: boolean;
  private cachedParameters: PyTuple | undefined = undefined;
  constructor(origin: Value, args: PyTuple, starred = false) {
    this.origin = origin;
    this.args = args;
    this.starred = starred;
  }
  get parameters(): PyTuple {
    return (this.cachedParameters ??= new PyTuple(collectParameters(this.args.items)));
  }
}

export class PyUnion {
  declare [TYPE]: PyType;
  readonly args: PyTuple;
  private cachedParameters: PyTuple | undefined = undefined;
  constructor(args: PyTuple) {
    this.args = args;
  }
  get parameters(): PyTuple {
    return (this.cachedParameters ??= new PyTuple(collectParameters(this.args.items)));
  }
}

/** Type variables in these arguments, each once, in order. */
export function collectParameters(args: readonly Value[]): Value[] {
  const out: Value[] = [];
  const add = (p: Value): void => {
    if (!out.includes(p)) out.push(p);
  };
  for (const a of args) {
    if (a instanceof PyType) continue;
    if (a instanceof PyTuple || a instanceof PyList) {
      for (const p of collectParameters(a.items)) add(p);
      continue;
    }
    if (typeof a !== "object" || a === null) continue;
    if (getAttrOrUndefined(a, "__typing_subst__") !== undefined) add(a);
    else {
      const inner = getAttrOrUndefined(a, "__parameters__");
      if (inner instanceof PyTuple) for (const p of inner.items) add(p);
    }
  }
  return out;
}

/** An argument as the repr of an alias or union shows it. */
export function argumentRepr(v: Value, noneAs?: string): string {
  if (v === Ellipsis) return "...";
  if (noneAs !== undefined && (v === noneType || v === null)) return noneAs;
  if (v instanceof PyGenericAlias || v instanceof PyUnion) return repr(v);
  if (v instanceof PyList || v instanceof PyTuple)
    return `[${v.items.map((x) => argumentRepr(x)).join(", ")}]`;
  if (typeof v !== "object" || v === null) return repr(v);
  if (getAttrOrUndefined(v, "__origin__") !== undefined && getAttrOrUndefined(v, "__args__") !== undefined)
    return repr(v);
  const qualname = asStr(getAttrOrUndefined(v, "__qualname__") ?? null);
  const module = asStr(getAttrOrUndefined(v, "__module__") ?? null);
  if (qualname === undefined || module === undefined) return repr(v);
  return module === "builtins" ? qualname : `${module}.${qualname}`;
}

const aliasRepr = (a: PyGenericAlias): string =>
  `${a.starred ? "*" : ""}${argumentRepr(a.origin)}[${a.args.items.length === 0 ? "()" : a.args.items.map((x) => argumentRepr(x)).join(", ")}]`;

const asTuple = (v: Value): PyTuple => (v instanceof PyTuple && !v[TYPE].heap ? v : new PyTuple([v]));

/** Arguments with `*tuple[int, str]` as the types in it; one of any length stays. */
export function unpackArguments(args: readonly Value[]): readonly Value[] {
  return args.flatMap((a) => {
    const inner =
      typeof a === "object" && a !== null && !(a instanceof PyType)
        ? getAttrOrUndefined(a, "__typing_unpacked_tuple_args__")
        : undefined;
    return inner instanceof PyTuple && inner.items.at(-1) !== Ellipsis ? inner.items : [a];
  });
}

/** What stands for each type variable of `self` where it is given these arguments. @throws TypeError where the count is wrong */
export function chooseArguments(
  self: Value,
  parameters: readonly Value[],
  given: readonly Value[],
): ReadonlyMap<Value, Value> {
  let items = given;
  for (const p of parameters) {
    const prepare = getAttrOrUndefined(p, "__typing_prepare_subst__");
    if (prepare !== undefined) items = asTuple(callN(prepare, [self, new PyTuple(items)])).items;
  }
  // typing_extensions gives variables defaults, which stand for arguments that are left out
  const defaults = parameters.slice(items.length).map(defaultOf);
  if (defaults.length > 0 && defaults[0] !== undefined) items = [...items, ...defaults];
  checkArgumentCount(self, items.length, parameters.length);
  return new Map(parameters.map((p, i) => [p, items[i]]));
}

function defaultOf(variable: Value): Value | undefined {
  const has = getAttrOrUndefined(variable, "has_default");
  return has !== undefined && callN(has, []) === true ? getAttr(variable, "__default__") : undefined;
}

export function checkArgumentCount(self: Value, actual: number, expected: number): void {
  if (expected === 0) raise(E.TypeError, `${repr(self)} is not a generic class`);
  if (actual !== expected)
    raise(
      E.TypeError,
      `Too ${actual > expected ? "many" : "few"} arguments for ${repr(self)}; actual ${actual}, expected ${expected}`,
    );
}

export const isUnpackedVariables = (v: Value): boolean =>
  !(v instanceof PyType) &&
  typeof v === "object" &&
  v !== null &&
  getAttrOrUndefined(v, "__typing_is_unpacked_typevartuple__") === true;

/** One argument with what is chosen put in for the type variables in it. */
export function substituted(a: Value, chosen: ReadonlyMap<Value, Value>): Value {
  if (a instanceof PyType || typeof a !== "object" || a === null) return a;
  const subst = getAttrOrUndefined(a, "__typing_subst__");
  if (subst !== undefined) return callN(subst, [chosen.get(a)]);
  const inner = getAttrOrUndefined(a, "__parameters__");
  if (!(inner instanceof PyTuple) || inner.items.length === 0) return a;
  // variables of a TypeVarTuple are iterable: what is chosen for one is a tuple of types
  const picked = inner.items.flatMap((p) => {
    const v = chosen.get(p);
    return v instanceof PyTuple && getAttrOrUndefined(p, "__iter__") !== undefined ? v.items : [v];
  });
  return getItem(a, new PyTuple(picked));
}

/** Put arguments in for type variables: `list[T][int]`. */
export function substitute(
  self: Value,
  args: readonly Value[],
  parameters: readonly Value[],
  given: Value,
): Value[] {
  if (parameters.length === 0) raise(E.TypeError, `${repr(self)} is not a generic class`);
  const chosen = chooseArguments(self, parameters, unpackArguments(asTuple(given).items));
  return args.flatMap((a) => {
    const made = substituted(a, chosen);
    return isUnpackedVariables(a) && made instanceof PyTuple ? made.items : [made];
  });
}

const OWN = new Set([
  "__class__",
  "__origin__",
  "__args__",
  "__parameters__",
  "__unpacked__",
  "__typing_unpacked_tuple_args__",
  "__mro_entries__",
  "__reduce_ex__",
  "__reduce__",
  "__copy__",
  "__deepcopy__",
  "__class_getitem__",
]);

const check = (which: string) => (): never =>
  raise(E.TypeError, `${which}() argument 2 cannot be a parameterized generic`);

export const genericAliasType: PyType = nativeType({
  name: "GenericAlias",
  module: "types",
  dotted: true,
  doc: "A generic type with its arguments, such as list[int].",
  host: PyGenericAlias,
  new: [
    "(cls, origin, args, /)",
    (_cls: PyType, origin: Value, args: Value) => new PyGenericAlias(origin, asTuple(args)),
  ],
  methods: {
    __repr__: ["(self, /)", aliasRepr],
    __hash__: ["(self, /)", (a: PyGenericAlias) => hashTuple([a.origin, a.args], hash)],
    __eq__: [
      "(self, value, /)",
      (a: PyGenericAlias, b: Value) =>
        b instanceof PyGenericAlias
          ? a.starred === b.starred && eqTruth(a.origin, b.origin) && eqTruth(a.args, b.args)
          : NotImplemented,
    ],
    __call__: [
      "(self, /, *args, **kwargs)",
      (a: PyGenericAlias, args: readonly Value[], kwargs: Map<string, Value>) => {
        const made = callVec(a.origin, [...args, ...kwargs.values()], [...kwargs.keys()]);
        try {
          setAttr(made, "__orig_class__", a);
        } catch (e) {
          if (!isInstanceOf(e, E.AttributeError) && !isInstanceOf(e, E.TypeError)) throw e;
        }
        return made;
      },
    ],
    __getitem__: [
      "(self, key, /)",
      (a: PyGenericAlias, k: Value) =>
        new PyGenericAlias(
          a.origin,
          new PyTuple(substitute(a, a.args.items, a.parameters.items, k)),
          a.starred,
        ),
    ],
    __or__: ["(self, value, /)", (a: Value, b: Value) => unite(a, b)],
    __ror__: ["(self, value, /)", (a: Value, b: Value) => unite(b, a)],
    __iter__: [
      "(self, /)",
      (a: PyGenericAlias) => {
        let left = true;
        return new NativeIterator(() => {
          if (!left) return undefined;
          left = false;
          return new PyGenericAlias(a.origin, a.args, true);
        });
      },
    ],
    __mro_entries__: ["(self, bases, /)", (a: PyGenericAlias) => new PyTuple([a.origin])],
    __instancecheck__: ["(self, instance, /)", check("isinstance")],
    __subclasscheck__: ["(self, cls, /)", check("issubclass")],
    __reduce__: [
      "(self, /)",
      (a: PyGenericAlias) => new PyTuple([genericAliasType, new PyTuple([a.origin, a.args])]),
    ],
    __dir__: [
      "(self, /)",
      (a: PyGenericAlias) => {
        const names = toArray(callSpecial(a.origin, "__dir__", []) ?? new PyList([]));
        return new PyList([...new Set([...names, ...OWN])]);
      },
    ],
  },
  getters: {
    __origin__: (a: PyGenericAlias) => a.origin,
    __args__: (a: PyGenericAlias) => a.args,
    __parameters__: (a: PyGenericAlias) => a.parameters,
    __unpacked__: (a: PyGenericAlias) => a.starred,
    __typing_unpacked_tuple_args__: (a: PyGenericAlias) =>
      a.starred && a.origin instanceof PyType && a.origin.qualname === "tuple" ? a.args : null,
  },
});
genericAliasType.getAttro = (a: PyGenericAlias, name: string): Value | undefined => {
  if (!OWN.has(name) && !(name === "__typing_subst__" || name === "__typing_is_unpacked_typevartuple__")) {
    const v = lookupAttr(a.origin, name);
    if (v !== undefined) return v;
  }
  return genericGet(a, typeOf(a), name);
};

function isUnionable(v: Value): boolean {
  return v === null || v instanceof PyType || v instanceof PyGenericAlias || v instanceof PyUnion;
}

/** `a | b` of types; NotImplemented where one is none. */
function unite(a: Value, b: Value): Value {
  if (!isUnionable(a) || !isUnionable(b)) return NotImplemented;
  const out: Value[] = [];
  const add = (v: Value): void => {
    if (v instanceof PyUnion) v.args.items.forEach(add);
    else {
      const t = v === null ? noneType : v;
      const known = (x: Value): boolean =>
        x === t || (x instanceof PyGenericAlias && t instanceof PyGenericAlias && eqTruth(x, t));
      if (!out.some(known)) out.push(t);
    }
  };
  add(a);
  add(b);
  return out.length === 1 ? out[0] : new PyUnion(new PyTuple(out));
}

/** The members of a union without parameterised generics. @throws TypeError */
function plainArgs(u: PyUnion, which: string): readonly Value[] {
  if (u.args.items.some((t) => t instanceof PyGenericAlias)) check(which)();
  return u.args.items;
}

export const unionType: PyType = nativeType({
  name: "UnionType",
  module: "types",
  dotted: true,
  doc: "Either of several types: int | str.",
  host: PyUnion,
  final: true,
  methods: {
    __repr__: ["(self, /)", (u: PyUnion) => u.args.items.map((t) => argumentRepr(t, "None")).join(" | ")],
    __hash__: ["(self, /)", (u: PyUnion) => hashFrozenSet(u.args.items.map(hash))],
    __eq__: [
      "(self, value, /)",
      (a: PyUnion, b: Value) => {
        if (!(b instanceof PyUnion)) return NotImplemented;
        const within = (x: PyUnion, y: PyUnion): boolean =>
          x.args.items.every((t) => y.args.items.some((s) => eqTruth(s, t)));
        return within(a, b) && within(b, a);
      },
    ],
    __or__: ["(self, value, /)", (a: Value, b: Value) => unite(a, b)],
    __ror__: ["(self, value, /)", (a: Value, b: Value) => unite(b, a)],
    __getitem__: [
      "(self, key, /)",
      (u: PyUnion, k: Value) =>
        substitute(u, u.args.items, u.parameters.items, k).reduce((a, b) => unite(a, b)),
    ],
    __instancecheck__: [
      "(self, instance, /)",
      (u: PyUnion, v: Value) => isInstanceOfAny(v, plainArgs(u, "isinstance")),
    ],
    __subclasscheck__: [
      "(self, cls, /)",
      (u: PyUnion, c: Value) => isSubclassOfAny(c, plainArgs(u, "issubclass")),
    ],
  },
  getters: { __args__: (u: PyUnion) => u.args, __parameters__: (u: PyUnion) => u.parameters },
});

late.genericAlias = (origin, args) => new PyGenericAlias(origin, asTuple(args));
late.union = unite;
