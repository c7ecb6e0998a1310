// What a mapped attribute is made of: the property on the mapper, its comparator in SQL, the strategies that load it.
//
// A strategy is found by its key ("lazy=selectin"): an option at the path decides, else the property's own. Strategies register
// themselves by `registerStrategy`, so that properties need not know them.
// Behaviour: SQLAlchemy orm/interfaces.py.
import { ArgumentError, LoaderStrategyException } from "../../errors/index.ts";
import { ExecutableOption } from "../../sql/base.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import { ColumnOperators } from "../../sql/comparator.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import { Operator } from "../../sql/operators.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { ComparatorContract, EntityContract, QueryableAttribute } from "../attributes/instrumented.ts";
import { NOT_EXTENSION } from "../ext/extension-type.ts";
import { face, type Annotation, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import {
  COLUMN_TOKEN,
  DEFAULT_TOKEN,
  type PathAttributes,
  type PathRegistry,
  type PropRegistry,
  WILDCARD_TOKEN,
} from "../path-registry.ts";
import type { CascadeType, Cascaded, MapperContract } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import type { Column } from "../state/sql-types.ts";
import type { Session } from "../session/session.ts";

/** Arguments by which MappedAsDataclass makes a field of an attribute; undefined where not given. */
export interface AttributeOptions {
  readonly init?: Value;
  readonly repr?: Value;
  readonly default?: Value;
  readonly defaultFactory?: Value;
  readonly compare?: Value;
  readonly kwOnly?: Value;
  readonly hash?: Value;
  readonly dataclassMetadata?: Value;
}

/** The options of an attribute, apart from the others of the function that makes it. */
export function splitAttributeOptions<O extends AttributeOptions>(
  options: O,
): { readonly attributeOptions: AttributeOptions; readonly own: Omit<O, keyof AttributeOptions> } {
  const {
    init,
    repr,
    default: given,
    defaultFactory,
    compare,
    kwOnly,
    hash,
    dataclassMetadata,
    ...own
  } = options;
  return {
    attributeOptions: {
      init,
      repr,
      default: given,
      defaultFactory,
      compare,
      kwOnly,
      hash,
      dataclassMetadata,
    },
    own,
  };
}

/** Properties that no constructor should set, expressions for one, are no `__init__` arguments unless asked to be. */
export const READONLY_ATTRIBUTE_OPTIONS: AttributeOptions = { init: false };

/** Whether any of them was given, beyond those that are meant anyway. */
export function hasDataclassArguments(
  o: AttributeOptions | undefined,
  meant: AttributeOptions = {},
): boolean {
  return (
    o != null &&
    Object.entries(o).some(([k, v]) => v !== undefined && v !== (meant as Record<string, Value>)[k])
  );
}

/** Anything declarative takes from a class body: properties, mapped_column. */
export interface MappedAttribute {
  readonly _attributeOptions: AttributeOptions;
  readonly _hasDataclassArguments: boolean;
}

/** Something in a class body that brings columns along: mapped_column, column_property, composite. */
export interface MapsColumns extends MappedAttribute {
  readonly isMapsColumns: true;
  /** The property to map; null where the columns alone say it. */
  readonly mapperPropertyToAssign: MapperProperty | null;
  /** Columns for the table, with their sort_order. */
  readonly columnsToAssign: readonly (readonly [Column, number])[];
}

/** The generic class that holds an attribute's type: `Mapped[…]` and its kin. */
export type MappedContainer = "Mapped" | "DynamicMapped" | "WriteOnlyMapped";

/** What the scan of a class tells those of its attributes that read their annotations: declarative/scan.ts. */
export interface DeclarativeScan {
  readonly cls: ClassRef;
  /** The mapped class it inherits from. */
  readonly inherits: ClassRef | null;
  /** It has no table of its own. */
  readonly single: boolean;
  /** Mapping waits for prepare(). */
  readonly isDeferred: boolean;
  readonly allowUnmappedAnnotations: boolean;
}

/** Attributes that declarative shows their annotation. */
export interface IntrospectsAnnotations {
  /**
   * Reads what is missing from the annotation: `annotation` as written, `extracted` without its `Mapped[]`.
   * @throws ArgumentError, MappedAnnotationError
   */
  declarativeScan(
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originatingClass: ClassRef,
    key: string,
    mappedContainer: MappedContainer | null,
    annotation: Annotation | null,
    extracted: Annotation | null,
    isDataclassField: boolean,
  ): void;
  /** Met inside `Annotated[…]`: the attribute that it stands for. */
  foundInPep593Annotated(): MappedAttribute;
}

export function introspectsAnnotations(v: unknown): v is IntrospectsAnnotations {
  return (
    typeof v === "object" && v !== null && typeof (v as IntrospectsAnnotations).declarativeScan === "function"
  );
}

export function mapsColumns(v: unknown): v is MapsColumns {
  return typeof v === "object" && v !== null && (v as MapsColumns).isMapsColumns === true;
}

/** Whether a value of a class body is meant for mapping. */
export function isMappedAttribute(v: unknown): v is MappedAttribute {
  return typeof v === "object" && v !== null && "_attributeOptions" in v;
}

/** @throws ArgumentError */
export function raiseForRequired(construct: string, key: string, cls: ClassRef): never {
  throw new ArgumentError(
    `Python typing annotation is required for attribute "${face().className(cls)}.${key}" when primary argument(s) for "${construct}" construct are None or not present`,
  );
}

/** Likewise for what has no meaning inside `Annotated[…]`. */
export function notInAnnotated(construct: string): never {
  throw host.error(
    "NotImplementedError",
    `Use of the '${construct}' construct inside of an Annotated object is not yet supported.`,
  );
}

let made = 0;

export abstract class MapperProperty implements HasCacheKey, MappedAttribute {
  readonly isProperty = true;
  readonly extensionType = NOT_EXTENSION;
  readonly isSelectable: boolean = false;
  readonly isAliasedClass = false;
  readonly isInstance = false;
  readonly isMapper = false;
  readonly isBundle = false;
  readonly isClauseElement: boolean = false;
  readonly isAttribute = false;
  readonly _isRelationship: boolean = false;
  readonly _linksToEntity: boolean = false;
  key!: string;
  parent!: Mapper;
  doc: string | null = null;
  comparator!: PropComparator;
  readonly _attributeOptions: AttributeOptions;
  readonly _hasDataclassArguments: boolean;
  /** Properties sort by when they were made, where nothing else decides. */
  readonly _creationOrder: number = ++made;
  _configureStarted = false;
  _configureFinished = false;
  private infoMemo: Map<Value, Value> | undefined;

  constructor(attributeOptions?: AttributeOptions, assumeReadonly = false) {
    const meant = assumeReadonly ? READONLY_ATTRIBUTE_OPTIONS : {};
    this._hasDataclassArguments = hasDataclassArguments(attributeOptions, meant);
    this._attributeOptions = this._hasDataclassArguments ? (attributeOptions as AttributeOptions) : meant;
  }

  get info(): Map<Value, Value> {
    // A dictionary of the program's, which it may change; typed by what the engine does with it.
    return (this.infoMemo ??= host.makeDict([]) as Map<Value, Value>);
  }
  set info(v: Map<Value, Value>) {
    this.infoMemo = v;
  }

  /** Adds what the property needs to a SELECT. */
  setup(
    _context: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _adapter: unknown,
    _options: unknown,
  ): void {}

  /** Adds to `populators` what fills the attribute from a row. */
  createRowProcessor(
    _context: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _mapper: Mapper,
    _result: unknown,
    _adapter: unknown,
    _populators: unknown,
  ): void {}

  cascadeIterator(
    _type: CascadeType,
    _state: InstanceState,
    _dict: AttrDict,
    _visited: Set<InstanceState>,
    _haltOn?: (state: InstanceState) => boolean,
  ): readonly Cascaded[] {
    return [];
  }

  setParent(parent: Mapper, _init: boolean): void {
    this.parent = parent;
  }

  /** Puts the attribute on the class. */
  instrumentClass(_mapper: Mapper): void {}

  init(): void {
    this._configureStarted = true;
    this.doInit();
    this._configureFinished = true;
  }

  doInit(): void {}

  postInstrumentClass(_mapper: Mapper): void {}

  /** The attribute of the mapped class. */
  get classAttribute(): QueryableAttribute {
    return face().getClassAttribute(this.parent.class_, this.key) as QueryableAttribute;
  }

  merge(
    _session: Session,
    _sourceState: InstanceState,
    _sourceDict: AttrDict,
    _destState: InstanceState,
    _destDict: AttrDict,
    _load: boolean,
    _recursive: Map<InstanceState, Instance>,
    _resolveConflictMap: Map<string, Instance>,
  ): void {}

  /** @internal Attributes that an option on this one concerns. */
  _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return [];
  }

  _genCacheKey(builder: CacheKeyBuilder): void {
    if (!builder.enter(this)) return;
    builder.word("prop");
    builder.multi(this.parent);
    builder.string(this.key);
  }

  /** "User.name" */
  toString(): string {
    if ((this.parent as unknown) === undefined) throw host.error("AttributeError", "parent");
    return `${face().className(this.parent.class_)}.${this.key}`;
  }

  repr(): string {
    return `<${this.constructor.name} at 0x${face().idOf(this).toString(16)}; ${this.key ?? "no key"}>`;
  }
}

