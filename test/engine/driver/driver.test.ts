// The driver against what CPython 3.11's sqlite3 answered to the same calls.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../playground-engine/driver/connection.ts";
import { loadNodeDriver } from "../../../playground-engine/driver/node.ts";
import type { SqlJsDriver } from "../../../playground-engine/driver/index.ts";
import {
  DriverError,
  type DriverConnection,
  type DriverCursor,
  type Params,
} from "../../../playground-engine/engine/dbapi.ts";
import { PlainDate } from "../../../playground-engine/util/plain-types.ts";

let driver: SqlJsDriver;
let c: DriverConnection;
let cur: DriverCursor;
beforeAll(async () => {
  driver = await loadNodeDriver();
});
beforeEach(() => {
  driver.reset({ files: true });
  c = driver.connect(":memory:");
  cur = c.cursor();
});

const all = (sql: string, params?: Params) => {
  cur.execute(sql, params);
  return cur.fetchall();
};
function error(fn: () => unknown): string {
  try {
    fn();
  } catch (e) {
    if (e instanceof DriverError) return [e.errorName, e.message, e.codeName].filter(Boolean).join(" | ");
    return `${(e as Error).name} | ${(e as Error).message}`;
  }
  return "no error";
}
const table = "create table t(id integer primary key, a text not null, b integer unique check(b>0))";

describe("values", () => {
  it("keeps integers, reals, text and blobs apart", () => {
    expect(all("select 1, 1.5, 'é\u{1F600}', x'00ff', null, '', typeof(?), typeof(?)", [1, 1.5])).toEqual([
      [1, 1.5, "é\u{1F600}", new Uint8Array([0, 255]), null, "", "integer", "real"],
    ]);
  });
  it("binds and reads 64 bits exactly", () => {
    const big = [2 ** 31, -(2 ** 40), 9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n)];
    expect(all("select ?, ?, ?, ?, ?, typeof(?)", [...big, 2n ** 62n])).toEqual([[...big, "integer"]]);
    expect(all("select 9007199254740992, 9007199254740991")).toEqual([[9007199254740992, 9007199254740991]]);
    expect(error(() => cur.execute("select ?", [2n ** 63n]))).toBe(
      "OverflowError | Python int too large to convert to SQLite INTEGER",
    );
  });
  it("keeps NUL in text, and long text", () => {
    expect(all("select length(?), ?, ?", ["a\0b", "a\0b", "ü".repeat(5000)])).toEqual([
      [1, "a\0b", "ü".repeat(5000)],
    ]);
    expect(error(() => cur.execute("select ?", ["\udc80"]))).toBe(
      "UnicodeEncodeError | 'utf-8' codec can't encode character '\\udc80' in position 0: surrogates not allowed",
    );
  });
  it("adapts dates, refuses other objects", () => {
    expect(all("select ?, ?, ?", [new PlainDate(2020, 1, 2), true, new Uint8Array()])).toEqual([
      ["2020-01-02", 1, new Uint8Array()],
    ]);
    expect(error(() => cur.execute("select ?", [[1]]))).toBe(
      "ProgrammingError | Error binding parameter 1: type 'list' is not supported",
    );
  });
  it("forgets old bindings", () => {
    expect(all("select ?, ?", [1, "x"])).toEqual([[1, "x"]]);
    expect(all("select ?, ?", [null, 2])).toEqual([[null, 2]]);
  });
  it("complains about text that is no UTF-8", () => {
    expect(error(() => all("select cast(x'ff61' as text)"))).toBe(
      "OperationalError | Could not decode to UTF-8 column 'cast(x'ff61' as text)' with text '\ufffda'",
    );
  });
});

