// A mapper for tests: one table a class, plain relationships, and loading by simple SELECTs. It has what the state side asks
// of a mapper (contracts.ts) and nothing else, so that session and unit of work can be tried by themselves.
import { registerAttribute } from "../../../../playground-engine/orm/attributes/register.ts";
import type {
  ComparatorContract,
  EntityContract,
} from "../../../../playground-engine/orm/attributes/instrumented.ts";
import { collectionAdapter } from "../../../../playground-engine/orm/collections/adapter.ts";
import { mapperEvents, populateMapperHolds } from "../../../../playground-engine/orm/events.ts";
import type { AttrDict, ClassRef, Instance } from "../../../../playground-engine/orm/face.ts";
import {
  ATTR_WAS_SET,
  isNoObject,
  LOAD_AGAINST_COMMITTED,
  MANYTOMANY,
  MANYTOONE,
  NO_RAISE,
  ONETOMANY,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  PASSIVE_RETURN_NO_VALUE,
  SQL_OK,
  type PassiveFlag,
  type RelationshipDirection,
} from "../../../../playground-engine/orm/flags.ts";
import { late } from "../../../../playground-engine/orm/late.ts";
import { dependencyProcessorFor } from "../../../../playground-engine/orm/persistence/dependency/processor-for.ts";
import { trackCascadeEvents } from "../../../../playground-engine/orm/persistence/cascades.ts";
import { instanceState } from "../../../../playground-engine/orm/state/access.ts";
import type {
  Cascaded,
  CascadeType,
  ColumnPairs,
  ColumnPropertyContract,
  MapperContract,
  RelationshipContract,
} from "../../../../playground-engine/orm/state/contracts.ts";
import { IdentityKey } from "../../../../playground-engine/orm/state/identity-key.ts";
import { registerClass } from "../../../../playground-engine/orm/state/manager.ts";
import type { InstanceState } from "../../../../playground-engine/orm/state/state.ts";
import { ObjectDeletedError, UnmappedColumnError } from "../../../../playground-engine/errors/index.ts";
import { and_, select } from "../../../../playground-engine/sql/index.ts";
import type { Column, Table } from "../../../../playground-engine/sql/schema/index.ts";
import { LRUCache } from "../../../../playground-engine/util/lru.ts";
import type { Value } from "../../../../playground-engine/util/host.ts";
import type { Session } from "../../../../playground-engine/orm/session/session.ts";
import type { Entity, Factory } from "./test-face.ts";

type EntityClass = new () => Entity;

export interface RelationshipSpec {
  readonly target: () => TestMapper;
  readonly direction: RelationshipDirection;
  /** From the side that is referred to, to the side that refers. */
  readonly pairs: ColumnPairs;
  readonly secondary?: Table;
  readonly secondaryPairs?: ColumnPairs;
  readonly backPopulates?: string;
  readonly cascade?: readonly string[];
  readonly postUpdate?: boolean;
  readonly passiveDeletes?: boolean | "all";
  readonly passiveUpdates?: boolean;
  readonly collection?: Factory;
  readonly singleParent?: boolean;
}

export interface MapperSpec {
  readonly relationships?: Readonly<Record<string, RelationshipSpec>>;
  readonly versionId?: Column;
  readonly eagerDefaults?: boolean | "auto";
  readonly batch?: boolean;
}

class TestColumnProperty implements ColumnPropertyContract {
  readonly _isRelationship = false;
  readonly expireOnFlush = true;
  readonly deferred = false;
  readonly key: string;
  readonly parent: TestMapper;
  constructor(parent: TestMapper, key: string) {
    this.parent = parent;
    this.key = key;
  }
  merge(
    _session: Session,
    source: InstanceState,
    sourceDict: AttrDict,
    dest: InstanceState,
    destDict: AttrDict,
    load: boolean,
  ): void {
    if (!sourceDict.has(this.key)) return;
    const impl = dest.manager.getImpl(this.key);
    if (load) impl.set(dest, destDict, sourceDict.get(this.key), null);
    else impl.setCommittedValue(dest, destDict, sourceDict.get(this.key));
    void source;
  }
  toString(): string {
    return `${this.parent.name}.${this.key}`;
  }
}

