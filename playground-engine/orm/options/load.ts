// Loader options: what is loaded together with an entity and how. `select(User).options(selectinload(User.orders))`.
//
// An option is a Load from an entity with elements along paths; "*" without an entity is a WildcardLoad.
// Behaviour: SQLAlchemy orm/strategy_options.py (_AbstractLoad, Load, _WildcardLoad).
import { ArgumentError, warnDeprecated } from "../../errors/index.ts";
import type { CacheKeyBuilder } from "../../sql/cache-key.ts";
import { deepDeannotate } from "../../sql/annotation.ts";
import { expect } from "../../sql/coercions.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { applyParamsToElement } from "../../sql/elements/override-binds.ts";
import { strOf } from "../../sql/repr.ts";
import * as roles from "../../sql/roles.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { EMPTY_MAP } from "../../util/memo.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { inspect } from "../inspection.ts";
import {
  COLUMN_TOKEN,
  DEFAULT_TOKEN,
  PathRegistry,
  RELATIONSHIP_TOKEN,
  WILDCARD_TOKEN,
  type AbstractEntityRegistry,
  type Path,
  type PropRegistry,
} from "../path-registry.ts";
import { LoaderOption, type ORMOption } from "./orm-option.ts";
import {
  strategyKey,
  type StrategizedProperty,
  type StrategyKey,
  type StrategyOptions,
} from "../props/strategized-property.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";
import {
  entityCorrespondsTo,
  entityCorrespondsToUsePath,
  inspectEntity,
  postInspect,
  type InternalEntity,
} from "../query/entity.ts";
import {
  AttributeStrategyLoad,
  chopPath,
  ClassStrategyLoad,
  raiseForDoesNotLink,
  TokenStrategyLoad,
  type ElementSpec,
  type LoadElement,
  type LoadTarget,
} from "./element.ts";

interface Bind {
  readonly attrs: readonly LoadTarget[] | null;
  readonly strategy: StrategyKey | null;
  readonly wildcardKey: string | null;
  readonly opts?: ReadonlyMap<string, Value> | null;
  readonly attrGroup?: readonly LoadTarget[] | null;
  readonly propagateToLoaders?: boolean;
  readonly reconcileToOther?: boolean | null;
  readonly extraCriteria?: readonly ColumnElement[] | null;
}

const key = (options: StrategyOptions | null): StrategyKey | null =>
  options === null ? null : strategyKey(options);

/** Attributes that an attribute stands for: the columns of a composite. */
export function expandColumnAttrs(attrs: readonly Value[]): LoadTarget[] {
  return attrs.flatMap((a) => {
    const expand = (a as Partial<QueryableAttribute> | null)?._columnStrategyAttrs;
    return typeof expand === "function" ? [...expand.call(a as QueryableAttribute)] : [a as LoadTarget];
  });
}

export abstract class AbstractLoad extends LoaderOption {
  static readonly pyModule: string = "sqlalchemy.orm.strategy_options";
  override readonly _isStrategyOption = true;
  declare propagateToLoaders: boolean;

  /** @internal Of a fresh copy. */
  protected abstract bind(bind: Bind): void;
  /** @internal */
  abstract _process(state: ORMCompileState, entities: readonly QueryEntity[], raiseerr: boolean): void;
  /** @internal */
  abstract _applyToParent(parent: Load): void;

  private bound(bind: Bind): this {
    const made = this._clone();
    made.bind(bind);
    return made;
  }

  private relationship(attr: Value, strategy: StrategyOptions | null, more: Partial<Bind> = {}): this {
    return this.bound({
      attrs: [attr as LoadTarget],
      strategy: key(strategy),
      wildcardKey: RELATIONSHIP_TOKEN,
      ...more,
    });
  }

  private columns(
    attrs: readonly LoadTarget[],
    strategy: StrategyOptions | null,
    more: Partial<Bind> = {},
  ): this {
    return this.bound({
      attrs,
      strategy: key(strategy),
      wildcardKey: COLUMN_TOKEN,
      attrGroup: attrs,
      ...more,
    });
  }

  /** @internal */
  _setGenericStrategy(
    attrs: readonly LoadTarget[],
    strategy: StrategyKey,
    reconcileToOther: boolean | null,
  ): this {
    return this.bound({ attrs, strategy, wildcardKey: null, propagateToLoaders: true, reconcileToOther });
  }

