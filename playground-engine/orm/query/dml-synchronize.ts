// What an UPDATE or DELETE of entities does to the objects of the session: found by working out its criteria on them, or by
// asking which rows it meets. Behaviour: SQLAlchemy orm/bulk_persistence.py (BulkUDCompileState).
import type { CursorResult } from "../../engine/cursor-result.ts";
import { nullResult } from "../../engine/result.ts";
import { ArgumentError, InvalidRequestError } from "../../errors/index.ts";
import type { ExecutionOptions } from "../../sql/base.ts";
import { expect } from "../../sql/coercions.ts";
import { select } from "../../sql/constructors.ts";
import type { Delete, Update } from "../../sql/dml.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { isColumnElement } from "../../sql/elements/column.ts";
import { reprOf } from "../../sql/repr.ts";
import * as roles from "../../sql/roles.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type AttrDict, type Instance } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { CriteriaOption } from "../options/orm-option.ts";
import type { BindArguments, ORMExecuteState, PreSessionExec } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { InstanceState } from "../state/state.ts";
import type { InternalEntity } from "./entity.ts";
import { EXPIRED_OBJECT, EvaluatorCompiler, UnevaluatableError, type Evaluator } from "./evaluator.ts";
import { GlobalAttributes } from "./global-attributes.ts";
import {
  mergeOptions,
  ORM_LOAD_EXEC_OPTIONS,
  ORMUpdateOptions,
  type SynchronizeSession,
} from "./load-options.ts";
import { bindTo } from "./session-exec.ts";

export type UpdateOrDelete = Update | Delete;

/** What the two statements decide differently. */
export interface Synchronizer {
  canUseReturning(dialect: DialectFlags, mapper: Mapper, options: ReturningOptions): boolean;
}
export interface ReturningOptions {
  readonly isMultitable?: boolean;
  readonly isUpdateFrom?: boolean;
  readonly isDeleteUsing?: boolean;
  readonly isExecutemany?: boolean;
}
export interface DialectFlags {
  readonly name: string;
  readonly updateReturning: boolean;
  readonly updateReturningMultifrom: boolean;
  readonly updateExecutemanyReturning: boolean;
  readonly deleteReturning: boolean;
  readonly deleteReturningMultifrom: boolean;
}

const NAMES = [
  "synchronize_session",
  "autoflush",
  "populate_existing",
  "identity_token",
  "is_delete_using",
  "is_update_from",
  "dml_strategy",
];

/** Criteria of single-table inheritance and of options, for the entity a statement is about. */
export function extraCriteria(attributes: GlobalAttributes, entity: InternalEntity): ColumnElement[] {
  const found = (attributes.criteriaFor(entity.mapper) ?? [])
    .filter((ae) => ae.includeAliases || ae.entity === entity)
    .map((ae) => ae._resolveWhereCriteria(entity));
  const single = entity.mapper._singleTableCriterion;
  if (single !== null) found.push(single);
  return entity.isAliasedClass
    ? found.map((c) => entity._adapter.traverse(c as never) as never as ColumnElement)
    : found;
}

/** Several sets of parameters, to be sent one by one. */
const isList = (params: Value): boolean => Array.isArray(params) || host.kindOf(params) === "list";

export const preSessionExec =
  <S extends UpdateOrDelete>(synchronizer: Synchronizer): PreSessionExec<S> =>
  (session, statement, params, execution, bindArguments, isPreEvent) => {
    let [options, executionOptions] = ORMUpdateOptions.fromExecutionOptions(
      "_sa_orm_update_options",
      NAMES,
      execution,
      statement._executionOptions,
    );
    const mapper = bindTo(bindArguments, statement as never);
    if (mapper) options = options.plus({ _subjectMapper: mapper });
    if (!statement.table._annotations.has("parententity"))
      options = options.plus({ _dmlStrategy: "core_only" });
    else if (!isList(params)) {
      if (options._dmlStrategy === "auto") options = options.plus({ _dmlStrategy: "orm" });
      else if (options._dmlStrategy === "bulk")
        throw new InvalidRequestError(
          'Can\'t use "bulk" ORM insert strategy without passing separate parameters',
        );
    } else if (options._dmlStrategy === "auto") options = options.plus({ _dmlStrategy: "bulk" });

    const sync = options._synchronizeSession;
    if (sync !== null) {
      if (!["auto", "evaluate", "fetch", false].includes(sync))
        throw new ArgumentError(
          "Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', False",
        );
      if (options._dmlStrategy === "bulk" && sync === "fetch")
        throw new InvalidRequestError(
          "The 'fetch' synchronization strategy is not available for 'bulk' ORM updates (i.e. multiple parameter sets)",
        );
    }
    let made = statement;
    if (!isPreEvent) {
      if (options._autoflush) session._autoflush();
      if (options._dmlStrategy === "orm")
        options = preSynchronize(
          synchronizer,
          session,
          statement,
          params,
          executionOptions,
          bindArguments,
          options,
        );
      else if (options._dmlStrategy === "bulk" && sync === "auto")
        options = options.plus({ _synchronizeSession: "evaluate" });
      made = statement._annotate(
        new Map<string, unknown>([
          ["synchronize_session", options._synchronizeSession],
          ["is_delete_using", options._isDeleteUsing],
          ["is_update_from", options._isUpdateFrom],
          ["dml_strategy", options._dmlStrategy],
          ["can_use_returning", options._canUseReturning],
        ]),
      ) as S;
      executionOptions = mergeOptions(executionOptions, ORM_LOAD_EXEC_OPTIONS);
    }
    return [made, new Map([...executionOptions, ["_sa_orm_update_options", options]])];
  };

