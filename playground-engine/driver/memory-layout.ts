// Where SQLite keeps a few things in memory, in the pinned build of sql.js.
//
// That build exports no sqlite3_bind_int64, sqlite3_get_autocommit, sqlite3_extended_errcode, sqlite3_last_insert_rowid,
// sqlite3_limit and sqlite3_column_decltype. What they would read or write lies at fixed places of the connection and the statement.
// test/engine/driver/memory-layout.test.ts finds each place by experiment: a new version of sql.js that does not match fails there, and
// it says the new places.
export interface MemoryLayout {
  /** Offset in a connection of the byte that is 1 outside of transactions. */
  readonly autoCommit: number;
  /** Offset in a connection of the last inserted rowid (int64). */
  readonly lastRowid: number;
  /** Offset in a connection of the extended result code (int32). */
  readonly errorCode: number;
  /** Offset in a connection of its limits (int32 each, in the order of SQLITE_LIMIT_…). */
  readonly limits: number;
  /** Offset in a statement of the pointer to its bound values. */
  readonly variables: number;
  /** Size of a value; its integer comes first. */
  readonly valueSize: number;
  /** Offset in a value of the pointer to its text. */
  readonly valueText: number;
  /** Offset in a statement of the pointer to its column names; declared types follow after all names. */
  readonly columnNames: number;
}

/** Of sql.js 1.16.0. */
export const LAYOUT: MemoryLayout = {
  autoCommit: 85,
  lastRowid: 40,
  errorCode: 64,
  limits: 120,
  variables: 100,
  valueSize: 40,
  valueText: 8,
  columnNames: 116,
};
