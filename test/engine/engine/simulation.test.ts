// A dialect without a driver: refused, or shown while SQLite runs.
import { afterEach, describe, expect, it } from "vitest";
import { DefaultDialect, register } from "../../../playground-engine/dialects/index.ts";
import "../../../playground-engine/dialects/others.ts";
import { createEngine, simulateDialects } from "../../../playground-engine/engine/index.ts";
import { func, insert, literal, select } from "../../../playground-engine/sql/index.ts";
import { kw, outcome, repr, traceOf, world } from "./world.ts";

class PretendDialect extends DefaultDialect {
  static override readonly driver = "pretenddb";
}
Object.defineProperty(PretendDialect.prototype, "name", { value: "pretend" });
Object.defineProperty(PretendDialect.prototype, "defaultParamstyle", { value: "pyformat" });
register("pretend", PretendDialect, { standard: true });

describe("a dialect whose driver is missing", () => {
  afterEach(() => simulateDialects(false));
  it("is refused by the driver's name", () => {
    expect(outcome(() => createEngine("pretend://h/db"))).toBe(
      "ModuleNotFoundError: No module named 'pretenddb'",
    );
  });
  it("is shown while SQLite runs", () => {
    simulateDialects(true);
    const { t, id, metadata } = world({}, "");
    const engine = createEngine("pretend://h/db");
    metadata.createAll(engine);
    let rows = "";
    const trace = traceOf(() =>
      engine.begin().run((c) => {
        c.execute(insert(t), kw({ name: "a" }));
        rows = repr(c.execute(select([t]).where([id.eq(1)])).all());
      }),
    );
    expect([engine.name, engine.repr(), rows]).toEqual(["pretend", "Engine(pretend://h/db)", "[(1, 'a')]"]);
    expect(trace[1]).toMatchObject({
      dialect: "pretend",
      simulated: true,
      sql: "INSERT INTO t (name) VALUES (%(name)s)",
      params: new Map([["name", "a"]]),
    });
    expect(trace[2]).toMatchObject({ simulated: true, params: new Map([["id_1", 1]]), rows: [[1, "a"]] });
  });
  it("shows many rows as the batches that the other database would get", () => {
    simulateDialects(true);
    const { t, metadata } = world({}, "");
    const engine = createEngine("postgresql://h/db");
    metadata.createAll(engine);
    let rows = "";
    const trace = traceOf(() =>
      engine.begin().run((c) => {
        const insertion = insert(t).returning([t.c.getitem("id") as never], { sortByParameterOrder: true });
        rows = repr(c.execute(insertion, [kw({ name: "a" }), kw({ name: "b" })]).all());
      }),
    );
    const inserts = trace.filter((e) => e.kind === "statement");
    expect(rows).toBe("[(1,), (2,)]");
    expect(inserts).toHaveLength(1);
    expect(inserts[0]).toMatchObject({
      sql: expect.stringContaining("(VALUES (%(name__0)s, 0), (%(name__1)s, 1)) AS imp_sen") as string,
      params: new Map([
        ["name__0", "a"],
        ["name__1", "b"],
      ]),
      many: true,
      rows: [[1], [2]],
    });
  });
  it("tells a database of a savepoint's end only where that one is told", () => {
    simulateDialects(true);
    const savepoints = (url: string): string[] => {
      const engine = createEngine(url);
      const trace = traceOf(() =>
        engine.begin().run((c) => {
          c.beginNested().commit();
        }),
      );
      return trace.flatMap((e) => (e.kind === "statement" ? [e.sql] : []));
    };
    expect(savepoints("postgresql://h/db")).toEqual([
      "SAVEPOINT sa_savepoint_1",
      "RELEASE SAVEPOINT sa_savepoint_1",
    ]);
    expect(savepoints("mssql+pyodbc://h/db")).toEqual(["SAVE TRANSACTION sa_savepoint_1"]);
    expect(savepoints("oracle://h/db")).toEqual(["SAVEPOINT sa_savepoint_1"]);
  });
  it("refuses RETURNING and two phases, which SQLite or the other database lacks", () => {
    simulateDialects(true);
    const { t, metadata } = world({}, "");
    const inserted = (url: string): string => {
      const engine = createEngine(url);
      metadata.createAll(engine);
      const insertion = insert(t)
        .values([], kw({ name: "a" }))
        .returning([t.c.getitem("id") as never]);
      return outcome(() => engine.begin().run((c) => repr(c.execute(insertion).all())));
    };
    expect(inserted("mysql://h/db")).toMatch(/NotSupportedError.*mysql has no INSERT … RETURNING/);
    expect([inserted("mariadb://h/db"), inserted("postgresql://h/db")]).toEqual(["[(1,)]", "[(1,)]"]);
    expect(outcome(() => createEngine("postgresql://h/db").connect().beginTwophase())).toMatch(
      /NotSupportedError.*no two-phase transactions/,
    );
  });
  it("says of what SQLite lacks that the simulation cannot do it, and looks at the schema as SQLite does", () => {
    simulateDialects(true);
    const engine = createEngine("pretend://h/db");
    expect(outcome(() => engine.connect().execute(select([func("array_agg", [literal(1)])])))).toMatch(
      /^NotSupportedError: .*The playground runs pretend on SQLite, which cannot do this: no such function: array_agg/,
    );
    const trace = traceOf(() => void engine.connect().execDriverSql("PRAGMA table_info(t)"));
    expect(trace[1]).toMatchObject({ dialect: "sqlite", simulated: false });
  });
});
