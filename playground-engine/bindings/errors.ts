// The engine's errors as Python exceptions: SQLAlchemy's tree, the ORM's, and sqlite3's below them.
//
// Engine code throws its own classes; each knows its Python name, module and further bases (errors/base.ts), and a Python
// handler catches it by its type. What a handler reads (`e.orig`, `e.statement`, `e.args`) are its fields.
import * as errors from "../errors/index.ts";
import { SQLAlchemyError } from "../errors/index.ts";
import { DriverError, type DriverErrorName } from "../engine/dbapi.ts";
import { bareType } from "../python/runtime/base-types.ts";
import { E } from "../python/runtime/exceptions.ts";
import { fillType } from "../python/runtime/native-type.ts";
import { PyTuple, type PyType, TYPE, typeOf, type Value } from "../python/runtime/object.ts";
import { repr } from "../python/runtime/repr.ts";
import { type HostClass, knownClass } from "./class-table.ts";
import { attach, extend } from "./define.ts";
import { give } from "./modules.ts";
import { toPython } from "./values.ts";

interface ErrorClass {
  readonly pyName: string;
  readonly pyModule: string;
}

/** Python's sqlite3 exceptions, by name. */
export const sqlite3Errors = {} as Record<DriverErrorName, PyType>;
const PARENT: Readonly<Record<DriverErrorName, DriverErrorName | null>> = {
  Warning: null,
  Error: null,
  InterfaceError: "Error",
  DatabaseError: "Error",
  DataError: "DatabaseError",
  OperationalError: "DatabaseError",
  IntegrityError: "DatabaseError",
  InternalError: "DatabaseError",
  ProgrammingError: "DatabaseError",
  NotSupportedError: "DatabaseError",
};
for (const [name, parent] of Object.entries(PARENT) as [DriverErrorName, DriverErrorName | null][]) {
  sqlite3Errors[name] = bareType(name, [parent ? sqlite3Errors[parent] : E.Exception], "sqlite3");
}

/** SQLAlchemy's warning classes: plain Python ones, no class of the engine stands behind them. */
function bindWarnings(): void {
  const made = new Map<string, PyType>();
  for (const w of errors.WARNING_CLASSES) {
    const parent = made.get(w.base) ?? (E as Record<string, PyType | undefined>)[w.base] ?? E.Warning;
    const t = bareType(w.name, [parent], w.module);
    made.set(w.name, t);
    give(`${w.module}.${w.name}`, t);
  }
}

/** Give every error class its Python type. */
export function bindErrors(): void {
  bindWarnings();
  // a mark beside an exception class of the program, with nothing of its own in its instances
  give("sqlalchemy.exc.DontWrapMixin", bareType("DontWrapMixin", undefined, "sqlalchemy.exc"));
  for (const cls of Object.values(errors)) {
    if (
      typeof cls !== "function" ||
      !(cls === SQLAlchemyError || (cls as { prototype: unknown }).prototype instanceof SQLAlchemyError)
    )
      continue;
    const { pyName, pyModule } = cls as unknown as ErrorClass;
    const qualified = `${pyModule}.${pyName}`;
    if (knownClass(qualified)) attach(cls as unknown as HostClass, qualified);
  }
  extend("sqlalchemy.exc.SQLAlchemyError", {
    methods: {
      __str__: ["(self)", ((self: SQLAlchemyError) => self.str()) as never],
      __repr__: [
        "(self)",
        ((self: SQLAlchemyError) =>
          `${typeOf(self).name}(${self.args.map((a) => repr(toPython(a))).join(", ")})`) as never,
      ],
    },
    getters: {
      args: {
        get: ((self: SQLAlchemyError) => new PyTuple(self.args.map(toPython))) as (self: never) => Value,
        set: ((self: { args: readonly Value[] }, v: Value) =>
          void (self.args = v instanceof PyTuple ? v.items : [])) as (self: never, v: Value) => void,
      },
    },
  });
  Object.defineProperty(DriverError.prototype, TYPE, {
    get(this: DriverError) {
      return sqlite3Errors[this.errorName];
    },
    configurable: true,
  });
  Object.defineProperty(DriverError.prototype, "pyArgs", {
    get(this: DriverError) {
      return new PyTuple([this.message]);
    },
    configurable: true,
  });
  fillType(sqlite3Errors.Error, {
    getters: {
      sqlite_errorcode: ((self: Value) => (self instanceof DriverError ? (self.code ?? null) : null)) as (
        self: never,
      ) => Value,
      sqlite_errorname: ((self: Value) => (self instanceof DriverError ? (self.codeName ?? null) : null)) as (
        self: never,
      ) => Value,
    },
  });
}
