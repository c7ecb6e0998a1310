// Tables that these tests share, and a statement as text and parameters.
import * as sql from "../../../playground-engine/sql/index.ts";
import type { SQLCompiler } from "../../../playground-engine/compiler/sql-compiler.ts";
import "../../../playground-engine/dialects/index.ts";

const metadata = new sql.MetaData();
const id = (): sql.Column => new sql.Column("id", new sql.Integer(), [], { primaryKey: true });

export const users = new sql.Table("users", metadata, [
  id(),
  new sql.Column("name", new sql.String(50)),
  new sql.Column("age", new sql.Integer()),
  new sql.Column("active", new sql.Boolean()),
]);
export const addresses = new sql.Table("addresses", metadata, [
  id(),
  new sql.Column("user_id", new sql.ForeignKey("users.id")),
  new sql.Column("email", new sql.String()),
]);
/** Refers to users twice. */
export const orders = new sql.Table("orders", metadata, [
  id(),
  new sql.Column("buyer_id", new sql.ForeignKey("users.id")),
  new sql.Column("seller_id", new sql.ForeignKey("users.id")),
]);
/** Refers to itself. */
export const node = new sql.Table("node", metadata, [
  id(),
  new sql.Column("parent_id", new sql.ForeignKey("node.id")),
  new sql.Column("name", new sql.String()),
]);

export const col = (from: sql.FromClause, name: string): sql.ColumnElement =>
  from.c.getitem(name) as sql.ColumnElement;

/** `str(element)` */
export const text = (element: sql.ClauseElement): string => String(element);

/** Text and parameters by name. */
export function compiled(element: sql.ClauseElement): [string, Record<string, unknown>] {
  const c = element.compile() as unknown as SQLCompiler;
  return [String(c), Object.fromEntries(c.params)];
}
