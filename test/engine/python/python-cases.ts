// Runs conformance cases of the language (a script, cells or a folder beside its recording) and says how they compare.
//
//     node test/engine/python/python-cases.ts [-v] CASE…       CASE: name.py, name.cells.py, or a folder with commands.txt
//
// A line a case; with -v the first difference. stdout, the error's type and its message count.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  createInterpreter,
  installFileSystem,
  MemoryFileSystem,
  runCell,
  runModuleAsMain,
  runScript,
  writeFile,
  type Outcome,
} from "../../../playground-engine/python/index.ts";
import { getAttr } from "../../../playground-engine/python/runtime/attributes.ts";
import { limits } from "../../../playground-engine/python/runtime/limits.ts";
import { str } from "../../../playground-engine/python/runtime/repr.ts";
import { typeOf } from "../../../playground-engine/python/runtime/object.ts";

// The standard library, once it is there.
await import("../../../playground-engine/python/stdlib/index.ts").catch(() => undefined);

interface Step {
  command: string;
  exit: number;
  stdout: string;
  error: { type: string; message: string } | null;
}

const clean = (s: string): string =>
  s
    .replace(/ at 0x[0-9a-fA-F.]+/g, " at 0x")
    .split("\n")
    .map((l) => l.trimEnd())
    .join("\n")
    .trim();

function errorOf(o: Outcome): Step["error"] {
  if (o.stopped !== undefined) return { type: "stopped", message: o.stopped };
  if (o.exception === undefined) return null;
  const t = typeOf(o.exception);
  if (t.name === "SystemExit") {
    const code = getAttr(o.exception, "code");
    return typeof code === "string" ? { type: "SystemExit", message: code } : null;
  }
  return { type: `${String(getAttr(t, "__module__"))}.${t.qualname}`, message: str(o.exception) };
}

function load(dir: string, at: string): void {
  for (const name of readdirSync(dir)) {
    if (name === "expected.json" || name === "__pycache__") continue;
    const path = join(dir, name);
    if (statSync(path).isDirectory()) load(path, `${at}/${name}`);
    else writeFile(`${at}/${name}`, readFileSync(path));
  }
}

function runCase(path: string): Step[] {
  let out = "";
  const steps: Step[] = [];
  let stderr = "";
  const start = (): void =>
    createInterpreter({ stdout: (t) => (out += t), stderr: (t) => (stderr += t), path: ["/workspace"] });
  installFileSystem(new MemoryFileSystem("/workspace"));
  limits.time = 20_000;
  const done = (command: string, o: Outcome): void => {
    steps.push({ command, exit: o.exit, stdout: out, error: errorOf(o) });
    if (process.env["STDERR"]) process.stderr.write(stderr);
    out = "";
    stderr = "";
  };
  if (statSync(path).isDirectory()) {
    load(path, "/workspace");
    for (const line of readFileSync(join(path, "commands.txt"), "utf8").split("\n")) {
      const [kind, ...args] = line.trim().split(/\s+/);
      if (kind !== "python") continue;
      start();
      done(
        line.trim(),
        args[0] === "-m" ? runModuleAsMain(args[1]!, args.slice(2)) : runScript(args[0]!, args.slice(1)),
      );
    }
  } else if (path.endsWith(".cells.py")) {
    start();
    for (const cell of readFileSync(path, "utf8").split("# %%\n"))
      if (cell.trim() !== "") done(cell.trim().split("\n")[0]!, runCell(cell, "<cell>"));
  } else {
    const name = path.slice(path.lastIndexOf("/") + 1);
    writeFile(`/workspace/${name}`, readFileSync(path));
    start();
    done(`python ${name}`, runScript(name, []));
  }
  return steps;
}

function compare(path: string, verbose: boolean): boolean {
  const target = statSync(path).isDirectory()
    ? join(path, "expected.json")
    : path.replace(/\.py$/, ".expected.json");
  if (!existsSync(target)) return false;
  const want = (JSON.parse(readFileSync(target, "utf8")) as { steps: Step[] }).steps;
  let got: Step[] = [];
  try {
    got = runCase(path);
  } catch (e) {
    console.log(`CRASH ${path}: ${e instanceof Error ? e.stack : String(e)}`);
    return false;
  }
  let ok = true;
  want.forEach((w, i) => {
    const g = got[i];
    const a = clean(w.stdout).split("\n");
    const b = clean(g?.stdout ?? "").split("\n");
    const at = a.findIndex((l, k) => l !== b[k]);
    const differs = at >= 0 || a.length !== b.length;
    const wantError = w.error && `${w.error.type}: ${w.error.message}`;
    const gotError = g?.error ? `${g.error.type}: ${g.error.message}` : null;
    if (!differs && clean(wantError ?? "") === clean(gotError ?? "")) return;
    if (ok) console.log(`FAIL ${path}`);
    ok = false;
    if (verbose) {
      if (differs)
        console.log(
          `    step ${i} line ${at + 1}\n      want ${a[at < 0 ? a.length : at]}\n      got  ${b[at < 0 ? a.length : at]}`,
        );
      if (wantError !== gotError) console.log(`      error want ${wantError}\n      error got  ${gotError}`);
    }
  });
  return ok;
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const verbose = args[0] === "-v";
  const paths = args.filter((a) => a !== "-v" && !a.endsWith("expected.json"));
  let passed = 0;
  for (const p of paths) passed += compare(p, verbose) ? 1 : 0;
  console.log(`${passed} of ${paths.length} pass`);
}
