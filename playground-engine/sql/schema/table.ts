// Table: columns, constraints and indexes under one name in a MetaData.
//
// `new Table(name, metadata)` of a name the MetaData knows gives back the table that is there (or complains). Columns are
// attached one by one; a primary key constraint exists from the start. Behaviour: SQLAlchemy sql/schema.py (Table).
import { ArgumentError, DuplicateColumnError, InvalidRequestError } from "../../errors/index.ts";
import { listen } from "../../event/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { CacheKeyBuilder } from "../cache-key.ts";
import type { DedupeColumnCollection, ReadOnlyColumnCollection } from "../column-collection.ts";
import { SchemaDropper, SchemaGenerator } from "../ddl-visitors.ts";
import { ColumnElement } from "../elements/column.ts";
import { DialectKWArgs } from "./dialect-kwargs.ts";
import { mixin } from "../mixin.ts";
import { plainName, plainSchema, QuotedName, type NameArgument } from "../names.ts";
import { reprOf } from "../repr.ts";
import { TableClause } from "../selectable/table-clause.ts";
import type { Column } from "./column.ts";
import { BLANK_SCHEMA, RETAIN_SCHEMA, tableKey, type SchemaArgument } from "./constants.ts";
import { nameArgument, type Constraint } from "./constraint.ts";
import { copyExpression } from "./copy.ts";
import { runDdl, type DdlRunner } from "./ddl-runner.ts";
import { ddlEvents, dispatchOf, type DdlDispatch } from "./events.ts";
import type { ForeignKey } from "./foreign-key.ts";
import { ForeignKeyConstraint } from "./foreign-key-constraint.ts";
import { Index } from "./indexes.ts";
import { SchemaItem, type SchemaItemMembers } from "./item.ts";
import { PrimaryKeyConstraint } from "./keys.ts";
import { schemaLate } from "./late.ts";
import type { MetaData } from "./metadata.ts";
import { inspectorFor, type ReflectionBind, type ReflectionInfo } from "./reflection.ts";
import { characterizeSentinel, type SentinelColumnCharacterization } from "./sentinel.ts";

export interface TableOptions {
  readonly schema?: SchemaArgument;
  readonly quote?: boolean | null;
  readonly quoteSchema?: boolean | null;
  readonly autoloadWith?: ReflectionBind | null;
  readonly autoloadReplace?: boolean;
  readonly keepExisting?: boolean;
  readonly extendExisting?: boolean;
  readonly resolveFks?: boolean;
  readonly includeColumns?: Value;
  readonly implicitReturning?: boolean;
  readonly comment?: string | null;
  readonly info?: Value;
  /** Pairs of an event's name and a function. */
  readonly listeners?: Value;
  readonly prefixes?: Value;
  readonly mustExist?: boolean;
  /** @internal */
  readonly extendOn?: Set<Table> | null;
  readonly reflectInfo?: ReflectionInfo | null;
}

/** The first two arguments come by place alone. */
function requireBoth(name: NameArgument | undefined, metadata: MetaData | undefined, kwargs: Kwargs): void {
  if (name === undefined && kwargs.size === 0)
    throw host.error(
      "TypeError",
      "Table.__init__() missing 2 required positional arguments: 'name' and 'metadata'",
    );
  if (name === undefined || metadata === undefined)
    throw host.error(
      "TypeError",
      "Table() takes at least two positional-only arguments 'name' and 'metadata'",
    );
  for (const twice of ["name", "metadata"])
    if (kwargs.has(twice))
      throw host.error("TypeError", `Table.__init__() got multiple values for argument '${twice}'`);
}

/** The name of a table is text whatever it was given as: a Table given for a name makes one that is called the same. */
function nameText(name: Value): NameArgument {
  if (name === null) throw host.error("AssertionError", "use quoted_name.construct() for None passthrough");
  return name instanceof QuotedName ? name : host.str(name);
}

