// SQLite's REGEXP searches as the program's module re does. A console of the page, which loads no module, has JavaScript's.
// Behaviour: SQLAlchemy dialects/sqlite/pysqlite.py (on_connect).
import { sqlite } from "../../dialects/index.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { importModule, isNativeModule, needsModules } from "../../python/runtime/modules.ts";

needsModules(/regexp/i, "re");
export function bindRegexp(): void {
  sqlite.installRegexpSearch((pattern, text) =>
    isNativeModule("re") ? call(getAttr(importModule("re"), "search"), [pattern, text]) !== null : undefined,
  );
}
