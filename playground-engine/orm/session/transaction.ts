// A session's transaction: its connections, and what must be undone in its objects when it rolls back.
//
// The outermost one stands for BEGIN … COMMIT on each connection, a nested one for a SAVEPOINT, and one more runs inside
// each flush, so that a failed flush leaves the outer one inactive until it is rolled back.
// Behaviour: SQLAlchemy orm/session.py (SessionTransaction), engine/util.py (TransactionalContext).
import type { TwoPhaseTransaction } from "../../engine/transaction.ts";
import { checkTransactionContext, type TransactionSubject } from "../../engine/transactional-context.ts";
import {
  FlushError,
  InvalidRequestError,
  PendingRollbackError,
  ResourceClosedError,
  warn,
} from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { Constant } from "../flags.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { Connection, Engine, Transaction } from "../state/sql-types.ts";
import { InstanceState } from "../state/state.ts";
import { watched } from "../watch.ts";
import type { Session } from "./session.ts";
import { ANY, NO_CHANGE, StateChange } from "./state-changes.ts";

const state = (name: string, value: number): Constant => new Constant("SessionTransactionState", name, value);
export const ACTIVE = state("ACTIVE", 1);
export const PREPARED = state("PREPARED", 2);
export const COMMITTED = state("COMMITTED", 3);
export const DEACTIVE = state("DEACTIVE", 4);
export const CLOSED = state("CLOSED", 5);
export const PROVISIONING_CONNECTION = state("PROVISIONING_CONNECTION", 6);

const origin = (name: string, value: number): Constant =>
  new Constant("SessionTransactionOrigin", name, value);
/** How a transaction came about. */
export const SessionTransactionOrigin = {
  AUTOBEGIN: origin("AUTOBEGIN", 0),
  BEGIN: origin("BEGIN", 1),
  BEGIN_NESTED: origin("BEGIN_NESTED", 2),
  SUBTRANSACTION: origin("SUBTRANSACTION", 3),
} as const;

interface Held {
  readonly connection: Connection;
  readonly transaction: Transaction;
  readonly shouldCommit: boolean;
  readonly autoclose: boolean;
}

const isConnection = (bind: Engine | Connection): bind is Connection =>
  typeof (bind as Partial<Connection>).inTransaction === "function";

export class SessionTransaction extends StateChange {
  readonly session: Session;
  readonly origin: Constant;
  readonly nested: boolean;
  /** @internal */
  readonly _parent: SessionTransaction | null;
  /** @internal What a failed flush inside raised. */
  _rollbackException: unknown = null;

  // What happened to objects since the transaction began; a flush's own transaction shares its parent's.
  /** @internal Became persistent. */
  _new!: Set<InstanceState>;
  /** @internal Were deleted. */
  _deleted!: Set<InstanceState>;
  /** @internal Persistent ones that were flushed. */
  _dirty!: Set<InstanceState>;
  /** @internal Changed their identity: old and new key. */
  _keySwitches!: Map<InstanceState, readonly [IdentityKey | null, IdentityKey]>;

  /** By connection and by engine. */
  private readonly connections = new Map<object, Held>();
  private readonly previousNested: SessionTransaction | null = null;

  constructor(session: Session, from: Constant, parent: SessionTransaction | null = null) {
    super();
    checkTransactionContext(session);
    this.session = session;
    this.origin = from;
    this._parent = parent;
    this.nested = from === SessionTransactionOrigin.BEGIN_NESTED;
    if (session._isClosedForGood)
      throw new InvalidRequestError(
        "This Session has been permanently closed and is unable to handle any more transaction requests.",
      );
    if (this.nested) {
      if (!parent)
        throw new InvalidRequestError(
          "Can't start a SAVEPOINT transaction when no existing transaction is in progress",
        );
      this.previousNested = session._nestedTransaction;
    }
    this._state = ACTIVE;
    this.takeSnapshot();
    session._transaction = this;
    session.dispatch.afterTransactionCreate.emit(session, this);
  }

