// Which exception of sqlite3 a result code is. Behaviour: CPython 3.11, Modules/_sqlite/util.c and its list of code names.
import { DriverError, type DriverErrorName } from "../engine/dbapi.ts";

const CLASSES: ReadonlyMap<number, DriverErrorName> = new Map<number, DriverErrorName>([
  [2, "InternalError"],
  [12, "InternalError"],
  ...[1, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 16, 17].map((code) => [code, "OperationalError"] as const),
  [11, "DatabaseError"],
  [18, "DataError"],
  [19, "IntegrityError"],
  [20, "IntegrityError"],
  [21, "InterfaceError"],
  [25, "InterfaceError"],
]);

const NAMES =
  "1 ERROR 2 INTERNAL 3 PERM 4 ABORT 5 BUSY 6 LOCKED 7 NOMEM 8 READONLY 9 INTERRUPT 10 IOERR 11 CORRUPT 12 NOTFOUND 13 FULL 14 CANTOPEN " +
  "15 PROTOCOL 16 EMPTY 17 SCHEMA 18 TOOBIG 19 CONSTRAINT 20 MISMATCH 21 MISUSE 22 NOLFS 23 AUTH 24 FORMAT 25 RANGE 26 NOTADB 27 NOTICE " +
  "28 WARNING 257 ERROR_MISSING_COLLSEQ 261 BUSY_RECOVERY 262 LOCKED_SHAREDCACHE 264 READONLY_RECOVERY 266 IOERR_READ 267 CORRUPT_VTAB " +
  "270 CANTOPEN_NOTEMPDIR 275 CONSTRAINT_CHECK 513 ERROR_RETRY 516 ABORT_ROLLBACK 517 BUSY_SNAPSHOT 518 LOCKED_VTAB 520 READONLY_CANTLOCK " +
  "526 CANTOPEN_ISDIR 531 CONSTRAINT_COMMITHOOK 769 ERROR_SNAPSHOT 773 BUSY_TIMEOUT 776 READONLY_ROLLBACK 782 CANTOPEN_FULLPATH " +
  "787 CONSTRAINT_FOREIGNKEY 1032 READONLY_DBMOVED 1043 CONSTRAINT_FUNCTION 1299 CONSTRAINT_NOTNULL 1555 CONSTRAINT_PRIMARYKEY " +
  "1811 CONSTRAINT_TRIGGER 2067 CONSTRAINT_UNIQUE 2323 CONSTRAINT_VTAB 2579 CONSTRAINT_ROWID 2835 CONSTRAINT_PINNED 3091 CONSTRAINT_DATATYPE";

/** Result codes by number, as sqlite3 has them as constants. */
export const CODE_NAMES: ReadonlyMap<number, string> = (() => {
  const words = NAMES.split(" ");
  const map = new Map<number, string>();
  for (let i = 0; i < words.length; i += 2) map.set(Number(words[i]), `SQLITE_${words[i + 1] as string}`);
  return map;
})();

/** The exception for an (extended) result code. */
export function errorOf(code: number, message: string): DriverError {
  return new DriverError(
    CLASSES.get(code & 255) ?? "DatabaseError",
    message,
    code,
    CODE_NAMES.get(code) ?? CODE_NAMES.get(code & 255),
  );
}

/** A misuse of the driver by the program. */
export function programmingError(message: string): DriverError {
  return new DriverError("ProgrammingError", message);
}
