// What the lower parts of the ORM call in the higher ones: filled in by each module as it loads, read inside functions only.
//
// State, attributes and session sit below mapping, loading and query, yet a session loads and an expired attribute
// refreshes. The functions are named after SQLAlchemy's, which imports these modules late as well (util.preload_module).
import type { Value } from "../util/host.ts";
import type { ClassRef, Instance } from "./face.ts";
import type { PassiveFlag } from "./flags.ts";
import type { Session } from "./session/session.ts";
import type { MapperContract } from "./state/contracts.ts";
import type { IdentityKey } from "./state/identity-key.ts";
import type { InstanceState } from "./state/state.ts";

/** How `load_on_ident` and `load_on_pk_identity` are called: SQLAlchemy's keyword arguments. */
export interface LoadOptions {
  readonly loadOptions?: unknown;
  readonly refreshState?: InstanceState;
  readonly withForUpdate?: unknown;
  readonly onlyLoadProps?: readonly string[] | null;
  readonly identityToken?: Value;
  readonly noAutoflush?: boolean;
  readonly bindArguments?: Map<string, Value>;
  readonly executionOptions?: Map<string, Value>;
  readonly requirePkCols?: boolean;
  readonly isUserRefresh?: boolean;
}

export interface OrmLate {
  // loading (orm/loading)
  loadOnIdent(
    session: Session,
    statement: unknown,
    key: IdentityKey | null,
    options: LoadOptions,
  ): Instance | null;
  loadOnPkIdentity(
    session: Session,
    statement: unknown,
    primaryKeyIdentity: readonly Value[] | null,
    options: LoadOptions,
  ): Instance | null;
  getFromIdentity(session: Session, mapper: MapperContract, key: IdentityKey, passive: PassiveFlag): Value;
  /** `QueryContext.default_load_options`, with populate_existing where asked. */
  loadOptions(options: { populateExisting?: boolean }): unknown;
  /** `BulkUDCompileState.default_update_options` */
  updateOptions(): unknown;

  // query (orm/query)
  /** A legacy Query over these entities. */
  makeQuery(entities: readonly Value[], session: Session): unknown;
  /** Mappers of the entities a SELECT names (`column_descriptions`), each once. */
  mappersOfStatement(statement: unknown): MapperContract[];
  /** A SELECT's compile options where they are the ORM's (`ORMCompileState.default_compile_options` or derived), else null. */
  ormCompileOptions(statement: unknown): unknown;
  /** `PathRegistry.root` */
  rootPath(): unknown;

  /** A Bundle of these expressions whose rows are made into one value: CompositeProperty.CompositeBundle. */
  makeBundle(name: string, expressions: readonly Value[], make: (values: readonly Value[]) => Value): unknown;
  /** ORMAdapter of a mapper's polymorphic selectable, with equivalents, not limited to the entity. */
  polymorphicAdapter(mapper: MapperContract): unknown;
  /** `load_scalar_attributes(mapper, state, attribute_names, passive)` */
  loadScalarAttributes(
    mapper: MapperContract,
    state: InstanceState,
    attributeNames: readonly string[],
    passive: PassiveFlag,
  ): void;
  /** `Load(entity)` with `_set_generic_strategy` for each attribute: `[key, strategy options or null for do_nothing]`. */
  subclassLoadOption(
    entity: unknown,
    attributes: readonly (readonly [key: string, strategyKey: string | null])[],
  ): unknown;

  // mapping (orm/mapping)
  /** The mapper of a class, or a mapper itself. Throws UnmappedClassError. */
  classToMapper(v: Value): MapperContract;
  /** `configure_mappers()` */
  configureMappers(): void;
  /** The mapper class's own event target, for `event.listen(Mapper, …)`. */
  isMapperClass(target: Value): boolean;
  /** A composite class's getter of its column values; undefined for any other value. */
  compositeValues(v: Value): readonly Value[] | undefined;
  /** `identity_key(…)` of orm/util. */
  identityKey(
    cls: ClassRef | null,
    ident: Value,
    options: { instance?: Value; row?: Value; identityToken?: Value },
  ): IdentityKey;
}

const missing = (name: string) => (): never => {
  throw new Error(`orm/late.ts: ${name} is not filled in: import orm/index.ts`);
};

export const late: OrmLate = {
  loadOnIdent: missing("loadOnIdent"),
  loadOnPkIdentity: missing("loadOnPkIdentity"),
  getFromIdentity: missing("getFromIdentity"),
  loadOptions: missing("loadOptions"),
  updateOptions: missing("updateOptions"),
  makeQuery: missing("makeQuery"),
  mappersOfStatement: missing("mappersOfStatement"),
  ormCompileOptions: () => null,
  rootPath: () => undefined,
  makeBundle: missing("makeBundle"),
  polymorphicAdapter: missing("polymorphicAdapter"),
  loadScalarAttributes: missing("loadScalarAttributes"),
  subclassLoadOption: missing("subclassLoadOption"),
  classToMapper: missing("classToMapper"),
  configureMappers: () => undefined,
  isMapperClass: () => false,
  compositeValues: () => undefined,
  identityKey: missing("identityKey"),
};
