// What a mapper is made with and holds: class, table, place in a hierarchy, properties.
//
// First link of the chain that ends in Mapper. Values derived from the hierarchy are kept in a memo that is forgotten when
// properties or subclasses come.
// Behaviour: SQLAlchemy orm/mapper.py.
import { ArgumentError } from "../../errors/index.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import { expect } from "../../sql/coercions.ts";
import { ColumnCollection } from "../../sql/column-collection.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host, type Value } from "../../util/host.ts";
import { Memo } from "../../util/memo.ts";
import { mapperEvents, type MapperDispatch } from "../events.ts";
import { NOT_EXTENSION } from "../ext/extension-type.ts";
import { face, type ClassRef } from "../face.ts";
import type { AbstractEntityRegistry } from "../path-registry.ts";
import { PathRegistry } from "../path-registry.ts";
import { MapperProperty } from "../props/property.ts";
import type { DependencyProcessorContract } from "../persistence/contracts.ts";
import type { ColumnPairs, MapperContract } from "../state/contracts.ts";
import type { ClassManager } from "../state/manager.ts";
import type { InstanceState } from "../state/state.ts";
import type { Column, Table } from "../state/sql-types.ts";
import { ColumnPropertyMap } from "./column-mapping.ts";
import type { Mapper } from "./mapper.ts";
import type { Registry } from "./registry.ts";

/** `Mapper(class, table, **kw)`: SQLAlchemy's keyword arguments. */
export interface MapperOptions {
  readonly properties?: Iterable<readonly [string, Value]>;
  readonly primaryKey?: Value;
  readonly inherits?: Value;
  readonly inheritCondition?: Value;
  readonly inheritForeignKeys?: Value;
  readonly alwaysRefresh?: boolean;
  readonly versionIdCol?: Value;
  readonly versionIdGenerator?: Value;
  readonly polymorphicOn?: Value;
  readonly polymorphicIdentity?: Value;
  readonly polymorphicAbstract?: boolean;
  readonly polymorphicLoad?: Value;
  readonly concrete?: boolean;
  readonly withPolymorphic?: Value;
  readonly allowPartialPks?: boolean;
  readonly batch?: boolean;
  readonly columnPrefix?: string | null;
  readonly includeProperties?: Value;
  readonly excludeProperties?: Value;
  readonly passiveUpdates?: boolean;
  readonly passiveDeletes?: boolean;
  readonly confirmDeletedRows?: boolean;
  readonly eagerDefaults?: boolean | "auto";
  readonly legacyIsOrphan?: boolean;
}

/** What `with_polymorphic` of a mapper holds: which mappers, and the selectable where one was given. */
export type WithPolymorphic = readonly ["*" | readonly Value[], FromClause | null];

export interface Validator {
  readonly method: Value;
  readonly includeRemoves: boolean;
  readonly includeBackrefs: boolean;
}

/** Names and columns of include_properties and exclude_properties. */
class NameOrColumnSet implements Iterable<Value> {
  private readonly names = new Set<unknown>();
  private readonly given: readonly Value[];

  constructor(given: Value) {
    this.given = [...(host.iterate(given) ?? [given])];
    for (const v of this.given)
      this.names.add(typeof v === "object" && v !== null && "hash" in v ? (v as ColumnElement).hash : v);
  }
  [Symbol.iterator](): Iterator<Value> {
    return this.given.values();
  }
  hasName(name: string): boolean {
    return this.names.has(name);
  }
  hasColumn(column: ColumnElement | null): boolean {
    return column !== null && this.names.has(column.hash);
  }
}

export abstract class MapperBase implements HasCacheKey {
  static readonly dispatch = mapperEvents.classDispatch;
  static readonly pyModule: string = "sqlalchemy.orm.mapper";
  readonly isMapper = true;
  readonly extensionType = NOT_EXTENSION;
  readonly isSelectable = false;
  readonly isAliasedClass = false;
  readonly isInstance = false;
  readonly isProperty = false;
  readonly isAttribute = false;
  readonly isBundle = false;
  readonly isClauseElement = false;
  readonly representsOuterJoin = false;
  readonly nonPrimary = false;
  readonly dispatch: MapperDispatch = mapperEvents.forInstance(this as never);

  readonly class_: ClassRef;
  readonly _sortKey: string;
  classManager!: ClassManager;
  registry!: Registry;
  configured = false;
  /** The error that configuration ended with. */
  _configureFailed: unknown;

