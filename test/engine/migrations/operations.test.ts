// What an operation tells each dialect's database to do, held to what the real Alembic said (programs/emitted.program.py).
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import {
  AddColumnOp,
  AlterColumnOp,
  BulkInsertOp,
  CreateCheckConstraintOp,
  CreateForeignKeyOp,
  CreateIndexOp,
  CreatePrimaryKeyOp,
  CreateTableCommentOp,
  CreateTableOp,
  CreateUniqueConstraintOp,
  DropColumnOp,
  DropConstraintOp,
  DropIndexOp,
  DropTableOp,
  ExecuteSQLOp,
  type Operations,
  RenameTableOp,
} from "../../../playground-engine/migrations/index.ts";
import { plainHost } from "../../../playground-engine/util/plain-host.ts";
import { opFixture } from "./op-fixture.ts";

const int = new sql.Integer();
const alter =
  (options: Readonly<Record<string, unknown>>) =>
  (op: Operations): unknown =>
    AlterColumnOp.alterColumn(op, "t", "c", options);

const perform: Readonly<Record<string, (op: Operations) => unknown>> = {
  nullable: alter({ nullable: true, existingType: int }),
  rename: alter({ newColumnName: "d", existingType: int }),
  default: alter({ serverDefault: "5", existingType: int }),
  type: alter({ type_: new sql.String(9) }),
  "add a column": (op) => {
    const refers = [new sql.ForeignKey("x.id")];
    const column = new sql.Column("c", int, refers, { nullable: false, comment: "why" });
    return AddColumnOp.addColumn(op, "t", column, { schema: "s" });
  },
  "drop a column": (op) => DropColumnOp.dropColumn(op, "t", "c"),
  "create a table": (op) => {
    const id = new sql.Column("id", int, [], { primaryKey: true });
    return CreateTableOp.createTable(op, "t", [id, new sql.Column("b", new sql.Boolean())]);
  },
  "drop a table": (op) => DropTableOp.dropTable(op, "t", { ifExists: true }),
  "rename a table": (op) => RenameTableOp.renameTable(op, "t", "u"),
  "comment on a table": (op) => CreateTableCommentOp.createTableComment(op, "t", "it's"),
  "create an index": (op) =>
    CreateIndexOp.createIndex(op, "ix", "t", ["a", sql.column("b").add(1)], { unique: true }),
  "drop an index": (op) => DropIndexOp.dropIndex(op, "ix", "t"),
  "foreign key": (op) =>
    CreateForeignKeyOp.createForeignKey(op, "fk", "t", "u", ["a"], ["b"], { ondelete: "CASCADE" }),
  unique: (op) => CreateUniqueConstraintOp.createUniqueConstraint(op, "uq", "t", ["a", "b"]),
  check: (op) => CreateCheckConstraintOp.createCheckConstraint(op, "ck", "t", sql.column("a").gt(5)),
  "primary key": (op) => CreatePrimaryKeyOp.createPrimaryKey(op, "pk", "t", ["a"]),
  "drop a foreign key": (op) => DropConstraintOp.dropConstraint(op, "fk", "t", "foreignkey"),
  execute: (op) => ExecuteSQLOp.execute(op, "select 1"),
  insert: (op) => {
    const t = sql.table("t", [sql.column("a", int), sql.column("b", new sql.String())]);
    const row = new Map<string, unknown>([
      ["a", 1],
      ["b", "it's"],
    ]);
    return BulkInsertOp.bulkInsert(op, t as never, [row]);
  },
};

const recorded = readFileSync(new URL("programs/emitted.expected.txt", import.meta.url), "utf8");
const sections = recorded
  .split(/^== /m)
  .slice(1)
  .map((section) => section.trim().split("\n"));

test("performs what the program performs", () => {
  expect(Object.keys(perform)).toEqual(sections.map(([name]) => name));
});

describe.each(sections)("%s", (name, ...lines) => {
  test.each(lines.map((line) => [line.split(" ")[0]!, line]))("%s", (dialect, line) => {
    const { op, emitted } = opFixture(dialect);
    let said;
    try {
      perform[name]!(op);
      said = plainHost.repr(emitted());
    } catch (e) {
      said = `! ${(e as Error).message}`;
    }
    expect(`${dialect} ${said}`).toBe(line);
  });
});
