// What state, session and unit of work ask of the parts above them: mapper, properties, tables.
//
// The classes themselves are in orm/mapping and orm/props (they satisfy these interfaces); naming here what is asked
// keeps the arrows pointing one way. Names are SQLAlchemy's, in camelCase.
// Behaviour: SQLAlchemy orm/mapper.py, orm/interfaces.py, orm/relationships.py.
import type { Value } from "../../util/host.ts";
import type { MapperDispatch } from "../events.ts";
import type { DependencyProcessorContract } from "../persistence/contracts.ts";
import type { AttrDict, ClassRef, Instance } from "../face.ts";
import type { PassiveFlag, RelationshipDirection } from "../flags.ts";
import type { Session } from "../session/session.ts";
import type { IdentityKey } from "./identity-key.ts";
import type { ClassManager } from "./manager.ts";
import type { InstanceState } from "./state.ts";
import type { Column, Dialect, Table } from "./sql-types.ts";

/** One object met by a cascade: itself, its mapper, state and dictionary. */
export type Cascaded = readonly [obj: Instance, mapper: MapperContract, state: InstanceState, dict: AttrDict];
export type CascadeType = "save-update" | "merge" | "expunge" | "delete" | "delete-orphan" | "refresh-expire";
export type ColumnPairs = readonly (readonly [Column, Column])[];

export interface CascadeContract {
  readonly saveUpdate: boolean;
  readonly delete: boolean;
  readonly deleteOrphan: boolean;
}

export interface PropertyContract {
  readonly key: string;
  readonly parent: MapperContract;
  readonly _isRelationship: boolean;
  /** Copies this attribute onto the persistent twin in Session.merge(). */
  merge(
    session: Session,
    sourceState: InstanceState,
    sourceDict: AttrDict,
    destState: InstanceState,
    destDict: AttrDict,
    load: boolean,
    recursive: Map<InstanceState, Instance>,
    resolveConflictMap: Map<string, Instance>,
  ): void;
  toString(): string;
}

export interface ColumnPropertyContract extends PropertyContract {
  readonly expireOnFlush: boolean;
  readonly deferred: boolean;
}

export interface RelationshipContract extends PropertyContract {
  readonly mapper: MapperContract;
  readonly direction: RelationshipDirection;
  readonly cascade: CascadeContract;
  readonly secondary: Table | null;
  readonly postUpdate: boolean;
  readonly passiveDeletes: boolean | "all";
  readonly passiveUpdates: boolean;
  readonly enableTypechecks: boolean;
  readonly uselist: boolean;
  readonly viewonly: boolean;
  readonly synchronizePairs: ColumnPairs;
  readonly secondarySynchronizePairs: ColumnPairs;
  readonly _reverseProperty: Iterable<RelationshipContract>;
  readonly _isSelfReferential: boolean;
  readonly _dependencyProcessor: DependencyProcessorContract;
}

/** A mapper's columns and the properties that carry them. */
export interface ColumnMapping {
  get(column: Column): ColumnPropertyContract | undefined;
  has(column: Column): boolean;
  values(): Iterable<ColumnPropertyContract>;
}

/** An ordered set; SQLAlchemy's frozensets and OrderedSets alike. */
export interface SetOf<T> extends Iterable<T> {
  has(item: T): boolean;
}
/** A value per table. */
export type PerTable<T> = ReadonlyMap<Table, T>;

export interface MapperContract {
  readonly isMapper: true;
  readonly class_: ClassRef;
  readonly classManager: ClassManager;
  readonly configured: boolean;
  readonly inherits: MapperContract | null;
  readonly baseMapper: MapperContract;
  readonly primaryBaseMapper: MapperContract;
  readonly selfAndDescendants: Iterable<MapperContract>;
  readonly dispatch: MapperDispatch;

  readonly tables: readonly Table[];
  readonly _allTables: Iterable<Table>;
  readonly localTable: Table;
  readonly persistSelectable: Table;
  readonly primaryKey: readonly Column[];
  readonly relationships: Iterable<RelationshipContract>;
  readonly iterateProperties: Iterable<PropertyContract>;
  readonly _props: ReadonlyMap<string, PropertyContract>;