class TestRelationship implements RelationshipContract {
  readonly _isRelationship = true;
  readonly enableTypechecks = true;
  readonly viewonly = false;
  readonly key: string;
  readonly parent: TestMapper;
  readonly spec: RelationshipSpec;
  private processor: RelationshipContract["_dependencyProcessor"] | undefined;
  constructor(parent: TestMapper, key: string, spec: RelationshipSpec) {
    this.parent = parent;
    this.key = key;
    this.spec = spec;
  }
  get mapper(): TestMapper {
    return this.spec.target();
  }
  get direction(): RelationshipDirection {
    return this.spec.direction;
  }
  get uselist(): boolean {
    return this.spec.direction !== MANYTOONE;
  }
  get secondary(): Table | null {
    return this.spec.secondary ?? null;
  }
  get postUpdate(): boolean {
    return this.spec.postUpdate ?? false;
  }
  get passiveDeletes(): boolean | "all" {
    return this.spec.passiveDeletes ?? false;
  }
  get passiveUpdates(): boolean {
    return this.spec.passiveUpdates ?? true;
  }
  get synchronizePairs(): ColumnPairs {
    return this.spec.pairs;
  }
  get secondarySynchronizePairs(): ColumnPairs {
    return this.spec.secondaryPairs ?? [];
  }
  get _isSelfReferential(): boolean {
    return this.mapper === this.parent;
  }
  get _reverseProperty(): RelationshipContract[] {
    const back =
      this.spec.backPopulates === undefined ? undefined : this.mapper._props.get(this.spec.backPopulates);
    return back ? [back as TestRelationship] : [];
  }
  get _dependencyProcessor(): RelationshipContract["_dependencyProcessor"] {
    return (this.processor ??= dependencyProcessorFor(this));
  }
  has(type: string): boolean {
    return (this.spec.cascade ?? ["save-update", "merge"]).includes(type);
  }
  get cascade(): { saveUpdate: boolean; delete: boolean; deleteOrphan: boolean } {
    return {
      saveUpdate: this.has("save-update"),
      delete: this.has("delete"),
      deleteOrphan: this.has("delete-orphan"),
    };
  }
  merge(
    session: Session,
    source: InstanceState,
    sourceDict: AttrDict,
    dest: InstanceState,
    destDict: AttrDict,
    load: boolean,
    recursive: Map<InstanceState, Instance>,
    conflicts: Map<string, Instance>,
  ): void {
    if (!sourceDict.has(this.key) || !this.has("merge")) return;
    const merging = { load, options: null, recursive, resolveConflictMap: conflicts };
    const one = (v: Value): Value => session._merge(instanceState(v), instanceState(v).dict, merging);
    const impl = dest.manager.getImpl(this.key);
    const v = sourceDict.get(this.key);
    if (this.uselist) impl.set(dest, destDict, collectionAdapter(v).items().map(one), null);
    else impl.set(dest, destDict, v === null ? null : one(v), null);
    void source;
  }
  *cascadeIterator(
    type: CascadeType,
    state: InstanceState,
    dict: AttrDict,
    visited: Set<InstanceState>,
    haltOn?: (s: InstanceState) => boolean,
  ): Generator<Cascaded> {
    const passive = type !== "delete" || this.passiveDeletes ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF | NO_RAISE;
    const impl = state.manager.getImpl(this.key);
    let related: Value[];
    if (type === "save-update") related = impl.getAllPending(state, dict).map(([, o]) => o);
    else {
      const v = impl.get(state, dict, passive);
      related = isNoObject(v) ? [] : this.uselist ? collectionAdapter(v).items() : [v];
    }
    for (const obj of related) {
      if (obj === null) continue;
      const s = instanceState(obj);
      if (
        visited.has(s) ||
        haltOn?.(s) ||
        (type === "refresh-expire" && s.key === null && !this.has("delete-orphan"))
      )
        continue;
      visited.add(s);
      yield [obj as Instance, s.manager.mapper, s, s.dict];
    }
  }
  /** The lazy loader: one SELECT by the keys of the object. */
  load(state: InstanceState, passive: PassiveFlag): Value {
    const { session } = state;
    if (state.key === null || !session) return this.uselist ? [] : null;
    const value = (c: Column): Value =>
      passive & LOAD_AGAINST_COMMITTED
        ? this.parent._getCommittedStateAttrByColumn(state, state.dict, c, PASSIVE_OFF)
        : this.parent._getStateAttrByColumn(state, state.dict, c, PASSIVE_OFF);
    if (this.direction === MANYTOONE) {
      const key = this.spec.pairs.map(([, r]) => value(r));
      if (key.every((v) => v === null)) return null;
      const present = session._identityLookup(this.mapper, key, { passive });
      if (present !== null) return present;
      return passive & SQL_OK ? this.mapper.loadByKey(session, key) : PASSIVE_NO_RESULT;
    }
    if (!(passive & SQL_OK)) return PASSIVE_NO_RESULT;
    session._autoflush();
    const clauses = this.spec.pairs.map(([l, r]) => r.eq(value(l)));
    for (const [l, r] of this.spec.secondaryPairs ?? []) clauses.push(l.eq(r));
    return this.mapper.loadAll(session, and_(clauses));
  }
  toString(): string {
    return `${this.parent.name}.${this.key}`;
  }
}

