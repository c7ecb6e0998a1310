// The driver: opens databases of the workspace, in memory, or by file: URI.
//
// sql.js has no sqlite3_open_v2, so what a URI asks for is done here: mode=ro by PRAGMA query_only (whose error is the same),
// mode=rw by looking first, a shared memory database by a file that goes with its last connection.
import { DriverError, type ConnectOptions, type Driver, type DriverConnection } from "../engine/dbapi.ts";
import { Connection } from "./connection.ts";
import { cannotOpen, DatabaseFiles } from "./database-files.ts";
import { startModule, type SqliteModule, type WasmSource } from "./module.ts";

export class SqlJsDriver implements Driver {
  readonly sqliteVersion: string;
  readonly files: DatabaseFiles;
  private readonly m: SqliteModule;
  private readonly open = new Set<Connection>();
  private readonly shared = new Map<string, number>();

  constructor(m: SqliteModule) {
    this.m = m;
    m.onBusy = (statement) => this.readAheadOthers(statement);
    this.files = new DatabaseFiles(m);
    const probe = this.connect(":memory:");
    const cursor = probe.cursor();
    cursor.execute("SELECT sqlite_version()");
    this.sqliteVersion = String(cursor.fetchone()?.[0]);
    probe.close();
  }

  connect(database: string, options: ConnectOptions = {}): DriverConnection {
    if (options.uri && database.startsWith("file:")) return this.connectUri(database, options);
    return this.make(database, this.files.openInner(this.files.innerPath(database)), options);
  }

  private connectUri(uri: string, options: ConnectOptions): DriverConnection {
    const [, path = "", query = ""] = /^file:([^?#]*)(?:\?([^#]*))?/.exec(uri) as unknown as string[];
    const settings = new Map(
      query
        .split("&")
        .filter(Boolean)
        .map((pair) => pair.split("=", 2).map(unescape) as [string, string]),
    );
    const file = unescape(path.replace(/^\/\/(localhost)?(?=\/)/, ""));
    const mode = settings.get("mode");
    if (mode !== undefined && !["ro", "rw", "rwc", "memory"].includes(mode))
      throw new DriverError("OperationalError", `no such access mode: ${mode}`, 1, "SQLITE_ERROR");
    const memory = mode === "memory" || file === ":memory:";
    if (memory && settings.get("cache") === "shared") return this.connectShared(uri, file, options);
    if (memory) return this.make(uri, this.files.openInner(":memory:"), options);
    if ((mode === "ro" || mode === "rw") && !this.files.has(file)) throw cannotOpen();
    const connection = this.make(uri, this.files.openInner(this.files.innerPath(file)), options);
    if (mode === "ro" || settings.get("immutable") === "1") connection.exec("PRAGMA query_only=ON");
    return connection;
  }

  private connectShared(uri: string, name: string, options: ConnectOptions): DriverConnection {
    const db = this.files.openInner(this.files.sharedMemory(name));
    this.shared.set(name, (this.shared.get(name) ?? 0) + 1);
    return this.make(uri, db, options, () => {
      const left = (this.shared.get(name) ?? 1) - 1;
      this.shared.set(name, left);
      if (left === 0) this.files.dropShared(name);
    });
  }

  private make(database: string, db: number, options: ConnectOptions, onClose?: () => void): Connection {
    const connection = new Connection(this.m, this.files, database, db, options, (c) => {
      this.open.delete(c);
      onClose?.();
    });
    this.open.add(connection);
    return connection;
  }

  /** The latest database in memory that is open and has tables, for looking into it; undefined where there is none. */
  besideMemory(): DriverConnection | undefined {
    const inMemory = [...this.open].filter(
      (c) => c.database === "" || c.database === ":memory:" || /[?&]mode=memory\b/.test(c.database),
    );
    const tables = (c: Connection): number => c.peek("SELECT 1 FROM sqlite_master", 1)?.rows.length ?? 0;
    return (inMemory.findLast(tables) ?? inMemory.at(-1))?.beside();
  }

  private busy = false;

  /** Let statements go whose rows may never be read, because another one waits for them. */
  private readAheadOthers(waiting: object): boolean {
    if (this.busy) return false;
    this.busy = true;
    try {
      return [...this.open].map((c) => c.readAhead((cursor) => !cursor.runs(waiting))).includes(true);
    } finally {
      this.busy = false;
    }
  }

  /** How many connections are open. */
  get openConnections(): number {
    return this.open.size;
  }

  /** Close every connection: what a program leaves behind. With `files`, its databases go, too. */
  reset(options: { readonly files?: boolean } = {}): void {
    for (const connection of [...this.open]) connection.shut();
    if (options.files) this.files.clear();
  }
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Start the driver on sql.js's WebAssembly code. In Node, node.ts finds it. */
export async function loadDriver(wasm: WasmSource): Promise<SqlJsDriver> {
  return new SqlJsDriver(await startModule(wasm));
}
