// The virtual workspace: text files and SQLite databases in one tree, seen alike by programs, terminal and page.
//
// Text lives in memory; databases live where SQLite keeps them (driver/database-files.ts) and appear here as files. A
// database that a program writes as bytes (shutil.copy, an upload) becomes SQLite's when it is first opened.
import {
  type FileNode,
  type FileStat,
  type FileSystem,
  FileError,
  ERRNO,
  MemoryFileSystem,
  resolvePath,
} from "../python/builtins/io/file-system.ts";
import type { DatabaseFiles } from "../driver/index.ts";
import { DriverError } from "../engine/dbapi.ts";
import { contentOf, isSqlite } from "./content.ts";
import type { Content, WorkspaceFile } from "./protocol.ts";

/** Where the workspace is rooted, and where programs start. */
export const ROOT = "/workspace";

const encoder = new TextEncoder();

export class Workspace implements FileSystem {
  private memory = new MemoryFileSystem(ROOT);
  private readonly databases: DatabaseFiles;
  private readonly times = new Map<string, number>();

  constructor(databases: DatabaseFiles) {
    this.databases = databases;
    this.memory.mkdir("/tmp");
    databases.configure({
      cwd: () => this.memory.cwd,
      hasDirectory: (path) => this.memory.stat(path)?.kind === "directory",
      existing: (path) => this.takeBytes(path),
    });
  }

  /** The bytes of a plain file that SQLite is about to open: it is SQLite's from now on. */
  private takeBytes(path: string): Uint8Array | undefined {
    if (this.memory.stat(path)?.kind !== "file") return undefined;
    const node = this.memory.open(path, false);
    const bytes = node.read(0, node.size);
    // anything else stays the file it is
    if (bytes.length > 0 && !isSqlite(bytes))
      throw new DriverError("DatabaseError", "file is not a database", 26, "SQLITE_NOTADB");
    this.memory.unlink(path);
    return bytes;
  }

  get cwd(): string {
    return this.memory.cwd;
  }
  set cwd(path: string) {
    this.memory.cwd = path;
  }

  private full(path: string): string {
    return resolvePath(this.memory.cwd, path);
  }

  private isDatabase(path: string): boolean {
    return this.databases.has(this.full(path));
  }

  /** Whether the file is a SQLite database, opened yet or not. */
  isDatabaseFile(path: string): boolean {
    if (this.isDatabase(path)) return true;
    if (this.memory.stat(path)?.kind !== "file") return false;
    return isSqlite(this.memory.open(path, false).read(0, 16));
  }

  stat(path: string): FileStat | undefined {
    if (!this.isDatabase(path)) return this.memory.stat(path);
    const full = this.full(path);
    const sizeOf = (): number => this.bytesOf(full).length;
    let size: number | undefined;
    return {
      kind: "file",
      // made only where somebody asks: a database is copied out for it
      get size() {
        return (size ??= sizeOf());
      },
      mtime: this.times.get(full) ?? Date.now() / 1000,
      mode: 0o644,
      inode: hashOf(full),
    };
  }

  private bytesOf(full: string): Uint8Array {
    return this.databases.export(full);
  }

  open(path: string, create: boolean): FileNode {
    if (!this.isDatabase(path)) return this.memory.open(path, create);
    const full = this.full(path);
    const bytes = this.bytesOf(full);
    // written to as a file, it is a plain file from then on, until SQLite opens it again
    let plain: FileNode | undefined;
    const taken = (): FileNode => {
      if (!plain) {
        this.databases.delete(full);
        plain = this.memory.open(full, true);
        plain.write(0, bytes);
      }
      return plain;
    };
    return {
      get size() {
        return plain?.size ?? bytes.length;
      },
      read: (at, count) => plain?.read(at, count) ?? bytes.slice(at, at + count),
      write: (at, data) => taken().write(at, data),
      truncate: (size) => taken().truncate(size),
    };
  }

  list(path: string): string[] {
    const full = this.full(path);
    const prefix = full === "/" ? "/" : `${full}/`;
    const names = this.memory.list(path);
    for (const db of this.databases.list()) {
      const rest = db.startsWith(prefix) ? db.slice(prefix.length) : "";
      if (rest !== "" && !rest.includes("/") && !names.includes(rest)) names.push(rest);
    }
    return names;
  }

  mkdir(path: string, mode?: number): void {
    if (this.isDatabase(path)) throw new FileError(ERRNO.EEXIST);
    this.memory.mkdir(path, mode);
  }

  unlink(path: string): void {
    if (this.isDatabase(path)) this.databases.delete(this.full(path));
    else this.memory.unlink(path);
  }