function preSynchronize(
  synchronizer: Synchronizer,
  session: Session,
  statement: UpdateOrDelete,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  options: ORMUpdateOptions,
): ORMUpdateOptions {
  const sync = options._synchronizeSession;
  if (sync === "auto" || sync === "evaluate") {
    try {
      return options.plus({
        _evalCondition: evalCondition(options, statement),
        _synchronizeSession: "evaluate" satisfies SynchronizeSession,
      });
    } catch (e) {
      if (!(e instanceof UnevaluatableError)) throw e;
      if (sync === "evaluate")
        throw host.withCause(
          new InvalidRequestError(
            `Could not evaluate current criteria in Python: "${host.errorText(e)}". Specify 'fetch' or False for the synchronize_session execution option.`,
          ),
          e,
        );
    }
    options = options.plus({ _synchronizeSession: "fetch" });
  } else if (sync !== "fetch") return options;
  return fetchMatched(synchronizer, session, statement, params, executionOptions, bindArguments, options);
}

function evalCondition(options: ORMUpdateOptions, statement: UpdateOrDelete): Evaluator {
  const mapper = options._subjectMapper as Mapper;
  const criteria = [...statement._whereCriteria];
  const attributes = new GlobalAttributes();
  for (const opt of statement._withOptions as readonly CriteriaOption[])
    if (opt._isCriteriaOption) opt.getGlobalCriteria(attributes as never);
  if (attributes.hasCriteria) criteria.push(...extraCriteria(attributes, mapper));
  return criteria.length ? new EvaluatorCompiler(mapper.class_).process(criteria) : () => true;
}

/** The keys of the rows that will be met, unless the statement can return them itself. */
function fetchMatched(
  synchronizer: Synchronizer,
  session: Session,
  statement: UpdateOrDelete,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  options: ORMUpdateOptions,
): ORMUpdateOptions {
  const mapper = options._subjectMapper as Mapper;
  const query = select([...mapper.primaryKey, mapper.selectIdentityToken])
    .selectFrom([mapper])
    .options(statement._withOptions);
  query._whereCriteria = statement._whereCriteria;
  let canUse: boolean | null = null;
  const skipForReturning = (state: ORMExecuteState): Value => {
    const bind = session._bindOf(state.bindArguments) as unknown as { readonly dialect: DialectFlags };
    const can = synchronizer.canUseReturning(bind.dialect, mapper, {
      isUpdateFrom: options._isUpdateFrom,
      isDeleteUsing: options._isDeleteUsing,
      isExecutemany: state.isExecutemany,
    });
    if (canUse !== null) {
      if (canUse !== can)
        throw new InvalidRequestError(
          "For synchronize_session='fetch', can't mix multiple backends where some support RETURNING and others don't",
        );
    } else if (state.isExecutemany && !can)
      throw new InvalidRequestError(
        "For synchronize_session='fetch', can't use multiple parameter sets in ORM mode, which this backend does not support with RETURNING",
      );
    else canUse = can;
    return can ? nullResult() : null;
  };
  const result = session._executeInternal(query, params, {
    executionOptions,
    bindArguments,
    _addEvent: skipForReturning,
  }) as { fetchall(): readonly Iterable<Value>[] };
  const rows = result.fetchall();
  return options.plus({ _matchedRows: rows, _canUseReturning: canUse });
}

// -- afterwards ---------------------------------------------------------------------------------------------

interface Matched {
  readonly obj: Instance;
  readonly state: InstanceState;
  readonly dict: AttrDict;
  /** Not all that the criteria ask of it is loaded. */
  readonly partlyExpired: boolean;
}

export function matchedByCriteria(session: Session, options: ORMUpdateOptions): Matched[] {
  const mapper = options._subjectMapper as Mapper;
  const condition = options._evalCondition as Evaluator;
  const out: Matched[] = [];
  for (const state of session.identityMap.allStates()) {
    if (!(state.mapper as unknown as Mapper).isa(mapper) || state.expired) continue;
    if (options._identityToken !== null && !host.equal(state.identityToken, options._identityToken)) continue;
    const obj = state.obj() as Instance;
    const met = condition(obj);
    if (met === true || met === EXPIRED_OBJECT)
      out.push({ obj, state, dict: state.dict, partlyExpired: met === EXPIRED_OBJECT });
  }
  return out;
}

