// The files a program sees: an interface that the playground may supply, and a tree in memory that is the default.
//
// Paths are absolute POSIX paths here; relative ones are resolved against `cwd` by `resolve`. Failures are FileError,
// which open.ts and os turn into OSError. One file system is installed at a time.

export interface FileStat {
  readonly kind: "file" | "directory";
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly mode: number;
  /** The same for the same file, whatever its path. */
  readonly inode: number;
}

/** An open file's contents. */
export interface FileNode {
  readonly size: number;
  read(at: number, count: number): Uint8Array;
  write(at: number, data: Uint8Array): void;
  truncate(size: number): void;
}

export interface FileSystem {
  cwd: string;
  stat(path: string): FileStat | undefined;
  /** The contents of a file; made empty if `create`. @throws FileError */
  open(path: string, create: boolean): FileNode;
  /** Names in a directory, sorted as they were made. @throws FileError */
  list(path: string): string[];
  mkdir(path: string, mode?: number): void;
  /** Remove a file. */
  unlink(path: string): void;
  /** Remove an empty directory. */
  rmdir(path: string): void;
  /** Replaces a file at the destination. */
  rename(from: string, to: string): void;
  setTimes(path: string, mtime: number): void;
  setMode(path: string, mode: number): void;
}

/** A failed operation, with the C library's number. */
export class FileError {
  readonly errno: number;
  constructor(errno: number) {
    this.errno = errno;
  }
}

export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EBADF: 9,
  EACCES: 13,
  EEXIST: 17,
  EXDEV: 18,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOTEMPTY: 39,
} as const;

const TEXTS: Readonly<Record<number, string>> = {
  1: "Operation not permitted",
  2: "No such file or directory",
  9: "Bad file descriptor",
  13: "Permission denied",
  17: "File exists",
  18: "Invalid cross-device link",
  20: "Not a directory",
  21: "Is a directory",
  22: "Invalid argument",
  39: "Directory not empty",
};

/** os.strerror() */
export function errorText(errno: number): string {
  return TEXTS[errno] ?? `Unknown error ${errno}`;
}