/** A forgotten MetaData shows as the attribute that what stands in its place lacks. */
function requireMetaData(v: Partial<MetaData> | null, attribute: string): void {
  if (typeof v?._addTable === "function") return;
  throw v instanceof ColumnElement
    ? host.error("AttributeError", v.missingAttribute(attribute))
    : host.noAttribute(v, attribute);
}

export interface Table extends SchemaItemMembers, DialectKWArgs {}
export class Table extends TableClause {
  static override readonly visitName: string = "table";
  static override readonly pyModule: string = "sqlalchemy.sql.schema";
  static readonly dispatch = ddlEvents.classDispatch;

  declare _info: Value | undefined;
  declare _columns: DedupeColumnCollection<Column>;
  declare schema: string | null;
  declare quoteSchema: boolean | null;
  declare fullname: string;
  declare metadata: MetaData;
  declare constraints: Set<Constraint>;
  declare indexes: Set<Index>;
  declare _sentinelColumn: Column | null;
  /** Tables that this one depends on beside its foreign keys. */
  declare _extraDependencies: Set<Table>;
  declare implicitReturning: boolean;
  declare comment: string | null;
  declare _prefixes: readonly string[];

  constructor(
    nameArg: NameArgument,
    metadata: MetaData,
    args: readonly Value[] = [],
    given: TableOptions = {},
    kwargs: Kwargs = new Map(),
  ) {
    requireBoth(nameArg, metadata, kwargs);
    super(nameText(nameArg), []);
    const options = plainSchema(given);
    const name = plainName(nameArg);
    requireMetaData(metadata, options.schema == null ? "schema" : "tables");
    const schema = options.schema === BLANK_SCHEMA ? null : (options.schema ?? metadata.schema);
    const { keepExisting = false, extendExisting = false } = options;
    if (keepExisting && extendExisting)
      throw new ArgumentError("keep_existing and extend_existing are mutually exclusive.");
    const key = tableKey(name, schema);
    const existing = metadata.tables.get(key);
    if (existing) {
      if (!keepExisting && !extendExisting && args.length)
        throw new InvalidRequestError(
          `Table '${key}' is already defined for this MetaData instance.  Specify 'extend_existing=True' to redefine options and columns on an existing Table object.`,
        );
      if (extendExisting) existing._initExisting(args, options, kwargs);
      return existing as this;
    }
    if (options.mustExist) throw new InvalidRequestError(`Table '${key}' not defined`);
    this.dispatch.beforeParentAttach.emit(this, metadata);
    metadata._addTable(name, schema, this);
    try {
      this.init(metadata, args, options, schema, kwargs);
      this.dispatch.afterParentAttach.emit(this, metadata);
    } catch (e) {
      metadata._removeTable(name, schema);
      throw e;
    }
  }

  private init(
    metadata: MetaData,
    args: readonly Value[],
    options: TableOptions,
    schema: string | null,
    kwargs: Kwargs,
  ): void {
    if (options.quote != null) this.quote = options.quote;
    this.metadata = metadata;
    this.schema = schema;
    this.quoteSchema =
      typeof options.schema === "string" ? (options.quoteSchema ?? null) : metadata.quoteSchema;
    this._sentinelColumn = null;
    this.indexes = new Set();
    this.constraints = new Set();
    this.primaryKey = undefined as unknown as PrimaryKeyConstraint;
    new PrimaryKeyConstraint([], { implicitGenerated: true })._setParentWithDispatch(this);
    this.foreignKeys = new Set();
    this._extraDependencies = new Set();
    this.fullname = this.schema === null ? this.name : `${this.schema}.${this.name}`;
    this.implicitReturning = options.implicitReturning ?? true;
    this.comment = options.comment ?? null;
    if (options.info != null) this.info = options.info;
    for (const pair of options.listeners == null ? [] : (host.iterate(options.listeners) ?? [])) {
      const [event, fn] = [...(host.iterate(pair) ?? [])] as [string, Value];
      listen(this, event, fn);
    }
    this._prefixes =
      options.prefixes == null ? [] : ([...(host.iterate(options.prefixes) ?? [])] as string[]);
    this._validateDialectKwargs(kwargs);
    if (options.autoloadWith) this.autoload(options.autoloadWith, options, []);
    const allowReplacements = Boolean(options.extendExisting || options.keepExisting || options.autoloadWith);
    this._initItems(args, { allowReplacements, allNames: new Map<string, Column>() });
  }

