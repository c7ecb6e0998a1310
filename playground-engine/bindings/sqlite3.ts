// Python's sqlite3 module over the same driver: connections, cursors, rows, exceptions, converters.
//
// Behaviour: docs.python.org/3.11/library/sqlite3.html. The exceptions are shared with what SQLAlchemy wraps (errors.ts).
import { converters, PARSE_COLNAMES, PARSE_DECLTYPES } from "../driver/index.ts";
import { Connection } from "../driver/connection.ts";
import { Cursor } from "../driver/cursor.ts";
import {
  installedDriver,
  type ConnectOptions,
  type DriverConnection,
  type DriverCursor,
  type Params,
  type RawRow,
} from "../engine/dbapi.ts";
import { host } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { memoryViewType } from "../python/builtins/bytes-type.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { E, err } from "../python/runtime/exceptions.ts";
import { hash } from "../python/runtime/hash.ts";
import { iterate, NativeIterator, toArray } from "../python/runtime/iteration.ts";
import { defineModule } from "../python/runtime/modules.ts";
import { nativeType } from "../python/runtime/native-type.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { compare, isTrue } from "../python/runtime/operators.ts";
import { late } from "../python/runtime/late.ts";
import {
  asInt,
  asStr,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  PyType,
  type Value,
  typeOf,
} from "../python/runtime/object.ts";
import { PySlice, resolveSlice } from "../python/builtins/slice-type.ts";
import { str } from "../python/runtime/repr.ts";
import { sqlite3Errors } from "./errors.ts";

const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];
const getter = (get: (self: never) => Value, set?: (self: never, v: Value) => void) =>
  set ? { get, set } : get;

interface Extra {
  rowFactory: Value;
  textFactory: Value;
}
const extras = new WeakMap<object, Extra>();
const extraOf = (c: object): Extra => {
  let e = extras.get(c);
  if (!e) extras.set(c, (e = { rowFactory: null, textFactory: null }));
  return e;
};

/** sqlite3.Row */
class SqliteRow {
  readonly names: readonly string[];
  readonly values: RawRow;
  constructor(names: readonly string[], values: RawRow) {
    this.names = names;
    this.values = values;
  }
}

export const rowType: PyType = nativeType({
  name: "Row",
  module: "sqlite3",
  host: SqliteRow,
  new: method(
    "(cls, cursor, data, /)",
    (_cls: PyType, cursor: DriverCursor, data: PyTuple) =>
      new SqliteRow(
        (cursor.description ?? []).map((d) => d[0]),
        data.items,
      ),
  ),
  methods: {
    keys: method("(self)", (self: SqliteRow) => new PyList([...self.names])),
    __len__: method("(self)", (self: SqliteRow) => self.values.length),
    __iter__: method("(self)", (self: SqliteRow) => {
      let i = 0;
      return new NativeIterator(() => (i < self.values.length ? self.values[i++] : undefined));
    }),
    __getitem__: method("(self, key, /)", (self: SqliteRow, key: Value) => {
      const i = asInt(key);
      if (i !== undefined) {
        const at = Number(i) < 0 ? Number(i) + self.values.length : Number(i);
        if (at < 0 || at >= self.values.length) throw err(E.IndexError, "Index out of range");
        return self.values[at];
      }
      const name = asStr(key);
      if (name !== undefined) {
        const at = self.names.findIndex((n) => n.toLowerCase() === name.toLowerCase());
        if (at < 0) throw err(E.IndexError, "No item with that key");
        return self.values[at];
      }
      if (key instanceof PySlice) {
        const [start, stop, step] = resolveSlice(key, self.values.length);
        const out: Value[] = [];
        for (let at = start; step > 0 ? at < stop : at > stop; at += step) out.push(self.values[at]);
        return new PyTuple(out);
      }
      throw err(E.IndexError, "Index must be int or string");
    }),
    __eq__: method("(self, other, /)", (self: SqliteRow, other: Value) =>
      other instanceof SqliteRow
        ? self.names.join("\0") === other.names.join("\0") &&
          compare(new PyTuple(self.values), new PyTuple(other.values), "==") === true
        : NotImplemented,
    ),
    __hash__: method("(self)", (self: SqliteRow) => hash(new PyTuple(self.values))),
  },
});

