// The module dataclasses.
//
// __init__ is compiled from Python source, as the real one is: its signature, its errors and its speed are those of a
// function written by hand. The other methods read the fields and are native.
// Behaviour: docs.python.org/3.11/library/dataclasses.html.
import {
  callMethod,
  genericSet,
  getAttr,
  getAttrOrUndefined,
  setAttr,
  typeSetAttr,
} from "../runtime/attributes.ts";
import { objectType } from "../runtime/base-types.ts";
import { call0, call1, callN, callVec } from "../runtime/call.ts";
import { eqTruth, ge, gt, le, lt } from "../runtime/comparison.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { hash } from "../runtime/hash.ts";
import { toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule, modules, PyModule } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  dictOf,
  asStr,
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
import { guardedRepr, repr } from "../runtime/repr.ts";
import { isTrue, length } from "../runtime/truth.ts";
import { newType } from "../runtime/type-type.ts";
import { PyMember } from "../runtime/slots.ts";
import { mappingProxyType, PyMappingProxy } from "../builtins/dict-type.ts";
import { dictOver, PyDict } from "../builtins/dict.ts";
import { PyGenericAlias, PyUnion } from "../builtins/generic-alias.ts";
import { hashTuple } from "../builtins/hashing.ts";
import { isIdentifier } from "../builtins/unicode.ts";
import { KEYWORDS } from "./namedtuple.ts";
import { makeClass, nativeMethod } from "./make-class.ts";
import { runPython } from "./python-source.ts";
import { updateAbstract } from "./abc.ts";

const module = "dataclasses";

export const frozenInstanceError = makeClass({
  name: "FrozenInstanceError",
  module,
  bases: [E.AttributeError],
});

/** A value that only stands for itself. */
function sentinel(type: string, shown?: string): Value {
  const t = makeClass({
    name: type,
    module,
    ...(shown === undefined ? {} : { methods: { __repr__: ["(self)", () => shown] as NativeMethod } }),
  });
  return call0(t);
}
const MISSING = sentinel("_MISSING_TYPE");
const HAS_FACTORY = sentinel("_HAS_DEFAULT_FACTORY_CLASS", "<factory>");
const KW_ONLY = sentinel("_KW_ONLY_TYPE");
type Kind = "_FIELD" | "_FIELD_CLASSVAR" | "_FIELD_INITVAR";

export class PyField {
  declare [TYPE]: PyType;
  name: Value = null;
  type: Value = null;
  default: Value = MISSING;
  factory: Value = MISSING;
  init = true;
  repr = true;
  /** null: as compare */
  hash: boolean | null = null;
  compare = true;
  metadata: Value = null;
  /** undefined: as the class says */
  kwOnly: boolean | undefined = undefined;
  kind: Kind | undefined = undefined;
}

const fieldType = nativeType({
  name: "Field",
  module,
  host: PyField,
  generic: true,
  methods: {
    __repr__: [
      "(self)",
      (f: PyField) =>
        guardedRepr(
          f,
          "...",
          () =>
            `Field(name=${repr(f.name)},type=${repr(f.type)},default=${repr(f.default)},default_factory=${repr(f.factory)},init=${repr(f.init)},repr=${repr(f.repr)},` +
            `hash=${repr(f.hash)},compare=${repr(f.compare)},metadata=${repr(f.metadata)},kw_only=${repr(f.kwOnly ?? MISSING)},_field_type=${f.kind ?? "None"})`,
        ),
    ],
    __set_name__: [
      "(self, owner, name)",
      (f: PyField, owner: Value, name: Value) => {
        const hook = typeOf(f.default).lookup("__set_name__");
        if (hook !== undefined && hook !== null) callMethod(f.default, "__set_name__", owner, name);
      },
    ],
  },
  getters: {
    name: { get: (f: PyField) => f.name, set: (f: PyField, v: Value) => void (f.name = v) },
    type: { get: (f: PyField) => f.type, set: (f: PyField, v: Value) => void (f.type = v) },
    default: { get: (f: PyField) => f.default, set: (f: PyField, v: Value) => void (f.default = v) },
    default_factory: { get: (f: PyField) => f.factory, set: (f: PyField, v: Value) => void (f.factory = v) },
    init: { get: (f: PyField) => f.init, set: (f: PyField, v: Value) => void (f.init = isTrue(v)) },
    repr: { get: (f: PyField) => f.repr, set: (f: PyField, v: Value) => void (f.repr = isTrue(v)) },
    hash: {
      get: (f: PyField) => f.hash,
      set: (f: PyField, v: Value) => void (f.hash = v === null ? null : isTrue(v)),
    },
    compare: { get: (f: PyField) => f.compare, set: (f: PyField, v: Value) => void (f.compare = isTrue(v)) },
    metadata: (f: PyField) => f.metadata,
    kw_only: {
      get: (f: PyField) => f.kwOnly ?? MISSING,
      set: (f: PyField, v: Value) => void (f.kwOnly = isTrue(v)),
    },
    _field_type: (f: PyField) => f.kind ?? null,
  },
});

