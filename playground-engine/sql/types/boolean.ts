// Boolean, and MatchType, the type of a full-text match. Behaviour: SQLAlchemy sql/sqltypes.py.
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import { mixin } from "../mixin.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { intToBoolean } from "./processors.ts";
import {
  isVariantOf,
  LeavesDdlToDialect,
  variantMappingOf,
  type ColumnLike,
  type MetaDataLike,
  type SchemaTypeLike,
  type TableLike,
} from "./schema-type.ts";
import { signature } from "./signature.ts";
import { joinDispatch } from "../schema/events.ts";
import { typeLate } from "./type-late.ts";

export interface Boolean extends LeavesDdlToDialect {}

export class Boolean extends TypeEngine implements SchemaTypeLike {
  static override readonly visitName: string = "boolean";
  static override readonly signature = signature(
    "create_constraint=False, name=None, _create_events=True, _adapted_from=None",
  );
  static {
    mixin(this, LeavesDdlToDialect);
  }
  createConstraint: boolean;
  name: string | null;
  createEvents: boolean;
  schema: string | null = null;
  metadata: MetaDataLike | null = null;
  inheritSchema = false;

  constructor(
    createConstraint = false,
    name: string | null = null,
    createEvents = true,
    adaptedFrom: TypeEngine | null = null,
  ) {
    super();
    this.createConstraint = createConstraint;
    this.name = name;
    this.createEvents = createEvents;
    if (adaptedFrom) joinDispatch(this, adaptedFrom);
  }

  override get isSchemaEventTarget(): boolean {
    return true;
  }
  override get isSchemaType(): boolean {
    return true;
  }
  override get isEmulated(): boolean {
    return true;
  }
  override get pythonType(): Kind | Value {
    return "bool";
  }

  override copy(): this {
    return this.adapt(this.typeClass, new Map<string, Value>([["_create_events", true]])) as this;
  }

  override adapt(cls: typeof this.typeClass, kwargs: Kwargs = new Map()): TypeEngine {
    const kw = new Map(kwargs);
    if (!kw.has("_create_events")) kw.set("_create_events", false);
    if (!kw.has("_adapted_from")) kw.set("_adapted_from", this);
    return super.adapt(cls, kw);
  }

  override _setParent(parent: unknown): void {
    (parent as ColumnLike)._onTableAttach((column, table) => this.setTable(column, table));
  }

  private setTable(column: ColumnLike, table: TableLike): void {
    if (!this.createConstraint) return;
    const variants = variantMappingOf(column);
    typeLate.typeCheckConstraint(
      table,
      column,
      this,
      [0, 1],
      this.name,
      (dialect) =>
        isVariantOf(this, dialect, variants) &&
        !dialect.supportsNativeBoolean &&
        dialect.nonNativeBooleanCheckConstraint,
    );
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return (value) => dialect.renderBoolean(strictBoolean(value) === true);
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    return (value) => {
      const b = strictBoolean(value);
      return b === null ? null : dialect.supportsNativeBoolean ? b : b ? 1 : 0;
    };
  }

  override resultProcessor(dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    return dialect.supportsNativeBoolean ? null : intToBoolean;
  }
}

/** None, True or False, or a number equal to one of them. Throws the host's TypeError or ValueError. */
function strictBoolean(value: Value): boolean | null {
  if (value === null || value === true || value === false) return value;
  const key = host.key(value);
  if (key === host.key(1)) return true;
  if (key === host.key(0)) return false;
  if (host.kindOf(value) !== "int") throw host.error("TypeError", `Not a boolean value: ${host.repr(value)}`);
  throw host.error("ValueError", `Value ${host.repr(value)} is not None, True, or False`);
}

export class BOOLEAN extends Boolean {
  static override readonly visitName: string = "BOOLEAN";
}

/** What MATCH gives: a boolean in most databases. */
export class MatchType extends Boolean {}
