// A session's transactions over a connection that only keeps count: which events, in what order, and what is refused.
// Expected orders and messages are the real library's (test program run under CPython).
import { beforeEach, expect, test } from "vitest";
import { listen } from "../../../../playground-engine/event/index.ts";
import { Session } from "../../../../playground-engine/orm/session/session.ts";
import type { Bind, SessionOptions } from "../../../../playground-engine/orm/session/core.ts";
import "./test-face.ts";

class FakeTransaction {
  isActive = true;
  readonly connection: FakeConnection;
  readonly nested: boolean;
  constructor(connection: FakeConnection, nested: boolean) {
    this.connection = connection;
    this.nested = nested;
    connection.open.push(this);
  }
  private end(how: string): void {
    this.isActive = false;
    this.connection.open = this.connection.open.filter((t) => t !== this);
    this.connection.log.push(this.nested ? `${how} savepoint` : how);
  }
  commit(): void {
    this.end("commit");
  }
  rollback(): void {
    this.end("rollback");
  }
  close(): void {
    this.end("close");
  }
}

class FakeConnection {
  open: FakeTransaction[] = [];
  log: string[] = [];
  readonly engine: object;
  constructor(engine: object) {
    this.engine = engine;
  }
  inTransaction(): boolean {
    return this.open.length > 0;
  }
  inNestedTransaction(): boolean {
    return this.open.some((t) => t.nested);
  }
  getTransaction(): FakeTransaction | null {
    return this.open.find((t) => !t.nested) ?? null;
  }
  getNestedTransaction(): FakeTransaction | null {
    return this.open.findLast((t) => t.nested) ?? null;
  }
  begin(): FakeTransaction {
    return new FakeTransaction(this, false);
  }
  beginNested(): FakeTransaction {
    return new FakeTransaction(this, true);
  }
  close(): void {
    this.log.push("close connection");
  }
}

let connection: FakeConnection;
let engine: Bind;
beforeEach(() => {
  const e = { connect: () => connection };
  connection = new FakeConnection(e);
  engine = e as unknown as Bind;
});

const EVENTS = [
  "after_transaction_create",
  "after_transaction_end",
  "before_commit",
  "after_commit",
  "after_rollback",
  "after_soft_rollback",
  "after_begin",
];

function session(options?: SessionOptions, bind: Bind = engine): { s: Session; log: string[] } {
  const s = new Session(bind, options);
  const log: string[] = [];
  for (const name of EVENTS) listen(s, name, () => void log.push(name));
  return { s, log };
}

test("a block with savepoints: events in the library's order", () => {
  const { s, log } = session();
  s.begin().run(() => {
    s.connection();
    s.beginNested().run(() => undefined);
    s.beginNested().rollback();
  });
  expect(log).toEqual([
    "after_transaction_create",
    "after_begin",
    "after_transaction_create",
    "before_commit",
    "after_commit",
    "after_transaction_end",
    "after_transaction_create",
    "after_rollback",
    "after_transaction_end",
    "after_soft_rollback",
    "before_commit",
    "after_commit",
    "after_transaction_end",
  ]);
  expect(connection.log).toEqual(["commit", "close connection"]);
});

test("rollback", () => {
  const { s, log } = session();
  s.connection();
  s.rollback();
  expect(log).toEqual([
    "after_transaction_create",
    "after_begin",
    "after_rollback",
    "after_transaction_end",
    "after_soft_rollback",
  ]);
  expect(connection.log).toEqual(["rollback", "close connection"]);
});

test("committing an outer savepoint ends the inner ones", () => {
  const { s, log } = session();
  s.connection();
  const outer = s.beginNested();
  const inner = s.beginNested();
  expect([
    s.inNestedTransaction(),
    s.getNestedTransaction() === inner,
    s.getTransaction() === outer.parent,
  ]).toEqual([true, true, true]);
  outer.commit();
  expect(inner.isActive).toBe(false);
  expect(log.slice(4)).toEqual([
    "before_commit",
    "before_commit",
    "after_commit",
    "after_transaction_end",
    "after_commit",
    "after_transaction_end",
  ]);
});

test("what is refused", () => {
  const closed =
    "Can't operate on closed transaction inside context manager.  Please complete the context manager before emitting further commands.";
  const { s } = session();
  s.begin();
  expect(() => s.begin()).toThrow("A transaction is already begun on this Session.");
  s.close();
  expect(() =>
    s.begin().run(() => {
      s.commit();
      s.connection();
    }),
  ).toThrow(closed);
  expect(s.inTransaction()).toBe(false);
  expect(() =>
    s.begin().run(() => {
      s.rollback();
      s.beginNested();
    }),
  ).toThrow(closed);
  const t = s.begin();
  t.commit();
  expect(() => t.commit()).toThrow("This transaction is closed");
  expect(() => t.rollback()).toThrow("This transaction is closed");
  expect(() => session({ autobegin: false }).s.connection()).toThrow(
    "Autobegin is disabled on this Session; please call session.begin() to start a new transaction",
  );
  expect(() => new Session().connection()).toThrow(
    "This session is not bound to a single Engine or Connection, and no context was provided to locate a binding.",
  );
  expect(() => session({ joinTransactionMode: "foo" as never })).toThrow(
    'invalid selection for join_transaction_mode: "foo"',
  );
  const once = session({ closeResetsOnly: false }).s;
  once.close();
  expect(() => once.connection()).toThrow(
    "This Session has been permanently closed and is unable to handle any more transaction requests.",
  );
});

test("joining a transaction that is there: rolled back with the session, committed without it", () => {
  const outer = connection.begin();
  const bind = connection as unknown as Bind;
  const { s } = session({}, bind);
  s.connection();
  s.commit();
  expect(outer.isActive).toBe(true);
  s.connection();
  s.rollback();
  expect(outer.isActive).toBe(false);

  const second = connection.begin();
  const { s: other } = session({ joinTransactionMode: "create_savepoint" }, bind);
  other.connection();
  other.rollback();
  expect(second.isActive).toBe(true);
});