export class TestMapper implements MapperContract {
  static readonly dispatch = mapperEvents.classDispatch;
  readonly dispatch = mapperEvents.forInstance(this);
  readonly isMapper = true;
  readonly configured = true;
  readonly inherits = null;
  readonly alwaysRefresh = false;
  readonly allowPartialPks = true;
  readonly confirmDeletedRows = true;
  readonly passiveDeletes = false;
  readonly passiveUpdates = true;
  readonly polymorphicIdentity = null;
  readonly _setPolymorphicIdentity = null;
  readonly _polymorphicAttrKey = null;
  readonly _validatePolymorphicIdentity = null;
  readonly _versionIdHasServerSideValue = false;
  readonly composites = new Map<string, never>();
  readonly _pkSynonyms = new Map<string, string>();
  readonly _readonlyProps = new Set<ColumnPropertyContract>();
  readonly _dependencyProcessors: MapperContract["_dependencyProcessors"] = [];
  readonly _compiledCache = new LRUCache<unknown, unknown>(100);
  readonly class_: ClassRef;
  readonly name: string;
  readonly localTable: Table;
  readonly spec: MapperSpec;
  readonly _props = new Map<string, TestColumnProperty | TestRelationship>();
  readonly versionIdCol: Column | null;
  private readonly byColumn = new Map<Column, TestColumnProperty>();
  private readonly memos = new Map<string, unknown>();

  constructor(cls: EntityClass, table: Table, spec: MapperSpec = {}) {
    this.class_ = cls;
    this.name = cls.name;
    this.localTable = table;
    this.spec = spec;
    this.versionIdCol = spec.versionId ?? null;
    const manager = registerClass(cls, {
      mapper: this,
      expiredAttributeLoader: (state, toload) => this.refresh(state, toload),
    });
    populateMapperHolds(cls, this);
    const common = { comparator: {} as ComparatorContract, parententity: this as unknown as EntityContract };
    for (const column of table.c as Iterable<Column>) {
      const prop = new TestColumnProperty(this, column.key);
      this._props.set(column.key, prop);
      this.byColumn.set(column, prop);
      // Changed keys and versions must be known.
      registerAttribute(cls, column.key, {
        ...common,
        activeHistory: column.primaryKey || column === this.versionIdCol,
      });
    }
    for (const [key, r] of Object.entries(spec.relationships ?? {})) {
      const prop = new TestRelationship(this, key, r);
      this._props.set(key, prop);
      registerAttribute(cls, key, {
        ...common,
        useobject: true,
        uselist: prop.uselist,
        parentToken: prop,
        callable_: (state, passive) => prop.load(state, passive),
        trackparent: (r.singleParent ?? false) || r.direction === ONETOMANY,
        ...(r.collection ? { typecallable: r.collection } : {}),
        backref: r.backPopulates ?? null,
      });
      trackCascadeEvents(manager.get(key)!, prop);
    }
  }