  protected override raiseForPrerequisiteState(_operation: string, current: Constant): never {
    if (current === DEACTIVE) {
      if (this._rollbackException !== null)
        throw new PendingRollbackError(
          `This Session's transaction has been rolled back due to a previous exception during flush. To begin a new transaction with this Session, first issue Session.rollback(). Original exception was: ${host.errorText(this._rollbackException)}`,
          { code: "7s2a" },
        );
      throw new InvalidRequestError(
        "This session is in 'inactive' state, due to the SQL transaction being rolled back; no further SQL can be emitted within this transaction.",
      );
    }
    if (current === CLOSED) throw new ResourceClosedError("This transaction is closed");
    if (current === PROVISIONING_CONNECTION)
      throw new InvalidRequestError(
        "This session is provisioning a new connection; concurrent operations are not permitted",
        { code: "isce" },
      );
    throw new InvalidRequestError(
      `This session is in '${current.name.toLowerCase()}' state; no further SQL can be emitted within this transaction.`,
    );
  }

  get parent(): SessionTransaction | null {
    return this._parent;
  }

  get isActive(): boolean {
    return this._state === ACTIVE;
  }

  private get isBoundary(): boolean {
    return this.nested || !this._parent;
  }

  // ---- connections

  connection(bindkey: Value, executionOptions: ReadonlyMap<string, Value> | null = null): Connection {
    return this.changing("connection", [ACTIVE], NO_CHANGE, () =>
      this._connectionForBind(this.session.getBind(bindkey), executionOptions),
    );
  }

  /** @internal */
  _connectionForBind(
    bind: Engine | Connection,
    executionOptions: ReadonlyMap<string, Value> | null = null,
  ): Connection {
    return this.changing("_connection_for_bind", [ACTIVE], NO_CHANGE, () => {
      const known = this.connections.get(bind);
      if (known) {
        if (executionOptions?.size)
          warn("Connection is already established for the given bind; execution_options ignored");
        return known.connection;
      }
      this._state = PROVISIONING_CONNECTION;
      try {
        return this.provision(bind, executionOptions);
      } finally {
        this._state = ACTIVE;
      }
    });
  }

  private provision(
    bind: Engine | Connection,
    executionOptions: ReadonlyMap<string, Value> | null,
  ): Connection {
    let connection: Connection;
    let local = false;
    if (this._parent) {
      connection = this._parent._connectionForBind(bind, executionOptions);
      if (!this.nested) return connection;
    } else if (isConnection(bind)) {
      connection = bind;
      if (this.connections.has(connection.engine))
        throw new InvalidRequestError(
          "Session already has a Connection associated for the given Connection's Engine",
        );
    } else {
      // a URL where an engine belongs
      if (typeof (bind as Partial<Engine> | null)?.connect !== "function")
        throw host.noAttribute(bind, "connect");
      connection = bind.connect();
      local = true;
    }
    let held: Held;
    try {
      if (executionOptions?.size) connection = connection.executionOptions(new Map(executionOptions));
      const [transaction, shouldCommit] = this.join(connection, local);
      held = { connection, transaction, shouldCommit, autoclose: !isConnection(bind) };
    } catch (e) {
      if (local) connection.close();
      throw e;
    }
    this.connections.set(connection, held);
    this.connections.set(connection.engine, held);
    this.session.dispatch.afterBegin.emit(this.session, this, connection);
    return connection;
  }

  /** Begins on the connection, or takes part in what has begun there, by the session's join_transaction_mode. */
  private join(connection: Connection, local: boolean): [Transaction, shouldCommit: boolean] {
    if (this.isTwophase) return [connection.beginTwophase(), true];
    if (this.nested) return [connection.beginNested(), true];
    if (!connection.inTransaction()) return [connection.begin(), true];
    let mode = this.session.joinTransactionMode;
    if (mode === "conditional_savepoint") {
      mode = connection.inNestedTransaction() ? "create_savepoint" : "rollback_only";
      if (local)
        warn(
          `The engine provided as bind produced a connection that is already in a transaction. This is usually caused by a core event, such as 'engine_connect', that has left a transaction open. The effective join transaction mode used by this session is '${mode}'. To silence this warning, do not leave transactions open`,
        );
    }
    if (mode === "create_savepoint") return [connection.beginNested(), true];
    const transaction = connection.inNestedTransaction()
      ? connection.getNestedTransaction()
      : connection.getTransaction();
    return [transaction as Transaction, mode !== "rollback_only"];
  }

