// Loads a relationship by the original query once more, as a subquery that the children are joined to.
// Behaviour: SQLAlchemy orm/strategies.py (SubqueryLoader).
import { withCause } from "../../engine/trace.ts";
import { warnDeprecated } from "../../errors/index.ts";
import { expandColumnListFromOrderBy } from "../../sql/adapt.ts";
import { tokenOf } from "../../sql/cache-key.ts";
import { expect } from "../../sql/coercions.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { host, type Value } from "../../util/host.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AttributeStrategyLoad } from "../options/element.ts";
import { PathRegistry, type AbstractEntityRegistry } from "../path-registry.ts";
import type { LoadOption, StrategyKey } from "../props/strategized-property.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { AliasedClass } from "../query/aliased.ts";
import type { ORMCompileState, ORMStatement } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import { LoaderCriteriaOption } from "../query/criteria.ts";
import { EntitiesState } from "../query/entities-state.ts";
import type { QueryEntity } from "../query/entities.ts";
import { entityAttribute, type InternalEntity } from "../query/entity.ts";
import { FromStatement } from "../query/from-statement.ts";
import { mergeOptions } from "../query/load-options.ts";
import { Query } from "../query/query.ts";
import {
  PostLoader,
  registerRelationshipStrategy,
  type RowProcessorArguments,
} from "./relationship-loader.ts";
import { valueKey } from "./value-key.ts";

const ORIGINAL = "(orig_query, SubqueryLoader)";
const PATHS = "(subquery_paths, None)";

type Entity = AliasedClass | object;

/** The children by their parents' keys, loaded when the first parent is there. */
class SubqueryCollections {
  private data: Map<unknown, Value[]> | null = null;
  private readonly query: Query;
  private readonly context: QueryContext;
  private readonly subject: string;

  constructor(context: QueryContext, query: Query, subject: string) {
    this.context = context;
    this.query = query;
    this.subject = subject;
  }

  get(key: readonly Value[]): Value[] | undefined {
    return this.load().get(valueKey(key));
  }

  load(): Map<unknown, Value[]> {
    if (this.data) return this.data;
    const data = (this.data = new Map<unknown, Value[]>());
    let q: Query = this.query.withSession(this.context.session);
    if (this.context.loadOptions._populateExisting) q = q.populateExisting();
    if (this.context.params !== null && host.isTrue(this.context.params)) q = q.params(this.context.params);
    withCause("eager load", this.subject, () => {
      for (const row of q.all()) {
        const [item, ...key] = [...(row as Iterable<Value>)];
        const parent = valueKey(key);
        const at = data.get(parent);
        if (at) at.push(item);
        else data.set(parent, [item]);
      }
    });
    return data;
  }
}

