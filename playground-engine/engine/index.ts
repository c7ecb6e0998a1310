// The engine room: from an address to rows.
export { createEngine, createPoolFromUrl, engineFromConfig } from "./create.ts";
export { createMockEngine, MockConnection } from "./mock.ts";
export { Engine, EngineBegin, OptionEngine, type EngineOptions } from "./engine.ts";
export { Connection } from "./connection.ts";
export { NestedTransaction, RootTransaction, Transaction, TwoPhaseTransaction } from "./transaction.ts";
export {
  checkTransactionContext,
  TransactionalContext,
  type TransactionSubject,
} from "./transactional-context.ts";
export { CursorResult, nullDmlResult } from "./cursor-result.ts";
export {
  ChunkedIteratorResult,
  FilterResult,
  FrozenResult,
  IteratorResult,
  MappingResult,
  MergedResult,
  nullResult,
  Result,
  ScalarResult,
} from "./result.ts";
export { ResultMetaData, resultTuple, RMKeyView, SimpleResultMetaData } from "./result-metadata.ts";
export { Row, RowMapping, rowKey } from "./row.ts";
export { ExecutionContext } from "./execution-context.ts";
export { ExceptionContext } from "./handle-error.ts";
export { makeUrl, URL } from "./url.ts";
export { Inspector, inspectEngine, multiAsDict, OBJECT_KIND, OBJECT_SCOPE } from "./inspector.ts";
export { Pool } from "./pool.ts";
export {
  AssertionPool,
  AsyncAdaptedQueuePool,
  NullPool,
  QueuePool,
  SingletonThreadPool,
  StaticPool,
} from "./pools.ts";
export { ConnectionFairy, ConnectionRecord, PoolResetState } from "./pool-record.ts";
export { connectionEvents, dialectEvents, poolEvents } from "./events.ts";
export { sqlite3Module } from "./dbapi-modules.ts";
export { simulateDialects, simulating } from "./simulation.ts";
export { greenletSpawn, awaitOnly } from "./greenlet.ts";
export * from "./dbapi.ts";
export * from "./trace.ts";
