// Addresses, arguments of create_engine, pools, events and reflection, held against what SQLAlchemy 2.0.52 printed.
import { describe, expect, it } from "vitest";
import {
  AssertionPool,
  createEngine,
  createMockEngine,
  engineFromConfig,
  Inspector,
  makeUrl,
  NullPool,
  QueuePool,
  URL,
  type Connection,
  type ExceptionContext,
} from "../../../playground-engine/engine/index.ts";
import { forgetProgramListeners, listen } from "../../../playground-engine/event/index.ts";
import { insert, select, text } from "../../../playground-engine/sql/index.ts";
import {
  Column,
  ForeignKey,
  Index,
  MetaData,
  Table,
  UniqueConstraint,
} from "../../../playground-engine/sql/schema/index.ts";
import { Integer, String as SqlString } from "../../../playground-engine/sql/types/index.ts";
import { host, type Value } from "../../../playground-engine/util/host.ts";
import { expectOutcomes, kw, outcome, repr, traceOf, tuple, world } from "./world.ts";

describe("URLs", () => {
  it("are read and printed", () => {
    expectOutcomes([
      [
        "all parts",
        () => makeUrl("postgresql+psycopg2://scott:t%40ger@localhost:5432/test?a=b&a=c&z=%2Fx"),
        "postgresql+psycopg2://scott:***@localhost:5432/test?a=b&a=c&z=%2Fx",
      ],
      ["password", () => makeUrl("pg://u:p%40ss@h/db").renderAsString(false), "pg://u:p%40ss@h/db"],
      ["IPv6", () => makeUrl("mysql://[::1]:3306/x"), "mysql://[::1]:3306/x"],
      ["file", () => makeUrl("sqlite:////abs/foo.db").database, "/abs/foo.db"],
      [
        "nonsense",
        () => makeUrl("nonsense"),
        "ArgumentError: Could not parse SQLAlchemy URL from given URL string",
      ],
      ["no string", () => makeUrl(5), "ArgumentError: Expected string or URL object, got 5"],
      [
        "bad port",
        () => makeUrl("pg://h:abc/x"),
        "ValueError: invalid literal for int() with base 10: 'abc'",
      ],
      [
        "set",
        () => makeUrl("pg://u:p@h/db").set(null, null, null, null, null, "other").renderAsString(false),
        "pg://u:p@h/other",
      ],
      [
        "query",
        () => makeUrl("pg://h/db?a=1").updateQueryDict(kw({ a: "2", b: "3" }), true),
        "pg://h/db?a=1&a=2&b=3",
      ],
      ["create", () => URL.create("pg", "u", "p w", "h", 5, "d").renderAsString(false), "pg://u:p w@h:5/d"],
      ["create with a wrong part", () => URL.create(5), "TypeError: drivername must be a string"],
    ]);
  });
});

describe("create_engine", () => {
  const of =
    (url: string, options: Record<string, Value> = {}) =>
    () =>
      createEngine(url, kw(options));
  it("refuses what belongs to nobody", () => {
    expectOutcomes([
      [
        "argument",
        of("sqlite://", { foo: 1, bar: 2 }),
        "TypeError: Invalid argument(s) 'foo','bar' sent to create_engine(), using configuration SQLiteDialect_pysqlite/SingletonThreadPool/Engine.  Please check that the keyword arguments are appropriate for this combination of components.",
      ],
      ["dialect", of("nosuch://"), "NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:nosuch"],
      [
        "driver",
        of("sqlite+nosuch://"),
        "NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:sqlite.nosuch",
      ],
      [
        "future",
        of("sqlite://", { future: false }),
        "ArgumentError: The 'future' parameter passed to create_engine() may only be set to True.",
      ],
      [
        "URL",
        of("sqlite://u@h/x"),
        "ArgumentError: Invalid SQLite URL: sqlite://u@h/x|Valid SQLite URL forms are:| sqlite:///:memory: (or, sqlite://)| sqlite:///relative/path/to/file.db| sqlite:////absolute/path/to/file.db",
      ],
      [
        "reset",
        of("sqlite://", { pool_reset_on_return: "bogus" }),
        "ArgumentError: Invalid value for 'reset_on_return': 'bogus'",
      ],
    ]);
    expectOutcomes([
      [
        "file",
        () => createEngine("sqlite:////nonexist/x.db").connect(),
        "OperationalError: (sqlite3.OperationalError) unable to open database file|(Background on this error at: https://sqlalche.me/e/20/e3q8)",
      ],
      [
        "connect_args",
        () => createEngine("sqlite://", kw({ connect_args: kw({ foo: 1 }) })).connect(),
        "TypeError: 'foo' is an invalid keyword argument for Connection()",
      ],
      [
        "isolation",
        () => createEngine("sqlite://", kw({ isolation_level: "BOGUS" })).connect(),
        "ArgumentError: Invalid value 'BOGUS' for isolation_level. Valid isolation levels for 'sqlite' are READ UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT",
      ],
    ]);
  });
  it("reads texts of a configuration", () => {
    const engine = engineFromConfig(
      kw({
        "sqlalchemy.url": "sqlite:///x.db",
        "sqlalchemy.pool_size": "3",
        "sqlalchemy.echo": "false",
        other: 1,
      }),
    );
    expect([engine.repr(), (engine.pool as QueuePool).size(), engine.echo]).toEqual([
      "Engine(sqlite:///x.db)",
      3,
      false,
    ]);
  });
  it("mocks", () => {
    const metadata = new MetaData();
    new Table("t", metadata, [new Column("id", new Integer(), [], { primaryKey: true })]);
    const seen: string[] = [];
    const engine = createMockEngine(
      "sqlite://",
      (sql: { compile(a: null, d: unknown): unknown }) =>
        void seen.push(String(sql.compile(null, engine.dialect)).trim()),
    );
    metadata.createAll(engine as never);
    expect(seen).toEqual(["CREATE TABLE t (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)"]);
  });
});

