// Adds an entity's columns to a statement. Behaviour: SQLAlchemy orm/loading.py (_setup_entity_query).
import type { ColumnAdapter } from "../../sql/adapt.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { DEFER_FOR_STATE, RAISE_FOR_STATE, SET_DEFERRED_EXPIRED } from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry } from "../path-registry.ts";
import type { MapperProperty } from "../props/property.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryEntity } from "../query/entities.ts";

/** The column a property is read from, or what takes the place of reading it. */
export type MemoizedSetup =
  ColumnElement | typeof DEFER_FOR_STATE | typeof SET_DEFERRED_EXPIRED | typeof RAISE_FOR_STATE;
export type MemoizedSetups = Map<MapperProperty, MemoizedSetup>;

/** What a strategy's setupQuery is told. */
export interface SetupOptions {
  readonly onlyLoadProps: ReadonlySet<string> | null;
  readonly columnCollection: (ColumnElement | null)[];
  readonly memoizedPopulators: MemoizedSetups;
  readonly checkForAdapt: boolean;
  /** In an eager load: the mapper it starts from, and whether an outer join is before it. */
  readonly parentmapper: Mapper | null;
  readonly chainedFromOuterjoin: boolean;
}

export interface EntitySetup {
  readonly withPolymorphic?: readonly Mapper[] | null;
  readonly onlyLoadProps?: ReadonlySet<string> | null;
  readonly polymorphicDiscriminator?: ColumnElement | null;
  readonly parentmapper?: Mapper | null;
  readonly chainedFromOuterjoin?: boolean;
}

export function setupEntityQuery(
  state: ORMCompileState,
  mapper: Mapper,
  entity: QueryEntity,
  path: AbstractEntityRegistry,
  adapter: ColumnAdapter | null,
  columns: (ColumnElement | null)[],
  given: EntitySetup = {},
): void {
  const { withPolymorphic, onlyLoadProps = null, polymorphicDiscriminator = null } = given;
  const props = withPolymorphic?.length
    ? mapper._iteratePolymorphicProperties(withPolymorphic)
    : mapper._polymorphicProperties;
  const memoizedPopulators: MemoizedSetups = new Map();
  path.set(state.attributes, "memoized_setups", memoizedPopulators);
  const options: SetupOptions = {
    onlyLoadProps,
    columnCollection: columns,
    memoizedPopulators,
    checkForAdapt: adapter !== null && path.length === 1 && path.isAliasedClass,
    parentmapper: given.parentmapper ?? null,
    chainedFromOuterjoin: given.chainedFromOuterjoin ?? false,
  };
  for (const prop of props) {
    if (onlyLoadProps?.size && !onlyLoadProps.has(prop.key)) continue;
    prop.setup(state, entity, path, adapter, options);
  }
  if (polymorphicDiscriminator === null || polymorphicDiscriminator === mapper.polymorphicOn) return;
  columns.push(adapter ? adapter.columns.get(polymorphicDiscriminator) : polymorphicDiscriminator);
}
