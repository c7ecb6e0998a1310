// The knot among schema classes: a Column makes an Index, an Index asks whether something is a Column.
//
// Each class puts itself here when it loads; read in function bodies only.
import type { Column } from "./column.ts";
import type { PrimaryKeyConstraint, UniqueConstraint } from "./keys.ts";
import type { ForeignKeyConstraint } from "./foreign-key-constraint.ts";
import type { Index } from "./indexes.ts";
import type { MetaData } from "./metadata.ts";
import type { Table } from "./table.ts";
import type { TypeEngine } from "../types/engine.ts";
import type { ColumnElement } from "../elements/column.ts";

interface SchemaLate {
  Column: typeof Column;
  Table: typeof Table;
  Index: typeof Index;
  MetaData: typeof MetaData;
  PrimaryKeyConstraint: typeof PrimaryKeyConstraint;
  UniqueConstraint: typeof UniqueConstraint;
  ForeignKeyConstraint: typeof ForeignKeyConstraint;
  /** func.next_value(sequence) */
  nextValue(sequence: object): ColumnElement;
  nullType(): TypeEngine;
}

export const schemaLate = {} as SchemaLate;

export function isColumn(v: unknown): v is Column {
  return v instanceof schemaLate.Column;
}

export function isTable(v: unknown): v is Table {
  return v instanceof schemaLate.Table;
}