describe("parameters", () => {
  it("counts and names them as sqlite3 does", () => {
    expect(all("select :a, :b, :a", [1, 2])).toEqual([[1, 2, 1]]);
    expect(all("select ?2, ?1", [1, 2])).toEqual([[2, 1]]);
    expect(
      all(
        "select :a, @b, $c, ':x', [:y] from (select 1 as [:y]) -- :z",
        new Map([
          ["c", 3],
          ["a", 1],
          ["b", 2],
        ]),
      ),
    ).toEqual([[1, 2, 3, ":x", 1]]);
    expect(error(() => cur.execute("select ?,?", [1]))).toBe(
      "ProgrammingError | Incorrect number of bindings supplied. The current statement uses 2, and there are 1 supplied.",
    );
    expect(error(() => cur.execute("select ?", [1, 2]))).toBe(
      "ProgrammingError | Incorrect number of bindings supplied. The current statement uses 1, and there are 2 supplied.",
    );
    expect(error(() => cur.execute("select :a,:b", new Map([["a", 1]])))).toBe(
      "ProgrammingError | You did not supply a value for binding parameter :b.",
    );
    expect(error(() => cur.execute("select :a,?", new Map([["a", 1]])))).toBe(
      "ProgrammingError | Binding 2 has no name, but you supplied a dictionary (which has only names).",
    );
    expect(error(() => cur.execute("select ?", 5 as unknown as Params))).toBe(
      "ProgrammingError | parameters are of unsupported type",
    );
  });
});

describe("statements", () => {
  it("takes one at a time", () => {
    for (const sql of ["select 1; select 2", "select 1; -- x\n ;"])
      expect(error(() => cur.execute(sql))).toBe(
        "ProgrammingError | You can only execute one statement at a time.",
      );
    expect(error(() => cur.execute("selec 1"))).toBe(
      'OperationalError | near "selec": syntax error | SQLITE_ERROR',
    );
    expect(error(() => cur.execute("select 1\0"))).toBe(
      "ProgrammingError | the query contains a null character",
    );
    cur.execute("  -- nothing\n");
    expect([cur.description, cur.fetchone(), cur.rowcount]).toEqual([null, undefined, -1]);
  });
  it("describes columns", () => {
    cur.execute("select 1 as [x y], 2 as 'a [b]', 3");
    expect(cur.description?.map((d) => d[0])).toEqual(["x y", "a [b]", "3"]);
  });
  it("fetches in pieces", () => {
    cur.execute("values (1),(2),(3)");
    expect([cur.arraysize, cur.fetchmany(), cur.fetchmany(5), cur.fetchmany(), cur.fetchone()]).toEqual([
      1,
      [[1]],
      [[2], [3]],
      [],
      undefined,
    ]);
  });
  it("runs one text in two cursors at once", () => {
    const other = c.cursor();
    cur.execute("values (1),(2)");
    other.execute("values (1),(2)");
    expect([cur.fetchone(), other.fetchone(), cur.fetchone(), other.fetchone()]).toEqual([
      [1],
      [1],
      [2],
      [2],
    ]);
  });
  it("counts rows when a statement is done", () => {
    const counts: unknown[] = [];
    const note = (sql: string) => {
      cur.execute(sql);
      counts.push([cur.rowcount, cur.lastrowid, c.inTransaction]);
    };
    note(table);
    note("insert into t(a,b) values('x',1)");
    cur.executemany("insert into t(a,b) values(?,?)", [
      ["a", 10],
      ["b", 11],
    ]);
    counts.push([cur.rowcount, cur.lastrowid]);
    note("insert into t(a,b) values('r',100) returning id,b");
    counts.push([cur.fetchone(), cur.rowcount, cur.fetchone()]);
    note("update t set a='q'");
    note("with q as (select 1) insert into t(a,b) select 'w',200 from q");
    note("select count(*) from t");
    expect(counts).toEqual([
      [-1, 0, false],
      [1, 1, true],
      [2, 1],
      [0, 4, true],
      [[4, 100], 1, undefined],
      [4, 4, true],
      [-1, 5, true],
      [-1, 5, true],
    ]);
    expect(error(() => cur.executemany("select ?", [[1]]))).toBe(
      "ProgrammingError | executemany() can only execute DML statements.",
    );
  });
  it("runs scripts", () => {
    cur.execute(table);
    cur.executescript("insert into t(a,b) values('s;',300); select 1; create table z(a);");
    expect(all("select a, (select count(*) from z) from t")).toEqual([["s;", 0]]);
    expect(error(() => cur.executescript("insert into t(a,b) values('s',301); bogus;"))).toBe(
      'OperationalError | near "bogus": syntax error | SQLITE_ERROR',
    );
  });
});

