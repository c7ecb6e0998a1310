// Our trees against those of the CPython on this machine, over its own standard library: a fixed sample of it, or all
// with MAPPED_ALL_STDLIB=1. Skipped where there is no Python 3.11.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { astLine } from "../../../../tools/ast.ts";

const script = fileURLToPath(new URL("dump_ast.py", import.meta.url));

/** The standard library's files, or undefined without a Python 3.11. */
function library(): string[] | undefined {
  const program =
    "import os, sys, glob\n" +
    "assert sys.version_info[:2] == (3, 11)\n" +
    "print('\\n'.join(sorted(glob.glob(os.path.dirname(os.__file__) + '/**/*.py', recursive=True))))";
  try {
    const listed = execFileSync("python3", ["-c", program], {
      encoding: "utf8",
      maxBuffer: 2 ** 24,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return listed.split("\n").filter((file) => file !== "" && !file.includes("site-packages"));
  } catch {
    return undefined;
  }
}

/** What we do not know: the rarer names of characters. And wrongly encoded files, which are no programs. */
const BEYOND = /unknown Unicode character name|codec can't decode|Non-UTF-8/;

const files = library();
const all = process.env["MAPPED_ALL_STDLIB"] === "1";
const chosen = (files ?? []).filter((_, index) => all || index % 12 === 5);

test.skipIf(files === undefined)(
  `${chosen.length} files of the standard library parse to CPython's trees${files === undefined ? " (no python3 3.11 here)" : ""}`,
  { timeout: 300_000 },
  () => {
    const cpython = execFileSync("python3", [script, "--batch"], {
      input: chosen.join("\n"),
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    }).split("\n");
    const different = chosen.filter((file, index) => {
      const ours = astLine(readFileSync(file), file);
      const theirs = cpython[index] as string;
      if (ours === theirs) return false;
      // Two surrogates that are one character to JavaScript are two to Python.
      const same = JSON.stringify(JSON.parse(ours)) === JSON.stringify(JSON.parse(theirs));
      return !same && !BEYOND.test(ours + theirs);
    });
    expect(different).toEqual([]);
  },
);