const EMPTY = new PyMappingProxy(new PyDict());

function field(
  def: Value,
  factory: Value,
  init: Value,
  rep: Value,
  hashed: Value,
  compare: Value,
  metadata: Value,
  kwOnly: Value,
): PyField {
  if (def !== MISSING && factory !== MISSING)
    raise(E.ValueError, "cannot specify both default and default_factory");
  const f = new PyField();
  f.default = def;
  f.factory = factory;
  f.init = isTrue(init);
  f.repr = isTrue(rep);
  f.hash = hashed === null ? null : isTrue(hashed);
  f.compare = isTrue(compare);
  f.metadata = metadata === null ? EMPTY : call1(mappingProxyType, metadata);
  f.kwOnly = kwOnly === MISSING ? undefined : isTrue(kwOnly);
  return f;
}

// InitVar

class PyInitVar {
  declare [TYPE]: PyType;
  readonly type: Value;
  constructor(type: Value) {
    this.type = type;
  }
}
const initVarType: PyType = nativeType({
  name: "InitVar",
  module,
  host: PyInitVar,
  new: ["(cls, type)", (_cls: PyType, t: Value) => new PyInitVar(t)],
  methods: {
    __repr__: [
      "(self)",
      (v: PyInitVar) =>
        `dataclasses.InitVar[${v.type instanceof PyType && !((v.type as Value) instanceof PyGenericAlias) ? v.type.name : repr(v.type)}]`,
    ],
  },
  classMethods: { __class_getitem__: ["(cls, type)", (_cls: PyType, t: Value) => new PyInitVar(t)] },
  getters: { type: (v: PyInitVar) => v.type },
});

interface Params {
  readonly init: boolean;
  readonly repr: boolean;
  readonly eq: boolean;
  readonly order: boolean;
  readonly unsafeHash: boolean;
  readonly frozen: boolean;
  readonly matchArgs: boolean;
  readonly kwOnly: boolean;
  readonly slots: boolean;
  readonly weakrefSlot: boolean;
}

class PyParams {
  declare [TYPE]: PyType;
  readonly p: Params;
  constructor(p: Params) {
    this.p = p;
  }
}
const paramsRepr = ({ p }: PyParams): string =>
  `_DataclassParams(init=${repr(p.init)},repr=${repr(p.repr)},eq=${repr(p.eq)},order=${repr(p.order)},unsafe_hash=${repr(p.unsafeHash)},frozen=${repr(p.frozen)})`;
nativeType({
  name: "_DataclassParams",
  module,
  host: PyParams,
  methods: { __repr__: ["(self)", paramsRepr] },
  getters: {
    init: (x: PyParams) => x.p.init,
    repr: (x: PyParams) => x.p.repr,
    eq: (x: PyParams) => x.p.eq,
    order: (x: PyParams) => x.p.order,
    unsafe_hash: (x: PyParams) => x.p.unsafeHash,
    frozen: (x: PyParams) => x.p.frozen,
  },
});

const fieldsOf = (v: Value): PyDict | undefined => {
  const d = getAttrOrUndefined(v, "__dataclass_fields__");
  return d instanceof PyDict ? d : undefined;
};
/** The fields proper of a dataclass or instance, in order. */
export function realFields(v: Value): PyField[] | undefined {
  return (fieldsOf(v)?.values() as PyField[] | undefined)?.filter((f) => f.kind === "_FIELD");
}
const named = (f: PyField): string => f.name as string;

