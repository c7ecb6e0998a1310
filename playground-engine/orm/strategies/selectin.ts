// Loads a relationship for all objects of a load at once, by SELECT … WHERE key IN (…), 500 keys a statement.
//
// Where the foreign key is on the child, it is asked for alone; where it is on the parent, the children by their keys;
// else a join from an alias of the parent. Behaviour: SQLAlchemy orm/strategies.py (SelectInLoader).
import type { Row } from "../../engine/row.ts";
import { withCause } from "../../engine/trace.ts";
import { tokenOf } from "../../sql/cache-key.ts";
import { bindparam, tuple_ } from "../../sql/constructors.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ExecutableOption } from "../../sql/base.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import { Select } from "../../sql/selectable/select.ts";
import { host, type Value } from "../../util/host.ts";
import { MANYTOONE, PASSIVE_NO_FETCH, PASSIVE_NO_RESULT } from "../flags.ts";
import type { AttrDict } from "../face.ts";
import { PostLoad, type LoadedState } from "../loading/post-load.ts";
import { CHUNK } from "../loading/subclass-load.ts";
import type { AttributeStrategyLoad } from "../options/element.ts";
import type { AbstractEntityRegistry, PathRegistry, PropRegistry } from "../path-registry.ts";
import type { LoadOption, StrategyKey } from "../props/strategized-property.ts";
import type { ORMOption } from "../options/orm-option.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { AliasedClass } from "../query/aliased.ts";
import { Bundle } from "../query/bundle.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import { LoaderCriteriaOption } from "../query/criteria.ts";
import { entityAttribute, type InternalEntity } from "../query/entity.ts";
import { defaultCompileOptions } from "../query/load-options.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import type { InstanceState } from "../state/state.ts";
import type { LazyLoader } from "./lazy.ts";
import { valueKey } from "./value-key.ts";
import {
  PostLoader,
  registerRelationshipStrategy,
  type Recursion,
  type RowProcessorArguments,
} from "./relationship-loader.ts";

interface QueryInfo {
  /** Children are found by keys that the parents have. */
  readonly loadOnlyChild: boolean;
  readonly loadWithJoin: boolean;
  readonly inExpr: ColumnElement;
  readonly pkCols: readonly ColumnElement[];
  readonly childLookupCols: readonly ColumnElement[];
}

interface Target {
  readonly state: InstanceState;
  readonly dict: AttrDict;
  readonly overwrite: boolean;
}

interface Rows {
  unique(): Iterable<Row>;
}

const inOf = (cols: readonly ColumnElement[]): ColumnElement =>
  cols.length > 1 ? (tuple_(cols) as unknown as ColumnElement) : (cols[0] as ColumnElement);

