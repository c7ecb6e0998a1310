// One thing that a loader option says of one place: the strategy for an attribute, for all of a kind (a token), or for a class.
//
// When a statement is compiled, each leaves itself at its path, adjusted to where the statement is in a tree of loads.
// Behaviour: SQLAlchemy orm/strategy_options.py (_LoadElement and its subclasses).
import { ArgumentError, InvalidRequestError, NoInspectionAvailable } from "../../errors/index.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import { and_ } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { applyParamsToElement } from "../../sql/elements/override-binds.ts";
import { strOf } from "../../sql/repr.ts";
import { host, type Value } from "../../util/host.ts";
import { EMPTY_ARRAY, EMPTY_MAP } from "../../util/memo.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import { face } from "../face.ts";
import { inspect, type InspectionAttr } from "../inspection.ts";
import {
  attributeKey,
  DEFAULT_TOKEN,
  PathRegistry,
  RELATIONSHIP_TOKEN,
  WILDCARD_TOKEN,
  type AbstractEntityRegistry,
  type Path,
  type PathAttributes,
  type PathElement,
  type PropRegistry,
  type TokenRegistry,
} from "../path-registry.ts";
import type { LoadOption, StrategyKey } from "../props/strategized-property.ts";
import type { MapperProperty } from "../props/property.ts";
import { withPolymorphic, type AliasedInsp } from "../query/aliased.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";
import {
  entityCorrespondsTo,
  entityCorrespondsToUsePath,
  inspectEntity,
  type InternalEntity,
} from "../query/entity.ts";

/** An attribute of a class, or "*". */
export type LoadTarget = QueryableAttribute | MapperProperty | string;

export interface ElementSpec {
  readonly strategy: StrategyKey | null;
  /** "column", "relationship" or null: what "*" means. */
  readonly wildcardKey: string | null;
  readonly opts?: ReadonlyMap<string, Value> | null;
  readonly propagateToLoaders: boolean;
  readonly attrGroup?: readonly LoadTarget[] | null;
  readonly reconcileToOther?: boolean | null;
  readonly extraCriteria?: readonly ColumnElement[] | null;
  readonly raiseerr?: boolean;
}

/** The Load, as far as its elements ask. */
export interface ParentLoad {
  readonly path: PathRegistry;
  readonly additionalSourceEntities: readonly InternalEntity[];
}

export const NO_STRINGS =
  "Strings are not accepted for attribute names in loader options; please use class-bound attributes directly.";
const MIXED_WILDCARD =
  "Can't apply wildcard ('*') or load_only() loader option to multiple entities in the same option. Use separate options per entity.";

const last = (path: PathRegistry, n = 1): PathElement => path.path.at(-n) as PathElement;
const entityAt = (path: PathRegistry, i: number): InternalEntity =>
  path.path.at(i) as unknown as InternalEntity;

/** What remains of a path after the one a load is at; null where it is not on the way. */
export function chopPath(toChop: Path, path: PathRegistry): Path | null {
  const at = path.naturalPath;
  let i = 0;
  for (; i < toChop.length && i < at.length; i++) {
    const c = toChop[i] as PathElement;
    const p = at[i] as PathElement;
    if (typeof c === "string") {
      if (i === 0 && (c.endsWith(`:${DEFAULT_TOKEN}`) || c.endsWith(`:${WILDCARD_TOKEN}`))) return toChop;
      if (c !== `${RELATIONSHIP_TOKEN}:${WILDCARD_TOKEN}` && c !== (p as { readonly key?: string }).key)
        return null;
    }
    if (c === p) continue;
    const [ce, pe] = [c as unknown as InternalEntity, p as unknown as InternalEntity];
    if (ce.isMapper && pe.isMapper && ce.isa(pe)) continue;
    return null;
  }
  return toChop.slice(i);
}

/** The entity an attribute belongs to, and its property. Throws ArgumentError for anything else. */
export function parseAttr(attr: Value): {
  readonly isProperty: boolean;
  readonly entity: InternalEntity;
  readonly prop: MapperProperty;
} {
  const bad = (): ArgumentError =>
    new ArgumentError("expected ORM mapped attribute for loader strategy argument");
  let insp: InspectionAttr;
  try {
    insp = inspect(attr) as InspectionAttr;
  } catch (e) {
    throw e instanceof NoInspectionAvailable ? host.withCause(bad(), e) : e;
  }
  if (insp?.isProperty) {
    const prop = insp as MapperProperty;
    return { isProperty: true, entity: prop.parent, prop };
  }
  if (!insp?.isAttribute) throw bad();
  const a = insp as unknown as QueryableAttribute;
  return { isProperty: false, entity: a.parent as never as InternalEntity, prop: propOf(a) };
}