describe("errors by result code", () => {
  it("tells constraints apart", () => {
    cur.execute(table);
    cur.execute("insert into t(a,b) values('x',1)");
    const of = (sql: string) => error(() => cur.execute(sql));
    expect(of("insert into t(a,b) values('x',1)")).toBe(
      "IntegrityError | UNIQUE constraint failed: t.b | SQLITE_CONSTRAINT_UNIQUE",
    );
    expect(of("insert into t(b) values(2)")).toBe(
      "IntegrityError | NOT NULL constraint failed: t.a | SQLITE_CONSTRAINT_NOTNULL",
    );
    expect(of("insert into t(a,b) values('x',-2)")).toBe(
      "IntegrityError | CHECK constraint failed: b>0 | SQLITE_CONSTRAINT_CHECK",
    );
    expect(of("insert into t(id,a,b) values(1,'x',5)")).toBe(
      "IntegrityError | UNIQUE constraint failed: t.id | SQLITE_CONSTRAINT_PRIMARYKEY",
    );
    expect(of("insert into t(id,a,b) values('zz','x',5)")).toBe(
      "IntegrityError | datatype mismatch | SQLITE_MISMATCH",
    );
    expect(of("select * from nope")).toBe("OperationalError | no such table: nope | SQLITE_ERROR");
    expect(of("select 'a' = 'b' collate foo")).toBe(
      "OperationalError | no such collation sequence: foo | SQLITE_ERROR_MISSING_COLLSEQ",
    );
    c.rollback();
    expect(of("commit")).toBe("OperationalError | cannot commit - no transaction is active | SQLITE_ERROR");
    expect(of("rollback to savepoint x")).toBe("OperationalError | no such savepoint: x | SQLITE_ERROR");
  });
  it("has foreign keys off until asked", () => {
    expect(all("pragma foreign_keys")).toEqual([[0]]);
    c.isolationLevel = null;
    cur.execute("pragma foreign_keys=on");
    cur.executescript("create table p(id integer primary key); create table ch(p references p(id));");
    expect(error(() => cur.execute("insert into ch values(5)"))).toBe(
      "IntegrityError | FOREIGN KEY constraint failed | SQLITE_CONSTRAINT_FOREIGNKEY",
    );
  });
  it("knows what is closed", () => {
    const closed = "ProgrammingError | Cannot operate on a closed database.";
    cur.close();
    expect(error(() => cur.execute("select 1"))).toBe(
      "ProgrammingError | Cannot operate on a closed cursor.",
    );
    const other = c.cursor();
    c.close();
    c.close();
    expect([
      error(() => other.execute("select 1")),
      error(() => c.cursor()),
      error(() => c.commit()),
    ]).toEqual([closed, closed, closed]);
  });
});

describe("transactions", () => {
  it("begin before the first change unless in autocommit", () => {
    cur.execute("create table t(a)");
    expect(c.inTransaction).toBe(false);
    cur.execute("insert into t values(1)");
    expect(c.inTransaction).toBe(true);
    c.isolationLevel = null;
    expect(c.inTransaction).toBe(false);
    cur.execute("insert into t values(2)");
    expect(c.inTransaction).toBe(false);
    expect(error(() => (c.isolationLevel = "bogus"))).toBe(
      "ValueError | isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'",
    );
    cur.execute("begin");
    expect(error(() => cur.execute("begin"))).toBe(
      "OperationalError | cannot start a transaction within a transaction | SQLITE_ERROR",
    );
  });
  it("roll back on close", () => {
    const a = driver.connect("x.db");
    a.cursor().execute("create table t(a)");
    a.cursor().execute("insert into t values(1)");
    a.close();
    const b = driver.connect("/x.db").cursor();
    b.execute("select count(*) from t");
    expect(b.fetchall()).toEqual([[0]]);
  });
});