class SelectInLoader extends PostLoader {
  private readonly info: QueryInfo;
  private fallback: QueryInfo | null = null;
  private parentAlias: AliasedClass | null = null;
  private readonly outermostOrderBy: (state: unknown) => void;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    const manyToOne = parent.direction === MANYTOONE;
    const lazy = this.strategyOf("select") as unknown as LazyLoader;
    const compare = {
      useProxies: true,
      compareKeys: false,
      equivalents: this.parent._equivalentColumns,
    } as never;
    const omitJoin =
      parent.omitJoin ??
      (manyToOne ? lazy.useGet : this.parent._getClause[0].compare(lazy._revLazywhere, compare));
    if (!omitJoin) this.info = this.withJoin();
    else if (manyToOne) {
      this.info = this.byChild(lazy);
      this.fallback = this.withJoin();
    } else this.info = this.byForeignKey();
    this.outermostOrderBy = (state) => {
      const s = state as ORMCompileState;
      if (parent.orderBy) s.eagerOrderBy = [...s.eagerOrderBy, ...parent.orderBy];
    };
  }

  private byForeignKey(): QueryInfo {
    const pkToFk = new ElementMap<ColumnElement, ColumnElement>(
      this.parentProperty._joinCondition.localRemotePairs as never,
    );
    for (const [k, fk] of [...pkToFk])
      for (const equivalent of this.parent._equivalentColumns.get(k) ?? []) pkToFk.set(equivalent, fk);
    const pkCols = (this.parent.primaryKey as unknown as readonly ColumnElement[]).flatMap(
      (c) => pkToFk.get(c) ?? [],
    );
    return { loadOnlyChild: false, loadWithJoin: false, inExpr: inOf(pkCols), pkCols, childLookupCols: [] };
  }

  private byChild(lazy: LazyLoader): QueryInfo {
    const pkCols = this.mapper.primaryKey as unknown as readonly ColumnElement[];
    return {
      loadOnlyChild: true,
      loadWithJoin: false,
      inExpr: inOf(pkCols),
      pkCols,
      childLookupCols: pkCols.map((pk) => lazy._equatedColumns.get(pk) as ColumnElement),
    };
  }

  private withJoin(): QueryInfo {
    this.parentAlias = new AliasedClass(this.parent.class_);
    const insp = this.parentAlias._aliasedInsp;
    const pkCols = (this.parent.primaryKey as unknown as readonly ColumnElement[]).map((c) =>
      insp._adaptElement(c),
    );
    return { loadOnlyChild: false, loadWithJoin: true, inExpr: inOf(pkCols), pkCols, childLookupCols: [] };
  }

  override createRowProcessor(...args: RowProcessorArguments): void {
    const [context, entity, path, option] = args;
    if (context.refreshState) {
      this.immediately(...args);
      return;
    }
    const recursion = this.setupForRecursion(context, path, option, this.joinDepth);
    if (!recursion.run || !context.compileState.compileOptions._enableEagerloads) return;
    this.needPopulation();
    if (!this.appliesTo(path, entity)) return;
    const here = path.at(this.parentProperty as never) as PropRegistry;
    const target = here.get<InternalEntity>(context.attributes, "path_with_polymorphic") ?? this.entity;
    PostLoad.callableForPath(
      context,
      recursion.effectivePath,
      this.parent,
      this.parentProperty,
      (ctx, at, states, loadKeys) => {
        if (loadKeys && !loadKeys.has(this.key)) return;
        withCause("eager load", this.toString(), () => this.load(ctx, at, states, target, option, recursion));
      },
    );
  }

  private load(
    context: QueryContext,
    path: PathRegistry,
    states: readonly LoadedState[],
    target: InternalEntity,
    option: LoadOption | null,
    recursion: Recursion,
  ): void {
    let { info } = this;
    const byChild = new Map<unknown, { readonly key: readonly Value[]; readonly targets: Target[] }>();
    const none: Target[] = [];
    if (info.loadOnlyChild) {
      for (const [state, overwrite] of states) {
        const { dict } = state;
        const key = info.childLookupCols.map((c) =>
          this.parent._getStateAttrByColumn(state, dict, c as never, PASSIVE_NO_FETCH),
        );
        if (key.includes(PASSIVE_NO_RESULT)) {
          // The foreign key is not loaded: ask by the parents instead.
          info = this.fallback as QueryInfo;
          break;
        }
        const target = { state, dict, overwrite };
        if (key.includes(null)) none.push(target);
        else {
          const found = valueKey(key);
          const at = byChild.get(found);
          if (at) at.targets.push(target);
          else byChild.set(found, { key, targets: [target] });
        }
      }
    }
    const q = this.query(context, path, target, info, option, recursion);
    if (info.loadOnlyChild) this.viaChild(context, q, [...byChild.values()], none, recursion);
    else this.viaParent(context, q, states, recursion);
  }

  private query(
    context: QueryContext,
    path: PathRegistry,
    target: InternalEntity,
    info: QueryInfo,
    option: LoadOption | null,
    recursion: Recursion,
  ): Select {
    const prop = this.parentProperty;
    let { pkCols, inExpr } = info;
    if (!info.loadWithJoin && target.isAliasedClass) {
      pkCols = pkCols.map((c) => target._adaptElement(c));
      inExpr = target._adaptElement(inExpr);
    }
    let q = Select._createRawSelect({
      _rawColumns: [new Bundle("pk", pkCols).clauseElement() as never, target.clauseElement() as never],
      _labelStyle: LABEL_STYLE_TABLENAME_PLUS_COL,
      _compileOptions: defaultCompileOptions,
      _propagateAttrs: { compileStatePlugin: "orm", pluginSubject: target },
    });
    if (info.loadWithJoin) {
      const along = entityAttribute(this.parentAlias, prop.key) as QueryableAttribute;
      q = q.selectFrom([this.parentAlias]).join(along.ofType(target));
    } else q = q.selectFrom([target]);
    q = q.filter([inExpr.in_(bindparam("primary_keys"))]);

    const original = context.compileState.selectStatement;
    let effectivePath: PathRegistry = (path as AbstractEntityRegistry).at(prop as never);
    let options: readonly ExecutableOption[] = original._withOptions;
    if (original !== context.userPassedQuery) {
      const uncached = context.userPassedQuery._withOptions as readonly ORMOption[];
      options = (options as readonly ORMOption[])
        .slice(0, uncached.length)
        .map((o, i) => o._adaptCachedOptionToUncachedOption(context, uncached[i] as ORMOption));
    }
    if (option?._extraCriteria.length)
      options = [
        ...options,
        new LoaderCriteriaOption(target, (option as AttributeStrategyLoad)._generateExtraCriteria(context)),
      ];
    if (recursion.depth !== null) effectivePath = (effectivePath as PropRegistry)._truncateRecursive();
    q = q.options(options)._updateCompileOptions({ _currentPath: effectivePath });
    if (context.populateExisting)
      q = q.executionOptions(new Map<string, Value>([["populate_existing", true]]));
    if (prop.orderBy && prop.orderBy.length) {
      if (info.loadWithJoin) q = q._addContextOption(this.outermostOrderBy as never, tokenOf(prop));
      else
        q = q.orderBy(
          target.isAliasedClass ? prop.orderBy.map((e) => target._adaptElement(e)) : prop.orderBy,
        );
    }
    return q;
  }

  /** Rows of a key and an object. */
  private rows(
    context: QueryContext,
    q: Select,
    keys: readonly (readonly Value[])[],
    recursion: Recursion,
  ): Iterable<Row> {
    const values = keys.map((key) => (key.length === 1 ? key[0] : host.makeTuple(key)));
    const result = context.session.execute(q, host.makeDict([["primary_keys", host.makeList(values)]]), {
      executionOptions: recursion.executionOptions,
    }) as Rows;
    return result.unique();
  }

  private set({ state, dict, overwrite }: Target, value: Value): void {
    if (!overwrite && dict.has(this.key)) return;
    state.getImpl(this.key).setCommittedValue(state, dict, value);
  }

  private viaChild(
    context: QueryContext,
    q: Select,
    given: readonly { readonly key: readonly Value[]; readonly targets: readonly Target[] }[],
    none: readonly Target[],
    recursion: Recursion,
  ): void {
    const all = [...given].sort((a, b) => compareKeys(a.key, b.key));
    for (let i = 0; i < all.length; i += CHUNK) {
      const chunk = all.slice(i, i + CHUNK);
      const data = new Map<unknown, Value>();
      const keys = chunk.map((c) => c.key);
      for (const row of this.rows(context, q, keys, recursion))
        data.set(valueKey((row.get(0) as Row)._data), row.get(1));
      for (const { key, targets } of chunk) {
        const related = data.get(valueKey(key)) ?? null;
        for (const target of targets) this.set(target, this.uselist ? [related] : related);
      }
    }
    for (const target of none) this.set(target, null);
  }

  private viaParent(
    context: QueryContext,
    q: Select,
    states: readonly LoadedState[],
    recursion: Recursion,
  ): void {
    for (let i = 0; i < states.length; i += CHUNK) {
      const chunk = states.slice(i, i + CHUNK);
      const data = new Map<unknown, Value[]>();
      const keys = chunk.map(([s]) => s.key!.pk);
      for (const row of this.rows(context, q, keys, recursion)) {
        const key = valueKey((row.get(0) as Row)._data);
        const at = data.get(key);
        if (at) at.push(row.get(1));
        else data.set(key, [row.get(1)]);
      }
      for (const [state, overwrite] of chunk) {
        const { dict } = state;
        if (!overwrite && dict.has(this.key)) continue;
        const found = data.get(valueKey(state.key!.pk));
        if (!this.uselist && found && found.length > 1) this.warnMultiple();
        this.set({ state, dict, overwrite }, this.uselist ? (found ?? []) : (found?.[0] ?? null));
      }
    }
  }
}

function compareKeys(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length; i++) {
    const c = host.compare(a[i], b[i]);
    if (c) return c;
  }
  return 0;
}

registerRelationshipStrategy(SelectInLoader, { lazy: "selectin" });