function propOf(attr: QueryableAttribute): MapperProperty {
  return ((attr.comparator as { readonly prop?: MapperProperty }).prop ??
    attr.property) as never as MapperProperty;
}

/** Throws ArgumentError. */
export function raiseForDoesNotLink(
  path: PathRegistry,
  attrname: unknown,
  parentEntity: InternalEntity,
): never {
  if (path.length < 2)
    throw new ArgumentError(
      `ORM mapped attribute "${strOf(attrname)}" does not link mapped class "${strOf(last(path))}"`,
    );
  const to = last(path) as unknown as InternalEntity;
  const prop = last(path, 2) as unknown as { readonly mapper: { readonly class_: object } };
  const isOfType = (to.entity as object) !== prop.mapper.class_;
  const name = parentEntity.isAliasedClass ? strOf(parentEntity) : face().className(parentEntity.class_);
  let advice = "";
  if (!isOfType && !to.isAliasedClass && entityCorrespondsTo(to, parentEntity.mapper))
    advice = `  Did you mean to use "${strOf(prop)}.of_type(${name})" or "loadopt.options(selectin_polymorphic(${face().className(prop.mapper.class_)}, [${name}]), ...)" ?`;
  throw new ArgumentError(
    `ORM mapped entity or attribute "${strOf(attrname)}" does not link from relationship "${strOf(prop)}${isOfType ? `.of_type(${strOf(to)})` : ""}".${advice}`,
  );
}

export abstract class LoadElement implements LoadOption, HasCacheKey {
  path!: PathRegistry;
  strategy: StrategyKey | null;
  propagateToLoaders: boolean;
  localOpts: ReadonlyMap<string, Value>;
  _extraCriteria: readonly ColumnElement[] = EMPTY_ARRAY;
  readonly _reconcileToOther: boolean | null;
  abstract readonly isTokenStrategy: boolean;

  constructor(spec: ElementSpec) {
    this.strategy = spec.strategy;
    this.propagateToLoaders = spec.propagateToLoaders;
    this.localOpts = spec.opts ?? EMPTY_MAP;
    this._reconcileToOther =
      spec.reconcileToOther ?? (spec.strategy === null && !this.localOpts.size ? true : null);
  }

  get isOptsOnly(): boolean {
    return this.localOpts.size > 0 && this.strategy === null;
  }

  /** @internal As a pickle keeps it: without criteria, and without the entity of of_type(), which its path tells too. */
  _kept(): this {
    return this._withExtraCriteria(EMPTY_ARRAY);
  }

  /** @internal Made again of what was kept. */
  static _revived(kind: string, fields: Readonly<Record<string, unknown>>): LoadElement {
    const made = Object.create(KINDS.get(kind)!.prototype as object) as LoadElement;
    Object.assign(made, fields);
    made.revive();
    return made;
  }

  protected revive(): void {}

  protected clone(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }

  /** Keys under which it is left for this statement. */
  protected abstract keys(
    parent: ParentLoad,
    state: ORMCompileState,
    entities: readonly QueryEntity[],
    lead: InternalEntity | null,
    raiseerr: boolean,
  ): string[];

  processCompileState(
    parent: ParentLoad,
    state: ORMCompileState,
    entities: readonly QueryEntity[],
    lead: InternalEntity | null,
    raiseerr: boolean,
  ): void {
    for (const key of this.keys(parent, state, entities, lead, raiseerr)) {
      const there = state.attributes.get(key) as LoadElement | undefined;
      state.attributes.set(key, there ? LoadElement.reconcile(this, there) : this);
    }
  }

  /** @internal The same below the same attribute again: recursion_depth. */
  _recurse(): this {
    const made = this.clone();
    made.path = PathRegistry.coerce([...this.path.path, ...this.path.path.slice(-2)]);
    return made;
  }

  _prependPathFrom(parent: ParentLoad): this {
    const sources = [entityAt(parent.path, lastEven(parent.path)), ...parent.additionalSourceEntities];
    if (!sources.some((e) => entityCorrespondsToUsePath(e, entityAt(this.path, 0))))
      throw new ArgumentError(
        `Attribute "${strOf(this.path.path[1])}" does not link from element "${strOf(last(parent.path))}".`,
      );
    return this._prependPath(parent.path);
  }

  _prependPath(path: PathRegistry): this {
    const made = this.clone();
    made.path = PathRegistry.coerce([...path.path.slice(0, -1), ...this.path.path]);
    return made;
  }

  protected adjustForCurrentPath(effective: PathRegistry, current: PathRegistry): PathRegistry | null {
    const chopped = chopPath(effective.naturalPath, current);
    if (!chopped?.length) return null;
    const lead = this.path.path[effective.length - chopped.length] as PathElement;
    return PathRegistry.coerce([lead, ...chopped.slice(1)]);
  }

