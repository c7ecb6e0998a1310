// Column: a column of a Table, with all that DDL and INSERT need to know about it.
//
// `default`, `onupdate`, `serverDefault` and `serverOnupdate` are objects here, whatever was given. A column's foreign keys,
// constraints, defaults and type are its children: they are attached to it first, and hear of the table when it joins one.
// Behaviour: SQLAlchemy sql/schema.py (Column).
import { extendAnnotated, type AnnotatedState } from "../annotation.ts";
import { constantPart, type CacheKeyBuilder } from "../cache-key.ts";
import { ArgumentError, DuplicateColumnError, InvalidRequestError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { ColumnClause } from "../elements/column-clause.ts";
import type { ColumnElement, ProxyOptions } from "../elements/column.ts";
import { mixin } from "../mixin.ts";
import { QuotedName, type NameArgument } from "../names.ts";
import { reprOf } from "../repr.ts";
import type { FromClause } from "../selectable/from-clause.ts";
import { isTypeArgument, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import { nextCreationOrder, NULL_UNSPECIFIED } from "./constants.ts";
import type { Constraint } from "./constraint.ts";
import {
  ColumnDefault,
  describeDefault,
  InsertSentinelColumnDefault,
  Sequence,
  type DefaultDescription,
} from "./defaults.ts";
import { DialectKWArgs } from "./dialect-kwargs.ts";
import { ddlEvents, dispatchOf, type DdlDispatch } from "./events.ts";
import { ForeignKey } from "./foreign-key.ts";
import { SchemaItem, type SchemaItemMembers } from "./item.ts";
import { isTable, schemaLate } from "./late.ts";
import { Computed, DefaultClause, FetchedValue, Identity } from "./server-defaults.ts";
import type { Table } from "./table.ts";
import { typeLate } from "../types/type-late.ts";
import { listenInternal } from "../../event/index.ts";

export interface ColumnOptions {
  readonly name?: NameArgument | null;
  readonly type?: TypeArgument;
  /** The same, by Python's name. */
  readonly type_?: TypeArgument;
  readonly autoincrement?: boolean | "auto" | "ignore_fk";
  /** undefined: not given */
  readonly default?: Value;
  readonly insertDefault?: Value;
  readonly doc?: string | null;
  readonly key?: string | null;
  readonly index?: boolean | string | null;
  readonly unique?: boolean | string | null;
  readonly info?: Value;
  readonly nullable?: boolean | null | typeof NULL_UNSPECIFIED;
  readonly onupdate?: Value;
  readonly primaryKey?: boolean;
  readonly serverDefault?: Value;
  readonly serverOnupdate?: Value;
  readonly quote?: boolean | null;
  readonly system?: boolean;
  readonly comment?: string | null;
  readonly insertSentinel?: boolean;
  /** @internal */
  readonly omitFromStatements?: boolean;
  readonly proxies?: ColumnElement[];
}

/** How a column joins a table. */
export interface AttachOptions {
  readonly allNames: Map<string, Column>;
  readonly allowReplacements: boolean;
}

/** What a column with these is in cache keys. */
interface KeyPart {
  readonly name: string;
  readonly type: TypeEngine;
  readonly table: FromClause;
  /** null where there is no such part; undefined while it is being written: an annotation may lead back to the column. */
  part: string | null | undefined;
}

type OnAttach = (column: Column, table: Table) => void;

/** Whether a flag is set, null where it was left open; a name, which is refused later, as it is. */
const flag = (v: boolean | string | null | undefined): boolean | string | null =>
  v === undefined || v === null || typeof v === "string" ? (v ?? null) : host.isTrue(v);

export interface Column extends SchemaItemMembers, DialectKWArgs {}
export class Column extends ColumnClause {
  static override readonly visitName: string = "column";
  static override readonly inheritCache: boolean = true;
  static override readonly pyModule: string = "sqlalchemy.sql.schema";
  static readonly dispatch = ddlEvents.classDispatch;

  declare _info: Value | undefined;
  declare foreignKeys: Set<ForeignKey>;
  declare default: ColumnDefault | Sequence | null;
  declare onupdate: ColumnDefault | Sequence | null;
  declare serverDefault: FetchedValue | null;
  declare serverOnupdate: FetchedValue | null;
  declare primaryKey: boolean;
  declare _omitFromStatements: boolean;
  declare _insertSentinel: boolean;
  constraints: Set<Constraint>;
  /** None says nothing of it in CREATE TABLE where NULL is said at all (SQL Server). */
  nullable: boolean | null;
  _userDefinedNullable: boolean | null | typeof NULL_UNSPECIFIED;
  index: boolean | string | null;
  unique: boolean | string | null;
  system: boolean;
  doc: string | null;
  autoincrement: boolean | "auto" | "ignore_fk";
  comment: string | null;
  computed: Computed | null;
  identity: Identity | null;
  readonly _creationOrder: number;

  constructor(
    namePos: Value = null,
    typePos: Value = null,
    args: readonly Value[] = [],
    options: ColumnOptions = {},
    dialectKwargs: Kwargs = new Map(),
  ) {
    const items = [namePos, typePos, ...args];
    let name: NameArgument | null = options.name ?? null;
    let type: TypeArgument = options.type ?? options.type_ ?? null;
    if (isName(items[0])) {
      if (name !== null) throw new ArgumentError("May not pass name positionally and as a keyword.");
      name = items.shift() as NameArgument;
    } else if (items[0] === null || items[0] === undefined) items.shift();
    if (isTypeArgument(items[0])) {
      if (type !== null) throw new ArgumentError("May not pass type_ positionally and as a keyword.");
      type = items.shift() as TypeArgument;
    } else if (items[0] === null || items[0] === undefined) items.shift();
    const quote = options.quote ?? null;
    if (name === null && quote !== null)
      throw new ArgumentError("Explicit 'name' is required when sending 'quote' argument");

    super(name ?? "", type);
    if (name === null) this.name = null as unknown as string;
    else if (quote !== null && this.quote === null) this.quote = quote;
    this.key = options.key ?? this.name;
    this.primaryKey = host.isTrue(options.primaryKey ?? false);
    this._insertSentinel = options.insertSentinel ?? false;
    this._omitFromStatements = options.omitFromStatements ?? false;
    const nullable = options.nullable === undefined ? NULL_UNSPECIFIED : options.nullable;
    this._userDefinedNullable = nullable;
    this.nullable =
      nullable === NULL_UNSPECIFIED ? !this.primaryKey : nullable === null ? null : host.isTrue(nullable);
    this.index = flag(options.index);
    this.unique = flag(options.unique);
    this.system = options.system ?? false;
    this.doc = options.doc ?? null;
    this.autoincrement = options.autoincrement ?? "auto";
    this.constraints = new Set();
    this.foreignKeys = new Set();
    this.comment = options.comment ?? null;
    this.computed = null;
    this.identity = null;
    if (options.proxies) this._proxies = options.proxies;
    else this._setType(this.type);

    const given = options.insertDefault !== undefined ? options.insertDefault : (options.default ?? null);
    this.default = given === null ? null : asDefault(given, false);
    if (this.default) items.push(this.default);
    this.onupdate = options.onupdate == null ? null : asDefault(options.onupdate, true);
    if (this.onupdate) items.push(this.onupdate);
    this.serverDefault = options.serverDefault == null ? null : asServerDefault(options.serverDefault, false);
    if (this.serverDefault) items.push(this.serverDefault);
    this.serverOnupdate =
      options.serverOnupdate == null ? null : asServerDefault(options.serverOnupdate, true);
    if (this.serverOnupdate) items.push(this.serverOnupdate);
    this._initItems(items);
    this._creationOrder = nextCreationOrder();
    if (options.info != null) this.info = options.info;
    this._validateDialectKwargs(dialectKwargs);
  }

  get dispatch(): DdlDispatch {
    const own = this as { _annotatedElement?: object };
    return dispatchOf(this._isAnnotated && own._annotatedElement ? own._annotatedElement : this);
  }

  /** @internal */
  _setType(type: TypeEngine): void {
    this.type = type;
    if (type.isSchemaEventTarget) type._setParentWithDispatch(this);
    for (const variant of type.variantMapping.values())
      if (variant.isSchemaEventTarget) variant._setParentWithDispatch(this);
  }

  get _defaultDescriptionTuple(): DefaultDescription | null {
    return describeDefault(this.default);
  }
  get _onupdateDescriptionTuple(): DefaultDescription | null {
    return describeDefault(this.onupdate);
  }

  override toString(): string {
    if (this.name === null) return "(no name)";
    const table = this.table as (FromClause & { readonly description: string | null }) | null;
    return table?.namedWithColumn ? `${table.description}.${this.description}` : (this.description as string);
  }

  /** A column of a Table is the same in every statement; what it is by may still change, so the memo says for what it holds. */
  override _genCacheKey(b: CacheKeyBuilder): void {
    const { name, type, table, _memos: memos } = this;
    if (!isTable(table)) return super._genCacheKey(b);
    let known = memos["keyPart"] as KeyPart | undefined;
    if (known?.name !== name || known.type !== type || known.table !== table) {
      memos["keyPart"] = known = { name, type, table, part: undefined };
      let spoiled = false;
      known.part = constantPart(b, (own) => {
        super._genCacheKey(own);
        spoiled = !own.cacheable;
      });
      if (spoiled) return;
    }
    if (known.part === undefined) b.vary();
    if (known.part) b.word(known.part);
    else super._genCacheKey(b);
  }

  override repr(): string {
    const shown: [string, Value][] = [];
    if (this.key !== this.name) shown.push(["key", this.key]);
    if (this.primaryKey) shown.push(["primary_key", true]);
    if (!this.nullable) shown.push(["nullable", this.nullable]);
    if (this.onupdate) shown.push(["onupdate", this.onupdate]);
    if (this.default) shown.push(["default", this.default]);
    if (this.serverDefault) shown.push(["server_default", this.serverDefault]);
    if (this.comment) shown.push(["comment", this.comment]);
    const parts = [
      reprOf(this.name),
      reprOf(this.type),
      ...[...this.foreignKeys].map(reprOf),
      ...[...this.constraints].map(reprOf),
      this.table
        ? `table=<${(this.table as { description: string | null }).description ?? "None"}>`
        : "table=None",
      ...shown.map(([k, v]) => `${k}=${reprOf(v)}`),
    ];
    return `Column(${parts.join(", ")})`;
  }

  /** Whether a foreign key of this column leads to the other one. */
  references(column: ColumnElement): boolean {
    return [...this.foreignKeys].some((fk) => fk.column.proxySet.intersects(column.proxySet));
  }

  appendForeignKey(fk: ForeignKey): void {
    fk._setParentWithDispatch(this);
  }

  // -- joining a table --------------------------------------------------------------------------

  _setParent(parent: unknown, options: object = {}): void {
    const table = parent as Table;
    const { allNames, allowReplacements } = options as AttachOptions;
    if (!this.name)
      throw new ArgumentError(
        "Column must be constructed with a non-blank name or assign a non-blank .name before adding to a Table.",
      );
    this._resetMemoizations();
    this.key ??= this.name;
    if (this.table && this.table !== table)
      throw new ArgumentError(
        `Column object '${this.key}' already assigned to Table '${(this.table as Table).description}'`,
      );
    this.makeRoom(table, allNames, allowReplacements);
    allNames.set(this.name, this);
    this.table = table;
    if (this._insertSentinel) {
      if (table._sentinelColumn)
        throw new ArgumentError("a Table may have only one explicit sentinel column");
      table._sentinelColumn = this;
    }
    if (this.primaryKey) table.primaryKey._replace(this);
    else if (table.primaryKey.has(this.key))
      throw new ArgumentError(
        `Trying to redefine primary-key column '${this.key}' as a non-primary-key column on table '${table.fullname}'`,
      );
    this.addFlagged(table);
    this._setUpOnMemoizedFks((fk) => fk._setRemoteTable(table));
    if (this.identity && (this.default instanceof Sequence || this.onupdate instanceof Sequence))
      throw new ArgumentError("An column cannot specify both Identity and Sequence.");
  }

  /** Take the place of a column of the same key or name, or find that there is one already. */
  private makeRoom(table: Table, allNames: Map<string, Column>, allowReplacements: boolean): void {
    let existing = table._columns.get(this.key) as Column | undefined;
    let byName = false;
    if (!existing && allNames.has(this.name)) {
      existing = allNames.get(this.name) as Column;
      byName = true;
    }
    if (existing && existing !== this) {
      const conflict = !byName && this.key !== this.name ? "key" : "name";
      if (!allowReplacements)
        throw new DuplicateColumnError(
          `A column with ${conflict} '${conflict === "key" ? this.key : this.name}' is already present in table '${table.name}'.`,
        );
      for (const fk of existing.foreignKeys) {
        table.foreignKeys.delete(fk);
        if (fk.constraint) table.constraints.delete(fk.constraint);
      }
    }
    if (byName && existing && this.key === this.name)
      host.warn(
        "SAWarning",
        `Column with user-specified key "${existing.key}" is being replaced with plain named column "${this.name}", key "${existing.key}" is being removed.  ` +
          "If this is a reflection operation, specify autoload_replace=False to prevent this replacement.",
      );
    table._columns.replace(this, byName && existing ? [existing] : []);
  }

  /** The index or constraint that `index=True` and `unique=True` stand for. */
  private addFlagged(table: Table): void {
    if (this.index) {
      if (typeof this.index === "string")
        throw new ArgumentError(
          "The 'index' keyword argument on Column is boolean only. To create indexes with a specific name, create an explicit Index object external to the Table.",
        );
      table.appendConstraint(
        new schemaLate.Index(null, [this.key], { unique: Boolean(this.unique), columnFlag: true }),
      );
    } else if (this.unique) {
      if (typeof this.unique === "string")
        throw new ArgumentError(
          "The 'unique' keyword argument on Column is boolean only. To create unique constraints or indexes with a specific name, append an explicit " +
            "UniqueConstraint to the Table's list of elements, or create an explicit Index object external to the Table.",
        );
      table.appendConstraint(new schemaLate.UniqueConstraint([this.key], { columnFlag: true }));
    }
  }

  /** @internal Call for foreign keys that were waiting for this column. */
  _setUpOnMemoizedFks(fn: (fk: ForeignKey) => void): void {
    const table = this.table as Table;
    for (const [name, byName] of [
      [this.key, false],
      [this.name, true],
    ] as const)
      for (const fk of [...table.metadata._fkMemos.of(table.key, name)]) if (fk.linkToName === byName) fn(fk);
  }

  /** @internal Now if the column is in a table, else when it joins one. */
  _onTableAttach(fn: OnAttach): void {
    if (this.table) fn(this, this.table as Table);
    else listenInternal(this, "after_parent_attach", (column, table) => fn(column as Column, table as Table));
  }

  // -- copies -----------------------------------------------------------------------------------

  /** A new column like this one; subclasses that need other arguments override it. */
  _constructor(args: readonly Value[], options: ColumnOptions, dialectKwargs: Kwargs): Column {
    return new (this.constructor as typeof Column)(null, null, args, options, dialectKwargs);
  }

  _copy(options: { schema?: string | null; toMetadata?: unknown } = {}): Column {
    const args: Value[] = [
      ...[...this.constraints].filter((c) => !c._typeBound).map((c) => c._copy(options)),
      ...[...this.foreignKeys].filter((fk) => !fk.constraint).map((fk) => fk._copy(options)),
    ];
    let { serverDefault, serverOnupdate } = this;
    if (serverDefault instanceof Computed || serverDefault instanceof Identity) {
      args.push(serverDefault._copy({}));
      serverDefault = serverOnupdate = null;
    }
    const copy = this._constructor(
      args,
      {
        ...(this.name === null ? {} : { name: this.name }),
        quote: this.name === null ? null : this.quote,
        type: this.type.isSchemaEventTarget ? this.type.copy(options) : this.type,
        key: this.key,
        primaryKey: this.primaryKey,
        unique: this.unique,
        system: this.system,
        index: this.index,
        autoincrement: this.autoincrement,
        default: this.default?._copy() ?? undefined,
        serverDefault: serverDefault?._copy() ?? null,
        onupdate: this.onupdate?._copy() ?? null,
        serverOnupdate: serverOnupdate?._copy() ?? null,
        doc: this.doc,
        comment: this.comment,
        omitFromStatements: this._omitFromStatements,
        insertSentinel: this._insertSentinel,
      },
      this.dialectKwargs,
    );
    copy.nullable = this.nullable;
    copy._userDefinedNullable = this._userDefinedNullable;
    return this._schemaItemCopy(copy);
  }

  /** @internal Give what this column states to one that leaves it open: declarative mixins and annotations. */
  _merge(other: Column): void {
    if (this.primaryKey) other.primaryKey = true;
    if (this.autoincrement !== "auto" && other.autoincrement === "auto")
      other.autoincrement = this.autoincrement;
    if (this.system) other.system = this.system;
    if (this._info !== undefined && host.isTrue(this._info))
      other.info = host.makeDict([...(host.entries(other.info) ?? []), ...(host.entries(this._info) ?? [])]);
    if (!this.type.isNullType && other.type.isNullType)
      other._setType(this.type.isSchemaEventTarget ? this.type.copy() : this.type);
    if (this._userDefinedNullable !== NULL_UNSPECIFIED && other._userDefinedNullable === NULL_UNSPECIFIED) {
      other.nullable = this.nullable;
      other._userDefinedNullable = this._userDefinedNullable;
    }
    if (this.default && !other.default) this.default._copy()._setParent(other);
    if (this.serverDefault && !other.serverDefault) this.serverDefault._copy()._setParent(other);
    if (this.serverOnupdate && !other.serverOnupdate) this.serverOnupdate._copy()._setParent(other);
    if (this.onupdate && !other.onupdate) this.onupdate._copy()._setParent(other);
    if (typeof this.index === "boolean" && other.index === null) other.index = this.index;
    if (typeof this.unique === "boolean" && other.unique === null) other.unique = this.unique;
    if (this.doc && !other.doc) other.doc = this.doc;
    if (this.comment && !other.comment) other.comment = this.comment;
    for (const c of this.constraints) if (!c._typeBound) c._copy()._setParent(other);
    for (const fk of this.foreignKeys) if (!fk.constraint) fk._copy()._setParent(other);
  }

  override _makeProxy(selectable: FromClause, options: ProxyOptions): [string, ColumnElement] {
    const fks = [...this.foreignKeys].map((fk) => {
      const column = fk._resolveColumn(false);
      return new ForeignKey(column ?? fk._colspec, {
        unresolvable: column === null,
        constraint: fk.constraint,
      });
    });
    const name = options.name || null;
    if (name === null && this.name === null)
      throw new InvalidRequestError(
        "Cannot initialize a sub-selectable with this Column object until its 'name' has been assigned.",
      );
    const made = this._constructor(
      fks,
      {
        name: name ?? this.name,
        type: this.type,
        key: options.key || name || this.key,
        primaryKey: this.primaryKey,
        nullable: this.nullable,
        proxies: options.compoundSelectCols ? [...options.compoundSelectCols] : [this],
      },
      new Map(),
    );
    if (options.nameIsTruncatable) made._truncatable = true;
    if (this.quote !== null && made.name === this.name) made.quote = this.quote;
    made.table = selectable;
    made._propagateAttrs = selectable._propagateAttrs;
    if (selectable._isCloneOf !== null)
      made._isCloneOf = selectable._isCloneOf.columns.get(made.key) as Column | null;
    if (this.primaryKey) options.primaryKey.add(made);
    for (const fk of fks) options.foreignKeys.add(fk);
    return [made.key, made];
  }
}
mixin(Column, SchemaItem, DialectKWArgs);
schemaLate.Column = Column;

function isName(v: Value): v is NameArgument {
  return typeof v === "string" || v instanceof QuotedName;
}

function asDefault(given: Value, forUpdate: boolean): ColumnDefault | Sequence {
  return given instanceof ColumnDefault || given instanceof Sequence
    ? given
    : ColumnDefault.of(given, forUpdate);
}

function asServerDefault(given: Value, forUpdate: boolean): FetchedValue {
  return given instanceof FetchedValue ? given._asForUpdate(forUpdate) : new DefaultClause(given, forUpdate);
}

/** A column that tells rows of one INSERT apart when they come back; by default it is no part of statements. */
export function insertSentinel(
  name: NameArgument | null = null,
  type: TypeArgument = null,
  options: { default?: Value; omitFromStatements?: boolean } = {},
): Column {
  return new Column(null, null, [], {
    name,
    type: type ?? typeLate.integerType,
    default: options.default ?? new InsertSentinelColumnDefault(),
    omitFromStatements: options.omitFromStatements ?? true,
    insertSentinel: true,
  });
}

type AnnotatedColumn = Column & AnnotatedState;

extendAnnotated(Column, {
  get info(): Value {
    return ((this as unknown as AnnotatedColumn)._annotatedElement as unknown as Column).info;
  },
});
