// Types that take part in CREATE and DROP of the tables and MetaData they belong to (SQLAlchemy's SchemaType).
//
// Enum, Boolean and PostgreSQL's named types have different parents, so what they share is functions over this
// interface. A type hears of its column, then of the column's table; a native type of some dialect then creates itself.
// Behaviour: SQLAlchemy sql/sqltypes.py (SchemaType).
import { listenInternal } from "../../event/index.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import type { TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";

/** A column, as far as a type knows one. */
export interface ColumnLike {
  readonly type: TypeEngine;
  _onTableAttach(fn: (column: ColumnLike, table: TableLike) => void): void;
}
export interface TableLike {
  readonly schema: string | null;
  readonly metadata: MetaDataLike;
}
export interface MetaDataLike {
  readonly schema: string | null;
}
/** A connection or another thing DDL is run with. */
export interface DdlBind {
  readonly dialect: TypeDialect;
}

export interface SchemaTypeLike extends TypeEngine {
  name: string | null;
  schema: string | null;
  metadata: MetaDataLike | null;
  inheritSchema: boolean;
  createEvents: boolean;
  create(bind: DdlBind, checkfirst?: boolean): void;
  drop(bind: DdlBind, checkfirst?: boolean): void;
  onTableCreate(target: object, bind: DdlBind, kwargs: Kwargs): void;
  onTableDrop(target: object, bind: DdlBind, kwargs: Kwargs): void;
  onMetadataCreate(target: object, bind: DdlBind, kwargs: Kwargs): void;
  onMetadataDrop(target: object, bind: DdlBind, kwargs: Kwargs): void;
}
type Hook = "onTableCreate" | "onTableDrop" | "onMetadataCreate" | "onMetadataDrop";

export function isSchemaType(t: unknown): t is SchemaTypeLike {
  return t instanceof TypeEngine && t.isSchemaType;
}

/** Types by dialect name, "_default" the column's own. */
export type VariantMapping = ReadonlyMap<string, TypeEngine> | undefined;
const VARIANTS = "variant_mapping";

/** What the constructor of a SchemaType does once its fields are set. */
export function listenToMetadata(type: SchemaTypeLike): void {
  if (!type.createEvents || !type.metadata) return;
  hook(type, type.metadata, "before_create", "onMetadataCreate", undefined);
  hook(type, type.metadata, "after_drop", "onMetadataDrop", undefined);
}

/** Column → types of all dialects, where it has variants. */
export function variantMappingOf(column: ColumnLike): VariantMapping {
  if (!column.type.variantMapping.size) return undefined;
  return new Map([...column.type.variantMapping, ["_default", column.type]]);
}

export function setTable(type: SchemaTypeLike, column: ColumnLike, table: TableLike): void {
  if (type.inheritSchema) type.schema = table.schema;
  else if (type.metadata && type.schema === null && type.metadata.schema) type.schema = type.metadata.schema;
  if (!type.createEvents) return;
  const variants = variantMappingOf(column);
  hook(type, table, "before_create", "onTableCreate", variants);
  hook(type, table, "after_drop", "onTableDrop", variants);
  // With a MetaData of its own the type has listened to that since it was made.
  if (type.metadata) return;
  hook(type, table.metadata, "before_create", "onMetadataCreate", variants);
  hook(type, table.metadata, "after_drop", "onMetadataDrop", variants);
}

function hook(
  type: SchemaTypeLike,
  target: object,
  event: string,
  method: Hook,
  variants: VariantMapping,
): void {
  listenInternal(target, event, (on: Value, bind: Value, kwargs: Value) => {
    const kw: Kwargs = new Map(kwargs as Kwargs | undefined);
    kw.set(VARIANTS, variants);
    type[method](on as object, bind as DdlBind, kw);
  });
}

/** What the dialect makes of the type, if that is a class of its own. */
function nativeOf(type: SchemaTypeLike, dialect: TypeDialect): SchemaTypeLike | null {
  const impl = type.dialectImpl(dialect);
  return isSchemaType(impl) && impl.constructor !== type.constructor ? impl : null;
}

function passOn(type: SchemaTypeLike, method: Hook, target: object, bind: DdlBind, kwargs: Kwargs): void {
  const kw = new Map(kwargs);
  if (isImplForVariant(type, bind.dialect, kw)) nativeOf(type, bind.dialect)?.[method](target, bind, kw);
}

/** The methods of a type that leaves CREATE and DROP to what a dialect makes of it: laid into its class by mixin(). */
export abstract class LeavesDdlToDialect {
  create(this: SchemaTypeLike, bind: DdlBind, checkfirst = false): void {
    nativeOf(this, bind.dialect)?.create(bind, checkfirst);
  }
  drop(this: SchemaTypeLike, bind: DdlBind, checkfirst = false): void {
    nativeOf(this, bind.dialect)?.drop(bind, checkfirst);
  }
  onTableCreate(this: SchemaTypeLike, target: object, bind: DdlBind, kwargs: Kwargs): void {
    passOn(this, "onTableCreate", target, bind, kwargs);
  }
  onTableDrop(this: SchemaTypeLike, target: object, bind: DdlBind, kwargs: Kwargs): void {
    passOn(this, "onTableDrop", target, bind, kwargs);
  }
  onMetadataCreate(this: SchemaTypeLike, target: object, bind: DdlBind, kwargs: Kwargs): void {
    passOn(this, "onMetadataCreate", target, bind, kwargs);
  }
  onMetadataDrop(this: SchemaTypeLike, target: object, bind: DdlBind, kwargs: Kwargs): void {
    passOn(this, "onMetadataDrop", target, bind, kwargs);
  }
}

/** Whether the type is the one that the column has in this dialect. Takes the mapping out of the arguments. */
function isImplForVariant(type: TypeEngine, dialect: { readonly name: string }, kwargs: Kwargs): boolean {
  const mapping = kwargs.get(VARIANTS) as VariantMapping;
  kwargs.delete(VARIANTS);
  return isVariantOf(type, dialect, mapping);
}

export function isVariantOf(
  type: TypeEngine,
  dialect: { readonly name: string },
  mapping: VariantMapping,
): boolean {
  if (!mapping) return true;
  const is = (t: TypeEngine | undefined): boolean =>
    t === type ||
    (t !== undefined && t.isArray && (t as TypeEngine & { itemType: TypeEngine }).itemType === type);
  return is(mapping.get(dialect.name) ?? mapping.get("_default"));
}
