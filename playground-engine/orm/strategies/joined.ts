// Loads a relationship by a join in the same statement, or from a join the program made (contains_eager).
//
// Each join goes to an alias of its own. Inner joins below outer ones are put into the right side of those, so that no row is lost.
// Behaviour: SQLAlchemy orm/strategies.py (JoinedLoader).
import type { Result } from "../../engine/result.ts";
import { InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { findColumns, findLeftClauseThatMatchesGiven, type ColumnAdapter } from "../../sql/adapt.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { FromGrouping, type FromClause } from "../../sql/selectable/from-clause.ts";
import { Join } from "../../sql/selectable/join.ts";
import { host, type Value } from "../../util/host.ts";
import { UniqueAppender } from "../../util/identity.ts";
import { initStateCollection } from "../attributes/functions.ts";
import type { AttrDict } from "../face.ts";
import type { LoadedRow, Populators } from "../loading/populators.ts";
import { instanceProcessor } from "../loading/processor.ts";
import { setupEntityQuery, type SetupOptions } from "../loading/setup.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { LoadElement } from "../options/element.ts";
import type { AbstractEntityRegistry, PathAttributes, PathRegistry, PropRegistry } from "../path-registry.ts";
import type { LoadOption, StrategyKey } from "../props/strategized-property.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { ORMAdapter } from "../query/adapter.ts";
import { AliasedClass, type AliasedInsp } from "../query/aliased.ts";
import type { RowGetter } from "../query/bundle.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import type { MapperEntity, QueryEntity } from "../query/entities.ts";
import { entityAttribute, type InternalEntity } from "../query/entity.ts";
import { ORMJoin } from "../query/orm-join.ts";
import type { InstanceState } from "../state/state.ts";
import {
  AbstractRelationshipLoader,
  registerRelationshipStrategy,
  type RowProcessorArguments,
} from "./relationship-loader.ts";

type Columns = (ColumnElement | null)[];

/** What one joined load needs to make its join. */
interface Joining {
  readonly entity: MapperEntity;
  readonly path: PropRegistry;
  readonly adapter: ColumnAdapter | null;
  readonly parentmapper: Mapper | null;
  readonly clauses: ORMAdapter;
  readonly innerjoin: Value;
  readonly chainedFromOuterjoin: boolean;
  readonly extraCriteria: readonly ColumnElement[];
}

class JoinedLoader extends AbstractRelationshipLoader {
  private readonly joinDepth: number | null;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    this.joinDepth = parent.joinDepth;
  }

  override initClassAttribute(mapper: Mapper): void {
    this.initLazily(mapper);
  }

  override setupQuery(
    state: ORMCompileState,
    entity: QueryEntity,
    at: AbstractEntityRegistry,
    option: LoadOption | null,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
  ): void {
    if (!state.compileOptions._enableEagerloads) return;
    if (option && (state.statement as { readonly isDml?: boolean } | null)?.isDml)
      warnDeprecated(
        "The joinedload loader option is not compatible with DML statements such as INSERT, UPDATE.  Only SELECT may be used.This warning will become an exception in a future release. (deprecated since: 2.0)",
      );
    else if (this.uselist) state.multiRowEagerLoaders = true;
    const path = at.at(this.parentProperty as never) as PropRegistry;
    const mapperEntity = entity as MapperEntity;
    const given = option
      ? this.userDefinedAdapter(option as LoadElement, state, state.attributes)
      : undefined;
    let clauses: ColumnAdapter | null;
    let columns: Columns;
    let { chainedFromOuterjoin } = options;
    if (given !== undefined) {
      clauses = this.setupUserDefined(state, mapperEntity, path, given);
      columns = state.primaryColumns;
    } else {
      if (!path.contains(state.attributes, "loader")) {
        if (this.joinDepth) {
          if (path.length / 2 > this.joinDepth) return;
        } else if (path.containsMapper(this.mapper as never)) return;
      }
      const alias = this.adapterOf(state, path);
      clauses = alias;
      const innerjoin =
        (option?.localOpts.has("innerjoin")
          ? option.localOpts.get("innerjoin")
          : this.parentProperty.innerjoin) ?? false;
      if (!isTrue(innerjoin)) chainedFromOuterjoin = true;
      const joining: Joining = {
        entity: mapperEntity,
        path,
        adapter,
        parentmapper: options.parentmapper,
        clauses: alias,
        innerjoin,
        chainedFromOuterjoin,
        extraCriteria: option?._extraCriteria ?? [],
      };
      state.createEagerJoins.push(() => this.createEagerJoin(state, joining));
      columns = state.secondaryColumns;
      path.set(state.attributes, "eager_row_processor", alias);
      state.eagerAddingJoins = true;
    }
    const poly = path.get<InternalEntity>(state.attributes, "path_with_polymorphic");
    setupEntityQuery(state, this.mapper, entity, path.at(this.entity as never), clauses, columns, {
      withPolymorphic: poly?.withPolymorphicMappers ?? null,
      parentmapper: this.mapper,
      chainedFromOuterjoin,
    });
    if (!state.secondaryColumns.includes(null)) return;
    if (poly)
      throw new InvalidRequestError(
        "Detected unaliased columns when generating joined load.  Make sure to use aliased=True or flat=True when using joined loading with with_polymorphic().",
      );
    state.secondaryColumns = state.secondaryColumns.filter((c) => c !== null);
  }

  // -- contains_eager ------------------------------------------------------------------------------

  /** The adapter of a join the program made (null: none is needed); undefined where the option asks for a join of ours. */
  private userDefinedAdapter(
    option: LoadElement,
    state: ORMCompileState,
    attributes: PathAttributes,
  ): ColumnAdapter | null | undefined {
    if (!option.localOpts.has("eager_from_alias")) return undefined;
    const path = option.path.parent as PathRegistry;
    const known = path.get<ColumnAdapter | null>(state.attributes, "user_defined_eager_row_processor");
    if (known !== undefined) return known;
    const prop = path.path.at(-1) as unknown as RelationshipProperty;
    let alias = option.localOpts.get("eager_from_alias") as FromClause | string | null;
    let adapter: ColumnAdapter | null;
    if (alias !== null) {
      if (typeof alias === "string") alias = prop.target.alias(alias);
      adapter = new ORMAdapter(prop.mapper, {
        selectable: alias,
        equivalents: prop.mapper._equivalentColumns,
        limitOnEntity: false,
      });
    } else if (path.contains(state.attributes, "path_with_polymorphic")) {
      adapter = new ORMAdapter(
        path.get<InternalEntity>(state.attributes, "path_with_polymorphic") as InternalEntity,
        { equivalents: prop.mapper._equivalentColumns },
      );
    } else adapter = state._polymorphicAdapters.get(prop.mapper) ?? null;
    path.set(attributes, "user_defined_eager_row_processor", adapter);
    return adapter;
  }

  private setupUserDefined(
    state: ORMCompileState,
    entity: MapperEntity,
    path: PropRegistry,
    given: ColumnAdapter | null,
  ): ColumnAdapter | null {
    const adapter = entity._getEntityClauses(state);
    if (!adapter) return given;
    const made = given ? given.wrap(adapter) : adapter;
    path.set(state.attributes, "user_defined_eager_row_processor", made);
    return made;
  }

  // -- the join ---------------------------------------------------------------------------------------

  /** The alias this load joins to, and its adapter. */
  private adapterOf(state: ORMCompileState, path: PropRegistry): ORMAdapter {
    let insp = path.get<AliasedInsp>(state.attributes, "path_with_polymorphic");
    if (!insp) {
      const from = this.entity.isAliasedClass
        ? this.entity.selectable._anonymousFromclause({ flat: true })
        : null;
      insp = new AliasedClass(this.mapper, from, { flat: true, useMapperPath: true })._aliasedInsp;
    }
    const entity = insp;
    return entity._memo(
      this,
      "joinedloader",
      () =>
        new ORMAdapter(entity, {
          equivalents: this.mapper._equivalentColumns,
          adaptRequired: true,
          allowLabelResolve: false,
          anonymizeLabels: true,
        }),
    );
  }

  private createEagerJoin(state: ORMCompileState, joining: Joining): void {
    const { entity, path, adapter, parentmapper, clauses, innerjoin, chainedFromOuterjoin } = joining;
    const prop = this.parentProperty;
    const localparent = parentmapper ?? entity.mapper;
    let at: number | QueryEntity = entity;
    let wrapped: FromClause = entity.selectable;
    const nests = state.multiRowEagerLoaders && state._shouldNestSelectable;
    if (!state.eagerJoins.has(entity) && !nests && state.fromClauses.length) {
      const indexes = findLeftClauseThatMatchesGiven(state.fromClauses, entity.selectable);
      if (indexes.length > 1)
        throw new InvalidRequestError(
          "Can't identify which query entity in which to joined eager load from.   Please use an exact match when specifying the join path.",
        );
      if (indexes.length) {
        at = indexes[0] as number;
        wrapped = state.fromClauses[at] as FromClause;
      }
    }
    const towrap = state.eagerJoins.get(at) ?? wrapped;
    if (!state.eagerJoins.has(at)) state.eagerJoins.set(at, towrap);

    let onclause: unknown = prop;
    if (adapter) {
      const alias = adapter instanceof ORMAdapter ? adapter.aliasedInsp : null;
      const owner = alias
        ? alias._entityForMapper(localparent.isa(this.parent) ? localparent : this.parent).entity
        : new AliasedClass(this.parent, adapter.selectable as FromClause, { useMapperPath: true });
      onclause = entityAttribute(owner, this.key) ?? prop;
    }
    const outer = entity.entityZero.representsOuterJoin;
    const onOutside = !chainedFromOuterjoin || !isTrue(innerjoin) || innerjoin === "unnested" || outer;
    const criteria = [...joining.extraCriteria];
    for (const ae of state.globalAttributes.criteriaFor(this.mapper) ?? [])
      if (ae.propagateToLoaders) criteria.push(ae._resolveWhereCriteria(this.mapper));
    let join: ORMJoin;
    if (onOutside)
      join = new ORMJoin(
        towrap,
        clauses.aliasedInsp,
        onclause,
        !isTrue(innerjoin) || outer || (chainedFromOuterjoin && towrap instanceof Join),
        false,
        {
          leftMemo: this.parent,
          rightMemo: path.at(this.mapper as never),
          extraCriteria: criteria,
        },
      );
    else join = this.splice(path, towrap, clauses, onclause, criteria, false) as ORMJoin;
    state.eagerJoins.set(at, join);
    join.stopOn = entity.selectable;

    if (!parentmapper) {
      // The join's own columns must be in the inner statement where there is one.
      const table = localparent.persistSelectable as unknown as FromClause;
      for (const col of findColumns(prop.primaryjoin))
        if (table.c.containsColumn(col))
          state._appendDedupeColCollection(adapter ? adapter.columns.get(col) : col, state.primaryColumns);
    }
    if (prop.orderBy && prop.orderBy.length) {
      const target = join._targetAdapter as unknown as { copyAndProcess<T>(list: readonly T[]): T[] };
      state.eagerOrderBy = [...state.eagerOrderBy, ...target.copyAndProcess(prop.orderBy)];
    }
  }

  /**
   * Puts an inner join where the entity it starts from stands inside a tree of joins; null where that is not here. `inside`
   * is that entity's mapper at this place, false at the top.
   */
  private splice(
    path: PropRegistry,
    from: FromClause,
    clauses: ORMAdapter,
    onclause: unknown,
    criteria: readonly ColumnElement[],
    inside: InternalEntity | null | false,
    existing: PathRegistry | null = null,
  ): ORMJoin | null {
    if (from instanceof FromGrouping)
      return this.splice(path, from.element, clauses, onclause, criteria, inside);
    if (from instanceof ORMJoin) {
      const rightPath = from._rightMemo;
      const rightEntity = rightPath ? (rightPath.path.at(-1) as unknown as InternalEntity).mapper : null;
      let target = this.splice(path, from.right, clauses, onclause, criteria, rightEntity);
      let made: ORMJoin;
      if (target) {
        if (!from.isouter && !target.isouter) made = from._spliceIntoCenter(target);
        else
          made = new ORMJoin(from.left, target, from.onclause, from.isouter, false, {
            leftMemo: from._leftMemo,
          });
      } else {
        target = this.splice(path, from.left, clauses, onclause, criteria, from._leftMemo, rightPath);
        if (!target) {
          if (inside === false)
            throw host.error("AssertionError", "assertion failed attempting to produce joined eager loads");
          return null;
        }
        made = new ORMJoin(target, from.right, from.onclause, from.isouter, false, {
          rightMemo: from._rightMemo,
        });
      }
      made._targetAdapter = target._targetAdapter;
      return made;
    }
    const onto = path.path.at(-2) as unknown as InternalEntity;
    const ontoIsa = inside ? onto.mapper.isa(inside) || (onto as unknown) === inside : false;
    if (!ontoIsa) return null;
    if (existing && existing.length > 2) {
      const a = existing.path.slice(0, -2);
      const b = path.path.slice(0, -1);
      if (a.length !== b.length || !a.every((e, i) => e === b[i])) return null;
    }
    const last = path.path.at(-1) as unknown as RelationshipProperty;
    return new ORMJoin(from, clauses.aliasedInsp, onclause, false, false, {
      leftMemo: inside as InternalEntity,
      rightMemo: path.at(last.mapper as never),
      extraCriteria: criteria,
    });
  }

  // -- rows -----------------------------------------------------------------------------------------------

  /** What adapts the target's columns to this load's; undefined where the rows do not have them. */
  private eagerAdapter(
    context: QueryContext,
    result: Result,
    path: PropRegistry,
    option: LoadOption | null,
  ): ColumnAdapter | null | undefined {
    const state = context.compileState;
    let adapter = option
      ? this.userDefinedAdapter(option as LoadElement, state, context.attributes)
      : undefined;
    if (adapter !== undefined) {
      const compound = state.compoundEagerAdapter;
      if (compound) adapter = adapter ? adapter.wrap(compound) : compound;
    } else {
      adapter = path.get<ColumnAdapter>(state.attributes, "eager_row_processor");
      if (adapter === undefined) return undefined;
    }
    const found = adapter;
    const here = (this.mapper.primaryKey as unknown as readonly ColumnElement[]).every((c) => {
      const col = found ? found.columns.get(c) : c;
      return col !== null && result._metadata.hasKey(col);
    });
    return here ? found : undefined;
  }

  override createRowProcessor(...args: RowProcessorArguments): void {
    const [context, entity, at, option, , result, , populators] = args;
    if (!context.compileState.compileOptions._enableEagerloads) return;
    this.needPopulation();
    if (this.uselist) context.loadersRequireUniquing = true;
    const path = at.at(this.parentProperty as never) as PropRegistry;
    const adapter = this.eagerAdapter(context, result, path, option);
    if (adapter === undefined) {
      this.strategyOf("select").createRowProcessor(...args);
      return;
    }
    const read = instanceProcessor(
      entity,
      this.mapper,
      context,
      result,
      path.at(this.entity as never),
      adapter,
    );
    if (this.uselist) this.collectionLoader(context, read, populators);
    else this.scalarLoader(context, read, populators);
  }

  private collectionLoader(context: QueryContext, read: RowGetter, populators: Populators): void {
    const { key } = this;
    const start = (state: InstanceState, dict: AttrDict): UniqueAppender<Value> => {
      const adapter = initStateCollection(state, dict, key);
      const list = new UniqueAppender<Value>((item) => adapter.appendWithoutEvent(item));
      let of = context.eagerCollections.get(state);
      if (!of) context.eagerCollections.set(state, (of = new Map()));
      of.set(key, list);
      return list;
    };
    const add = (list: UniqueAppender<Value>, row: LoadedRow): void => {
      const item = read(row);
      if (item !== null) list.append(item);
    };
    populators.new.push([key, (state, dict, row) => add(start(state, dict), row)]);
    populators.existing.push([
      key,
      (state, dict, row) => add(context.eagerCollections.get(state)?.get(key) ?? start(state, dict), row),
    ]);
    if (context.invokeAllEagers) populators.eager.push([key, (_state, _dict, row) => void read(row)]);
  }

  private scalarLoader(context: QueryContext, read: RowGetter, populators: Populators): void {
    const { key } = this;
    populators.new.push([key, (_state, dict, row) => void dict.set(key, read(row))]);
    populators.existing.push([
      key,
      (_state, dict, row) => {
        const found = read(row);
        if (!dict.has(key)) dict.set(key, found);
        else if (found !== dict.get(key)) this.warnMultiple();
      },
    ]);
    if (context.invokeAllEagers) populators.eager.push([key, (_state, _dict, row) => void read(row)]);
  }
}

function isTrue(v: Value): boolean {
  return v === true || (typeof v === "string" && v.length > 0);
}

registerRelationshipStrategy(JoinedLoader, { lazy: "joined" }, { lazy: false });