describe("pools", () => {
  it("lend up to their limit", () => {
    world({}, "");
    const engine = createEngine("sqlite:///pool.db", kw({ pool_size: 1, max_overflow: 1, pool_timeout: 0 }));
    const connections = [engine.connect(), engine.connect()];
    expectOutcomes([
      [
        "third",
        () => engine.connect(),
        "TimeoutError: QueuePool limit of size 1 overflow 1 reached, connection timed out, timeout 0.00 (Background on this error at: https://sqlalche.me/e/20/3o7r)",
      ],
      [
        "status",
        () => engine.pool.status(),
        "Pool size: 1  Connections in pool: 0 Current Overflow: 1 Current Checked out connections: 2",
      ],
      [
        "returned",
        () => (connections.forEach((c) => c.close()), engine.pool.status()),
        "Pool size: 1  Connections in pool: 1 Current Overflow: 0 Current Checked out connections: 0",
      ],
      [
        "disposed",
        () => (engine.dispose(), engine.pool.status()),
        "Pool size: 1  Connections in pool: 0 Current Overflow: -1 Current Checked out connections: 0",
      ],
    ]);
  });
  it("differ in kind", () => {
    const assertion = createEngine("sqlite://", kw({ poolclass: AssertionPool }));
    assertion.connect();
    expect(outcome(() => assertion.connect())).toBe("AssertionError: connection is already checked out");
    expect(createEngine("sqlite://", kw({ poolclass: NullPool })).pool.status()).toBe("NullPool");
    expect(createEngine("sqlite://").pool.constructor.name).toBe("SingletonThreadPool");
    expect(createEngine("sqlite:///x.db").pool).toBeInstanceOf(QueuePool);
  });
  it("tell what happens to a connection", () => {
    const engine = createEngine("sqlite://");
    const log: string[] = [];
    for (const name of ["connect", "first_connect", "checkout", "checkin", "reset", "close", "invalidate"])
      listen(engine, name, () => void log.push(name));
    for (let i = 0; i < 2; i++) engine.connect().close();
    engine.dispose();
    expect(log).toEqual([
      "first_connect",
      "connect",
      "checkout",
      "reset",
      "checkin",
      "checkout",
      "reset",
      "checkin",
      "close",
    ]);
  });
  it("ping before they lend", () => {
    world({}, "");
    const engine = createEngine("sqlite:///x.db", kw({ pool_pre_ping: true }));
    const c = engine.connect();
    const dead = c.connection.dbapiConnection;
    c.close();
    dead?.close();
    expect(engine.connect().execDriverSql("select 1").scalar()).toBe(1);
  });
});

