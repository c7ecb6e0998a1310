// What create() and drop() of schema objects ask of a connection or an engine: to walk them with CREATE or DROP.
import { host } from "../../util/host.ts";
import type { DdlDialect, DdlWalkConnection } from "../ddl-visitors.ts";
import type { Visitable } from "../visitable.ts";
import type { Table } from "./table.ts";

export interface DdlOptions {
  readonly checkfirst?: boolean;
  readonly tables?: readonly Table[] | null;
}

/** SchemaGenerator or SchemaDropper. */
export type DdlVisitorClass = new (
  dialect: DdlDialect,
  connection: DdlWalkConnection,
  options: DdlOptions,
) => { traverseSingle(element: Visitable): unknown };

export interface DdlRunner {
  /** `new visitor(dialect, connection, options).traverseSingle(element)`, an engine's in a transaction of its own. */
  _runDdlVisitor(visitor: DdlVisitorClass, element: Visitable, options: DdlOptions): void;
}

/** Walk an item with CREATE or DROP. Throws the host's AttributeError for what is neither engine nor connection. */
export function runDdl(
  bind: DdlRunner,
  visitor: DdlVisitorClass,
  element: Visitable,
  options: DdlOptions,
): void {
  if (typeof (bind as Partial<DdlRunner> | null)?._runDdlVisitor !== "function")
    throw host.noAttribute(bind, "_run_ddl_visitor");
  bind._runDdlVisitor(visitor, element, options);
}