/** Operators that only mapped attributes have. */
class PropertyOperator extends Operator {}
export const anyOp = new PropertyOperator("any_op", { method: "any" });
export const hasOp = new PropertyOperator("has_op", { method: "has" });
export const ofTypeOp = new PropertyOperator("of_type_op", { method: "ofType" });

/** A property in SQL. */
export class PropComparator<P extends MapperProperty = MapperProperty>
  extends ColumnOperators
  implements ComparatorContract
{
  static readonly visitName: string = "orm_prop_comparator";
  readonly prop: P;
  readonly _parententity: EntityContract | null;
  readonly _adaptToEntity: EntityContract | null;

  constructor(prop: P, parentmapper: EntityContract, adaptToEntity: EntityContract | null = null) {
    super();
    this.prop = prop;
    this._parententity = adaptToEntity ?? parentmapper;
    this._adaptToEntity = adaptToEntity;
  }

  get property(): P {
    return this.prop;
  }

  override clauseElement(): unknown {
    throw host.error("NotImplementedError", this.constructor.name);
  }

  _bulkUpdateTuples(value: Value): readonly (readonly [ColumnElement | string, Value])[] {
    return [[this.clauseElement() as ColumnElement, value]];
  }

  adaptToEntity(entity: EntityContract): ComparatorContract {
    return new (
      this.constructor as new (
        prop: P,
        parent: EntityContract,
        adapt: EntityContract | null,
      ) => PropComparator<P>
    )(this.prop, this._parententity!, entity);
  }

  get _parentmapper(): MapperContract {
    return this._parententity!.mapper;
  }

  /** Adapts expressions of the mapper to the alias; null where there is none. */
  get adapter(): ((element: ColumnElement, key?: string | null) => ColumnElement) | null {
    const to = this._adaptToEntity as unknown as {
      _adaptElement(element: ColumnElement, key?: string | null): ColumnElement;
    } | null;
    return to === null ? null : (element, key = null) => to._adaptElement(element, key);
  }

  get info(): Map<Value, Value> {
    return this.prop.info;
  }

  ofType(entity: Value): never {
    return this.operate(ofTypeOp, [entity]) as never;
  }

  override and_(criteria: readonly Value[] | Value): never {
    return this.operate(operators.and_, Array.isArray(criteria) ? criteria : [criteria]) as never;
  }

  any(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.operate(anyOp, [criterion, kwargs]);
  }

  has(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.operate(hasOp, [criterion, kwargs]);
  }
}

