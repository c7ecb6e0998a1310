// What the tables cannot say of engines: the pool's connections, inspectors' answers by table, metadata of results made by hand.
import {
  ConnectionFairy,
  ConnectionRecord,
  type Engine,
  EngineBegin,
  ExceptionContext,
  ExecutionContext,
  Inspector,
  PoolResetState,
} from "../../engine/index.ts";
import { warnDeprecated } from "../../errors/index.ts";
import { NoAutoflush } from "../../orm/session/no-autoflush.ts";
import { getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { callWith } from "../../python/runtime/call.ts";
import { importModule, needsModules } from "../../python/runtime/modules.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import {
  type Kwargs,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../../python/runtime/object.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { host } from "../../util/host.ts";
import { knownClass } from "../class-table.ts";
import { attach, extend, typeFor } from "../define.ts";
import { know } from "../know.ts";
import { giveEach } from "../modules.ts";
import { toPython } from "../values.ts";

/** The classes that programs get from a pool; the tables hold public ones only. */
function bindPool(): void {
  know({
    classes: [
      [
        "sqlalchemy.pool.base._ConnectionFairy",
        "",
        "sqlalchemy.pool.base.PoolProxiedConnection",
        [".connection", ".cursor"],
      ],
      ["sqlalchemy.pool.base._ConnectionRecord", "", "sqlalchemy.pool.base.ConnectionPoolEntry", []],
    ],
    functions: [],
  });
  attach(PoolResetState, "sqlalchemy.pool.base.PoolResetState", {
    getters: {
      transaction_was_reset: (self: PoolResetState) => self.transactionWasReset,
      terminate_only: (self: PoolResetState) => self.terminateOnly,
      asyncio_safe: (self: PoolResetState) => self.asyncioSafe,
    },
  });
  attach(ConnectionRecord, "sqlalchemy.pool.base._ConnectionRecord");
  attach(ConnectionFairy, "sqlalchemy.pool.base._ConnectionFairy", {
    methods: {
      // what the proxy does not have, the driver's connection answers
      __getattr__: method("(self, key, /)", (self: ConnectionFairy, key: string) => {
        const found =
          self.dbapiConnection === null ? undefined : getAttrOrUndefined(toPython(self.dbapiConnection), key);
        if (found === undefined)
          throw err(
            E.AttributeError,
            `'${self.dbapiConnection === null ? "NoneType" : "sqlite3.Connection"}' object has no attribute '${key}'`,
          );
        return found;
      }),
      cursor: method("(self, *args, **kwargs)", (self: ConnectionFairy) => toPython(self.cursor())),
    },
    getters: {
      connection: ((self: ConnectionFairy) => {
        warnDeprecated(
          "The _ConnectionFairy.connection attribute is deprecated; please use 'driver_connection' (deprecated since: 2.0)",
        );
        return toPython(self.dbapiConnection);
      }) as (self: never) => Value,
      _connection_record: ((self: ConnectionFairy) => toPython(self.connectionRecord)) as (
        self: never,
      ) => Value,
    },
  });
}

/** What handle_error listeners are given. */
function bindErrorContext(): void {
  attach(ExceptionContext, "sqlalchemy.engine.base.ExceptionContextImpl", {
    getters: {
      chained_exception: (self: ExceptionContext) => {
        if (self.chainedException === undefined)
          throw err(E.AttributeError, "'ExceptionContextImpl' object has no attribute 'chained_exception'");
        return toPython(self.chainedException);
      },
    },
  });
}

/** Enumerations of flags: which tables and views the get_multi methods look at. */
const FLAGS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ObjectKind: { TABLE: 1, VIEW: 2, MATERIALIZED_VIEW: 4, ANY_VIEW: 6, ANY: 7 },
  ObjectScope: { DEFAULT: 1, TEMPORARY: 2, ANY: 3 },
};

needsModules(/enum|ObjectKind|ObjectScope|from sqlalchemy\.engine(\.\w+)? import \*/i, "enum");
function bindFlags(): void {
  const module = "sqlalchemy.engine.reflection";
  for (const [name, members] of Object.entries(FLAGS))
    giveEach(`${module}.${name}`, () =>
      callWith(
        getAttr(importModule("enum"), "Flag"),
        [name, PyDict.from(Object.entries(members))],
        new Map([["module", module]]),
      ),
    );
}

