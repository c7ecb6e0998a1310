// The metaclass of enumerations: how a class body becomes members, and what the class itself can do.
//
// The members live in the class dictionary under CPython's names (`_member_map_`, `_value2member_map_` …), so that
// programs that look there find them; enum-parts.ts reads them.
// Behaviour: docs.python.org/3.11/library/enum.html, howto/enum.html.
import {
  attributeError,
  callMethod,
  getAttr,
  getAttrOrUndefined,
  hasAttr,
  setAttr,
  typeSetAttr,
} from "../runtime/attributes.ts";
import { objectType, typeType } from "../runtime/base-types.ts";
import { callN } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, err, excInfo, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { NativeIterator, toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asStr,
  asInt,
  type Kwargs,
  type Namespace,
  PyList,
  type PyObject,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { PyStaticMethod, propertyType } from "../runtime/descriptors.ts";
import { repr } from "../runtime/repr.ts";
import { newType } from "../runtime/type-type.ts";
import { dictType, PyMappingProxy } from "../builtins/dict-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { type Int, orInt } from "../builtins/int-math.ts";
import { sortedArray } from "../builtins/functions.ts";
import { callerModule } from "./namedtuple.ts";
import {
  canonicalMembers,
  isBoundary,
  isSingleBit,
  mapOf,
  maskOf,
  memberNames,
  nameOf,
  valueOf,
} from "./enum-parts.ts";
import { PyEnumProperty } from "./enum-property.ts";
import { makeClass } from "./make-class.ts";

const isDunder = (n: string): boolean =>
  n.length > 4 && n.startsWith("__") && n.endsWith("__") && n[2] !== "_" && n.at(-3) !== "_";
const isSunder = (n: string): boolean =>
  n.length > 2 && n[0] === "_" && n.at(-1) === "_" && n[1] !== "_" && n.at(-2) !== "_";
function isPrivate(cls: string, n: string): boolean {
  const prefix = `_${cls}__`;
  return n.length > prefix.length && n.startsWith(prefix) && !n.endsWith("__");
}
const KNOWN_SUNDERS = new Set([
  "_order_",
  "_generate_next_value_",
  "_numeric_repr_",
  "_missing_",
  "_ignore_",
  "_iter_member_",
  "_iter_member_by_value_",
  "_iter_member_by_def_",
]);

// auto, member, nonmember

class PyAuto {
  declare [TYPE]: PyType;
  value: Value | undefined = undefined;
}
export const autoType = nativeType({
  name: "auto",
  module: "enum",
  doc: "A value chosen by _generate_next_value_.",
  host: PyAuto,
  new: ["(cls, /, *args, **kwargs)", () => new PyAuto()],
  init: ["(self, value=...)", (self: PyAuto, v: Value | undefined) => void (self.value = v)],
  methods: {
    __repr__: [
      "(self)",
      (self: PyAuto) => `auto(${self.value === undefined ? "_auto_null" : repr(self.value)})`,
    ],
  },
  getters: {
    value: {
      get: (self: PyAuto) => self.value ?? null,
      set: (self: PyAuto, v: Value) => void (self.value = v),
    },
  },
});

const holder = (name: string, doc: string): PyType =>
  makeClass({
    name,
    module: "enum",
    doc,
    init: ["(self, value)", (self: PyObject, v: Value) => setAttr(self, "value", v)],
  });
export const memberType = holder("member", "What is wrapped in it becomes a member.");
export const nonmemberType = holder("nonmember", "What is wrapped in it does not become a member.");

// the namespace of a class body

export class PyEnumDict extends PyDict {
  clsName = "";
  readonly memberNames: string[] = [];
  readonly lastValues: Value[] = [];
  ignore: string[] = [];
  autoCalled = false;
  generate: Value = null;

  /** None: assignments must come through assign(). */
  override asNamespace(): undefined {
    return undefined;
  }

  /** An assignment in the class body. @throws TypeError, ValueError */
  assign(key: Value, given: Value): void {
    let name = asStr(key);
    if (name === undefined) {
      this.set(key, given);
      return;
    }
    let value = given;
    if (isPrivate(this.clsName, name)) {
      // stays an ordinary attribute
    } else if (isSunder(name)) {
      if (!KNOWN_SUNDERS.has(name))
        raise(E.ValueError, `_sunder_ names, such as ${repr(name)}, are reserved for future Enum use`);
      if (name === "_generate_next_value_") {
        if (this.autoCalled) raise(E.TypeError, "_generate_next_value_ must be defined before members");
        this.generate = value instanceof PyStaticMethod ? value.func : value;
      } else if (name === "_ignore_") {
        const text = asStr(value);
        this.ignore =
          text === undefined
            ? toArray(value).map((v) => asStr(v) ?? repr(v))
            : text.replaceAll(",", " ").split(/\s+/).filter(Boolean);
        value = new PyList([...this.ignore]);
        const already = this.ignore.filter((n) => this.memberNames.includes(n));
        if (already.length > 0)
          raise(
            E.ValueError,
            `_ignore_ cannot specify already set names: {${already.map((n) => repr(n)).join(", ")}}`,
          );
      }
    } else if (isDunder(name)) {
      if (name === "__order__") name = "_order_";
    } else if (this.memberNames.includes(name)) {
      raise(E.TypeError, `${repr(name)} already defined as ${repr(this.get(name))}`);
    } else if (this.ignore.includes(name)) {
      // thrown away later
    } else if (isA(value, nonmemberType)) {
      value = getAttr(value, "value");
    } else if (!isDescriptor(value)) {
      if (this.has(name)) raise(E.TypeError, `${repr(name)} already defined as ${repr(this.get(name))}`);
      if (isA(value, memberType)) value = getAttr(value, "value");
      value = this.settleAuto(name, value);
      this.memberNames.push(name);
    }
    this.set(name, value);
  }

  /** The value with every auto() in it replaced, and remembered for the next one. */
  private settleAuto(name: string, value: Value): Value {
    if (value instanceof PyAuto) {
      const v = this.autoValue(name, value);
      this.lastValues.push(v);
      return v;
    }
    if (value instanceof PyTuple && !value[TYPE].heap && value.items.some((v) => v instanceof PyAuto)) {
      const items = value.items.map((v) => {
        if (!(v instanceof PyAuto)) return v;
        const made = this.autoValue(name, v);
        this.lastValues.push(made);
        return made;
      });
      return new PyTuple(items);
    }
    this.lastValues.push(value);
    return value;
  }

  private autoValue(name: string, a: PyAuto): Value {
    if (a.value === undefined) {
      a.value = callN(this.generate, [name, 1, this.memberNames.length, new PyList([...this.lastValues])]);
      this.autoCalled = true;
    }
    return a.value;
  }
}

const isA = (v: Value, t: PyType): boolean => typeof v === "object" && v !== null && typeOf(v).isSubtypeOf(t);

function isDescriptor(v: Value): boolean {
  if (v instanceof PyFunction) return true;
  if (typeof v !== "object" || v === null) return false;
  if (v instanceof PyType) return hasAttr(v, "__get__") || hasAttr(v, "__set__") || hasAttr(v, "__delete__");
  const t = typeOf(v);
  return (
    t.descriptor !== undefined ||
    t.lookup("__get__") !== undefined ||
    t.lookup("__set__") !== undefined ||
    t.lookup("__delete__") !== undefined
  );
}

nativeType({
  name: "EnumDict",
  module: "enum",
  bases: [dictType],
  host: PyEnumDict,
  hasDict: true,
  // metaclasses make another to put the members in otherwise: type(classdict)()
  new: ["(cls, /, *args, **kwargs)", () => new PyEnumDict()],
  init: ["(self)", () => undefined],
  methods: {
    __setitem__: ["(self, key, value)", (d: PyEnumDict, k: Value, v: Value) => d.assign(k, v)],
    update: [
      "(self, members, **more_members)",
      (d: PyEnumDict, members: Value, more: Kwargs) => {
        for (const [k, v] of late.entries(members) ??
          toArray(members).map((p) => toArray(p) as [Value, Value]))
          d.assign(k, v);
        for (const [k, v] of more) d.assign(k, v);
      },
    ],
  },
  getters: {
    _member_names: (d: PyEnumDict) => late.dict(new Map(d.memberNames.map((n) => [n, null]))),
    _last_values: (d: PyEnumDict) => new PyList([...d.lastValues]),
    _cls_name: {
      get: (d: PyEnumDict) => d.clsName,
      set: (d: PyEnumDict, v: Value) => void (d.clsName = asStr(v) ?? ""),
    },
  },
});

/** Set once enum.ts has made them. */
export const base: { Enum: PyType | undefined; Flag: PyType | undefined; ReprEnum: PyType | undefined } = {
  Enum: undefined,
  Flag: undefined,
  ReprEnum: undefined,
};

function isFlag(cls: PyType): boolean {
  if (!(cls instanceof PyType)) raise(E.TypeError, "issubclass() arg 1 must be a class");
  return base.Flag !== undefined && cls.isSubtypeOf(base.Flag);
}

// making an enum class

function checkNotExtended(name: string, bases: readonly PyType[]): void {
  for (const b of bases) {
    for (const c of b.mro) {
      if (isEnumType(c) && memberNames(c).length > 0)
        raise(E.TypeError, `<enum ${repr(name)}> cannot extend ${repr(c)}`);
    }
  }
}

const isEnumType = (t: PyType): boolean => t[TYPE].isSubtypeOf(enumMeta);

function mixins(name: string, bases: readonly PyType[]): { dataType: PyType; firstEnum: PyType | undefined } {
  if (bases.length === 0) return { dataType: objectType, firstEnum: base.Enum };
  checkNotExtended(name, bases);
  const firstEnum = bases.at(-1)!;
  if (!isEnumType(firstEnum)) {
    if (base.Enum === undefined) return { dataType: objectType, firstEnum: undefined };
    raise(
      E.TypeError,
      "new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`",
    );
  }
  const found = new Set<PyType>();
  for (const b of bases) {
    let candidate: PyType | undefined;
    for (const c of b.mro) {
      if (c === objectType) continue;
      if (isEnumType(c)) {
        const t = c.lookup("_member_type_");
        if (t instanceof PyType && t !== objectType) {
          found.add(t);
          break;
        }
      } else if (c.dict.has("__new__") || c.dict.has("__dataclass_fields__")) {
        found.add(candidate ?? c);
        break;
      } else candidate ??= c;
    }
  }
  if (found.size > 1)
    raise(
      E.TypeError,
      `too many data types for ${repr(name)}: {${[...found].map((t) => repr(t)).join(", ")}}`,
    );
  return { dataType: [...found][0] ?? objectType, firstEnum };
}

/** What shows a member's value in its repr. */
function valueRepr(bases: readonly PyType[]): Value {
  for (const b of bases) {
    for (const c of b.mro) {
      if (c === objectType) continue;
      if (isEnumType(c)) return c.lookup("_value_repr_") ?? null;
      const r = c.dict.get("__repr__");
      if (r !== undefined) return r;
    }
  }
  return null;
}

/** How members are made: the `__new__` to use, and whether it is given the value. */
function findNew(
  ns: Namespace,
  dataType: PyType,
  firstEnum: PyType | undefined,
): { make: Value; save: boolean; useArgs: boolean } {
  const plainNew = objectType.dict.get("__new__")!;
  const enumNew = base.Enum?.dict.get("__new__");
  const own = ns.get("__new__");
  let make: Value | undefined = own;
  if (make === undefined) {
    search: for (const method of ["__new_member__", "__new__"]) {
      for (const possible of [dataType, firstEnum]) {
        const target = possible && getAttrOrUndefined(possible, method);
        if (target === undefined || target === null || target === plainNew || target === enumNew) continue;
        make = target;
        break search;
      }
    }
    make ??= plainNew;
  }
  return {
    make,
    save: firstEnum !== undefined && own !== undefined,
    useArgs: firstEnum !== undefined && make !== plainNew && make !== enumNew,
  };
}

/** Stands for a member while the class is made: `__set_name__` puts the member in its place. */
class ProtoMember {
  declare [TYPE]: PyType;
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}
nativeType({
  name: "_proto_member",
  module: "enum",
  host: ProtoMember,
  methods: {
    __set_name__: [
      "(self, enum_class, member_name)",
      (p: ProtoMember, cls: PyType, name: string) => makeMember(cls, name, p.value),
    ],
  },
});

/** Make a member without a value yet, by the class's way of making them. */
function newMember(cls: PyType, args: readonly Value[]): Value {
  const make = cls.lookup("_new_member_")!;
  const useArgs = cls.lookup("_use_args_") === true;
  const f = make instanceof PyStaticMethod ? make.func : make;
  return callN(f, useArgs ? [cls, ...args] : [cls]);
}

function makeMember(cls: PyType, name: string, given: Value): void {
  cls.deleteAttr(name);
  const dataType = cls.lookup("_member_type_") as PyType;
  let args: readonly Value[] = given instanceof PyTuple ? given.items : [given];
  if (dataType.name === "tuple" && !dataType.heap) args = [new PyTuple(args)];
  let member = newMember(cls, args);
  if (getAttrOrUndefined(member, "_value_") === undefined) {
    let value = given;
    if (dataType !== objectType) {
      try {
        value = callN(dataType, args);
      } catch (e) {
        const made = err(E.TypeError, "_value_ not set in __new__, unable to create it");
        excInfo(made).cause = e as Value;
        throw made;
      }
    }
    setAttr(member, "_value_", value);
  }
  const value = getAttr(member, "_value_");
  setAttr(member, "_name_", name);
  setAttr(member, "__objclass__", cls);
  const init = cls.lookup("__init__");
  if (init !== base.Enum?.dict.get("__init__") && init !== objectType.dict.get("__init__"))
    callMethod(member, "__init__", ...args);
  const names = cls.dict.get("_member_names_") as PyList;
  setAttr(member, "_sort_order_", names.items.length);
  const flag = isFlag(cls);
  if (flag) {
    const n = asInt(value);
    if (n !== undefined) {
      const mask = orInt(maskOf(cls, "_flag_mask_"), n);
      cls.dict.set("_flag_mask_", mask);
      if (isSingleBit(n)) cls.dict.set("_singles_mask_", orInt(maskOf(cls, "_singles_mask_"), n));
      cls.dict.set("_all_bits_", allBits(mask));
      cls.changed();
    }
  }
  const map = cls.dict.get("_member_map_") as PyDict;
  const byValue = cls.dict.get("_value2member_map_") as PyDict;
  const unhashable = cls.dict.get("_unhashable_values_") as PyList;
  let known: Value | undefined;
  let hashable = true;
  try {
    known = byValue.get(value);
  } catch (e) {
    if (!isInstanceOf(e, E.TypeError)) throw e;
    hashable = false;
    known = map.values().find((m) => eqTruth(valueOf(m), value));
  }
  if (known !== undefined) member = known;
  else if (!flag || isSingleBit(asInt(value) ?? 0)) names.items.push(name);
  cls.setAttr(name, redirectFor(cls, name, member) ?? member);
  map.set(name, member);
  if (hashable) {
    if (known === undefined) byValue.set(value, member);
  } else unhashable.items.push(value);
}

function allBits(mask: Int): Int {
  const bits = BigInt(mask).toString(2).length;
  const n = (1n << BigInt(bits)) - 1n;
  return mask === 0 ? 0 : n <= 9007199254740991n ? Number(n) : n;
}

/** Where a base has a property of the member's name, both must stay reachable. */
function redirectFor(cls: PyType, name: string, _member: Value): PyEnumProperty | undefined {
  let found: Value | undefined;
  for (const b of cls.mro.slice(1)) {
    const d = b.dict.get(name);
    if (d === undefined) continue;
    if (d instanceof PyEnumProperty) {
      found = d;
      break;
    }
    if (typeof d === "object" && d !== null && typeOf(d).isSubtypeOf(propertyType)) found = d;
  }
  if (found === undefined) return undefined;
  const p = new PyEnumProperty();
  if (found instanceof PyEnumProperty) {
    p.native = found.native;
    p.fget = found.fget;
    p.fset = found.fset;
    p.fdel = found.fdel;
  } else {
    p.fget = getAttr(found, "fget");
    p.fset = getAttr(found, "fset");
    p.fdel = getAttr(found, "fdel");
  }
  p.name = name;
  p.clsname = cls.name;
  return p;
}

const FLAG_PARTS = ["_boundary_", "_flag_mask_", "_singles_mask_", "_all_bits_", "_inverted_"];
const FLAG_METHODS = ["__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"];

/** EnumType.__new__ */
function createEnum(
  meta: PyType,
  nameGiven: Value,
  basesGiven: Value,
  body: Value,
  boundary: Value,
  kwargs: Kwargs,
): PyType {
  const name = asStr(nameGiven)!;
  const bases = toArray(basesGiven) as PyType[];
  if (!(body instanceof PyEnumDict))
    throw attributeError(
      `'${typeOf(body).name}' object has no attribute '_member_names'`,
      body,
      "_member_names",
    );
  for (const n of [...body.ignore, "_ignore_"]) body.delete(n);
  const bad = body.memberNames.filter((n) => n === "mro" || n === "");
  if (bad.length > 0) raise(E.ValueError, `invalid enum member name(s) ${bad.map((n) => repr(n)).join(",")}`);
  const order = body.pop("_order_");
  const { dataType, firstEnum } = mixins(name, bases);
  const ns: Namespace = new Map(body.map as Namespace);
  const { make, save, useArgs } = findNew(ns, dataType, firstEnum);
  const members = body.memberNames.filter((n) => ns.has(n));
  for (const n of members) ns.set(n, new ProtoMember(ns.get(n)));
  ns.set("_new_member_", make instanceof PyFunction ? staticMethod(make) : make);
  ns.set("_use_args_", useArgs);
  ns.set("_member_names_", new PyList([]));
  ns.set("_member_map_", new PyDict());
  ns.set("_value2member_map_", new PyDict());
  ns.set("_unhashable_values_", new PyList([]));
  ns.set("_member_type_", dataType);
  const shown = valueRepr(bases);
  ns.set("_value_repr_", shown instanceof PyFunction ? staticMethod(shown) : shown);
  ns.set("_boundary_", boundary ?? firstEnum?.lookup("_boundary_") ?? null);
  ns.set("_flag_mask_", 0);
  ns.set("_singles_mask_", 0);
  ns.set("_all_bits_", 0);
  ns.set("_inverted_", null);
  if (!ns.has("__doc__")) ns.set("__doc__", null);
  // Members come into being in order, before __init_subclass__ runs.
  let cls: PyType;
  try {
    cls = newType(meta, name, bases, ns, kwargs);
  } catch (e) {
    if (isInstanceOf(e, E.RuntimeError) && excInfo(e).cause !== null) throw excInfo(e).cause;
    throw e;
  }
  settleMethods(cls, bases, dataType, firstEnum);
  if (base.Enum) {
    if (save) cls.setAttr("__new_member__", cls.dict.get("__new__")!);
    cls.setAttr("__new__", base.Enum.dict.get("__new__")!);
  }
  if (isFlag(cls) || (base.Flag === undefined && name === "Flag")) {
    const values = canonicalMembers(cls).map((m) => asInt(valueOf(m)) ?? 0);
    if (values.some((v, i) => i > 0 && v < values[i - 1]!))
      cls.setAttr("_iter_member_", cls.lookup("_iter_member_by_def_")!);
  } else {
    for (const n of FLAG_PARTS) cls.deleteAttr(n);
  }
  if (order !== undefined) checkOrder(cls, order);
  return cls;
}

function staticMethod(f: Value): PyStaticMethod {
  const s = new PyStaticMethod();
  s.func = f;
  return s;
}

/** Which of the data type's and the enum's methods win. */
function settleMethods(
  cls: PyType,
  bases: readonly PyType[],
  dataType: PyType,
  firstEnum: PyType | undefined,
): void {
  if (base.ReprEnum && bases.includes(base.ReprEnum)) {
    if (dataType === objectType)
      raise(E.TypeError, "ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)");
    if (!cls.dict.has("__format__")) cls.setAttr("__format__", dataType.lookup("__format__")!);
    if (!cls.dict.has("__str__")) {
      const s = dataType.lookup("__str__")!;
      cls.setAttr("__str__", s === objectType.dict.get("__str__") ? dataType.lookup("__repr__")! : s);
    }
  }
  if (firstEnum) {
    for (const n of ["__repr__", "__str__", "__format__", "__reduce_ex__"]) {
      if (cls.dict.has(n)) continue;
      const found = cls.lookup(n);
      if (found === dataType.lookup(n) || found === objectType.lookup(n)) {
        const own = firstEnum.lookup(n)!;
        if (own !== found) cls.setAttr(n, own);
      }
    }
  }
  if (isFlag(cls)) for (const n of FLAG_METHODS) if (!cls.dict.has(n)) cls.setAttr(n, base.Flag!.lookup(n)!);
}

function checkOrder(cls: PyType, given: Value): void {
  const text = asStr(given);
  const map = mapOf(cls, "_member_map_")!;
  const names = memberNames(cls);
  const order = (
    text === undefined
      ? toArray(given).map((v) => asStr(v) ?? repr(v))
      : text.replaceAll(",", " ").split(/\s+/).filter(Boolean)
  ).filter((o) => !map.has(o) || names.includes(o));
  if (order.length !== names.length || order.some((o, i) => o !== names[i])) {
    raise(
      E.TypeError,
      `member order does not match _order_:\n  ${repr(new PyList([...names]))}\n  ${repr(new PyList(order))}`,
    );
  }
}

/** The functional form: `Enum("Colour", "RED GREEN")`. */
function createFromNames(
  cls: PyType,
  name: Value,
  names: Value,
  module: Value,
  qualname: Value,
  type: Value,
  start: Value,
  boundary: Value,
): Value {
  const meta = cls[TYPE];
  const bases = type === null ? [cls] : [type as PyType, cls];
  const { firstEnum } = mixins(asStr(name) ?? "", bases);
  const ns = prepare(asStr(name) ?? "", bases);
  const text = asStr(names);
  let list: Value[] =
    text !== undefined
      ? text.replaceAll(",", " ").split(/\s+/).filter(Boolean)
      : names === null
        ? []
        : late.entries(names)
          ? [...late.entries(names)!].map((e) => new PyTuple(e))
          : toArray(names);
  if (list.length > 0 && asStr(list[0]) !== undefined) {
    const last: Value[] = [];
    list = list.map((n, i) => {
      const v = callN(getAttr(firstEnum!, "_generate_next_value_"), [n, start, i, new PyList([...last])]);
      last.push(v);
      return new PyTuple([n, v]);
    });
  }
  for (const item of list) {
    const [n, v] = toArray(item);
    ns.assign(n, v);
  }
  const owner = module === null ? callerModule() : module;
  if (owner !== undefined) ns.assign("__module__", owner);
  if (qualname !== null) ns.assign("__qualname__", qualname);
  return createEnum(meta, name, new PyTuple(bases), ns, boundary, new Map());
}

function prepare(name: string, bases: readonly PyType[]): PyEnumDict {
  checkNotExtended(name, bases);
  const d = new PyEnumDict();
  d.clsName = name;
  const { firstEnum } = mixins(name, bases);
  if (firstEnum)
    d.assign("_generate_next_value_", getAttrOrUndefined(firstEnum, "_generate_next_value_") ?? null);
  return d;
}

export const enumMeta: PyType = makeClass({
  name: "EnumType",
  module: "enum",
  doc: "The metaclass of enumerations.",
  bases: [typeType],
  new: [
    "(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds)",
    (meta: PyType, name: Value, bases: Value, body: Value, boundary: Value, _simple: Value, kwargs: Kwargs) =>
      createEnum(meta, name, bases, body, boundary, kwargs),
  ],
  init: ["(cls, *args, **kwds)", () => undefined],
  methods: {
    __call__: [
      "(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None)",
      (
        cls: PyType,
        value: Value,
        names: Value,
        module: Value,
        qualname: Value,
        type: Value,
        start: Value,
        boundary: Value,
      ) => {
        if (names !== null)
          return createFromNames(cls, value, names, module, qualname, type, start, boundary);
        if (cls.lookup("__new__") === base.Enum!.dict.get("__new__")) return findMember(cls, value);
        return callN(getAttr(cls, "__new__"), [cls, value]);
      },
    ],
    __contains__: [
      "(cls, member)",
      (cls: PyType, v: Value) => {
        if (typeof v !== "object" || v === null || !typeOf(v).isSubtypeOf(base.Enum!)) {
          raise(
            E.TypeError,
            `unsupported operand type(s) for 'in': '${typeOf(v).qualname}' and '${cls[TYPE].qualname}'`,
          );
        }
        return typeOf(v).isSubtypeOf(cls) && mapOf(cls, "_member_map_")!.has(nameOf(v));
      },
    ],
    __delattr__: [
      "(cls, attr)",
      (cls: PyType, name: string) => {
        if (mapOf(cls, "_member_map_")?.has(name))
          throw attributeError(`${repr(cls.name)} cannot delete member ${repr(name)}.`, cls, name);
        typeSetAttr(cls, name, undefined);
      },
    ],
    __setattr__: [
      "(cls, name, value)",
      (cls: PyType, name: string, v: Value) => {
        const own = cls.dict.get("_member_map_");
        if (own instanceof PyDict && own.has(name))
          throw attributeError(`cannot reassign member ${repr(name)}`, cls, name);
        typeSetAttr(cls, name, v);
      },
    ],
    __getattr__: [
      "(cls, name)",
      (cls: PyType, name: string) => {
        const m = isDunder(name) ? undefined : mapOf(cls, "_member_map_")?.get(name);
        if (m === undefined) throw attributeError(name, cls, name);
        return m;
      },
    ],
    __getitem__: [
      "(cls, name)",
      (cls: PyType, name: Value) => {
        const m = mapOf(cls, "_member_map_")!.get(name);
        if (m === undefined) throw err(E.KeyError, name);
        return m;
      },
    ],
    __iter__: ["(cls)", (cls: PyType) => iterateArray(canonicalMembers(cls))],
    __reversed__: ["(cls)", (cls: PyType) => iterateArray(canonicalMembers(cls).reverse())],
    __len__: ["(cls)", (cls: PyType) => memberNames(cls).length],
    __bool__: ["(cls)", () => true],
    __repr__: ["(cls)", (cls: PyType) => `<${isFlag(cls) ? "flag" : "enum"} ${repr(cls.name)}>`],
    __dir__: [
      "(cls)",
      (cls: PyType) => {
        const names = new Set<Value>([
          "__class__",
          "__contains__",
          "__doc__",
          "__getitem__",
          "__iter__",
          "__len__",
          "__members__",
          "__module__",
          "__name__",
          "__qualname__",
          ...memberNames(cls),
        ]);
        const data = cls.lookup("_member_type_");
        if (data instanceof PyType && data !== objectType)
          for (const c of data.mro) for (const k of c.dict.keys()) names.add(k);
        return new PyList(sortedArray(new PyList([...names]), null, false));
      },
    ],
  },
  classMethods: {
    __prepare__: [
      "(metacls, cls, bases, **kwds)",
      (_meta: PyType, name: Value, bases: Value) => prepare(asStr(name) ?? "", toArray(bases) as PyType[]),
    ],
  },
  getters: { __members__: (cls: PyType) => new PyMappingProxy(mapOf(cls, "_member_map_")!) },
});
enumMeta.dict.delete("__dict__");

function iterateArray(items: readonly Value[]): NativeIterator {
  let i = 0;
  return new NativeIterator(() => items[i++]);
}

/** `cls(value)`: the member, or what `_missing_` makes of it. @throws ValueError */
export function findMember(cls: PyType, value: Value): Value {
  if (typeof value === "object" && value !== null && typeOf(value) === cls) return value;
  const byValue = mapOf(cls, "_value2member_map_");
  try {
    const m = byValue?.get(value);
    if (m !== undefined) return m;
  } catch (e) {
    if (!isInstanceOf(e, E.TypeError)) throw e;
    const m = mapOf(cls, "_member_map_")
      ?.values()
      .find((x) => eqTruth(valueOf(x), value));
    if (m !== undefined) return m;
  }
  if ((mapOf(cls, "_member_map_")?.size ?? 0) === 0)
    raise(E.TypeError, `${repr(cls)} has no members defined`);
  const invalid = (): Value => err(E.ValueError, `${repr(value)} is not a valid ${cls.qualname}`);
  let result: Value;
  try {
    result = callN(getAttr(cls, "_missing_"), [value]);
  } catch (e) {
    if (!isInstanceOf(e, E.ValueError) && isInstanceOf(e, E.Exception)) excInfo(e).context = invalid();
    throw e;
  }
  if (result !== null && typeOf(result).isSubtypeOf(cls)) return result;
  if (result !== null && isFlag(cls) && asInt(result) !== undefined && isBoundary(cls, "EJECT"))
    return result;
  if (result === null) throw invalid();
  const e = err(
    E.TypeError,
    `error in ${cls.name}._missing_: returned ${repr(result)} instead of None or a valid member`,
  );
  e.context = invalid();
  throw e;
}
