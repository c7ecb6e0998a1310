// Loading one object: by its key, or what is missing of it. Behaviour: SQLAlchemy orm/loading.py.
import {
  ArgumentError,
  DetachedInstanceError,
  InvalidRequestError,
  NoResultFound,
  ObjectDeletedError,
  warn,
  warnLimited,
} from "../../errors/index.ts";
import { adaptCriterionToNull } from "../../sql/adapt.ts";
import { deepAnnotate } from "../../sql/annotation.ts";
import type { ExecutableOption } from "../../sql/base.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { host, type Value } from "../../util/host.ts";
import type { Instance } from "../face.ts";
import {
  NO_AUTOFLUSH,
  PASSIVE_CLASS_MISMATCH,
  PASSIVE_NO_RESULT,
  RELATED_OBJECT_OK,
  SQL_OK,
  type PassiveFlag,
} from "../flags.ts";
import { late, type LoadOptions } from "../late.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { PathRegistry } from "../path-registry.ts";
import { FromStatement } from "../query/from-statement.ts";
import {
  compileOptionsOf,
  defaultLoadOptions,
  type ORMCompileOptions,
  type ORMLoadOptions,
} from "../query/load-options.ts";
import type { Session } from "../session/session.ts";
import { instanceState, stateStr } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { InstanceState } from "../state/state.ts";
import { entitySelect, variantOf } from "./entity-select.ts";

/** The object of a key if the session has it, refreshed if it is expired: None where its row is gone. */
function getFromIdentity(session: Session, mapper: Mapper, key: IdentityKey, passive: PassiveFlag): Value {
  const instance = session.identityMap.get(key);
  if (instance === null) return null;
  const state = instanceState(instance);
  if (mapper.inherits && !(state.mapper as unknown as Mapper).isa(mapper)) return PASSIVE_CLASS_MISMATCH;
  if (!state.expired) return instance;
  if (!(passive & SQL_OK)) return PASSIVE_NO_RESULT;
  if (!(passive & RELATED_OBJECT_OK)) return instance;
  try {
    state._loadExpired(state, passive);
  } catch (e) {
    if (!(e instanceof ObjectDeletedError)) throw e;
    session._removeNewlyDeleted([state]);
    return null;
  }
  return instance;
}
late.getFromIdentity = (session, mapper, key, passive) =>
  getFromIdentity(session, mapper as unknown as Mapper, key, passive);

function loadOnIdent(
  session: Session,
  statement: Select | FromStatement,
  key: IdentityKey | null,
  options: LoadOptions,
): Instance | null {
  return loadOnPkIdentity(session, statement, key?.pk ?? null, {
    ...options,
    identityToken: key?.token ?? null,
  });
}
late.loadOnIdent = (session, statement, key, options) =>
  loadOnIdent(session, statement as Select, key, options);

interface Changing {
  _compileOptions: ORMCompileOptions;
  _whereCriteria: readonly ColumnElement[];
  _forUpdateArg: unknown;
  _orderByClauses: readonly ColumnElement[];
}

type Changed = Changing & { options(options: readonly ExecutableOption[]): Changed };

interface Rows {
  unique(): { scalars(): { one(): Value } };
}

export function loadOnPkIdentity(
  session: Session,
  statement: Select | FromStatement,
  primaryKeyIdentity: readonly Value[] | null,
  options: LoadOptions,
): Instance | null {
  const { refreshState = null, withForUpdate = null } = options;
  let loadOptions = (options.loadOptions as ORMLoadOptions | undefined) ?? defaultLoadOptions;
  let params: Value = null;
  if (primaryKeyIdentity !== null) {
    const keys = primaryKeyBinds(statement);
    params = host.makeDict(keys.map((k, i) => [k, primaryKeyIdentity[i]] as const));
  }
  let only = options.onlyLoadProps ?? null;
  if (options.requirePkCols && only?.length) {
    if (!refreshState) throw new ArgumentError("refresh_state is required when require_pk_cols is present");
    only = withPrimaryKey(refreshState, only);
  }
  const versionCheck = withForUpdate != null || statement._forUpdateArg != null;
  if (versionCheck) loadOptions = loadOptions.plus({ _versionCheck: true });
  if (refreshState) loadOptions = loadOptions.plus({ _refreshState: refreshState });
  if (options.identityToken != null)
    loadOptions = loadOptions.plus({ _identityToken: options.identityToken });
  if (options.isUserRefresh) loadOptions = loadOptions.plus({ _isUserRefresh: true });
  if (options.noAutoflush) loadOptions = loadOptions.plus({ _autoflush: false });

  const make = (): Changed =>
    keyedStatement(statement, primaryKeyIdentity, {
      refreshState: refreshState ?? undefined,
      withForUpdate,
      only,
    });
  const usual =
    primaryKeyIdentity !== null &&
    !primaryKeyIdentity.includes(null) &&
    withForUpdate == null &&
    !refreshState?.loadOptions.length;
  const q = usual
    ? variantOf(statement, `${refreshState ? "refresh" : "load"} ${only?.join() ?? ""}`, make)
    : make();
  const executionOptions = new Map<string, Value>([
    ...(options.executionOptions ?? []),
    ["_sa_orm_load_options", loadOptions],
  ]);
  const result = session.execute(q, params, {
    executionOptions,
    bindArguments: options.bindArguments ?? null,
  }) as Rows;
  try {
    return result.unique().scalars().one() as Instance | null;
  } catch (e) {
    if (e instanceof NoResultFound) return null;
    throw e;
  }
}