  get classManager() {
    return registerClass(this.class_);
  }
  get baseMapper(): this {
    return this;
  }
  get primaryBaseMapper(): this {
    return this;
  }
  get selfAndDescendants(): this[] {
    return [this];
  }
  get tables(): Table[] {
    return [this.localTable];
  }
  get _allTables(): Table[] {
    return [this.localTable];
  }
  get persistSelectable(): Table {
    return this.localTable;
  }
  get primaryKey(): Column[] {
    return [...this.localTable.primaryKey] as Column[];
  }
  get relationships(): TestRelationship[] {
    return [...this._props.values()].filter((p) => p instanceof TestRelationship);
  }
  get iterateProperties(): Iterable<TestColumnProperty | TestRelationship> {
    return this._props.values();
  }
  get batch(): boolean {
    return this.spec.batch ?? true;
  }
  get eagerDefaults(): boolean | "auto" {
    return this.spec.eagerDefaults ?? "auto";
  }
  get versionIdGenerator(): Value {
    return (v: number | null) => (v ?? 0) + 1;
  }
  get _versionIdProp(): TestColumnProperty | null {
    return this.versionIdCol ? this.getPropertyByColumn(this.versionIdCol) : null;
  }
  get _sortKey(): string {
    return `__main__.${this.name}`;
  }
  get _identityClass(): ClassRef {
    return this.class_;
  }
  get _identityKeyProps(): TestColumnProperty[] {
    return this.primaryKey.map((c) => this.getPropertyByColumn(c));
  }
  get _primaryKeyPropkeys(): Set<string> {
    return new Set(this._identityKeyProps.map((p) => p.key));
  }
  get _columntoproperty(): Map<Column, TestColumnProperty> {
    return this.byColumn;
  }
  get _sortedTables(): Map<Table, TestMapper> {
    return new Map([[this.localTable, this]]);
  }
  private per<T>(make: (columns: Column[]) => T): Map<Table, T> {
    return new Map([[this.localTable, make([...this.byColumn.keys()])]]);
  }
  get _pksByTable() {
    return this.per(() => new Set(this.primaryKey));
  }
  get _colsByTable() {
    return this.per((cs) => new Set(cs));
  }
  get _propkeyToCol() {
    return this.per((cs) => new Map(cs.map((c) => [c.key, c])));
  }
  get _insertColsEvaluatingNone() {
    return this.per(() => new Set<Column>());
  }
  get _insertColsAsNone() {
    return this.per(
      (cs) => new Set(cs.filter((c) => !c.primaryKey && !c.serverDefault && !c.default).map((c) => c.key)),
    );
  }
  get _pkKeysByTable() {
    return this.per(() => new Set(this.primaryKey.map((c) => c.key)));
  }
  get _pkAttrKeysByTable() {
    return this._pkKeysByTable;
  }
  get _serverDefaultCols() {
    return this.per((cs) => new Set(cs.filter((c) => c.serverDefault)));
  }
  get _serverDefaultColKeys() {
    return this.per((cs) => new Set(cs.filter((c) => c.serverDefault).map((c) => c.key)));
  }
  get _serverOnupdateDefaultCols() {
    return this.per(() => new Set<Column>());
  }
  get _serverOnupdateDefaultColKeys() {
    return this.per(() => new Set<string>());
  }
  get _serverDefaultPlusOnupdatePropkeys(): Set<string> {
    return this._serverDefaultColKeys.get(this.localTable)!;
  }
  get _tableToEquated() {
    return this.per(() => []);
  }

