// The module posix: what os needs of the file system and of the process, on the playground's files.
// Behaviour: docs.python.org/3.11/library/os.html. A path's OSError names the path as the program gave it.
import { E, err, osError, raise } from "../runtime/exceptions.ts";
import { iteratorMethods, PyIterator } from "../runtime/iteration.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  PyBytes,
  PyFloat,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { floatOrUndefined, toIndex } from "../builtins/convert.ts";
import {
  errorText,
  ERRNO,
  FileError,
  files,
  type FileStat,
  resolvePath,
  statPath,
} from "../builtins/io/file-system.ts";
import { PyDict } from "../builtins/dict.ts";
import { console, pathText, withFiles } from "../builtins/io/open.ts";
import { structSequence } from "./struct-sequence.ts";

const statResult = structSequence(
  "os",
  "stat_result",
  [
    "st_mode",
    "st_ino",
    "st_dev",
    "st_nlink",
    "st_uid",
    "st_gid",
    "st_size",
    "st_atime",
    "st_mtime",
    "st_ctime",
  ],
  ["st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"],
);
const uname = structSequence("posix", "uname_result", [
  "sysname",
  "nodename",
  "release",
  "version",
  "machine",
]);
const terminalSize = structSequence("os", "terminal_size", ["columns", "lines"]);

const fs = (): typeof files.system => files.system;

/** A path as errors show it: what `__fspath__` gives, bytes as they are. */
const shown = (path: Value): Value =>
  path === null || path instanceof PyBytes || asStr(path) !== undefined ? path : pathText(path);

/** What exists at a path; the OSError of its absence otherwise. */
function need(path: Value, text: string): FileStat {
  const s = text === "" ? undefined : statPath(text);
  if (s !== undefined) {
    if (s.kind === "file" && text.endsWith("/"))
      throw osError(ERRNO.ENOTDIR, errorText(ERRNO.ENOTDIR), shown(path));
    return s;
  }
  throw osError(
    throughFile(text) ? ERRNO.ENOTDIR : ERRNO.ENOENT,
    errorText(throughFile(text) ? ERRNO.ENOTDIR : ERRNO.ENOENT),
    shown(path),
  );
}

/** Whether some part of the path on the way to its end is a file. */
function throughFile(text: string): boolean {
  const full = resolvePath(fs().cwd, text).split("/");
  for (let i = 2; i < full.length; i++)
    if (fs().stat(full.slice(0, i).join("/"))?.kind === "file") return true;
  return false;
}

function stat(path: Value): PyTuple {
  const s = need(path, pathText(path));
  // what a device is stands in its mode already
  const type = s.mode > 0o7777 ? 0 : s.kind === "directory" ? 0o040000 : 0o100000;
  const mode = type | s.mode;
  const ns = BigInt(Math.round(s.mtime * 1e6)) * 1000n;
  const time = new PyFloat(s.mtime);
  return statResult.make([
    mode,
    s.inode,
    1,
    s.kind === "directory" ? 2 : 1,
    1000,
    1000,
    s.size,
    time,
    time,
    time,
    ns,
    ns,
    ns,
    4096,
    Math.ceil(s.size / 512),
    0,
  ]);
}

/** Names in a directory. @throws OSError */
function names(path: Value): string[] {
  const text = path === null ? "." : pathText(path);
  const s = need(path, text);
  if (s.kind === "file") throw osError(ERRNO.ENOTDIR, errorText(ERRNO.ENOTDIR), shown(path));
  return fs().list(text);
}

class DirEntry {
  declare [TYPE]: PyType;
  readonly name: string;
  readonly path: string;
  constructor(name: string, path: string) {
    this.name = name;
    this.path = path;
  }
}
const kind = (e: DirEntry): string | undefined => fs().stat(e.path)?.kind;
const dirEntryType = nativeType({
  name: "DirEntry",
  module: "posix",
  dotted: true,
  host: DirEntry,
  final: true,
  getters: { name: (e: DirEntry) => e.name, path: (e: DirEntry) => e.path },
  methods: {
    is_dir: ["(self, *, follow_symlinks=True)", (e: DirEntry) => kind(e) === "directory"],
    is_file: ["(self, *, follow_symlinks=True)", (e: DirEntry) => kind(e) === "file"],
    is_symlink: ["(self)", () => false],
    is_junction: ["(self)", () => false],
    stat: ["(self, *, follow_symlinks=True)", (e: DirEntry) => stat(e.path)],
    inode: ["(self)", (e: DirEntry) => fs().stat(e.path)?.inode ?? 0],
    __fspath__: ["(self)", (e: DirEntry) => e.path],
    __repr__: ["(self, /)", (e: DirEntry) => `<DirEntry '${e.name}'>`],
  },
});

