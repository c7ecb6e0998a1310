// Zips of workspaces: what is packed comes back, and what others packed is let in only where it fits.
import { strToU8, zipSync, type Zippable } from "fflate";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { WorkspaceFile } from "../../../playground-engine/runtime/protocol.ts";
import {
  packWorkspace,
  unpackWorkspace,
  ZIP_LIMITS,
} from "../../../playground-engine/runtime/workspace-zip.ts";

const database = new Uint8Array([...strToU8("SQLite format 3\0"), 1, 2, 3]);
const files: WorkspaceFile[] = [
  { path: "main.py", content: "import alembic\nprint('é')\n" },
  { path: "alembic.ini", content: "[alembic]\n" },
  { path: "app.db", content: database },
  { path: "migrations/versions/", content: "" },
  { path: "tests/test_a.py", content: "def test_a(): pass\n" },
];
const unpacked = (bytes: Uint8Array): { path: string; content: unknown }[] => {
  const u = unpackWorkspace(bytes);
  if ("error" in u) throw new Error(u.error);
  return [...u.files];
};
const zip = (tree: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(tree).map(([k, v]) => [k, strToU8(v)])) as Zippable);

const hasPython = spawnSync("python3", ["-V"]).status === 0;

describe("packing", () => {
  test("what is packed comes back, with requirements.txt and README.md beside it", () => {
    const back = unpackWorkspace(packWorkspace(files, "My shop: 2"));
    expect(back).toMatchObject({ name: "my-shop-2", notes: [] });
    expect(unpacked(packWorkspace(files, "x"))).toEqual(expect.arrayContaining(files));
  });

  test("requirements name what the programs import; README says how to run it", () => {
    const text = (path: string): unknown =>
      unpacked(packWorkspace(files, "Shop")).find((f) => f.path === path)?.content;
    expect(text("requirements.txt")).toBe("SQLAlchemy==2.0.52\nalembic==1.19.1\npytest\n");
    expect(text("README.md")).toContain("alembic upgrade head\n    python main.py\n    pytest\n");
    expect(text("README.md")).toContain("app.db");
  });

  test("files of the reader's own by these names stay as they are", () => {
    const own = [
      ...files,
      { path: "requirements.txt", content: "SQLAlchemy\n" },
      { path: "readme.md", content: "mine" },
    ];
    const names = unpacked(packWorkspace(own, "x")).map((f) => f.path);
    expect(unpacked(packWorkspace(own, "x"))).toEqual(expect.arrayContaining(own));
    expect(names).not.toContain("README.md");
  });

  test.each(["1970-01-01", "2200-01-01"])("a clock set to %s does not keep it from being packed", (day) => {
    expect(unpacked(packWorkspace(files, "x", new Date(day)))).toEqual(expect.arrayContaining(files));
  });

  test.skipIf(!hasPython)("other programs read the zip: Python's zipfile finds nothing wrong", () => {
    const dir = mkdtempSync(join(tmpdir(), "zip-"));
    try {
      const path = join(dir, "x.zip");
      writeFileSync(path, packWorkspace(files, "x"));
      const out = execFileSync(
        "python3",
        [
          "-c",
          "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nprint(z.testzip(), sorted(z.namelist()))",
          path,
        ],
        { encoding: "utf8" },
      );
      expect(out).toBe(
        "None ['x/README.md', 'x/alembic.ini', 'x/app.db', 'x/main.py', 'x/migrations/versions/', 'x/requirements.txt', 'x/tests/test_a.py']\n",
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("unpacking what others packed", () => {
  test.each([
    ["/etc/passwd", "is an absolute path"],
    ["C:\\x.py", "is an absolute path"],
    ["a/../../x.py", "leads out of the workspace"],
    ["..\\x.py", "leads out of the workspace"],
    ["a\u0001.py", "has characters that no file name may have"],
    [`${"a".repeat(300)}.py`, "is longer than 200 characters"],
  ])("%j is refused", (path, why) => {
    expect(unpackWorkspace(zip({ "ok.py": "", [path]: "x" }))).toEqual({
      error: `The zip was not opened: ${JSON.stringify(path)} ${why}.`,
    });
  });

  test("a path that is a file and a folder at once is refused, and one written with dots is the plain one", () => {
    expect(unpackWorkspace(zip({ "a/b": "x", "a/b/c.py": "y" }))).toEqual({
      error: 'The zip was not opened: "a/b" is a file and a folder in it.',
    });
    expect(unpacked(zip({ "./a/./b.py": "x", "c.py": "y" })).map((f) => f.path)).toEqual(["a/b.py", "c.py"]);
  });

  test("no zip, a damaged one, an empty one", () => {
    const good = packWorkspace(files, "x");
    expect(unpackWorkspace(strToU8("hello"))).toEqual({ error: "This is no zip, or a damaged one." });
    expect(unpackWorkspace(good.slice(0, good.length - 30))).toEqual({
      error: "This is no zip, or a damaged one.",
    });
    expect(unpackWorkspace(zip({}))).toEqual({ error: "The zip holds no files." });
  });

  test("more files than a workspace may have", () => {
    const many = Object.fromEntries(Array.from({ length: ZIP_LIMITS.files + 1 }, (_, i) => [`${i}.py`, ""]));
    expect(unpackWorkspace(zip(many))).toEqual({
      error: "The zip was not opened: it holds more than 2000 files.",
    });
  });

  test("a file that unpacks to more than fits is refused before it is unpacked", () => {
    const bomb = zipSync({ "big.txt": new Uint8Array(ZIP_LIMITS.file + 1) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(unpackWorkspace(bomb)).toEqual({ error: "The zip was not opened: big.txt is larger than 64 MB." });
  });

  test("a zip that lies about the size of a file gives no more than it says", () => {
    const bomb = zipSync({ "big.txt": new Uint8Array(10_000_000) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    // the size in the central directory, which is what counts: 24 bytes from its beginning
    for (let at = 0; at < bomb.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    const u = unpackWorkspace(bomb);
    const length = "error" in u ? 0 : u.files.reduce((n, f) => n + f.content.length, 0);
    expect(length).toBeLessThanOrEqual(10);
  });

  test("caches and environments are left out, and it is told", () => {
    const u = unpackWorkspace(
      zip({ "p/main.py": "1", "p/__pycache__/main.pyc": "x", "__MACOSX/p/x": "", "p/.venv/lib/a.py": "" }),
    );
    expect(u).toEqual({
      name: "p",
      files: [{ path: "main.py", content: "1" }],
      notes: ["3 files that no workspace needs (caches, environments) were left out."],
    });
  });

  test("files without a folder of their own, folders parted by backslashes", () => {
    expect(unpackWorkspace(zip({ "a.py": "1", "pkg\\b.py": "2" }))).toMatchObject({
      name: null,
      files: [
        { path: "a.py", content: "1" },
        { path: "pkg/b.py", content: "2" },
      ],
    });
  });
});