  /** Of two at one place, the one that holds. Throws InvalidRequestError where they contradict each other. */
  static reconcile(replacement: LoadElement, existing: LoadElement): LoadElement {
    if (replacement._reconcileToOther) return existing;
    if (replacement._reconcileToOther === false) return replacement;
    if (existing._reconcileToOther) return replacement;
    if (existing._reconcileToOther === false) return existing;
    if (existing === replacement) return replacement;
    if (existing.strategy === replacement.strategy && sameOpts(existing.localOpts, replacement.localOpts))
      return replacement;
    if (replacement.isOptsOnly) return existing.joined(replacement);
    if (existing.isOptsOnly) return replacement.joined(existing);
    if (replacement.path.isToken) return replacement;
    throw new InvalidRequestError(`Loader strategies for ${strOf(replacement.path)} conflict`);
  }

  private joined(other: LoadElement): LoadElement {
    const made = this.clone();
    made.localOpts = new Map([...this.localOpts, ...other.localOpts]);
    made._extraCriteria = [...this._extraCriteria, ...other._extraCriteria];
    return made;
  }

  /** @internal With other criteria. */
  _withExtraCriteria(criteria: readonly ColumnElement[]): this {
    const made = this.clone();
    made._extraCriteria = criteria;
    return made;
  }

  protected raiseForNoMatch(parent: ParentLoad, entities: readonly QueryEntity[]): never {
    const zero = entities.filter((e) => e.entityZero).map((e) => strOf(e.entityZero));
    const of = strOf(parent.path.path[0]);
    if (!zero.length)
      throw new ArgumentError(
        `Query has only expression-based entities; attribute loader options for ${of} can't be applied here.`,
      );
    throw new ArgumentError(
      `Mapped class ${of} does not apply to any of the root entities in this query, e.g. ${zero.join(", ")}. Please specify the full path from one of the root entities to the target attribute. `,
    );
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    b.identity(this.constructor);
    this.path._genCacheKey(b);
    b.plain(this.strategy);
    for (const k of [...this.localOpts.keys()].sort()) {
      b.string(k);
      b.multi(this.localOpts.get(k));
    }
    for (const c of this._extraCriteria) c._genCacheKey(b);
    b.plain(this.propagateToLoaders);
    b.plain(this._reconcileToOther);
    b.word(";");
  }
}

/** Position of the last entity of a path. */
function lastEven(path: PathRegistry): number {
  return (path.length - 1) & ~1;
}

function sameOpts(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [k, v] of a) if (!b.has(k) || b.get(k) !== v) return false;
  return true;
}

/** The strategy for one attribute. */
export class AttributeStrategyLoad extends LoadElement {
  readonly isTokenStrategy = false;
  private ofType: InternalEntity | null = null;
  private polymorphicPath: PathRegistry | null = null;

  /** Null where the attribute does not belong there and nothing is to be said of it. */
  static create(
    path: PathRegistry,
    attr: QueryableAttribute | MapperProperty,
    spec: ElementSpec,
  ): AttributeStrategyLoad | null {
    const made = new AttributeStrategyLoad(spec);
    const found = made.pathOf(path, attr, spec);
    if (!found) return null;
    made.path = found;
    return made;
  }

  private pathOf(
    path: PathRegistry,
    given: QueryableAttribute | MapperProperty,
    spec: ElementSpec,
  ): PathRegistry | null {
    const { isProperty, prop } = parseAttr(given);
    const entityPath = (p: PathRegistry): PathRegistry => (p.hasEntity ? (p as PropRegistry).entityPath : p);
    if (isProperty) return entityPath(path.at(prop as never));
    const attr = given as QueryableAttribute;
    const parent = attr.parent as never as InternalEntity;
    if (!entityCorrespondsToUsePath(last(path) as never, parent)) {
      if (!(spec.raiseerr ?? true)) return null;
      if (spec.attrGroup && attr !== spec.attrGroup[0]) throw new ArgumentError(MIXED_WILDCARD);
      raiseForDoesNotLink(path, attr, parent);
    }
    this._extraCriteria = spec.extraCriteria ?? attr._extraCriteria;
    if (attr._ofType == null) return entityPath(path.at(prop as never));
    const entity = inspectEntity(attr._ofType);
    this.ofType = entity;
    this.polymorphicPath = (path as AbstractEntityRegistry).entityPath.at(prop as never);
    return entityPath(path.at(prop as never).at(entity as never));
  }

  override _kept(): this {
    const made = super._kept();
    made.ofType = null;
    return made;
  }

  protected override revive(): void {
    if (this.polymorphicPath) this.ofType = last(this.path) as unknown as InternalEntity;
  }

  override _prependPath(path: PathRegistry): this {
    const made = super._prependPath(path);
    if (this.polymorphicPath)
      made.polymorphicPath = PathRegistry.coerce([...path.path.slice(0, -1), ...this.polymorphicPath.path]);
    return made;
  }

