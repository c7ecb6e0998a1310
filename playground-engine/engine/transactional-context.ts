// Transactions as `with` blocks: commit at the end of the block, roll back where it raised.
//
// While a block is open its subject (a connection, a session) remembers it, so that a transaction that was ended inside the block
// refuses further work until the block ends. Behaviour: SQLAlchemy engine/util.py (TransactionalContext).
import { InvalidRequestError } from "../errors/index.ts";

export interface TransactionSubject {
  /** @internal the block that is open now */
  _transContextManager: TransactionalContext | null;
}

/** Throws InvalidRequestError inside a block whose transaction has ended. */
export function checkTransactionContext(subject: TransactionSubject): void {
  const context = subject._transContextManager;
  if (context && !context._transactionIsActive())
    throw new InvalidRequestError(
      "Can't operate on closed transaction inside context manager.  Please complete the context manager before emitting further commands.",
    );
}

export abstract class TransactionalContext {
  private outer: TransactionalContext | null = null;
  private subject: TransactionSubject | null = null;

  abstract _transactionIsActive(): boolean;
  abstract _transactionIsClosed(): boolean;
  protected abstract rollbackCanBeCalled(): boolean;
  protected abstract getSubject(): TransactionSubject;
  abstract commit(): void;
  abstract rollback(): void;
  abstract close(): void;

  enter(): this {
    const subject = this.getSubject();
    this.outer = subject._transContextManager;
    this.subject = subject;
    subject._transContextManager = this;
    return this;
  }

  /** The block ends; `exception` is what it raised, or null. */
  exit(exception: unknown = null): void {
    const inPlace = this.subject !== null && this.subject._transContextManager === this;
    try {
      if (exception === null && this._transactionIsActive()) {
        try {
          this.commit();
        } catch (e) {
          if (this.rollbackCanBeCalled()) this.rollback();
          throw e;
        }
      } else if (!this._transactionIsActive()) {
        if (!this._transactionIsClosed()) this.close();
      } else if (this.rollbackCanBeCalled()) this.rollback();
    } finally {
      if (inPlace) (this.subject as TransactionSubject)._transContextManager = this.outer;
      this.subject = this.outer = null;
    }
  }

  /** Run fn as the body of a `with` block. */
  run<T>(fn: (transaction: this) => T): T {
    this.enter();
    let result: T;
    try {
      result = fn(this);
    } catch (e) {
      this.exit(e);
      throw e;
    }
    this.exit();
    return result;
  }
}
