// Defaults that the database itself supplies: DEFAULT clauses, triggers, computed and identity columns.
// Behaviour: SQLAlchemy sql/schema.py (FetchedValue, DefaultClause, Computed, Identity).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { defaults } from "../mixin.ts";
import * as roles from "../roles.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { genericRepr, signature, type Signature } from "../types/signature.ts";
import { reprOf } from "../repr.ts";
import { NULL_UNSPECIFIED } from "./constants.ts";
import { copyExpression } from "./copy.ts";
import { countingRules, type CountingRules, type IdentityOptions } from "./defaults.ts";
import { SchemaItem } from "./item.ts";
import type { Column } from "./column.ts";
import type { Table } from "./table.ts";

/** A value that the database fills in and that is fetched after INSERT or UPDATE. */
export class FetchedValue extends SchemaItem {
  static override readonly visitName: string = "fetched_value";
  static readonly signature: Signature = signature("for_update=False");
  declare readonly isServerDefault: boolean;
  declare readonly hasArgument: boolean;
  declare readonly isClauseElement: boolean;
  declare readonly isIdentity: boolean;
  declare readonly isComputed: boolean;
  /** Found by reflection. */
  reflected = false;
  forUpdate: boolean;
  column: Column | null = null;

  constructor(forUpdate = false) {
    super();
    this.forUpdate = forUpdate;
  }

  /** @internal */
  _asForUpdate(forUpdate: boolean): FetchedValue {
    return forUpdate === this.forUpdate ? this : this.cloneFor(forUpdate);
  }

  _copy(_options: { targetTable?: Table | null } = {}): FetchedValue {
    return this.cloneFor(this.forUpdate);
  }

  private cloneFor(forUpdate: boolean): FetchedValue {
    const made = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as FetchedValue, this);
    made.column = null;
    made.forUpdate = forUpdate;
    return made;
  }

  override _setParent(parent: unknown): void {
    const column = parent as Column;
    this.column = column;
    if (this.forUpdate) column.serverOnupdate = this;
    else column.serverDefault = this;
  }

  override repr(): string {
    return genericRepr(this);
  }
}
defaults(FetchedValue, {
  isServerDefault: true,
  hasArgument: false,
  isClauseElement: false,
  isIdentity: false,
  isComputed: false,
});

export function isFetchedValue(v: unknown): v is FetchedValue {
  return v instanceof FetchedValue;
}

/** DEFAULT of a column: a string (a literal) or an expression. */
export class DefaultClause extends FetchedValue {
  readonly arg: string | ClauseElement;

  constructor(arg: Value, forUpdate = false, reflected = false) {
    super(forUpdate);
    const isElement = (arg as { isClauseElement?: unknown } | null)?.isClauseElement === true;
    if (typeof arg !== "string" && !isElement)
      throw new ArgumentError(
        `Argument 'arg' is expected to be one of type '<class 'str'>' or '<class 'sqlalchemy.sql.elements.ClauseElement'>' or '<class 'sqlalchemy.sql.elements.TextClause'>', got '${host.str(host.typeOf(arg))}'`,
      );
    this.arg = arg as string | ClauseElement;
    this.reflected = reflected;
  }

  override repr(): string {
    return `DefaultClause(${reprOf(this.arg)}, for_update=${reprOf(this.forUpdate)})`;
  }
}
defaults(DefaultClause, { hasArgument: true });

/** GENERATED ALWAYS AS (…) */
export class Computed extends FetchedValue {
  static override readonly visitName: string = "computed_column";
  static override readonly signature: Signature = signature("sqltext, persisted=None");
  readonly sqltext: ClauseElement;
  readonly persisted: boolean | null;

  constructor(sqltext: Value, persisted: boolean | null = null) {
    super();
    this.sqltext = expect(roles.DDLExpressionRole, sqltext);
    this.persisted = persisted;
  }

  override _setParent(parent: unknown): void {
    const column = parent as Column;
    const allowed = (v: FetchedValue | null): boolean => v === null || v instanceof Computed;
    if (!allowed(column.serverDefault) || !allowed(column.serverOnupdate))
      throw new ArgumentError(
        "A generated column cannot specify a server_default or a server_onupdate argument",
      );
    this.column = column;
    column.computed = this;
    column.serverOnupdate = this;
    column.serverDefault = this;
  }

  override _asForUpdate(): FetchedValue {
    return this;
  }

  override _copy({ targetTable = null }: { targetTable?: Table | null } = {}): Computed {
    const text = copyExpression(this.sqltext, this.column?.table as Table | null | undefined, targetTable);
    return this._schemaItemCopy(new Computed(text, this.persisted));
  }

  override repr(): string {
    return genericRepr(this, { omit: ["info"] });
  }
}
defaults(Computed, { isComputed: true });

export interface IdentityArguments extends IdentityOptions {
  readonly always?: boolean | null;
  readonly onNull?: boolean | null;
}

/** GENERATED … AS IDENTITY */
export interface Identity extends CountingRules {}
export class Identity extends FetchedValue {
  static override readonly visitName: string = "identity_column";
  static override readonly signature: Signature = signature(
    "always=False, on_null=None, start=None, increment=None, minvalue=None, maxvalue=None, nominvalue=None, nomaxvalue=None, cycle=None, cache=None, order=None",
  );
  readonly always: boolean | null;
  readonly onNull: boolean | null;

  constructor(options: IdentityArguments = {}) {
    super();
    Object.assign(this, countingRules(options));
    this.always = options.always === undefined ? false : options.always;
    this.onNull = options.onNull ?? null;
  }

  get _incrementIsNegative(): boolean {
    return this.increment !== null && this.increment < 0;
  }

  override _setParent(parent: unknown): void {
    const column = parent as Column;
    if (
      !(column.serverDefault === null || column.serverDefault instanceof Identity) ||
      column.serverOnupdate !== null
    )
      throw new ArgumentError(
        "A column with an Identity object cannot specify a server_default or a server_onupdate argument",
      );
    if (column.autoincrement === false)
      throw new ArgumentError("A column with an Identity object cannot specify autoincrement=False");
    this.column = column;
    column.identity = this;
    if (column._userDefinedNullable === NULL_UNSPECIFIED) column.nullable = false;
    column.serverDefault = this;
  }

  override _asForUpdate(): FetchedValue {
    return this;
  }

  override _copy(): Identity {
    return this._schemaItemCopy(
      new Identity({ ...countingRules(this), always: this.always, onNull: this.onNull }),
    );
  }

  override repr(): string {
    return genericRepr(this, { omit: ["info"] });
  }
}
defaults(Identity, { isIdentity: true });