  containsEager(
    attr: Value,
    alias: Value = null,
    options: { readonly _isChain?: boolean; readonly _propagateToLoaders?: boolean } = {},
  ): this {
    let from: Value = null;
    if (alias !== null) {
      if (typeof alias === "string") {
        warnDeprecated(
          "Passing a string name for the 'alias' argument to 'contains_eager()` is deprecated, and will not work in a future release.  Please use a sqlalchemy.alias() or sqlalchemy.orm.aliased() construct. (deprecated since: 1.4)",
        );
        from = alias;
      } else from = expect(roles.FromClauseRole, alias);
    } else if (attr instanceof QueryableAttribute && attr._ofType != null)
      from = inspectEntity(attr._ofType).selectable;
    return this.relationship(
      attr,
      { lazy: "joined" },
      {
        propagateToLoaders: options._propagateToLoaders ?? false,
        opts: new Map([["eager_from_alias", from]]),
        reconcileToOther: options._isChain ? true : null,
      },
    );
  }

  loadOnly(attrs: readonly Value[], options: { readonly raiseload?: boolean } = {}): this {
    const rest: StrategyOptions = {
      deferred: true,
      instrument: true,
      ...(options.raiseload ? { raiseload: true } : {}),
    };
    return this.columns(expandColumnAttrs(attrs), { deferred: false, instrument: true }).columns(
      [WILDCARD_TOKEN],
      rest,
    );
  }

  joinedload(attr: Value, innerjoin: Value = null): this {
    return this.relationship(
      attr,
      { lazy: "joined" },
      { opts: innerjoin === null ? null : new Map([["innerjoin", innerjoin]]) },
    );
  }

  subqueryload(attr: Value): this {
    return this.relationship(attr, { lazy: "subquery" });
  }

  selectinload(attr: Value, recursionDepth: number | null = null): this {
    return this.relationship(
      attr,
      { lazy: "selectin" },
      { opts: new Map([["recursion_depth", recursionDepth]]) },
    );
  }

  lazyload(attr: Value): this {
    return this.relationship(attr, { lazy: "select" });
  }

  immediateload(attr: Value, recursionDepth: number | null = null): this {
    return this.relationship(
      attr,
      { lazy: "immediate" },
      { opts: new Map([["recursion_depth", recursionDepth]]) },
    );
  }

  noload(attr: Value): this {
    return this.relationship(attr, { lazy: "noload" });
  }

  raiseload(attr: Value, sqlOnly = false): this {
    return this.relationship(attr, { lazy: sqlOnly ? "raise_on_sql" : "raise" });
  }

  defaultload(attr: Value): this {
    return this.relationship(attr, null);
  }

  defer(attr: Value, raiseload = false): this {
    return this.columns(expandColumnAttrs([attr]), {
      deferred: true,
      instrument: true,
      ...(raiseload ? { raiseload: true } : {}),
    });
  }

  undefer(attr: Value): this {
    return this.columns(expandColumnAttrs([attr]), { deferred: false, instrument: true });
  }

  undeferGroup(name: string): this {
    return this.columns([WILDCARD_TOKEN], null, { opts: new Map([[`undefer_group_${name}`, true]]) });
  }

  withExpression(attr: Value, expression: Value): this {
    const expr = deepDeannotate(expect(roles.LabeledColumnExprRole, expression) as never) as ColumnElement;
    return this.columns([attr as LoadTarget], { query_expression: true }, { extraCriteria: [expr] });
  }

  selectinPolymorphic(classes: Value): this {
    const entities = itemsOf(classes).map((c) => inspectEntity(c));
    return this.bound({
      attrs: null,
      strategy: strategyKey({ selectinload_polymorphic: true }),
      wildcardKey: null,
      opts: new Map([["entities", entities]]),
    });
  }

  override processCompileStateReplacedEntities(state: unknown, entities: readonly unknown[]): void {
    const s = state as ORMCompileState;
    if (s.compileOptions._enableEagerloads)
      this._process(s, entities as readonly QueryEntity[], s.currentPath.length === 0);
  }

  processCompileState(state: unknown): void {
    const s = state as ORMCompileState;
    if (s.compileOptions._enableEagerloads)
      this._process(
        s,
        s._leadMapperEntities,
        s.currentPath.length === 0 && !s.compileOptions._forRefreshState,
      );
  }
}