/** The statement for a key: its criterion on the primary key, and what a refresh asks for. */
function keyedStatement(
  statement: Select | FromStatement,
  primaryKeyIdentity: readonly Value[] | null,
  {
    refreshState,
    withForUpdate,
    only,
  }: Pick<LoadOptions, "refreshState" | "withForUpdate"> & {
    readonly only: readonly string[] | null;
  },
): Changed {
  let q = statement._clone() as never as Changed;
  let compileOptions = compileOptionsOf(statement);
  if (primaryKeyIdentity !== null) {
    let [clause] = subjectOf(statement)._getClause;
    if (primaryKeyIdentity.includes(null)) {
      const keys = primaryKeyBinds(statement);
      const nones = new Set(keys.filter((_, i) => primaryKeyIdentity[i] === null));
      clause = adaptCriterionToNull(clause, nones);
      if (nones.size === primaryKeyIdentity.length)
        warn(
          "fully NULL primary key identity cannot load any object.  This condition may raise an error in a future release.",
        );
    }
    q._whereCriteria = [
      deepAnnotate(clause as never, new Map<string, unknown>([["_orm_adapt", true]])) as ColumnElement,
    ];
  }
  if (withForUpdate != null) q._forUpdateArg = withForUpdate;
  if (refreshState?.loadOptions.length) {
    compileOptions = compileOptions.plus({ _currentPath: (refreshState.loadPath as PathRegistry).parent });
    q = q.options(refreshState.loadOptions as readonly ExecutableOption[]);
  }
  if (refreshState) compileOptions = compileOptions.plus({ _forRefreshState: true });
  if (only?.length) compileOptions = compileOptions.plus({ _onlyLoadProps: new Set(only) });
  q._compileOptions = compileOptions;
  if (!((q as unknown) instanceof FromStatement)) q._orderByClauses = [];
  return q;
}

const subjectOf = (statement: Select | FromStatement): Mapper =>
  statement._propagateAttrs?.pluginSubject as unknown as Mapper;

/** The names of the parameters that stand for the primary key. */
function primaryKeyBinds(statement: Select | FromStatement): string[] {
  const subject = subjectOf(statement);
  const binds = subject._getClause[1];
  return subject.mapper.primaryKey.map((c) => (binds.get(c) as BindParameter).key);
}

late.loadOnPkIdentity = (session, statement, identity, options) =>
  loadOnPkIdentity(session, statement as Select, identity, options);
late.loadOptions = ({ populateExisting }) =>
  populateExisting ? defaultLoadOptions.plus({ _populateExisting: true }) : defaultLoadOptions;

/** With a relationship among the attributes, the key has to come along. */
function withPrimaryKey(state: InstanceState, only: readonly string[]): readonly string[] {
  const mapper = state.mapper as unknown as Mapper;
  const keys = mapper._primaryKeyPropkeys;
  const changed = [...keys].filter((k) => !only.includes(k) && state.attrs.get(k)?.history.hasChanges());
  if (changed.length)
    throw new InvalidRequestError(
      `Please flush pending primary key changes on attributes {${changed.map((k) => host.repr(k)).join(", ")}} for mapper ${mapper.toString()} before proceeding with a refresh`,
    );
  return only.some((k) => mapper._props.get(k)?._isRelationship) ? [...new Set([...keys, ...only])] : only;
}

/** Loads expired or deferred columns of an object. Throws DetachedInstanceError, ObjectDeletedError. */
export function loadScalarAttributes(
  mapper: Mapper,
  state: InstanceState,
  attributeNames: readonly string[],
  passive: PassiveFlag,
): void {
  const { session } = state;
  if (!session)
    throw new DetachedInstanceError(
      `Instance ${stateStr(state)} is not bound to a Session; attribute refresh operation cannot proceed`,
    );
  const noAutoflush = (passive & NO_AUTOFLUSH) !== 0;
  const names = attributeNames.filter((n) => mapper.attrs.has(n));
  if (mapper.inherits && !mapper.concrete) {
    const statement = mapper._optimizedGetStatement(state, names);
    if (statement !== null) {
      loadOnIdent(session, new FromStatement([mapper], statement), null, {
        onlyLoadProps: names,
        refreshState: state,
        noAutoflush,
      });
      return;
    }
  }
  const hasKey = state.key !== null;
  let key = state.key;
  if (!key) {
    const pk = mapper.primaryKey.map((c) => mapper._columntoproperty.need(c as never).key);
    if (pk.some((k) => state.expiredAttributes.has(k)))
      throw new InvalidRequestError(
        `Instance ${stateStr(state)} cannot be refreshed - it's not  persistent and does not contain a full primary key.`,
      );
    key = mapper._identityKeyFromState(state);
  }
  if (key.pk.every((v) => v === null)) {
    warnLimited(
      `Instance ${stateStr(state)} to be refreshed doesn't contain a full primary key - can't be refreshed (and shouldn't be expired, either).`,
    );
    return;
  }
  const statement = entitySelect(mapper as unknown as MapperContract);
  const found = loadOnIdent(session, statement, key, {
    refreshState: state,
    onlyLoadProps: names,
    noAutoflush,
  });
  if (hasKey && found === null)
    throw new ObjectDeletedError(
      `Instance '${stateStr(state)}' has been deleted, or its row is otherwise not present.`,
    );
}
late.loadScalarAttributes = (mapper: MapperContract, state, names, passive) =>
  loadScalarAttributes(mapper as unknown as Mapper, state, names, passive);
