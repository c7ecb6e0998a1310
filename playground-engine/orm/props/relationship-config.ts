// A relationship's arguments, and how they become its target, join condition, cascades and back reference.
//
// Made with arguments that may name things not there yet; `doInit`, called when mappers are configured, resolves them in
// this order: arguments, target entity, join condition, cascades, uselist and dependency processor, backref, loader strategy.
// Behaviour: SQLAlchemy orm/relationships.py.
import { ArgumentError, InvalidRequestError, NoInspectionAvailable, warn } from "../../errors/index.ts";
import { expect } from "../../sql/coercions.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host, type Value } from "../../util/host.ts";
import { entriesOf, pairOf } from "../../util/items.ts";
import type { EntityContract } from "../attributes/instrumented.ts";
import { registerDescriptor } from "../attributes/register.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import { MANYTOMANY, MANYTOONE, ONETOMANY, type RelationshipDirection } from "../flags.ts";
import { inspect } from "../inspection.ts";
import { classMapper, isMappedClass } from "../mapping/class-mapper.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { dependencyProcessorFor } from "../persistence/dependency/processor-for.ts";
import type { DependencyProcessorContract } from "../persistence/contracts.ts";
import type { RelationshipContract } from "../state/contracts.ts";
import type { Table } from "../state/sql-types.ts";
import { CascadeOptions } from "./cascades.ts";
import { loadsEagerly } from "./eager-instead.ts";
import { makeComparator } from "./prop-comparator.ts";
import {
  notInAnnotated,
  raiseForRequired,
  type DeclarativeScan,
  type IntrospectsAnnotations,
  type MappedContainer,
} from "./mapped-attribute.ts";
import { StrategizedProperty, strategyKey } from "./strategized-property.ts";
import { ormDeannotate } from "./join-condition-annotations.ts";
import { JoinCondition, type Pair } from "./join-condition.ts";
import { RelationshipComparator } from "./relationship-comparator.ts";
import { relationshipLate, type NameResolvers } from "./relationship-late.ts";
import { optionsFromKwargs, type RelationshipOptions } from "./relationship-options.ts";
import { scanAnnotation } from "./relationship-scan.ts";
import type { RelationshipProperty } from "./relationship.ts";

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

const LATE_ARGUMENTS = [
  "orderBy",
  "primaryjoin",
  "secondaryjoin",
  "secondary",
  "foreignKeys",
  "remoteSide",
] as const;
type LateArgument = (typeof LATE_ARGUMENTS)[number];

/** What only matters to writing, with its default. */
const PERSISTENCE_ONLY = [
  ["passiveDeletes", "passive_deletes", false],
  ["passiveUpdates", "passive_updates", true],
  ["enableTypechecks", "enable_typechecks", true],
  ["activeHistory", "active_history", false],
  ["cascadeBackrefs", "cascade_backrefs", false],
] as const;