  /** The criteria with the values of the statement that is executed: the option may come from a cached one. */
  _generateExtraCriteria(context: QueryContext): ColumnElement {
    const original = context.compileState.selectStatement._generateCacheKey();
    const current = context.query._generateCacheKey();
    const crit = and_(this._extraCriteria);
    return (original && current ? applyParamsToElement(current, original, crit) : crit) as ColumnElement;
  }

  private setOfType(attributes: PathAttributes, current: PathRegistry): void {
    let entity = this.ofType as InternalEntity;
    if (!entity.isAliasedClass)
      entity = withPolymorphic(
        entity.mapper.baseMapper,
        [entity.mapper],
        false,
        false,
        null,
        true,
        false,
        false,
        null,
        true,
      )._aliasedInsp;
    let start = this.polymorphicPath as PathRegistry;
    if (current.length) {
      const adjusted = this.adjustForCurrentPath(start, current);
      if (!adjusted) return;
      start = adjusted;
    }
    const key = start.keyFor("path_with_polymorphic");
    const there = attributes.get(key) as AliasedInsp | undefined;
    attributes.set(key, there ? there._mergeWith(entity) : entity);
  }

  protected keys(
    parent: ParentLoad,
    state: ORMCompileState,
    entities: readonly QueryEntity[],
    lead: InternalEntity | null,
    raiseerr: boolean,
  ): string[] {
    const { currentPath } = state;
    if (state.compileOptions._forRefreshState && !this.propagateToLoaders) return [];
    if (this.ofType) this.setOfType(state.attributes, currentPath);
    if (this.strategy === null && !this.localOpts.size) return [];
    if (raiseerr && !lead) this.raiseForNoMatch(parent, entities);
    let effective: PathRegistry | null = this.path.hasEntity ? this.path.parent : this.path;
    if (currentPath.length && effective) effective = this.adjustForCurrentPath(effective, currentPath);
    return effective ? [effective.keyFor("loader")] : [];
  }

  override _genCacheKey(b: CacheKeyBuilder): void {
    super._genCacheKey(b);
    b.multi(this.ofType);
    b.multi(this.polymorphicPath);
  }
}

/** The strategy for all attributes of a kind. */
export class TokenStrategyLoad extends LoadElement {
  readonly isTokenStrategy = true;

  static create(path: PathRegistry, token: string | null, spec: ElementSpec): TokenStrategyLoad {
    const made = new TokenStrategyLoad(spec);
    if (token !== null) {
      const accepted =
        token === WILDCARD_TOKEN ||
        token === DEFAULT_TOKEN ||
        token.endsWith(`:${WILDCARD_TOKEN}`) ||
        token.endsWith(`:${DEFAULT_TOKEN}`);
      if (!accepted) throw new ArgumentError(NO_STRINGS);
      path = (path as AbstractEntityRegistry).token(
        spec.wildcardKey ? `${spec.wildcardKey}:${token}` : token,
      );
    }
    made.path = path;
    return made;
  }

  protected keys(
    _parent: ParentLoad,
    state: ORMCompileState,
    _entities: readonly QueryEntity[],
    lead: InternalEntity | null,
  ): string[] {
    const { currentPath } = state;
    if (state.compileOptions._forRefreshState && !this.propagateToLoaders) return [];
    if (this.strategy === null && !this.localOpts.size) return [];
    let effective: PathRegistry = this.path;
    if (lead) effective = PathRegistry.coerce([lead as never, ...effective.path.slice(1)]);
    if (currentPath.length) {
      const adjusted = this.adjustForCurrentPath(effective, currentPath);
      if (!adjusted) return [];
      effective = adjusted;
    }
    return [...(effective as TokenRegistry)._generateNaturalForSuperclasses()].map((p) =>
      attributeKey("loader", p),
    );
  }
}

/** What holds for a class: selectin_polymorphic(). */
export class ClassStrategyLoad extends LoadElement {
  readonly isTokenStrategy = false;

  static create(path: PathRegistry, spec: ElementSpec): ClassStrategyLoad {
    const made = new ClassStrategyLoad(spec);
    made.path = path;
    return made;
  }

  protected keys(_parent: ParentLoad, state: ORMCompileState): string[] {
    if (state.compileOptions._forRefreshState && !this.propagateToLoaders) return [];
    if (this.strategy === null && !this.localOpts.size) return [];
    const { currentPath } = state;
    const effective = currentPath.length ? this.adjustForCurrentPath(this.path, currentPath) : this.path;
    return effective ? [effective.keyFor("loader")] : [];
  }
}

const KINDS: ReadonlyMap<string, { readonly prototype: LoadElement }> = new Map(
  [AttributeStrategyLoad, TokenStrategyLoad, ClassStrategyLoad].map((kind) => [kind.name, kind]),
);
