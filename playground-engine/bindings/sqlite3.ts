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
import { dictType, mappingProxyType } from "../python/builtins/dict-type.ts";
import { memoryViewType } from "../python/builtins/memoryview-type.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { callMethod, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { E, err, isInstanceOf } from "../python/runtime/exceptions.ts";
import { getItem } from "../python/runtime/items.ts";
import { hash } from "../python/runtime/hash.ts";
import { iterate, NativeIterator } from "../python/runtime/iteration.ts";
import { defineModule } from "../python/runtime/modules.ts";
import { nativeType } from "../python/runtime/native-type.ts";
import { method } from "../python/runtime/native.ts";
import { length } from "../python/runtime/truth.ts";
import { compare, isTrue } from "../python/runtime/operators.ts";
import {
  asInt,
  asStr,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  type Value,
  typeOf,
} from "../python/runtime/object.ts";
import { PySlice, resolveSlice } from "../python/builtins/slice-type.ts";
import { strType } from "../python/builtins/str-type.ts";
import { str } from "../python/runtime/repr.ts";
import { CODE_NAMES, programmingError } from "../driver/errors.ts";
import { sqlite3Errors } from "./errors.ts";

const getter = (get: (self: never) => Value, set?: (self: never, v: Value) => void) =>
  set ? { get, set } : get;

