// The engine's classes as Python types, without wrappers.
//
// api/*.ts holds what the real packages' classes look like: bases, members, signatures. `typeFor` makes the Python type of a class from
// its line there, whose methods call the engine's by rule (by-rule.ts); `attach` says which TypeScript class its instances are. What a
// line cannot say is added by hand with `extend`.
import { E } from "../python/runtime/exceptions.ts";
import { fillType, nativeType } from "../python/runtime/native-type.ts";
import type { NativeGetter, NativeMethod } from "../python/runtime/native.ts";
import { bare, TYPE, type PyType, type Value } from "../python/runtime/object.ts";
import { dictGetSet } from "../python/runtime/slots.ts";
import { abstractBases } from "./abstract-bases.ts";
import { blank, classMethodByRule, constructorByRule, getterByRule, methodByRule } from "./by-rule.ts";
import { ClassAttribute } from "./class-attribute.ts";
import {
  api,
  apiOf,
  hosts,
  nested,
  oneList,
  signatureOfType,
  types,
  type AnyObject,
  type HostClass,
} from "./class-table.ts";
import { letPatch } from "./patched.ts";
import { protocolOf } from "./protocol.ts";
import { constructorSignatures } from "./signatures.ts";
import { camel, classTypes, toPython } from "./values.ts";

/** The Python type of a class of the real packages, made on first use. */
export function typeFor(qualified: string): PyType {
  const known = types.get(qualified);
  if (known) return known;
  const entry = api.get(qualified);
  if (!entry) throw new Error(`no API line for ${qualified}`);
  const [, init, bases, members] = entry;
  const dot = qualified.lastIndexOf(".");
  const baseTypes =
    bases === "" && abstractBases[qualified] === undefined
      ? undefined
      : linear(
          bases
            .split(",")
            .filter((b) => b !== qualified)
            .filter((b) => b !== "")
            .map((b) => (b === "builtins.str" && qualified === QUOTED_NAME ? bare.str : baseType(b)))
            .filter((b) => b !== undefined),
        );
  const by = constructorSignatures[qualified] ?? init;
  baseTypes?.push(...(abstractBases[qualified] ?? []));
  // a marker class that stands before the base with the constructor does not hide it
  const signature =
    by !== ""
      ? by
      : baseTypes && baseTypes.length > 1
        ? baseTypes
            .flatMap((b) => b.mro)
            .map(signatureOfType)
            .find((s) => s !== "")
        : undefined;
  const module = qualified.slice(0, dot).replace(/\.[A-Z]\w*$/, "");
  const made: PyType = nativeType({
    name: qualified.slice(dot + 1),
    qualname: qualified.slice(module.length + 1),
    module,
    ...(baseTypes?.length ? { bases: baseTypes } : {}),
    hasDict: true,
    allocator: blank,
    ...(signature === undefined && baseTypes?.length ? {} : constructorByRule(signature, () => made)),
  });
  made.whenLookedInto(() => {
    membersByRule(made, qualified, members);
    if (!baseTypes?.some((b) => b.hasDict)) made.dict.set("__dict__", dictGetSet(made));
    for (const inner of nested.get(qualified) ?? [])
      made.dict.set(inner.slice(qualified.length + 1), typeFor(inner));
  });
  letPatch(made);
  types.set(qualified, made);
  apiOf.set(made, entry);
  return made;
}

/** What a class's line says of its members. */
function membersByRule(cls: PyType, qualified: string, members: readonly string[]): void {
  const methods: Record<string, NativeMethod> = {};
  const classMethods: Record<string, NativeMethod> = {};
  const staticMethods: Record<string, NativeMethod> = {};
  for (const m of members) {
    const open = m.indexOf("(");
    if (m.startsWith(".")) {
      const name = m.slice(1);
      cls.dict.set(name, new ClassAttribute(name, cls, camel(name), getterByRule(qualified, name)));
    } else if (m.startsWith("@classmethod "))
      classMethods[m.slice(13, open)] = classMethodByRule(qualified, m.slice(13, open), m.slice(open), true);
    else if (m.startsWith("@staticmethod "))
      staticMethods[m.slice(14, open)] = classMethodByRule(
        qualified,
        m.slice(14, open),
        m.slice(open),
        false,
      );
    else methods[m.slice(0, open)] = methodByRule(qualified, m.slice(0, open), oneList(m.slice(open)));
  }
  fillType(cls, { methods, classMethods, staticMethods });
}

/** The one class of the tables whose instances are strings (bindings/sqlalchemy/names.ts). */
export const QUOTED_NAME = "sqlalchemy.sql.elements.quoted_name";

/** A base by its qualified name: a class of the tables or a built-in exception. Built-in containers are left out: the engine's objects are no lists or dicts. */
function baseType(name: string): PyType | undefined {
  if (name.startsWith("builtins.")) return (E as Record<string, PyType | undefined>)[name.slice(9)];
  return api.has(name) ? typeFor(name) : undefined;
}

/** Drop bases that a later base derives from, so that an MRO exists. */
function linear(bases: PyType[]): PyType[] {
  return bases.filter(
    (b, i) =>
      !bases.some((other, j) => j !== i && other !== b && other.isSubtypeOf(b)) || bases.indexOf(b) !== i,
  );
}

export interface Extension {
  readonly methods?: Readonly<Record<string, NativeMethod>>;
  readonly getters?: Readonly<Record<string, NativeGetter>>;
  readonly members?: Readonly<Record<string, Value>>;
  readonly classMethods?: Readonly<Record<string, NativeMethod>>;
  readonly staticMethods?: Readonly<Record<string, NativeMethod>>;
}

/** Add members to a type, or replace what its line in the tables says. */
export function extend(qualified: string, more: Extension): PyType {
  const t = typeFor(qualified);
  fillType(t, more);
  return t;
}

/** Instances of this TypeScript class are instances of the real package's class of that name. */
export function attach(host: HostClass, qualified: string, more?: Extension): PyType {
  const t = typeFor(qualified);
  const { prototype } = host as unknown as { prototype: AnyObject };
  classTypes.set(host, t);
  prototype[TYPE] = t;
  hosts.set(t, host);
  t.whenLookedInto(() => fillType(t, { methods: protocolOf(prototype, t, toPython) }));
  if (more) extend(qualified, more);
  return t;
}