/** Options from an entity on. */
export class Load extends AbstractLoad {
  static override readonly visitName: string = "load";
  path: PathRegistry;
  context: readonly LoadElement[] = [];
  additionalSourceEntities: readonly InternalEntity[] = [];

  constructor(entity: Value) {
    super();
    this.propagateToLoaders = false;
    const insp = inspect(entity) as InternalEntity;
    postInspect(insp);
    this.path = insp._pathRegistry;
  }

  /** @internal */
  static _constructForExistingPath(path: AbstractEntityRegistry): Load {
    const made = new Load(path.entity);
    made.path = path;
    return made;
  }

  /** @internal With these elements. */
  _withContext(context: readonly LoadElement[]): Load {
    const made = this._clone();
    made.context = context;
    return made;
  }

  override toString(): string {
    return `Load(${strOf(this.path.path[0])})`;
  }

  override _adaptCachedOptionToUncachedOption(context: unknown, uncached: ORMOption | null): ORMOption {
    return uncached === this ? this : this.adjustForExtraCriteria(context as QueryContext);
  }

  /** Criteria of a cached option, with the values of the statement that is executed. */
  private adjustForExtraCriteria(context: QueryContext): Load {
    if (!this.context.some((e) => e._extraCriteria.length)) return this;
    const current = context.userPassedQuery._generateCacheKey();
    const original = context.compileState.selectStatement._generateCacheKey();
    if (!current || !original) return this;
    return this._withContext(
      this.context.map((e) =>
        e._extraCriteria.length
          ? e._withExtraCriteria(
              e._extraCriteria.map((c) => applyParamsToElement(current, original, c) as ColumnElement),
            )
          : e,
      ),
    );
  }

  /** @internal */
  _prependPath(path: PathRegistry): Load {
    return this._withContext(this.context.map((e) => e._prependPath(path)));
  }

  _process(state: ORMCompileState, entities: readonly QueryEntity[], raiseerr: boolean): void {
    const root = this.path.path[0] as unknown as InternalEntity;
    const lead =
      entities.map((e) => e.entityZero).find((zero) => zero !== null && entityCorrespondsTo(zero, root)) ??
      null;
    const below = state.compileOptions._currentPath.length > 0;
    for (const element of this.context)
      if (!below || element.propagateToLoaders)
        element.processCompileState(this, state, entities, lead, raiseerr);
  }

  /** Further options from where this one is. Throws ArgumentError for anything but loader options. */
  options(opts: readonly Value[]): this {
    const made = this._clone();
    for (const opt of opts) {
      if (!(opt instanceof AbstractLoad))
        throw new ArgumentError(
          `Loader option ${strOf(opt)} is not compatible with the Load.options() method.`,
        );
      opt._applyToParent(made);
    }
    return made;
  }

  _applyToParent(parent: Load): void {
    const lastEntity = parent.path.path.at((parent.path.length - 1) & ~1) as unknown as InternalEntity;
    const mine = this.path.path[0] as unknown as InternalEntity;
    if (![lastEntity, ...parent.additionalSourceEntities].some((e) => entityCorrespondsToUsePath(e, mine)))
      raiseForDoesNotLink(parent.path, this.path.path[this.path.length > 1 ? 1 : 0], mine);
    parent.context = [...parent.context, ...this.context.map((e) => e._prependPathFrom(parent))];
    if (this.context.length)
      parent.additionalSourceEntities = [
        ...parent.additionalSourceEntities,
        ...this.additionalSourceEntities,
      ];
  }