  rmdir(path: string): void {
    if (this.list(path).length > 0) throw new FileError(ERRNO.ENOTEMPTY);
    this.memory.rmdir(path);
  }

  rename(from: string, to: string): void {
    if (!this.isDatabase(from)) {
      if (this.isDatabase(to)) this.databases.delete(this.full(to));
      this.memory.rename(from, to);
      // databases in a folder move with it
      const [before, after] = [`${this.full(from)}/`, `${this.full(to)}/`];
      for (const db of this.databases.list())
        if (db.startsWith(before)) this.databases.rename(db, after + db.slice(before.length));
      return;
    }
    if (this.stat(to)?.kind === "directory") throw new FileError(ERRNO.EISDIR);
    if (this.stat(this.full(`${this.full(to)}/..`))?.kind !== "directory") throw new FileError(ERRNO.ENOENT);
    if (this.memory.stat(to)?.kind === "file") this.memory.unlink(to);
    this.databases.rename(this.full(from), this.full(to));
  }

  setTimes(path: string, mtime: number): void {
    if (this.isDatabase(path)) this.times.set(this.full(path), mtime);
    else this.memory.setTimes(path, mtime);
  }

  setMode(path: string, mode: number): void {
    if (!this.isDatabase(path)) this.memory.setMode(path, mode);
  }

  /** Whether a database may be another than when this was last cleared (by `untouched`). */
  isTouched(path: string): boolean {
    return this.databases.touched.has(resolvePath(ROOT, path));
  }

  /** Databases are known as they are now. */
  untouched(): void {
    this.databases.touched.clear();
  }

  // -- the page's side ---------------------------------------------------------------------

  /** Forget everything and hold these files. */
  replace(files: readonly WorkspaceFile[]): void {
    this.databases.clear();
    this.memory = new MemoryFileSystem(ROOT);
    this.memory.mkdir("/tmp");
    this.times.clear();
    for (const f of files) this.put(f.path, f.content);
  }

  /** Make or replace a file, with the folders on its way; null removes it. A path with "/" at its end is an empty folder. */
  put(path: string, content: Content | null): void {
    const full = resolvePath(ROOT, path);
    const folder = path.endsWith("/");
    if (content === null) {
      const kind = this.stat(full)?.kind;
      if (kind === "file" && !folder) this.unlink(full);
      if (kind === "directory" && folder && full !== ROOT && this.list(full).length === 0) this.rmdir(full);
      return;
    }
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const parts = full.split("/").slice(1, folder ? undefined : -1);
    let dir = "";
    for (const p of parts) {
      dir += `/${p}`;
      if (!this.memory.stat(dir)) this.memory.mkdir(dir);
    }
    if (folder) return;
    if (isSqlite(bytes)) {
      if (this.memory.stat(full)?.kind === "file") this.memory.unlink(full);
      this.databases.import(full, bytes);
      return;
    }
    if (this.isDatabase(full)) this.databases.delete(full);
    const node = this.memory.open(full, true);
    node.truncate(0);
    node.write(0, bytes);
  }

  /** Every file below the root, paths relative to it, sorted; folders without any as `folder/`. */
  *files(): Iterable<{ readonly path: string; readonly database: boolean; bytes(): Uint8Array }> {
    const out: { path: string; database: boolean; bytes(): Uint8Array }[] = [];
    const walk = (dir: string): void => {
      for (const name of this.memory.list(dir)) {
        const path = `${dir}/${name}`;
        if (this.memory.stat(path)?.kind === "directory") {
          if (this.list(path).length > 0) walk(path);
          else
            out.push({
              path: `${path.slice(ROOT.length + 1)}/`,
              database: false,
              bytes: () => new Uint8Array(),
            });
        } else
          out.push({
            path: path.slice(ROOT.length + 1),
            database: false,
            bytes: () => {
              const node = this.memory.open(path, false);
              return node.read(0, node.size);
            },
          });
      }
    };
    walk(ROOT);
    for (const db of this.databases.list()) {
      if (db.startsWith(`${ROOT}/`))
        out.push({ path: db.slice(ROOT.length + 1), database: true, bytes: () => this.bytesOf(db) });
    }
    yield* out.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Text where the bytes are UTF-8, else the bytes. */
  read(path: string): Content | undefined {
    const full = resolvePath(ROOT, path);
    if (this.stat(full)?.kind !== "file") return undefined;
    const node = this.open(full, false);
    const bytes = node.read(0, node.size);
    return this.isDatabase(full) ? bytes : contentOf(bytes);
  }
}

function hashOf(text: string): number {
  let h = 7;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) >>> 0;
  return 1_000_000 + h;
}