/** The number of a combination of flags. */
const flags = (v: Value): number | undefined =>
  v === null || v === undefined ? undefined : Number(getAttr(v, "value"));

type TableName = readonly [schema: string | null, table: string];

const pair = (name: TableName | null): Value => (name === null ? null : new PyTuple([...name]));

function bindInspector(): void {
  const methods: Record<string, NativeMethod> = {};
  for (const what of [
    "Columns",
    "PkConstraint",
    "ForeignKeys",
    "Indexes",
    "UniqueConstraints",
    "CheckConstraints",
    "TableOptions",
    "TableComment",
  ] as const) {
    const name = `get_multi${what.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`;
    methods[name] = method(
      "(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      (self: Inspector, schema: string | null, names: Value, kind: Value, scope: Value, kw: Kwargs) => {
        const only = names === null ? null : [...(host.iterate(names) ?? [])];
        const found = self[`getMulti${what}`](
          schema,
          only as never,
          flags(kind) as never,
          flags(scope) as never,
          kw,
        );
        return PyDict.from(
          [...found].map(([key, value]) => [pair(key as TableName), toPython(value)] as const),
        );
      },
    );
  }
  methods.get_sorted_table_and_fkc_names = method(
    "(self, schema=None, **kw)",
    (self: Inspector, schema: string | null) =>
      new PyList(
        self
          .getSortedTableAndFkcNames(schema)
          .map(([table, fks]) => new PyTuple([table, new PyList(fks.map((fk) => new PyTuple([...fk])))])),
      ),
  );
  methods.sort_tables_on_foreign_key_dependency = method(
    "(self, consider_schemas=(None,), **kw)",
    (self: Inspector, schemas: Value) =>
      new PyList(
        self
          .sortTablesOnForeignKeyDependency([...(host.iterate(schemas) ?? [null])] as (string | null)[])
          .map(
            ([table, fks]) =>
              new PyTuple([pair(table), new PyList(fks.map(([t, fk]) => new PyTuple([pair(t), fk])))]),
          ),
      ),
  );
  extend("sqlalchemy.engine.reflection.Inspector", {
    methods,
    classMethods: {
      from_engine: method("(cls, bind)", (_cls: Value, bind: Engine) => Inspector.fromEngine(bind)),
    },
  });
}

interface Entered {
  enter(): Value;
  exit(error: Value): Value;
}

/** `engine.begin()` and `session.no_autoflush` are generators with contextlib's decorator in the real library. */
function bindContextManagers(): void {
  for (const host of [EngineBegin, NoAutoflush] as const)
    nativeType({
      name: "_GeneratorContextManager",
      module: "contextlib",
      host,
      methods: {
        __enter__: method("(self)", (self: Entered) => self.enter()),
        __exit__: method("(self, typ, value, traceback)", (self: Entered, _type: Value, value: Value) =>
          self.exit(value),
        ),
      },
    });
}

/** An execution's context is of its dialect's own class: that of `PGDialect_psycopg2` is `PGExecutionContext_psycopg2`. */
function bindContexts(): void {
  const found = new Map<PyType, PyType>();
  const contextType = (dialect: PyType): PyType => {
    const name = dialect.mro
      .map((t) => `${t.module}.${t.name.replace("Dialect", "ExecutionContext")}`)
      .find(knownClass);
    return typeFor(name ?? "sqlalchemy.engine.default.DefaultExecutionContext");
  };
  Object.defineProperty(ExecutionContext.prototype, TYPE, {
    get(this: ExecutionContext): PyType {
      const dialect = typeOf(toPython(this.rootConnection.engine.shown ?? this.dialect));
      let type = found.get(dialect);
      if (type === undefined) found.set(dialect, (type = contextType(dialect)));
      return type;
    },
    configurable: true,
  });
}

export function bindEngine(): void {
  bindContexts();
  bindErrorContext();
  bindPool();
  bindContextManagers();
  bindInspector();
  bindFlags();
}
