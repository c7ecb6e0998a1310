// Tables with typed columns.
import * as sql from "../sql/index.ts";
import type { Columns } from "./columns.ts";
import type { Column } from "./expressions.ts";

export type TypedColumns<C extends Columns> = { readonly [K in keyof C]: Column<C[K]["value"]> };

/** The columns as properties: `users.c.name`. */
export function namedColumns<C extends Columns>(
  specs: C,
  columnOf: (key: string) => unknown,
): TypedColumns<C> {
  const out = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(specs)) out[key] = columnOf(key);
  return out as TypedColumns<C>;
}

export const makeTable = (metadata: sql.MetaData, name: string, specs: Columns): sql.Table =>
  new sql.Table(
    name,
    metadata,
    Object.entries(specs).map(([key, spec]) => spec._column(key)),
  );

export class Table<C extends Columns> {
  readonly element: sql.Table;
  readonly c: TypedColumns<C>;
  readonly columns: C;

  /**
   * @param name in the database
   * @param columns by key; their order is that of CREATE TABLE
   */
  constructor(metadata: sql.MetaData, name: string, columns: C) {
    this.element = makeTable(metadata, name, columns);
    this.columns = columns;
    this.c = namedColumns(columns, (key) => this.element.c.get(key));
  }
}

export const table = <const C extends Columns>(metadata: sql.MetaData, name: string, columns: C): Table<C> =>
  new Table(metadata, name, columns);

/** The engine's own object behind a typed one; any other value as it is. */
export const plain = (v: unknown): unknown => (v instanceof Table ? v.element : v);
