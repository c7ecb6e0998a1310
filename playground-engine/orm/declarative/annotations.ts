// What an annotation says, beyond its own words: whether None is allowed, what is inside `Mapped[]`, how it is printed.
//
// Annotations are neutral trees (orm/face.ts); text stays text until somebody needs the names in it.
// Behaviour: SQLAlchemy util/typing.py, orm/util.py (_extract_mapped_subtype, _cleanup_mapped_str_annotation).
import { MappedAnnotationError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { reprString } from "../../util/text.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import type { MappedContainer } from "../props/mapped-attribute.ts";

const CONTAINERS: ReadonlySet<string> = new Set(["Mapped", "DynamicMapped", "WriteOnlyMapped"]);

function ormBases(cls: Value): string[] {
  return face().isClass(cls)
    ? face()
        .mro(cls)
        .filter((c) => face().module(c).startsWith("sqlalchemy."))
        .map((c) => face().className(c))
    : [];
}

/** `Mapped`, DynamicMapped or WriteOnlyMapped, for these classes and those below them. */
function containerOf(cls: Value): MappedContainer | undefined {
  return ormBases(cls).find((name) => CONTAINERS.has(name)) as MappedContainer | undefined;
}

/** Text with the names in it looked up where the class was written. @throws the host's NameError */
function resolveText(cls: ClassRef, text: string): Annotation {
  const found = face().resolveForward(cls, text);
  if (!found) throw host.error("NameError", `Could not de-stringify annotation ${reprString(text)}`);
  return found;
}

export function hasForward(a: Annotation): boolean {
  return (
    a.kind === "forward" ||
    (a.kind === "generic" && a.args.some(hasForward)) ||
    (a.kind === "union" && a.members.some(hasForward)) ||
    (a.kind === "annotated" && hasForward(a.base))
  );
}

/** The annotation with all text in it looked up; a name within what it stands for stays text. @throws the host's NameError */
export function resolveAll(cls: ClassRef, a: Annotation, within: readonly string[] = []): Annotation {
  if (!hasForward(a)) return a;
  const deeper = [...within, annotationKey(a)];
  const inner = (x: Annotation): Annotation => resolveAll(cls, x, deeper);
  switch (a.kind) {
    case "forward": {
      const found = resolveText(cls, a.text);
      return found.kind === "forward" ? found : within.includes(annotationKey(found)) ? a : inner(found);
    }
    case "generic":
      return { ...a, args: a.args.map(inner) };
    case "union":
      return { ...a, members: a.members.map(inner) };
    case "annotated":
      return { ...a, base: inner(a.base) };
    default:
      return a;
  }
}

/** Parts of "Union[…]" or "a | b" in unresolved text; undefined where it is neither. */
function unionParts(text: string): string[] | undefined {
  const m = /^(.+?)\[(.+)\]$/.exec(text);
  if (m) {
    const outer = (m[1] as string).split(".").at(-1);
    if (outer === "Optional") return [m[2] as string, "None"];
    if (outer !== "Union") return undefined;
    const parts: string[] = [];
    let depth = 0;
    let at = "";
    for (const ch of m[2] as string) {
      if (ch === "[") depth++;
      else if (ch === "]") depth--;
      if (ch === "," && depth === 0) {
        parts.push(at.trim());
        at = "";
      } else at += ch;
    }
    return [...parts, at.trim()];
  }
  const parts = text.split(/\s*\|\s*/);
  return parts.length > 1 ? parts : undefined;
}

export function includesNone(a: Annotation): boolean {
  switch (a.kind) {
    case "none":
      return true;
    case "forward":
      return a.text === "None" || (unionParts(a.text)?.includes("None") ?? false);
    case "union":
      return a.members.some(includesNone);
    case "annotated":
      return includesNone(a.base);
    case "alias":
      return includesNone(a.value);
    case "newtype":
      return includesNone(a.supertype);
    default:
      return false;
  }
}

/** The annotation without None among its alternatives. */
export function deOptionalize(a: Annotation): Annotation {
  if (a.kind === "forward") {
    const parts = unionParts(a.text);
    return parts?.includes("None")
      ? { kind: "forward", text: parts.filter((p) => p !== "None").join("|") }
      : a;
  }
  if (a.kind !== "union" || !includesNone(a)) return a;
  const members = a.members.filter((m) => m.kind !== "none" && !(m.kind === "forward" && m.text === "None"));
  return members.length === 1 ? (members[0] as Annotation) : { kind: "union", members, source: null };
}

/** Equal annotations have equal keys. */
export function annotationKey(a: Annotation): string {
  switch (a.kind) {
    case "class":
      return `c${keyOf(a.cls)}`;
    case "generic":
      return `g${keyOf(a.origin)}[${a.args.map(annotationKey).join(",")}]`;
    case "union":
      return `u(${a.members.map(annotationKey).sort().join("|")})`;
    case "literal":
      return `l(${a.values.map(keyOf).join(",")})`;
    case "annotated":
      return `a${annotationKey(a.base)}{${a.metadata.map(keyOf).join(",")}}`;
    case "alias":
    case "newtype":
      return `n${keyOf(a.source)}`;
    case "forward":
      return `f${a.text}`;
    case "other":
      return `o${keyOf(a.value)}`;
    default:
      return a.kind;
  }
}

const ids = new Map<unknown, number>();
const objects = new WeakMap<object, number>();
let lastId = 0;

function keyOf(v: Value): string {
  const k = typeof v === "object" && v !== null && !host.isHashable(v) ? v : host.key(v);
  if ((typeof k === "object" && k !== null) || typeof k === "function") {
    let id = objects.get(k);
    if (id === undefined) objects.set(k, (id = ++lastId));
    return `#${id}`;
  }
  let id = ids.get(k);
  if (id === undefined) ids.set(k, (id = ++lastId));
  return `=${id}`;
}

/** The annotation as a value of the program: what `__annotations__` would hold. */
export function annotationValue(a: Annotation): Value {
  switch (a.kind) {
    case "class":
      return a.cls;
    case "generic":
    case "union":
    case "annotated":
    case "alias":
    case "newtype":
      return a.source;
    case "forward":
      return a.text;
    case "other":
      return a.value;
    default:
      return null;
  }
}

/** `str()` of it */
export function annotationText(a: Annotation): string {
  switch (a.kind) {
    case "forward":
      return a.text;
    case "literal":
      return `typing.Literal[${a.values.map((v) => host.repr(v)).join(", ")}]`;
    case "any":
      return "typing.Any";
    case "union":
      if (a.source === null)
        return `typing.Union[${a.members.map((m) => (m.kind === "class" ? shortName(m.cls) : annotationText(m))).join(", ")}]`;
      return host.str(a.source);
    default:
      return host.str(annotationValue(a));
  }
}

function shortName(cls: ClassRef): string {
  const module = face().module(cls);
  return module === "builtins" ? face().qualname(cls) : `${module}.${face().qualname(cls)}`;
}

/** A Python type, as opposed to some object in an annotation's place. */
export function isType(a: Annotation): boolean {
  return a.kind !== "other" && a.kind !== "forward";
}

/** Whether the annotation is `Mapped[…]` as far as its names are known. */
export function isMappedAnnotation(a: Annotation | null, originating: ClassRef): boolean {
  if (a === null) return false;
  const found = a.kind === "forward" ? face().resolveForward(originating, a.text) : a;
  return found?.kind === "generic" && containerOf(found.origin) !== undefined;
}

export interface Extracted {
  /** What is inside `Mapped[]`, or the annotation itself where there is none. */
  readonly annotation: Annotation;
  readonly container: MappedContainer | null;
}

class UnknownContainer {}

/** In text like "Mapped[List[Address]]" the innermost name may not be there yet: it is quoted. */
function quoteInnermost(text: string, originating: ClassRef): string {
  const mm = /^([^ |]+?)\[(.+)\]$/.exec(text);
  if (!mm) return text;
  const outer = face().resolveForward(originating, mm[1] as string);
  if (!outer) throw new UnknownContainer();
  const value = outer.kind === "class" ? outer.cls : outer.kind === "generic" ? outer.origin : undefined;
  const isClassVar = outer.kind === "other" && host.str(outer.value) === "typing.ClassVar";
  if (!isClassVar && (value === undefined || !containerOf(value))) return text;
  const stack: string[] = [mm[1] as string];
  let rest = mm[2] as string;
  for (let m = /^([^ |]+?)\[(.+)\]$/.exec(rest); m; m = /^([^ |]+?)\[(.+)\]$/.exec(rest)) {
    stack.push(m[1] as string);
    rest = m[2] as string;
  }
  if (!/^["'].*["']$/.test(rest) && !/[[\]]/.test(rest)) {
    const inner = rest
      .split(",")
      .map((e) => `"${e.replace(/^["' ]+|["' ]+$/g, "")}"`)
      .join(", ");
    return `${[...stack, inner].join("[")}${"]".repeat(stack.length)}`;
  }
  return text;
}

/**
 * Takes `Mapped[]` off an annotation; null where there is none to look at.
 * @throws MappedAnnotationError where the attribute should be mapped and the annotation says something else
 */
export function extractMapped(
  raw: Annotation | null,
  cls: ClassRef,
  originating: ClassRef,
  key: string,
  expectMapped: boolean,
): Extracted | null {
  if (raw === null) return null;
  let annotated = raw;
  const uninterpretable = (): MappedAnnotationError =>
    new MappedAnnotationError(
      `Could not interpret annotation ${annotationText(raw)}.  Check that it uses names that are correctly imported at the module level. See chained stack trace for more hints.`,
    );
  if (raw.kind === "forward") {
    try {
      annotated = resolveText(originating, quoteInnermost(raw.text, originating));
    } catch (e) {
      if (e instanceof UnknownContainer) throw uninterpretable();
      if (!host.isError(e, "NameError")) throw e;
      if (raw.text.includes("Mapped[")) throw host.withCause(uninterpretable(), e);
    }
  }
  const container = annotated.kind === "generic" ? containerOf(annotated.origin) : undefined;
  if (annotated.kind !== "generic" || !container) {
    if (!expectMapped) return { annotation: annotated, container: null };
    if (
      annotated.kind === "generic" &&
      (annotated.name === "ClassVar" || ormBases(annotated.origin).includes("ORMDescriptor"))
    )
      return null;
    throw new MappedAnnotationError(
      `Type annotation for "${face().className(cls)}.${key}" can't be correctly interpreted for Annotated Declarative Table form.  ORM annotations should normally make use of the \`\`Mapped[]\`\` generic type, or other ORM-compatible generic type, as a container for the actual type, which indicates the intent that the attribute is mapped. Class variables that are not intended to be mapped by the ORM should use ClassVar[].  To allow Annotated Declarative to disregard legacy annotations which don't use Mapped[] to pass, set "__allow_unmapped__ = True" on the class or a superclass this class.`,
      { code: "zlpr" },
    );
  }
  if (annotated.args.length !== 1)
    throw new MappedAnnotationError("Expected sub-type for Mapped[] annotation");
  return { annotation: annotated.args[0] as Annotation, container };
}