/** A class of ours, or a program's class or function, that makes comparators. */
export type ComparatorFactory = Value;

/** `comparator_factory(prop, parententity)` */
export function makeComparator(
  factory: ComparatorFactory,
  prop: MapperProperty,
  entity: EntityContract,
): PropComparator {
  if (typeof factory === "function" && factory.prototype instanceof PropComparator)
    return new (factory as unknown as new (p: MapperProperty, e: EntityContract) => PropComparator)(
      prop,
      entity,
    );
  return host.call(factory, [prop, entity]) as PropComparator;
}

// -- strategies ----------------------------------------------------------------------------------

/** "lazy=selectin": the words by which a strategy is looked up, sorted. */
export type StrategyKey = string;
export type StrategyOptions = Readonly<Record<string, Value>>;

export function strategyKey(options: StrategyOptions): StrategyKey {
  return Object.keys(options)
    .sort()
    .map((k) => `${k}=${String(options[k])}`)
    .join(",");
}

/** A strategy key taken apart again. */
export function strategyOptions(key: StrategyKey): ReadonlyMap<string, string> {
  return new Map(key.split(",").map((part) => part.split("=", 2) as [string, string]));
}

export class LoaderStrategy<P extends StrategizedProperty = StrategizedProperty> {
  readonly parentProperty: P;
  readonly parent: Mapper;
  readonly key: string;
  readonly strategyKey: StrategyKey;
  readonly strategyOpts: ReadonlyMap<string, string>;
  isClassLevel = false;