/** Is the annotation, perhaps as text, that special form of that module? */
function isForm(
  annotation: Value,
  cls: PyType,
  prefix: string,
  name: string,
  direct: (v: Value) => boolean,
): boolean {
  const text = asStr(annotation);
  if (text === undefined) return direct(annotation);
  const m = /^(?:\s*(\w+)\s*\.)?\s*(\w+)/.exec(text);
  if (!m) return false;
  const ns = (modules.get(cls.module) as PyModule | undefined)?.dict;
  if (m[1] === undefined) {
    const v = ns?.get(m[2]!);
    return v !== undefined && direct(v);
  }
  const owner = ns?.get(m[1]);
  return owner instanceof PyModule && owner.name === prefix && m[2] === name;
}

function isClassVar(v: Value): boolean {
  const typing = modules.get("typing");
  if (!(typing instanceof PyModule)) return false;
  const form = getAttr(typing, "ClassVar");
  return (
    v === form ||
    (typeof v === "object" &&
      v !== null &&
      !(v instanceof PyType) &&
      getAttrOrUndefined(v, "__origin__") === form)
  );
}
const isInitVar = (v: Value): boolean => v === initVarType || v instanceof PyInitVar;

/** The field of an annotated name of the class body. */
function collectField(cls: PyType, name: string, annotation: Value, kwOnlyHere: boolean): PyField {
  const own = getAttrOrUndefined(cls, name);
  let f: PyField;
  if (own instanceof PyField) f = own;
  else
    f = field(
      own === undefined || own instanceof PyMember ? MISSING : own,
      MISSING,
      true,
      true,
      null,
      true,
      null,
      MISSING,
    );
  f.name = name;
  f.type = annotation;
  f.kind = "_FIELD";
  if (isForm(annotation, cls, "typing", "ClassVar", isClassVar)) f.kind = "_FIELD_CLASSVAR";
  else if (isForm(annotation, cls, module, "InitVar", isInitVar)) f.kind = "_FIELD_INITVAR";
  if (f.kind !== "_FIELD" && f.factory !== MISSING)
    raise(E.TypeError, `field ${name} cannot have a default factory`);
  if (f.kind === "_FIELD_CLASSVAR") {
    if (f.kwOnly !== undefined) raise(E.TypeError, `field ${name} is a ClassVar but specifies kw_only`);
  } else f.kwOnly ??= kwOnlyHere;
  if (f.kind === "_FIELD" && f.default !== MISSING && typeOf(f.default).lookup("__hash__") === null) {
    raise(
      E.ValueError,
      `mutable default ${repr(typeOf(f.default))} for field ${name} is not allowed: use default_factory`,
    );
  }
  return f;
}

const hasDefault = (f: PyField): boolean => f.default !== MISSING || f.factory !== MISSING;

/** The source of `__init__`, and the values it refers to. */
function initSource(
  fields: readonly PyField[],
  frozen: boolean,
  postInit: boolean,
  selfName: string,
  slots: boolean,
): { source: string; values: Map<string, Value> } {
  const values = new Map<string, Value>([
    ["MISSING", MISSING],
    ["_HAS_DEFAULT_FACTORY", HAS_FACTORY],
    ["__dataclass_builtins_object__", objectType],
  ]);
  const std = fields.filter((f) => f.init && !f.kwOnly);
  const kw = fields.filter((f) => f.init && f.kwOnly);
  let seen = false;
  for (const f of std) {
    if (hasDefault(f)) seen = true;
    else if (seen) raise(E.TypeError, `non-default argument ${repr(f.name)} follows default argument`);
  }
  const parameter = (f: PyField): string => {
    const n = named(f);
    if (f.factory !== MISSING) return `${n}=_HAS_DEFAULT_FACTORY`;
    if (f.default === MISSING) return n;
    values.set(`_dflt_${n}`, f.default);
    return `${n}=_dflt_${n}`;
  };
  const assign = (n: string, v: string): string =>
    frozen
      ? `__dataclass_builtins_object__.__setattr__(${selfName}, ${JSON.stringify(n)}, ${v})`
      : `${selfName}.${n} = ${v}`;
  const body: string[] = [];
  for (const f of fields) {
    const n = named(f);
    let value: string | undefined;
    if (f.factory !== MISSING) {
      values.set(`_factory_${n}`, f.factory);
      value = f.init ? `_factory_${n}() if ${n} is _HAS_DEFAULT_FACTORY else ${n}` : `_factory_${n}()`;
    } else if (f.init) value = n;
    else if (slots && f.default !== MISSING) {
      values.set(`_dflt_${n}`, f.default);
      value = `_dflt_${n}`;
    }
    if (f.kind === "_FIELD_INITVAR" || value === undefined) continue;
    body.push(assign(n, value));
  }
  if (postInit)
    body.push(
      `${selfName}.__post_init__(${fields
        .filter((f) => f.kind === "_FIELD_INITVAR")
        .map(named)
        .join(", ")})`,
    );
  if (body.length === 0) body.push("pass");
  const params = [selfName, ...std.map(parameter), ...(kw.length > 0 ? ["*", ...kw.map(parameter)] : [])];
  const source = `def __create_fn__(${[...values.keys()].join(", ")}):\n def __init__(${params.join(", ")}):\n${body.map((l) => `  ${l}\n`).join("")} return __init__\n`;
  return { source, values };
}

