// What typing's subscriptions make: type variables, special forms, and aliases such as Optional[int] or Box[str].
// Behaviour: docs.python.org/3.11/library/typing.html; spelling of reprs and errors as CPython 3.11's.
import { genericGet, genericSet, getAttr, lookupAttr, setAttr } from "../runtime/attributes.ts";
import { objectType } from "../runtime/base-types.ts";
import { callN, callSpecial, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, err, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { hash } from "../runtime/hash.ts";
import { NativeIterator, toArray } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asStr,
  type DICT,
  Ellipsis,
  type Kwargs,
  type Namespace,
  NotImplemented,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { isInstanceCheck, isSubclassCheck } from "../builtins/class-checks.ts";
import { codeHook } from "../builtins/code-hook.ts";
import { PyDict } from "../builtins/dict.ts";
import {
  checkArgumentCount,
  chooseArguments,
  collectParameters,
  isUnpackedVariables,
  PyGenericAlias,
  PyUnion,
  substituted,
  unpackArguments,
} from "../builtins/generic-alias.ts";
import { hashFrozenSet, hashTuple } from "../builtins/hashing.ts";
import { noneType } from "../builtins/singletons.ts";
import { once } from "./typing-cache.ts";

const module = "typing";

/** How a type shows inside another's repr. */
function typeRepr(v: Value): string {
  if (v instanceof PyGenericAlias) return repr(v);
  if (v instanceof PyType)
    return v.module === "builtins"
      ? v.qualname
      : `${asStr(getAttr(v, "__module__")) ?? v.module}.${v.qualname}`;
  if (v === Ellipsis) return "...";
  if (v instanceof PyFunction) return v.name;
  return repr(v);
}

/** The items of a subscript. */
export const itemsOf = (v: Value): readonly Value[] =>
  v instanceof PyTuple && !v[TYPE].heap ? v.items : [v];

/** Special forms that are types without an argument, and those that only the annotations of a class may be. */
const TYPES_ALONE = new Set(["LiteralString", "NoReturn", "Never", "Self", "TypeAlias"]);
const FOR_CLASSES = new Set(["ClassVar", "Final"]);

/** A type argument as it is kept: None is NoneType, text a forward reference. */
export function converted(v: Value, ofClass = false): Value {
  if (v === null) return noneType;
  const text = asStr(v);
  return text === undefined ? v : new PyForwardRef(text, null, ofClass);
}

/** A type argument made proper: None is NoneType, text a forward reference. @throws TypeError */
export function checkType(given: Value, message: string, allowSpecial = false, allowFinal = false): Value {
  const v = converted(given, allowSpecial);
  if (
    v instanceof PyAlias &&
    ((v.origin instanceof PyForm &&
      !allowSpecial &&
      FOR_CLASSES.has(v.origin.name) &&
      !(allowFinal && v.origin.name === "Final")) ||
      isGenericItself(v.origin))
  )
    raise(E.TypeError, `${repr(v)} is not valid as type argument`);
  if (v instanceof PyForm && !TYPES_ALONE.has(v.name) && !(allowSpecial && FOR_CLASSES.has(v.name)))
    raise(E.TypeError, `Plain ${repr(v)} is not valid as type argument`);
  if (isGenericItself(v)) raise(E.TypeError, `Plain ${repr(v)} is not valid as type argument`);
  if (v instanceof PyTuple && !v[TYPE].heap) raise(E.TypeError, `${message} Got ${repr(v).slice(0, 100)}.`);
  return v;
}

const isGenericItself = (v: Value): boolean =>
  v instanceof PyType && v.module === module && (v.name === "Generic" || v.name === "Protocol");

// type variables

export class PyTypeVar {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  name = "";
  bound: Value = null;
  constraints: readonly Value[] = [];
  covariant = false;
  contravariant = false;
  module: Value = null;
}
export class PyParamSpec extends PyTypeVar {}
export class PyTypeVarTuple extends PyTypeVar {}

// `a | b` with any of typing's things
export const or: NativeMethod = ["(self, right)", (a: Value, b: Value) => union([a, b])];
export const ror: NativeMethod = ["(self, left)", (a: Value, b: Value) => union([b, a])];

export function isParamExpression(v: Value): boolean {
  return (
    v === Ellipsis ||
    v instanceof PyTuple ||
    v instanceof PyList ||
    v instanceof PyParamSpec ||
    (v instanceof PyAlias && v.kind === "concatenate")
  );
}

// forward references

/** Of classes that programs may not derive from. */
export const noSubclasses: Record<string, NativeMethod> = {
  __init_subclass__: [
    "(cls, /, *args, **kwds)",
    () => raise(E.TypeError, "Cannot subclass special typing classes"),
  ],
};

export class PyForwardRef {
  declare [TYPE]: PyType;
  readonly text: string;
  readonly module: Value;
  readonly isClass: boolean;
  readonly isArgument: boolean;
  value: Value | undefined = undefined;
  constructor(text: string, module: Value, isClass = false, isArgument = true) {
    this.text = text;
    this.module = module;
    this.isClass = isClass;
    this.isArgument = isArgument;
    if (text === "") raise(E.IndexError, "string index out of range");
    const hook = codeHook.current;
    if (hook) {
      try {
        hook.compile(text.startsWith("*") ? `(${text},)[0]` : text.trim(), "<string>", "eval", false);
      } catch (e) {
        if (isInstanceOf(e, E.SyntaxError)) {
          const message = `Forward reference must be an expression -- got ${repr(text)}`;
          throw err(E.SyntaxError, message).setMember("msg", message);
        }
        throw e;
      }
    }
  }
}
export const forwardRefType: PyType = nativeType({
  classMethods: noSubclasses,
  name: "ForwardRef",
  module,
  host: PyForwardRef,
  new: [
    "(cls, arg, is_argument=True, module=None, *, is_class=False)",
    (_cls: PyType, text: Value, argument: Value, m: Value, isClass: Value) => {
      const s = asStr(text);
      if (s === undefined) raise(E.TypeError, `Forward reference must be a string -- got ${repr(text)}`);
      return new PyForwardRef(s, m, isTrue(isClass), isTrue(argument));
    },
  ],
  methods: {
    __repr__: [
      "(self)",
      (f: PyForwardRef) =>
        `ForwardRef(${repr(f.text)}${f.module === null ? "" : `, module=${repr(f.module)}`})`,
    ],
    __eq__: [
      "(self, other)",
      (a: PyForwardRef, b: Value) => {
        if (!(b instanceof PyForwardRef)) return NotImplemented;
        if (a.text !== b.text) return false;
        return a.value !== undefined && b.value !== undefined
          ? eqTruth(a.value, b.value)
          : eqTruth(a.module, b.module);
      },
    ],
    __hash__: ["(self)", (f: PyForwardRef) => hashTuple([f.text, f.module], hash)],
    __or__: or,
    __ror__: ror,
    __reduce__: [
      "(self)",
      (f: PyForwardRef) => new PyTuple([forwardRefType, new PyTuple([f.text, f.isArgument, f.module])]),
    ],
    _evaluate: [
      "(self, globalns, localns, recursive_guard=None)",
      (f: PyForwardRef, g: Value, l: Value) => evaluateRef(f, g, l, new Set()),
    ],
  },
  getters: {
    __forward_arg__: (f: PyForwardRef) => f.text,
    __forward_module__: (f: PyForwardRef) => f.module,
    __forward_evaluated__: (f: PyForwardRef) => f.value !== undefined,
    __forward_value__: (f: PyForwardRef) => f.value ?? null,
    __forward_is_class__: (f: PyForwardRef) => f.isClass,
    __forward_is_argument__: (f: PyForwardRef) => f.isArgument,
  },
});

/**
 * The value of a forward reference in these namespaces; of one that its own value names, the reference itself.
 * @throws NameError and whatever the expression raises
 */
function evaluateRef(f: PyForwardRef, globals: Value, locals: Value, open: ReadonlySet<string>): Value {
  if (open.has(f.text)) return f;
  if (f.value !== undefined && locals === globals) return f.value;
  const hook = codeHook.current;
  if (!hook) throw err(E.SystemError, "no compiler is loaded");
  const g = (f.module === null ? undefined : late.moduleDict(f.module)) ?? globals ?? locals ?? new PyDict();
  const l = locals ?? globals ?? new PyDict();
  const v = hook.run(
    hook.compile(f.text.startsWith("*") ? `(${f.text},)[0]` : f.text.trim(), "<string>", "eval", false),
    g,
    l,
  );
  const checked = checkType(v, "Forward references must evaluate to types.", f.isClass, !f.isArgument);
  f.value = evaluate(checked, globals, locals, new Set([...open, f.text]));
  return f.value;
}

/** A type with every forward reference in it evaluated. */
export function evaluate(
  t: Value,
  globals: Value,
  locals: Value,
  open: ReadonlySet<string> = new Set(),
): Value {
  if (t instanceof PyForwardRef) return evaluateRef(t, globals, locals, open);
  const each = (args: readonly Value[]): Value[] => args.map((a) => evaluate(a, globals, locals, open));
  if (t instanceof PyAlias) {
    if (t.kind === "literal") return t;
    const args = each(t.args);
    return args.every((a, i) => a === t.args[i]) ? t : t.copyWith(args);
  }
  if (t instanceof PyGenericAlias) {
    const args = each(
      t.args.items.map((a) => (asStr(a) === undefined ? a : new PyForwardRef(asStr(a)!, null))),
    );
    return args.every((a, i) => a === t.args.items[i])
      ? t
      : new PyGenericAlias(t.origin, new PyTuple(args), t.starred);
  }
  if (t instanceof PyUnion) {
    const args = each(t.args.items);
    return args.every((a, i) => a === t.args.items[i]) ? t : union(args);
  }
  return t;
}

// special forms

class PyForm {
  declare [TYPE]: PyType;
  readonly name: string;
  readonly doc: string;
  readonly subscript: ((args: Value) => Value) | undefined;
  constructor(name: string, doc: string, subscript?: (args: Value) => Value) {
    this.name = name;
    this.doc = doc;
    this.subscript = subscript;
  }
}
const noCheck = (which: string): NativeMethod => [
  "(self, other)",
  (f: Value) => raise(E.TypeError, `${repr(f)} cannot be used with ${which}()`),
];
nativeType({
  name: "_SpecialForm",
  module,
  host: PyForm,
  classMethods: noSubclasses,
  members: { __iter__: null },
  methods: {
    __repr__: ["(self)", (f: PyForm) => `typing.${f.name}`],
    __call__: ["(self, *args, **kwds)", (f: PyForm) => raise(E.TypeError, `Cannot instantiate ${repr(f)}`)],
    __getitem__: [
      "(self, parameters)",
      (f: PyForm, p: Value) => {
        if (!f.subscript) raise(E.TypeError, `${repr(f)} is not subscriptable`);
        const { subscript } = f;
        return once(f, p, () => subscript(p), f.name === "Literal");
      },
    ],
    __or__: or,
    __ror__: ror,
    __instancecheck__: noCheck("isinstance"),
    __subclasscheck__: noCheck("issubclass"),
    __mro_entries__: ["(self, bases)", (f: PyForm) => raise(E.TypeError, `Cannot subclass ${repr(f)}`)],
    __reduce__: ["(self)", (f: PyForm) => f.name],
  },
  getters: {
    _name: (f: PyForm) => f.name,
    __doc__: (f: PyForm) => f.doc,
    __name__: (f: PyForm) => f.name,
    __qualname__: (f: PyForm) => f.name,
    __module__: () => module,
  },
});

export const forms = new Map<string, PyForm>();
export const form = (name: string): PyForm => forms.get(name)!;

function define(name: string, doc: string, subscript?: (self: PyForm, args: Value) => Value): void {
  const f: PyForm = new PyForm(name, doc, subscript && ((args) => subscript(f, args)));
  forms.set(name, f);
}

const single =
  (name: string): ((f: PyForm, args: Value) => Value) =>
  (f, args) =>
    new PyAlias(
      "generic",
      f,
      [
        checkType(
          args,
          name.endsWith("Required")
            ? `${name} accepts only a single type.`
            : `typing.${name} accepts only single type.`,
          name.endsWith("Required"),
        ),
      ],
      null,
    );

define("NoReturn", "A function that never returns.");
define("Never", "The type without values.");
define("Self", "The type of the enclosing class.");
define("LiteralString", "Any literal string.");
define("TypeAlias", "Marks an explicit type alias.");
define("ClassVar", "An attribute of the class, not of its instances.", single("ClassVar"));
define("Final", "A name that is not assigned again.", single("Final"));
define("TypeGuard", "The result of a function that narrows a type.", single("TypeGuard"));
define("Required", "A TypedDict key that must be there.", single("Required"));
define("NotRequired", "A TypedDict key that may be missing.", single("NotRequired"));
define(
  "Unpack",
  "The items of a tuple type or TypeVarTuple.",
  (f, args) => new PyAlias("unpack", f, [checkType(args, "typing.Unpack accepts only single type.")], null),
);
define("Union", "Either of several types.", (_f, args) => {
  const items = itemsOf(args);
  if (items.length === 0) raise(E.TypeError, "Cannot take a Union of no types.");
  return union(items);
});
define("Optional", "A type or None.", (f, args) =>
  union([checkType(args, `${repr(f)} requires a single type.`), null]),
);
define("Literal", "One of several literal values.", (f, args) => {
  const flat: Value[] = [];
  for (const v of itemsOf(args)) {
    if (v instanceof PyAlias && v.kind === "literal") flat.push(...v.args);
    else flat.push(v);
  }
  const out: Value[] = [];
  const hashable = flat.every((v) => {
    try {
      hash(v);
      return true;
    } catch {
      return false;
    }
  });
  for (const v of flat)
    if (!hashable || !out.some((x) => typeOf(x) === typeOf(v) && eqTruth(x, v))) out.push(v);
  return new PyAlias("literal", f, out, null);
});
define("Concatenate", "Parameters put before those of a ParamSpec.", (f, args) => {
  const items = itemsOf(args);
  if (items.length === 0) raise(E.TypeError, "Cannot take a Concatenate of no types.");
  if (!(items.at(-1) instanceof PyParamSpec || items.at(-1) === Ellipsis))
    raise(E.TypeError, "The last parameter to Concatenate should be a ParamSpec variable or ellipsis.");
  return new PyAlias(
    "concatenate",
    f,
    [
      ...items.slice(0, -1).map((a) => checkType(a, "Concatenate[arg, ...]: each arg must be a type.")),
      items.at(-1),
    ],
    null,
  );
});

/** `Union[…]`: flattened, each type once; the type itself where one is left. */
function union(args: readonly Value[]): Value {
  const out: Value[] = [];
  const add = (v: Value): void => {
    if (v instanceof PyAlias && v.kind === "union") v.args.forEach(add);
    else if (v instanceof PyUnion) v.args.items.forEach(add);
    else if (!out.some((x) => x === v || eqTruth(x, v))) out.push(v);
  };
  for (const a of args) add(checkType(a, "Union[arg, ...]: each arg must be a type."));
  return out.length === 1 ? out[0] : new PyAlias("union", form("Union"), out, null);
}

// aliases

export type AliasKind = "generic" | "union" | "literal" | "annotated" | "callable" | "concatenate" | "unpack";

export class PyAlias {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly kind: AliasKind;
  readonly origin: Value;
  readonly args: readonly Value[];
  /** List for typing.List[int]; null for a class of the program. */
  readonly name: string | null;
  /** Whether calling it makes an instance. */
  readonly inst: boolean;
  /** Of Annotated. */
  readonly metadata: readonly Value[];
  private cached: PyTuple | undefined = undefined;
  constructor(
    kind: AliasKind,
    origin: Value,
    args: readonly Value[],
    name: string | null,
    inst = true,
    metadata: readonly Value[] = [],
  ) {
    this.kind = kind;
    this.origin = origin;
    this.args = args;
    this.name = name;
    this.inst = inst;
    this.metadata = metadata;
    this[TYPE] = aliasTypes[kind];
  }
  get parameters(): PyTuple {
    return (this.cached ??= new PyTuple(this.kind === "literal" ? [] : collectParameters(this.args)));
  }
  copyWith(args: readonly Value[]): Value {
    if (this.kind === "union") return union(args);
    if (this.kind === "concatenate") {
      const last = args.at(-1);
      const before = args.slice(0, -1);
      if (last instanceof PyTuple || last instanceof PyList) return new PyTuple([...before, ...last.items]);
      if (last instanceof PyAlias && last.kind === "concatenate")
        return this.copyWith([...before, ...last.args]);
    }
    if (this.kind === "annotated") return annotated(args[0], this.metadata);
    return new PyAlias(this.kind, this.origin, args, this.name, this.inst, this.metadata);
  }
}

/** `Annotated[type, …]`: what is annotated already is told more. */
export function annotated(type: Value, metadata: readonly Value[]): PyAlias {
  return type instanceof PyAlias && type.kind === "annotated"
    ? annotated(type.origin, [...type.metadata, ...metadata])
    : new PyAlias("annotated", type, [type], "Annotated", true, metadata);
}

function aliasRepr(a: PyAlias): string {
  const list = (args: readonly Value[]): string => args.map(typeRepr).join(", ");
  switch (a.kind) {
    case "union": {
      if (a.args.length === 2) {
        if (a.args[0] === noneType) return `typing.Optional[${typeRepr(a.args[1])}]`;
        if (a.args[1] === noneType) return `typing.Optional[${typeRepr(a.args[0])}]`;
      }
      return `typing.Union[${list(a.args)}]`;
    }
    case "annotated":
      return `typing.Annotated[${typeRepr(a.origin)}, ${a.metadata.map(repr).join(", ")}]`;
    case "callable":
      if (a.args.length === 2 && isParamExpression(a.args[0])) return `typing.Callable[${list(a.args)}]`;
      return `typing.Callable[[${list(a.args.slice(0, -1))}], ${typeRepr(a.args.at(-1))}]`;
    case "unpack":
      return `*${typeRepr(a.args[0])}`;
    default: {
      const name =
        a.name === null
          ? a.origin instanceof PyForm
            ? repr(a.origin)
            : typeRepr(a.origin)
          : `typing.${a.name}`;
      return `${name}[${a.args.length === 0 ? "()" : a.kind === "literal" ? list(a.args) : list(a.args)}]`;
    }
  }
}

/** Put arguments in for the type variables of an alias. */
function subscriptAlias(a: PyAlias, key: Value): Value {
  if (isGenericItself(a.origin)) raise(E.TypeError, `Cannot subscript already-subscripted ${repr(a)}`);
  if (a.kind === "unpack" && a.args[0] instanceof PyTypeVarTuple) return new PyTuple(itemsOf(key));
  const params = a.parameters.items;
  if (params.length === 0) raise(E.TypeError, `${repr(a)} is not a generic class`);
  const args = unpackArguments(itemsOf(key).map((v) => converted(v)));
  return a.copyWith(substitutedAll(a, a.args, chooseArguments(a, params, args)));
}

function substitutedAll(a: PyAlias, args: readonly Value[], chosen: ReadonlyMap<Value, Value>): Value[] {
  return args.flatMap((old) => {
    if (old instanceof PyTuple) return [new PyTuple(substitutedAll(a, old.items, chosen))];
    const made = substituted(old, chosen);
    const flat = a.kind === "callable" || isUnpackedVariables(old);
    return flat && made instanceof PyTuple ? made.items : [made];
  });
}

const isDunder = (name: string): boolean => name.startsWith("__") && name.endsWith("__");

/** What an alias is told, its origin is told; but for special names. */
function setThrough(a: PyAlias | PySpecialAlias, name: string, v: Value): void {
  if (isDunder(name)) genericSet(a, typeOf(a), name, v);
  else setAttr(a.origin, name, v);
}

function dirThrough(a: PyAlias | PySpecialAlias): Value {
  const own = toArray(callN(getAttr(objectType, "__dir__"), [a]));
  const others = toArray(callSpecial(a.origin, "__dir__", []) ?? new PyList([]));
  return new PyList([...new Set([...own, ...others.filter((n) => !isDunder(asStr(n) ?? ""))])]);
}

const FORWARD_NOT = new Set(["__origin__", "__args__"]);

const aliasMethods: Record<string, NativeMethod> = {
  __repr__: ["(self)", aliasRepr],
  __getitem__: ["(self, args)", (a: PyAlias, key: Value) => once(a, key, () => subscriptAlias(a, key))],
  __or__: or,
  __ror__: ror,
  __eq__: [
    "(self, other)",
    (a: PyAlias, b: Value) => {
      if (b instanceof PyUnion && a.kind === "union") return sameMembers(a.args, b.args.items);
      if (!(b instanceof PyAlias)) return NotImplemented;
      if (a.kind !== b.kind) return a.kind === "generic" || b.kind === "generic" ? false : NotImplemented;
      if (a.kind === "union") return sameMembers(a.args, b.args);
      if (a.kind === "literal")
        return (
          a.args.length === b.args.length &&
          a.args.every((x) => b.args.some((y) => typeOf(x) === typeOf(y) && eqTruth(x, y)))
        );
      return (
        eqTruth(a.origin, b.origin) &&
        eqTruth(new PyTuple(a.args), new PyTuple(b.args)) &&
        eqTruth(new PyTuple(a.metadata), new PyTuple(b.metadata))
      );
    },
  ],
  __hash__: [
    "(self)",
    (a: PyAlias) => {
      if (a.kind === "union" || a.kind === "literal") return hashFrozenSet(a.args.map(hash));
      return hashTuple(
        [a.origin, new PyTuple(a.args), ...(a.kind === "annotated" ? [new PyTuple(a.metadata)] : [])],
        hash,
      );
    },
  ],
  __call__: [
    "(self, /, *args, **kwargs)",
    (a: PyAlias, args: readonly Value[], kwargs: Kwargs) => {
      if (!a.inst)
        raise(E.TypeError, `Type ${a.name} cannot be instantiated; use ${typeRepr(a.origin)}() instead`);
      if (a.kind === "union" || a.kind === "literal" || a.origin instanceof PyForm)
        raise(E.TypeError, `Cannot instantiate ${a.kind === "union" ? "typing.Union" : repr(a.origin)}`);
      const made = callVec(a.origin, [...args, ...kwargs.values()], [...kwargs.keys()]);
      try {
        setAttr(made, "__orig_class__", a);
      } catch (e) {
        if (!isInstanceOf(e, E.AttributeError) && !isInstanceOf(e, E.TypeError)) throw e;
      }
      return made;
    },
  ],
  __mro_entries__: ["(self, bases)", (a: PyAlias, bases: PyTuple) => new PyTuple(mroEntries(a, bases.items))],
  __instancecheck__: [
    "(self, obj)",
    (a: PyAlias, v: Value) => {
      if (a.kind === "union") return a.args.some((t) => isSubclassCheck(typeOf(v), t));
      raise(E.TypeError, "Subscripted generics cannot be used with class and instance checks");
    },
  ],
  __subclasscheck__: [
    "(self, cls)",
    (a: PyAlias, c: Value) => {
      if (a.kind === "union") return a.args.some((t) => isSubclassCheck(c, t));
      raise(E.TypeError, "Subscripted generics cannot be used with class and instance checks");
    },
  ],
  __iter__: [
    "(self)",
    (a: PyAlias) => {
      let given = false;
      return new NativeIterator(() => {
        if (given) return undefined;
        given = true;
        return new PyAlias("unpack", form("Unpack"), [a], null);
      });
    },
  ],
  __setattr__: ["(self, attr, val)", setThrough],
  __dir__: ["(self)", dirThrough],
  copy_with: ["(self, args)", (a: PyAlias, args: Value) => a.copyWith(itemsOf(args))],
  __reduce__: [
    "(self)",
    (a: PyAlias) => new PyTuple([getAttr(importOperator(), "getitem"), new PyTuple(bracketsOf(a))]),
  ],
};

/** What was subscripted with what, to make this alias. */
function bracketsOf(a: PyAlias): [Value, Value] {
  if (a.kind === "annotated") return [late.annotated, new PyTuple([a.origin, ...a.metadata])];
  const of = a.name === null ? a.origin : specials.get(a.name)!;
  if (a.kind === "callable" && !(a.args.length === 2 && isParamExpression(a.args[0])))
    return [of, new PyTuple([new PyList(a.args.slice(0, -1)), a.args.at(-1)])];
  return [of, a.args.length === 1 && !(a.args[0] instanceof PyTuple) ? a.args[0] : new PyTuple(a.args)];
}

/** Set by typing.ts: avoids importing the whole of it here. */
export const late: {
  operator: () => Value;
  moduleDict: (name: Value) => Value | undefined;
  annotated: PyType | undefined;
  generic: PyType | undefined;
  protocol: PyType | undefined;
} = {
  operator: () => null,
  moduleDict: () => undefined,
  annotated: undefined,
  generic: undefined,
  protocol: undefined,
};
const importOperator = (): Value => late.operator();

function sameMembers(a: readonly Value[], b: readonly Value[]): boolean {
  const within = (x: readonly Value[], y: readonly Value[]): boolean =>
    x.every((t) => y.some((s) => s === t || eqTruth(s, t)));
  return within(a, b) && within(b, a);
}

const isAlias = (v: Value): boolean => v instanceof PyAlias || v instanceof PySpecialAlias;
const isGenericSubclass = (v: Value): boolean =>
  v instanceof PyType && late.generic !== undefined && v.isSubtypeOf(late.generic);

function mroEntries(a: PyAlias | PySpecialAlias, bases: readonly Value[]): Value[] {
  const i = bases.indexOf(a);
  const after = bases.slice(i + 1);
  if (a instanceof PyAlias && (a.kind === "union" || a.kind === "literal" || a.origin instanceof PyForm))
    raise(E.TypeError, `Cannot subclass ${repr(a)}`);
  if (a instanceof PyAlias && a.kind === "annotated") return [a.origin];
  if (a.name !== null) {
    const out: Value[] = bases.includes(a.origin) ? [] : [a.origin];
    if (!after.some((b) => isAlias(b) || isGenericSubclass(b))) out.push(late.generic!);
    return out;
  }
  if (a.origin === late.generic) {
    if (bases.includes(late.protocol!)) return [];
    if (after.some((b) => isAlias(b) && b !== a)) return [];
  }
  return [a.origin];
}

const aliasGetters = {
  __origin__: (a: PyAlias): Value => a.origin,
  __args__: (a: PyAlias): Value => new PyTuple(a.args),
  __parameters__: (a: PyAlias): Value => a.parameters,
  _name: (a: PyAlias): Value =>
    a.name ??
    (a.kind === "union" ? (a.args.length === 2 && a.args.includes(noneType) ? "Optional" : "Union") : null),
  _inst: (a: PyAlias): Value => a.inst,
};

/** Attributes of the origin are the alias's, but for special names. */
function aliasAttribute(a: PyAlias | PySpecialAlias, name: string): Value | undefined {
  if (name === "__module__")
    return a.name !== null || (a instanceof PyAlias && a.origin instanceof PyForm)
      ? module
      : lookupAttr(a.origin, name);
  const own = genericGet(a, typeOf(a), name);
  if (own !== undefined) return own;
  if (FORWARD_NOT.has(name)) return undefined;
  if (name === "__name__" || name === "__qualname__") {
    if (a.name !== null) return a.name;
    if (a instanceof PyAlias && a.origin instanceof PyForm)
      return a.kind === "union" ? (aliasGetters._name(a) as string) : a.origin.name;
    return lookupAttr(a.origin, name);
  }
  if (isDunder(name)) return undefined;
  return lookupAttr(a.origin, name);
}

const baseAliasType = nativeType({ name: "_BaseGenericAlias", module, classMethods: noSubclasses });
export const genericAliasType = nativeType({
  name: "_GenericAlias",
  module,
  bases: [baseAliasType],
  host: PyAlias,
  hasDict: true,
  methods: aliasMethods,
  getters: aliasGetters,
});
const notIterable = { __iter__: null };
const kindType = (
  name: string,
  more: {
    readonly methods?: Record<string, NativeMethod>;
    readonly getters?: Record<string, (a: PyAlias) => Value>;
    readonly members?: Readonly<Record<string, Value>>;
  } = {},
): PyType => {
  const t = nativeType({ name, module, bases: [genericAliasType], hasDict: true, ...more });
  t.getAttro = aliasAttribute as PyType["getAttro"];
  return t;
};
genericAliasType.getAttro = aliasAttribute as PyType["getAttro"];
const aliasTypes: Record<AliasKind, PyType> = {
  generic: genericAliasType,
  union: kindType("_UnionGenericAlias", { members: notIterable }),
  literal: kindType("_LiteralGenericAlias"),
  annotated: kindType("_AnnotatedAlias", {
    members: notIterable,
    getters: { __metadata__: (a) => new PyTuple(a.metadata) },
  }),
  callable: kindType("_CallableGenericAlias", { members: notIterable }),
  concatenate: kindType("_ConcatenateGenericAlias"),
  unpack: kindType("_UnpackGenericAlias", {
    getters: {
      __typing_unpacked_tuple_args__: (a) => {
        const [of] = a.args;
        if (!(of instanceof PyGenericAlias || of instanceof PyAlias)) return null;
        if (!(of.origin instanceof PyType && of.origin.module === "builtins" && of.origin.name === "tuple"))
          raise(E.TypeError, "Unpack[...] must be used with a tuple type");
        return getAttr(of, "__args__");
      },
      __typing_is_unpacked_typevartuple__: (a) => a.args[0] instanceof PyTypeVarTuple,
    },
  }),
};
export { aliasTypes };

// List, Dict and the other names for classes elsewhere

export class PySpecialAlias {
  declare [TYPE]: PyType;
  readonly origin: Value;
  readonly nparams: number;
  readonly name: string;
  readonly inst: boolean;
  constructor(origin: Value, nparams: number, name: string, inst: boolean) {
    this.origin = origin;
    this.nparams = nparams;
    this.name = name;
    this.inst = inst;
  }
}
export const specials = new Map<string, PySpecialAlias>();

function subscriptSpecial(s: PySpecialAlias, key: Value): Value {
  if (s.name === "Callable") return callableAlias(s, key);
  const items = itemsOf(key);
  if (s.name === "Tuple") {
    if (items.length === 0) return new PyAlias("generic", s.origin, [], "Tuple", false);
    if (items.length >= 2 && items.at(-1) === Ellipsis) {
      return new PyAlias(
        "generic",
        s.origin,
        [...items.slice(0, -1).map((a) => checkType(a, "Tuple[t, ...]: t must be a type.")), Ellipsis],
        "Tuple",
        false,
      );
    }
    return new PyAlias(
      "generic",
      s.origin,
      items.map((a) => checkType(a, "Tuple[t0, t1, ...]: each t must be a type.")),
      "Tuple",
      false,
    );
  }
  const args = items.map((a) => checkType(a, "Parameters to generic types must be types."));
  checkArgumentCount(s, args.length, s.nparams);
  return new PyAlias("generic", s.origin, args, s.name, s.inst);
}

function callableAlias(s: PySpecialAlias, key: Value): Value {
  if (!(key instanceof PyTuple) || key.items.length !== 2)
    raise(E.TypeError, "Callable must be used as Callable[[arg, ...], result].");
  const [params, resultGiven] = key.items;
  const result = checkType(resultGiven, "Callable[args, result]: result must be a type.");
  // one parameter without its brackets is taken as it is
  const args =
    params instanceof PyList || params instanceof PyTuple
      ? params.items.map((v) => converted(v))
      : [converted(params)];
  return new PyAlias("callable", s.origin, [...args, result], "Callable", true);
}

const specialAliasType = nativeType({
  name: "_SpecialGenericAlias",
  module,
  bases: [baseAliasType],
  host: PySpecialAlias,
  methods: {
    __repr__: ["(self)", (s: PySpecialAlias) => `typing.${s.name}`],
    __getitem__: [
      "(self, params)",
      (s: PySpecialAlias, key: Value) => once(s, key, () => subscriptSpecial(s, key)),
    ],
    __call__: [
      "(self, /, *args, **kwargs)",
      (s: PySpecialAlias, args: readonly Value[], kwargs: Kwargs) => {
        if (!s.inst)
          raise(E.TypeError, `Type ${s.name} cannot be instantiated; use ${typeRepr(s.origin)}() instead`);
        return callVec(s.origin, [...args, ...kwargs.values()], [...kwargs.keys()]);
      },
    ],
    __or__: or,
    __ror__: ror,
    __instancecheck__: ["(self, obj)", (s: PySpecialAlias, v: Value) => isInstanceCheck(v, s.origin)],
    __subclasscheck__: [
      "(self, cls)",
      (s: PySpecialAlias, c: Value) => {
        if (c instanceof PySpecialAlias) return isSubclassCheck(c.origin, s.origin);
        if (!(c instanceof PyType)) raise(E.TypeError, "issubclass() arg 1 must be a class");
        return isSubclassCheck(c, s.origin);
      },
    ],
    __mro_entries__: [
      "(self, bases)",
      (s: PySpecialAlias, bases: PyTuple) => new PyTuple(mroEntries(s, bases.items)),
    ],
    __reduce__: ["(self)", (s: PySpecialAlias) => s.name],
    __setattr__: ["(self, attr, val)", setThrough],
    __dir__: ["(self)", dirThrough],
  },
  members: notIterable,
  getters: {
    __origin__: (s: PySpecialAlias) => s.origin,
    __parameters__: () => new PyTuple([]),
    _name: (s: PySpecialAlias) => s.name,
    _inst: (s: PySpecialAlias) => s.inst,
  },
});
specialAliasType.getAttro = aliasAttribute as PyType["getAttro"];
