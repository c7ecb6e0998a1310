// What an ORM statement carries besides its text: how objects are loaded (not part of the cache key), how it is compiled
// (part of it), what an UPDATE or DELETE does to the session, what an INSERT does.
//
// All are immutable: `plus()` makes a changed copy. Behaviour: SQLAlchemy orm/context.py, orm/bulk_persistence.py.
import { CacheableOptions, NO_EXECUTION_OPTIONS, Options, type ExecutionOptions } from "../../sql/base.ts";
import type { TraverseSpec } from "../../sql/traverse-spec.ts";
import type { Value } from "../../util/host.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { PathRegistry } from "../path-registry.ts";
import type { InstanceState } from "../state/state.ts";
import type { QueryContext } from "./context.ts";

/** How rows become objects: `QueryContext.default_load_options` and what is derived from it. */
export class ORMLoadOptions extends Options {
  _onlyReturnTuples = false;
  _populateExisting = false;
  _versionCheck = false;
  _invokeAllEagers = true;
  _autoflush = true;
  _identityToken: Value = null;
  _yieldPer: number | null = null;
  _refreshState: InstanceState | null = null;
  _lazyLoadedFrom: InstanceState | null = null;
  _legacyUniquing = false;
  _saTopLevelOrmContext: QueryContext | null = null;
  _isUserRefresh = false;
}
export const defaultLoadOptions = new ORMLoadOptions();

/** The load options among a statement's execution options. */
export const loadOptionsOf = (options: ExecutionOptions): ORMLoadOptions =>
  (options.get("_sa_orm_load_options") as ORMLoadOptions | undefined) ?? defaultLoadOptions;

/** How a SELECT of entities is compiled: `ORMCompileState.default_compile_options` and what is derived from it. */
export class ORMCompileOptions extends CacheableOptions {
  static override readonly traverse: TraverseSpec = [
    ["_useLegacyQueryStyle", "boolean"],
    ["_forStatement", "boolean"],
    ["_bakeOk", "boolean"],
    ["_currentPath", "cache-key"],
    ["_enableSingleCrit", "boolean"],
    ["_enableEagerloads", "boolean"],
    ["_onlyLoadProps", "plain"],
    ["_setBaseAlias", "boolean"],
    ["_forRefreshState", "boolean"],
    ["_renderForSubquery", "boolean"],
    ["_isStar", "boolean"],
  ];
  _useLegacyQueryStyle = false;
  _forStatement = false;
  _bakeOk = true;
  _currentPath: PathRegistry = PathRegistry.root;
  _enableSingleCrit = true;
  _enableEagerloads = true;
  _onlyLoadProps: ReadonlySet<string> | null = null;
  _setBaseAlias = false;
  _forRefreshState = false;
  _renderForSubquery = false;
  _isStar = false;
}
export const defaultCompileOptions = new ORMCompileOptions();

/** The ORM's compile options of a statement: those it has, or the default where it has Core's. */
export function compileOptionsOf(statement: { readonly _compileOptions: unknown }): ORMCompileOptions {
  return statement._compileOptions instanceof ORMCompileOptions
    ? statement._compileOptions
    : defaultCompileOptions;
}

export type SynchronizeSession = "auto" | "evaluate" | "fetch" | false | null;

/** ORM-enabled UPDATE and DELETE: `BulkUDCompileState.default_update_options`. */
export class ORMUpdateOptions extends Options {
  _dmlStrategy = "auto";
  _synchronizeSession: SynchronizeSession = "auto";
  _canUseReturning: boolean | null = false;
  _isDeleteUsing = false;
  _isUpdateFrom = false;
  _autoflush = true;
  _subjectMapper: Mapper | null = null;
  _evalCondition: ((obj: object) => unknown) | null = null;
  _matchedRows: readonly Iterable<Value>[] = [];
  _identityToken: Value = null;
  _populateExisting = false;
}
export const defaultUpdateOptions = new ORMUpdateOptions();

/** ORM-enabled INSERT: `BulkORMInsert.default_insert_options`. */
export class ORMInsertOptions extends Options {
  _dmlStrategy = "auto";
  _renderNulls = false;
  _returnDefaults = false;
  _subjectMapper: Mapper | null = null;
  _autoflush = true;
  _populateExisting = false;
}
export const defaultInsertOptions = new ORMInsertOptions();

/** Rows go to the ORM by the compiled statement's own columns. */
export const ORM_LOAD_EXEC_OPTIONS: ExecutionOptions = new Map<string, Value>([
  ["_result_disable_adapt_to_context", true],
]);

/** Execution options, later ones before earlier ones. */
export function mergeOptions(...options: readonly (ExecutionOptions | null | undefined)[]): ExecutionOptions {
  const given = options.filter((o) => o != null && o.size > 0) as ExecutionOptions[];
  if (given.length < 2) return given[0] ?? NO_EXECUTION_OPTIONS;
  return new Map(given.flatMap((o) => [...o]));
}