  private autoload(bind: ReflectionBind, options: TableOptions, excludeColumns: readonly string[]): void {
    const { resolveFks = true, extendOn = null, reflectInfo = null } = options;
    inspectorFor(bind)._inspectionContext((inspector) =>
      inspector.reflectTable(this, {
        includeColumns: names(options.includeColumns),
        excludeColumns,
        resolveFks,
        extendOn,
        reflectInfo,
      }),
    );
  }

  private _initExisting(args: readonly Value[], options: TableOptions, kwargs: Kwargs): void {
    if (typeof options.schema === "string" && options.schema && options.schema !== this.schema)
      throw new ArgumentError(
        `Can't change schema of existing table from '${this.schema ?? "None"}' to '${options.schema}'`,
      );
    const include = names(options.includeColumns);
    if (include)
      for (const c of [...this.c] as Column[]) if (!include.includes(c.name)) this._columns.remove(c);
    if (options.quote !== undefined || options.quoteSchema !== undefined)
      throw new ArgumentError("Can't redefine 'quote' or 'quote_schema' arguments");
    if (options.comment !== undefined) this.comment = options.comment;
    if (options.implicitReturning !== undefined) this.implicitReturning = options.implicitReturning;
    if (options.info !== undefined) this.info = options.info;
    if (options.autoloadWith)
      this.autoload(
        options.autoloadWith,
        options,
        options.autoloadReplace === false ? [...this.c].map((c) => c.name) : [],
      );
    const allNames = new Map([...this.c].map((c) => [c.name, c]));
    this._validateDialectKwargs(kwargs);
    this._initItems(args, { allowReplacements: true, allNames });
  }

  override get primaryKey(): PrimaryKeyConstraint {
    return super.primaryKey as unknown as PrimaryKeyConstraint;
  }
  override set primaryKey(constraint: PrimaryKeyConstraint) {
    super.primaryKey = constraint;
  }

  override get foreignKeys(): Set<ForeignKey> {
    return super.foreignKeys as Set<ForeignKey>;
  }
  override set foreignKeys(keys: Set<ForeignKey>) {
    super.foreignKeys = keys;
  }

  get dispatch(): DdlDispatch {
    const own = this as { _annotatedElement?: object };
    return dispatchOf(this._isAnnotated && own._annotatedElement ? own._annotatedElement : this);
  }

  override get columns(): ReadOnlyColumnCollection<Column> {
    return super.columns as ReadOnlyColumnCollection<Column>;
  }
  override get c(): ReadOnlyColumnCollection<Column> {
    return this.columns;
  }

  // -- what is in it ----------------------------------------------------------------------------

  get _sortedConstraints(): Constraint[] {
    return [...this.constraints].sort((a, b) => a._creationOrder - b._creationOrder);
  }

  get foreignKeyConstraints(): Set<ForeignKeyConstraint> {
    return new Set([...this.foreignKeys].map((fk) => fk.constraint).filter((c) => c !== null));
  }

  override get _autoincrementColumn(): Column | null {
    return this.primaryKey._autoincrementColumn;
  }
  get autoincrementColumn(): Column | null {
    return this._autoincrementColumn;
  }

  get _sentinelColumnCharacteristics(): SentinelColumnCharacterization {
    return characterizeSentinel(this);
  }

  /** "schema.name", or the name. */
  get key(): string {
    return tableKey(this.name, this.schema);
  }

  override _genCacheKey(b: CacheKeyBuilder): void {
    b.identity(
      this._isAnnotated ? ((this as { _annotatedElement?: object })._annotatedElement ?? this) : this,
    );
    for (const name of [...this._annotations.keys()].sort()) {
      b.string(name);
      b.multi(this._annotations.get(name));
    }
  }

