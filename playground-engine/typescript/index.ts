// The engine's typed face for TypeScript programs: tables and select() in Core, mapped classes with inferred types, Session.
//
// It stands on the same rooms as the Python bindings do; tests and benchmarks use it. A driver is installed first
// (engine/dbapi.ts installDriver), and one process has one face: this one, or Python's.
import { installFace } from "../orm/face.ts";
import { typescriptFace } from "./face.ts";

installFace(typescriptFace);

export type { Collection } from "./collection.ts";
export * from "./columns.ts";
export { Base, relationship, relationships, type EntityBase, type MapOptions } from "./entity.ts";
export * from "./expressions.ts";
export { Entity } from "./instance.ts";
export { Connection, Database, Result, Scalars, Session } from "./session.ts";
export * from "./statements.ts";
export { Table, table, type TypedColumns } from "./table.ts";
export { MetaData } from "../sql/index.ts";
export { installDriver } from "../engine/index.ts";
export { Decimal, Duration, PlainDate, PlainTime, Uuid } from "../util/plain-types.ts";
