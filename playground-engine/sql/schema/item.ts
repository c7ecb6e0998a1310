// SchemaItem: what a schema is made of. Every item hears of its parent, and can be listened to.
//
// Table and Column are also SQL elements, which come first in their chain: they take these members by mixin().
// Behaviour: SQLAlchemy sql/schema.py (SchemaItem, HasConditionalDDL), sql/base.py (SchemaEventTarget).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { DDLIf } from "../ddl-if.ts";
import { genericRepr } from "../types/signature.ts";
import { reprOf } from "../repr.ts";
import { Visitable } from "../visitable.ts";
import {
  attachWithDispatch,
  copyListeners,
  ddlEvents,
  dispatchOf,
  type Attachable,
  type DdlDispatch,
} from "./events.ts";

export abstract class SchemaItem extends Visitable implements Attachable {
  static override readonly visitName: string = "schema_item";
  static readonly pyModule: string = "sqlalchemy.sql.schema";
  static readonly dispatch = ddlEvents.classDispatch;
  declare _info: Value | undefined;
  /** Dialect of `str(CreateTable(item))`. */
  get createDropStringifyDialect(): string {
    return "default";
  }
  /** Whether schema_translate_map applies. */
  get _useSchemaMap(): boolean {
    return true;
  }

  get dispatch(): DdlDispatch {
    return dispatchOf(this);
  }

  /** A dictionary for the program's own use. */
  get info(): Value {
    return (this._info ??= host.makeDict([]));
  }
  set info(v: Value) {
    this._info = v;
  }

  abstract _setParent(parent: unknown, options?: object): void;

  _setParentWithDispatch(parent: unknown, options?: object): void {
    attachWithDispatch(this, parent, options);
  }

  /** @internal Attach the items given to a constructor. Throws ArgumentError for what is none. */
  _initItems(items: Iterable<Value>, options?: object): void {
    for (const item of items) {
      if (item === null || item === undefined) continue;
      const { _setParentWithDispatch: attach, isSchemaEventTarget } = item as {
        _setParentWithDispatch?: unknown;
        isSchemaEventTarget?: boolean;
      };
      // every type has the method: only those of a schema (Enum, Boolean) are items
      if (typeof attach !== "function" || isSchemaEventTarget === false)
        throw new ArgumentError(
          `'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got ${reprOf(item)}`,
        );
      attach.call(item, this, options);
    }
  }

  /** @internal Give a copy this item's info and its propagated listeners. */
  _schemaItemCopy<T extends { _info: Value | undefined }>(copy: T): T {
    if (this._info !== undefined) copy._info = host.makeDict(host.entries(this._info) ?? []);
    copyListeners(copy, this);
    return copy;
  }

  repr(): string {
    return genericRepr(this, { omit: ["info"] });
  }
}

/** What Table and Column take over from SchemaItem. */
export type SchemaItemMembers = Pick<
  SchemaItem,
  "info" | "createDropStringifyDialect" | "_setParentWithDispatch" | "_initItems" | "_schemaItemCopy"
>;

/** ddl_if(): whether CREATE mentions the item. Laid into constraints and indexes. */
export abstract class HasConditionalDDL {
  declare _ddlIf: DDLIf | undefined;

  ddlIf(dialect: Value = null, callable: Value = null, state: Value = null): this {
    this._ddlIf = new DDLIf(dialect, callable, state);
    return this;
  }
}
