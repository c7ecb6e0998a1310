// Two tables and three dialects that the compiler's tests share.
import * as sql from "../../../playground-engine/sql/index.ts";
import { DefaultDialect, sqlite } from "../../../playground-engine/dialects/index.ts";

const metadata = new sql.MetaData();
const column = (
  name: string,
  type: sql.TypeArgument,
  args: readonly unknown[] = [],
  options: object = {},
): sql.Column => new sql.Column(name, type, args, options);

export const users = new sql.Table("users", metadata, [
  column("id", new sql.Integer(), [], { primaryKey: true }),
  column("name", new sql.String(30)),
  column("age", new sql.Integer()),
]);
export const addresses = new sql.Table("addresses", metadata, [
  column("id", new sql.Integer(), [], { primaryKey: true }),
  column("user_id", new sql.Integer(), [new sql.ForeignKey("users.id")]),
  column("email", new sql.String(60), [], { nullable: false }),
]);
export const notes = new sql.Table("notes", metadata, [
  column("id", new sql.Integer(), [], { primaryKey: true }),
  column("text", new sql.String()),
  column("made", new sql.String(), [], { default: () => "now" }),
  column("rev", new sql.Integer(), [], { serverDefault: "1" }),
]);

export const c = (table: sql.FromClause, name: string): sql.Column => table.c.getitem(name) as sql.Column;
/** `:name` */
export const named = new DefaultDialect();
/** `?` */
export const lite = new sqlite.SQLiteDialect();
