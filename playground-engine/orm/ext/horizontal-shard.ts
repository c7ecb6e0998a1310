// Sessions over several databases that have the same tables: functions of the program say in which of them an object is.
//
// A shard's name is the identity token of what comes from it. Statements run in each shard that execute_chooser names, their
// results one after another; flushes ask shard_chooser for each new object; look-ups by key try the shards of identity_chooser.
// Behaviour: SQLAlchemy ext/horizontal_shard.py.
import type { Connection, Engine } from "../../engine/index.ts";
import { ArgumentError, warnDeprecated } from "../../errors/index.ts";
import { listenInternal } from "../../event/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import type { Instance } from "../face.ts";
import type { PassiveFlag } from "../flags.ts";
import { Mapper } from "../mapping/mapper.ts";
import { ORMOption } from "../options/orm-option.ts";
import { Query } from "../query/query.ts";
import type { Bind, GetBindOptions } from "../session/core.ts";
import type { ORMExecuteState, ResultContract } from "../session/execute-state.ts";
import type { IdentityLookup } from "../session/loading.ts";
import { sessionOptions } from "../session/maker.ts";
import { Session } from "../session/session.ts";
import { instanceState } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";

const MODULE = "sqlalchemy.ext.horizontal_shard";

const assert = (holds: boolean): void => {
  if (!holds) throw host.error("AssertionError", "");
};

/** `options(set_shard_id("north"))`: a statement, and what is loaded on its behalf, in one shard. */
export class set_shard_id extends ORMOption {
  static readonly pyModule: string = MODULE;
  readonly shardId: Value;

  constructor(shardId: Value, propagateToLoaders = true) {
    super();
    this.shardId = shardId;
    this.propagateToLoaders = propagateToLoaders;
  }
}

/** The legacy Query of a ShardedSession. */
export class ShardedQuery extends Query {
  static override readonly pyModule: string = MODULE;
  readonly identityChooser: Value;
  readonly executeChooser: Value;

  /** `ShardedQuery(entities, session)` */
  constructor(args: readonly Value[], kwargs: Kwargs = new Map()) {
    const [entities = kwargs.get("entities"), session = kwargs.get("session") ?? null] = args;
    super(entities, session as Session | null);
    assert(session instanceof ShardedSession);
    const { identityChooser, executeChooser } = session as ShardedSession;
    this.identityChooser = identityChooser;
    this.executeChooser = executeChooser;
  }

  setShard(shardId: Value): this {
    return this.executionOptions(new Map([["_sa_shard_id", shardId]]));
  }
}

export interface ShardedSessionOptions {
  readonly idChooser?: Value;
  readonly queryChooser?: Value;
}

export class ShardedSession extends Session {
  static override readonly pyModule: string = MODULE;
  readonly shardChooser: Value;
  readonly identityChooser: Value;
  readonly executeChooser: Value;
  private readonly shards = new Map<unknown, Bind>();

  /** Throws ArgumentError where a chooser is missing. */
  constructor(
    shardChooser: Value,
    identityChooser: Value = null,
    executeChooser: Value = null,
    shards: Value = null,
    queryCls: Value = null,
    options: ShardedSessionOptions = {},
    kwargs: Kwargs = new Map(),
  ) {
    super((kwargs.get("bind") ?? null) as Bind | null, { ...sessionOptions(kwargs), queryCls });
    listenInternal(this, "do_orm_execute", (state) => executeInShards(this, state as ORMExecuteState), {
      retval: true,
    });
    this.shardChooser = shardChooser;
    this.identityChooser = this.identityChooserOf(identityChooser, options.idChooser ?? null);
    this.executeChooser = executeChooserOf(executeChooser, options.queryChooser ?? null);
    this.connectionCallable = (mapper, instance) => this.connectionFor(mapper, instance ?? null);
    if (shards !== null)
      for (const name of itemsOf(shards)) this.bindShard(name, host.getItem(shards, name) as Bind);
  }

  private identityChooserOf(given: Value, older: Value): Value {
    if (older !== null) {
      deprecated("id_chooser", "identity_chooser", "2.0");
      return (mapper: Value, key: Value) => host.call(older, [this.query([mapper]), key]);
    }
    if (given === null) throw new ArgumentError("identity_chooser or id_chooser is required");
    return given;
  }

  bindShard(shardId: Value, bind: Bind): void {
    this.shards.set(host.key(shardId), bind);
  }

  private bindOfShard(shardId: Value): Bind {
    const bind = this.shards.get(host.key(shardId));
    if (!bind) throw host.error("KeyError", shardId as string);
    return bind;
  }