function makeInit(cls: PyType, fields: readonly PyField[], p: Params): PyFunction {
  const selfName = fields.some((f) => f.name === "self") ? "__dataclass_self__" : "self";
  const { source, values } = initSource(
    fields,
    p.frozen,
    cls.lookup("__post_init__") !== undefined,
    selfName,
    p.slots,
  );
  // In the globals of the class's module, so that the function belongs there.
  const owner = modules.get(cls.module);
  const ns = runPython(cls.module, source, {}, "<string>");
  const f = callN(ns.get("__create_fn__")!, [...values.values()]) as PyFunction;
  if (owner instanceof PyModule) f.globals = dictOver(owner.dict);
  f.qualname = `${cls.qualname}.__init__`;
  const annotations = PyDict.from(
    fields
      .filter((x) => x.init)
      .map((x) => [x.name, x.type instanceof PyInitVar ? x.type.type : x.type] as const),
  );
  annotations.set("return", null);
  setAttr(f, "__annotations__", annotations);
  return f;
}

const tupleOf = (self: Value, fields: readonly PyField[]): PyTuple =>
  new PyTuple(fields.map((f) => getAttr(self, named(f))));

function put(cls: PyType, name: string, m: NativeMethod): boolean {
  if (cls.dict.has(name)) return false;
  cls.setAttr(name, nativeMethod(name, m, cls.module, cls));
  return true;
}

function addMethods(cls: PyType, p: Params, all: readonly PyField[], hadHash: boolean): void {
  const fields = all.filter((f) => f.kind === "_FIELD");
  if (p.init && !cls.dict.has("__init__"))
    cls.setAttr(
      "__init__",
      makeInit(
        cls,
        all.filter((f) => f.kind !== "_FIELD_CLASSVAR"),
        p,
      ),
    );
  else if (p.init) cls.setAttr("__init__", cls.dict.get("__init__")!);
  if (p.repr) {
    const shown = fields.filter((f) => f.repr).map(named);
    const shownAs = (self: Value): string =>
      `${typeOf(self).qualname}(${shown.map((n) => `${n}=${repr(getAttr(self, n))}`).join(", ")})`;
    if (put(cls, "__repr__", ["(self)", (self: Value) => guardedRepr(self, "...", () => shownAs(self))]))
      // by which pprint knows it from one that the program wrote
      dictOf(cls.dict.get("__repr__")!)!.set(
        "__wrapped__",
        nativeMethod("__repr__", ["(self)", shownAs], cls.module, cls),
      );
  }
  const compared = fields.filter((f) => f.compare);
  if (p.eq) {
    put(cls, "__eq__", [
      "(self, other)",
      (a: Value, b: Value) => {
        if (typeOf(a) !== typeOf(b)) return NotImplemented;
        if (a === b) return true;
        for (const f of compared) if (!eqTruth(getAttr(a, named(f)), getAttr(b, named(f)))) return false;
        return true;
      },
    ]);
  }
  if (p.order) {
    for (const [name, test] of [
      ["__lt__", lt],
      ["__le__", le],
      ["__gt__", gt],
      ["__ge__", ge],
    ] as const) {
      const made = put(cls, name, [
        "(self, other)",
        (a: Value, b: Value) =>
          typeOf(a) === typeOf(b) ? test(tupleOf(a, compared), tupleOf(b, compared)) : NotImplemented,
      ]);
      if (!made)
        raise(
          E.TypeError,
          `Cannot overwrite attribute ${name} in class ${cls.name}. Consider using functools.total_ordering`,
        );
    }
  }
  if (p.frozen) freeze(cls, fields);
  addHash(cls, p, fields, hadHash);
}

