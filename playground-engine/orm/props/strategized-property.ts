// Properties that a strategy loads: columns and relationships.
//
// A strategy is found by its key ("lazy=selectin"): an option at the path decides, else the property's own. Strategies register
// themselves by `registerStrategy`, so that properties need not know them.
// Behaviour: SQLAlchemy orm/interfaces.py (StrategizedProperty, LoaderStrategy).
import { LoaderStrategyException } from "../../errors/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { host, type Value } from "../../util/host.ts";
import type { Mapper } from "../mapping/mapper.ts";
import {
  DEFAULT_TOKEN,
  WILDCARD_TOKEN,
  type PathAttributes,
  type PathRegistry,
  type PropRegistry,
} from "../path-registry.ts";
import { MapperProperty } from "./property.ts";

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
