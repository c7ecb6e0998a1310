// sql.js behind the small DB-API of engine/dbapi.ts.
export { SqlJsDriver, loadDriver } from "./driver.ts";
export { DatabaseFiles, type FilesOptions } from "./database-files.ts";
export { PARSE_COLNAMES, PARSE_DECLTYPES, converters, type Converter } from "./statement.ts";
export type { WasmSource } from "./module.ts";
export { onlyReads } from "./scan.ts";