class SubqueryLoader extends PostLoader {
  private readonly outermostOrderBy: (state: unknown) => void;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    this.outermostOrderBy = (state) => {
      const s = state as ORMCompileState;
      if (parent.orderBy) s.eagerOrderBy = [...s.eagerOrderBy, ...parent.orderBy];
    };
  }

  override createRowProcessor(...args: RowProcessorArguments): void {
    const [context, entity, path, option, , result, adapter, populators] = args;
    if (option && (context.compileState.statement as { readonly isDml?: boolean } | null)?.isDml)
      warnDeprecated(
        "The subqueryload loader option is not compatible with DML statements such as INSERT, UPDATE.  Only SELECT may be used.This warning will become an exception in a future release. (deprecated since: 2.0)",
      );
    if (context.refreshState) {
      this.immediately(...args);
      return;
    }
    if (
      !this.setupForRecursion(context, path, option, this.joinDepth).run ||
      !context.compileState.isSelectState
    )
      return;
    this.needPopulation();
    if (!this.appliesTo(path, entity)) return;
    const query = this.setupQueryFor(context, entity, path, option);
    if (!query) return;
    const here = path.at(this.parentProperty as never);
    let collections = here.get<SubqueryCollections>(context.attributes, "collections");
    if (!collections)
      here.set(
        context.attributes,
        "collections",
        (collections = new SubqueryCollections(context, query, this.toString())),
      );
    const of = collections;
    const { key } = this;
    const local = [...this.parentProperty.localColumns];
    const keyOf = result._tupleGetter(adapter ? local.map((c) => adapter.columns.get(c)) : local);
    const load: (typeof populators.new)[number][1] = (state, dict, row) => {
      const found = of.get(keyOf(row));
      if (!this.uselist && found && found.length > 1) this.warnMultiple();
      state.getImpl(key).setCommittedValue(state, dict, this.uselist ? (found ?? []) : (found?.[0] ?? null));
    };
    populators.new.push([key, load]);
    populators.existing.push([key, (state, dict, row) => void (dict.has(key) || load(state, dict, row))]);
    if (context.invokeAllEagers) populators.eager.push([key, () => void of.load()]);
  }

  private setupQueryFor(
    context: QueryContext,
    entity: QueryEntity,
    at: AbstractEntityRegistry,
    option: LoadOption | null,
  ): Query | null {
    const state = context.compileState;
    if (!state.compileOptions._enableEagerloads || state.compileOptions._forRefreshState) return null;
    context.loadersRequireBuffering = true;
    const path = at.at(this.parentProperty as never);
    const target = path.get<InternalEntity>(state.attributes, "path_with_polymorphic") ?? this.entity;
    const [givenPath, givenRewritten] = (context.query._executionOptions.get(PATHS) as
      readonly [PathRegistry, PathRegistry] | undefined) ?? [PathRegistry.root, PathRegistry.root];
    const isRoot = givenPath === (PathRegistry.root as PathRegistry);
    const subqPath = givenPath.plus(path);
    const original =
      (context.query._executionOptions.get(ORIGINAL) as ORMStatement | undefined) ?? context.query;
    const originalState = new EntitiesState(original as never, false);
    const index = state._entities.indexOf(entity);
    const leftmost = this.leftmost(index, givenRewritten.plus(path), originalState, isRoot);
    const leftAlias = this.fromOriginal(originalState, original, leftmost);

    let q: Query = new Query([target]);
    q._executionOptions = mergeOptions(
      context.query._executionOptions,
      context.executionOptions,
      new Map<string, Value>([
        [ORIGINAL, original],
        [PATHS, [subqPath, leftmost.path]],
      ]),
    );
    q = q._setEnableSingleCrit(false);
    const joins = this.joinsAlong(leftAlias, subqPath);
    q = q.addColumns(
      [...this.parentProperty.localColumns].map((c) =>
        entityAttribute(joins.parentAlias, this.parent._columntoproperty.need(c).key),
      ),
    );
    for (const attr of this.attributesToJoin(joins.steps, leftAlias, joins.parentAlias, target))
      q = q.join(attr);
    let options = original._withOptions;
    if (option?._extraCriteria.length)
      options = [
        ...options,
        new LoaderCriteriaOption(target, (option as AttributeStrategyLoad)._generateExtraCriteria(context)),
      ];
    q = q._withCurrentPath(leftmost.path).options(options);
    return this.parentProperty.orderBy && this.parentProperty.orderBy.length
      ? q._addContextOption(this.outermostOrderBy as never, tokenOf(this.parentProperty))
      : q;
  }

  /** Where the load tree begins: mapper, relationship, the attributes that lead on, and the path in terms of the query's entity. */
  private leftmost(
    index: number,
    given: PathRegistry,
    originalState: ORMCompileState,
    isRoot: boolean,
  ): {
    readonly mapper: Mapper;
    readonly prop: RelationshipProperty;
    readonly attributes: Value[];
    readonly path: PathRegistry;
  } {
    const subqMapper = (given.path[0] as unknown as InternalEntity).mapper;
    const first = given.path[1] as unknown as RelationshipProperty;
    const own = this.parent.isa(subqMapper) && this.parentProperty === first;
    const mapper = own ? this.parent : subqMapper;
    const prop = own ? this.parentProperty : first;
    let path = given;
    if (isRoot) {
      path = (originalState._entities[index]!.entityZero as InternalEntity)._pathRegistry.at(prop as never);
      const additional = given.length - path.length;
      if (additional) path = PathRegistry.coerce([...path.path, ...given.path.slice(-additional)]);
    }
    const entity = (path.path[0] as unknown as InternalEntity).entity;
    const attributes = [...prop.localColumns].map((c) =>
      entityAttribute(entity, mapper._columntoproperty.need(c).key),
    );
    return { mapper, prop, attributes, path };
  }

  /** The original query, reduced to the keys, as an alias of the first mapper. */
  private fromOriginal(
    originalState: ORMCompileState,
    original: ORMStatement,
    leftmost: {
      readonly mapper: Mapper;
      readonly prop: RelationshipProperty;
      readonly attributes: readonly Value[];
    },
  ): AliasedClass {
    const select = (original instanceof FromStatement
      ? original
      : (original as never as Select).correlate([null])) as never as Record<string, unknown>;
    let q = new Query([]);
    for (const key of Object.keys(q))
      if (
        select[key] !== undefined &&
        key !== "session" &&
        key !== "loadOptions" &&
        key !== "_compileOptions"
      )
        (q as unknown as Record<string, unknown>)[key] = select[key];
    for (const key of [
      "_setupJoins",
      "_whereCriteria",
      "_havingCriteria",
      "_fromObj",
      "_distinct",
      "_distinctOn",
      "_memoizedSelectEntities",
      "_autoCorrelate",
      "_correlate",
    ])
      if (select[key] !== undefined) (q as unknown as Record<string, unknown>)[key] = select[key];
    if (select["_compileOptions"] !== undefined)
      q._compileOptions = q._compileOptions.safeMerge(select["_compileOptions"] as never);
    if (!q._fromObj.length) {
      const entities = new Set(
        originalState._entities.map((e) => e.entityZero?.entity).filter((e) => e !== undefined && e !== null),
      );
      q._setSelectFrom([...entities], false);
    }
    const targets = originalState._adaptColList(
      leftmost.attributes.map((a) => expect(roles.ColumnsClauseRole, a)),
      originalState._getCurrentAdapter(),
    ) as readonly ColumnElement[];
    q._rawColumns = targets;
    const { distinctTargetKey } = leftmost.prop;
    if (distinctTargetKey === true) q._distinct = true;
    else if (distinctTargetKey === null) {
      const have = new ElementSet<ColumnElement>(targets);
      const tables = new ElementSet<FromClause>(
        targets.map((c) => (c as unknown as { readonly table: FromClause }).table),
      );
      for (const t of tables) if (![...t.primaryKey].every((c) => have.has(c))) q._distinct = true;
    }
    if (q._limitClause === null && q._offsetClause === null) q._orderByClauses = [];
    if (q._distinct && q._orderByClauses.length) {
      const add = expandColumnListFromOrderBy(targets, q._orderByClauses);
      if (add.length) q._setEntities([...targets, ...add]);
    }
    q = q.setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
    return new AliasedClass(leftmost.mapper, q.subquery(), { useMapperPath: true });
  }

  private joinsAlong(
    leftAlias: AliasedClass,
    path: PathRegistry,
  ): { readonly steps: readonly (readonly [InternalEntity, string])[]; readonly parentAlias: Entity } {
    const pairs = [...path.pairs()] as unknown as (readonly [InternalEntity, RelationshipProperty])[];
    const steps = pairs.map(([entity, prop], i): readonly [InternalEntity, string] => {
      if (i === 0) return [entity, prop.key];
      const previous = (pairs[i - 1] as readonly [InternalEntity, RelationshipProperty])[1].mapper;
      return [previous.isa(entity) ? previous : entity, prop.key];
    });
    if (steps.length < 2) return { steps, parentAlias: leftAlias };
    const last = steps.at(-1)![0];
    return {
      steps,
      parentAlias: last.isAliasedClass
        ? last.entity
        : new AliasedClass(last.entity, null, { useMapperPath: true }),
    };
  }

  private attributesToJoin(
    steps: readonly (readonly [InternalEntity, string])[],
    leftAlias: AliasedClass,
    parentAlias: Entity,
    target: InternalEntity,
  ): Value[] {
    const attr = (entity: Entity, key: string): QueryableAttribute =>
      entityAttribute(entity, key) as QueryableAttribute;
    const first = attr(leftAlias, steps[0]![1]);
    const last = steps.at(-1)![1];
    if (steps.length === 1) return [first.ofType(target)];
    if (steps.length === 2) return [first.ofType(parentAlias), attr(parentAlias, last).ofType(target)];
    const middle = steps
      .slice(1, -1)
      .map(
        ([entity, key]) => [entity.isAliasedClass ? entity.entity : new AliasedClass(entity), key] as const,
      );
    const inner = middle.map(([entity, key], i) =>
      attr(entity, key).ofType(middle[i + 1]?.[0] ?? parentAlias),
    );
    return [
      first.ofType((inner[0] as QueryableAttribute).parent),
      ...inner,
      attr(parentAlias, last).ofType(target),
    ];
  }
}

registerRelationshipStrategy(SubqueryLoader, { lazy: "subquery" });
