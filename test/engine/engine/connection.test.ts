// Transactions, options, errors and logs of connections, held against what SQLAlchemy 2.0.52 printed.
import { describe, expect, it } from "vitest";
import { createEngine, type Connection } from "../../../playground-engine/engine/index.ts";
import { bindparam, delete_, insert, select, text } from "../../../playground-engine/sql/index.ts";
import { expectOutcomes, kw, logOf, outcome, traceOf, tuple, warningsOf, world } from "./world.ts";

const BEGUN =
  "InvalidRequestError: This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't call begin() here unless rollback() or commit() is called first.";
const CLOSED_BLOCK =
  "InvalidRequestError: Can't operate on closed transaction inside context manager.  Please complete the context manager before emitting further commands.";

describe("transactions", () => {
  const fresh = (fn: (c: Connection) => unknown) => (): unknown => {
    const c = world().engine.connect();
    try {
      return fn(c);
    } finally {
      c.close();
    }
  };
  it("begin once", () => {
    expectOutcomes([
      ["twice", fresh((c) => [c.begin(), c.begin()]), BEGUN],
      ["after autobegin", fresh((c) => [c.execute(text("select 1")), c.begin()]), BEGUN],
      [
        "commit after rollback",
        fresh((c) => ((t) => [t.rollback(), t.commit()])(c.begin())),
        "InvalidRequestError: This transaction is inactive",
      ],
      [
        "savepoint after its rollback",
        fresh((c) => (c.begin(), ((n) => [n.rollback(), n.commit()])(c.beginNested()))),
        "InvalidRequestError: This nested transaction is inactive",
      ],
      ["two-phase", fresh((c) => c.beginTwophase()), "NotImplementedError: "],
      [
        "what there is",
        fresh((c) => [
          c.inTransaction(),
          c.getTransaction(),
          c.beginNested() && c.inNestedTransaction(),
          c.inTransaction(),
        ]),
        "[False, None, True, True]",
      ],
    ]);
  });
  it("refuse to go on in a block whose transaction has ended", () => {
    expectOutcomes([
      ["root", fresh((c) => c.begin().run(() => (c.rollback(), c.execute(text("select 1"))))), CLOSED_BLOCK],
      [
        "savepoint",
        fresh((c) => c.beginNested().run((n) => (n.rollback(), c.execute(text("select 1"))))),
        CLOSED_BLOCK,
      ],
    ]);
  });
  it("warn where a transaction is ended twice", () => {
    const c = world().engine.connect();
    expect(warningsOf(() => ((t) => (t.commit(), t.rollback(), t.close()))(c.begin()))).toEqual([
      "SAWarning: transaction already deassociated from connection",
    ]);
  });
  it("undo a savepoint alone", () => {
    const { engine, t, id } = world();
    engine.begin().run((c) => {
      c.execute(delete_(t).where([id.eq(1)]));
      expect(
        outcome(() => c.beginNested().run(() => (c.execute(delete_(t)), c.execute(text("bogus"))))),
      ).toMatch(/^OperationalError/);
      expect(c.scalars(select([id])).all()).toEqual([2, 3, 4]);
    });
  });
  it("roll back what nobody committed", () => {
    const { engine, t, id } = world();
    const c = engine.connect();
    c.execute(delete_(t));
    c.close();
    expect(
      engine
        .connect()
        .scalars(select([id]))
        .all(),
    ).toEqual([1, 2, 3, 4]);
  });
});

describe("a connection that is gone", () => {
  it("is opened again after an invalidation, but not inside its transaction", () => {
    const { engine } = world({}, "");
    let c = engine.connect();
    c.close();
    const one = () => c.execute(text("select 1")).all();
    expectOutcomes([["closed", one, "ResourceClosedError: This Connection is closed"]]);
    c = engine.connect();
    c.invalidate();
    expectOutcomes([
      ["state", () => [c.closed, c.invalidated], "[False, True]"],
      ["again", one, "[(1,)]"],
      [
        "inside a transaction",
        () => (c.invalidate(), one()),
        "PendingRollbackError: Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before proceeding (Background on this error at: https://sqlalche.me/e/20/8s2b)",
      ],
      ["after rollback", () => (c.rollback(), one()), "[(1,)]"],
    ]);
  });
});

