// RelationshipProperty: an attribute that refers to objects of another mapped class.
//
// Made with arguments that may name things not there yet; `doInit`, called when mappers are configured, resolves them in
// this order: arguments, target entity, join condition, cascades, uselist and dependency processor, backref, loader strategy.
// Behaviour: SQLAlchemy orm/relationships.py.
import { ArgumentError, InvalidRequestError, NoInspectionAvailable, warn } from "../../errors/index.ts";
import { adaptCriterionToNull, ClauseAdapter } from "../../sql/adapt.ts";
import { expect } from "../../sql/coercions.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { clonedTraverse, type Traversible } from "../../sql/visitable.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { CollectionAttributeImpl } from "../attributes/collection.ts";
import { initStateCollection } from "../attributes/functions.ts";
import type { EntityContract } from "../attributes/instrumented.ts";
import { registerDescriptor } from "../attributes/register.ts";
import { face, type Annotation, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import { INIT_OK, MANYTOMANY, MANYTOONE, NO_RAISE, NO_VALUE, ONETOMANY, PASSIVE_MERGE, PASSIVE_NO_FETCH, PASSIVE_NO_INITIALIZE, PASSIVE_NO_RESULT, PASSIVE_OFF, type PassiveFlag, type RelationshipDirection } from "../flags.ts";
import { inspect } from "../inspection.ts";
import { classMapper, isMappedClass } from "../mapping/class-mapper.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { dependencyProcessorFor } from "../persistence/dependency/processor-for.ts";
import type { DependencyProcessorContract } from "../persistence/contracts.ts";
import type { Session } from "../session/session.ts";
import { instanceDict, instanceState, stateOrUndefined, stateStr } from "../state/access.ts";
import type { CascadeType, Cascaded, RelationshipContract } from "../state/contracts.ts";
import type { Table } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import { CascadeOptions } from "./cascades.ts";
import { makeComparator, notInAnnotated, raiseForRequired, StrategizedProperty, strategyKey, type DeclarativeScan, type IntrospectsAnnotations, type MappedContainer } from "./interfaces.ts";
import { ormDeannotate } from "./join-condition-annotations.ts";
import { JoinCondition, type JoinTargets, type Pair } from "./join-condition.ts";
import { RelationshipComparator } from "./relationship-comparator.ts";
import { relationshipLate, type NameResolvers } from "./relationship-late.ts";
import { optionsFromKwargs, type RelationshipFunctionOptions, type RelationshipOptions } from "./relationship-options.ts";
import { scanAnnotation } from "./relationship-scan.ts";

// What belongs to the module of relationships in SQLAlchemy, too.
export { CascadeOptions } from "./cascades.ts";
export { JoinCondition } from "./join-condition.ts";
export { foreign, remote } from "./join-condition-annotations.ts";

/** The target: a mapper, or an alias of a mapped class. */
export interface RelatedEntity extends EntityContract {
  readonly mapper: Mapper;
  readonly isAliasedClass: boolean;
  readonly selectable: FromClause;
  readonly persistSelectable: FromClause;
  readonly localTable: FromClause;
}

/** The lazy loader's criteria, which comparisons with objects use. */
interface LazyCriteria {
  readonly useGet: boolean;
  readonly _lazywhere: ColumnElement;
  readonly _bindToCol: ReadonlyMap<string, ColumnElement>;
  readonly _revLazywhere: ColumnElement;
  readonly _revBindToCol: ReadonlyMap<string, ColumnElement>;
}

export interface CompareOptions {
  readonly valueIsParent?: boolean;
  readonly adaptSource?: ((element: ColumnElement) => ColumnElement) | null;
  readonly aliasSecondary?: boolean;
}

export interface CreateJoinsOptions {
  readonly sourcePolymorphic?: boolean;
  readonly sourceSelectable?: FromClause | null;
  readonly destSelectable?: FromClause | null;
  readonly ofTypeEntity?: RelatedEntity | null;
  readonly aliasSecondary?: boolean;
  readonly extraCriteria?: readonly ColumnElement[];
}

export interface Joins extends Omit<JoinTargets, "destSelectable"> {
  readonly source: FromClause;
  readonly dest: FromClause;
}

const LATE_ARGUMENTS = ["orderBy", "primaryjoin", "secondaryjoin", "secondary", "foreignKeys", "remoteSide"] as const;
type LateArgument = (typeof LATE_ARGUMENTS)[number];

/** What only matters to writing, with its default. */
const PERSISTENCE_ONLY = [
  ["passiveDeletes", "passive_deletes", false],
  ["passiveUpdates", "passive_updates", true],
  ["enableTypechecks", "enable_typechecks", true],
  ["activeHistory", "active_history", false],
  ["cascadeBackrefs", "cascade_backrefs", false],
] as const;

/** Objects merged along a relationship, for each run of Session.merge(): its back reference has nothing more to do. */
const merged = new WeakMap<object, Map<InstanceState, Set<RelationshipProperty>>>();

export class RelationshipProperty extends StrategizedProperty implements RelationshipContract, IntrospectsAnnotations {
  static readonly pyModule: string = "sqlalchemy.orm.relationships";
  static readonly Comparator = RelationshipComparator;
  override readonly _isRelationship = true;
  override readonly _linksToEntity = true;
  override readonly strategyWildcardKey = "relationship";

  argument: Value;
  uselist: boolean;
  lazy: Value;
  collectionClass: Value;
  readonly viewonly: boolean;
  readonly postUpdate: boolean;
  readonly singleParent: boolean;
  readonly passiveDeletes: boolean | "all";
  readonly passiveUpdates: boolean;
  readonly enableTypechecks: boolean;
  readonly activeHistory: boolean;
  readonly innerjoin: Value;
  readonly distinctTargetKey: boolean | null;
  readonly joinDepth: number | null;
  readonly loadOnPending: boolean;
  readonly omitJoin: boolean | null;
  readonly queryClass: Value;
  readonly comparatorFactory: Value;
  readonly _legacyInactiveHistoryStyle: boolean;
  syncBackref: boolean | null;
  backPopulates: string | null;
  readonly backref: Value;
  readonly _overlaps: ReadonlySet<string>;
  readonly _reverseProperty = new Set<RelationshipProperty>();

  // known when configured
  target!: FromClause;
  orderBy: readonly ColumnElement[] | false = false;
  primaryjoin!: ColumnElement;
  secondaryjoin: ColumnElement | null = null;
  secondary!: Table | null;
  direction!: RelationshipDirection;
  localRemotePairs: readonly Pair[];
  remoteSide = new ElementSet<ColumnElement>();
  localColumns = new ElementSet<ColumnElement>();
  synchronizePairs!: RelationshipContract["synchronizePairs"];
  secondarySynchronizePairs!: RelationshipContract["secondarySynchronizePairs"];
  _calculatedForeignKeys!: ElementSet<ColumnElement>;
  _userDefinedForeignKeys = new ElementSet<ColumnElement>();
  _joinCondition!: JoinCondition;
  _dependencyProcessor!: DependencyProcessorContract;
  _lazyStrategy!: LazyCriteria;
  /** @internal The arguments that may name things not there yet, as they were given. */
  readonly _initArgs: Map<LateArgument, Value>;
  private readonly resolved = new Map<LateArgument, Value>();
  private cascade_!: CascadeOptions;
  private entity_: RelatedEntity | undefined;
  private resolvers_: NameResolvers | undefined;

  constructor(argument: Value = null, secondary: Value = null, options: RelationshipOptions = {}) {
    super(options.attributeOptions);
    const o = options;
    this.argument = argument ?? null;
    this.uselist = (o.uselist ?? null) as boolean;
    const given: Record<LateArgument, Value> = { orderBy: o.orderBy ?? false, primaryjoin: o.primaryjoin, secondaryjoin: o.secondaryjoin, secondary, foreignKeys: o.foreignKeys, remoteSide: o.remoteSide };
    this._initArgs = new Map(LATE_ARGUMENTS.map((name) => [name, given[name] ?? null]));
    this.postUpdate = o.postUpdate ?? false;
    this.viewonly = o.viewonly ?? false;
    if (this.viewonly)
      for (const [option, name, normal] of PERSISTENCE_ONLY)
        if ((o[option] ?? normal) !== normal)
          warn(
            `Setting ${name} on relationship() while also setting viewonly=True does not make sense, as a viewonly=True relationship does not perform persistence operations. This configuration may raise an error in a future release.`,
          );
    if (this.viewonly && o.syncBackref) throw new ArgumentError("sync_backref and viewonly cannot both be True");
    this.syncBackref = o.syncBackref ?? null;
    this.lazy = o.lazy === undefined ? "select" : o.lazy;
    this.singleParent = o.singleParent ?? false;
    this.collectionClass = o.collectionClass ?? null;
    this.passiveDeletes = o.passiveDeletes ?? false;
    if (o.cascadeBackrefs) throw new ArgumentError("The 'cascade_backrefs' parameter passed to relationship() may only be set to False.");
    this.passiveUpdates = o.passiveUpdates ?? true;
    this.enableTypechecks = o.enableTypechecks ?? true;
    this.queryClass = o.queryClass ?? null;
    this.innerjoin = o.innerjoin ?? false;
    this.distinctTargetKey = o.distinctTargetKey ?? null;
    this.doc = o.doc ?? null;
    this.activeHistory = o.activeHistory ?? false;
    this._legacyInactiveHistoryStyle = o._legacyInactiveHistoryStyle ?? false;
    this.joinDepth = o.joinDepth ?? null;
    if (o.omitJoin)
      warn(
        "setting omit_join to True is not supported; selectin loading of this relationship may not work correctly if this flag is set explicitly.  omit_join optimization is automatically detected for conditions under which it is supported.",
      );
    this.omitJoin = o.omitJoin ?? null;
    this.localRemotePairs = o._localRemotePairs ?? [];
    this.loadOnPending = o.loadOnPending ?? false;
    this.comparatorFactory = o.comparatorFactory ?? RelationshipComparator;
    if (o.info != null) for (const [k, v] of host.entries(o.info) ?? []) this.info.set(k, v);
    this.strategyKey = strategyKey({ lazy: this.lazy });
    this._overlaps = new Set(o.overlaps ? o.overlaps.split(/\s*,\s*/) : []);
    this.cascade = o.cascade === undefined ? "save-update, merge" : o.cascade;
    this.backPopulates = o.backPopulates || null;
    if (this.backPopulates && o.backref) throw new ArgumentError("backref and back_populates keyword arguments are mutually exclusive");
    this.backref = this.backPopulates ? null : (o.backref ?? null);
  }

  override instrumentClass(mapper: Mapper): void {
    registerDescriptor(mapper.class_, this.key, { comparator: makeComparator(this.comparatorFactory, this, mapper as unknown as EntityContract), parententity: mapper as unknown as EntityContract, doc: this.doc });
  }

  // -- declarative ---------------------------------------------------------------------------

  declarativeScan(
    _scan: DeclarativeScan, _registry: Registry, cls: ClassRef, originating: ClassRef, key: string,
    container: MappedContainer | null, _annotation: Annotation | null, extracted: Annotation | null, _isField: boolean,
  ): void {
    if (extracted === null) {
      if (this.argument === null) raiseForRequired("Relationship", key, cls);
      return;
    }
    if (container === "WriteOnlyMapped") this.setLazy("write_only");
    else if (container === "DynamicMapped") this.setLazy("dynamic");
    const said = scanAnnotation(extracted, container, originating, this.collectionClass);
    if (said.collectionClass !== undefined) this.collectionClass = said.collectionClass;
    if (said.uselist === false) this.uselist = false;
    this.argument ??= said.argument;
  }

  foundInPep593Annotated(): never {
    return notInAnnotated("Relationship");
  }

  private setLazy(lazy: string): void {
    this.lazy = lazy;
    this.strategyKey = strategyKey({ lazy });
  }

  // -- configuration ------------------------------------------------------------------------

  override doInit(): void {
    this.processDependentArguments();
    this._setupEntity();
    const registries = this as unknown as Record<"parent" | "entity_", { readonly mapper: { readonly registry: { _setDependsOn(other: unknown): void } } }>;
    registries.parent.mapper.registry._setDependsOn(registries.entity_.mapper.registry);
    this.setupJoinConditions();
    this.checkCascadeSettings(this.cascade_);
    this.uselist ??= this.direction !== MANYTOONE;
    if (!this.viewonly) this._dependencyProcessor = dependencyProcessorFor(this);
    this.generateBackref();
    this._joinCondition._warnForConflictingSyncTargets();
    super.doInit();
    this._lazyStrategy = this._getStrategy(strategyKey({ lazy: "select" })) as unknown as LazyCriteria;
  }

  get _clsregistryResolvers(): NameResolvers {
    return (this.resolvers_ ??= relationshipLate.resolvers(this.parent.class_, this));
  }

  private processDependentArguments(): void {
    for (const name of LATE_ARGUMENTS) this.resolved.set(name, this.resolveArgument(name));
    for (const name of ["primaryjoin", "secondaryjoin"] as const) {
      const join = this.resolved.get(name) ?? null;
      if (join !== null) this.resolved.set(name, ormDeannotate(expect(roles.ColumnArgumentRole, join, { argname: name })));
    }
    const secondary = this.resolved.get("secondary") ?? null;
    if (secondary !== null && isMappedClass(secondary))
      throw new ArgumentError(
        `secondary argument ${host.str(secondary)} passed to to relationship() ${this.toString()} must be a Table object or other FROM clause; can't send a mapped class directly as rows in 'secondary' are persisted independently of a class that is mapped to that same table.`,
      );
    const orderBy = this.resolved.get("orderBy") ?? null;
    this.orderBy = orderBy === false || orderBy === null ? false : listOf(orderBy).map((c) => expect(roles.ColumnArgumentRole, c, { argname: "order_by" }));
    const columns = (name: LateArgument, argname: string): ElementSet<ColumnElement> =>
      new ElementSet(listOf(this.resolved.get(name) ?? []).map((c) => expect(roles.ColumnArgumentRole, c, { argname })));
    this._userDefinedForeignKeys = columns("foreignKeys", "foreign_keys");
    this.remoteSide = columns("remoteSide", "remote_side");
  }

  private resolveArgument(name: LateArgument): Value {
    const value = this._initArgs.get(name) ?? null;
    if (typeof value === "string") return this._clsregistryResolvers.resolveArg(value, name === "secondary")();
    return isThunk(value) && !isMappedClass(value) ? host.call(value, []) : value;
  }

  /** @internal Finds the target; another relationship may ask for it before this one is configured. */
  _setupEntity(): void {
    if (this.entity_) return;
    const { argument } = this;
    let given = argument;
    if (typeof argument === "string") given = this._clsregistryResolvers.resolveName(argument)();
    else if (isThunk(argument) && !face().isClass(argument)) given = host.call(argument, []);
    let entity: unknown = null;
    if (face().isClass(given)) {
      entity = classMapper(given, false);
    } else {
      try {
        entity = inspect(given);
      } catch (e) {
        if (!(e instanceof NoInspectionAvailable)) throw e;
      }
      if (entity === null || typeof entity !== "object" || !("mapper" in entity))
        throw new ArgumentError(`relationship '${this.key}' expects a class or a mapper argument (received: ${host.str(host.typeOf(given))})`);
    }
    this.entity_ = entity as RelatedEntity;
    this.target = this.entity_.persistSelectable;
  }

  private setupJoinConditions(): void {
    const { parent, mapper } = this;
    const entity = this.entity;
    const jc = (this._joinCondition = new JoinCondition({
      parentPersistSelectable: parent.persistSelectable as unknown as FromClause,
      childPersistSelectable: entity.persistSelectable,
      parentLocalSelectable: parent.localTable as unknown as FromClause,
      childLocalSelectable: entity.localTable,
      primaryjoin: (this.resolved.get("primaryjoin") ?? null) as ColumnElement | null,
      secondary: (this.resolved.get("secondary") ?? null) as FromClause | null,
      secondaryjoin: (this.resolved.get("secondaryjoin") ?? null) as ColumnElement | null,
      parentEquivalents: parent._equivalentColumns,
      childEquivalents: mapper._equivalentColumns,
      considerAsForeignKeys: this._userDefinedForeignKeys,
      localRemotePairs: this.localRemotePairs,
      remoteSide: this.remoteSide,
      prop: this,
      supportSync: !this.viewonly,
      canBeSynced: (...columns) => this._columnsAreMapped(...columns),
    }));
    this.primaryjoin = jc.primaryjoin;
    this.secondaryjoin = jc.secondaryjoin;
    this.secondary = jc.secondary as unknown as Table | null;
    this.direction = jc.direction;
    this.localRemotePairs = jc.localRemotePairs;
    this.remoteSide = jc.remoteColumns;
    this.localColumns = jc.localColumns;
    this.synchronizePairs = jc.synchronizePairs as unknown as RelationshipContract["synchronizePairs"];
    this.secondarySynchronizePairs = jc.secondarySynchronizePairs as unknown as RelationshipContract["secondarySynchronizePairs"];
    this._calculatedForeignKeys = jc.foreignKeyColumns;
  }

  /** Whether all of these are columns of parent, target or secondary table. */
  _columnsAreMapped(...columns: ColumnElement[]): boolean {
    const secondary = (this.resolved.get("secondary") ?? null) as FromClause | null;
    const parent = this.parent.persistSelectable as unknown as FromClause;
    return columns.every((c) => secondary?.c.containsColumn(c) || parent.c.containsColumn(c) || this.target.c.containsColumn(c));
  }

  /** The target: a mapper or an alias. */
  get entity(): RelatedEntity {
    if (!this.entity_) this.parent._checkConfigure();
    return this.entity_ as RelatedEntity;
  }

  get mapper(): Mapper {
    return this.entity.mapper;
  }

  get _isSelfReferential(): boolean {
    return this.mapper.commonParent(this.parent);
  }

  get _useGet(): boolean {
    return this._lazyStrategy.useGet;
  }

  _persistsFor(mapper: Mapper): boolean {
    return (mapper._props.get(this.key) as unknown) === this;
  }

  // -- cascades -------------------------------------------------------------------------------

  get cascade(): CascadeOptions {
    return this.cascade_;
  }
  set cascade(given: Value) {
    const options = new CascadeOptions(given);
    const cascade = this.viewonly ? options.viewonly : options;
    if (this._configureFinished) this.checkCascadeSettings(cascade);
    this.cascade_ = cascade;
  }

  private checkCascadeSettings(cascade: CascadeOptions): void {
    if (cascade.deleteOrphan && !this.singleParent && this.direction !== ONETOMANY) {
      const direction = this.direction === MANYTOONE ? "many-to-one" : "many-to-many";
      const [related, own] = [face().className(this.mapper.class_), face().className(this.parent.class_)];
      throw new ArgumentError(
        `For ${direction} relationship ${this.toString()}, delete-orphan cascade is normally configured only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.  To force this relationship to allow a particular "${related}" object to be referenced by only a single "${own}" object at a time via the ${this.toString()} relationship, which would allow delete-orphan cascade to take place in this direction, set the single_parent=True flag.`,
        { code: "bbf0" },
      );
    }
    if (this.passiveDeletes === "all" && (cascade.delete || cascade.deleteOrphan))
      throw new ArgumentError(`On ${this.toString()}, can't set passive_deletes='all' in conjunction with 'delete' or 'delete-orphan' cascade`);
    if (cascade.deleteOrphan) this.mapper.primaryMapper()._deleteOrphans.push([this.key, this.parent.class_]);
  }

  // -- the other side ----------------------------------------------------------------------------

  get _effectiveSyncBackref(): boolean {
    return !this.viewonly && this.syncBackref !== false;
  }

  private generateBackref(): void {
    if (this.backref !== null && !this.backPopulates) this.makeBackref();
    if (this.backPopulates) this.addReverseProperty(this.backPopulates);
  }

  private makeBackref(): void {
    const given = typeof this.backref === "string" ? [this.backref] : [...(host.iterate(this.backref) ?? [])];
    const key = given[0] as string;
    const kwargs = new Map(given.length > 1 ? ([...(host.entries(given[1]) ?? [])] as [string, Value][]) : []);
    const mapper = this.mapper.primaryMapper();
    if (!mapper.concrete)
      for (const m of new Set([...mapper.iterateToRoot(), ...mapper.selfAndDescendants]))
        if (m.hasProperty(key) && !m.concrete)
          throw new ArgumentError(`Error creating backref '${key}' on relationship '${this.toString()}': property of that name exists on mapper '${m.toString()}'`);
    const jc = this._joinCondition;
    if (this.secondary === null && (kwargs.get("secondaryjoin") ?? null) !== null)
      throw new InvalidRequestError("Can't assign 'secondaryjoin' on a backref against a non-secondary relationship.");
    const defaults: [string, Value][] = [
      ["primaryjoin", this.secondary === null ? jc.primaryjoinReverseRemote : jc.secondaryjoinMinusLocal],
      ["secondaryjoin", this.secondary === null ? null : jc.primaryjoinMinusLocal],
      ["foreign_keys", [...this._userDefinedForeignKeys]],
      ["viewonly", this.viewonly],
      ["post_update", this.postUpdate],
      ["passive_updates", this.passiveUpdates],
      ["sync_backref", this.syncBackref],
    ];
    for (const [name, value] of defaults) if (!kwargs.has(name)) kwargs.set(name, value);
    this.backPopulates = key;
    const reverse = new RelationshipProperty(this.parent.primaryMapper(), this.secondary, { ...optionsFromKwargs(kwargs), backPopulates: this.key });
    mapper._configureProperty(key, reverse, { warnForExisting: true });
  }

  private addReverseProperty(key: string): void {
    const other = this.mapper.getProperty(key, false);
    if (!(other instanceof RelationshipProperty))
      throw new InvalidRequestError(
        `back_populates on relationship '${this.toString()}' refers to attribute '${String(other)}' that is not a relationship.  The back_populates parameter should refer to the name of a relationship on the target class.`,
      );
    checkSyncBackref(this, other);
    checkSyncBackref(other, this);
    this._reverseProperty.add(other);
    other._reverseProperty.add(this);
    other._setupEntity();
    if (!other.mapper.commonParent(this.parent))
      throw new ArgumentError(`reverse_property ${host.repr(key)} on relationship ${this.toString()} references relationship ${other.toString()}, which does not reference mapper ${this.parent.toString()}`);
    if (other._configureStarted && this.direction !== MANYTOMANY && this.direction === other.direction)
      throw new ArgumentError(
        `${other.toString()} and back-reference ${this.toString()} are both of the same direction ${this.direction.repr()}.  Did you mean to set remote_side on the many-to-one side ?`,
      );
  }

  // -- criteria -----------------------------------------------------------------------------------

  /** @internal `with_parent(instance, prop)` */
  _withParent(instance: Value, aliasSecondary = true, fromEntity: Value = null): ColumnElement {
    const insp = fromEntity === null ? null : (inspect(fromEntity) as { readonly isAliasedClass?: boolean; readonly _adapter?: { adaptClause(c: ColumnElement): ColumnElement } });
    const adapter = insp?.isAliasedClass ? insp._adapter : undefined;
    return this._optimizedCompare(instance, { valueIsParent: true, adaptSource: adapter ? (c) => adapter.adaptClause(c) : null, aliasSecondary });
  }

  /** @internal The lazy loader's criterion, its parameters taking their values from the object; None: the IS NULL form. */
  _optimizedCompare(value: Value, options: CompareOptions = {}): ColumnElement {
    const { valueIsParent = false, adaptSource = null, aliasSecondary = true } = options;
    const lazy = this._lazyStrategy;
    const [lazywhere, bindToCol] = valueIsParent ? [lazy._lazywhere, lazy._bindToCol] : [lazy._revLazywhere, lazy._revBindToCol];
    if (value === null) {
      const criterion = adaptCriterionToNull(lazywhere, bindToCol);
      return adaptSource ? adaptSource(criterion) : criterion;
    }
    const state = typeof value === "object" && (value as InstanceState).isInstance === true ? (value as InstanceState) : stateOrUndefined(value);
    if (!state)
      throw new ArgumentError(
        `Mapped instance expected for relationship comparison to object.   Classes, queries and other SQL elements are not accepted in this context; for comparison with a subquery, use ${this.toString()}.has(**criteria).`,
      );
    const mapper = valueIsParent ? this.parent : this.mapper;
    const dict = state.dict;
    let criterion = lazywhere;
    if (this.secondary !== null && aliasSecondary)
      criterion = new ClauseAdapter((this.secondary as unknown as FromClause)._anonymousFromclause()).traverse(criterion as never) as ColumnElement;
    const bindparam = (bind: BindParameter): void => {
      const column = bindToCol.get(bind._identifyingKey);
      if (column) bind.callable = this._getAttrWWarnOnNone(mapper, state, dict, column);
    };
    criterion = clonedTraverse(criterion as unknown as Traversible, {}, { bindparam }) as unknown as ColumnElement;
    return adaptSource ? adaptSource(criterion) : criterion;
  }

  /** @internal A function that gives the object's value of a column when the statement runs; the last one known where it has expired. */
  _getAttrWWarnOnNone(mapper: Mapper, state: InstanceState, dict: AttrDict, column: ColumnElement): () => Value {
    const { key } = mapper.getPropertyByColumn(column);
    state._trackLastKnownValue(key);
    const known = state._lastKnownValues as Map<string, Value>;
    return () => {
      const lastKnown = known.get(key);
      const current = mapper._getStateAttrByColumn(state, dict, column as never, state.persistent ? PASSIVE_OFF : PASSIVE_NO_FETCH ^ INIT_OK);
      let value = current;
      if (current === NO_VALUE || current === PASSIVE_NO_RESULT) {
        value = lastKnown;
        if (lastKnown === NO_VALUE)
          throw new InvalidRequestError(
            `Can't resolve value for column ${String(column)} on object ${stateStr(state)}; ${current === NO_VALUE ? "no value has been set for this column" : "the object is detached and the value was expired"}`,
          );
      }
      if (value === null)
        warn(`Got None for value of column ${String(column)}; this is unsupported for a relationship comparison and will not currently produce an IS comparison (but may in a future release)`);
      return value;
    };
  }

  /** @internal The join along the relationship, between its own or given selectables. */
  _createJoins(options: CreateJoinsOptions = {}): Joins {
    const { sourcePolymorphic = false, ofTypeEntity = null, aliasSecondary = false, extraCriteria = [] } = options;
    let source = options.sourceSelectable ?? null;
    let dest = options.destSelectable ?? null;
    const { parent, mapper } = this;
    let aliased = aliasSecondary && this.secondary !== null;
    if (source === null && sourcePolymorphic && parent.withPolymorphic) source = parent._withPolymorphicSelectable;
    const destMapper = ofTypeEntity ? ofTypeEntity.mapper : mapper;
    if (ofTypeEntity && dest === null) {
      dest = ofTypeEntity.selectable;
      aliased = true;
    }
    if (dest === null) {
      dest = this.entity.selectable;
      if (mapper.withPolymorphic) aliased = true;
      if (this._isSelfReferential && source === null) {
        dest = dest._anonymousFromclause();
        aliased = true;
      }
    } else if (dest !== mapper._withPolymorphicSelectable || mapper.withPolymorphic) aliased = true;
    aliased ||= source !== null && (source !== parent._withPolymorphicSelectable || source._isSubquery);
    const { destSelectable, ...joins } = this._joinCondition.joinTargets(source, dest, aliased, destMapper._singleTableCriterion, extraCriteria);
    return { ...joins, source: source ?? (parent.localTable as unknown as FromClause), dest: destSelectable };
  }

  // -- objects --------------------------------------------------------------------------------------

  override merge(
    session: Session, sourceState: InstanceState, sourceDict: AttrDict, destState: InstanceState, destDict: AttrDict,
    load: boolean, recursive: Map<InstanceState, Instance>, resolveConflictMap: Map<string, Instance>,
  ): void {
    let done = merged.get(recursive);
    if (!done) merged.set(recursive, (done = new Map()));
    if (load) for (const r of this._reverseProperty) if (done.get(sourceState)?.has(r)) return;
    if (!this.cascade_.merge || !sourceDict.has(this.key)) return;
    const copy = (obj: Instance): Instance => {
      const state = instanceState(obj);
      const along = done.get(state);
      if (along) along.add(this);
      else done.set(state, new Set([this]));
      return session._merge(state, instanceDict(obj), { load, options: null, recursive, resolveConflictMap });
    };
    const destImpl = destState.getImpl(this.key);
    if (this.uselist) {
      const sourceImpl = sourceState.getImpl(this.key) as CollectionAttributeImpl;
      const items = sourceImpl.getCollection(sourceState, sourceDict)!;
      // Loaded before anything is compared with it.
      if (load) destImpl.get(destState, destDict, PASSIVE_MERGE);
      const copies = [...items].map((item) => copy(item as Instance));
      if (load) (destImpl as CollectionAttributeImpl).set(destState, destDict, copies, null, PASSIVE_MERGE, undefined, false, false);
      else {
        const collection = initStateCollection(destState, destDict, this.key);
        for (const c of copies) collection.appendWithoutEvent(c);
      }
      return;
    }
    const current = sourceDict.get(this.key) as Instance | null;
    const made = current === null ? null : copy(current);
    if (load) destImpl.set(destState, destDict, made, null);
    else destDict.set(this.key, made);
  }

  /** @internal The related objects, each with its state. */
  _valueAsIterable(state: InstanceState, dict: AttrDict, key: string, passive: PassiveFlag = PASSIVE_OFF): [InstanceState | null, Value][] {
    const impl = state.getImpl(key);
    const value = impl.get(state, dict, passive);
    if (value === PASSIVE_NO_RESULT || value === null) return [];
    if (!("getCollection" in impl)) return [[instanceState(value), value]];
    const members = (impl as CollectionAttributeImpl).getCollection(state, dict, value, passive);
    return [...(members ?? [])].map((o) => [o === null ? null : instanceState(o), o]);
  }

  override *cascadeIterator(type: CascadeType, state: InstanceState, dict: AttrDict, visited: Set<InstanceState>, haltOn?: (state: InstanceState) => boolean): Generator<Cascaded> {
    const passive = type !== "delete" || this.passiveDeletes ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF | NO_RAISE;
    const related = type === "save-update" ? state.getImpl(this.key).getAllPending(state, dict) : this._valueAsIterable(state, dict, this.key, passive);
    const skipPending = type === "refresh-expire" && !this.cascade_.deleteOrphan;
    for (const [below, obj] of related) {
      if (below === null || obj === null || visited.has(below)) continue;
      if (haltOn?.(below) || (skipPending && below.key === null)) continue;
      const mapper = below.manager.mapper;
      if (!mapper.isa(this.mapper.classManager.mapper))
        throw host.error("AssertionError", `Attribute '${this.key}' on class '${host.str(this.parent.class_)}' doesn't handle objects of type '${host.str(host.typeOf(obj))}'`);
      visited.add(below);
      yield [obj as Instance, mapper, below, instanceDict(obj as Instance)];
    }
  }
}

export class Relationship extends RelationshipProperty {}

/** What `relationship()` makes. */
export class _RelationshipDeclared extends Relationship {}

/** `relationship(argument, secondary, *, …, **kw)` */
export function relationship(argument: Value = null, secondary: Value = null, options: RelationshipFunctionOptions = {}, kw: Kwargs = new Map()): Relationship {
  const { init, repr, default: default_, defaultFactory, compare, kwOnly, hash, dataclassMetadata, ...own } = options;
  const attributeOptions = { init, repr, default: default_, defaultFactory, compare, kwOnly, hash, dataclassMetadata };
  return new _RelationshipDeclared(argument, secondary, { ...own, ...optionsFromKwargs(kw), attributeOptions });
}

/** `dynamic_loader(argument, **kw)` */
export function dynamicLoader(argument: Value = null, kw: Kwargs = new Map()): Relationship {
  return relationship(argument, kw.get("secondary") ?? null, { ...optionsFromKwargs([...kw].filter(([name]) => name !== "secondary")), lazy: "dynamic" });
}

/** `backref(name, **kwargs)`: a name with arguments for the relationship of the other side. */
export function backref(name: Value, kwargs: Kwargs = new Map()): Value {
  return host.makeTuple([name, host.makeDict(kwargs)]);
}

function checkSyncBackref(a: RelationshipProperty, b: RelationshipProperty): void {
  if (a.viewonly && b.syncBackref)
    throw new InvalidRequestError(`Relationship ${b.toString()} cannot specify sync_backref=True since ${a.toString()} includes viewonly=True.`);
  if (a.viewonly && !b.viewonly && b.syncBackref !== false) b.syncBackref = false;
}

/** A function of the program that gives the value; no element of ours. */
function isThunk(v: Value): boolean {
  if (v === null || v === undefined || typeof v === "string" || typeof v === "boolean") return false;
  if (typeof v === "object" && ((v as { readonly isClauseElement?: boolean }).isClauseElement || (v as { readonly isMapper?: boolean }).isMapper || "clauseElement" in v)) return false;
  return !(v instanceof ElementSet) && host.isCallable(v);
}

/** One value or several. */
function listOf(v: Value): Value[] {
  if (v instanceof ElementSet) return [...v];
  if (typeof v === "object" && v !== null && ("clauseElement" in v || (v as { readonly isClauseElement?: boolean }).isClauseElement)) return [v];
  return typeof v === "string" ? [v] : [...(host.iterate(v) ?? [v])];
}