function toParams(v: Value): Params {
  if (v === undefined || v === null) return [];
  if (v instanceof PyTuple || v instanceof PyList) return v.items.map(adapt);
  if (v instanceof PyDict) return new Map(v.entries().map(([k, x]) => [str(k), adapt(x)]));
  const entries = late.entries(v);
  if (entries) return new Map([...entries].map(([k, x]) => [str(k), adapt(x)]));
  return toArray(v).map(adapt);
}

const adapters = new Map<PyType, Value>();
onReset(() => adapters.clear());

/** A value as the database takes it: by a registered adapter, by `__conform__`, or as dates are by default. */
function adapt(v: Value): Value {
  if (v === null || typeof v !== "object" || v instanceof PyBytes) return v;
  const adapter = adapters.get(typeOf(v));
  if (adapter !== undefined) return call(adapter, [v]);
  const kind = host.kindOf(v);
  if (kind === "date" || kind === "datetime")
    return str(call(getAttrOrUndefined(v, "isoformat")!, kind === "datetime" ? [" "] : []));
  const conform = getAttrOrUndefined(v, "__conform__");
  return conform === undefined ? v : call(conform, [protocolType]);
}
const protocolType = nativeType({ name: "PrepareProtocol", module: "sqlite3" });

function shown(cursor: DriverCursor, row: RawRow | undefined): Value | undefined {
  if (row === undefined) return undefined;
  const own = extras.get(cursor)?.rowFactory;
  const factory = own ?? extraOf(cursor.connection).rowFactory;
  const data = new PyTuple(row);
  if (factory === null || factory === undefined) return data;
  if (factory === rowType)
    return new SqliteRow(
      (cursor.description ?? []).map((d) => d[0]),
      row,
    );
  return call(factory, [cursor, data]);
}

function makeCursor(c: DriverConnection): DriverCursor {
  const cursor = c.cursor();
  extras.set(cursor, { rowFactory: extraOf(c).rowFactory, textFactory: null });
  return cursor;
}

export const cursorType: PyType = nativeType({
  name: "Cursor",
  module: "sqlite3",
  host: Cursor,
  hasDict: true,
  methods: {
    execute: method(
      "(self, sql, parameters=..., /)",
      (self: DriverCursor, sql: string, parameters: Value) => (
        self.execute(asStr(sql) ?? wrongSql(sql), toParams(parameters)),
        self
      ),
    ),
    executemany: method(
      "(self, sql, seq_of_parameters, /)",
      (self: DriverCursor, sql: string, many: Value) => {
        const sets = (function* () {
          for (const p of iterate(many)) yield toParams(p);
        })();
        self.executemany(asStr(sql) ?? wrongSql(sql, "executemany() argument 1"), sets);
        return self;
      },
    ),
    executescript: method(
      "(self, sql_script, /)",
      (self: DriverCursor, sql: string) => (
        self.executescript(asStr(sql) ?? wrongSql(sql, "executescript() argument")),
        self
      ),
    ),
    fetchone: method("(self)", (self: DriverCursor) => shown(self, self.fetchone()) ?? null),
    fetchmany: method(
      "(self, size=...)",
      (self: DriverCursor, size: Value) =>
        new PyList(
          self.fetchmany(size === undefined ? self.arraysize : Number(size)).map((r) => shown(self, r)),
        ),
    ),
    fetchall: method(
      "(self)",
      (self: DriverCursor) => new PyList(self.fetchall().map((r) => shown(self, r))),
    ),
    close: method("(self)", (self: DriverCursor) => self.close()),
    setinputsizes: method("(self, sizes, /)", () => null),
    setoutputsize: method("(self, size, column=None, /)", () => null),
    __iter__: method("(self)", (self: DriverCursor) => self),
    __next__: method("(self)", (self: DriverCursor) => {
      const row = shown(self, self.fetchone());
      if (row === undefined) throw err(E.StopIteration);
      return row;
    }),
  },
  getters: {
    connection: getter((self: DriverCursor) => self.connection),
    description: getter((self: DriverCursor) =>
      self.description === null
        ? null
        : new PyTuple(self.description.map((d) => new PyTuple([d[0], null, null, null, null, null, null]))),
    ),
    rowcount: getter((self: DriverCursor) => self.rowcount),
    lastrowid: getter((self: DriverCursor) => self.lastrowid),
    arraysize: getter(
      (self: DriverCursor) => self.arraysize,
      (self: DriverCursor, v: Value) => void (self.arraysize = Number(v)),
    ),
    row_factory: getter(
      (self: DriverCursor) => extraOf(self).rowFactory,
      (self: DriverCursor, v: Value) => void (extraOf(self).rowFactory = v),
    ),
  },
});

