// TypeVar, ParamSpec and TypeVarTuple as types: how they are made, shown, joined by | and substituted.
// Behaviour: docs.python.org/3.11/library/typing.html; spelling of reprs and errors as CPython 3.11's.
import { getAttr, getAttrOrUndefined } from "../runtime/attributes.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { currentGlobals } from "../runtime/frames.ts";
import { NativeIterator } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asStr,
  Ellipsis,
  NotImplemented,
  PyList,
  PyTuple,
  PyType,
  type TYPE,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { PyDict } from "../builtins/dict.ts";
import { PyGenericAlias } from "../builtins/generic-alias.ts";
import {
  checkType,
  form,
  isParamExpression,
  noSubclasses,
  or,
  PyAlias,
  PyParamSpec,
  PyTypeVar,
  PyTypeVarTuple,
  ror,
} from "./typing-forms.ts";

const module = "typing";

/** `__name__` of the calling module. */
export function caller(): Value {
  const g = currentGlobals();
  return (g instanceof PyDict ? g.get("__name__") : undefined) ?? null;
}

function variable<T extends PyTypeVar>(
  v: T,
  name: Value,
  bound: Value,
  covariant: Value,
  contravariant: Value,
): T {
  v.name = asStr(name) ?? repr(name);
  v.covariant = isTrue(covariant);
  v.contravariant = isTrue(contravariant);
  if (v.covariant && v.contravariant) raise(E.ValueError, "Bivariant types are not supported.");
  v.bound = bound === null ? null : checkType(bound, "Bound must be a type.");
  v.module = caller();
  return v;
}

const variableGetters = {
  __name__: (v: PyTypeVar): Value => v.name,
  __bound__: (v: PyTypeVar): Value => v.bound,
  __covariant__: (v: PyTypeVar): Value => v.covariant,
  __contravariant__: (v: PyTypeVar): Value => v.contravariant,
  __module__: (v: PyTypeVar): Value => v.module,
};
const variableRepr = (v: PyTypeVar): string => (v.covariant ? "+" : v.contravariant ? "-" : "~") + v.name;
const immutable: Record<string, NativeMethod> = {
  __copy__: ["(self)", (v: Value) => v],
  __deepcopy__: ["(self, memo)", (v: Value) => v],
  __reduce__: ["(self)", (v: PyTypeVar) => v.name],
};

export const typeVarType = nativeType({
  name: "TypeVar",
  module,
  host: PyTypeVar,
  hasDict: true,
  classMethods: noSubclasses,
  new: [
    "(cls, name, *constraints, bound=None, covariant=False, contravariant=False)",
    (_cls: PyType, name: Value, constraints: readonly Value[], bound: Value, co: Value, contra: Value) => {
      const v = variable(new PyTypeVar(), name, bound, co, contra);
      if (constraints.length > 0 && bound !== null)
        raise(E.TypeError, "Constraints cannot be combined with bound=...");
      if (constraints.length === 1) raise(E.TypeError, "A single constraint is not allowed");
      v.constraints = constraints.map((t) =>
        checkType(t, "TypeVar(name, constraint, ...): constraints must be types."),
      );
      return v;
    },
  ],
  methods: {
    ...immutable,
    __repr__: ["(self)", variableRepr],
    __or__: or,
    __ror__: ror,
    __typing_subst__: [
      "(self, arg)",
      (v: PyTypeVar, arg: Value) => {
        const made = checkType(arg, "Parameters to generic types must be types.");
        if (
          (made instanceof PyAlias && made.kind === "unpack") ||
          (made instanceof PyGenericAlias && made.starred)
        )
          raise(E.TypeError, `${repr(arg)} is not valid as type argument`);
        return made;
      },
    ],
    __mro_entries__: ["(self, bases)", () => raise(E.TypeError, "Cannot subclass an instance of TypeVar")],
  },
  getters: { ...variableGetters, __constraints__: (v: PyTypeVar) => new PyTuple(v.constraints) },
});

class ParamPart {
  declare [TYPE]: PyType;
  readonly origin: PyParamSpec;
  constructor(origin: PyParamSpec) {
    this.origin = origin;
  }
}
class ParamArgs extends ParamPart {}
class ParamKwargs extends ParamPart {}
export const paramPartTypes = (
  [
    ["ParamSpecArgs", ParamArgs, "args"],
    ["ParamSpecKwargs", ParamKwargs, "kwargs"],
  ] as const
).map(([name, host, part]) =>
  nativeType({
    name,
    module,
    host,
    new: ["(cls, origin)", (_cls: PyType, o: PyParamSpec) => new host(o)],
    methods: {
      __repr__: ["(self)", (p: ParamPart) => `${p.origin.name}.${part}`],
      __eq__: [
        "(self, other)",
        (a: ParamPart, b: Value) => (b instanceof host ? a.origin === b.origin : NotImplemented),
      ],
    },
    getters: { __origin__: (p: ParamPart) => p.origin },
  }),
);

