// A connection to a database: executes statements, begins a transaction when it is first used, ends it when told.
//
// What it holds is in connection-base.ts, how it executes in statement-execution.ts; here are its transactions. Behaviour: SQLAlchemy engine/base.py (Connection).
import { InvalidRequestError } from "../errors/index.ts";
import {
  ReleaseSavepointClause,
  RollbackToSavepointClause,
  SavepointClause,
} from "../sql/elements/savepoint.ts";
import type { DdlOptions, DdlVisitorClass } from "../sql/schema/ddl-runner.ts";
import type { Visitable } from "../sql/visitable.ts";
import { host, type Value } from "../util/host.ts";
import { doCommit, doRollback } from "./dbapi-calls.ts";
import { DriverError } from "./dbapi.ts";
import { StatementExecution } from "./statement-execution.ts";
import { NestedTransaction, RootTransaction, TwoPhaseTransaction } from "./transaction.ts";
import { traceTransaction } from "./trace.ts";

export class Connection extends StatementExecution {
  // On the prototype: listeners of engine_connect may use a connection before its own fields would be there.
  declare private savepointSequence: number;
  declare private inBegin: boolean;

  enter(): this {
    return this;
  }

  exit(): void {
    this.close();
  }

  close(): void {
    const transaction = this._transaction;
    if (transaction) transaction.close();
    const fairy = this.fairy;
    if (fairy) {
      if (transaction) fairy._closeSpecial(true);
      else fairy.close();
      this.fairy = null;
    }
    this.canReconnect = false;
  }

  // ------------------------------------------------------------------ transactions

  protected override autobegin(): void {
    if (this.allowAutobegin && !this.inBegin) this.begin();
  }

  begin(): RootTransaction {
    if (this._transaction)
      throw new InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't call begin() here unless rollback() or commit() is called first.",
      );
    return new RootTransaction(this);
  }

  beginNested(): NestedTransaction {
    if (!this._transaction) this.autobegin();
    return new NestedTransaction(this);
  }

  beginTwophase(xid: Value = null): TwoPhaseTransaction {
    if (this._transaction)
      throw new InvalidRequestError(
        "Cannot start a two phase transaction when a transaction is already in progress.",
      );
    return new TwoPhaseTransaction(
      this,
      xid ?? `_sa_${Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16)).join("")}`,
    );
  }

  commit(): void {
    this._transaction?.commit();
  }

  rollback(): void {
    this._transaction?.rollback();
  }

  recoverTwophase(): Value {
    this.lacksTwophase();
  }

  rollbackPrepared(_xid: Value, _recover = false): void {
    this.lacksTwophase();
  }

  commitPrepared(_xid: Value, _recover = false): void {
    this.lacksTwophase();
  }

  inTransaction(): boolean {
    return this._transaction?.isActive ?? false;
  }

  inNestedTransaction(): boolean {
    return this._nestedTransaction?.isActive ?? false;
  }

  getTransaction(): RootTransaction | null {
    return this._transaction;
  }

  getNestedTransaction(): NestedTransaction | null {
    return this._nestedTransaction;
  }

  /** @internal */
  _getRequiredTransaction(): RootTransaction {
    if (!this._transaction) throw new InvalidRequestError("connection is not in a transaction");
    return this._transaction;
  }

  /** @internal */
  _getRequiredNestedTransaction(): NestedTransaction {
    if (!this._nestedTransaction) throw new InvalidRequestError("connection is not in a nested transaction");
    return this._nestedTransaction;
  }

  /** @internal */
  _beginImpl(): void {
    if (this._echo)
      this._logInfo(
        this.isAutocommit
          ? "BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)"
          : "BEGIN (implicit)",
      );
    this.inBegin = true;
    try {
      // the trace listens first, as a listener on the class does
      traceTransaction("begin", this.number);
      if (this.hasEvents) this.dispatch.begin.emit(this);
      // The driver begins by itself; here it is only made sure that there is a connection.
      void this.connection;
    } finally {
      this.inBegin = false;
    }
  }

  /** @internal */
  override _rollbackImpl(): void {
    traceTransaction("rollback", this.number);
    if (this.hasEvents) this.dispatch.rollback.emit(this);
    if (!this.stillOpen) return;
    if (this._echo) {
      if (!this.isAutocommit) this._logInfo("ROLLBACK");
      else if (this.dialect.skipAutocommitRollback)
        this._logInfo("ROLLBACK will be skipped by skip_autocommit_rollback");
      else
        this._logInfo(
          "ROLLBACK using DBAPI connection.rollback(); set skip_autocommit_rollback to prevent fully",
        );
    }
    this.guarded(() => doRollback(this.dialect, this.dbapiConnection()));
  }

  /** @internal */
  _commitImpl(): void {
    traceTransaction("commit", this.number);
    if (this.hasEvents) this.dispatch.commit.emit(this);
    if (this._echo)
      this._logInfo(
        this.isAutocommit
          ? "COMMIT using DBAPI connection.commit(), has no effect due to autocommit mode"
          : "COMMIT",
      );
    this.guarded(() => doCommit(this.dialect, this.dbapiConnection()));
  }

  /** @internal */
  _savepointImpl(): string {
    const name = `sa_savepoint_${this.savepointSequence + 1}`;
    traceTransaction("savepoint", this.number, name);
    if (this.hasEvents) this.dispatch.savepoint.emit(this, null);
    this.savepointSequence++;
    this.execute(new SavepointClause(name));
    return name;
  }

  /** @internal */
  _rollbackToSavepointImpl(name: string): void {
    traceTransaction("rollback_savepoint", this.number, name);
    if (this.hasEvents) this.dispatch.rollbackSavepoint.emit(this, name, null);
    if (!this.stillOpen) return;
    this.execute(new RollbackToSavepointClause(name));
  }

  /** @internal */
  _releaseSavepointImpl(name: string): void {
    traceTransaction("release_savepoint", this.number, name);
    if (this.hasEvents) this.dispatch.releaseSavepoint.emit(this, name, null);
    if ((this.engine.shown ?? this.dialect).releasesSavepoints)
      this.execute(new ReleaseSavepointClause(name));
  }

  private lacksTwophase(): never {
    const { shown } = this.engine;
    if (shown) {
      const message = `The playground runs ${shown.name} on SQLite, which has no two-phase transactions.`;
      this._handleDbapiException(new DriverError("NotSupportedError", message), null, null, null, null);
    }
    throw host.error("NotImplementedError", "");
  }

  /** @internal No dialect that runs here has two-phase transactions: events are told, then it is not implemented. */
  _twophase(what: "begin" | "prepare" | "rollback" | "commit", xid: Value, isPrepared = false): void {
    if (what === "begin" && this._echo) this._logInfo("BEGIN TWOPHASE (implicit)");
    if (this.hasEvents) {
      const { dispatch } = this;
      const event = {
        begin: dispatch.beginTwophase,
        prepare: dispatch.prepareTwophase,
        rollback: dispatch.rollbackTwophase,
        commit: dispatch.commitTwophase,
      }[what];
      if (what === "rollback" || what === "commit") event.emit(this, xid, isPrepared);
      else event.emit(this, xid);
    }
    this.lacksTwophase();
  }

  protected override inTransactionNow(): boolean {
    return this.inTransaction();
  }

  // ------------------------------------------------------------------ DDL

  /** @internal */
  _runDdlVisitor(visitor: DdlVisitorClass, element: Visitable, options: DdlOptions): void {
    new visitor(this.dialect as never, this as never, options).traverseSingle(element);
  }
}
Object.assign(Connection.prototype, { savepointSequence: 0, inBegin: false });