function freeze(cls: PyType, fields: readonly PyField[]): void {
  const names = new Set(fields.map(named));
  const guard = (name: string, verb: string, through: (self: Value, n: string, v: Value) => void): void => {
    const m: NativeMethod = [
      name === "__setattr__" ? "(self, name, value)" : "(self, name)",
      (self: Value, n: string, v: Value) => {
        if (typeOf(self) === cls || names.has(n))
          throw err(frozenInstanceError, `cannot ${verb} field ${repr(n)}`);
        through(self, n, v);
      },
    ];
    if (!put(cls, name, m)) raise(E.TypeError, `Cannot overwrite attribute ${name} in class ${cls.name}`);
  };
  const next = (name: string): Value =>
    cls.mro
      .slice(1)
      .find((c) => c.dict.has(name))!
      .dict.get(name)!;
  guard("__setattr__", "assign to", (self, n, v) => void callN(next("__setattr__"), [self, n, v]));
  guard("__delattr__", "delete", (self, n) => void callN(next("__delattr__"), [self, n]));
}

function addHash(cls: PyType, p: Params, fields: readonly PyField[], explicit: boolean): void {
  const hashed = fields.filter((f) => f.hash ?? f.compare);
  const make = (): void =>
    cls.setAttr(
      "__hash__",
      nativeMethod(
        "__hash__",
        ["(self)", (self: Value) => hashTuple(tupleOf(self, hashed).items, hash)],
        cls.module,
        cls,
      ),
    );
  if (p.unsafeHash) {
    if (explicit) raise(E.TypeError, `Cannot overwrite attribute __hash__ in class ${cls.name}`);
    make();
  } else if (p.eq && !explicit) {
    if (p.frozen) make();
    else cls.setAttr("__hash__", null);
  }
}

/** The text of an annotation as a signature shows it. */
function annotationText(v: Value): string {
  if (v instanceof PyType && !((v as Value) instanceof PyGenericAlias))
    return v.module === "builtins" ? v.qualname : `${v.module}.${v.qualname}`;
  if (v instanceof PyGenericAlias || v instanceof PyUnion) return repr(v);
  return repr(v).replaceAll("typing.", "");
}

function docOf(cls: PyType, fields: readonly PyField[]): string {
  const text = (f: PyField): string =>
    `${named(f)}: ${annotationText(f.type instanceof PyInitVar ? f.type.type : f.type)}${f.factory !== MISSING ? " = <factory>" : f.default !== MISSING ? ` = ${repr(f.default)}` : ""}`;
  const init = fields.filter((f) => f.init && f.kind !== "_FIELD_CLASSVAR");
  const kw = init.filter((f) => f.kwOnly);
  return `${cls.name}(${[...init.filter((f) => !f.kwOnly).map(text), ...(kw.length > 0 ? ["*", ...kw.map(text)] : [])].join(", ")})`;
}

