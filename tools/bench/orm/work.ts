// The work that every candidate of the ORM benchmark does: authors with three books each, on a database in memory of sql.js.
import type { Database as SqlJs, SqlJsStatic } from "sql.js";

export const AUTHORS = 1000;
export const BOOKS = 3;

/** What is measured, in the order it is shown. */
export const WORKS = {
  insert: "insert 1,000 authors with 3 books each in one unit of work",
  load: "load them with their collections",
  change: "load and change all authors",
  get: "1,000 reads by primary key",
  compile: "build and compile 1,000 joined selects",
  bulk: "insert 3,000 rows in bulk",
} as const;
export type Work = keyof typeof WORKS;

/** A library under test. Each function does the whole work once and gives a figure by which the work is checked. */
export interface Candidate {
  readonly name: string;
  /** A fresh database with empty tables. */
  open(): Promise<Run>;
}

export interface Run {
  /** Absent where the library has nothing of the kind. Figures: rows or objects touched, or statements built. */
  readonly works: Partial<Record<Work, () => Promise<number> | number>>;
  close(): Promise<void> | void;
}

export const SCHEMA = `
CREATE TABLE author (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE book (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR NOT NULL, author_id INTEGER NOT NULL REFERENCES author (id));
CREATE INDEX ix_book_author_id ON book (author_id);
`;

export const author = (i: number): string => `author ${i}`;
export const book = (i: number, j: number): string => `book ${j} of author ${i}`;

/** A prepared statement as better-sqlite3 gives it, which Kysely and MikroORM are made for. */
interface Prepared {
  readonly reader: boolean;
  all(params: readonly unknown[]): unknown[];
  run(params: readonly unknown[]): { changes: number; lastInsertRowid: number };
  iterate(params: readonly unknown[]): IterableIterator<unknown>;
}

/** sql.js behind the interface of better-sqlite3, as far as those libraries use it. */
export function sqlJsDatabase(SQL: SqlJsStatic): {
  prepare(sql: string): Prepared;
  exec(sql: string): void;
  close(): void;
} {
  const db: SqlJs = new SQL.Database();
  return {
    exec: (sql) => void db.run(sql),
    close: () => db.close(),
    prepare: (sql) => {
      const statement = db.prepare(sql);
      const columns = statement.getColumnNames();
      const all = (params: readonly unknown[]): unknown[] => {
        const rows: unknown[] = [];
        statement.bind(params as never);
        while (statement.step()) {
          const values = statement.get();
          rows.push(Object.fromEntries(columns.map((c, i) => [c, values[i]])));
        }
        statement.free();
        return rows;
      };
      return {
        reader: columns.length > 0,
        all,
        iterate: (params) => all(params)[Symbol.iterator](),
        run: (params) => {
          statement.run(params as never);
          statement.free();
          const id = db.exec("SELECT last_insert_rowid()")[0]!.values[0]![0] as number;
          return { changes: db.getRowsModified(), lastInsertRowid: id };
        },
      };
    },
  };
}