interface Extra {
  rowFactory: Value;
  textFactory: Value;
}
const extras = new WeakMap<object, Extra>();
const extraOf = (c: object): Extra => {
  let e = extras.get(c);
  if (!e) extras.set(c, (e = { rowFactory: null, textFactory: strType }));
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

const rowType: PyType = nativeType({
  name: "Row",
  module: "sqlite3",
  dotted: true,
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
        if (at < 0 || at >= self.values.length) throw err(E.IndexError, "tuple index out of range");
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
  if (v === undefined) return [];
  if (v instanceof PyTuple || v instanceof PyList) return v.items.map(adapt);
  if (typeOf(v) === dictType)
    return new Map((v as PyDict).entries().map(([k, x]) => [asStr(k) ?? str(k), adapt(x)]));
  if (typeOf(v).lookup("__getitem__") === undefined)
    throw programmingError("parameters are of unsupported type");
  if (v instanceof PyDict || typeOf(v) === mappingProxyType) return new Asked(v);
  return Array.from({ length: length(v) }, (_, i) => adapt(getItem(v, i)));
}

/** Named parameters that a mapping is asked for one by one, as its class answers. */
class Asked extends Map<string, Value> {
  private readonly mapping: Value;
  constructor(mapping: Value) {
    super();
    this.mapping = mapping;
  }
  override get(name: string): Value | undefined {
    try {
      return adapt(getItem(this.mapping, name));
    } catch (e) {
      if (isInstanceOf(e, E.LookupError)) return undefined;
      throw e;
    }
  }
}

const adapters = new Map<PyType, Value>();
onReset(() => adapters.clear());

/** A value as the database takes it: by a registered adapter, by `__conform__`, or as dates are by default. */
function adapt(v: Value): Value {
  // Half of a pair is no character: the encoder says so.
  if (typeof v === "string" && !v.isWellFormed()) callMethod(v, "encode");
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
  const { rowFactory, textFactory } = extraOf(cursor.connection);
  const factory = own ?? rowFactory;
  const data = new PyTuple(textFactory === strType ? row : row.map((v) => madeText(v, textFactory)));
  if (factory === null || factory === undefined) return data;
  if (factory === rowType)
    return new SqliteRow(
      (cursor.description ?? []).map((d) => d[0]),
      row,
    );
  return call(factory, [cursor, data]);
}

/** A text of a row as the connection's text_factory makes it from its bytes. */
function madeText(v: Value, factory: Value): Value {
  return typeof v === "string" ? call(factory, [new PyBytes(new TextEncoder().encode(v))]) : v;
}

function makeCursor(c: DriverConnection): DriverCursor {
  const cursor = c.cursor();
  extras.set(cursor, { rowFactory: extraOf(c).rowFactory, textFactory: strType });
  return cursor;
}

/** What a connection's own shortcuts run on: a subclass may make other cursors. */
function cursorOf(c: DriverConnection): DriverCursor {
  return typeOf(c as never) === connectionType
    ? makeCursor(c)
    : (callMethod(c as never, "cursor") as unknown as DriverCursor);
}

const cursorType: PyType = nativeType({
  name: "Cursor",
  module: "sqlite3",
  dotted: true,
  host: Cursor,
  hasDict: true,
  new: method("(cls, connection, /, *args, **kwargs)", (cls: PyType, connection: Value) => {
    if (!(connection instanceof Connection))
      throw err(
        E.TypeError,
        `Cursor() argument 1 must be sqlite3.Connection, not ${connection === null ? "None" : typeOf(connection).name}`,
      );
    return ofClass(makeCursor(connection), cls, cursorType);
  }),
  init: method("(self, connection, /)", () => null),
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

/** How a connection is made, by sqlite3.connect() and by the class. */
const CONNECTING =
  "database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=..., cached_statements=128, uri=False";
type Connecting = readonly [
  database: Value,
  timeout: Value,
  detectTypes: number,
  isolationLevel: ConnectOptions["isolationLevel"],
  checkSameThread: Value,
  factory: Value,
  cachedStatements: Value,
  uri: Value,
];

function connect(
  ...[database, , detectTypes, isolationLevel, checkSameThread, , , uri]: Connecting
): DriverConnection {
  const path = getAttrOrUndefined(database, "__fspath__");
  const given = path === undefined ? database : call(path, []);
  const name = given instanceof PyBytes ? asStr(callMethod(given, "decode")) : asStr(given);
  if (name === undefined)
    throw err(E.TypeError, `expected str, bytes or os.PathLike object, not ${typeOf(given).name}`);
  return installedDriver().connect(name, {
    isolationLevel,
    detectTypes,
    uri: uri === true,
    checkSameThread: isTrue(checkSameThread),
  });
}

/** Make what the driver gave an instance of a subclass. */
function ofClass<T extends object>(made: T, cls: PyType, own: PyType): T {
  if (cls !== own) (made as { [TYPE]?: PyType })[TYPE] = cls;
  return made;
}

const connectionType: PyType = nativeType({
  name: "Connection",
  module: "sqlite3",
  dotted: true,
  host: Connection,
  hasDict: true,
  new: method(`(cls, ${CONNECTING})`, (cls: PyType, ...given: Value[]) =>
    ofClass(connect(...(given as unknown as Connecting)), cls, connectionType),
  ),
  init: method(`(self, ${CONNECTING})`, () => null),
  methods: {
    cursor: method("(self, factory=...)", (self: DriverConnection, factory: Value) => {
      if (factory === undefined) return makeCursor(self);
      const made = call(factory, [self as unknown as Value]);
      if (made instanceof Cursor) return made;
      throw err(
        E.TypeError,
        `factory must return a cursor, not ${made === null ? "NoneType" : typeOf(made).name}`,
      );
    }),
    commit: method("(self)", (self: DriverConnection) => self.commit()),
    rollback: method("(self)", (self: DriverConnection) => self.rollback()),
    close: method("(self)", (self: DriverConnection) => self.close()),
    execute: method(
      "(self, sql, parameters=..., /)",
      (self: DriverConnection, sql: string, parameters: Value) => {
        const c = cursorOf(self);
        c.execute(asStr(sql) ?? wrongSql(sql), toParams(parameters));
        return c;
      },
    ),
    executemany: method("(self, sql, parameters, /)", (self: DriverConnection, sql: string, many: Value) => {
      const c = cursorOf(self);
      c.executemany(
        asStr(sql) ?? wrongSql(sql, "executemany() argument 1"),
        [...iterate(many)].map(toParams),
      );
      return c;
    }),
    executescript: method("(self, sql_script, /)", (self: DriverConnection, sql: string) => {
      const c = cursorOf(self);
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
    set_trace_callback: method("(self, callback, /)", (self: Connection, callback: Value) => {
      self.trace = callback === null ? undefined : (sql) => void call(callback, [sql]);
    }),
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
      (self: DriverConnection) => extraOf(self).textFactory,
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

/** The statements that make the database again. */
function dump(c: DriverConnection): PyList {
  const out: Value[] = ["BEGIN TRANSACTION;"];
  const cursor = c.cursor();
  cursor.execute(
    "SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL AND type == 'table' ORDER BY name",
  );
  const numbered: string[] = [];
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  for (const [name, , sql] of cursor.fetchall() as unknown as readonly (readonly [
    string,
    string,
    string,
  ])[]) {
    if (name === "sqlite_sequence") {
      cursor.execute('SELECT * FROM "sqlite_sequence"');
      numbered.push('DELETE FROM "sqlite_sequence";');
      for (const [table, last] of cursor.fetchall())
        numbered.push(`INSERT INTO "sqlite_sequence" VALUES('${String(table)}',${String(last)});`);
    }
    if (name.startsWith("sqlite_")) continue;
    out.push(`${sql};`);
    cursor.execute(`PRAGMA table_info(${quoted(name)})`);
    const values = cursor.fetchall().map((column) => `quote(${quoted(String(column[1]))})`);
    cursor.execute(`SELECT ${values.join(" || ',' || ")} FROM ${quoted(name)}`);
    for (const [row] of cursor.fetchall()) out.push(`INSERT INTO ${quoted(name)} VALUES(${String(row)});`);
  }
  cursor.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('index', 'trigger', 'view')");
  for (const [sql] of cursor.fetchall()) out.push(`${String(sql)};`);
  out.push(...numbered, "COMMIT;");
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
      connect: method(`(${CONNECTING})`, (...given: Value[]) =>
        given[5] === undefined
          ? connect(...(given as unknown as Connecting))
          : call(given[5], given.toSpliced(5, 1, connectionType)),
      ),
      register_adapter: method(
        "(type, adapter, /)",
        (type: PyType, adapter: Value) => void adapters.set(type, adapter),
      ),
      register_converter: method(
        "(typename, converter, /)",
        (name: string, converter: Value) =>
          void converters.set(name.toUpperCase(), (bytes) => call(converter, [new PyBytes(bytes)])),
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
      SQLITE_OK: 0,
      SQLITE_DENY: 1,
      SQLITE_IGNORE: 2,
      ...Object.fromEntries([...CODE_NAMES].map(([code, name]) => [name, code])),
      ...Object.fromEntries(LIMITS.map((name, i) => [`SQLITE_LIMIT_${name}`, i])),
      apilevel: "2.0",
      paramstyle: "qmark",
      threadsafety: 3,
      version: "2.6.0",
      sqlite_version: () => installedDriver().sqliteVersion,
      sqlite_version_info: () => new PyTuple(installedDriver().sqliteVersion.split(".").map(Number)),
      Binary: () => memoryViewType,
    },
  }));
}
