// The dialects beside SQLite's, for Python: a part that is loaded when a program names one (runtime/parts.ts).
import * as rooms from "../dialects/others.ts";
import * as api from "./api/dialects.ts";
import { modules } from "./api/dialect-modules.ts";
import { bindDialect, know } from "./know.ts";
import { defineModules } from "./modules.ts";

/** After bindEverything, once a realm. */
export function bindOtherDialects(): void {
  know(api);
  for (const name of ["postgresql", "mysql", "mssql", "oracle"] as const) bindDialect(name, rooms[name]);
  defineModules(modules);
}
