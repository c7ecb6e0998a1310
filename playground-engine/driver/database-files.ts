// The databases of a workspace, by path: which there are, their bytes in and out.
//
// They live in the module's own file system, flat: a path of the workspace stands for a name there. Paths are normalised
// against the working directory; a directory must exist for a database to be made in it, which the workspace's own file system answers.
import { DriverError } from "../engine/dbapi.ts";
import { OK, type SqliteModule, type SqlJsDatabase } from "./module.ts";

export interface FilesOptions {
  /** Where relative paths start; "/" unless told. */
  readonly cwd?: () => string;
  /** Whether the workspace has this directory; the root, the working directory and /tmp do always. */
  readonly hasDirectory?: (path: string) => boolean;
  /** The bytes of a plain file at a path that is about to be opened as a database: it becomes one. */
  readonly existing?: (path: string) => Uint8Array | undefined;
}

export class DatabaseFiles {
  private readonly m: SqliteModule;
  private options: FilesOptions = {};
  /** Workspace path → name in the module's file system. */
  private readonly inner = new Map<string, string>();
  /** Of files that SQLite cannot read, and so cannot give back: their bytes, by inner name. It cannot write to them either. */
  private readonly unreadable = new Map<string, Uint8Array>();
  private shell: SqlJsDatabase | undefined;
  /** Paths that were opened, or given other bytes, since somebody last cleared this. */
  readonly touched = new Set<string>();

  constructor(m: SqliteModule) {
    this.m = m;
  }

  /** Connect to the workspace's file system. */
  configure(options: FilesOptions): void {
    this.options = options;
  }

  /** Paths of all databases, in the order they came. */
  list(): string[] {
    return [...this.inner.keys()].filter((path) => path.startsWith("/"));
  }

  has(path: string): boolean {
    return this.inner.has(this.normalize(path));
  }

  /** The database's bytes: one .sqlite file. Throws OperationalError while somebody writes to it. */
  export(path: string): Uint8Array {
    const name = this.known(path);
    const kept = this.unreadable.get(name);
    if (kept) return kept;
    const db = this.openInner(name);
    try {
      return this.read(db);
    } finally {
      this.m.raw._sqlite3_close_v2(db);
    }
  }

  /** Put a database there; one that was there is replaced, and connections to it keep the old one. */
  import(path: string, bytes: Uint8Array): void {
    const full = this.normalize(path);
    this.delete(full);
    const made = new this.m.raw.Database(bytes);
    this.touched.add(full);
    const name = `/${made.filename}`;
    this.inner.set(full, name);
    try {
      made.exec("PRAGMA page_count");
    } catch {
      this.unreadable.set(name, bytes);
    }
    // Only its file is wanted: the connection that came with it is closed without closing the object, which would delete the file.
    if (made.db !== null) this.m.raw._sqlite3_close_v2(made.db);
    made.db = null;
  }

  /** False where there was none. */
  delete(path: string): boolean {
    const full = this.normalize(path);
    const name = this.inner.get(full);
    if (name === undefined) return false;
    this.inner.delete(full);
    this.unreadable.delete(name);
    for (const suffix of ["", "-journal", "-wal", "-shm"]) this.unlink(name + suffix);
    return true;
  }

  /** Give the database another path: os.rename. */
  rename(from: string, to: string): void {
    const name = this.known(from);
    this.delete(to);
    this.touched.add(this.normalize(to));
    this.inner.delete(this.normalize(from));
    this.inner.set(this.normalize(to), name);
  }

  clear(): void {
    for (const path of [...this.inner.keys()]) this.delete(path);
  }

  /** Absolute, without "." and "..". */
  normalize(path: string): string {
    const full = path.startsWith("/") ? path : `${this.options.cwd?.() ?? "/"}/${path}`;
    const parts: string[] = [];
    for (const part of full.split("/")) {
      if (part === "..") parts.pop();
      else if (part && part !== ".") parts.push(part);
    }
    return "/" + parts.join("/");
  }

  /** The name that SQLite is to open for a path of the program; special names stay as they are. */
  innerPath(path: string): string {
    if (path === "" || path === ":memory:") return path;
    const full = this.normalize(path);
    this.touched.add(full);
    let name = this.inner.get(full);
    const bytes = name === undefined ? this.options.existing?.(full) : undefined;
    if (bytes && bytes.length > 0) {
      this.import(full, bytes);
      name = this.inner.get(full);
    }
    if (name === undefined) {
      if (!this.directoryExists(full)) return "/no-such-directory/database";
      // A slash that is none keeps names apart and still tells the path where SQLite prints it.
      name = "/" + full.slice(1).replaceAll("/", "\u2215");
      this.inner.set(full, name);
    }
    return name;
  }

  /** The name of a database in memory that several connections share; gone with the last of them. */
  sharedMemory(name: string): string {
    const key = `:shared:${name}`;
    const inner = this.inner.get(key) ?? `/:shared:${name.replaceAll("/", "\u2215")}`;
    this.inner.set(key, inner);
    return inner;
  }

  dropShared(name: string): void {
    const key = `:shared:${name}`;
    const inner = this.inner.get(key);
    this.inner.delete(key);
    if (inner !== undefined) this.unlink(inner);
  }

  private directoryExists(full: string): boolean {
    const directory = full.slice(0, full.lastIndexOf("/")) || "/";
    if (
      directory === "/" ||
      directory === "/tmp" ||
      directory === this.normalize(this.options.cwd?.() ?? "/")
    )
      return !(this.options.hasDirectory?.(full) ?? false);
    return (this.options.hasDirectory?.(directory) ?? false) && !this.options.hasDirectory?.(full);
  }

  private known(path: string): string {
    const name = this.inner.get(this.normalize(path));
    if (name === undefined) throw cannotOpen();
    return name;
  }

  /** Open a file of the module's file system, as it is named there. */
  openInner(name: string): number {
    const { raw } = this.m;
    const out = raw._malloc(4);
    const p = raw.stringToNewUTF8(name);
    const rc = raw._sqlite3_open(p, out);
    const db = this.m.pointerAt(out);
    raw._free(p);
    raw._free(out);
    if (rc !== OK) {
      raw._sqlite3_close_v2(db);
      throw cannotOpen();
    }
    return db;
  }

  /** The whole database behind an open connection. */
  read(db: number): Uint8Array {
    const shell = new this.m.raw.Database();
    const own = shell.db;
    shell.db = db;
    try {
      return shell.export();
    } catch (e) {
      throw new DriverError(
        "OperationalError",
        /busy|locked/i.test(String(e)) ? "database is locked" : String(e instanceof Error ? e.message : e),
      );
    } finally {
      shell.db = own;
      shell.close();
    }
  }

  /** sql.js gives no access to its file system, but closing one of its databases deletes that one's file. */
  private unlink(name: string): void {
    this.shell ??= new this.m.raw.Database();
    const ghost = Object.assign(
      Object.create(Object.getPrototypeOf(this.shell) as object) as SqlJsDatabase,
      this.shell,
    );
    ghost.db = this.openInner(":memory:");
    ghost.filename = name.slice(1);
    try {
      ghost.close();
    } catch {
      // There was no such file: a journal usually is not there.
    }
  }
}

export function cannotOpen(): DriverError {
  return new DriverError("OperationalError", "unable to open database file", 14, "SQLITE_CANTOPEN");
}