/** Objects of the session whose rows came back or were asked for. */
export function matchedByRows(session: Session, result: CursorResult, options: ORMUpdateOptions): Matched[] {
  const mapper = options._subjectMapper as Mapper;
  const returned = result.returnedDefaultsRows;
  let rows: readonly (readonly [readonly Value[], Value])[];
  if (returned?.length)
    rows = returnedKeys(result, mapper, returned).map((pk) => [pk, options._identityToken]);
  else rows = options._matchedRows.map((row) => [[...row].slice(0, -1), [...row].at(-1)]);
  const out: Matched[] = [];
  for (const [pk, token] of rows) {
    if (options._identityToken !== null && !host.equal(token, options._identityToken)) continue;
    const key = mapper.identityKeyFromPrimaryKey(pk, { identityToken: token ?? null });
    if (session.identityMap.get(key) === null) continue;
    const state = session.identityMap.fastGetState(key) as InstanceState;
    const obj = state.obj() as Instance;
    out.push({ obj, state, dict: face().dictOf(obj), partlyExpired: false });
  }
  return out;
}

function returnedKeys(
  result: CursorResult,
  mapper: Mapper,
  rows: readonly { readonly _data: readonly Value[] }[],
): (readonly Value[])[] {
  const columns = (
    mapper.localTable !== mapper.baseMapper.localTable ? [...mapper.localTable.primaryKey] : mapper.primaryKey
  ) as readonly unknown[];
  const getters = columns.map((c) => result._getter(c, false));
  if (getters.some((g) => !g)) return [];
  return rows.map((row) => getters.map((g) => g!(row)));
}

/** SET's values put into objects, where they can be worked out; the rest expires. */
export function applySetValues(
  session: Session,
  options: ORMUpdateOptions,
  statement: Update,
  result: CursorResult,
  matched: readonly Matched[],
): void {
  const mapper = options._subjectMapper as Mapper;
  const evaluator = new EvaluatorCompiler(mapper.class_);
  const values: [string, Value][] = [];
  for (const [col, v] of statement._multiValues.length
    ? []
    : (statement._orderedValues ?? [...(statement._values ?? [])])) {
    if (!isColumnElement(col))
      throw new InvalidRequestError(
        `Attribute name not found, can't be synchronized back to objects: ${reprOf(col)}`,
      );
    const prop = mapper._columntoproperty.get(col);
    if (prop) values.push([prop.key, v]);
  }
  const evaluators = new Map<string, Evaluator>();
  for (const [key, v] of values) {
    try {
      evaluators.set(key, evaluator.process([expect(roles.ExpressionElementRole, v)]));
    } catch (e) {
      if (!(e instanceof UnevaluatableError)) throw e;
    }
  }
  const params =
    (result.context as never as { readonly compiledParameters: readonly ReadonlyMap<string, Value>[] })
      .compiledParameters[0] ?? new Map<string, Value>();
  const propOf = (c: unknown): string | undefined => mapper._columntoproperty.get(c as never)?.key;
  const prefetched = ((result.prefetchCols() ?? []) as readonly ColumnElement[]).filter(
    (c) => params.has(c.key as string) && propOf(c) !== undefined && !evaluators.has(c.key as string),
  );
  const postfetched = ((result.postfetchCols() ?? []) as readonly ColumnElement[])
    .map(propOf)
    .filter((k): k is string => k !== undefined && !evaluators.has(k));
  const states: InstanceState[] = [];
  for (const { obj, state, dict } of matched) {
    for (const c of prefetched) dict.set(propOf(c) as string, params.get(c.key as string));
    state._expireAttributes(dict, postfetched);
    putValues(state, evaluators.keys(), new Set(values.map(([k]) => k)), (key) =>
      (evaluators.get(key) as Evaluator)(obj),
    );
    states.push(state);
  }
  session._registerAltered(states);
}

/** By primary key, one set of values an object. */
export function applyParameters(
  session: Session,
  options: ORMUpdateOptions,
  sets: readonly ReadonlyMap<string, Value>[],
): void {
  const mapper = options._subjectMapper as Mapper;
  const keys = mapper._identityKeyProps.map((p) => p.key);
  for (const params of sets) {
    const key = mapper.identityKeyFromPrimaryKey(
      keys.map((k) => params.get(k)),
      { identityToken: options._identityToken },
    );
    const state = session.identityMap.fastGetState(key);
    if (!state) continue;
    const names = new Set([...params.keys()].filter((k) => !keys.includes(k)));
    putValues(state, names, names, (k) => params.get(k));
  }
}

/** Of `names`, those that are `known` and not changed by the program get the value that the row has now; the others expire. */
function putValues(
  state: InstanceState,
  known: Iterable<string>,
  names: ReadonlySet<string>,
  valueOf: (key: string) => Value,
): void {
  const { dict } = state;
  const put = [...state.unmodifiedIntersection(known)];
  for (const key of put) {
    if (!dict.has(key)) continue;
    const value = valueOf(key);
    if (value === EXPIRED_OBJECT) state._expireAttributes(dict, [key]);
    else dict.set(key, value);
  }
  state.manager.dispatch.refresh.emit(state, null, put);
  state._commit(dict, put);
  const expire = [...names].filter((k) => dict.has(k) && !put.includes(k));
  if (expire.length) state._expireAttributes(dict, expire);
}
