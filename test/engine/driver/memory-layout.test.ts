// Where the pinned build of SQLite keeps what it exports no function for: each place is looked for with a value nothing else has, and
// must turn up exactly once.
import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LAYOUT, type MemoryLayout } from "../../../playground-engine/driver/memory-layout.ts";
import { type SqliteModule, startModule } from "../../../playground-engine/driver/module.ts";

test("the driver reads and writes where SQLite keeps it", async () => {
  const wasm = createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm");
  expect(findLayout(await startModule(readFileSync(wasm)))).toEqual(LAYOUT);
});

const SPAN = 400;
const MARK_A = 0x5eadbee1;
const MARK_B = 0x5eadbee2;

function findLayout(m: SqliteModule): MemoryLayout {
  const { raw } = m;
  const out = raw._malloc(4);
  const withText = <T>(s: string, fn: (p: number) => T): T => {
    const p = raw.stringToNewUTF8(s);
    try {
      return fn(p);
    } finally {
      raw._free(p);
    }
  };
  withText(":memory:", (p) => raw._sqlite3_open(p, out));
  const db = m.pointerAt(out);
  const prepare = (sql: string): number => {
    withText(sql, (p) => raw._sqlite3_prepare_v2(db, p, -1, out, 0));
    return m.pointerAt(out);
  };
  const run = (sql: string): void => {
    const stmt = prepare(sql);
    raw._sqlite3_step(stmt);
    raw._sqlite3_finalize(stmt);
  };
  const places = (from: number, step: number, test: (p: number) => boolean): number[] => {
    const found: number[] = [];
    for (let i = 0; i < SPAN; i += step) if (test(from + i)) found.push(i);
    return found;
  };
  const only = (what: string, found: readonly number[]): number => {
    if (found.length !== 1) throw new Error(`${what} are found at ${found.length} places of memory`);
    return found[0] as number;
  };

  run("create table probe_table (a integer primary key, b unique, c text probe_type)");
  let autoCommit: number[] | undefined;
  for (let round = 0; round < 3; round++) {
    const ones = places(db, 1, (p) => m.heap[p] === 1);
    run("begin");
    const zeros = new Set(places(db, 1, (p) => m.heap[p] === 0));
    run("commit");
    const again = new Set(places(db, 1, (p) => m.heap[p] === 1));
    autoCommit = (autoCommit ?? ones).filter((i) => ones.includes(i) && zeros.has(i) && again.has(i));
  }
  run("insert into probe_table values (78187493530, 1, 'x')");
  const lastRowid = places(db, 8, (p) => m.int64At(p) === 78187493530);
  run("insert into probe_table values (1, 1, 'x')");
  // SQLITE_CONSTRAINT_UNIQUE
  const errorCode = places(db, 4, (p) => m.int32At(p) === 2067);
  // 2000 columns and 32766 variables, which nobody has lowered yet
  const limits = places(db, 4, (p) => m.int32At(p + 4 * 2) === 2000 && m.int32At(p + 4 * 9) === 32766);

  const size = m.heap.length;
  const pointsInside = (p: number): boolean => p > 1024 && p < size - SPAN && p % 4 === 0;
  // With a cursor and arguments: without them three neighbouring pointers lead to the same place.
  const bound = prepare("select ?, ? from pragma_table_info('probe_table')");
  raw._sqlite3_bind_int(bound, 1, MARK_A);
  raw._sqlite3_bind_int(bound, 2, MARK_B);
  const variables = only(
    "bound values",
    places(bound, 4, (p) => pointsInside(m.pointerAt(p)) && m.int32At(m.pointerAt(p)) === MARK_A),
  );
  const values = m.pointerAt(bound + variables);
  const valueSize = only(
    "the size of a value",
    places(values, 8, (p) => m.int32At(p) === MARK_B),
  );
  raw._sqlite3_finalize(bound);

  const named = prepare("select c as probe_name from probe_table");
  const nameText = m.cString(raw._sqlite3_column_name(named, 0));
  const isName = (p: number): boolean => pointsInside(p - (p % 4)) && m.cString(p) === nameText;
  let valueText: number | undefined;
  const columnNames = places(named, 4, (p) => {
    const array = m.pointerAt(p);
    if (!pointsInside(array)) return false;
    for (let i = 0; i < valueSize; i += 4)
      if (
        isName(m.pointerAt(array + i)) &&
        m.cString(m.pointerAt(array + valueSize + i)).toLowerCase() === "text probe_type"
      ) {
        valueText = i;
        return true;
      }
    return false;
  });
  raw._sqlite3_finalize(named);
  raw._sqlite3_close_v2(db);
  raw._free(out);
  return {
    autoCommit: only("the autocommit flag", autoCommit ?? []),
    lastRowid: only("the last rowid", lastRowid),
    errorCode: only("the result code", errorCode),
    limits: only("the limits", limits),
    variables,
    valueSize,
    valueText: valueText ?? 0,
    columnNames: only("column names", columnNames),
  };
}