  private held(): Set<Held> {
    return new Set(this.connections.values());
  }

  // ---- what objects went through

  private takeSnapshot(): void {
    if (!this.isBoundary) {
      const parent = this._parent as SessionTransaction;
      this._new = parent._new;
      this._deleted = parent._deleted;
      this._dirty = parent._dirty;
      this._keySwitches = parent._keySwitches;
      return;
    }
    if (this.nested && !this.session._flushing) this.session.flush();
    this._new = new Set();
    this._deleted = new Set();
    this._dirty = new Set();
    this._keySwitches = new Map();
  }

  /** Puts objects back to where they were when the transaction began, and expires them. */
  private restoreSnapshot(dirtyOnly: boolean): void {
    const { session } = this;
    // the real sets are weak: an object flushed and forgotten within the block is no more
    session.identityMap.allStates();
    const toExpunge = new Set([...this._new, ...session._new.keys()].filter((s) => s.obj() !== null));
    session._expungeStates(toExpunge, { toTransient: true });
    for (const [s, [oldKey]] of this._keySwitches) {
      session.identityMap.safeDiscard(s);
      s.key = oldKey;
      if (!toExpunge.has(s)) session.identityMap.replace(s);
    }
    for (const s of new Set([...this._deleted, ...session._deleted.keys()]))
      session._updateImpl(s, { revertDeletion: true });
    for (const s of session.identityMap.allStates())
      if (!dirtyOnly || s.modified || this._dirty.has(s)) s._expire(s.dict, session.identityMap._modified);
  }

  private removeSnapshot(): void {
    const { session } = this;
    if (!this.nested && session.expireOnCommit) {
      session.identityMap._expireAll();
      InstanceState._detachStates([...this._deleted], session);
      this._deleted.clear();
    } else if (this.nested) {
      const parent = this._parent as SessionTransaction;
      for (const s of this._new) parent._new.add(s);
      for (const s of this._dirty) parent._dirty.add(s);
      for (const s of this._deleted) parent._deleted.add(s);
      for (const [s, keys] of this._keySwitches) parent._keySwitches.set(s, keys);
    }
  }

  // ---- beginning and ending

  /** @internal */
  _begin(options: { nested?: boolean } = {}): SessionTransaction {
    return this.changing(
      "_begin",
      [ACTIVE],
      NO_CHANGE,
      () =>
        new SessionTransaction(
          this.session,
          options.nested ? SessionTransactionOrigin.BEGIN_NESTED : SessionTransactionOrigin.SUBTRANSACTION,
          this,
        ),
    );
  }

  /** @internal This transaction and those around it, up to and without `upto`'s parent. */
  _iterateSelfAndParents(upto: SessionTransaction | null = null): SessionTransaction[] {
    const found: SessionTransaction[] = [];
    for (let current: SessionTransaction | null = this; current; current = current._parent) {
      found.push(current);
      if (current._parent === upto) break;
      if (current._parent === null)
        throw new InvalidRequestError(`Transaction ${host.repr(upto)} is not on the active transaction list`);
    }
    return found;
  }

  private get isTwophase(): boolean {
    return this.session.twophase && !this._parent;
  }

  prepare(): void {
    if (!this.isTwophase)
      throw new InvalidRequestError("'twophase' mode not enabled, or not root transaction; can't prepare.");
    this.prepareImpl();
  }

  private prepareImpl(): void {
    this.changing("_prepare_impl", [ACTIVE], PREPARED, () => {
      const { session } = this;
      if (this.isBoundary) session.dispatch.beforeCommit.emit(session);
      const innermost = session._transaction as SessionTransaction;
      if (innermost !== this) for (const sub of innermost._iterateSelfAndParents(this)) sub.commit();
      if (!session._flushing) {
        let flushes = 0;
        while (!session._isClean()) {
          if (flushes++ === 100)
            throw new FlushError(
              "Over 100 subsequent flushes have occurred within session.commit() - is an after_flush() hook creating new objects?",
            );
          session.flush();
        }
      }
      if (this.isTwophase)
        try {
          for (const { transaction } of this.held()) (transaction as TwoPhaseTransaction).prepare();
        } catch (e) {
          this.expectState(CLOSED, () => this.rollback());
          throw e;
        }
      this._state = PREPARED;
    });
  }