describe("files", () => {
  it("lets several connections lock one another out", () => {
    const a = driver.connect("app.db");
    const b = driver.connect("./app.db");
    a.cursor().execute("create table t(a)");
    a.cursor().execute("insert into t values(1)");
    expect(error(() => b.cursor().execute("insert into t values(2)"))).toBe(
      "OperationalError | database is locked | SQLITE_BUSY",
    );
    b.rollback();
    const reader = b.cursor();
    reader.execute("select * from t");
    expect(reader.fetchall()).toEqual([]);
    a.commit();
    reader.execute("select * from t");
    expect(reader.fetchall()).toEqual([[1]]);
    expect(driver.files.list()).toEqual(["/app.db"]);
  });
  it("moves them in and out as bytes", () => {
    const a = driver.connect("app.db");
    a.cursor().executescript("create table t(a); insert into t values(42);");
    const bytes = driver.files.export("app.db");
    expect(new TextDecoder().decode(bytes.subarray(0, 15))).toBe("SQLite format 3");
    driver.files.import("copy.db", bytes);
    const copy = driver.connect("copy.db").cursor();
    copy.execute("select a from t");
    expect(copy.fetchone()).toEqual([42]);
    expect(driver.files.delete("app.db")).toBe(true);
    const fresh = driver.connect("app.db").cursor();
    expect(error(() => fresh.execute("select a from t"))).toBe(
      "OperationalError | no such table: t | SQLITE_ERROR",
    );
    driver.files.import(
      "junk.db",
      new TextEncoder().encode("hello world, this is not a database".repeat(100)),
    );
    expect(error(() => driver.connect("junk.db").cursor().execute("select * from t"))).toBe(
      "DatabaseError | file is not a database | SQLITE_NOTADB",
    );
  });
  it("opens only where a directory is", () => {
    expect(error(() => driver.connect("/nonexistent/x.db"))).toBe(
      "OperationalError | unable to open database file | SQLITE_CANTOPEN",
    );
    driver.files.configure({ hasDirectory: (path) => path === "/data" });
    driver.connect("data/x.db").cursor().execute("create table t(a)");
    expect(error(() => driver.connect("/data"))).toContain("unable to open");
    expect(driver.files.list()).toEqual(["/data/x.db"]);
    cur.execute("attach 'data/x.db' as other");
    expect(all("select name from other.sqlite_master")).toEqual([["t"]]);
    driver.files.configure({});
  });
  it("understands URIs", () => {
    const uri = (s: string) => driver.connect(s, { uri: true });
    expect(error(() => uri("file:none.db?mode=ro"))).toBe(
      "OperationalError | unable to open database file | SQLITE_CANTOPEN",
    );
    expect(error(() => uri("file:none.db?mode=zz"))).toBe(
      "OperationalError | no such access mode: zz | SQLITE_ERROR",
    );
    driver.connect("app.db").cursor().execute("create table t(a)");
    expect(error(() => uri("file:app.db?mode=ro").cursor().execute("insert into t values(1)"))).toBe(
      "OperationalError | attempt to write a readonly database | SQLITE_READONLY",
    );
    const one = uri("file:shared?mode=memory&cache=shared");
    one.cursor().executescript("create table t(a); insert into t values(7)");
    const two = uri("file:shared?mode=memory&cache=shared").cursor();
    two.execute("select a from t");
    expect(two.fetchall()).toEqual([[7]]);
    two.connection.close();
    one.close();
    expect(
      error(() => uri("file:shared?mode=memory&cache=shared").cursor().execute("select a from t")),
    ).toContain("no such table");
    expect(driver.files.list()).toEqual(["/app.db"]);
  });
  it("copies a database into another", () => {
    cur.executescript("create table t(a); insert into t values(1)");
    const target = driver.connect("backup.db");
    c.backup(target);
    const reader = target.cursor();
    reader.execute("select a from t");
    expect(reader.fetchall()).toEqual([[1]]);
    expect(c.serialize().length).toBeGreaterThan(1000);
  });
});

