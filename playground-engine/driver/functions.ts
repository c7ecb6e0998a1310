// SQL functions and aggregates written in the program's language.
//
// An exception inside one does not reach the program: SQLite reports "user-defined function raised exception", as with sqlite3.
// Each definition holds entries of the module's function table; `free` gives them back. Behaviour: Modules/_sqlite/connection.c.
import type { AggregateFunction, ScalarFunction } from "../engine/dbapi.ts";
import { host, type Value } from "../util/host.ts";
import { BLOB, FLOAT, INTEGER, OK, TEXT, TRANSIENT, type SqliteModule } from "./module.ts";
import { lastError } from "./statement.ts";

const UTF8 = 1;
const DETERMINISTIC = 0x800;

/** Define a function, or take it away with null. Gives what frees it. */
export function defineFunction(
  m: SqliteModule,
  db: number,
  name: string,
  narg: number,
  fn: ScalarFunction | null,
  deterministic: boolean,
): () => void {
  const pointer = fn
    ? m.raw.addFunction((ctx, n, argv) => {
        guard(m, ctx as number, "user-defined function raised exception", () =>
          setResult(m, ctx as number, fn(...readArguments(m, n as number, argv as number))),
        );
      }, "viii")
    : 0;
  create(m, db, name, narg, deterministic ? UTF8 | DETERMINISTIC : UTF8, pointer, 0, 0);
  return () => pointer && m.raw.removeFunction(pointer);
}

/** Define an aggregate: `make` gives a fresh state for each group. */
export function defineAggregate(
  m: SqliteModule,
  db: number,
  name: string,
  narg: number,
  make: (() => AggregateFunction) | null,
): () => void {
  if (!make) {
    create(m, db, name, narg, UTF8, 0, 0, 0);
    return () => undefined;
  }
  // SQLite gives each group a few bytes of its own: their address names the group's state.
  const groups = new Map<number, AggregateFunction | null>();
  const group = (ctx: number): AggregateFunction | null => {
    const at = m.raw._sqlite3_aggregate_context(ctx, 4);
    let state = groups.get(at);
    if (state === undefined) {
      try {
        state = make();
      } catch (e) {
        if (!host.isError(e, "Exception")) throw e;
        state = null;
        setError(m, ctx, "user-defined aggregate's '__init__' method raised error");
      }
      groups.set(at, state);
    }
    return state;
  };
  const step = m.raw.addFunction((ctx, n, argv) => {
    const state = group(ctx as number);
    if (!state) return;
    guard(m, ctx as number, "user-defined aggregate's 'step' method raised error", () =>
      state.step(...readArguments(m, n as number, argv as number)),
    );
  }, "viii");
  const final = m.raw.addFunction((ctx) => {
    const state = group(ctx as number);
    groups.delete(m.raw._sqlite3_aggregate_context(ctx as number, 4));
    if (!state) return setError(m, ctx as number, "user-defined aggregate's '__init__' method raised error");
    guard(m, ctx as number, "user-defined aggregate's 'finalize' method raised error", () =>
      setResult(m, ctx as number, state.finalize()),
    );
  }, "vi");
  create(m, db, name, narg, UTF8, 0, step, final);
  return () => {
    m.raw.removeFunction(step);
    m.raw.removeFunction(final);
  };
}

function create(
  m: SqliteModule,
  db: number,
  name: string,
  narg: number,
  flags: number,
  func: number,
  step: number,
  final: number,
): void {
  const rc = m.raw._sqlite3_create_function_v2(
    db,
    m.scratchText(name).p,
    narg,
    flags,
    0,
    func,
    step,
    final,
    0,
  );
  if (rc !== OK) throw lastError(m, db, rc);
}

/** An exception becomes the statement's error; what is no exception of the program (being stopped) goes through. */
function guard(m: SqliteModule, ctx: number, message: string, fn: () => void): void {
  try {
    fn();
  } catch (e) {
    if (!host.isError(e, "Exception")) throw e;
    setError(m, ctx, message);
  }
}

function setError(m: SqliteModule, ctx: number, message: string): void {
  const { p, n } = m.scratchText(message);
  m.raw._sqlite3_result_error(ctx, p, n);
}

function readArguments(m: SqliteModule, n: number, argv: number): Value[] {
  const args: Value[] = [];
  for (let i = 0; i < n; i++) args.push(readValue(m, m.pointerAt(argv + 4 * i)));
  return args;
}

function readValue(m: SqliteModule, v: number): Value {
  const { raw } = m;
  switch (raw._sqlite3_value_type(v)) {
    case INTEGER: {
      const d = raw._sqlite3_value_double(v);
      return Number.isSafeInteger(d) ? d : BigInt(m.cString(raw._sqlite3_value_text(v)));
    }
    case FLOAT:
      return host.types.makeFloat(raw._sqlite3_value_double(v));
    case TEXT: {
      const p = raw._sqlite3_value_text(v);
      return m.text(p, raw._sqlite3_value_bytes(v));
    }
    case BLOB: {
      const p = raw._sqlite3_value_blob(v);
      return host.types.makeBytes(m.heap.slice(p, p + raw._sqlite3_value_bytes(v)));
    }
    default:
      return null;
  }
}

function setResult(m: SqliteModule, ctx: number, value: Value): void {
  const { raw } = m;
  if (value === null || value === undefined) return raw._sqlite3_result_null(ctx);
  if (typeof value === "number" && Number.isInteger(value))
    return raw._sqlite3_result_int64(ctx, BigInt(value));
  if (typeof value === "boolean") return raw._sqlite3_result_int64(ctx, value ? 1n : 0n);
  if (typeof value === "string") {
    const { p, n } = m.scratchText(value);
    return raw._sqlite3_result_text(ctx, p, n, TRANSIENT);
  }
  if (typeof value === "bigint") {
    if (BigInt.asIntN(64, value) !== value)
      throw host.error("OverflowError", "Python int too large to convert to SQLite INTEGER");
    return raw._sqlite3_result_int64(ctx, value);
  }
  switch (host.kindOf(value)) {
    case "float":
      return raw._sqlite3_result_double(ctx, host.types.readFloat(value));
    case "bytes": {
      const bytes = host.types.readBytes(value);
      return raw._sqlite3_result_blob(ctx, m.copyIn(bytes), bytes.length, TRANSIENT);
    }
    default: {
      const plain = host.isHashable(value) ? host.key(value) : undefined;
      if (
        plain !== value &&
        (typeof plain === "number" || typeof plain === "string" || typeof plain === "bigint")
      )
        return setResult(m, ctx, plain);
      throw host.error("TypeError", "unsupported type");
    }
  }
}