function process(cls: PyType, p: Params): PyType {
  const fields = new PyDict();
  for (const b of cls.mro.slice(1).reverse()) {
    const inherited = b.dict.get("__dataclass_fields__");
    if (!(inherited instanceof PyDict)) continue;
    for (const f of inherited.values() as PyField[]) fields.set(f.name, f);
    const params = b.dict.get("__dataclass_params__");
    if (params instanceof PyParams) {
      if (params.p.frozen && !p.frozen)
        raise(E.TypeError, "cannot inherit non-frozen dataclass from a frozen one");
      if (!params.p.frozen && p.frozen)
        raise(E.TypeError, "cannot inherit frozen dataclass from a non-frozen one");
    }
  }
  const annotations = cls.dict.get("__annotations__");
  const own: PyField[] = [];
  let kwOnly = p.kwOnly;
  let seenMark = false;
  for (const [n, t] of annotations instanceof PyDict ? annotations.entries() : []) {
    const name = asStr(n)!;
    if (t === KW_ONLY || (asStr(t) !== undefined && /^(?:\w+\.)?KW_ONLY$/.test(asStr(t)!))) {
      if (seenMark) raise(E.TypeError, `${repr(name)} is KW_ONLY, but KW_ONLY has already been specified`);
      seenMark = kwOnly = true;
      continue;
    }
    own.push(collectField(cls, name, t, kwOnly));
  }
  for (const f of own) {
    fields.set(f.name, f);
    if (cls.dict.get(named(f)) instanceof PyField || getAttrOrUndefined(cls, named(f)) instanceof PyField) {
      if (f.default === MISSING) typeSetAttr(cls, named(f), undefined);
      else typeSetAttr(cls, named(f), f.default);
    }
  }
  for (const [n, v] of cls.dict) {
    if (v instanceof PyField && !(annotations instanceof PyDict && annotations.has(n)))
      raise(E.TypeError, `${repr(n)} is a field but has no type annotation`);
  }
  const h = cls.dict.get("__hash__");
  const explicitHash = !(h === undefined || (h === null && cls.dict.has("__eq__")));
  if (p.order && !p.eq) raise(E.ValueError, "eq must be true if order is true");
  cls.setAttr("__dataclass_fields__", fields);
  cls.setAttr("__dataclass_params__", new PyParams(p));
  const all = fields.values() as PyField[];
  addMethods(cls, p, all, explicitHash);
  if (cls.dict.get("__doc__") === null || cls.dict.get("__doc__") === undefined)
    cls.setAttr("__doc__", docOf(cls, all));
  if (p.matchArgs && !cls.dict.has("__match_args__")) {
    cls.setAttr(
      "__match_args__",
      new PyTuple(all.filter((f) => f.init && !f.kwOnly && f.kind !== "_FIELD_CLASSVAR").map((f) => f.name)),
    );
  }
  if (p.weakrefSlot && !p.slots) raise(E.TypeError, "weakref_slot is True but slots is False");
  const made = p.slots ? withSlots(cls, all, p) : cls;
  return made.lookup("__abstractmethods__") === undefined ? made : updateAbstract(made);
}

/** How instances that cannot be written to are copied and pickled: their values, in the fields' order. */
const FROZEN_STATE: Readonly<Record<string, NativeMethod>> = {
  __getstate__: [
    "(self)",
    (self: Value) => new PyList(realFields(self)!.map((f) => getAttr(self, named(f)))),
  ],
  __setstate__: [
    "(self, state)",
    (self: Value, state: Value) => {
      const values = toArray(state);
      for (const [i, f] of realFields(self)!.entries())
        if (i < values.length) genericSet(self, typeOf(self), named(f), values[i]);
    },
  ],
};

/** What a class says of its own slots. */
function slotsOf(cls: PyType): (string | undefined)[] {
  const slots = cls.dict.get("__slots__") ?? null;
  if (slots === null) return [];
  const one = asStr(slots);
  if (one !== undefined) return [one];
  if (
    getAttrOrUndefined(slots, "__next__") !== undefined ||
    getAttrOrUndefined(slots, "__iter__") === undefined
  )
    raise(E.TypeError, `Slots of '${cls.name}' cannot be determined`);
  return toArray(slots).map(asStr);
}

/** The class made anew with `__slots__`. */
function withSlots(cls: PyType, all: readonly PyField[], p: Params): PyType {
  if (cls.dict.has("__slots__")) raise(E.TypeError, `${cls.name} already specifies __slots__`);
  const names = all.filter((f) => f.kind === "_FIELD").map(named);
  const inherited = new Set(cls.mro.slice(1, -1).flatMap(slotsOf));
  const ns: Namespace = new Map(cls.dict);
  const slots = [...names, ...(p.weakrefSlot ? ["__weakref__"] : [])];
  ns.set("__slots__", new PyTuple(slots.filter((n) => !inherited.has(n))));
  if (p.frozen)
    for (const [n, m] of Object.entries(FROZEN_STATE))
      if (!ns.has(n)) ns.set(n, nativeMethod(n, m, module, cls));
  for (const n of names) ns.delete(n);
  ns.delete("__dict__");
  ns.delete("__weakref__");
  ns.set("__qualname__", cls.qualname);
  const made = newType(cls[TYPE], cls.name, cls.bases, ns, new Map());
  for (const b of cls.bases) {
    const i = b.subclasses.indexOf(cls);
    if (i >= 0) b.subclasses.splice(i, 1);
  }
  // super() without arguments in methods must find the new class.
  for (const v of made.dict.values()) {
    const f = v instanceof PyFunction ? v : undefined;
    const closure = f && getAttrOrUndefined(f, "__closure__");
    if (closure instanceof PyTuple) {
      for (const cell of closure.items)
        if (getAttrOrUndefined(cell, "cell_contents") === cls) setAttr(cell, "cell_contents", made);
    }
  }
  return made;
}

