// The parts of Core that the state side handles, under one roof of type imports.
import type { Connection } from "../../engine/connection.ts";
export type { Column, Table } from "../../sql/schema/index.ts";
export type { Connection } from "../../engine/connection.ts";
export type { Engine } from "../../engine/engine.ts";
export type { Transaction } from "../../engine/transaction.ts";
export type Dialect = Connection["dialect"];