export const paramSpecType = nativeType({
  name: "ParamSpec",
  module,
  host: PyParamSpec,
  hasDict: true,
  classMethods: noSubclasses,
  new: [
    "(cls, name, *, bound=None, covariant=False, contravariant=False)",
    (_cls: PyType, name: Value, bound: Value, co: Value, contra: Value) =>
      variable(new PyParamSpec(), name, bound, co, contra),
  ],
  methods: {
    ...immutable,
    __repr__: ["(self)", variableRepr],
    __or__: or,
    __ror__: ror,
    __typing_subst__: [
      "(self, arg)",
      (_v: PyParamSpec, arg: Value) => {
        if (arg instanceof PyList || arg instanceof PyTuple)
          return new PyTuple(arg.items.map((a) => checkType(a, "Expected a type.")));
        if (!isParamExpression(arg))
          raise(
            E.TypeError,
            `Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got ${repr(arg)}`,
          );
        return arg;
      },
    ],
    __typing_prepare_subst__: [
      "(self, alias, args)",
      (v: PyParamSpec, alias: Value, given: PyTuple) => {
        const params = (getAttr(alias, "__parameters__") as PyTuple).items;
        const args = [...given.items];
        const i = params.indexOf(v);
        if (i >= args.length) raise(E.TypeError, `Too few arguments for ${repr(alias)}`);
        if (params.length === 1 && !isParamExpression(args[0])) return new PyTuple([new PyTuple(args)]);
        if (args[i] instanceof PyList) args[i] = new PyTuple(args[i].items);
        return new PyTuple(args);
      },
    ],
  },
  getters: {
    ...variableGetters,
    args: (v: PyParamSpec) => new ParamArgs(v),
    kwargs: (v: PyParamSpec) => new ParamKwargs(v),
  },
});

/** The type that `*tuple[int, ...]` repeats. */
function endlessOf(v: Value): Value | undefined {
  if (v instanceof PyType || typeof v !== "object" || v === null) return undefined;
  const inner = getAttrOrUndefined(v, "__typing_unpacked_tuple_args__");
  return inner instanceof PyTuple && inner.items.length === 2 && inner.items[1] === Ellipsis
    ? inner.items[0]
    : undefined;
}

export const typeVarTupleType = nativeType({
  name: "TypeVarTuple",
  module,
  host: PyTypeVarTuple,
  hasDict: true,
  classMethods: noSubclasses,
  new: [
    "(cls, name)",
    (_cls: PyType, name: Value) => variable(new PyTypeVarTuple(), name, null, false, false),
  ],
  methods: {
    ...immutable,
    __repr__: ["(self)", (v: PyTypeVar) => v.name],
    __iter__: [
      "(self)",
      (v: PyTypeVarTuple) => {
        let given = false;
        return new NativeIterator(() => {
          if (given) return undefined;
          given = true;
          return new PyAlias("unpack", form("Unpack"), [v], null);
        });
      },
    ],
    __typing_subst__: [
      "(self, arg)",
      () => raise(E.TypeError, "Substitution of bare TypeVarTuple is not supported"),
    ],
    __typing_prepare_subst__: [
      "(self, alias, args)",
      (v: PyTypeVarTuple, alias: Value, given: PyTuple) => {
        const params = (getAttr(alias, "__parameters__") as PyTuple).items;
        const at = params.indexOf(v);
        if (params.slice(at + 1).some((p) => p instanceof PyTypeVarTuple))
          raise(E.TypeError, `More than one TypeVarTuple parameter in ${repr(alias)}`);
        const args = given.items;
        const endless = args.map(endlessOf);
        const where = endless.findIndex((e) => e !== undefined);
        if (endless.filter((e) => e !== undefined).length > 1)
          raise(E.TypeError, "More than one unpacked arbitrary-length tuple argument");
        // what goes to the variables before and after; an argument of any length fills those it reaches
        let left = at;
        let right = params.length - at - 1;
        if (where >= 0) {
          left = Math.min(left, where);
          right = Math.min(right, args.length - where - 1);
        } else if (left + right > args.length)
          raise(
            E.TypeError,
            `Too few arguments for ${repr(alias)}; actual ${args.length}, expected at least ${params.length - 1}`,
          );
        const fill = (count: number): Value[] => Array<Value>(count).fill(endless[where]);
        return new PyTuple([
          ...args.slice(0, left),
          ...fill(at - left),
          new PyTuple(args.slice(left, args.length - right)),
          ...fill(params.length - right - at - 1),
          ...args.slice(args.length - right),
        ]);
      },
    ],
  },
  getters: { __name__: variableGetters.__name__, __module__: variableGetters.__module__ },
});
