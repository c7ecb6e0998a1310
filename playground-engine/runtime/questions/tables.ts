// Tables of a database as the page shows them: read from SQLite itself, never from the text of a program.
// Behaviour: sqlite.org/pragma.html.
import { DriverError } from "../../engine/dbapi.ts";
import { host, type Value } from "../../util/host.ts";
import type { ShownColumn, ShownForeignKey, ShownIndex, ShownTable } from "../protocol.ts";
import { shownValue } from "../shown.ts";
import type { SqlSession } from "./sql-session.ts";

const text = (v: Value): string => host.str(v);
const number = (v: Value): number => Number(host.str(v));
const textOrNull = (v: Value): string | null => (v === null ? null : host.str(v));

export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What table_xinfo calls hidden: 2 and 3 are generated columns, 1 is a virtual table's own. */
function columnsOf(db: SqlSession, table: string): ShownColumn[] {
  return db
    .rows(`SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(${sqlText(table)})`)
    .filter((r) => number(r[5]) !== 1)
    .map(([name, type, notNull, standard, pk, hidden]) => ({
      name: text(name),
      type: text(type),
      nullable: number(notNull) === 0,
      default: textOrNull(standard),
      primaryKey: number(pk),
      generated: number(hidden) >= 2,
    }));
}

function indexesOf(db: SqlSession, table: string): ShownIndex[] {
  return db
    .rows(`SELECT name, "unique", origin FROM pragma_index_list(${sqlText(table)}) ORDER BY seq DESC`)
    .map(([name, unique, origin]) => ({
      name: text(name),
      unique: number(unique) !== 0,
      origin: text(origin) as ShownIndex["origin"],
      columns: db
        .rows(`SELECT name FROM pragma_index_info(${sqlText(text(name))}) ORDER BY seqno`)
        .map(([column]) => textOrNull(column)),
      sql:
        db
          .rows(`SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ${sqlText(text(name))}`)
          .map(([sql]) => textOrNull(sql))[0] ?? null,
    }));
}

function foreignKeysOf(db: SqlSession, table: string): ShownForeignKey[] {
  const keys = new Map<number, { -readonly [K in keyof ShownForeignKey]: ShownForeignKey[K] }>();
  for (const [id, target, from, to, onUpdate, onDelete] of db.rows(
    `SELECT id, "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(${sqlText(table)}) ORDER BY id DESC, seq`,
  )) {
    const key = keys.get(number(id)) ?? {
      columns: [],
      table: text(target),
      references: [],
      onUpdate: text(onUpdate),
      onDelete: text(onDelete),
    };
    key.columns = [...key.columns, text(from)];
    if (to !== null) key.references = [...key.references, text(to)];
    keys.set(number(id), key);
  }
  return [...keys.values()];
}

/** One table or view with its first rows. */
function shown(db: SqlSession, name: string, sql: string, rows: number): ShownTable {
  const bare = { name, sql, columns: [], indexes: [], foreignKeys: [], count: 0, rows: [] };
  try {
    const from = sqlName(name);
    return {
      name,
      sql,
      columns: columnsOf(db, name),
      indexes: indexesOf(db, name),
      foreignKeys: foreignKeysOf(db, name),
      count: number(db.rows(`SELECT count(*) FROM ${from}`)[0]![0]),
      rows:
        rows === 0
          ? []
          : db.rows(`SELECT * FROM ${from} LIMIT ${Math.floor(rows)}`).map((r) => r.map(shownValue)),
    };
  } catch (e) {
    if (!(e instanceof DriverError)) throw e;
    return { ...bare, error: e.message };
  }
}

/** Tables, or views, in the order they were made. SQLite's own are left out. */
export function shownTables(db: SqlSession, type: "table" | "view", rows: number): ShownTable[] {
  return db
    .rows(
      `SELECT name, sql FROM sqlite_master WHERE type = '${type}' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
    )
    .map(([name, sql]) => shown(db, text(name), sql === null ? "" : text(sql), rows));
}

/** Revisions that Alembic's table in this database holds; undefined where there is no such table. */
export function versionsIn(db: SqlSession): string[] | undefined {
  // whatever version_table calls it: one column of this name
  const names = db.texts(
    "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND (SELECT group_concat(name) FROM pragma_table_info(m.name)) = 'version_num' ORDER BY m.name <> 'alembic_version', m.rowid",
  );
  if (names.length === 0) return undefined;
  return names.flatMap((n) => db.texts(`SELECT version_num FROM ${sqlName(n)}`)).sort();
}