  inherits: Mapper | null;
  baseMapper!: Mapper;
  _inheritingMappers: Mapper[] = [];
  readonly concrete: boolean;
  single = false;
  localTable: Table;
  persistSelectable!: Table;
  tables: Table[] = [];
  _allTables!: Set<Table>;
  inheritCondition: ColumnElement | null;
  readonly inheritForeignKeys: Value;
  _inheritsEquatedPairs: ColumnPairs | null = null;

  primaryKey: readonly Column[] = [];
  readonly _primaryKeyArgument: readonly Value[];
  columns = new ColumnCollection<ColumnElement>();
  _props!: Map<string, MapperProperty>;
  _columntoproperty!: ColumnPropertyMap;
  _pksByTable!: Map<Table, import("../../sql/element-set.ts").ElementSet<Column>>;
  _colsByTable!: Map<Table, import("../../sql/element-set.ts").ElementSet<Column>>;
  _readonlyProps!: Set<import("../props/column.ts").ColumnProperty>;
  readonly _initProperties: Map<string, Value>;
  readonly columnPrefix: string | null;
  readonly includeProperties: NameOrColumnSet | null;
  readonly excludeProperties: NameOrColumnSet | null;

  polymorphicOn: ColumnElement | null = null;
  protected polymorphicOnArgument: Value;
  polymorphicMap = new Map<unknown, Mapper>();
  readonly polymorphicIdentity: Value;
  readonly polymorphicAbstract: boolean;
  readonly polymorphicLoad: Value;
  withPolymorphic: WithPolymorphic | null = null;
  _setPolymorphicIdentity: ((state: InstanceState) => void) | null = null;
  _polymorphicAttrKey: string | null = null;
  _validatePolymorphicIdentity:
    ((mapper: MapperContract, state: InstanceState, dict: Map<string, Value>) => void) | null = null;
  _requiresRowAliasing = false;
  _identityClass!: ClassRef;

  versionIdCol: Column | null = null;
  versionIdGenerator: Value;
  batch: boolean;
  readonly eagerDefaults: boolean | "auto";
  readonly alwaysRefresh: boolean;
  readonly allowPartialPks: boolean;
  readonly confirmDeletedRows: boolean;
  passiveUpdates: boolean;
  passiveDeletes: boolean;
  readonly legacyIsOrphan: boolean;
  readonly _deleteOrphans: (readonly [string, ClassRef])[] = [];
  readonly _dependencyProcessors: DependencyProcessorContract[] = [];
  validators: ReadonlyMap<string, Validator> = new Map();
  _reconstructor: Value = null;
  protected readonly memo = new Memo();
  private pathRegistry: AbstractEntityRegistry | undefined;
  private namespaceMemo:
    { readonly cls: ClassRef; namespaceAttribute(key: string): Value | undefined } | undefined;
  private readonly memoized = new Map<string, Map<Table, unknown>>();

  constructor(class_: ClassRef, localTable: Value, options: MapperOptions, inherits: Mapper | null) {
    if (!face().isClass(class_))
      throw new ArgumentError(
        `Argument 'class_' is expected to be of type '<class 'type'>', got '${host.str(host.typeOf(class_))}'`,
      );
    this.class_ = class_;
    this._sortKey = `${face().module(class_)}.${face().className(class_)}`;
    this._primaryKeyArgument =
      options.primaryKey == null
        ? []
        : ["list", "tuple", "set"].includes(host.kindOf(options.primaryKey)) ||
            Array.isArray(options.primaryKey)
          ? [...(host.iterate(options.primaryKey) as Iterable<Value>)]
          : [options.primaryKey];
    this.alwaysRefresh = options.alwaysRefresh ?? false;
    const vcol = options.versionIdCol ?? null;
    if (vcol !== null)
      this.versionIdCol = (
        vcol instanceof MapperProperty
          ? null
          : expect(roles.ColumnArgumentOrKeyRole, vcol, { argname: "version_id_col" })
      ) as Column | null;
    this.versionIdGenerator = options.versionIdGenerator ?? ((v: Value) => host.add(v === null ? 0 : v, 1));
    this.concrete = options.concrete ?? false;
    this.inherits = inherits;
    if (localTable != null)
      this.localTable = expect(roles.StrictFromClauseRole, localTable, {
        disableInspection: true,
        argname: "local_table",
      }) as unknown as Table;
    else if (inherits) {
      this.localTable = inherits.localTable;
      this.single = true;
    } else
      throw new ArgumentError(
        `Mapper[${face().className(class_)}(None)] has None for a primary table argument and does not specify 'inherits'`,
      );
    this.inheritCondition =
      options.inheritCondition == null
        ? null
        : (expect(roles.OnClauseRole, options.inheritCondition) as unknown as ColumnElement);
    this.inheritForeignKeys = options.inheritForeignKeys ?? null;
    this._initProperties = new Map(options.properties ?? []);
    this.batch = options.batch ?? true;
    this.eagerDefaults = options.eagerDefaults ?? "auto";
    this.columnPrefix = options.columnPrefix ?? null;
    this.polymorphicOnArgument =
      options.polymorphicOn == null
        ? null
        : expect(roles.ColumnArgumentOrKeyRole, options.polymorphicOn, { argname: "polymorphic_on" });
    this.polymorphicAbstract = options.polymorphicAbstract ?? false;
    this.polymorphicIdentity = options.polymorphicIdentity ?? null;
    this.polymorphicLoad = options.polymorphicLoad ?? null;
    this.passiveUpdates = options.passiveUpdates ?? true;
    this.passiveDeletes = options.passiveDeletes ?? false;
    this.legacyIsOrphan = options.legacyIsOrphan ?? false;
    this.allowPartialPks = options.allowPartialPks ?? true;
    this.confirmDeletedRows = inherits && !this.concrete ? false : (options.confirmDeletedRows ?? true);
    this.includeProperties =
      options.includeProperties == null ? null : new NameOrColumnSet(options.includeProperties);
    this.excludeProperties =
      options.excludeProperties == null ? null : new NameOrColumnSet(options.excludeProperties);
  }

