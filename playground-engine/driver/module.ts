// sql.js's WebAssembly module, used by its raw exports: SQLite's C functions and the memory they work in.
//
// The published build exports no memory; it is caught while the module is instantiated. It also leaves out some C functions
// that a driver needs: memory-layout.ts makes up for those. Pinned to sql.js 1.16.0 (SQLite 3.54.1).
import initSqlJs from "sql.js";

/** sql.js's own Database class: needed only to read a database as bytes and to delete its file. */
export interface SqlJsDatabase {
  db: number | null;
  filename: string;
  /** Throws where the file is no database, or a damaged one. */
  exec(sql: string): unknown;
  export(): Uint8Array;
  close(): void;
}

/** SQLite's C functions as sql.js exports them. Pointers are numbers. */
export interface RawExports {
  _malloc(size: number): number;
  _free(p: number): void;
  UTF8ToString(p: number, max?: number): string;
  stringToNewUTF8(s: string): number;
  addFunction(fn: (...args: number[]) => number | void, signature: string): number;
  removeFunction(p: number): void;
  _sqlite3_open(name: number, out: number): number;
  _sqlite3_close_v2(db: number): number;
  _sqlite3_errmsg(db: number): number;
  _sqlite3_changes(db: number): number;
  _sqlite3_exec(db: number, sql: number, callback: number, arg: number, error: number): number;
  _sqlite3_prepare_v2(db: number, sql: number, length: number, out: number, tail: number): number;
  _sqlite3_step(stmt: number): number;
  _sqlite3_reset(stmt: number): number;
  _sqlite3_finalize(stmt: number): number;
  _sqlite3_clear_bindings(stmt: number): number;
  _sqlite3_bind_int(stmt: number, i: number, v: number): number;
  _sqlite3_bind_double(stmt: number, i: number, v: number): number;
  _sqlite3_bind_text(stmt: number, i: number, p: number, n: number, destroy: number): number;
  _sqlite3_bind_blob(stmt: number, i: number, p: number, n: number, destroy: number): number;
  _sqlite3_bind_parameter_index(stmt: number, name: number): number;
  _sqlite3_column_count(stmt: number): number;
  _sqlite3_data_count(stmt: number): number;
  _sqlite3_column_name(stmt: number, i: number): number;
  _sqlite3_column_type(stmt: number, i: number): number;
  _sqlite3_column_double(stmt: number, i: number): number;
  _sqlite3_column_text(stmt: number, i: number): number;
  _sqlite3_column_blob(stmt: number, i: number): number;
  _sqlite3_column_bytes(stmt: number, i: number): number;
  _sqlite3_backup_init(to: number, toName: number, from: number, fromName: number): number;
  _sqlite3_backup_step(backup: number, pages: number): number;
  _sqlite3_backup_finish(backup: number): number;
  _sqlite3_create_function_v2(
    db: number,
    name: number,
    narg: number,
    flags: number,
    app: number,
    func: number,
    step: number,
    final: number,
    destroy: number,
  ): number;
  _sqlite3_value_type(v: number): number;
  _sqlite3_value_double(v: number): number;
  _sqlite3_value_text(v: number): number;
  _sqlite3_value_blob(v: number): number;
  _sqlite3_value_bytes(v: number): number;
  _sqlite3_result_int64(ctx: number, v: bigint): void;
  _sqlite3_result_double(ctx: number, v: number): void;
  _sqlite3_result_text(ctx: number, p: number, n: number, destroy: number): void;
  _sqlite3_result_blob(ctx: number, p: number, n: number, destroy: number): void;
  _sqlite3_result_null(ctx: number): void;
  _sqlite3_result_error(ctx: number, p: number, n: number): void;
  _sqlite3_aggregate_context(ctx: number, size: number): number;
  _RegisterExtensionFunctions?(db: number): number;
  Database: new (bytes?: Uint8Array) => SqlJsDatabase;
}

// Result codes.
export const OK = 0;
export const BUSY = 5;
export const ROW = 100;
export const DONE = 101;
// Storage classes.
export const INTEGER = 1;
export const FLOAT = 2;
export const TEXT = 3;
export const BLOB = 4;
export const NULL = 5;
/** Tells SQLite to copy what it is given. */
export const TRANSIENT = -1;

/** What the WebAssembly code can come as. */
export type WasmSource =
  ArrayBuffer | Uint8Array<ArrayBuffer> | WebAssembly.Module | Response | Promise<Response> | string;

export class SqliteModule {
  readonly raw: RawExports;
  private readonly memory: WebAssembly.Memory;
  private bytes: Uint8Array<ArrayBuffer>;
  private view: DataView<ArrayBuffer>;
  private scratch: number;
  private scratchSize = 1024;
  private readonly decoder = new TextDecoder();
  private readonly strictDecoder = new TextDecoder("utf-8", { fatal: true });
  private readonly encoder = new TextEncoder();
  /** Asked when a statement meets another's lock; true where trying again may help. */
  onBusy: (statement: object) => boolean = () => false;