function wrongSql(v: Value, what = "execute() argument 1"): never {
  throw err(E.TypeError, `${what} must be str, not ${v === null ? "None" : typeOf(v).name}`);
}

function connect(database: Value, options: ConnectOptions): DriverConnection {
  const path =
    asStr(database) ??
    asStr(
      getAttrOrUndefined(database, "__fspath__")
        ? call(getAttrOrUndefined(database, "__fspath__")!, [])
        : null,
    );
  if (path === undefined)
    throw err(E.TypeError, `expected str, bytes or os.PathLike object, not ${typeOf(database).name}`);
  return installedDriver().connect(path, options);
}

export const connectionType: PyType = nativeType({
  name: "Connection",
  module: "sqlite3",
  host: Connection,
  hasDict: true,
  methods: {
    cursor: method("(self, factory=...)", (self: DriverConnection) => makeCursor(self)),
    commit: method("(self)", (self: DriverConnection) => self.commit()),
    rollback: method("(self)", (self: DriverConnection) => self.rollback()),
    close: method("(self)", (self: DriverConnection) => self.close()),
    execute: method(
      "(self, sql, parameters=..., /)",
      (self: DriverConnection, sql: string, parameters: Value) => {
        const c = makeCursor(self);
        c.execute(asStr(sql) ?? wrongSql(sql), toParams(parameters));
        return c;
      },
    ),
    executemany: method("(self, sql, parameters, /)", (self: DriverConnection, sql: string, many: Value) => {
      const c = makeCursor(self);
      c.executemany(
        asStr(sql) ?? wrongSql(sql, "executemany() argument 1"),
        [...iterate(many)].map(toParams),
      );
      return c;
    }),
    executescript: method("(self, sql_script, /)", (self: DriverConnection, sql: string) => {
      const c = makeCursor(self);
      c.executescript(asStr(sql) ?? wrongSql(sql, "executescript() argument"));
      return c;
    }),
    create_function: method(
      "(self, name, narg, func, /, *, deterministic=False)",
      (self: DriverConnection, name: string, narg: number, fn: Value, deterministic: Value) =>
        self.createFunction(
          name,
          narg,
          fn === null ? null : (...args) => call(fn, args),
          deterministic === true,
        ),
    ),
    create_aggregate: method(
      "(self, name, n_arg, aggregate_class, /)",
      (self: DriverConnection, name: string, narg: number, cls: Value) =>
        self.createAggregate(
          name,
          narg,
          cls === null
            ? null
            : () => {
                const made = call(cls, []);
                return {
                  step: (...args) => void call(getAttrOrUndefined(made, "step")!, args),
                  finalize: () => call(getAttrOrUndefined(made, "finalize")!, []),
                };
              },
        ),
    ),
    create_collation: method("(self, name, callable, /)", (self: DriverConnection, name: string, fn: Value) =>
      self.createCollation(name, fn === null ? null : (a, b) => Number(call(fn, [a, b]))),
    ),
    backup: method(
      "(self, target, *, pages=-1, progress=None, name='main', sleep=0.25)",
      (self: DriverConnection, target: DriverConnection) => self.backup(target),
    ),
    serialize: method("(self, *, name='main')", (self: DriverConnection) => new PyBytes(self.serialize())),
    getlimit: method("(self, category, /)", (self: Connection, category: Value) =>
      self.limit(integer(category)),
    ),
    setlimit: method("(self, category, limit, /)", (self: Connection, category: Value, limit: Value) =>
      self.limit(integer(category), integer(limit)),
    ),
    interrupt: method("(self)", () => null),
    iterdump: method("(self)", (self: DriverConnection) => dump(self)),
    set_trace_callback: method("(self, callback, /)", () => null),
    set_progress_handler: method("(self, handler, n)", () => null),
    set_authorizer: method("(self, callback)", () => null),
    __enter__: method("(self)", (self: DriverConnection) => self),
    __exit__: method("(self, type, value, traceback, /)", (self: DriverConnection, type: Value) => {
      if (type === null) self.commit();
      else self.rollback();
      return false;
    }),
    __call__: method("(self, sql, /)", (self: DriverConnection) => self),
  },
  getters: {
    in_transaction: getter((self: DriverConnection) => self.inTransaction),
    total_changes: getter((self: DriverConnection) => self.totalChanges),
    isolation_level: getter(
      (self: DriverConnection) => self.isolationLevel,
      (self: DriverConnection, v: Value) => void (self.isolationLevel = v as string | null),
    ),
    row_factory: getter(
      (self: DriverConnection) => extraOf(self).rowFactory,
      (self: DriverConnection, v: Value) => void (extraOf(self).rowFactory = v),
    ),
    text_factory: getter(
      (self: DriverConnection) => extraOf(self).textFactory ?? null,
      (self: DriverConnection, v: Value) => void (extraOf(self).textFactory = v),
    ),
  },
  members: sqlite3Errors as unknown as Record<string, Value>,
});

