// The module enum: Enum, IntEnum, StrEnum, Flag, IntFlag and the helpers around them.
// Behaviour: docs.python.org/3.11/library/enum.html.
import { getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { call1, callN } from "../runtime/call.ts";
import { ltTruth } from "../runtime/comparison.ts";
import { E, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { NativeIterator, toArray } from "../runtime/iteration.ts";
import { defineModule, modules } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  dictOf,
  NotImplemented,
  PyBoxed,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { add } from "../runtime/operators.ts";
import { repr, str } from "../runtime/repr.ts";
import { objectType } from "../runtime/base-types.ts";
import { formatValue } from "../builtins/format-value.ts";
import {
  addInt,
  andInt,
  bitCountOf,
  bitLengthOf,
  type Int,
  invertInt,
  orInt,
  powInt,
  subInt,
  xorInt,
} from "../builtins/int-math.ts";
import { intType } from "../builtins/int-type.ts";
import { sortItems } from "../builtins/sorting.ts";
import { strType } from "../builtins/str-type.ts";
import { decode } from "../builtins/format-error.ts";
import { bytesOf } from "../builtins/buffer.ts";
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
import { enumPropertyType, PyEnumProperty } from "./enum-property.ts";
import { autoType, base, enumMeta, findMember, memberType, nonmemberType, PyEnumDict } from "./enum-type.ts";
import { fillType } from "../runtime/native-type.ts";
import { nativeMethod } from "./make-class.ts";

/** An enum class of this module; `members` are assigned in order. */
function defineEnum(
  name: string,
  bases: readonly PyType[],
  parts: Parameters<typeof fillType>[1],
  members: Record<string, Value> = {},
  boundary: Value = null,
): PyType {
  const body = new PyEnumDict();
  body.clsName = name;
  const first = bases.at(-1);
  if (first && first !== objectType)
    body.assign("_generate_next_value_", getAttrOrUndefined(first, "_generate_next_value_") ?? null);
  body.set("__module__", "enum");
  body.set("__qualname__", name);
  if (parts.doc) body.set("__doc__", parts.doc);
  for (const [n, m] of Object.entries(parts.members ?? {})) body.set(n, m);
  for (const [n, v] of Object.entries(members)) body.assign(n, v);
  const make = enumMeta.dict.get("__new__")!;
  const kw = boundary === null ? new Map<string, Value>() : new Map([["boundary", boundary]]);
  const cls = callKw(make, [enumMeta, name, new PyTuple(bases), body], kw) as PyType;
  fillType(cls, { ...parts, allocator: cls.allocator!, members: {} });
  return cls;
}

function callKw(f: Value, args: readonly Value[], kw: Map<string, Value>): Value {
  return (f as { apply(a: readonly Value[], k: readonly string[]): Value }).apply(
    [...args, ...kw.values()],
    [...kw.keys()],
  );
}

const generateNext: NativeMethod = [
  "(name, start, count, last_values)",
  (_name: Value, start: Value, _count: Value, last: Value) => {
    const values = toArray(last);
    if (values.length === 0) return start;
    const numbers = values.map((v) => (typeof v === "object" ? undefined : asInt(v)));
    if (numbers.every((n) => n !== undefined)) {
      const most = numbers.reduce((a, b) => (b! > a! ? b : a))!;
      return addInt(numbers.at(-1) === most ? most : numbers.at(-1)!, 1);
    }
    try {
      const sorted = [...values];
      sortItems(sorted, null, false);
      if (!ltTruth(values.at(-1), sorted.at(-1))) return add(values.at(-1), 1);
    } catch (e) {
      if (!isInstanceOf(e, E.TypeError)) throw e;
    }
    for (const v of values.reverse()) {
      try {
        return add(v, 1);
      } catch (e) {
        if (!isInstanceOf(e, E.TypeError)) throw e;
      }
    }
    return start;
  },
];

const property = (native: string): PyEnumProperty => {
  const p = new PyEnumProperty();
  p.native = native;
  p.name = native.slice(1, -1);
  p.clsname = "Enum";
  return p;
};

/** The text of a value by the class's `_value_repr_`. */
function shownValue(self: Value): string {
  const show = getAttrOrUndefined(typeOf(self), "_value_repr_");
  const v = valueOf(self);
  return show === undefined || show === null ? repr(v) : str(call1(show, v));
}

const nameText = (self: Value): string => str(nameOf(self));

export const enumClass: PyType = defineEnum("Enum", [], {
  doc: "A collection of named values.",
  new: ["(cls, value)", (cls: PyType, v: Value) => findMember(cls, v)],
  init: ["(self, *args, **kwds)", () => undefined],
  methods: {
    __repr__: ["(self)", (self: Value) => `<${typeOf(self).name}.${nameText(self)}: ${shownValue(self)}>`],
    __str__: ["(self)", (self: Value) => `${typeOf(self).name}.${nameText(self)}`],
    __format__: [
      "(self, format_spec)",
      (self: Value, spec: Value) => formatValue(str(self), asStr(spec) ?? ""),
    ],
    __hash__: ["(self)", (self: Value) => hash(nameOf(self))],
    __reduce_ex__: [
      "(self, proto)",
      (self: Value) => new PyTuple([typeOf(self), new PyTuple([valueOf(self)])]),
    ],
    __copy__: ["(self)", (self: Value) => self],
    __deepcopy__: ["(self, memo)", (self: Value) => self],
    __dir__: [
      "(self)",
      (self: Value) => {
        const names = new Set<Value>(["__class__", "__doc__", "__eq__", "__hash__", "__module__"]);
        const map = mapOf(typeOf(self), "_member_map_")!;
        for (const k of dictOf(self)?.keys() ?? []) if (!k.startsWith("_") && !map.has(k)) names.add(k);
        for (const c of typeOf(self).mro)
          for (const k of c.dict.keys())
            if (!k.startsWith("_") && (!map.has(k) || c.dict.get(k) instanceof PyEnumProperty)) names.add(k);
        const out = [...names];
        sortItems(out, null, false);
        return new PyList(out);
      },
    ],
  },
  classMethods: { _missing_: ["(cls, value)", () => null] },
  staticMethods: { _generate_next_value_: generateNext },
});
enumClass.setAttr("name", property("_name_"));
enumClass.setAttr("value", property("_value_"));
base.Enum = enumClass;

export const reprEnumClass = defineEnum("ReprEnum", [enumClass], {
  doc: "Only the repr() is Enum's; str() and format() are the data type's.",
});
base.ReprEnum = reprEnumClass;
export const intEnumClass = defineEnum("IntEnum", [intType, reprEnumClass], {
  doc: "An enumeration whose members are ints too.",
});

export const strEnumClass = defineEnum("StrEnum", [strType, reprEnumClass], {
  doc: "An enumeration whose members are strings too.",
  staticMethods: {
    _generate_next_value_: ["(name, start, count, last_values)", (name: Value) => asStr(name)!.toLowerCase()],
  },
});
strEnumClass.setAttr(
  "__new_member__",
  nativeFunction(
    "__new__",
    [
      "(cls, *values)",
      (cls: PyType, values: readonly Value[]) => {
        if (values.length > 3)
          raise(E.TypeError, `too many arguments for str(): ${repr(new PyTuple(values))}`);
        const texts = values.map(asStr);
        if (values.length === 1 && texts[0] === undefined)
          raise(E.TypeError, `${repr(values[0])} is not a string`);
        if (values.length >= 2 && texts[1] === undefined)
          raise(E.TypeError, `encoding must be a string, not ${repr(values[1])}`);
        if (values.length === 3 && texts[2] === undefined)
          raise(E.TypeError, `errors must be a string, not ${repr(values[2])}`);
        const s =
          values.length > 1
            ? decode(bytesOf(values[0]) ?? new Uint8Array(0), texts[1], texts[2])
            : (texts[0] ?? "");
        const m = new PyBoxed(cls, s);
        setAttr(m, "_value_", s);
        return m;
      },
    ],
    "enum",
  ),
);

export const flagBoundaryClass = defineEnum(
  "FlagBoundary",
  [strEnumClass],
  { doc: "What a Flag does with bits that no member has." },
  { STRICT: "strict", CONFORM: "conform", EJECT: "eject", KEEP: "keep" },
);
const [STRICT, CONFORM, EJECT, KEEP] = canonicalMembers(flagBoundaryClass);

const intValue = (self: Value): Int => asInt(valueOf(self)) ?? 0;

/** The bits of a non-negative int, lowest first. */
function bitsOf(n: Int): Int[] {
  const out: Int[] = [];
  let rest: Int = n;
  let bit: Int = 1;
  while (rest > 0) {
    if (andInt(rest, bit) !== 0) {
      out.push(bit);
      rest = xorInt(rest, bit);
    }
    bit = addInt(bit, bit);
  }
  return out;
}

/** The single-bit members in a value, in the class's order. */
function membersIn(cls: PyType, value: Int): Value[] {
  const byValue = mapOf(cls, "_value2member_map_")!;
  const found = bitsOf(andInt(value, maskOf(cls, "_flag_mask_"))).map((b) => byValue.get(b) ?? null);
  if (cls.lookup("_iter_member_") !== cls.lookup("_iter_member_by_value_")) {
    const place = (m: Value): number => Number(dictOf(m)?.get("_sort_order_") ?? 0);
    found.sort((a, b) => place(a) - place(b));
  }
  return found;
}

/** An int as enum shows it in messages: sign bit, then digits. */
function binText(n: Int, width?: number): string {
  const ceiling = powInt(2, bitLengthOf(n));
  let s: string;
  if (n >= 0) s = "0b" + addInt(n, ceiling).toString(2).replace("1", "0");
  else s = "0b" + addInt(xorInt(invertInt(n), subInt(ceiling, 1)), ceiling).toString(2);
  const sign = s.slice(0, 3);
  let digits = s.slice(3);
  if (width !== undefined && digits.length < width)
    digits = (sign.at(-1)!.repeat(width) + digits).slice(-width);
  return `${sign} ${digits}`;
}

/** Flag._missing_: a combination of members, made and remembered; or what the boundary says. */
function missingFlag(cls: PyType, given: Value): Value {
  let value = asInt(given);
  if (value === undefined) raise(E.ValueError, `${repr(given)} is not a valid ${cls.qualname}`);
  const mask = maskOf(cls, "_flag_mask_");
  const singles = maskOf(cls, "_singles_mask_");
  const all = maskOf(cls, "_all_bits_");
  const strict = isBoundary(cls, "STRICT");
  const keep = isBoundary(cls, "KEEP");
  if (value < invertInt(all) || value > all || andInt(value, xorInt(all, mask)) !== 0) {
    if (strict) {
      const width = Math.max(bitLengthOf(value), bitLengthOf(mask));
      raise(
        E.ValueError,
        `${repr(cls)} invalid value ${value}\n    given ${binText(value, width)}\n  allowed ${binText(mask, width)}`,
      );
    } else if (isBoundary(cls, "CONFORM")) value = andInt(value, mask);
    else if (isBoundary(cls, "EJECT")) return value;
    else if (keep && value < 0) {
      const room = powInt(2, bitLengthOf(value));
      const bits = addInt(all, 1);
      value = addInt(bits > room ? bits : room, value);
    }
  }
  let negative: Int | undefined;
  if (value < 0) {
    negative = value;
    value = addInt(addInt(all, 1), value);
  }
  const unknown = andInt(value, invertInt(mask));
  const aliases = andInt(value, invertInt(singles));
  const single = andInt(value, singles);
  if (unknown !== 0 && !keep)
    raise(E.ValueError, `${cls.name}(${value}) -->  unknown values ${unknown} [${binText(unknown)}]`);
  const data = cls.lookup("_member_type_") as PyType;
  const made: Value = data === objectType ? new PyObject(cls) : callN(getAttr(data, "__new__"), [cls, value]);
  if (getAttrOrUndefined(made, "_value_") === undefined) setAttr(made, "_value_", value);
  setAttr(made, "__objclass__", cls);
  let name: Value = null;
  if (single !== 0 || aliases !== 0) {
    const parts = membersIn(cls, single);
    let combined = parts.reduce((n: Int, m) => orInt(n, intValue(m)), 0);
    if (aliases !== 0) {
      value = orInt(single, aliases);
      for (const m of mapOf(cls, "_member_map_")!.values()) {
        const v = intValue(m);
        if (!parts.includes(m) && v !== 0 && andInt(v, value) === v) {
          parts.push(m);
          combined = orInt(combined, v);
        }
      }
    }
    const left = xorInt(value, combined);
    if (combined !== 0) {
      name = parts.map(nameText).join("|");
      if (left !== 0) {
        if (strict) raise(E.ValueError, `${repr(cls)}: no members with value ${left}`);
        const show = getAttrOrUndefined(cls, "_numeric_repr_");
        name = `${name as string}|${show === undefined ? repr(left) : str(call1(show, left))}`;
      }
    }
  }
  setAttr(made, "_name_", name);
  const byValue = mapOf(cls, "_value2member_map_")!;
  const known = byValue.get(value) ?? made;
  if (known === made) byValue.set(value, made);
  if (negative !== undefined) byValue.set(negative, known);
  return known;
}

/** `|`, `&`, `^` with a member of the class, or with a value of its data type. */
function bitwise(f: (a: Int, b: Int) => Int): NativeMethod {
  return [
    "(self, other)",
    (self: Value, other: Value) => {
      const cls = typeOf(self);
      const data = cls.lookup("_member_type_") as PyType;
      let n: Int | undefined;
      if (typeof other === "object" && other !== null && typeOf(other).isSubtypeOf(cls)) n = intValue(other);
      else if (data !== objectType && typeOf(other).isSubtypeOf(data)) n = asInt(other);
      return n === undefined ? NotImplemented : call1(cls, f(intValue(self), n));
    },
  ];
}

function inverted(self: Value): Value {
  const known = dictOf(self)?.get("_inverted_");
  if (known !== undefined && known !== null) return known;
  const cls = typeOf(self);
  const flipped = invertInt(intValue(self));
  const whole = isBoundary(cls, "EJECT") || isBoundary(cls, "KEEP");
  const r = call1(cls, whole ? flipped : andInt(maskOf(cls, "_singles_mask_"), flipped));
  dictOf(self)?.set("_inverted_", r);
  return r;
}

function iterateMembers(cls: PyType, value: Value): NativeIterator {
  const items = membersIn(cls, asInt(value) ?? 0);
  let i = 0;
  return new NativeIterator(() => items[i++]);
}

const [or, and, xor] = [bitwise(orInt), bitwise(andInt), bitwise(xorInt)];

export const flagClass = defineEnum(
  "Flag",
  [enumClass],
  {
    doc: "An enumeration whose members are bits and can be combined.",
    methods: {
      __or__: or,
      __and__: and,
      __xor__: xor,
      __ror__: or,
      __rand__: and,
      __rxor__: xor,
      __invert__: ["(self)", inverted],
      __contains__: [
        "(self, other)",
        (self: Value, other: Value) => {
          if (!typeOf(other).isSubtypeOf(typeOf(self))) {
            raise(
              E.TypeError,
              `unsupported operand type(s) for 'in': ${repr(typeOf(other).qualname)} and ${repr(typeOf(self).qualname)}`,
            );
          }
          return andInt(intValue(other), intValue(self)) === intValue(other);
        },
      ],
      __iter__: ["(self)", (self: Value) => iterateMembers(typeOf(self), intValue(self))],
      __len__: ["(self)", (self: Value) => bitCountOf(intValue(self))],
      __bool__: ["(self)", (self: Value) => intValue(self) !== 0],
      __repr__: [
        "(self)",
        (self: Value) =>
          `<${typeOf(self).name}${nameOf(self) === null ? "" : `.${nameText(self)}`}: ${shownValue(self)}>`,
      ],
      __str__: [
        "(self)",
        (self: Value) =>
          nameOf(self) === null
            ? `${typeOf(self).name}(${repr(valueOf(self))})`
            : `${typeOf(self).name}.${nameText(self)}`,
      ],
    },
    classMethods: {
      _missing_: ["(cls, value)", missingFlag],
      _iter_member_by_value_: ["(cls, value)", iterateMembers],
      _iter_member_by_def_: ["(cls, value)", iterateMembers],
    },
    staticMethods: {
      _numeric_repr_: ["(value)", repr],
      _generate_next_value_: [
        "(name, start, count, last_values)",
        (_name: Value, start: Value, count: Value, last: Value) => {
          if (Number(asInt(count) ?? 0) === 0) return start ?? 1;
          const values = toArray(last).map((v) => {
            const n = asInt(v);
            if (n === undefined) raise(E.TypeError, `invalid flag value ${repr(v)}`);
            return n;
          });
          const most = values.reduce((a, b) => (b > a ? b : a));
          return powInt(2, bitLengthOf(most));
        },
      ],
    },
  },
  {},
  STRICT,
);
flagClass.setAttr("_iter_member_", flagClass.dict.get("_iter_member_by_value_")!);
base.Flag = flagClass;
export const intFlagClass = defineEnum(
  "IntFlag",
  [intType, reprEnumClass, flagClass],
  { doc: "A Flag whose members are ints too." },
  {},
  KEEP,
);
const enumCheckClass = defineEnum(
  "EnumCheck",
  [strEnumClass],
  { doc: "What verify() looks at." },
  {
    CONTINUOUS: "no skipped integer values",
    NAMED_FLAGS: "multi-flag aliases may not contain unnamed flags",
    UNIQUE: "one name per value",
  },
);
const [CONTINUOUS, NAMED_FLAGS, UNIQUE] = canonicalMembers(enumCheckClass);

/** [alias, name] of every alias. */
function aliases(cls: PyType): [string, string][] {
  return mapOf(cls, "_member_map_")!
    .entries()
    .filter(([n, m]) => n !== nameOf(m))
    .map(([n, m]) => [str(n), nameText(m)]);
}

const aliasText = (list: readonly [string, string][]): string =>
  list.map(([a, n]) => `${a} -> ${n}`).join(", ");

function unique(cls: PyType): PyType {
  const found = aliases(cls);
  if (found.length > 0) raise(E.ValueError, `duplicate values found in ${repr(cls)}: ${aliasText(found)}`);
  return cls;
}

function verifyOne(cls: PyType, check: Value): void {
  const flag = cls.isSubtypeOf(flagClass);
  if (check === UNIQUE) {
    const found = aliases(cls);
    if (found.length > 0) raise(E.ValueError, `aliases found in ${repr(cls)}: ${aliasText(found)}`);
  } else if (check === CONTINUOUS) {
    const values = new Set(canonicalMembers(cls).map(intValue));
    if (values.size < 2) return;
    const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
    const missing: Int[] = [];
    if (flag) {
      for (let i = bitLengthOf(sorted[0]!); i < bitLengthOf(sorted.at(-1)!) - 1; i++)
        if (!values.has(powInt(2, i))) missing.push(powInt(2, i));
    } else
      for (let i = addInt(sorted[0]!, 1); i < sorted.at(-1)!; i = addInt(i, 1))
        if (!values.has(i)) missing.push(i);
    if (missing.length > 0)
      raise(
        E.ValueError,
        `invalid ${flag ? "flag" : "enum"} ${repr(cls.name)}: missing values ${missing.join(", ")}`.slice(
          0,
          256,
        ),
      );
  } else if (check === NAMED_FLAGS) {
    const names = memberNames(cls);
    const values = canonicalMembers(cls).map(intValue);
    const bad: string[] = [];
    let missing: Int = 0;
    for (const [n, m] of mapOf(cls, "_member_map_")!.entries()) {
      if (names.includes(n as string) || intValue(m) < 0) continue;
      const missed = bitsOf(intValue(m)).filter((b) => !values.includes(b));
      if (missed.length > 0) {
        bad.push(n as string);
        for (const b of missed) missing = orInt(missing, b);
      }
    }
    if (bad.length > 0) {
      const who =
        bad.length === 1
          ? `alias ${bad[0]} is missing`
          : `aliases ${bad.slice(0, -1).join(", ")} and ${bad.at(-1)} are missing`;
      const what = isSingleBit(missing)
        ? `value 0x${missing.toString(16)}`
        : `combined values of 0x${missing.toString(16)}`;
      raise(
        E.ValueError,
        `invalid Flag ${repr(cls.name)}: ${who} ${what} [use enum.show_flag_values(value) for details]`,
      );
    }
  }
}

function verify(checks: readonly Value[]): Value {
  return nativeFunction(
    "verify",
    [
      "(enumeration, /)",
      (cls: PyType) => {
        if (!cls.isSubtypeOf(enumClass))
          raise(E.TypeError, "the 'verify' decorator only works with Enum and Flag");
        for (const c of checks) verifyOne(cls, c);
        return cls;
      },
    ],
    "enum",
  );
}

const lastPart = (self: Value): string =>
  str(getAttr(typeOf(self), "__module__"))
    .split(".")
    .at(-1)!;
const globalEnumRepr = nativeMethod(
  "global_enum_repr",
  ["(self)", (self: Value) => `${lastPart(self)}.${nameText(self)}`],
  "enum",
);
const globalFlagRepr = nativeMethod(
  "global_flag_repr",
  [
    "(self)",
    (self: Value) => {
      const n = nameOf(self);
      if (n === null) return `${lastPart(self)}.${typeOf(self).name}(${repr(valueOf(self))})`;
      return str(n)
        .split("|")
        .map((p) => (/^\d/.test(p) ? p : `${lastPart(self)}.${p}`))
        .join("|");
    },
  ],
  "enum",
);
const globalStr = nativeMethod(
  "global_str",
  [
    "(self)",
    (self: Value) =>
      nameOf(self) === null ? `${typeOf(self).name}(${repr(valueOf(self))})` : nameText(self),
  ],
  "enum",
);

function globalEnum(cls: PyType, updateStr: boolean): PyType {
  cls.setAttr("__repr__", cls.isSubtypeOf(flagClass) ? globalFlagRepr : globalEnumRepr);
  if (!cls.isSubtypeOf(reprEnumClass) || updateStr) cls.setAttr("__str__", globalStr);
  const m = modules.get(str(getAttr(cls, "__module__")));
  if (m instanceof PyObject)
    for (const [n, v] of mapOf(cls, "_member_map_")!.entries()) m.dict?.set(n as string, v);
  return cls;
}

defineModule("enum", () => ({
  name: "enum",
  doc: "Enumerations.",
  functions: {
    unique: ["(enumeration)", unique, "Decorator: no two names for one value."],
    verify: ["(*checks)", verify, "Decorator: the enumeration keeps some promises."],
    global_enum: ["(cls, update_str=False)", globalEnum, "Decorator: members become names of the module."],
    show_flag_values: [
      "(value)",
      (v: Value) => new PyList(bitsOf(asInt(v) ?? intValue(v))),
      "The bits of a value.",
    ],
    pickle_by_global_name: ["(self, proto)", (self: Value) => nameOf(self)],
    pickle_by_enum_name: [
      "(self, proto)",
      (self: Value) => new PyTuple([modules.get("builtins")!, new PyTuple([typeOf(self), nameOf(self)])]),
    ],
    bin: [
      "(num, max_bits=None)",
      (n: Value, w: Value) => binText(asInt(n) ?? 0, w === null ? undefined : Number(w)),
    ],
  },
  members: {
    EnumType: enumMeta,
    EnumMeta: enumMeta,
    Enum: enumClass,
    ReprEnum: reprEnumClass,
    IntEnum: intEnumClass,
    StrEnum: strEnumClass,
    Flag: flagClass,
    IntFlag: intFlagClass,
    FlagBoundary: flagBoundaryClass,
    STRICT,
    CONFORM,
    EJECT,
    KEEP,
    EnumCheck: enumCheckClass,
    CONTINUOUS,
    NAMED_FLAGS,
    UNIQUE,
    auto: autoType,
    property: enumPropertyType,
    member: memberType,
    nonmember: nonmemberType,
    global_enum_repr: globalEnumRepr,
    global_flag_repr: globalFlagRepr,
    global_str: globalStr,
  },
}));
