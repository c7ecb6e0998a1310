// Every exception and warning of SQLAlchemy.
export { SQLAlchemyError, VERSION_TOKEN, backgroundLink, type ErrorOptions } from "./base.ts";
export * from "./sqlalchemy.ts";
export * from "./statement.ts";
export * from "./orm.ts";
export * from "./warnings.ts";