function dataclass(cls: Value, p: Params): Value {
  if (cls === null) return nativeFunction("wrap", ["(cls)", (c: PyType) => process(c, p)], module);
  if (!(cls instanceof PyType))
    raise(E.AttributeError, `'${typeOf(cls).name}' object has no attribute '__mro__'`);
  return process(cls, p);
}

const isInstance = (v: Value): boolean => fieldsOf(typeOf(v)) !== undefined;

/** Values of asdict and astuple, containers copied. */
function convert(v: Value, factory: Value, asDict: boolean): Value {
  if (isInstance(v)) {
    const fields = realFields(v)!;
    if (!asDict)
      return callN(factory, [new PyList(fields.map((f) => convert(getAttr(v, named(f)), factory, asDict)))]);
    const pairs = fields.map((f) => new PyTuple([f.name, convert(getAttr(v, named(f)), factory, asDict)]));
    return call1(factory, new PyList(pairs));
  }
  if (v instanceof PyTuple) {
    const items = v.items.map((x) => convert(x, factory, asDict));
    if (typeOf(v).lookup("_fields") !== undefined) return callN(typeOf(v), items);
    return v[TYPE].heap ? call1(v[TYPE], new PyTuple(items)) : new PyTuple(items);
  }
  if (v instanceof PyList) {
    const items = new PyList(v.items.map((x) => convert(x, factory, asDict)));
    return v[TYPE].heap ? call1(v[TYPE], items) : items;
  }
  if (v instanceof PyDict) {
    const entries = v
      .entries()
      .map(([k, x]) => [convert(k, factory, asDict), convert(x, factory, asDict)] as const);
    if (v[TYPE] === PyDict.prototype[TYPE]) return PyDict.from(entries);
    const f = getAttrOrUndefined(v, "default_factory");
    if (f !== undefined) {
      const out = call1(v[TYPE], f) as PyDict;
      for (const [k, x] of entries) out.set(k, x);
      return out;
    }
    return call1(v[TYPE], new PyList(entries.map((e) => new PyTuple(e))));
  }
  return callN(getAttr(importModule("copy"), "deepcopy"), [v]);
}

function replace(obj: Value, changes: Kwargs): Value {
  if (obj instanceof PyType || !isInstance(obj))
    raise(E.TypeError, "replace() should be called on dataclass instances");
  for (const f of fieldsOf(obj)!.values() as PyField[]) {
    const n = named(f);
    if (f.kind === "_FIELD_CLASSVAR") continue;
    if (!f.init) {
      if (changes.has(n))
        raise(E.ValueError, `field ${n} is declared with init=False, it cannot be specified with replace()`);
      continue;
    }
    if (!changes.has(n)) {
      if (f.kind === "_FIELD_INITVAR" && f.default === MISSING)
        raise(E.ValueError, `InitVar ${repr(n)} must be specified with replace()`);
      changes.set(n, getAttr(obj, n));
    }
  }
  return callVec(typeOf(obj), [...changes.values()], [...changes.keys()]);
}

