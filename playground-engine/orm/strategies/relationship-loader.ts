// What strategies for relationships have in common; those that load nothing.
// Behaviour: SQLAlchemy orm/strategies.py (AbstractRelationshipLoader, PostLoader, NoLoader, DoNothingLoader).
import { CollectionAttributeImpl } from "../attributes/collection.ts";
import type { Result } from "../../engine/result.ts";
import { InvalidRequestError, warn } from "../../errors/index.ts";
import type { ColumnAdapter } from "../../sql/adapt.ts";
import { tokenOf } from "../../sql/cache-key.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Value } from "../../util/host.ts";
import { initStateCollection } from "../attributes/functions.ts";
import type { Populators } from "../loading/populators.ts";
import { PostLoad } from "../loading/post-load.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry, PathRegistry, PropRegistry } from "../path-registry.ts";
import {
  LoaderStrategy,
  registerStrategy,
  strategyKey,
  type LoadOption,
  type StrategyKey,
  type StrategyOptions,
} from "../props/strategized-property.ts";
import { RelationshipProperty } from "../props/relationship.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";
import { entityIsa, type InternalEntity } from "../query/entity.ts";
import { registerAttribute } from "./register.ts";

/** The arguments of createRowProcessor, to be passed on. */
export type RowProcessorArguments = [
  context: QueryContext,
  entity: QueryEntity,
  path: AbstractEntityRegistry,
  option: LoadOption | null,
  mapper: Mapper,
  result: Result,
  adapter: ColumnAdapter | null,
  populators: Populators,
];

export function registerRelationshipStrategy(strategy: object, ...options: readonly StrategyOptions[]): void {
  for (const o of options) registerStrategy(RelationshipProperty, o, strategy as never);
}

export abstract class AbstractRelationshipLoader extends LoaderStrategy<RelationshipProperty> {
  readonly mapper: Mapper;
  readonly entity: InternalEntity;
  readonly target: FromClause;
  readonly uselist: boolean;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    this.mapper = parent.mapper;
    this.entity = parent.entity as never as InternalEntity;
    this.target = parent.target;
    this.uselist = parent.uselist;
  }

  protected get collectionClass(): Value {
    const { collectionClass } = this.parentProperty;
    return collectionClass === null ? undefined : collectionClass;
  }

  protected strategyOf(lazy: string): LoaderStrategy {
    return this.parentProperty._getStrategy(strategyKey({ lazy }));
  }

  /** The class attribute is that of the lazy loader. */
  protected initLazily(mapper: Mapper): void {
    this.strategyOf("select").initClassAttribute(mapper);
  }

  /** One object is refreshed: its relationship is loaded at once. */
  protected immediately(...args: RowProcessorArguments): void {
    this.strategyOf("immediate").createRowProcessor(...args);
  }

  /** Throws InvalidRequestError for write-only and dynamic relationships. */
  protected needPopulation(): void {
    if (!this.parent.classManager.getImpl(this.key).supportsPopulation)
      throw new InvalidRequestError(
        `'${this.toString()}' does not support object population - eager loading cannot be applied.`,
      );
  }

  protected warnMultiple(): void {
    warn(`Multiple rows returned with uselist=False for eagerly-loaded attribute '${this.toString()}' `);
  }
}

/** Where and how a load after the rows is to run. */
export interface Recursion {
  readonly effectivePath: PathRegistry;
  readonly run: boolean;
  readonly executionOptions: ReadonlyMap<string, Value>;
  readonly depth: number | null;
}

/** Loads for many objects at once, when their rows are read. */
export abstract class PostLoader extends AbstractRelationshipLoader {
  protected readonly joinDepth: number | null;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    this.joinDepth = parent.joinDepth;
  }

  override initClassAttribute(mapper: Mapper): void {
    this.initLazily(mapper);
  }

  /** Whether to go on: an eager load by mapping ends where it would come round again. */
  protected setupForRecursion(
    context: QueryContext,
    path: AbstractEntityRegistry,
    option: LoadOption | null,
    joinDepth: number | null,
  ): Recursion {
    const { currentPath } = context.compileState;
    const effectivePath = currentPath.length ? currentPath.plus(path) : path;
    const executionOptions = new Map<string, Value>([["sa_top_level_orm_context", context._topLevel]]);
    let depth = (option?.localOpts.get("recursion_depth") as number | null | undefined) ?? null;
    const answer = (run: boolean): Recursion => ({ effectivePath, run, executionOptions, depth });
    if (depth !== null) {
      if (!this.parentProperty._isSelfReferential)
        throw new InvalidRequestError(
          `recursion_depth option on relationship ${this.parentProperty.toString()} not valid for non-self-referential relationship`,
        );
      const unlimited = depth === -1;
      const key = `_recursion_depth_${tokenOf(this)}`;
      depth = (context.executionOptions.get(key) as number | undefined) ?? depth;
      if (!unlimited && depth < 0) return answer(false);
      if (!unlimited) executionOptions.set(key, depth - 1);
    }
    if (PostLoad.pathExists(context, effectivePath, this.parentProperty)) return answer(false);
    const here = path.at(this.parentProperty as never) as PropRegistry;
    const effective = (effectivePath as AbstractEntityRegistry).at(this.parentProperty as never);
    if (!here.contains(context.attributes, "loader")) {
      if (joinDepth) {
        if (effective.length / 2 > joinDepth) return answer(false);
      } else if (effective.containsMapper(this.mapper as never)) return answer(false);
    }
    return answer(true);
  }

  /** Whether the entity at the path has this relationship. */
  protected appliesTo(path: AbstractEntityRegistry, entity: QueryEntity): boolean {
    if (path.length === 1) return entityIsa(entity.entityZero as InternalEntity, this.parent);
    const at = path.path.at(-1) as unknown as InternalEntity;
    return entityIsa(at, this.parent) || this.parent.isa(at.mapper);
  }
}

class DoNothingLoader extends LoaderStrategy<RelationshipProperty> {}

class NoLoader extends AbstractRelationshipLoader {
  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    registerAttribute(this.parentProperty, mapper, { typecallable: this.collectionClass });
  }

  override createRowProcessor(...[, , , , , , , populators]: RowProcessorArguments): void {
    const { key } = this;
    populators.new.push([
      key,
      (state, dict) => {
        // a dynamic or write-only attribute keeps nothing that could be empty
        if (!(state.manager.getImpl(key) instanceof CollectionAttributeImpl) && this.uselist) return;
        if (this.uselist) initStateCollection(state, dict, key);
        else dict.set(key, null);
      },
    ]);
  }
}

registerRelationshipStrategy(DoNothingLoader, { do_nothing: true });
registerRelationshipStrategy(NoLoader, { lazy: "noload" }, { lazy: null });
