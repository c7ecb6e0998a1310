// The room's interface: Python 3.11's text to its tree, its mistakes, and back to text.
export * from "./ast.ts";
export { PySyntaxError } from "./errors.ts";
export type { SyntaxErrorKind } from "./errors.ts";
export { decodeSource } from "./encoding.ts";
export { FIELDS } from "./fields.ts";
export { parse } from "./parser.ts";
export type { ParseMode } from "./parser.ts";
