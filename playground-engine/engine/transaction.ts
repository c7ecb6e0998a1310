// Transactions of a connection: the outermost one, savepoints inside it, two-phase ones.
//
// A savepoint that failed leaves the outer transaction as it is; an outer one that ends takes its savepoints along.
// Behaviour: SQLAlchemy engine/base.py (Transaction and subclasses).
import { InvalidRequestError, warn } from "../errors/index.ts";
import type { Value } from "../util/host.ts";
import type { Connection } from "./connection.ts";
import { checkTransactionContext, TransactionalContext } from "./transactional-context.ts";

export abstract class Transaction extends TransactionalContext {
  readonly connection: Connection;
  isActive = false;

  constructor(connection: Connection) {
    super();
    checkTransactionContext(connection);
    this.connection = connection;
  }

  /** @internal Whether the connection has let go of this transaction. */
  abstract get _deactivatedFromConnection(): boolean;

  get isValid(): boolean {
    return this.isActive && !this.connection.invalidated;
  }

  override _transactionIsActive(): boolean {
    return this.isActive;
  }

  override _transactionIsClosed(): boolean {
    return !this._deactivatedFromConnection;
  }

  protected override rollbackCanBeCalled(): boolean {
    return true;
  }

  protected override getSubject(): Connection {
    return this.connection;
  }
}

/** BEGIN … COMMIT. */
export class RootTransaction extends Transaction {
  constructor(connection: Connection) {
    super(connection);
    this.begin();
    connection._transaction = this;
    this.isActive = true;
  }

  protected begin(): void {
    this.connection._beginImpl();
  }

  protected rollbackOnConnection(): void {
    this.connection._rollbackImpl();
  }

  protected commitOnConnection(): void {
    this.connection._commitImpl();
  }

  override get _deactivatedFromConnection(): boolean {
    return this.connection._transaction !== this;
  }

  private deactivate(): void {
    if (this.isActive) this.isActive = false;
    else if (this.connection._transaction !== this) warn("transaction already deassociated from connection");
  }

  private end(tryDeactivate: boolean): void {
    const { connection } = this;
    try {
      if (this.isActive) this.rollbackOnConnection();
      connection._nestedTransaction?._cancel();
    } finally {
      if (this.isActive || tryDeactivate) this.deactivate();
      if (connection._transaction === this) connection._transaction = null;
    }
  }

  override close(): void {
    this.end(false);
  }

  override rollback(): void {
    this.end(true);
  }

  override commit(): void {
    const { connection } = this;
    if (!this.isActive) {
      if (connection._transaction === this) connection._invalidTransaction();
      throw new InvalidRequestError("This transaction is inactive");
    }
    try {
      this.commitOnConnection();
    } finally {
      connection._nestedTransaction?._cancel();
      this.deactivate();
    }
    connection._transaction = null;
  }
}

/** A SAVEPOINT. */
export class NestedTransaction extends Transaction {
  private readonly savepoint: string;
  private readonly previous: NestedTransaction | null;

  constructor(connection: Connection) {
    super(connection);
    this.savepoint = connection._savepointImpl();
    this.isActive = true;
    this.previous = connection._nestedTransaction;
    connection._nestedTransaction = this;
  }

  override get _deactivatedFromConnection(): boolean {
    return this.connection._nestedTransaction !== this;
  }

  private deactivate(warnIfGone = true): void {
    if (this.connection._nestedTransaction === this) this.connection._nestedTransaction = this.previous;
    else if (warnIfGone) warn("nested transaction already deassociated from connection");
  }

  /** @internal The outer transaction has ended. */
  _cancel(): void {
    this.isActive = false;
    this.deactivate();
    this.previous?._cancel();
  }

  private end(warnIfGone: boolean): void {
    try {
      if (this.isActive && this.connection._transaction?.isActive)
        this.connection._rollbackToSavepointImpl(this.savepoint);
    } finally {
      this.isActive = false;
      this.deactivate(warnIfGone);
    }
  }

  override close(): void {
    this.end(false);
  }

  override rollback(): void {
    this.end(true);
  }

  override commit(): void {
    if (!this.isActive) {
      if (this.connection._nestedTransaction === this) this.connection._invalidTransaction();
      throw new InvalidRequestError("This nested transaction is inactive");
    }
    try {
      this.connection._releaseSavepointImpl(this.savepoint);
    } finally {
      this.isActive = false;
    }
    this.deactivate();
  }
}

/** A transaction that is prepared before it is committed; only some databases have them. */
export class TwoPhaseTransaction extends RootTransaction {
  // Set by begin(), which the base class's constructor calls.
  declare readonly xid: Value;
  declare private isPrepared: boolean;

  constructor(connection: Connection, xid: Value) {
    pendingXid = xid;
    super(connection);
  }

  protected override begin(): void {
    (this as { xid: Value }).xid = pendingXid;
    this.isPrepared = false;
    this.connection._twophase("begin", this.xid);
  }

  prepare(): void {
    if (!this.isActive) throw new InvalidRequestError("This transaction is inactive");
    this.connection._twophase("prepare", this.xid);
    this.isPrepared = true;
  }

  protected override rollbackOnConnection(): void {
    this.connection._twophase("rollback", this.xid, this.isPrepared);
  }

  protected override commitOnConnection(): void {
    this.connection._twophase("commit", this.xid, this.isPrepared);
  }
}

// What the constructor hands to begin() past the base class.
let pendingXid: Value = null;