  protected bind(b: Bind): void {
    const { propagateToLoaders = true } = b;
    if (propagateToLoaders) this.propagateToLoaders = true;
    if (this.path.isToken) throw new ArgumentError("Wildcard token cannot be followed by another entity");
    if (this.path.isProperty) {
      const prop = (this.path as PropRegistry).prop as unknown as StrategizedProperty;
      // It is a column: the strategy says what it would have been meant for.
      if (b.strategy) prop._getStrategy(b.strategy.split(",")[0] as StrategyKey);
      throw new ArgumentError(`Mapped attribute '${strOf(prop)}' does not refer to a mapped entity`);
    }
    const spec: ElementSpec = { ...b, propagateToLoaders };
    if (b.attrs === null) {
      this.context = [...this.context, ClassStrategyLoad.create(this.path, spec)];
      this.additionalSourceEntities = [
        ...this.additionalSourceEntities,
        ...(b.opts?.get("entities") as readonly InternalEntity[]),
      ];
      return;
    }
    for (const attr of b.attrs) {
      const element =
        typeof attr === "string"
          ? TokenStrategyLoad.create(this.path, attr, spec)
          : AttributeStrategyLoad.create(this.path, attr, spec);
      if (!element) continue;
      if (b.wildcardKey === RELATIONSHIP_TOKEN) this.path = element.path;
      this.context = [...this.context, element];
      if (element.localOpts.get("recursion_depth")) this.context = [...this.context, element._recurse()];
    }
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    b.word("load(");
    this.path._genCacheKey(b);
    for (const element of this.context) element._genCacheKey(b);
    b.plain(this.propagateToLoaders);
    for (const e of this.additionalSourceEntities) e._genCacheKey(b);
    b.word(")");
  }
}

/** "*" for whatever entity the statement has. */
export class WildcardLoad extends AbstractLoad {
  static override readonly visitName: string = "wildcard_load";
  private strategy: StrategyKey | null = null;
  private token: string | null = null;
  private localOpts: ReadonlyMap<string, Value> = EMPTY_MAP;

  constructor() {
    super();
    this.propagateToLoaders = false;
  }

  protected bind(b: Bind): void {
    this.strategy = b.strategy;
    this.token = `${b.wildcardKey}:${b.attrs?.[0] as string}`;
    if (b.opts?.size) this.localOpts = b.opts;
  }

  options(_opts: readonly Value[]): never {
    throw host.error("NotImplementedError", "Star option does not support sub-options");
  }

  private spec(raiseerr = true): ElementSpec {
    return {
      strategy: this.strategy,
      wildcardKey: null,
      opts: this.localOpts,
      propagateToLoaders: this.propagateToLoaders,
      raiseerr,
    };
  }

  _applyToParent(parent: Load): void {
    const attr = this.token as string;
    const token = attr.endsWith(DEFAULT_TOKEN) ? `${attr.split(":")[0]}:${WILDCARD_TOKEN}` : attr;
    parent.context = [
      ...parent.context,
      TokenStrategyLoad.create((parent.path as AbstractEntityRegistry).token(token), null, this.spec()),
    ];
  }

  _process(state: ORMCompileState, entities: readonly QueryEntity[], raiseerr: boolean): void {
    if (state.compileOptions._forRefreshState && !this.propagateToLoaders) return;
    const token = this.token as string;
    const start: Path = [token];
    if (state.currentPath.length && chopPath(start, state.currentPath) === null) return;
    const entity = this.findEntity(
      entities.map((e) => e.entityZero as InternalEntity),
      token,
      raiseerr,
    );
    if (!entity) return;
    TokenStrategyLoad.create(entity._pathRegistry, token, this.spec(raiseerr)).processCompileState(
      { path: entity._pathRegistry, additionalSourceEntities: [] },
      state,
      entities,
      null,
      raiseerr,
    );
  }

  private findEntity(
    entities: readonly InternalEntity[],
    token: string,
    raiseerr: boolean,
  ): InternalEntity | null {
    let raises = raiseerr;
    if (token.endsWith(`:${WILDCARD_TOKEN}`)) {
      if (entities.length !== 1 && raises)
        throw new ArgumentError(
          `Can't apply wildcard ('*') or load_only() loader option to multiple entities ${entities.map(strOf).join(", ")}. Specify loader options for each entity individually, such as ${entities.map((e) => `Load(${strOf(e)}).some_option('*')`).join(", ")}.`,
        );
    } else if (token.endsWith(DEFAULT_TOKEN)) raises = false;
    const [first] = entities;
    if (first) return first;
    if (raises)
      throw new ArgumentError(
        `Query has only expression-based entities - can't find property named "${token}".`,
      );
    return null;
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    b.word("wildcard(");
    b.plain(this.strategy);
    b.plain(this.token);
    for (const [k, v] of this.localOpts) {
      b.string(k);
      b.multi(v);
    }
    b.word(")");
  }
}