  constructor(raw: RawExports, memory: WebAssembly.Memory) {
    this.raw = raw;
    this.memory = memory;
    this.bytes = new Uint8Array(memory.buffer as ArrayBuffer);
    this.view = new DataView(memory.buffer as ArrayBuffer);
    this.scratch = raw._malloc(this.scratchSize);
  }

  /** The memory now; a view of it is detached whenever it grows, so ask again after every call into SQLite. */
  get heap(): Uint8Array<ArrayBuffer> {
    if (this.bytes.length === 0) this.refresh();
    return this.bytes;
  }

  get data(): DataView<ArrayBuffer> {
    if (this.bytes.length === 0) this.refresh();
    return this.view;
  }

  private refresh(): void {
    this.bytes = new Uint8Array(this.memory.buffer as ArrayBuffer);
    this.view = new DataView(this.memory.buffer as ArrayBuffer);
  }

  pointerAt(p: number): number {
    return this.data.getUint32(p, true);
  }

  int32At(p: number): number {
    return this.data.getInt32(p, true);
  }

  setInt32At(p: number, value: number): void {
    this.data.setInt32(p, value, true);
  }

  int64At(p: number): number | bigint {
    const v = this.data.getBigInt64(p, true);
    return v >= -9007199254740992n && v <= 9007199254740992n ? Number(v) : v;
  }

  /** Text up to the first NUL. */
  cString(p: number): string {
    return p ? this.raw.UTF8ToString(p) : "";
  }

  /** Text of a known length in bytes. */
  text(p: number, length: number): string {
    const heap = this.heap;
    if (length < 24) {
      // Shorter than what a call of the decoder costs; stops being ASCII seldom.
      let s = "";
      let i = p;
      for (const end = p + length; i < end; i++) {
        const b = heap[i] as number;
        if (b > 127) break;
        s += String.fromCharCode(b);
      }
      if (i === p + length) return s;
    }
    return this.decoder.decode(heap.subarray(p, p + length));
  }

  /** The same, undefined where the bytes are no UTF-8. */
  strictText(p: number, length: number): string | undefined {
    try {
      return this.strictDecoder.decode(this.heap.subarray(p, p + length));
    } catch {
      return undefined;
    }
  }

  /** Puts text into scratch memory, valid until the next call; gives pointer and length in bytes. NUL-terminated. */
  scratchText(s: string): { readonly p: number; readonly n: number } {
    const room = s.length * 3 + 1;
    const p = this.scratchBytes(room);
    const heap = this.heap;
    let i = 0;
    for (; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c > 127) break;
      heap[p + i] = c;
    }
    let n = i;
    if (i < s.length)
      n += this.encoder.encodeInto(i === 0 ? s : s.slice(i), heap.subarray(p + i, p + room)).written;
    heap[p + n] = 0;
    return { p, n };
  }

  /** Scratch memory of at least this size, valid until the next call. */
  scratchBytes(size: number): number {
    if (size > this.scratchSize) {
      this.raw._free(this.scratch);
      this.scratchSize = Math.max(size, this.scratchSize * 2);
      this.scratch = this.raw._malloc(this.scratchSize);
    }
    return this.scratch;
  }

  copyIn(bytes: Uint8Array): number {
    const p = this.scratchBytes(bytes.length + 1);
    this.heap.set(bytes, p);
    return p;
  }
}

/** Start sql.js on the given WebAssembly code: its bytes, a compiled module, a response, or the address to fetch it from. */
export async function startModule(wasm: WasmSource): Promise<SqliteModule> {
  const code = await compile(wasm);
  let memory: WebAssembly.Memory | undefined;
  const options = {
    // Otherwise log(), ceil() and sign() are not SQLite's.
    useOldExtensionFunctions: false,
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object {
      void WebAssembly.instantiate(code, imports).then((instance) => {
        memory = Object.values(instance.exports).find((e) => e instanceof WebAssembly.Memory);
        done(instance, code);
      });
      return {};
    },
  };
  const raw = await (initSqlJs as unknown as (options: object) => Promise<RawExports>)(options);
  if (!memory) throw new Error("sql.js exports no memory: is this the pinned version?");
  return new SqliteModule(raw, memory);
}

async function compile(wasm: WasmSource): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return WebAssembly.compile(wasm);
  const response = await (typeof wasm === "string" ? fetch(wasm) : wasm);
  // Streaming needs the right content type, which not every server gives.
  return WebAssembly.compileStreaming(response.clone()).catch(async () =>
    WebAssembly.compile(await response.arrayBuffer()),
  );
}
