// Finds which file of the standard library holds which modules and what each needs, and writes it down for the loader.
//
//   node tools/stdlib-table.ts          rewrites playground-engine/python/stdlib/table.ts
//
// A module's Python text imports others when it runs, and a running program cannot wait for a file: so what a file needs is
// read from its text here, imports inside functions too, and is loaded with it.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const STDLIB = resolve(import.meta.dirname, "../playground-engine/python/stdlib");
const TABLE = resolve(STDLIB, "table.ts");

const DEFINES = /\bdefine(?:Python)?Module\(\s*"([^"]+)"/g;
const IMPORTS = /^[ ]*(?:from ([a-z_][\w.]*) import |import ([a-z_][\w., ]*)$)|\bimportModule\("([^"]+)"\)/gm;
const TYPESCRIPT_IMPORT = /^(?:import|export) [^;]*?"(\.{1,2}\/[^"\n]+)";/gm;

/** A file with those it imports, and with those it lists by name. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !file.startsWith(STDLIB)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(TYPESCRIPT_IMPORT))
    withImports(resolve(file, "..", path!), seen);
  return seen;
}

const entries = (index: string): string[] =>
  [...readFileSync(resolve(STDLIB, index), "utf8").matchAll(/^import "\.\/(.*)";$/gm)].map((m) => m[1]!);

interface Part {
  readonly path: string;
  readonly modules: readonly string[];
  readonly needs: readonly string[];
}

/** The table's text, from the files as they are. */
export function stdlibTable(): string {
  const common = new Set(entries("common.ts"));
  const parts: Part[] = [];
  for (const path of entries("index.ts")) {
    const file = resolve(STDLIB, path);
    const text = readFileSync(file, "utf8");
    const modules = [...text.matchAll(DEFINES)].map((m) => m[1]!);
    const needs = new Set<string>();
    for (const f of withImports(file))
      for (const [, from, names, called] of readFileSync(f, "utf8").matchAll(IMPORTS))
        for (const name of (from ?? names ?? called)!.split(",")) {
          const module = name.trim().split(" ")[0]!;
          // a module of a package needs the package
          for (let m = module; m !== ""; m = m.slice(0, Math.max(0, m.lastIndexOf("."))))
            if (!modules.includes(m)) needs.add(m);
        }
    parts.push({ path, modules, needs: [...needs].sort() });
  }
  const home = new Map(parts.flatMap((p) => p.modules.map((m) => [m, p.path] as const)));
  /** A module that is loaded with another's file, or with every program, need not be asked for. */
  const wanted = (part: Part, need: string): boolean => {
    const path = home.get(need);
    return path !== undefined && path !== part.path && !common.has(path);
  };
  const lines = parts
    .filter((p) => !common.has(p.path) && p.modules.length > 0)
    .map((p) => {
      const needs = p.needs.filter((n) => wanted(p, n));
      return `  [() => import("./${p.path}"), ${JSON.stringify(p.modules.join(" "))}, ${JSON.stringify(needs.join(" "))}],`;
    });
  return `// Made by tools/stdlib-table.ts from the files of this folder: not written by hand.

/** The files of the standard library that load when a program names one of their modules: how, which, and the modules they need. */
export const stdlibFiles: readonly (readonly [load: () => Promise<unknown>, modules: string, needs: string])[] = [
${lines.join("\n")}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TABLE, stdlibTable());
