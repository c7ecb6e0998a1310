// SQL of a reader's own on a database of the workspace: one connection, statements one after the other, rows and errors.
//
// For the terminal's sqlite3, the SQL console and the database panel. Nothing of it is in the trace: no program runs.
import type { SqlJsDriver } from "../../driver/index.ts";
import { DriverError, type DriverConnection, type RawRow } from "../../engine/dbapi.ts";
import { host } from "../../util/host.ts";

export interface Ran {
  readonly sql: string;
  /** undefined for a statement without rows. */
  readonly columns: readonly string[] | undefined;
  readonly rows: readonly RawRow[];
  readonly changes: number;
}

/** A failed statement: what SQLite says, its code, and where it was. */
export interface SqlFailure {
  readonly message: string;
  readonly code: number;
  /** Whether the text could not be understood (or names what is not there), and nothing was done. */
  readonly preparing: boolean;
}

const TOKEN =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\w\u0080-\uffff]+|\s+|[\s\S]/g;

export interface StatementText {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly from: number;
}

/** A text's statements without their semicolons' rest; comments alone are none. A trigger's body stays whole. */
export function statementsOf(sql: string): StatementText[] {
  const out: StatementText[] = [];
  let from = 0;
  let words: string[] = [];
  let any = false;
  let lastWord = "";
  const isTrigger = (): boolean =>
    words[0] === "create" &&
    (words[1] === "trigger" || (/^temp/.test(words[1] ?? "") && words[2] === "trigger"));
  const end = (to: number): void => {
    if (any) {
      const text = sql.slice(from, to);
      const start = from + (text.length - text.trimStart().length);
      out.push({ text: text.trim(), from: start });
    }
    from = to;
    words = [];
    any = false;
    lastWord = "";
  };
  for (const m of sql.matchAll(TOKEN)) {
    const token = m[0];
    if (/^(?:\s|--|\/\*)/.test(token)) continue;
    if (token === ";") {
      if (isTrigger() && lastWord !== "end") continue;
      end(m.index + 1);
      continue;
    }
    any = true;
    lastWord = token.toLowerCase();
    if (words.length < 4) words.push(lastWord);
  }
  end(sql.length);
  return out;
}

export class SqlSession {
  private readonly connection: DriverConnection;

  /** @param open a connection in place of one to the path @throws DriverError where there can be no database at the path */
  constructor(driver: SqlJsDriver, path: string, open?: DriverConnection) {
    this.connection = open ?? driver.connect(path, { isolationLevel: null });
  }

  close(): void {
    this.connection.close();
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  /** The database as one file. @throws DriverError within a transaction */
  bytes(): Uint8Array {
    return this.connection.serialize();
  }

  /** @throws DriverError */
  run(sql: string, most = Infinity): Ran & { readonly fetched: number } {
    const before = this.connection.totalChanges;
    const cursor = this.connection.cursor();
    try {
      cursor.execute(sql);
      const columns = cursor.description?.map(([name]) => name);
      const rows: RawRow[] = [];
      let fetched = 0;
      if (columns)
        for (let row = cursor.fetchone(); row !== undefined; row = cursor.fetchone()) {
          if (fetched++ < most) rows.push(row);
        }
      return { sql, columns, rows, fetched, changes: this.connection.totalChanges - before };
    } finally {
      cursor.close();
    }
  }

  /** Rows of a query. @throws DriverError */
  rows(sql: string): readonly RawRow[] {
    return this.run(sql).rows;
  }

  /** The first column of each row, as text. */
  texts(sql: string): string[] {
    return this.rows(sql).map((r) => host.str(r[0]));
  }

  /** What a failure is; rethrows what is none of the database's. */
  failure(e: unknown, sql: string): SqlFailure {
    if (!(e instanceof DriverError)) throw e;
    return { message: e.message, code: (e.code ?? 1) & 0xff, preparing: !this.prepares(sql) };
  }

  private prepares(sql: string): boolean {
    try {
      this.run(`EXPLAIN ${sql}`, 0);
      return true;
    } catch {
      return false;
    }
  }

  /** Where in a text SQLite stumbled: the place of the word that its message names; undefined where it names none. */
  placeOf(sql: string, message: string): number | undefined {
    const near = /^near "([\s\S]*)": syntax error$/.exec(message)?.[1];
    if (near !== undefined) {
      // the shortest beginning that is already wrong ends with the word
      for (const m of sql.matchAll(TOKEN)) {
        if (m[0] !== near && !m[0].startsWith(near)) continue;
        const upTo = sql.slice(0, m.index + m[0].length);
        if (this.error(upTo) === message) return m.index;
      }
      return undefined;
    }
    const name =
      /^no such (?:column|function): (?:\w+\.)*([^.\s]+)/.exec(message)?.[1] ??
      /^(?:table|view|trigger) (\S+) already exists$/.exec(message)?.[1];
    if (name === undefined) return undefined;
    for (const m of sql.matchAll(TOKEN)) if (m[0].toLowerCase() === name.toLowerCase()) return m.index;
    return undefined;
  }

  private error(sql: string): string | undefined {
    try {
      this.run(`EXPLAIN ${sql}`, 0);
      return undefined;
    } catch (e) {
      return e instanceof DriverError ? e.message : undefined;
    }
  }
}
