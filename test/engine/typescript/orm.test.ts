// Example: mapped classes from TypeScript. A unit of work, a relationship both ways, loading strategies, the identity map.
import { beforeAll, beforeEach, expect, expectTypeOf, test } from "vitest";
import { loadNodeDriver } from "../../../playground-engine/driver/node.ts";
import { setTraceSink } from "../../../playground-engine/engine/trace.ts";
import {
  Base,
  type Collection,
  Database,
  installDriver,
  integer,
  relationship,
  relationships,
  select,
  selectinload,
  Session,
  text,
} from "../../../playground-engine/typescript/index.ts";

const base = new Base();

class User extends base.entity("user_account", {
  id: integer().primaryKey(),
  name: text(),
  nickname: text().nullable(),
}) {
  declare addresses: Collection<Address>;
}
class Address extends base.entity("address", {
  id: integer().primaryKey(),
  email: text(),
  userId: integer().references("user_account.id").named("user_id"),
}) {
  declare user: User | null;
}
base.map(User, {
  addresses: relationship(() => Address, { backPopulates: "user", cascade: "all, delete-orphan" }),
});
base.map(Address, { user: relationship(() => User, { backPopulates: "addresses" }) });

let db: Database;
const statements: string[] = [];

beforeAll(async () => installDriver(await loadNodeDriver()));
beforeEach(() => {
  db = new Database("sqlite://");
  db.createAll(base.metadata);
  statements.length = 0;
  setTraceSink({ event: (e) => void (e.kind === "statement" && statements.push(e.sql.split(" ")[0]!)) });
});

function ada(session: Session): User {
  const user = new User({ name: "ada", addresses: [] });
  user.addresses.push(new Address({ email: "ada@example.org", user }));
  session.add(user);
  session.commit();
  return user;
}

test("one flush writes parents before children", () => {
  using session = new Session(db);
  const user = ada(session);
  expect(statements.slice(-2)).toEqual(["INSERT", "INSERT"]);
  expectTypeOf(user.id).toEqualTypeOf<number>();
  expectTypeOf(user.nickname).toEqualTypeOf<string | null>();
  expect(user.id).toBe(1);
  expect(user.addresses[0]?.user).toBe(user);
});

test("a changed attribute is one UPDATE; nothing changed is none", () => {
  using session = new Session(db);
  const user = ada(session);
  user.name = "Ada";
  statements.length = 0;
  session.flush();
  session.flush();
  // the commit has expired what was loaded: the old value is read first
  expect(statements).toEqual(["SELECT", "UPDATE"]);
});

test("the identity map gives one object for one row", () => {
  using session = new Session(db);
  const user = ada(session);
  expect(session.get(User, 1)).toBe(user);
  const found = session.scalars(select(User).where(User.c.name.eq("ada"))).one();
  expectTypeOf(found).toEqualTypeOf<User>();
  expect(found).toBe(user);
  expect(session.get(User, 2)).toBeNull();
});

test("collections load when they are read, or with their parents", () => {
  using first = new Session(db);
  ada(first);
  using session = new Session(db);
  const lazy = session.scalars(select(User)).one();
  statements.length = 0;
  expect(lazy.addresses.map((a) => a.email)).toEqual(["ada@example.org"]);
  expect(statements).toEqual(["SELECT"]);

  using other = new Session(db);
  const eager = other.scalars(select(User).options(selectinload(relationships(User).addresses))).one();
  statements.length = 0;
  expect(eager.addresses).toHaveLength(1);
  expect(statements).toEqual([]);
});

test("an orphan is deleted", () => {
  using session = new Session(db);
  const user = ada(session);
  user.addresses.remove(user.addresses[0]!);
  statements.length = 0;
  session.flush();
  expect(statements).toEqual(["DELETE"]);
});

test("joins along relationships, rows of objects and columns", () => {
  using session = new Session(db);
  ada(session);
  const row = session.execute(select(User, Address.c.email).join(relationships(User).addresses)).one();
  expectTypeOf(row).toEqualTypeOf<readonly [User, string]>();
  expect(row[0].name).toBe("ada");
  expect(row[1]).toBe("ada@example.org");
});

test("a wrong attribute is refused by name", () => {
  expect(() => new User({ name: "x", surname: "y" })).toThrow(
    "'surname' is an invalid keyword argument for User",
  );
});