  isa(other: MapperContract): boolean {
    return other === this;
  }
  _memo<T>(kind: string, _table: Table, make: () => T): T {
    if (!this.memos.has(kind)) this.memos.set(kind, make());
    return this.memos.get(kind) as T;
  }
  _checkConfigure(): void {}
  _preferEagerDefaults(dialect: { insertExecutemanyReturning: boolean }): boolean {
    return this.eagerDefaults === "auto"
      ? this._serverDefaultPlusOnupdatePropkeys.size > 0 && dialect.insertExecutemanyReturning
      : this.eagerDefaults;
  }
  _isOrphan(state: InstanceState): boolean {
    return this.orphanedFrom(state).includes(true);
  }
  private orphanedFrom(state: InstanceState): boolean[] {
    return mappers.flatMap((m) =>
      m.relationships
        .filter((r) => r.mapper === this && r.cascade.deleteOrphan)
        .map((r) => !r.parent.classManager.hasParent(state, r.key, { optimistic: state.hasIdentity })),
    );
  }
  _canload(state: InstanceState): boolean {
    return state.manager.mapper === this;
  }
  _persistentSortkeyFn(state: InstanceState): readonly Value[] {
    return state.key!.pk;
  }
  identityKeyFromPrimaryKey(pk: readonly Value[], options: { identityToken?: Value } = {}): IdentityKey {
    return new IdentityKey(this.class_, pk, options.identityToken ?? null);
  }
  _identityKeyFromState(state: InstanceState, passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE): IdentityKey {
    return new IdentityKey(
      this.class_,
      this._identityKeyProps.map((p) => state.manager.getImpl(p.key).get(state, state.dict, passive)),
      null,
    );
  }
  *cascadeIterator(
    type: CascadeType,
    state: InstanceState,
    haltOn?: (s: InstanceState) => boolean,
  ): Generator<Cascaded> {
    const visited = new Set<InstanceState>();
    function* below(s: InstanceState): Generator<Cascaded> {
      for (const prop of (s.manager.mapper as TestMapper).relationships) {
        if (!prop.has(type)) continue;
        for (const found of [...prop.cascadeIterator(type, s, s.dict, visited, haltOn)]) {
          yield found;
          yield* below(found[2]);
        }
      }
    }
    yield* below(state);
  }
  getPropertyByColumn(column: Column): TestColumnProperty {
    const prop = this.byColumn.get(column);
    if (!prop)
      throw new UnmappedColumnError(
        `No column ${String(column)} is configured on mapper ${this.toString()}...`,
      );
    return prop;
  }
  _getStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: Column,
    passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE,
  ): Value {
    return state.manager.getImpl(this.getPropertyByColumn(column).key).get(state, dict, passive);
  }
  _setStateAttrByColumn(state: InstanceState, dict: AttrDict, column: Column, value: Value): void {
    state.manager.getImpl(this.getPropertyByColumn(column).key).set(state, dict, value, null);
  }
  _getCommittedStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: Column,
    passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE,
  ): Value {
    return state.manager
      .getImpl(this.getPropertyByColumn(column).key)
      .getCommittedValue(state, dict, passive);
  }
  _getCommittedAttrByColumn(obj: Instance, column: Column): Value {
    const state = instanceState(obj);
    return this._getCommittedStateAttrByColumn(state, state.dict, column, PASSIVE_OFF);
  }
  /** So that select(mapper) selects from the table. */
  clauseElement(): Table {
    return this.localTable;
  }
  toString(): string {
    return `Mapper[${this.name}(${this.localTable.name})]`;
  }

  // ---- loading, as little as will do

  private criterion(key: readonly Value[]) {
    return and_(this.primaryKey.map((c, i) => c.eq(key[i])));
  }
  private rows(session: Session, criterion: Value): Value[][] {
    const connection = session.connection(new Map([["mapper", this as Value]]));
    const result = connection.execute(
      select([...(this.localTable.c as Iterable<Column>)])
        .where([criterion])
        .orderBy(this.primaryKey),
    );
    return result.all().map((row) => [...(row as unknown as { _data: Value[] })._data]);
  }
  private populate(
    session: Session,
    row: readonly Value[],
    state?: InstanceState,
    only?: readonly string[],
  ): Instance {
    const columns = [...this.byColumn.keys()];
    const key = this.identityKeyFromPrimaryKey(this.primaryKey.map((c) => row[columns.indexOf(c)]));
    const present = state?.obj() ?? session.identityMap.get(key);
    const obj = present ?? this.classManager.newInstance();
    const s = instanceState(obj);
    if (!present) {
      s.key = key;
      s.sessionId = session.hashKey;
      session.identityMap._addUnpresent(s, key);
    } else if (!state && !s.expired) return obj;
    const dict = s.dict;
    const loaded = columns.filter((c) => (!only || only.includes(c.key)) && !s.committedState.has(c.key));
    for (const c of loaded) dict.set(c.key, row[columns.indexOf(c)]);
    s._commit(
      dict,
      loaded.map((c) => c.key),
    );
    return obj;
  }
  loadAll(session: Session, criterion: Value): Instance[] {
    return this.rows(session, criterion).map((row) => this.populate(session, row));
  }
  loadByKey(session: Session, key: readonly Value[]): Instance | null {
    return this.loadAll(session, this.criterion(key))[0] ?? null;
  }
  refresh(state: InstanceState, only?: readonly string[]): Value {
    const { session } = state;
    if (!session) throw new Error("detached");
    const [row] = this.rows(session, this.criterion(state.key!.pk));
    if (!row) throw new ObjectDeletedError("Instance has been deleted, or its row is otherwise not present.");
    this.populate(session, row, state, only);
    return ATTR_WAS_SET;
  }
}

const mappers: TestMapper[] = [];

export function mapClass(cls: EntityClass, table: Table, spec: MapperSpec = {}): TestMapper {
  const mapper = new TestMapper(cls, table, spec);
  mappers.push(mapper);
  return mapper;
}

/** Makes relationships known to each other; to be called when all classes are mapped. */
export function configure(): void {
  for (const m of mappers) for (const r of m.relationships) void r._dependencyProcessor;
}

late.getFromIdentity = (session, _mapper, key, passive) => {
  const obj = session.identityMap.get(key);
  if (obj === null) return null;
  const state = instanceState(obj);
  if (!state.expired) return obj;
  if (!(passive & SQL_OK)) return PASSIVE_NO_RESULT;
  try {
    state._loadExpired(state, passive);
  } catch (e) {
    if (!(e instanceof ObjectDeletedError)) throw e;
    session._removeNewlyDeleted([state]);
    return null;
  }
  return obj;
};
late.loadOptions = () => null;
late.loadOnPkIdentity = (session, statement, key) => {
  session._autoflush();
  const [table] = (statement as { getFinalFroms(): unknown[] }).getFinalFroms();
  return (mappers.find((m) => m.localTable === table) as TestMapper).loadByKey(session, key ?? []);
};
late.loadOnIdent = (_session, _statement, _key, options) => {
  const state = options.refreshState as InstanceState;
  (state.mapper as TestMapper).refresh(state, options.onlyLoadProps ?? undefined);
  return state.obj();
};
export { MANYTOMANY };