function integer(v: Value): number {
  const n = asInt(v);
  if (n === undefined)
    throw err(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
  return Number(n);
}

function quote(v: Value): string {
  if (v === null) return "NULL";
  if (v instanceof PyBytes)
    return `X'${[...v.data].map((b) => b.toString(16).padStart(2, "0").toUpperCase()).join("")}'`;
  return typeof v === "string" ? `'${v.replaceAll("'", "''")}'` : str(v);
}

/** The statements that make the database again. */
function dump(c: DriverConnection): PyList {
  const out: Value[] = ["BEGIN TRANSACTION;"];
  const cursor = c.cursor();
  cursor.execute(
    "SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL AND type == 'table' ORDER BY name",
  );
  for (const [name, , sql] of cursor.fetchall() as unknown as readonly (readonly [
    string,
    string,
    string,
  ])[]) {
    if (name.startsWith("sqlite_")) continue;
    out.push(`${sql};`);
    cursor.execute(`SELECT * FROM "${name.replaceAll('"', '""')}"`);
    for (const row of cursor.fetchall())
      out.push(`INSERT INTO "${name}" VALUES(${row.map(quote).join(",")});`);
  }
  cursor.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('index', 'trigger', 'view')");
  for (const [sql] of cursor.fetchall()) out.push(`${String(sql)};`);
  out.push("COMMIT;");
  return new PyList(out);
}

/** SQLITE_LIMIT_…, by number. */
const LIMITS = [
  ...[
    "LENGTH",
    "SQL_LENGTH",
    "COLUMN",
    "EXPR_DEPTH",
    "COMPOUND_SELECT",
    "VDBE_OP",
    "FUNCTION_ARG",
    "ATTACHED",
  ],
  ...["LIKE_PATTERN_LENGTH", "VARIABLE_NUMBER", "TRIGGER_DEPTH", "WORKER_THREADS"],
];

/** Make `import sqlite3` work. */
export function bindSqlite3(): void {
  defineModule("sqlite3", () => ({
    name: "sqlite3",
    functions: {
      connect: method(
        "(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=..., cached_statements=128, uri=False)",
        (
          database: Value,
          _timeout: Value,
          detectTypes: number,
          isolationLevel: string | null,
          checkSameThread: Value,
          _factory: Value,
          _cached: Value,
          uri: Value,
        ) =>
          connect(database, {
            isolationLevel,
            detectTypes,
            uri: uri === true,
            checkSameThread: isTrue(checkSameThread),
          }),
      ),
      register_adapter: method(
        "(type, adapter, /)",
        (type: PyType, adapter: Value) => void adapters.set(type, adapter),
      ),
      register_converter: method(
        "(typename, converter, /)",
        (name: string, converter: Value) =>
          void converters.set(name.toUpperCase(), (bytes) => call(converter, [bytes])),
      ),
      complete_statement: method("(statement)", (statement: string) => /;\s*$/.test(statement)),
      enable_callback_tracebacks: method("(enable, /)", () => null),
    },
    members: {
      Connection: connectionType,
      Cursor: cursorType,
      Row: rowType,
      PrepareProtocol: protocolType,
      ...sqlite3Errors,
      PARSE_DECLTYPES,
      PARSE_COLNAMES,
      ...Object.fromEntries(LIMITS.map((name, i) => [`SQLITE_LIMIT_${name}`, i])),
      apilevel: "2.0",
      paramstyle: "qmark",
      threadsafety: 1,
      version: "2.6.0",
      sqlite_version: () => installedDriver().sqliteVersion,
      sqlite_version_info: () => new PyTuple(installedDriver().sqliteVersion.split(".").map(Number)),
      Binary: () => memoryViewType,
    },
  }));
}