/** An absolute path without `.`, `..` and empty parts. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return "/" + parts.join("/");
}

interface Entry {
  kind: "file" | "directory";
  mtime: number;
  mode: number;
  readonly inode: number;
}

class MemoryFile implements Entry, FileNode {
  readonly kind = "file";
  mtime = now();
  mode = 0o644;
  readonly inode = nextInode();
  private data = new Uint8Array(0);
  size = 0;
  read(at: number, count: number): Uint8Array {
    return this.data.slice(at, Math.min(this.size, at + count));
  }
  write(at: number, more: Uint8Array): void {
    const end = at + more.length;
    if (end > this.data.length) {
      const bigger = new Uint8Array(Math.max(end, this.data.length * 2));
      bigger.set(this.data.subarray(0, this.size));
      this.data = bigger;
    }
    this.data.set(more, at);
    this.size = Math.max(this.size, end);
    this.mtime = now();
  }
  truncate(size: number): void {
    if (size > this.size) this.write(this.size, new Uint8Array(size - this.size));
    else this.data.fill(0, size, this.size);
    this.size = size;
    this.mtime = now();
  }
}

class MemoryDirectory implements Entry {
  readonly kind = "directory";
  mtime = now();
  mode = 0o755;
  readonly inode = nextInode();
  readonly entries = new Map<string, MemoryFile | MemoryDirectory>();
}

let inodes = 0;
function nextInode(): number {
  return ++inodes;
}
function now(): number {
  return Date.now() / 1000;
}

export class MemoryFileSystem implements FileSystem {
  cwd: string;
  private readonly root = new MemoryDirectory();

  constructor(cwd = "/") {
    this.cwd = "/";
    let path = "";
    for (const part of cwd.split("/").filter(Boolean)) this.mkdir((path += "/" + part));
    this.cwd = path || "/";
  }

  private find(path: string): MemoryFile | MemoryDirectory | undefined {
    let at: MemoryFile | MemoryDirectory = this.root;
    for (const part of resolvePath(this.cwd, path).split("/")) {
      if (part === "") continue;
      if (!(at instanceof MemoryDirectory)) throw new FileError(ERRNO.ENOTDIR);
      const next = at.entries.get(part);
      if (!next) return undefined;
      at = next;
    }
    return at;
  }

  /** The directory a path lies in, and its last part. */
  private parent(path: string): [MemoryDirectory, string] {
    const full = resolvePath(this.cwd, path);
    const cut = full.lastIndexOf("/");
    const dir = this.find(full.slice(0, cut) || "/");
    if (!dir) throw new FileError(ERRNO.ENOENT);
    if (!(dir instanceof MemoryDirectory)) throw new FileError(ERRNO.ENOTDIR);
    return [dir, full.slice(cut + 1)];
  }

  stat(path: string): FileStat | undefined {
    let e: MemoryFile | MemoryDirectory | undefined;
    try {
      e = this.find(path);
    } catch {
      return undefined;
    }
    if (!e) return undefined;
    return {
      kind: e.kind,
      size: e instanceof MemoryFile ? e.size : 4096,
      mtime: e.mtime,
      mode: e.mode,
      inode: e.inode,
    };
  }

  open(path: string, create: boolean): FileNode {
    const e = this.find(path);
    if (e instanceof MemoryDirectory) throw new FileError(ERRNO.EISDIR);
    if (e) return e;
    if (!create) throw new FileError(ERRNO.ENOENT);
    const [dir, name] = this.parent(path);
    const file = new MemoryFile();
    dir.entries.set(name, file);
    dir.mtime = now();
    return file;
  }

  list(path: string): string[] {
    const e = this.find(path);
    if (!e) throw new FileError(ERRNO.ENOENT);
    if (!(e instanceof MemoryDirectory)) throw new FileError(ERRNO.ENOTDIR);
    return [...e.entries.keys()];
  }

  mkdir(path: string, mode = 0o755): void {
    if (this.find(path)) throw new FileError(ERRNO.EEXIST);
    const [dir, name] = this.parent(path);
    const made = new MemoryDirectory();
    made.mode = mode;
    dir.entries.set(name, made);
    dir.mtime = now();
  }

  unlink(path: string): void {
    const [dir, name] = this.parent(path);
    const e = dir.entries.get(name);
    if (!e) throw new FileError(ERRNO.ENOENT);
    if (e instanceof MemoryDirectory) throw new FileError(ERRNO.EISDIR);
    dir.entries.delete(name);
    dir.mtime = now();
  }

  rmdir(path: string): void {
    const [dir, name] = this.parent(path);
    const e = dir.entries.get(name);
    if (!e) throw new FileError(ERRNO.ENOENT);
    if (!(e instanceof MemoryDirectory)) throw new FileError(ERRNO.ENOTDIR);
    if (e.entries.size > 0) throw new FileError(ERRNO.ENOTEMPTY);
    dir.entries.delete(name);
    dir.mtime = now();
  }

  rename(from: string, to: string): void {
    const [dir, name] = this.parent(from);
    const e = dir.entries.get(name);
    if (!e) throw new FileError(ERRNO.ENOENT);
    const [toDir, toName] = this.parent(to);
    const there = toDir.entries.get(toName);
    if (there === e) return;
    if (there instanceof MemoryDirectory) {
      if (!(e instanceof MemoryDirectory)) throw new FileError(ERRNO.EISDIR);
      if (there.entries.size > 0) throw new FileError(ERRNO.ENOTEMPTY);
    } else if (there && e instanceof MemoryDirectory) throw new FileError(ERRNO.ENOTDIR);
    dir.entries.delete(name);
    toDir.entries.set(toName, e);
    dir.mtime = toDir.mtime = now();
  }

  setTimes(path: string, mtime: number): void {
    const e = this.find(path);
    if (!e) throw new FileError(ERRNO.ENOENT);
    e.mtime = mtime;
  }

  setMode(path: string, mode: number): void {
    const e = this.find(path);
    if (!e) throw new FileError(ERRNO.ENOENT);
    e.mode = mode & 0o7777;
  }
}

/** The installed file system; read it in function bodies. */
export const files: { system: FileSystem } = { system: new MemoryFileSystem("/workspace") };

export function installFileSystem(fs: FileSystem): void {
  files.system = fs;
}

/** `/dev/null`: takes everything and holds nothing, whatever file system is installed. */
const NULL_DEVICE = "/dev/null";
const nothing: FileNode = {
  size: 0,
  read: () => new Uint8Array(0),
  write: () => undefined,
  truncate: () => undefined,
};

/** What is at a path of a program's. */
export function statPath(path: string): FileStat | undefined {
  if (path === NULL_DEVICE) return { kind: "file", size: 0, mtime: 0, mode: 0o020666, inode: 0 };
  return files.system.stat(path);
}

/** The file at a path of a program's. @throws FileError */
export function openPath(path: string, create: boolean): FileNode {
  return path === NULL_DEVICE ? nothing : files.system.open(path, create);
}

/** Read a whole file, or undefined where there is none. */
export function readFile(path: string): Uint8Array | undefined {
  const s = files.system.stat(path);
  if (s?.kind !== "file") return undefined;
  const node = files.system.open(path, false);
  return node.read(0, node.size);
}

/** Write a whole file, with the directories it needs. */
export function writeFile(path: string, data: Uint8Array): void {
  const full = resolvePath(files.system.cwd, path);
  const parts = full.split("/").filter(Boolean).slice(0, -1);
  let at = "";
  for (const part of parts) {
    at += "/" + part;
    if (!files.system.stat(at)) files.system.mkdir(at);
  }
  const node = files.system.open(full, true);
  node.truncate(0);
  node.write(0, data);
}