export abstract class RelationshipConfig extends StrategizedProperty implements IntrospectsAnnotations {
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
    const given: Record<LateArgument, Value> = {
      orderBy: o.orderBy ?? false,
      primaryjoin: o.primaryjoin,
      secondaryjoin: o.secondaryjoin,
      secondary,
      foreignKeys: o.foreignKeys,
      remoteSide: o.remoteSide,
    };
    this._initArgs = new Map(LATE_ARGUMENTS.map((name) => [name, given[name] ?? null]));
    this.postUpdate = o.postUpdate ?? false;
    this.viewonly = o.viewonly ?? false;
    if (this.viewonly)
      for (const [option, name, normal] of PERSISTENCE_ONLY)
        if ((o[option] ?? normal) !== normal)
          warn(
            `Setting ${name} on relationship() while also setting viewonly=True does not make sense, as a viewonly=True relationship does not perform persistence operations. This configuration may raise an error in a future release.`,
          );
    if (this.viewonly && o.syncBackref)
      throw new ArgumentError("sync_backref and viewonly cannot both be True");
    this.syncBackref = o.syncBackref ?? null;
    this.lazy = o.lazy === undefined ? "select" : o.lazy;
    this.singleParent = o.singleParent ?? false;
    this.collectionClass = o.collectionClass ?? null;
    this.passiveDeletes = o.passiveDeletes ?? false;
    if (o.cascadeBackrefs)
      throw new ArgumentError(
        "The 'cascade_backrefs' parameter passed to relationship() may only be set to False.",
      );
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
    if (o.info != null) for (const [k, v] of entriesOf(o.info)) this.info.set(k, v);
    this.strategyKey = strategyKey({ lazy: this.lazy });
    if (o.overlaps && typeof o.overlaps !== "string")
      throw host.error(
        "TypeError",
        `expected string or bytes-like object, got '${host.typeName(o.overlaps)}'`,
      );
    this._overlaps = new Set(o.overlaps ? o.overlaps.split(/\s*,\s*/) : []);
    this.cascade = o.cascade === undefined ? "save-update, merge" : o.cascade;
    this.backPopulates = host.isTrue(o.backPopulates ?? null) ? o.backPopulates! : null;
    if (this.backPopulates && o.backref)
      throw new ArgumentError("backref and back_populates keyword arguments are mutually exclusive");
    this.backref = this.backPopulates ? null : (o.backref ?? null);
  }

  override instrumentClass(mapper: Mapper): void {
    registerDescriptor(mapper.class_, this.key, {
      comparator: makeComparator(this.comparatorFactory, this, mapper as unknown as EntityContract),
      parententity: mapper as unknown as EntityContract,
      doc: this.doc,
    });
  }

  /** This object as the class below sees it. */
  protected get self(): RelationshipProperty {
    return this as unknown as RelationshipProperty;
  }

  /** A relationship of the other side, for backref. */
  protected abstract makeReverse(
    argument: Value,
    secondary: Value,
    options: RelationshipOptions,
  ): RelationshipProperty;

  // -- declarative ---------------------------------------------------------------------------

  declarativeScan(
    _scan: DeclarativeScan,
    _registry: Registry,
    cls: ClassRef,
    originating: ClassRef,
    key: string,
    container: MappedContainer | null,
    _annotation: Annotation | null,
    extracted: Annotation | null,
    _isField: boolean,
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
    const registries = this as unknown as Record<
      "parent" | "entity_",
      { readonly mapper: { readonly registry: { _setDependsOn(other: unknown): void } } }
    >;
    registries.parent.mapper.registry._setDependsOn(registries.entity_.mapper.registry);
    this.setupJoinConditions();
    this.checkCascadeSettings(this.cascade_);
    this.uselist ??= this.direction !== MANYTOONE;
    if (!this.viewonly) this._dependencyProcessor = dependencyProcessorFor(this.self);
    this.generateBackref();
    this._joinCondition._warnForConflictingSyncTargets();
    if ((this.lazy === "select" || this.lazy === true) && loadsEagerly(this.toString()))
      this.setLazy("selectin");
    super.doInit();
    this._lazyStrategy = this._getStrategy(strategyKey({ lazy: "select" })) as unknown as LazyCriteria;
  }

  get _clsregistryResolvers(): NameResolvers {
    return (this.resolvers_ ??= relationshipLate.resolvers(this.parent.class_, this.self));
  }

  private processDependentArguments(): void {
    for (const name of LATE_ARGUMENTS) this.resolved.set(name, this.resolveArgument(name));
    for (const name of ["primaryjoin", "secondaryjoin"] as const) {
      const join = this.resolved.get(name) ?? null;
      if (join !== null)
        this.resolved.set(name, ormDeannotate(expect(roles.ColumnArgumentRole, join, { argname: name })));
    }
    const secondary = this.resolved.get("secondary") ?? null;
    if (secondary !== null && isMappedClass(secondary))
      throw new ArgumentError(
        `secondary argument ${host.str(secondary)} passed to to relationship() ${this.toString()} must be a Table object or other FROM clause; can't send a mapped class directly as rows in 'secondary' are persisted independently of a class that is mapped to that same table.`,
      );
    const orderBy = this.resolved.get("orderBy") ?? null;
    this.orderBy =
      orderBy === false || orderBy === null
        ? false
        : listOf(orderBy).map((c) => expect(roles.ColumnArgumentRole, c, { argname: "order_by" }));
    const columns = (name: LateArgument, argname: string): ElementSet<ColumnElement> =>
      new ElementSet(
        listOf(this.resolved.get(name) ?? []).map((c) => expect(roles.ColumnArgumentRole, c, { argname })),
      );
    this._userDefinedForeignKeys = columns("foreignKeys", "foreign_keys");
    this.remoteSide = columns("remoteSide", "remote_side");
  }

  private resolveArgument(name: LateArgument): Value {
    const value = this._initArgs.get(name) ?? null;
    if (typeof value === "string")
      return this._clsregistryResolvers.resolveArg(value, name === "secondary")();
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
        throw new ArgumentError(
          `relationship '${this.key}' expects a class or a mapper argument (received: ${host.str(host.typeOf(given))})`,
        );
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
      prop: this.self,
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
    this.secondarySynchronizePairs =
      jc.secondarySynchronizePairs as unknown as RelationshipContract["secondarySynchronizePairs"];
    this._calculatedForeignKeys = jc.foreignKeyColumns;
  }

  /** Whether all of these are columns of parent, target or secondary table. */
  _columnsAreMapped(...columns: ColumnElement[]): boolean {
    const secondary = (this.resolved.get("secondary") ?? null) as FromClause | null;
    const parent = this.parent.persistSelectable as unknown as FromClause;
    return columns.every(
      (c) => secondary?.c.containsColumn(c) || parent.c.containsColumn(c) || this.target.c.containsColumn(c),
    );
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
      throw new ArgumentError(
        `On ${this.toString()}, can't set passive_deletes='all' in conjunction with 'delete' or 'delete-orphan' cascade`,
      );
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
    const [key, given] = (
      typeof this.backref === "string" ? [this.backref, null] : pairOf(this.backref)
    ) as readonly [string, Value];
    const kwargs = new Map(given === null ? [] : ([...entriesOf(given)] as [string, Value][]));
    const mapper = this.mapper.primaryMapper();
    if (!mapper.concrete)
      for (const m of new Set([...mapper.iterateToRoot(), ...mapper.selfAndDescendants]))
        if (m.hasProperty(key) && !m.concrete)
          throw new ArgumentError(
            `Error creating backref '${key}' on relationship '${this.toString()}': property of that name exists on mapper '${m.toString()}'`,
          );
    const jc = this._joinCondition;
    if (this.secondary === null && (kwargs.get("secondaryjoin") ?? null) !== null)
      throw new InvalidRequestError(
        "Can't assign 'secondaryjoin' on a backref against a non-secondary relationship.",
      );
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
    const reverse = this.makeReverse(this.parent.primaryMapper(), this.secondary, {
      ...optionsFromKwargs(kwargs),
      backPopulates: this.key,
    });
    mapper._configureProperty(key, reverse, { warnForExisting: true });
  }

  private addReverseProperty(key: string): void {
    const other = this.mapper.getProperty(key, false);
    if (!(other instanceof RelationshipConfig))
      throw new InvalidRequestError(
        `back_populates on relationship '${this.toString()}' refers to attribute '${String(other)}' that is not a relationship.  The back_populates parameter should refer to the name of a relationship on the target class.`,
      );
    checkSyncBackref(this, other);
    checkSyncBackref(other, this);
    this._reverseProperty.add(other.self);
    other._reverseProperty.add(this.self);
    other._setupEntity();
    if (!other.mapper.commonParent(this.parent))
      throw new ArgumentError(
        `reverse_property ${host.repr(key)} on relationship ${this.toString()} references relationship ${other.toString()}, which does not reference mapper ${this.parent.toString()}`,
      );
    if (other._configureStarted && this.direction !== MANYTOMANY && this.direction === other.direction)
      throw new ArgumentError(
        `${other.toString()} and back-reference ${this.toString()} are both of the same direction ${this.direction.repr()}.  Did you mean to set remote_side on the many-to-one side ?`,
      );
  }
}

function checkSyncBackref(a: RelationshipConfig, b: RelationshipConfig): void {
  if (a.viewonly && b.syncBackref)
    throw new InvalidRequestError(
      `Relationship ${b.toString()} cannot specify sync_backref=True since ${a.toString()} includes viewonly=True.`,
    );
  if (a.viewonly && !b.viewonly && b.syncBackref !== false) b.syncBackref = false;
}

/** A function of the program that gives the value; no element of ours. */
function isThunk(v: Value): boolean {
  if (v === null || v === undefined || typeof v === "string" || typeof v === "boolean") return false;
  if (
    typeof v === "object" &&
    ((v as { readonly isClauseElement?: boolean }).isClauseElement ||
      (v as { readonly isMapper?: boolean }).isMapper ||
      "clauseElement" in v)
  )
    return false;
  return !(v instanceof ElementSet) && host.isCallable(v);
}

/** One value or several. */
function listOf(v: Value): Value[] {
  if (v instanceof ElementSet) return [...v];
  if (
    typeof v === "object" &&
    v !== null &&
    ("clauseElement" in v || (v as { readonly isClauseElement?: boolean }).isClauseElement)
  )
    return [v];
  return typeof v === "string" ? [v] : [...(host.iterate(v) ?? [v])];
}