  /** This object as the whole chain sees it. */
  protected get self(): Mapper {
    return this as unknown as Mapper;
  }

  get mapper(): Mapper {
    return this.self;
  }
  get entity(): ClassRef {
    return this.class_;
  }
  /** Where filter_by() finds attributes by name: the class. */
  get entityNamespace(): { readonly cls: ClassRef; namespaceAttribute(key: string): Value | undefined } {
    const cls = this.class_;
    return (this.namespaceMemo ??= { cls, namespaceAttribute: (key) => face().getClassAttribute(cls, key) });
  }
  /** The columns by attribute name. */
  get c(): ColumnCollection<ColumnElement> {
    return this.columns;
  }
  get _pathRegistry(): AbstractEntityRegistry {
    return (this.pathRegistry ??= PathRegistry.perMapper(this.self as never));
  }

  _genCacheKey(builder: CacheKeyBuilder): void {
    builder.identity(this);
  }

  /** For the logger sqlalchemy.orm.mapper.Mapper at INFO; the text is made only where somebody listens. */
  protected log(message: () => string): void {
    const logger = host.logger("sqlalchemy.orm.mapper.Mapper");
    if (!logger.isEnabledFor(20)) return;
    const table =
      (this.localTable as unknown as { readonly description: string | null }).description ??
      String(this.localTable);
    logger.log(20, `(${face().className(this.class_)}|${table}) ${message()}`);
  }

  /** From this mapper up to the base. */
  *iterateToRoot(): Generator<Mapper> {
    for (let m: Mapper | null = this.self; m; m = m.inherits) yield m;
  }

  isa(other: unknown): boolean {
    for (let m: Mapper | null = this.self; m; m = m.inherits) if (m === other) return true;
    return false;
  }

  commonParent(other: Mapper): boolean {
    return this.baseMapper === other.baseMapper;
  }

  isSibling(other: Mapper): boolean {
    return this.baseMapper === other.baseMapper && !this.isa(other) && !other.isa(this);
  }

  get selfAndDescendants(): readonly Mapper[] {
    return this.memo.get("descendants", () => {
      const out: Mapper[] = [this.self];
      for (let i = 0; i < out.length; i++) out.push(...out[i]!._inheritingMappers);
      return out;
    });
  }

  polymorphicIterator(): Iterable<Mapper> {
    return this.selfAndDescendants;
  }

  primaryMapper(): Mapper {
    return this.classManager.mapper as unknown as Mapper;
  }

  get primaryBaseMapper(): Mapper {
    return this.primaryMapper().baseMapper;
  }

  /** A value kept per kind and table for the mapper's life. */
  _memo<T>(kind: string, table: Table, make: () => T): T {
    let of = this.memoized.get(kind);
    if (!of) this.memoized.set(kind, (of = new Map()));
    if (!of.has(table)) of.set(table, make());
    return of.get(table) as T;
  }

  _expireMemoizations(): void {
    for (const m of this.iterateToRoot()) m.memo.reset();
  }

  /** "Mapper[User(users)]" */
  toString(): string {
    const table = (this.localTable ?? this.persistSelectable) as unknown as { readonly description: string };
    return `Mapper[${face().className(this.class_)}(${table.description})]`;
  }

  repr(): string {
    return `<Mapper at 0x${face().idOf(this).toString(16)}; ${face().className(this.class_)}>`;
  }
}
