// What declarative may find in a class body: things that are attributes by themselves, that bring columns, that read their annotation.
// Behaviour: SQLAlchemy orm/interfaces.py (_MappedAttribute, _MapsColumns, _IntrospectsAnnotations).
import { ArgumentError } from "../../errors/index.ts";
import { host } from "../../util/host.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import type { Registry } from "../mapping/registry.ts";
import type { Column } from "../state/sql-types.ts";
import type { AttributeOptions } from "./attribute-options.ts";
import type { MapperProperty } from "./property.ts";

/** Anything declarative takes from a class body: properties, mapped_column. */
export interface MappedAttribute {
  readonly _attributeOptions: AttributeOptions;
  readonly _hasDataclassArguments: boolean;
}

/** Something in a class body that brings columns along: mapped_column, column_property, composite. */
export interface MapsColumns extends MappedAttribute {
  readonly isMapsColumns: true;
  /** The property to map; null where the columns alone say it. */
  readonly mapperPropertyToAssign: MapperProperty | null;
  /** Columns for the table, with their sort_order. */
  readonly columnsToAssign: readonly (readonly [Column, number])[];
}

/** The generic class that holds an attribute's type: `Mapped[…]` and its kin. */
export type MappedContainer = "Mapped" | "DynamicMapped" | "WriteOnlyMapped";

/** What the scan of a class tells those of its attributes that read their annotations: declarative/scan.ts. */
export interface DeclarativeScan {
  readonly cls: ClassRef;
  /** The mapped class it inherits from. */
  readonly inherits: ClassRef | null;
  /** It has no table of its own. */
  readonly single: boolean;
  /** Mapping waits for prepare(). */
  readonly isDeferred: boolean;
  readonly allowUnmappedAnnotations: boolean;
}

/** Attributes that declarative shows their annotation. */
export interface IntrospectsAnnotations {
  /**
   * Reads what is missing from the annotation: `annotation` as written, `extracted` without its `Mapped[]`.
   * @throws ArgumentError, MappedAnnotationError
   */
  declarativeScan(
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originatingClass: ClassRef,
    key: string,
    mappedContainer: MappedContainer | null,
    annotation: Annotation | null,
    extracted: Annotation | null,
    isDataclassField: boolean,
  ): void;
  /** Met inside `Annotated[…]`: the attribute that it stands for. */
  foundInPep593Annotated(): MappedAttribute;
}

export function introspectsAnnotations(v: unknown): v is IntrospectsAnnotations {
  return (
    typeof v === "object" && v !== null && typeof (v as IntrospectsAnnotations).declarativeScan === "function"
  );
}

export function mapsColumns(v: unknown): v is MapsColumns {
  return typeof v === "object" && v !== null && (v as MapsColumns).isMapsColumns === true;
}

/** Whether a value of a class body is meant for mapping. */
export function isMappedAttribute(v: unknown): v is MappedAttribute {
  return typeof v === "object" && v !== null && "_attributeOptions" in v;
}

/** What a dataclass's field of it is told: of an attribute, or of what only stands on the class (an association proxy). */
export function fieldOptions(v: unknown): AttributeOptions | undefined {
  if (isMappedAttribute(v)) return v._attributeOptions;
  return (v as { readonly attributeOptions?: AttributeOptions } | null | undefined)?.attributeOptions;
}

/** @throws ArgumentError */
export function raiseForRequired(construct: string, key: string, cls: ClassRef): never {
  throw new ArgumentError(
    `Python typing annotation is required for attribute "${face().className(cls)}.${key}" when primary argument(s) for "${construct}" construct are None or not present`,
  );
}

/** Likewise for what has no meaning inside `Annotated[…]`. */
export function notInAnnotated(construct: string): never {
  throw host.error(
    "NotImplementedError",
    `Use of the '${construct}' construct inside of an Annotated object is not yet supported.`,
  );
}
