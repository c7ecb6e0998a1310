// The room's interface: Python 3.11's text to its tree, its mistakes, and back to text.
export * from "./ast.ts";
export { check } from "./check/check.ts";
export { futureOf } from "./check/future.ts";
export type { Future } from "./check/future.ts";
export { type Suspicion, suspicions } from "./check/suspicious.ts";
export { decodeSource } from "./encoding.ts";
export { PySyntaxError } from "./errors.ts";
export type { SyntaxErrorKind } from "./errors.ts";
export { FIELDS } from "./fields.ts";
export { floatRepr } from "./float-repr.ts";
export { parse } from "./parser.ts";
export type { ParseMode } from "./parser.ts";
export { unparse } from "./unparse.ts";
export { eachChild } from "./walk.ts";
