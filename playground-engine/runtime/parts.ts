// Parts of the engine that a program may not need: loaded before it runs, when its text names them.
//
// Imports of a running program cannot wait, so what it could import is read from its text first. A name made up while it runs
// (importlib.import_module of a computed name) finds only what was loaded.
import { addCommand, installTerminal } from "./program.ts";
import { stdlibFiles } from "../python/stdlib/table.ts";
import { isNativeModule, modulesNeededBy } from "../python/runtime/modules.ts";

interface Part {
  readonly name: string;
  /** Whether a program of this text needs it. */
  readonly wanted: (text: string) => boolean;
  readonly load: () => Promise<unknown>;
}

const DIALECT = /postgresql|psycopg|asyncpg|mysql|mariadb|mssql|oracle|pyodbc|pymssql/i;

const ALEMBIC = /\balembic\b/;

const parts: readonly Part[] = [
  {
    name: "asyncio",
    wanted: (text) => /\basyncio\b/.test(text),
    load: () =>
      Promise.all([import("../bindings/asyncio.ts"), loadModules(["asyncio", "contextlib", "weakref"])]).then(
        ([m]) => m.bindAsyncio(),
      ),
  },
  {
    name: "dialects",
    wanted: (text) => DIALECT.test(text),
    load: () => import("../bindings/dialects.ts").then((m) => m.bindOtherDialects()),
  },
  {
    name: "util",
    wanted: (text) => /\bsqlalchemy\b/.test(text) && /\butil\b/.test(text),
    load: () =>
      Promise.all([
        import("../bindings/util.ts"),
        loadModules(["collections", "functools", "inspect", "itertools", "types", "warnings"]),
      ]).then(([m]) => m.bindUtil()),
  },
  {
    name: "terminal",
    wanted: () => false,
    load: () => import("./terminal/terminal.ts").then((m) => installTerminal(m.makeTerminal)),
  },
  {
    name: "alembic",
    wanted: (text) => ALEMBIC.test(text),
    load: () =>
      Promise.all([import("../bindings/alembic.ts"), loadModules([...files.keys()])]).then(([m]) => {
        m.bindAlembic();
        addCommand("alembic", m.runAlembic);
      }),
  },
];

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)|import[ \t]+([\w., \t]+))/gm;
/** The file of each module of the standard library, with the other modules that it needs. */
const files = new Map(
  stdlibFiles.flatMap(([load, modules, needs]) =>
    modules.split(" ").map((m) => [m, { load, needs: needs === "" ? [] : needs.split(" ") }] as const),
  ),
);

/** Modules of the standard library that a text may import, and whether it may import what nobody knows. */
function modulesIn(text: string): { known: string[]; unknown: boolean } {
  const known = new Set<string>();
  let unknown = false;
  const add = (name: string): void => {
    if (files.has(name)) known.add(name);
    const dot = name.lastIndexOf(".");
    if (dot > 0) add(name.slice(0, dot));
    else if (!files.has(name) && !isNativeModule(name)) unknown = true;
  };
  for (const match of text.matchAll(IMPORT)) {
    const [, from, names] = match;
    if (from?.startsWith(".")) continue;
    for (const name of (from ?? names!).split(",")) {
      const module = name.trim().split(/\s/)[0]!;
      if (module !== "") add(module);
      // `from concurrent import futures`
      if (from !== undefined)
        for (const [word] of text
          .slice(match.index + match[0].length)
          .match(/[^\n]*/)![0]
          .matchAll(/\w+/g))
          if (files.has(`${from}.${word}`)) known.add(`${from}.${word}`);
    }
  }
  // names in strings: importlib.import_module("json"), mock.patch("time.sleep")
  if (/importlib|__import__|\bpatch\b/.test(text))
    for (const [word] of text.matchAll(/\w+/g)) if (files.has(word)) known.add(word);
  for (const module of modulesNeededBy(text)) known.add(module);
  return { known: [...known], unknown };
}

/** A line of the terminal as the text that it may run: `python -m pytest` imports pytest, `-c "import csv"` csv. */
function textOfLine(line: string): string {
  const names = [...line.matchAll(/\bpytest\b|\balembic\b|-m\s*([\w.]+)/g)].map((m) => m[1] ?? m[0]);
  return [...line.split(/["';]/), ...names.map((n) => `import ${n}`)].join("\n");
}

/** Load the terminal, and what a line of it may need beside the workspace's own programs. */
export async function loadTerminalFor(line: string): Promise<void> {
  const mains = /-m\b|pytest/.test(line) ? import("../python/stdlib/run-as-main.ts") : undefined;
  await Promise.all([load(partNamed("terminal")), loadPartsFor([textOfLine(line)]), mains]);
}

/** Load the files of these modules and of all that they need. */
async function loadModules(names: readonly string[]): Promise<void> {
  const all = new Set<string>();
  const add = (name: string): void => {
    const file = files.get(name);
    if (all.has(name) || !file) return;
    all.add(name);
    file.needs.forEach(add);
  };
  names.forEach(add);
  await Promise.all([...all].filter((name) => !isNativeModule(name)).map((name) => files.get(name)!.load()));
}

function partNamed(name: string): Part {
  return parts.find((p) => p.name === name)!;
}

const loading = new Map<string, Promise<unknown>>();

function load(part: Part): Promise<unknown> {
  let p = loading.get(part.name);
  if (!p) {
    p = part.load();
    loading.set(part.name, p);
    // a part that could not be fetched is tried again with the next program
    p.catch(() => loading.delete(part.name));
  }
  return p;
}

/** Load the modules that programs of these texts import: they need no engine yet. Rejects where one cannot be fetched. */
export function loadModulesFor(texts: readonly string[]): Promise<void> {
  return loadModules(texts.flatMap((t) => modulesIn(t).known));
}

/** Load what programs of these texts need. Rejects where a part cannot be fetched. */
export async function loadPartsFor(texts: readonly string[]): Promise<void> {
  const modules = texts.map(modulesIn);
  await Promise.all([
    loadModules(modules.flatMap((m) => m.known)),
    // says of a module that there is none in the playground, and why
    modules.some((m) => m.unknown) ? import("../python/stdlib/absent.ts") : undefined,
    ...parts.filter((part) => texts.some((t) => part.wanted(t))).map(load),
  ]);
}

/** What answers the page's other questions. */
export function loadQuestions(): Promise<typeof import("./questions/index.ts")> {
  return import("./questions/index.ts");
}

/** What answers an editor as one types. */
export function loadLanguage(): Promise<typeof import("./language/index.ts")> {
  return import("./language/index.ts");
}

/** The dialects beside SQLite's, for a program that did not name them. */
export function loadDialects(): Promise<unknown> {
  return load(partNamed("dialects"));
}

/** Load everything: in Node, where nothing has to be fetched. */
export async function loadAllParts(): Promise<void> {
  await import("../python/stdlib/index.ts");
  await Promise.all(parts.map(load));
}
