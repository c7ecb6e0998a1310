// A class's annotations as the neutral tree that declarative reads (orm/face.ts: Annotation).
//
// Strings, and names that are not there yet, stay text: "forward". What typing made of `Optional[X]`, `X | None`, `Annotated[X, …]`,
// `Literal[…]`, NewType and type aliases is taken apart by what those objects are, not by their text.
import type { Annotation } from "../orm/face.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { isInstanceOf, E } from "../python/runtime/exceptions.ts";
import { codeHook } from "../python/builtins/code-hook.ts";
import { call } from "../python/runtime/call.ts";
import { getItem } from "../python/runtime/items.ts";
import { late } from "../python/runtime/late.ts";
import { modules, PyModule } from "../python/runtime/modules.ts";
import { asStr, PyTuple, PyType, typeOf, type Value } from "../python/runtime/object.ts";
import { repr } from "../python/runtime/repr.ts";
import { forwardRefType } from "../python/stdlib/typing-forms.ts";

/** Annotations of the class itself, in order. */
export function annotationsOf(cls: PyType): readonly (readonly [string, Annotation])[] {
  const raw = cls.dict.get("__annotations__");
  if (!(raw instanceof PyDict)) return [];
  return raw.entries().map(([name, v]) => [asStr(name) ?? "", describe(v)] as const);
}

/** The class's module namespace, for forward references; undefined where the module is gone. */
function moduleOf(cls: PyType): PyModule | undefined {
  const name = asStr(cls.dict.get("__module__") ?? null) ?? cls.module;
  const m = modules.get(name);
  return m instanceof PyModule ? m : undefined;
}

/** What a class's annotations may name beside its module: itself and what stands in its body, unless the module has the name. */
function namesOf(cls: PyType, module: PyModule): Map<unknown, Value> {
  const names = new Map<unknown, Value>([[cls.name, cls], ...cls.dict]);
  for (const name of names.keys()) if (module.dict.has(name as string)) names.delete(name);
  return names;
}

/** Evaluate a forward reference where the class was defined; undefined where a name is not there. */
export function resolveForward(cls: PyType, text: string): Annotation | undefined {
  const m = moduleOf(cls);
  if (!m) return undefined;
  try {
    const globals = late.dictOver(m.dict);
    const locals = new PyDict(namesOf(cls, m));
    const code = codeHook.current!.compile(text.trim(), "<string>", "eval", false);
    return describe(codeHook.current!.run(code, globals, locals) as Value);
  } catch (e) {
    if (
      isInstanceOf(e, E.NameError) ||
      isInstanceOf(e, E.AttributeError) ||
      isInstanceOf(e, E.SyntaxError) ||
      isInstanceOf(e, E.TypeError)
    )
      return undefined;
    throw e;
  }
}

function argsOf(v: Value): Value[] {
  const args = getAttrOrUndefined(v, "__args__");
  return args instanceof PyTuple ? [...args.items] : [];
}

/** `__name__` of a type: those written in C have their module in front of it. */
export function typeName(t: PyType): string {
  return t.heap ? t.name : t.name.slice(t.name.lastIndexOf(".") + 1);
}

/** What an annotation object says. */
export function describe(v: Value): Annotation {
  if (v === null) return { kind: "none" };
  const text = asStr(v);
  if (text !== undefined) return { kind: "forward", text };
  if (v instanceof PyType) {
    const generic = getAttrOrUndefined(v, "__origin__");
    if (generic === undefined || !(generic instanceof PyType))
      return typeName(v) === "NoneType" ? { kind: "none" } : { kind: "class", cls: v, name: typeName(v) };
  }
  const t = typeName(typeOf(v));
  if (t === "ForwardRef")
    return { kind: "forward", text: asStr(getAttrOrUndefined(v, "__forward_arg__") ?? null) ?? "" };
  if (t === "NewType")
    return {
      kind: "newtype",
      name: asStr(getAttrOrUndefined(v, "__name__") ?? null) ?? "",
      supertype: describe(getAttrOrUndefined(v, "__supertype__") ?? null),
      source: v,
    };
  if (t === "TypeAliasType")
    return {
      kind: "alias",
      name: asStr(getAttrOrUndefined(v, "__name__") ?? null) ?? "",
      value: describe(getAttrOrUndefined(v, "__value__") ?? null),
      source: v,
    };
  if (t === "UnionType") return { kind: "union", members: argsOf(v).map(describe), source: v };
  const metadata = getAttrOrUndefined(v, "__metadata__");
  if (metadata instanceof PyTuple)
    return {
      kind: "annotated",
      base: describe(getAttrOrUndefined(v, "__origin__") ?? null),
      metadata: [...metadata.items],
      source: v,
    };
  const origin = getAttrOrUndefined(v, "__origin__");
  if (origin !== undefined) {
    if (typeName(typeOf(origin)) === "TypeAliasType") {
      const value = getItem(
        getAttrOrUndefined(origin, "__value__") ?? null,
        getAttrOrUndefined(v, "__args__") ?? null,
      );
      return { kind: "alias", name: repr(v), value: describe(value), source: v };
    }
    const special = specialName(origin);
    if (special === "Union") return { kind: "union", members: argsOf(v).map(describe), source: v };
    if (special === "Literal") return { kind: "literal", values: argsOf(v) };
    const name = origin instanceof PyType ? typeName(origin) : special;
    const args = argsOf(v);
    if (name.endsWith("Mapped")) args.forEach(refuseOddNames);
    return { kind: "generic", origin, name, args: args.map(describe), source: v };
  }
  if (specialName(v) === "Any") return { kind: "any" };
  return { kind: "other", value: v };
}

const CONTAINERS = new Set(["list", "set", "dict"]);

/** Text in `Mapped[list["…"]]` is a forward reference. @throws SyntaxError where it cannot be one */
function refuseOddNames(container: Value): void {
  const origin = getAttrOrUndefined(container, "__origin__");
  if (!(origin instanceof PyType) || !CONTAINERS.has(origin.name)) return;
  for (const element of argsOf(container)) if (asStr(element) !== undefined) call(forwardRefType, [element]);
}

/** `typing.Union` → "Union" */
function specialName(v: Value): string {
  const name =
    asStr(getAttrOrUndefined(v, "_name") ?? null) ?? asStr(getAttrOrUndefined(v, "__name__") ?? null);
  return name ?? repr(v).replace(/^typing\./, "");
}
