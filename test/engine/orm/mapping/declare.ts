// Classes with annotations, members and several bases for tests of mapping: what a Python class statement makes, in small.
import { initDeclarativeSubclass } from "../../../../playground-engine/orm/index.ts";
import { DeclaredAttr } from "../../../../playground-engine/orm/declarative/declared-attr.ts";
import type { QueryableAttribute } from "../../../../playground-engine/orm/attributes/instrumented.ts";
import { installFace, type Annotation, type ClassRef } from "../../../../playground-engine/orm/face.ts";
import type { Value } from "../../../../playground-engine/util/host.ts";
import { Entity, testFace } from "../state/test-face.ts";
export { Entity, make } from "../state/test-face.ts";

interface Body {
  readonly bases: readonly ClassRef[];
  readonly members: Map<string, Value>;
  readonly annotations: readonly (readonly [string, Annotation])[];
  readonly module: string;
}
export type TestClass = new () => Entity;
const bodies = new Map<ClassRef, Body>();
const names = new Map<string, Annotation>();

function bodyOf(cls: ClassRef): Body | undefined {
  return bodies.get(cls);
}

function mro(cls: ClassRef): ClassRef[] {
  const out: ClassRef[] = [cls];
  const lists = (bodyOf(cls)?.bases ?? []).map((b) => mro(b));
  lists.push([...(bodyOf(cls)?.bases ?? [])]);
  for (;;) {
    const open = lists.filter((l) => l.length);
    if (!open.length) return out;
    const next = open
      .map((l) => l[0] as ClassRef)
      .find((c) => open.every((l) => !l.slice(1).includes(c))) as ClassRef;
    out.push(next);
    for (const l of lists) if (l[0] === next) l.shift();
  }
}

/** A class; `annotations` and `members` in the order of its body. */
export function declare(
  name: string,
  bases: readonly ClassRef[] = [],
  body: { annotations?: Record<string, Annotation>; members?: Record<string, Value>; module?: string } = {},
): TestClass {
  const parent = (bases.find((b) => b !== DeclarativeBase && bodyOf(b)) ?? Entity) as TestClass;
  const cls = { [name]: class extends parent {} }[name] as TestClass;
  bodies.set(cls, {
    bases,
    members: new Map(Object.entries(body.members ?? {})),
    annotations: Object.entries(body.annotations ?? {}),
    module: body.module ?? "__main__",
  });
  names.set(name, { kind: "class", cls, name });
  if (mro(cls).slice(1).includes(DeclarativeBase)) initDeclarativeSubclass(cls, DeclarativeBase);
  return cls;
}

const plain = (name: string, module: string, bases: readonly ClassRef[] = []): ClassRef => {
  const cls = { [name]: class {} }[name] as ClassRef;
  bodies.set(cls, { bases, members: new Map(), annotations: [], module });
  return cls;
};
/** As the binding has it: the class below which declarative classes are made. */
export const DeclarativeBase = plain("DeclarativeBase", "sqlalchemy.orm.decl_api");
const MappedClass = plain("Mapped", "sqlalchemy.orm.base");
const typeOf = (name: string, module = "builtins", bases: readonly ClassRef[] = []): Annotation => ({
  kind: "class",
  cls: plain(name, module, bases),
  name,
});
export const INT = typeOf("int");
export const STR = typeOf("str");
export const BOOL = typeOf("bool");
const LIST = plain("list", "builtins");

const generic = (origin: ClassRef, name: string, args: readonly Annotation[]): Annotation => ({
  kind: "generic",
  origin,
  name,
  args,
  source: { text: `${name}[…]` },
});
export const mapped = (inner: Annotation): Annotation => generic(MappedClass, "Mapped", [inner]);
export const optional = (inner: Annotation): Annotation => ({
  kind: "union",
  members: [inner, { kind: "none" }],
  source: { text: "Optional" },
});
export const listOf = (inner: Annotation): Annotation => generic(LIST, "list", [inner]);
export const forward = (text: string): Annotation => ({ kind: "forward", text });
export const of = (cls: ClassRef): Annotation => ({ kind: "class", cls, name: (cls as TestClass).name });
export const annotated = (base: Annotation, ...metadata: Value[]): Annotation => ({
  kind: "annotated",
  base,
  metadata,
  source: { text: "Annotated" },
});

installFace({
  ...testFace,
  isClass: (v): v is ClassRef => typeof v === "function" && bodies.has(v),
  module: (c) => bodyOf(c)?.module ?? "__main__",
  bases: (c) => bodyOf(c)?.bases ?? [],
  mro,
  subclasses: (c) => [...bodies].filter(([, b]) => b.bases.includes(c)).map(([cls]) => cls),
  isSubclass: (c, base) => mro(c).includes(base),
  ownMembers: (c) => bodyOf(c)?.members ?? [],
  ownMember: (c, name) => bodyOf(c)?.members.get(name),
  getClassAttribute(c, name) {
    for (const cls of mro(c)) {
      const found = bodyOf(cls)?.members.get(name);
      if (found !== undefined) return found instanceof DeclaredAttr ? found.get(null, c) : found;
    }
    return undefined;
  },
  annotations: (c) => bodyOf(c)?.annotations ?? [],
  resolveForward: (_c, text) => names.get(text),
  describe: (v) => ({ kind: "class", cls: v as ClassRef, name: (v as TestClass).name }),
  install(c, key, value) {
    bodyOf(c)!.members.set(key, value);
    const attr = value as QueryableAttribute;
    if (typeof attr?.descriptorGet !== "function") return;
    Object.defineProperty((c as TestClass).prototype, key, {
      get(this: Entity) {
        return attr.descriptorGet(this);
      },
      set(this: Entity, v: Value) {
        attr.descriptorSet(this, v);
      },
      configurable: true,
    });
  },
  uninstall(c, key) {
    bodyOf(c)!.members.delete(key);
    delete ((c as TestClass).prototype as Record<string, unknown>)[key];
  },
});

/** `cls.name` */
export function attr(cls: ClassRef, name: string): QueryableAttribute {
  for (const c of mro(cls)) {
    const found = bodyOf(c)?.members.get(name);
    if (found !== undefined) return found as QueryableAttribute;
  }
  throw new Error(`no ${name}`);
}