describe("events", () => {
  it("may replace what is executed", () => {
    const engine = createEngine("sqlite://");
    listen(
      engine,
      "before_cursor_execute",
      (_c: Value, _cur: Value, sql: string, p: Value, _ctx: Value, _many: Value) => tuple(`${sql} -- hi`, p),
      { retval: true },
    );
    listen(
      engine,
      "before_execute",
      (_c: Value, el: Value, many: Value, p: Map<string, Value>, _o: Value) =>
        tuple(el, many, p.size ? kw({ x: 7 }) : p),
      { retval: true },
    );
    const sent: string[] = [];
    listen(
      engine,
      "after_cursor_execute",
      (_c: Value, _cur: Value, sql: string, _p: Value, _ctx: Value, _many: Value) => void sent.push(sql),
    );
    const c = engine.connect();
    const trace = traceOf(() =>
      expect(repr(c.execute(text("select :x"), kw({ x: 1 })).all())).toBe("[(7,)]"),
    );
    expect(sent).toEqual(["select ? -- hi"]);
    expect(trace[1]).toMatchObject({ sql: "select ?", sent: { sql: "select ? -- hi" } });
    expect(outcome(() => listen(engine, "commit", () => null, { retval: true }))).toBe(
      "ArgumentError: Only the 'before_execute', 'before_cursor_execute' and 'handle_error' engine event listeners accept the 'retval=True' argument.",
    );
  });
  it("may replace errors and connections", () => {
    const engine = createEngine("sqlite:///elsewhere.db");
    listen(engine, "do_connect", (_d: Value, _r: Value, args: Value[], _kw: Value) => {
      args[0] = ":memory:";
      return null;
    });
    listen(engine, "handle_error", (context: ExceptionContext) => {
      if (context.statement?.includes("one"))
        throw host.error(
          "ValueError",
          `instead of ${(context.sqlalchemyException as { pyName: string }).pyName}`,
        );
      return context.statement?.includes("two") ? host.error("KeyError", "returned") : null;
    });
    const c = engine.connect();
    expectOutcomes([
      ["raised", () => c.execDriverSql("select * from one"), "ValueError: instead of OperationalError"],
      ["returned", () => c.execDriverSql("select * from two"), "KeyError: returned"],
      [
        "on a connection",
        () => listen(c, "handle_error", () => null),
        "InvalidRequestError: The handle_error() event hook as of SQLAlchemy 2.0 is established on the Dialect, and may only be applied to the Engine as a whole or to a specific Dialect as a whole, not on a per-Connection basis.",
      ],
    ]);
  });
  it("of the class come before those of the engine", () => {
    const { engine } = world({}, "");
    const log: string[] = [];
    listen(engine, "begin", () => void log.push("engine"));
    listen(engine.constructor as never, "begin", () => void log.push("class"));
    const c = engine.connect();
    listen(c, "begin", () => void log.push("connection"));
    c.begin();
    forgetProgramListeners();
    expect(log).toEqual(["connection", "class", "engine"]);
  });
});

describe("defaults", () => {
  it("are computed row by row", () => {
    const { engine } = world({}, "");
    const metadata = new MetaData();
    let n = 100;
    const t = new Table("d", metadata, [
      new Column("id", new Integer(), [], { primaryKey: true }),
      new Column("name", new SqlString()),
      new Column("n", new Integer(), [], { default: () => n++ }),
      new Column("loud", new SqlString(), [], {
        default: (context: { getCurrentParameters(): Value }) =>
          `${String(host.getItem(context.getCurrentParameters(), "name"))}!`,
      }),
      new Column("fixed", new Integer(), [], { default: 5 }),
      new Column("server", new Integer(), [], { serverDefault: "7" }),
    ]);
    metadata.createAll(engine);
    engine.begin().run((c) => {
      c.execute(insert(t), [kw({ name: "x" }), kw({ name: "y" })]);
      c.execute(insert(t).values([[kw({ name: "m1" }), kw({ name: "m2" })]]));
      expect(repr(c.execute(select([t])).all())).toBe(
        "[(1, 'x', 100, 'x!', 5, 7), (2, 'y', 101, 'y!', 5, 7), (3, 'm1', 102, 'm1!', 5, 7), (4, 'm2', 103, 'm2!', 5, 7)]",
      );
    });
  });
});

describe("reflection", () => {
  it("makes the tables that the database has", () => {
    const { engine } = world({}, "");
    const metadata = new MetaData();
    new Table("parent", metadata, [
      new Column("id", new Integer(), [], { primaryKey: true }),
      new Column("code", new SqlString(5), [], { nullable: false, serverDefault: "x" }),
    ]);
    new Table("child", metadata, [
      new Column("id", new Integer(), [], { primaryKey: true }),
      new Column("parent_id", new Integer(), [new ForeignKey("parent.id", { ondelete: "CASCADE" })]),
      new Column("a", new Integer()),
      new UniqueConstraint(["a"], { name: "uq_a" }),
      new Index("ix_p", ["parent_id"]),
    ]);
    metadata.createAll(engine);
    const inspector = new Inspector(engine);
    expect(inspector.getTableNames()).toEqual(["child", "parent", "t"]);
    expect(repr(inspector.getForeignKeys("child")[0])).toContain("'referred_table': 'parent'");
    expect(inspector.getSortedTableAndFkcNames().map(([name]) => name)).toEqual([
      "parent",
      "t",
      "child",
      null,
    ]);
    const reflected = new MetaData();
    const child = new Table("child", reflected, [], { autoloadWith: engine });
    expect([...reflected.tables.keys()]).toEqual(["child", "parent"]);
    expect([...child.c].map((c) => (c as Column).repr())).toEqual([
      "Column('id', INTEGER(), table=<child>, primary_key=True, nullable=False)",
      "Column('parent_id', INTEGER(), ForeignKey('parent.id'), table=<child>)",
      "Column('a', INTEGER(), table=<child>)",
    ]);
    expect([...child.indexes].map((i) => i.name)).toEqual(["ix_p"]);
    expectOutcomes([
      [
        "a table that is not there",
        () => new Table("nope", new MetaData(), [], { autoloadWith: engine }),
        "NoSuchTableError: nope",
      ],
    ]);
    engine.begin().run((c: Connection) =>
      expect(
        c
          .execute(select([child]))
          .keys()
          .toArray(),
      ).toEqual(["id", "parent_id", "a"]),
    );
  });
});
