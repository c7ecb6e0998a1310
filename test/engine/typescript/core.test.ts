// Example: SQLAlchemy Core from TypeScript. Tables, select() and DML, with rows whose types are the columns'.
import { beforeAll, expect, expectTypeOf, test } from "vitest";
import { loadNodeDriver } from "../../../playground-engine/driver/node.ts";
import {
  Database,
  delete_,
  func,
  insert,
  installDriver,
  integer,
  MetaData,
  select,
  string,
  table,
  text,
  update,
} from "../../../playground-engine/typescript/index.ts";

const metadata = new MetaData();
const users = table(metadata, "user_account", {
  id: integer().primaryKey(),
  name: string(30),
  nickname: text().nullable(),
});
const addresses = table(metadata, "address", {
  id: integer().primaryKey(),
  email: text(),
  userId: integer().references("user_account.id").named("user_id"),
});

beforeAll(async () => installDriver(await loadNodeDriver()));

function filled(): Database {
  const db = new Database("sqlite://");
  db.createAll(metadata);
  using c = db.connect();
  c.execute(insert(users), [
    { name: "ada", nickname: null },
    { name: "grace", nickname: "amazing" },
  ]);
  c.execute(insert(addresses).values({ email: "ada@example.org", userId: 1 }));
  c.commit();
  return db;
}

test("rows have the types of the columns", () => {
  using c = filled().connect();
  const rows = c.execute(select(users.c.id, users.c.nickname).orderBy(users.c.id)).all();
  expectTypeOf(rows).toEqualTypeOf<(readonly [number, string | null])[]>();
  expect(rows).toEqual([
    [1, null],
    [2, "amazing"],
  ]);
});

test("conditions, joins, groups and functions", () => {
  using c = filled().connect();
  const statement = select(users.c.name, func.count(addresses.c.id))
    .outerjoin(addresses, addresses.c.userId.eq(users.c.id))
    .where(users.c.name.like("%a%"))
    .groupBy(users.c.name)
    .orderBy(users.c.name.desc());
  expect(String(statement)).toBe(
    "SELECT user_account.name, count(address.id) AS count_1 \n" +
      "FROM user_account LEFT OUTER JOIN address ON address.user_id = user_account.id \n" +
      "WHERE user_account.name LIKE :name_1 GROUP BY user_account.name ORDER BY user_account.name DESC",
  );
  expect([...c.execute(statement)]).toEqual([
    ["grace", 0],
    ["ada", 1],
  ]);
});

test("update and delete tell how many rows they met", () => {
  using c = filled().connect();
  expect(
    c.execute(update(users).where(users.c.name.eq("ada")).values({ nickname: "countess" })).rowcount,
  ).toBe(1);
  expect(c.execute(delete_(users).where(users.c.id.in_([2, 3]))).rowcount).toBe(1);
  expect(c.execute(select(users.c.nickname)).one()).toEqual(["countess"]);
});

test("what does not fit the columns is a mistake of types", () => {
  // @ts-expect-error a name is no number
  void users.c.name.eq(1);
  // @ts-expect-error a row needs a name
  void insert(users).values({ nickname: "x" });
  // @ts-expect-error there is no such column
  void users.c.surname;
});