class ScandirIterator extends PyIterator {
  private readonly entries: DirEntry[];
  private i = 0;
  constructor(entries: DirEntry[]) {
    super();
    this.entries = entries;
  }
  next(): Value | undefined {
    return this.entries[this.i++];
  }
}
nativeType({
  name: "ScandirIterator",
  module: "posix",
  dotted: true,
  host: ScandirIterator,
  methods: {
    ...iteratorMethods,
    __enter__: ["(self)", (s: ScandirIterator) => s],
    __exit__: ["(self, *args)", () => null],
    close: ["(self)", () => null],
  },
});

function mkdir(path: Value, mode: Value): void {
  const text = pathText(path);
  withFiles(shown(path), () => {
    const full = resolvePath(fs().cwd, text);
    if (text === "") throw new FileError(ERRNO.ENOENT);
    if (throughFile(text)) throw new FileError(ERRNO.ENOTDIR);
    if (fs().stat(full)) throw new FileError(ERRNO.EEXIST);
    fs().mkdir(full, Number(toIndex(mode)));
  });
}

function rename(from: Value, to: Value): void {
  const a = pathText(from);
  const b = pathText(to);
  const kindOf = (p: string): string | undefined => fs().stat(p)?.kind;
  withFiles(
    shown(from),
    () => {
      if (kindOf(a) === undefined) throw new FileError(ERRNO.ENOENT);
      if (kindOf(a) === "directory" && kindOf(b) === "file") throw new FileError(ERRNO.ENOTDIR);
      if (kindOf(a) === "file" && kindOf(b) === "directory") throw new FileError(ERRNO.EISDIR);
      const full = resolvePath(fs().cwd, a);
      if (kindOf(a) === "directory" && resolvePath(fs().cwd, b).startsWith(`${full}/`))
        throw new FileError(ERRNO.EINVAL);
      fs().rename(a, b);
    },
    shown(to),
  );
}

function unlink(path: Value): void {
  const text = pathText(path);
  withFiles(shown(path), () => {
    if (need(path, text).kind === "directory") throw new FileError(ERRNO.EISDIR);
    fs().unlink(text);
  });
}