  constructor(parent: P, key: StrategyKey) {
    this.parentProperty = parent;
    this.parent = parent.parent;
    this.key = parent.key;
    this.strategyKey = key;
    this.strategyOpts = strategyOptions(key);
  }

  /** Instruments the class, where this is the property's own strategy. */
  initClassAttribute(_mapper: Mapper): void {}

  setupQuery(
    _state: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _loadopt: LoadOption | null,
    _adapter: unknown,
    _options: unknown,
  ): void {}

  createRowProcessor(
    _context: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _loadopt: LoadOption | null,
    _mapper: Mapper,
    _result: unknown,
    _adapter: unknown,
    _populators: unknown,
  ): void {}

  toString(): string {
    return String(this.parentProperty);
  }
}

/** What an option says of a property at a path: orm/options' _LoadElement. */
export interface LoadOption {
  readonly strategy: StrategyKey | null;
  readonly localOpts: ReadonlyMap<string, Value>;
  readonly _extraCriteria: readonly ColumnElement[];
}

type StrategyClass = new (parent: never, key: StrategyKey) => LoaderStrategy;
type PropertyClass = abstract new (...args: never[]) => StrategizedProperty;
const registered = new Map<PropertyClass, Map<StrategyKey, StrategyClass>>();

/** Let a strategy serve a kind of property by this key. */
export function registerStrategy(
  property: PropertyClass,
  options: StrategyOptions,
  strategy: StrategyClass,
): void {
  let of = registered.get(property);
  if (!of) registered.set(property, (of = new Map()));
  of.set(strategyKey(options), strategy);
}

/** A class's name in words: "joined loader", "column property". */
function kindText(name: string): string {
  return (name.replace("_RelationshipDeclared", "Relationship").match(/[A-Z][a-z]+|SQL/g) ?? [])
    .join(" ")
    .toLowerCase();
}

function lookUp(property: StrategizedProperty, key: StrategyKey): StrategyClass {
  void property.parent._withPolymorphicMappers;
  for (
    let at: object | null = property.constructor;
    typeof at === "function";
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const found = registered.get(at as unknown as PropertyClass)?.get(key);
    if (found) return found;
  }
  let intended: PropertyClass | null = null;
  let actual: StrategyClass | null = null;
  for (const [type, strategies] of registered) {
    const found = strategies.get(key);
    if (found) {
      intended = type;
      actual = found;
      break;
    }
  }
  const wanted = [...strategyOptions(key)].map(
    ([k, v]) => [k, v === "true" ? true : v === "false" ? false : v === "null" ? null : v] as const,
  );
  const spelled = host.repr(host.makeTuple(wanted.map((pair) => host.makeTuple(pair))));
  if (!intended || !actual)
    throw new LoaderStrategyException(`Can't find strategy ${spelled} for ${property.toString()}`);
  throw new LoaderStrategyException(
    `Can't apply "${kindText(actual.name)}" strategy to property "${property.toString()}", which is a "${kindText(property.constructor.name)}"; this loader strategy is intended to be used with a "${kindText(intended.name)}".`,
  );
}

export abstract class StrategizedProperty extends MapperProperty {
  strategy!: LoaderStrategy;
  strategyKey!: StrategyKey;
  /** "column" or "relationship" */
  abstract readonly strategyWildcardKey: string;
  private strategies = new Map<StrategyKey, LoaderStrategy>();