  override commit(options: { toRoot?: boolean } = {}): void {
    if (this.isBoundary) watched("commit", () => this.commitHere(options));
    else this.commitHere(options);
  }

  private commitHere(options: { toRoot?: boolean }): void {
    this.changing("commit", [ACTIVE, PREPARED], CLOSED, () => {
      if (this._state !== PREPARED) this.expectState(PREPARED, () => this.prepareImpl());
      if (this.isBoundary) {
        for (const { transaction, shouldCommit } of this.held()) if (shouldCommit) transaction.commit();
        this._state = COMMITTED;
        this.session.dispatch.afterCommit.emit(this.session);
        this.removeSnapshot();
      }
      this.expectState(CLOSED, () => this.close());
      if (options.toRoot) this._parent?.commit({ toRoot: true });
    });
  }

  /** `captured`: the error that made a flush roll back, for the transaction around it to tell. */
  override rollback(options: { captured?: unknown; toRoot?: boolean } = {}): void {
    watched("rollback", () => this.rollbackHere(options));
  }

  private rollbackHere(options: { captured?: unknown; toRoot?: boolean }): void {
    this.changing("rollback", [ACTIVE, DEACTIVE, PREPARED], CLOSED, () => {
      const { session } = this;
      const innermost = session._transaction as SessionTransaction;
      if (innermost !== this) for (const sub of innermost._iterateSelfAndParents(this)) sub.close();

      let boundary: SessionTransaction = this;
      let failed: { error: unknown } | undefined;
      if (this._state === ACTIVE || this._state === PREPARED)
        for (const transaction of this._iterateSelfAndParents()) {
          if (!transaction.isBoundary) {
            transaction._state = DEACTIVE;
            continue;
          }
          try {
            for (const held of transaction.held()) held.transaction.rollback();
            transaction._state = DEACTIVE;
            session.dispatch.afterRollback.emit(session);
          } catch (error) {
            failed = { error };
          } finally {
            transaction._state = DEACTIVE;
            transaction.restoreSnapshot(transaction.nested);
          }
          boundary = transaction;
          break;
        }
      if (!failed && !session._isClean()) {
        warn("Session's state has been changed on a non-active transaction - this state will be discarded.");
        boundary.restoreSnapshot(boundary.nested);
      }
      this.expectState(CLOSED, () => this.close());
      if (this._parent && options.captured !== undefined) this._parent._rollbackException = options.captured;
      if (failed) throw failed.error;
      session.dispatch.afterSoftRollback.emit(session, this);
      if (options.toRoot) this._parent?.rollback({ toRoot: true });
    });
  }

  override close(options: { invalidate?: boolean } = {}): void {
    this.changing("close", ANY, CLOSED, () => {
      const { session } = this;
      if (this.nested) session._nestedTransaction = this.previousNested;
      session._transaction = this._parent;
      for (const { connection, transaction, shouldCommit, autoclose } of this.held()) {
        if (options.invalidate && this._parent === null) connection.invalidate();
        if (shouldCommit && transaction.isActive) transaction.close();
        if (autoclose && this._parent === null) connection.close();
      }
      this._state = CLOSED;
      session.dispatch.afterTransactionEnd.emit(session, this);
    });
  }

  // ---- as a context manager: `with session.begin():`

  override _transactionIsActive(): boolean {
    return this._state === ACTIVE;
  }

  override _transactionIsClosed(): boolean {
    return this._state === CLOSED;
  }

  protected override rollbackCanBeCalled(): boolean {
    return this._state !== COMMITTED && this._state !== CLOSED;
  }

  protected override getSubject(): TransactionSubject {
    return this.session;
  }
}