describe("isolation levels", () => {
  it("are set outside of transactions and forgotten with the checkout", () => {
    const { engine } = world({}, "");
    const c = engine.connect();
    expectOutcomes([
      ["default", () => [c.getIsolationLevel(), c.defaultIsolationLevel], "['SERIALIZABLE', 'SERIALIZABLE']"],
      [
        "wrong",
        () => c.executionOptions(kw({ isolation_level: "BOGUS" })),
        "ArgumentError: Invalid value 'BOGUS' for isolation_level. Valid isolation levels for 'sqlite' are READ UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT",
      ],
      [
        "in a transaction",
        () => (c.execute(text("select 1")), c.executionOptions(kw({ isolation_level: "AUTOCOMMIT" }))),
        "InvalidRequestError: This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; isolation_level may not be altered unless rollback() or commit() is called first.",
      ],
    ]);
    c.rollback();
    c.executionOptions(kw({ isolation_level: "AUTOCOMMIT" }));
    expect(c.connection.dbapiConnection?.isolationLevel).toBe(null);
    c.close();
    expect(engine.connect().connection.dbapiConnection?.isolationLevel).toBe("");
  });
});

describe("parameters", () => {
  it("are mappings for statements, anything for the driver", () => {
    const { engine, t, id } = world();
    const c = engine.connect();
    const link = "(Background on this error at: https://sqlalche.me/e/20/cd3x)";
    expectOutcomes([
      [
        "no mapping",
        () => c.execute(text("select :a"), 5),
        "ArgumentError: mapping or list expected for parameters",
      ],
      [
        "list of numbers",
        () => c.execute(text("select :a"), [5]),
        "ArgumentError: List argument must consist only of dictionaries",
      ],
      [
        "missing",
        () => c.execute(text("select :a"), kw()),
        `StatementError: (sqlalchemy.exc.InvalidRequestError) A value is required for bind parameter 'a'|[SQL: select ?]|${link}`,
      ],
      [
        "a string",
        () => c.execute("select 1"),
        "ObjectNotExecutableError: Not an executable object: 'select 1'",
      ],
      ["positional", () => c.execDriverSql("select ?", tuple(5)).all(), "[(5,)]"],
      ["named", () => c.execDriverSql("select :x", kw({ x: 5 })).all(), "[(5,)]"],
      [
        "many selects",
        () => c.execute(select([id]).where([id.eq(bindparam("z"))]), [kw({ z: 1 }), kw({ z: 2 })]),
        "ProgrammingError: (sqlite3.ProgrammingError) executemany() can only execute DML statements.|[SQL: SELECT t.id |FROM t |WHERE t.id = ?]|[parameters: [(1,), (2,)]]|(Background on this error at: https://sqlalche.me/e/20/f405)",
      ],
      [
        "uneven sets",
        () => c.execute(insert(t), [kw({ name: "x" }), kw({ id: 5 })]),
        `StatementError: (sqlalchemy.exc.InvalidRequestError) A value is required for bind parameter 'name', in parameter group 1|[SQL: INSERT INTO t (name) VALUES (?)]|[parameters: [{'name': 'x'}, {'id': 5}]]|${link}`,
      ],
      [
        "no such column",
        () => c.execute(insert(t).values([kw({ zzz: 1 })])),
        "CompileError: Unconsumed column names: zzz",
      ],
    ]);
  });
});