  override repr(): string {
    return `Table(${[reprOf(this.name), reprOf(this.metadata), ...[...this.columns].map(reprOf), `schema=${reprOf(this.schema)}`].join(", ")})`;
  }

  override toString(): string {
    return tableKey(this.description as string, this.schema);
  }

  // -- changes ------------------------------------------------------------------------------------

  addIsDependentOn(table: Table): void {
    this._extraDependencies.add(table);
  }

  override appendColumn(column: Column, replaceExisting = false): void {
    mustAttach(column);
    try {
      column._setParentWithDispatch(this, {
        allowReplacements: replaceExisting,
        allNames: new Map([...this.c].map((c) => [c.name, c])),
      });
    } catch (e) {
      if (!(e instanceof DuplicateColumnError)) throw e;
      throw host.withCause(
        new DuplicateColumnError(
          `${e.message} Specify replace_existing=True to Table.append_column() to replace an existing column.`,
        ),
        e,
      );
    }
  }

  appendConstraint(constraint: Constraint | Index): void {
    mustAttach(constraint);
    constraint._setParentWithDispatch(this);
  }

  _setParent(parent: unknown): void {
    this.metadata = parent as MetaData;
    this.metadata._addTable(this.name, this.schema, this);
  }

  create(bind: DdlRunner, checkfirst = false): void {
    runDdl(bind, SchemaGenerator, this, { checkfirst });
  }

  drop(bind: DdlRunner, checkfirst = false): void {
    runDdl(bind, SchemaDropper, this, { checkfirst });
  }

  /** A copy of the table in another MetaData. `referredSchemaFn`: (table, to_schema, constraint, referred_schema) → schema, a callable of the host. */
  toMetadata(
    metadata: MetaData,
    schema: string | null | typeof RETAIN_SCHEMA = RETAIN_SCHEMA,
    referredSchemaFn: Value = null,
    newName: string | null = null,
  ): Table {
    const name = newName ?? this.name;
    const actual = schema === RETAIN_SCHEMA ? this.schema : (schema ?? metadata.schema);
    const key = tableKey(name, actual);
    const existing = metadata.tables.get(key);
    if (existing) {
      host.warn(
        "SAWarning",
        `Table '${this.description}' already exists within the given MetaData - not copying.`,
      );
      return existing;
    }
    const columns = [...this.columns].map((c) => c._copy({ schema: actual, toMetadata: metadata }));
    const table = new schemaLate.Table(
      this.quote === null ? name : new QuotedName(name, this.quote),
      metadata,
      columns,
      { schema: actual, comment: this.comment },
      this.kwargs,
    );
    for (const constraint of this.constraints) {
      if (constraint instanceof ForeignKeyConstraint) {
        const referred = constraint._referredSchema;
        const to =
          referredSchemaFn === null
            ? referred === this.schema
              ? actual
              : null
            : (host.call(referredSchemaFn, [this, actual, constraint, referred]) as SchemaArgument);
        table.appendConstraint(constraint._copy({ schema: to, targetTable: table }));
      } else if (!constraint._typeBound && !constraint._columnFlag)
        table.appendConstraint(constraint._copy({ schema: actual, targetTable: table }));
    }
    for (const index of this.indexes) {
      if (index._columnFlag) continue;
      const expressions = index._tableBoundExpressions.map((e) => copyExpression(e, this, table));
      new Index(
        nameArgument(index) as NameArgument | null,
        expressions,
        { unique: index.unique, _table: table },
        index.kwargs,
      );
    }
    return this._schemaItemCopy(table);
  }
}
mixin(Table, SchemaItem, DialectKWArgs);
schemaLate.Table = Table;

function names(v: Value): readonly string[] | null {
  return v == null ? null : ([...(host.iterate(v) ?? [])] as string[]);
}

function mustAttach(item: unknown): void {
  if (typeof (item as Partial<Constraint> | null)?._setParentWithDispatch !== "function")
    throw host.noAttribute(item, "_set_parent_with_dispatch");
}