  override query(entities: readonly Value[], kwargs?: ReadonlyMap<string, Value>): unknown {
    return this.queryCls === null
      ? new ShardedQuery([host.makeList(entities), this])
      : super.query(entities, kwargs);
  }

  /** An object that is somewhere stays there; for another one the program is asked, and it is remembered. */
  private chooseShard(mapper: Value, instance: Instance | null, kwargs: Kwargs = new Map()): Value {
    const state = instance === null ? null : instanceState(instance);
    if (state?.key) {
      assert(state.key.token !== null);
      return state.key.token;
    }
    if (state && host.isTrue(state.identityToken)) return state.identityToken;
    assert(mapper instanceof Mapper);
    const chosen = host.call(this.shardChooser, [mapper, instance], kwargs);
    if (state) state.identityToken = chosen;
    return chosen;
  }

  override getBind(
    mapper: Value = null,
    options: GetBindOptions = {},
    kwargs: ReadonlyMap<string, Value> = new Map(),
  ): Bind {
    const shardId =
      kwargs.get("shard_id") ??
      this.chooseShard(
        mapper,
        (kwargs.get("instance") ?? null) as Instance | null,
        new Map([["clause", options.clause ?? null]]),
      );
    assert(shardId !== null);
    return this.bindOfShard(shardId);
  }

  /** Of a flush, which has a transaction. */
  private connectionFor(mapper: MapperContract, instance: Instance | null): Connection {
    const bind = this.bindOfShard(this.chooseShard(mapper as unknown as Value, instance));
    return this._transaction!._connectionForBind(bind as Engine);
  }

  override _identityLookup(
    mapper: MapperContract,
    primaryKey: readonly Value[],
    options: IdentityLookup = {},
  ): Value {
    const lookUp = (identityToken: Value, passive?: PassiveFlag): Value =>
      super._identityLookup(mapper, primaryKey, { identityToken, passive });
    if ((options.identityToken ?? null) !== null) return lookUp(options.identityToken);
    const shards = host.call(
      this.identityChooser,
      [mapper as unknown as Value, host.makeList(primaryKey)],
      new Map([
        ["lazy_loaded_from", (options.lazyLoadedFrom ?? null) as Value],
        ["execution_options", options.executionOptions ?? host.makeDict([])],
        ["bind_arguments", host.makeDict(host.entries(options.bindArguments ?? null) ?? [])],
      ]),
    );
    for (const shardId of itemsOf(shards)) {
      const found = lookUp(shardId, options.passive);
      if (found !== null) return found;
    }
    return null;
  }
}

function deprecated(older: string, now: string, since: string): void {
  warnDeprecated(
    `The \`\`${older}\`\` parameter is deprecated; please use \`\`${now}\`\`. (deprecated since: ${since})`,
  );
}

function executeChooserOf(given: Value, older: Value): Value {
  if (older === null) {
    if (given === null) throw new ArgumentError("execute_chooser or query_chooser is required");
    return given;
  }
  deprecated("query_chooser", "execute_chooser", "1.4");
  if (given !== null)
    throw new ArgumentError("Can't pass query_chooser and execute_chooser at the same time.");
  return (state: ORMExecuteState) => host.call(older, [state.statement as unknown as Value]);
}

/** The shard that a statement names itself: by an option, by what it refreshes, by its execution options or bind arguments. */
function shardOf(state: ORMExecuteState): Value {
  const option = state.statement._withOptions.find((o) => o instanceof set_shard_id);
  if (option) return (option as set_shard_id).shardId;
  const options = state.isSelect
    ? state.loadOptions
    : state.isUpdate || state.isDelete
      ? state.updateDeleteOptions
      : null;
  return (
    (options as { readonly _identityToken?: Value } | null)?._identityToken ??
    state.executionOptions.get("_sa_shard_id") ??
    state.bindArguments.get("shard_id") ??
    null
  );
}

function executeInShards(session: ShardedSession, state: ORMExecuteState): ResultContract {
  const inShard = (shardId: Value): ResultContract => {
    state.updateExecutionOptions(new Map([["identity_token", shardId]]));
    return state.invokeStatement(null, null, null, new Map([...state.bindArguments, ["shard_id", shardId]]));
  };
  const own = shardOf(state);
  if (own !== null) return inShard(own);
  const [first, ...more] = itemsOf(host.call(session.executeChooser, [state as unknown as Value])).map(
    inShard,
  );
  if (!first) throw host.error("IndexError", "list index out of range");
  return first.merge(more);
}