function makeDataclass(
  name: Value,
  given: Value,
  bases: Value,
  namespace: Value,
  moduleName: Value,
  p: Params,
): Value {
  const annotations = new PyDict();
  const defaults = new Map<string, Value>();
  const seen = new Set<string>();
  for (const item of toArray(given)) {
    const alone = asStr(item) !== undefined;
    if (!alone && ![2, 3].includes(length(item))) raise(E.TypeError, `Invalid field: ${repr(item)}`);
    const parts = alone ? [item] : toArray(item);
    const n = asStr(parts[0]);
    if (n === undefined || !isIdentifier(n))
      raise(E.TypeError, `Field names must be valid identifiers: ${repr(parts[0])}`);
    if (KEYWORDS.has(n)) raise(E.TypeError, `Field names must not be keywords: ${repr(n)}`);
    if (seen.has(n)) raise(E.TypeError, `Field name duplicated: ${repr(n)}`);
    seen.add(n);
    annotations.set(n, parts.length === 1 ? "typing.Any" : parts[1]);
    if (parts.length === 3) defaults.set(n, parts[2]);
  }
  const ns: Namespace = new Map(
    namespace === null ? [] : (late.namespaceOf(namespace) ?? new Map<string, Value>()),
  );
  for (const [n, v] of defaults) ns.set(n, v);
  ns.set("__annotations__", annotations);
  ns.set("__module__", moduleName ?? "types");
  const fill = nativeFunction("exec_body_callback", [
    "(ns)",
    (body: PyDict) => {
      for (const [n, v] of ns) body.set(n, v);
    },
  ]);
  const cls = callMethod(importModule("types"), "new_class", name, bases, new PyDict(), fill);
  return process(cls as PyType, p);
}

const OPTIONS =
  "init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False";
const params = (v: readonly Value[]): Params => {
  const [init, rep, eq, order, unsafeHash, frozen, matchArgs, kwOnly, slots, weakrefSlot] = v.map(isTrue) as [
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  return { init, repr: rep, eq, order, unsafeHash, frozen, matchArgs, kwOnly, slots, weakrefSlot };
};

defineModule("dataclasses", () => ({
  name: "dataclasses",
  doc: "Classes made of annotated fields.",
  functions: {
    dataclass: [
      `(cls=None, /, *, ${OPTIONS})`,
      (cls: Value, ...options: Value[]) => dataclass(cls, params(options)),
      "Decorator: methods made of the class's annotated fields.",
    ],
    field: [
      "(*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=...)",
      (
        d: Value | undefined,
        f: Value | undefined,
        i: Value,
        r: Value,
        h: Value,
        c: Value,
        m: Value,
        k: Value | undefined,
      ) => field(d === undefined ? MISSING : d, f ?? MISSING, i, r, h, c, m, k ?? MISSING),
      "What is special about a field.",
    ],
    fields: [
      "(class_or_instance)",
      (v: Value) => {
        const f = realFields(v);
        if (!f) raise(E.TypeError, "must be called with a dataclass type or instance");
        return new PyTuple(f);
      },
      "The fields of a dataclass.",
    ],
    is_dataclass: [
      "(obj)",
      (v: Value) => fieldsOf(v instanceof PyType ? v : typeOf(v)) !== undefined,
      "Whether it is a dataclass or an instance of one.",
    ],
    asdict: [
      "(obj, *, dict_factory=...)",
      (v: Value, f: Value | undefined) => {
        if (!isInstance(v)) raise(E.TypeError, "asdict() should be called on dataclass instances");
        return convert(v, f ?? PyDict.prototype[TYPE], true);
      },
      "The fields as a dict, deep.",
    ],
    astuple: [
      "(obj, *, tuple_factory=...)",
      (v: Value, f: Value | undefined) => {
        if (!isInstance(v)) raise(E.TypeError, "astuple() should be called on dataclass instances");
        return convert(v, f ?? PyTuple.prototype[TYPE], false);
      },
      "The fields as a tuple, deep.",
    ],
    replace: ["(obj, /, **changes)", replace, "A copy with some fields changed."],
    make_dataclass: [
      `(cls_name, fields, *, bases=(), namespace=None, ${OPTIONS}, module=None)`,
      (name: Value, f: Value, bases: Value, ns: Value, ...rest: Value[]) =>
        makeDataclass(name, f, bases, ns, rest.at(-1) ?? null, params(rest.slice(0, -1))),
      "A dataclass made of names and types.",
    ],
  },
  members: {
    Field: fieldType,
    FrozenInstanceError: frozenInstanceError,
    InitVar: initVarType,
    KW_ONLY,
    MISSING,
  },
}));