  readonly allowPartialPks: boolean;
  readonly alwaysRefresh: boolean;
  readonly batch: boolean;
  readonly confirmDeletedRows: boolean;
  readonly eagerDefaults: boolean | "auto";
  readonly passiveDeletes: boolean;
  readonly passiveUpdates: boolean;
  readonly versionIdCol: Column | null;
  /** False where the database makes versions; else a function from the old version (or None) to the new. */
  readonly versionIdGenerator: Value;
  readonly _versionIdProp: ColumnPropertyContract | null;
  readonly _versionIdHasServerSideValue: boolean;
  readonly polymorphicIdentity: Value;
  readonly _setPolymorphicIdentity: ((state: InstanceState) => void) | null;
  readonly _polymorphicAttrKey: string | null;
  readonly _validatePolymorphicIdentity:
    ((mapper: MapperContract, state: InstanceState, dict: AttrDict) => void) | null;

  /** `module.Class`: unrelated mappers flush in the order of these. */
  readonly _sortKey: string;
  readonly _identityClass: ClassRef;
  readonly _identityKeyProps: readonly ColumnPropertyContract[];
  readonly _primaryKeyPropkeys: ReadonlySet<string>;
  readonly _pkSynonyms: ReadonlyMap<string, string>;
  readonly _columntoproperty: ColumnMapping;
  readonly _sortedTables: ReadonlyMap<Table, MapperContract>;
  readonly _pksByTable: PerTable<SetOf<Column>>;
  readonly _colsByTable: PerTable<SetOf<Column>>;
  readonly _propkeyToCol: PerTable<ReadonlyMap<string, Column>>;
  readonly _insertColsEvaluatingNone: PerTable<SetOf<Column>>;
  readonly _insertColsAsNone: PerTable<SetOf<string>>;
  readonly _pkKeysByTable: PerTable<SetOf<string>>;
  readonly _pkAttrKeysByTable: PerTable<SetOf<string>>;
  readonly _serverDefaultCols: PerTable<SetOf<Column>>;
  readonly _serverDefaultColKeys: PerTable<SetOf<string>>;
  readonly _serverOnupdateDefaultCols: PerTable<SetOf<Column>>;
  readonly _serverOnupdateDefaultColKeys: PerTable<SetOf<string>>;
  readonly _serverDefaultPlusOnupdatePropkeys: ReadonlySet<string>;
  readonly _tableToEquated: PerTable<readonly (readonly [MapperContract, ColumnPairs])[]>;
  readonly _readonlyProps: ReadonlySet<ColumnPropertyContract>;
  /** Filled by many-to-one relationships whose target this mapper is: they watch for changed primary keys. */
  readonly _dependencyProcessors: DependencyProcessorContract[];
  /** The cache of compiled statements of the hierarchy. */
  readonly _compiledCache: unknown;
  readonly composites: {
    readonly size: number;
    entries(): Iterable<readonly [string, { _populateCompositeBulkSaveMappings(mapping: AttrDict): void }]>;
  };

  isa(other: MapperContract): boolean;
  /** A value kept per kind of statement and table. */
  _memo<T>(kind: string, table: Table, make: () => T): T;
  _checkConfigure(): void;
  _preferEagerDefaults(dialect: Dialect, table: Table): boolean;
  _isOrphan(state: InstanceState): boolean;
  _canload(state: InstanceState, options: { allowSubtypes: boolean }): boolean;
  /** A value by which persistent states are sorted. */
  _persistentSortkeyFn(state: InstanceState): readonly Value[];
  identityKeyFromPrimaryKey(primaryKey: readonly Value[], options?: { identityToken?: Value }): IdentityKey;
  _identityKeyFromState(state: InstanceState, passive?: PassiveFlag): IdentityKey;
  cascadeIterator(
    type: CascadeType,
    state: InstanceState,
    haltOn?: (state: InstanceState) => boolean,
  ): Iterable<Cascaded>;
  /** Throws UnmappedColumnError. */
  getPropertyByColumn(column: Column): ColumnPropertyContract;
  _getStateAttrByColumn(state: InstanceState, dict: AttrDict, column: Column, passive?: PassiveFlag): Value;
  _setStateAttrByColumn(state: InstanceState, dict: AttrDict, column: Column, value: Value): void;
  _getCommittedStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: Column,
    passive?: PassiveFlag,
  ): Value;
  _getCommittedAttrByColumn(obj: Instance, column: Column): Value;
  toString(): string;
}