  get _wildcardToken(): string {
    return `${this.strategyWildcardKey}:${WILDCARD_TOKEN}`;
  }

  get _defaultPathLoaderKey(): string {
    return `loader ${this.strategyWildcardKey}:${DEFAULT_TOKEN}`;
  }

  /** @internal The option that holds for this property at a path. */
  _getContextLoader(context: { readonly attributes: PathAttributes }, path: PathRegistry): LoadOption | null {
    const at = path.at(this as never) as PropRegistry;
    for (const key of [at._loaderKey, at._wildcardPathLoaderKey, at._defaultPathLoaderKey]) {
      const found = context.attributes.get(key);
      if (found !== undefined) return found as LoadOption;
    }
    return null;
  }

  _getStrategy(key: StrategyKey): LoaderStrategy {
    let s = this.strategies.get(key);
    if (!s) this.strategies.set(key, (s = new (lookUp(this, key))(this as never, key)));
    return s;
  }

  override setup(
    context: { readonly attributes: PathAttributes },
    entity: unknown,
    path: PathRegistry,
    adapter: unknown,
    options: unknown,
  ): void {
    const loader = this._getContextLoader(context, path);
    const strategy = loader?.strategy ? this._getStrategy(loader.strategy) : this.strategy;
    strategy.setupQuery(context, entity, path, loader, adapter, options);
  }

  override createRowProcessor(
    context: { readonly attributes: PathAttributes },
    entity: unknown,
    path: PathRegistry,
    mapper: Mapper,
    result: unknown,
    adapter: unknown,
    populators: unknown,
  ): void {
    const loader = this._getContextLoader(context, path);
    const strategy = loader?.strategy ? this._getStrategy(loader.strategy) : this.strategy;
    strategy.createRowProcessor(context, entity, path, loader, mapper, result, adapter, populators);
  }

  override doInit(): void {
    this.strategies = new Map();
    this.strategy = this._getStrategy(this.strategyKey);
  }

  override postInstrumentClass(mapper: Mapper): void {
    if (!mapper.classManager._attrHasImpl(this.key)) this.strategy.initClassAttribute(mapper);
  }
}

// -- options ----------------------------------------------------------------------------------------

/** An option of a statement that the ORM knows. */
export class ORMOption extends ExecutableOption {
  readonly _isLegacyOption: boolean = false;
  /** Carried along to lazy loads and refreshes. */
  propagateToLoaders: boolean = false;
  declare readonly _isCore: boolean;
  readonly _isUserDefined: boolean = false;
  readonly _isCompileState: boolean = false;
  readonly _isCriteriaOption: boolean = false;
  readonly _isStrategyOption: boolean = false;

  /** @internal The option as the statement of this execution has it, where the compiled one came from the cache. */
  _adaptCachedOptionToUncachedOption(_context: unknown, uncached: ORMOption | null): ORMOption {
    return uncached ?? this;
  }
}
Object.defineProperty(ORMOption.prototype, "_isCore", { value: false, writable: true, configurable: true });

export abstract class CompileStateOption extends ORMOption implements HasCacheKey {
  override readonly _isCompileState: boolean = true;
  abstract processCompileState(state: unknown): void;
  processCompileStateReplacedEntities(_state: unknown, _entities: readonly unknown[]): void {}
  abstract _genCacheKey(builder: CacheKeyBuilder): void;
}
Object.defineProperty(CompileStateOption.prototype, "_isHasCacheKey", {
  value: true,
  writable: true,
  configurable: true,
});

export abstract class LoaderOption extends CompileStateOption {
  override processCompileStateReplacedEntities(state: unknown, _entities: readonly unknown[]): void {
    this.processCompileState(state);
  }
}

export abstract class CriteriaOption extends CompileStateOption {
  override readonly _isCriteriaOption: boolean = true;
  abstract getGlobalCriteria(attributes: PathAttributes): void;
}

/** An option with a payload of the program's, for do_orm_execute listeners. */
export class UserDefinedOption extends ORMOption {
  override readonly _isUserDefined: boolean = true;
  payload: Value;
  constructor(payload: Value = null) {
    super();
    this.payload = payload;
  }
}

export { COLUMN_TOKEN };
