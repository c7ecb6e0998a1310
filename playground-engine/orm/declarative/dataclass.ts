// Declarative classes as dataclasses: MappedAsDataclass, @registry.mapped_as_dataclass.
//
// The language makes the dataclass; here is which fields it has: each mapped attribute with the arguments given to its
// construct, under the type inside its `Mapped[]`.
// Behaviour: SQLAlchemy orm/decl_base.py (_setup_dataclasses_transforms), orm/interfaces.py (_AttributeOptions).
import { ArgumentError, InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { compareText, reprString } from "../../util/text.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import { fieldOptions } from "../props/mapped-attribute.ts";
import { type AttributeOptions } from "../props/attribute-options.ts";
import { annotationValue, extractMapped, isMappedAnnotation } from "./annotations.ts";
import type { CollectedAnnotation } from "./scan.ts";

const ALLOWED: ReadonlySet<string> = new Set([
  "init",
  "repr",
  "order",
  "eq",
  "unsafe_hash",
  "kw_only",
  "match_args",
  "dataclass_callable",
]);

/** @throws ArgumentError */
export function assertDataclassArguments(args: Kwargs): void {
  const bad = [...args.keys()].filter((k) => !ALLOWED.has(k)).sort(compareText);
  if (bad.length)
    throw new ArgumentError(`Dataclass argument(s) ${bad.map(reprString).join(", ")} are not accepted`);
}

/** `dataclasses.field()` for what an attribute's construct was told. */
function fieldFor(key: string, o: AttributeOptions): Value {
  const kw: Kwargs = new Map();
  const given: [string, Value][] = [
    ["default_factory", o.defaultFactory],
    ["default", o.default],
    ["init", o.init],
    ["repr", o.repr],
    ["compare", o.compare],
    ["kw_only", o.kwOnly],
    ["hash", o.hash],
    ["metadata", o.dataclassMetadata],
  ];
  for (const [name, v] of given) if (v !== undefined) kw.set(name, v);
  const value = kw.get("default");
  if (kw.has("default") && host.isCallable(value))
    warnDeprecated(
      `Callable object passed to the \`\`default\`\` parameter for attribute ${reprString(key)} in a ORM-mapped Dataclasses context is ambiguous, and this use will raise an error in a future release.  If this callable is intended to produce Core level INSERT default values for an underlying \`\`Column\`\`, use the \`\`mapped_column.insert_default\`\` parameter instead.  To establish this callable as providing a default value for instances of the dataclass itself, use the \`\`default_factory\`\` dataclasses parameter.`,
    );
  // A field without a place in __init__ would leave its default on the class, where the attribute goes.
  if (
    kw.has("init") &&
    !host.isTrue(kw.get("init")) &&
    kw.has("default") &&
    !host.isCallable(value) &&
    !kw.has("default_factory")
  ) {
    kw.delete("default");
    kw.set("default_factory", face().dataclassConstant?.(value) ?? (() => value));
  }
  return face().dataclassField!(kw);
}

/** Makes the class a dataclass while these are its annotations. @throws InvalidRequestError, ArgumentError */
export function applyDataclass(
  cls: ClassRef,
  args: Kwargs,
  annotations: readonly (readonly [string, Value])[],
): void {
  assertDataclassArguments(args);
  const { makeDataclass } = face();
  if (!makeDataclass) throw new InvalidRequestError("This language has no dataclasses");
  const kwargs = new Map([...args].filter(([k]) => k !== "dataclass_callable"));
  try {
    makeDataclass(cls, annotations, args.get("dataclass_callable") ?? null, kwargs);
  } catch (e) {
    if (!host.isError(e, "TypeError") && !host.isError(e, "ValueError")) throw e;
    throw host.withCause(
      new InvalidRequestError(
        `Python dataclasses error encountered when creating dataclass for ${reprString(face().className(cls))}: ${host.repr(e)}. Please refer to Python dataclasses documentation for additional information.`,
        { code: "dcte" },
      ),
      e,
    );
  }
}

export function makeDataclassOf(
  cls: ClassRef,
  args: Kwargs,
  annotations: ReadonlyMap<string, CollectedAnnotation>,
  attributes: ReadonlyMap<string, Value>,
): void {
  if (face().ownMember(cls, "__dataclass_fields__") !== undefined)
    throw new InvalidRequestError(
      `Class ${host.str(cls)} is already a dataclass; ensure that base classes / decorator styles of establishing dataclasses are not being mixed. This can happen if a class that inherits from 'MappedAsDataclass', even indirectly, is been mapped with '@registry.mapped_as_dataclass'`,
    );
  if (face().ownMember(cls, "__table__") !== undefined)
    throw new InvalidRequestError(
      `Class ${host.str(cls)} already defines a '__table__'. ORM Annotated Dataclasses do not support a pre-existing '__table__' element`,
    );
  const foreign = new Map<ClassRef, string[]>();
  const fields: [string, Value][] = [];
  for (const [key, { extracted, originating }] of annotations) {
    if (originating !== cls && face().ownMember(originating, "__dataclass_fields__") === undefined) {
      const keys = foreign.get(originating);
      if (keys) keys.push(key);
      else foreign.set(originating, [key]);
    }
    const value = attributes.get(key);
    if (value instanceof QueryableAttribute) continue;
    fields.push([key, annotationValue(extracted)]);
    const options = fieldOptions(value);
    if (options) face().install(cls, key, fieldFor(key, options));
    else if (value !== undefined) face().install(cls, key, value);
  }
  for (const [originating, keys] of foreign)
    warnDeprecated(
      `When transforming ${host.str(cls)} to a dataclass, attribute(s) ${keys.map(reprString).join(", ")} originates from superclass ${host.str(originating)}, which is not a dataclass.  This usage is deprecated and will raise an error in SQLAlchemy 2.1.  When declaring SQLAlchemy Declarative Dataclasses, ensure that all mixin classes and other superclasses which include attributes are also a subclass of MappedAsDataclass.`,
      { code: "dcmx" },
    );
  applyDataclass(cls, args, fields);
}

/** Annotations of a mixin or abstract class without their `Mapped[]`. */
export function plainAnnotations(cls: ClassRef): [string, Value][] {
  return face()
    .annotations(cls)
    .flatMap(([name, a]): [string, Value][] => {
      if (!isMappedAnnotation(a, cls)) return [[name, annotationValue(a)]];
      const found = extractMapped(a, cls, cls, name, false);
      return found ? [[name, annotationValue(found.annotation)]] : [];
    });
}