const functions: Readonly<Record<string, NativeMethod>> = {
  getcwd: ["()", () => fs().cwd],
  getcwdb: ["()", () => new PyBytes(new TextEncoder().encode(fs().cwd))],
  chdir: [
    "(path)",
    (path: Value) => {
      const text = pathText(path);
      if (need(path, text).kind === "file")
        throw osError(ERRNO.ENOTDIR, errorText(ERRNO.ENOTDIR), shown(path));
      fs().cwd = resolvePath(fs().cwd, text);
    },
  ],
  listdir: [
    "(path=None)",
    (path: Value) => {
      const found = names(path);
      return new PyList(
        path instanceof PyBytes ? found.map((n) => new PyBytes(new TextEncoder().encode(n))) : found,
      );
    },
  ],
  scandir: [
    "(path=None)",
    (path: Value) => {
      const at = path === null ? "." : pathText(path);
      return new ScandirIterator(
        names(path).map((n) => new DirEntry(n, at.endsWith("/") ? at + n : `${at}/${n}`)),
      );
    },
  ],
  stat: ["(path, *, dir_fd=None, follow_symlinks=True)", stat],
  lstat: ["(path, *, dir_fd=None)", stat],
  mkdir: ["(path, mode=511, *, dir_fd=None)", mkdir],
  rmdir: [
    "(path, *, dir_fd=None)",
    (path: Value) => withFiles(shown(path), () => fs().rmdir(pathText(path))),
  ],
  unlink: ["(path, *, dir_fd=None)", unlink],
  remove: ["(path, *, dir_fd=None)", unlink],
  rename: ["(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", rename],
  replace: ["(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", rename],
  chmod: [
    "(path, mode, *, dir_fd=None, follow_symlinks=True)",
    (path: Value, mode: Value) =>
      withFiles(shown(path), () => fs().setMode(pathText(path), Number(toIndex(mode)))),
  ],
  utime: [
    "(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)",
    (path: Value, times: Value, ns: Value) =>
      withFiles(shown(path), () => {
        const pair = times instanceof PyTuple ? times.items : ns instanceof PyTuple ? ns.items : undefined;
        const n =
          pair === undefined
            ? Date.now() / 1000
            : (floatOrUndefined(pair[1] ?? null) ?? 0) / (ns instanceof PyTuple ? 1e9 : 1);
        fs().setTimes(pathText(path), n);
      }),
  ],
  access: [
    "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
    (path: Value, mode: Value) => {
      const s = fs().stat(pathText(path));
      if (s === undefined) return false;
      const asked = Number(toIndex(mode));
      return (asked & 1) === 0 || s.kind === "directory" || (s.mode & 0o111) !== 0;
    },
  ],
  truncate: [
    "(path, length)",
    (path: Value, n: Value) =>
      withFiles(shown(path), () =>
        fs()
          .open(pathText(path), false)
          .truncate(Number(toIndex(n))),
      ),
  ],
  symlink: [
    "(src, dst, target_is_directory=False, *, dir_fd=None)",
    (src: Value, dst: Value) => {
      throw osError(1, "Operation not permitted", shown(src), shown(dst));
    },
  ],
  link: [
    "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
    (src: Value, dst: Value) => {
      throw osError(1, "Operation not permitted", shown(src), shown(dst));
    },
  ],
  readlink: [
    "(path, *, dir_fd=None)",
    (path: Value) => {
      need(path, pathText(path));
      throw osError(22, "Invalid argument", shown(path));
    },
  ],
  fspath: [
    "(path)",
    (path: Value) => {
      if (asStr(path) !== undefined || path instanceof PyBytes) return path;
      return pathText(path);
    },
  ],
  strerror: ["(code, /)", (code: Value) => errorText(Number(toIndex(code)))],
  getpid: ["()", () => 1],
  getppid: ["()", () => 0],
  getuid: ["()", () => 1000],
  geteuid: ["()", () => 1000],
  getgid: ["()", () => 1000],
  getegid: ["()", () => 1000],
  getlogin: ["()", () => "learner"],
  cpu_count: ["()", () => 1],
  umask: ["(mask, /)", () => 0o022],
  uname: ["()", () => uname.make(["Linux", "playground", "6.1.0", "#1 SMP", "wasm32"])],
  isatty: ["(fd, /)", () => false],
  urandom: [
    "(size, /)",
    (size: Value) => {
      const n = asInt(size);
      if (n === undefined)
        raise(E.TypeError, `'${typeOf(size).name}' object cannot be interpreted as an integer`);
      if (n < 0) raise(E.ValueError, "negative argument not allowed");
      const data = new Uint8Array(Number(n));
      for (let i = 0; i < data.length; i += 65536) crypto.getRandomValues(data.subarray(i, i + 65536));
      return new PyBytes(data);
    },
  ],
  _environment: ["()", () => PyDict.from([...console.environment] as [Value, Value][])],
  get_terminal_size: ["(fd=..., /)", () => terminalSize.make([80, 24])],
  getloadavg: ["()", () => new PyTuple([new PyFloat(0), new PyFloat(0), new PyFloat(0)])],
  fsync: ["(fd)", () => null],
  _exit: [
    "(status)",
    (status: Value): never => {
      throw err(E.SystemExit, status).setMember("code", status);
    },
  ],
};

defineModule("posix", () => ({
  name: "posix",
  functions,
  members: {
    stat_result: statResult.type,
    terminal_size: terminalSize.type,
    uname_result: uname.type,
    DirEntry: dirEntryType,
    F_OK: 0,
    R_OK: 4,
    W_OK: 2,
    X_OK: 1,
    O_RDONLY: 0,
    O_WRONLY: 1,
    O_RDWR: 2,
    O_CREAT: 64,
    O_EXCL: 128,
    O_TRUNC: 512,
    O_APPEND: 1024,
  },
}));
