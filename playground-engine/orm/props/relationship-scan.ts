// What a Mapped[...] annotation says of a relationship: the target, whether it is a collection and of which class.
// Behaviour: SQLAlchemy orm/relationships.py (RelationshipProperty.declarative_scan), util/typing.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { annotationValue, deOptionalize } from "../declarative/annotations.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import type { MappedContainer } from "./mapped-attribute.ts";

export interface Scanned {
  /** The target: a class, or a name to be looked up. */
  readonly argument: Value;
  /** False where the annotation says one object. */
  readonly uselist?: false;
  readonly collectionClass?: ClassRef;
}

/** @throws ArgumentError */
export function scanAnnotation(
  extracted: Annotation,
  container: MappedContainer | null,
  originating: ClassRef,
  collectionClass: Value,
): Scanned {
  const oneLoads = container === "WriteOnlyMapped" || container === "DynamicMapped";
  const annotation = deOptionalize(extracted);
  const scalar: { uselist?: false } = collectionClass === null && !oneLoads ? { uselist: false } : {};
  if (annotation.kind === "forward") return { argument: className(annotation.text, originating), ...scalar };
  if (annotation.kind === "generic") {
    const { origin } = annotation;
    if (!annotation.args.length)
      throw new ArgumentError(`Generic alias ${host.str(annotation.source)} requires an argument`);
    const isCollection = face().isClass(origin) && isCollectionClass(origin);
    const target = annotation.args[isCollection && isMapping(origin) ? annotation.args.length - 1 : 0]!;
    const argument =
      target.kind === "forward" ? className(target.text, originating) : annotationValue(target);
    if (!isCollection) return oneLoads ? { argument } : { argument, uselist: false };
    if (collectionClass !== null) return { argument };
    if (isAbstract(origin))
      throw new ArgumentError(
        `Collection annotation type ${host.str(origin)} cannot be instantiated; please provide an explicit 'collection_class' parameter (e.g. list, set, etc.) to the relationship() function to accompany this annotation`,
      );
    return { argument, collectionClass: origin };
  }
  return { argument: annotationValue(annotation), ...scalar };
}

/** The name of the class that a name of the module means, which may be an alias; else the name itself. */
function className(text: string, originating: ClassRef): string {
  const found = face().resolveForward(originating, text);
  return found?.kind === "class" ? face().className(found.cls) : text;
}

/** `issubclass(cls, collections.abc.Collection)`: by what it can do. */
function isCollectionClass(cls: ClassRef): boolean {
  return (
    ["__len__", "__iter__", "__contains__"].every((name) => face().getClassAttribute(cls, name) != null) ||
    face().collectionRole(cls) !== undefined
  );
}

function isMapping(cls: ClassRef): boolean {
  return (
    host.kindOfClass(cls) === "dict" ||
    face()
      .mro(cls)
      .some((c) => ["dict", "Mapping", "MutableMapping"].includes(face().className(c)))
  );
}

function isAbstract(cls: ClassRef): boolean {
  const methods = face().getClassAttribute(cls, "__abstractmethods__");
  return methods != null && [...(host.iterate(methods) ?? [])].length > 0;
}