describe("functions of the program", () => {
  it("computes with any number of arguments", () => {
    c.createFunction("total", -1, (...args) => (args as number[]).reduce((a, b) => a + b, 0), true);
    c.createFunction("big", 0, () => 2n ** 60n);
    expect(all("select total(1, 2, 3), total(), big(), typeof(big())")).toEqual([
      [6, 0, 2n ** 60n, "integer"],
    ]);
    c.createFunction("boom", 1, () => {
      throw new Error("no");
    });
    expect(error(() => all("select boom(1)"))).toBe(
      "OperationalError | user-defined function raised exception | SQLITE_ERROR",
    );
    expect(error(() => all("select boom(1, 2)"))).toBe(
      "OperationalError | wrong number of arguments to function boom() | SQLITE_ERROR",
    );
  });
  it("aggregates group by group", () => {
    c.createAggregate("joined", 1, () => {
      const seen: unknown[] = [];
      return { step: (v) => void seen.push(v), finalize: () => seen.join("+") };
    });
    expect(
      all(
        "select a, joined(b) from (select 1 as a, 'x' as b union all select 2, 'y' union all select 1, 'z') group by a",
      ),
    ).toEqual([
      [1, "x+z"],
      [2, "y"],
    ]);
    expect(all("select joined(1) where 0")).toEqual([[""]]);
  });
});

describe("rows that nobody reads", () => {
  it("are in nobody's way", () => {
    cur.executescript("create table t(a integer primary key); insert into t values (1),(2),(3)");
    cur.execute("select a from t");
    cur.fetchone();
    const other = c.cursor();
    other.execute("drop table t");
    expect(cur.fetchall()).toEqual([[2], [3]]);
  });
  it("hold no lock against another connection", () => {
    const a = driver.connect("app.db");
    a.cursor().executescript("create table t(a); insert into t values (1),(2)");
    const reader = a.cursor();
    reader.execute("select a from t");
    const b = driver.connect("app.db");
    b.cursor().execute("insert into t values (3)");
    b.commit();
    expect(reader.fetchall()).toEqual([[1], [2]]);
  });
  it("count when an INSERT … RETURNING is read to its end", () => {
    cur.execute("create table t(a)");
    cur.execute("insert into t values (1),(2) returning a");
    c.cursor().execute("savepoint x");
    expect([
      cur.rowcount,
      cur.fetchone(),
      cur.rowcount,
      cur.fetchone(),
      cur.rowcount,
      cur.fetchone(),
    ]).toEqual([0, [1], 0, [2], 2, undefined]);
  });
});

describe("detect_types", () => {
  it("converts by declared type and by column name", () => {
    const typed = driver.connect(":memory:", { detectTypes: 3 }).cursor();
    typed.execute("create table t(d date, n int)");
    typed.execute("insert into t values ('2020-01-02', 5)");
    typed.execute("select d, n, '2021-03-04' as 'x [date]', d || '' as plain from t");
    expect(typed.description?.map(([name]) => name)).toEqual(["d", "n", "x", "plain"]);
    expect(typed.fetchone()).toEqual([new PlainDate(2020, 1, 2), 5, new PlainDate(2021, 3, 4), "2020-01-02"]);
  });
});

describe("ALTER TABLE", () => {
  it("is what SQLite 3.40 reads, whatever a later one could do", () => {
    cur.execute(table);
    expect(error(() => cur.execute("ALTER TABLE t ALTER COLUMN a DROP NOT NULL"))).toBe(
      'OperationalError | near "ALTER": syntax error | SQLITE_ERROR',
    );
    expect(error(() => cur.execute('alter table main."t" add constraint x check (b > 1)'))).toBe(
      'OperationalError | near "constraint": syntax error | SQLITE_ERROR',
    );
    expect(error(() => cur.execute("alter table t add alter_me int"))).toBe("no error");
  });
});

describe("limits", () => {
  const VARIABLES = 9;
  it("are lowered for one connection, and raised again to what SQLite was built with", () => {
    const limited = driver.connect(":memory:") as Connection;
    const most = limited.limit(VARIABLES, 2);
    expect(error(() => limited.cursor().execute("select ?, ?, ?", [1, 2, 3]))).toBe(
      "OperationalError | too many SQL variables | SQLITE_ERROR",
    );
    expect(all("select ?, ?, ?", [1, 2, 3])).toEqual([[1, 2, 3]]);
    expect([
      limited.limit(VARIABLES, -1),
      limited.limit(VARIABLES, most + 1),
      limited.limit(VARIABLES),
    ]).toEqual([2, 2, most]);
    expect(error(() => limited.limit(99))).toBe("ProgrammingError | 'category' is out of bounds");
  });
});
