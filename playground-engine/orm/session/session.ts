// Session: the workplace of mapped objects. The parts are in core, objects, loading and flush.
// Behaviour: SQLAlchemy orm/session.py (Session).
import { warnDeprecated } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { late } from "../late.ts";
import { stateOrUndefined, unmappedInstance } from "../state/access.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { SessionOptions, Bind } from "./core.ts";
import { SessionFlush } from "./flush.ts";
import { watched } from "../watch.ts";
import { closeAllSessions } from "./lifecycle.ts";
import { PROVISIONING_CONNECTION } from "./transaction.ts";

export class Session extends SessionFlush {
  constructor(bind: Bind | null = null, options: SessionOptions = {}) {
    super(bind, options);
  }

  /**
   * @internal Under asyncio: what an operation did is done, but other tasks have their turn before it returns. Until then it
   * counts as in progress, as it would be while a real driver is waited for. Gives what ends that.
   */
  _stillRunning(operation: string, connected: boolean): (() => void) | undefined {
    if (connected && this._transaction)
      return this._transaction._holdIn("_connection_for_bind", PROVISIONING_CONNECTION);
    if (operation !== "flush" || this._flushing) return undefined;
    this._flushing = true;
    return () => (this._flushing = false);
  }

  /** The session of an object, or None. Throws UnmappedInstanceError. */
  static objectSession(instance: Value): Session | null {
    const state = stateOrUndefined(instance);
    if (!state) throw unmappedInstance(instance);
    return state.session;
  }

  static identityKey(
    class_: Value = null,
    ident: Value = null,
    options: { instance?: Value; row?: Value; identityToken?: Value } = {},
  ): IdentityKey {
    return late.identityKey(class_ as never, ident, options);
  }

  static closeAll(): void {
    warnDeprecated(
      "The Session.close_all() method is deprecated and will be removed in a future release.  Please refer to session.close_all_sessions(). (deprecated since: 1.3)",
    );
    closeAllSessions();
  }

  /** A legacy Query. */
  query(entities: readonly Value[], kwargs: ReadonlyMap<string, Value> = new Map()): unknown {
    if (this.queryCls !== null)
      return host.call(this.queryCls, [host.makeTuple(entities), this], new Map(kwargs));
    return late.makeQuery(entities, this);
  }

  // ---- ending

  /** Ends the transaction and lets go of all objects; the session can be used again unless close_resets_only is False. */
  close(): void {
    this.closeImpl({});
  }

  /** Likewise, and it can always be used again. */
  reset(): void {
    this.closeImpl({ isReset: true });
  }

  /** Likewise, the connections not to be used again. */
  invalidate(): void {
    this.closeImpl({ invalidate: true });
  }

  private closeImpl(options: { invalidate?: boolean; isReset?: boolean }): void {
    if (!options.isReset && this.closeState === "active") this.closeState = "closed";
    watched("close", () => {
      this.expungeAll();
      for (const transaction of this._transaction?._iterateSelfAndParents() ?? [])
        transaction.close({ invalidate: options.invalidate ?? false });
    });
  }

  enter(): this {
    return this;
  }

  exit(): void {
    this.close();
  }

  /** @internal `with sessionmaker.begin() as session:` a session with its transaction, both ended with the block. */
  _makerContextManager(): { enter(): Session; exit(error?: unknown): void } {
    let transaction: { exit(error?: unknown): void } | undefined;
    return {
      enter: () => {
        transaction = this.begin().enter();
        return this;
      },
      exit: (error) => {
        try {
          transaction?.exit(error);
        } finally {
          this.close();
        }
      },
    };
  }
}
