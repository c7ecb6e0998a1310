// The events of engines, connections, dialects and pools.
//
// A listener with retval=True may replace what is executed; the others only look on. Those of a dialect (handle_error,
// do_connect, do_execute …) are kept beside the dialect object, which knows no engine. Behaviour: SQLAlchemy engine/events.py, pool/events.py.
import { ArgumentError, InvalidRequestError } from "../errors/index.ts";
import {
  baseListen,
  EventFamily,
  type AnyDispatch,
  type Dispatch,
  type EventKey,
  type ListenOptions,
  type TargetClass,
} from "../event/index.ts";

// ------------------------------------------------------------------ engines and connections

const connectionSpecs = {
  beforeExecute: {
    args: ["conn", "clauseelement", "multiparams", "params", "execution_options"],
    legacy: [
      {
        since: "1.4",
        args: ["conn", "clauseelement", "multiparams", "params"],
        convert: (a) => a.slice(0, 4),
      },
    ],
  },
  afterExecute: {
    args: ["conn", "clauseelement", "multiparams", "params", "execution_options", "result"],
    legacy: [
      {
        since: "1.4",
        args: ["conn", "clauseelement", "multiparams", "params", "result"],
        convert: (a) => [...a.slice(0, 4), a[5]],
      },
    ],
  },
  beforeCursorExecute: { args: ["conn", "cursor", "statement", "parameters", "context", "executemany"] },
  afterCursorExecute: { args: ["conn", "cursor", "statement", "parameters", "context", "executemany"] },
  engineConnect: {
    args: ["conn"],
    legacy: [{ since: "2.0", args: ["conn", "branch"], convert: (a) => [a[0], false] }],
  },
  setConnectionExecutionOptions: { args: ["conn", "opts"] },
  setEngineExecutionOptions: { args: ["engine", "opts"] },
  engineDisposed: { args: ["engine"] },
  begin: { args: ["conn"] },
  rollback: { args: ["conn"] },
  commit: { args: ["conn"] },
  savepoint: { args: ["conn", "name"] },
  rollbackSavepoint: { args: ["conn", "name", "context"] },
  releaseSavepoint: { args: ["conn", "name", "context"] },
  beginTwophase: { args: ["conn", "xid"] },
  prepareTwophase: { args: ["conn", "xid"] },
  rollbackTwophase: { args: ["conn", "xid", "is_prepared"] },
  commitTwophase: { args: ["conn", "xid", "is_prepared"] },
} as const satisfies ConstructorParameters<typeof EventFamily>[1];

/** Engine and Connection: whoever is listened to says so, so that others lose no time asking. */
interface ConnectionEventsTarget {
  _hasEvents: boolean;
}

export const connectionEvents = new EventFamily("ConnectionEvents", connectionSpecs, {
  options: ["retval"],
  strays: "ignored",
  listen(key: EventKey, options: ListenOptions): void {
    const target = key.dispatchTarget;
    const flagged = (
      typeof target === "function" ? (target.prototype as object) : target
    ) as ConnectionEventsTarget;
    flagged._hasEvents = true;
    const replaces = key.identifier === "before_execute" || key.identifier === "before_cursor_execute";
    if (options.retval) {
      if (!replaces)
        throw new ArgumentError(
          "Only the 'before_execute', 'before_cursor_execute' and 'handle_error' engine event listeners accept the 'retval=True' argument.",
        );
      baseListen(key);
      return;
    }
    const inner = key.listener;
    // Undefined says: as it was.
    baseListen(replaces ? key.withListener((...args) => (inner(...args), undefined)) : key);
  },
});
export type ConnectionDispatch = Dispatch<typeof connectionSpecs>;

// ------------------------------------------------------------------ dialects

const dialectSpecs = {
  handleError: { args: ["exception_context"] },
  doConnect: { args: ["dialect", "conn_rec", "cargs", "cparams"] },
  doExecutemany: { args: ["cursor", "statement", "parameters", "context"] },
  doExecuteNoParams: { args: ["cursor", "statement", "context"] },
  doExecute: { args: ["cursor", "statement", "parameters", "context"] },
  doSetinputsizes: { args: ["inputsizes", "cursor", "statement", "parameters", "context"] },
} as const;

/** Who a target is, told by duck's walk: events know no engine, pool or dialect class. */
interface Shape {
  readonly isEngine?: boolean;
  readonly isConnection?: boolean;
  readonly isPool?: boolean;
  readonly pool?: object;
  readonly dialect?: object;
  readonly prototype?: Shape;
  readonly typeCompilerInstance?: unknown;
}

export const dialectEvents: EventFamily<typeof dialectSpecs> = new EventFamily(
  "DialectEvents",
  dialectSpecs,
  {
    options: ["retval"],
    strays: "ignored",
    accepts(target: unknown, identifier: string): object | undefined {
      const shape = target as Shape;
      if (typeof target === "function") return shape.prototype?.isEngine ? DialectHooks : undefined;
      if (typeof target !== "object" || target === null) return undefined;
      if (shape.isEngine) return hooksOf(shape.dialect as object);
      if (shape.isConnection && identifier === "handle_error")
        throw new InvalidRequestError(
          "The handle_error() event hook as of SQLAlchemy 2.0 is established on the Dialect, and may only be applied to the Engine as a whole or to a specific Dialect as a whole, not on a per-Connection basis.",
        );
      return "typeCompilerInstance" in target ? hooksOf(target) : undefined;
    },
    listen: (key) => baseListen(key),
  },
);

/** The listeners of one dialect object. */
class DialectHooks {
  static readonly dispatch: AnyDispatch = dialectEvents.classDispatch;
  readonly dispatch: Dispatch<typeof dialectSpecs> = dialectEvents.forInstance(this, DialectHooks);
}

const hooks = new WeakMap<object, DialectHooks>();

export function hooksOf(dialect: object): DialectHooks {
  let h = hooks.get(dialect);
  if (!h) hooks.set(dialect, (h = new DialectHooks()));
  return h;
}

// ------------------------------------------------------------------ pools

const poolSpecs = {
  connect: { args: ["dbapi_connection", "connection_record"] },
  firstConnect: { args: ["dbapi_connection", "connection_record"] },
  checkout: { args: ["dbapi_connection", "connection_record", "connection_proxy"] },
  checkin: { args: ["dbapi_connection", "connection_record"] },
  reset: {
    args: ["dbapi_connection", "connection_record", "reset_state"],
    legacy: [
      { since: "2.0", args: ["dbapi_connection", "connection_record"], convert: (a) => a.slice(0, 2) },
    ],
  },
  invalidate: { args: ["dbapi_connection", "connection_record", "exception"] },
  softInvalidate: { args: ["dbapi_connection", "connection_record", "exception"] },
  close: { args: ["dbapi_connection", "connection_record"] },
  detach: { args: ["dbapi_connection", "connection_record"] },
  closeDetached: { args: ["dbapi_connection"] },
} as const satisfies ConstructorParameters<typeof EventFamily>[1];

/** The class of all pools, for listeners of whole engine classes; pool.ts fills it in. */
export const poolTarget: { Pool: TargetClass | undefined } = { Pool: undefined };

export const poolEvents = new EventFamily("PoolEvents", poolSpecs, {
  strays: "passed on",
  accepts(target, _identifier, standard) {
    const shape = target as Shape;
    if (typeof target === "function" && shape.prototype?.isEngine) return poolTarget.Pool;
    if (typeof target === "object" && target !== null && shape.isEngine) return shape.pool;
    return standard(target);
  },
});
export type PoolDispatch = Dispatch<typeof poolSpecs>;