describe("errors", () => {
  it("carry statement and parameters", () => {
    const { engine, t, id } = world();
    const c = engine.connect();
    const at = (code: string) => `(Background on this error at: https://sqlalche.me/e/20/${code})`;
    const hidden = createEngine("sqlite://", kw({ hide_parameters: true })).connect();
    const nope = text("select * from nope where a=:a");
    expectOutcomes([
      [
        "one set",
        () => c.execute(nope, kw({ a: 1 })),
        `OperationalError: (sqlite3.OperationalError) no such table: nope|[SQL: select * from nope where a=?]|[parameters: (1,)]|${at("e3q8")}`,
      ],
      [
        "none",
        () => c.execDriverSql("bogus"),
        `OperationalError: (sqlite3.OperationalError) near "bogus": syntax error|[SQL: bogus]|${at("e3q8")}`,
      ],
      [
        "many",
        () => c.execute(insert(t), [kw({ id: 9 }), kw({ id: 9 })]),
        `IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: t.id|[SQL: INSERT INTO t (id) VALUES (?)]|[parameters: [(9,), (9,)]]|${at("gkpj")}`,
      ],
      [
        "a batch",
        () => c.execute(insert(t).returning([id]), [kw({ id: 7 }), kw({ id: 7 })]),
        `IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: t.id|[SQL: INSERT INTO t (id) VALUES (?), (?) RETURNING id]|[parameters: (7, 7)]|${at("gkpj")}`,
      ],
      [
        "hidden",
        () => hidden.execute(nope, kw({ a: 1 })),
        `OperationalError: (sqlite3.OperationalError) no such table: nope|[SQL: select * from nope where a=?]|[SQL parameters hidden due to hide_parameters=True]|${at("e3q8")}`,
      ],
    ]);
  });
});

describe("the log", () => {
  it("shows statements, parameters and where they came from", () => {
    const { engine, t, id } = world({ echo: true }, "");
    expect(
      logOf(() =>
        engine.begin().run((c) => {
          c.execute(insert(t), [kw({ name: "a" }), kw({ name: "b" })]);
          c.execute(insert(t).returning([id]), [kw({ name: "a" }), kw({ name: "b" })]);
          c.execute(select([id]).where([id.gt(1)]));
          c.execute(select([id]).where([id.gt(2)]));
          c.execDriverSql("select ?", tuple(1));
        }),
      ),
    ).toEqual([
      "BEGIN (implicit)",
      "INSERT INTO t (name) VALUES (?)",
      "[generated in] [('a',), ('b',)]",
      "INSERT INTO t (name) VALUES (?), (?) RETURNING id",
      "[generated in (insertmanyvalues) 1/1 (unordered)] ('a', 'b')",
      "SELECT t.id \nFROM t \nWHERE t.id > ?",
      "[generated in] (1,)",
      "SELECT t.id \nFROM t \nWHERE t.id > ?",
      "[cached since] (2,)",
      "select ?",
      "[raw sql] (1,)",
      "COMMIT",
    ]);
  });
  it("shows rows and the pool's work on debug", () => {
    const { engine, t } = world({ echo: "debug" }, "ab");
    const lines = logOf(() => {
      const c = engine.connect();
      c.execute(select([t])).all();
      c.close();
    });
    expect(lines.slice(3)).toEqual(["Col ('id', 'name')", "Row (1, 'a')", "Row (2, 'b')", "ROLLBACK"]);
  });
});

describe("the trace", () => {
  it("tells statements and transactions in order, with their first rows", () => {
    const { engine, t, id } = world();
    const events = traceOf(() =>
      engine.begin().run((c) => {
        c.execute(select([id]).where([id.lt(3)])).all();
        c.beginNested().run(() => c.execute(delete_(t).where([id.eq(1)])));
        c.execute(insert(t).returning([id]), [kw({ name: "x" }), kw({ name: "y" })]);
      }),
    );
    expect(events.map((e) => (e.kind === "statement" ? e.sql.split("\n")[0] : e.kind))).toEqual([
      "begin",
      "SELECT t.id ",
      "savepoint",
      "SAVEPOINT sa_savepoint_1",
      "DELETE FROM t WHERE t.id = ?",
      "release_savepoint",
      "RELEASE SAVEPOINT sa_savepoint_1",
      "INSERT INTO t (name) VALUES (?), (?) RETURNING id",
      "commit",
    ]);
    expect(events[1]).toMatchObject({
      params: [3],
      many: false,
      columns: ["id"],
      rows: [[1], [2]],
      dialect: "sqlite",
      cause: "execute",
    });
    expect(events[4]).toMatchObject({ rowcount: 1, params: [1] });
    expect(events[7]).toMatchObject({ many: true, params: ["x", "y"], rows: [[5], [6]], rowcount: 2 });
  });
});
