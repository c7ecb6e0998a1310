// Parts of the engine that a program may not need: loaded before it runs, when its text names them.
//
// Imports of a running program cannot wait, so what it could import is read from its text first: every word of a source that
// is no module yet. A name made up while it runs (importlib.import_module of a computed name) finds only what was loaded.
import { addCommand } from "./program.ts";
import { isNativeModule } from "../python/runtime/modules.ts";

interface Part {
  readonly name: string;
  /** Whether a program of this text needs it. */
  readonly wanted: (text: string) => boolean;
  readonly load: () => Promise<unknown>;
}

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)|import[ \t]+([\w., \t]+))/gm;
/** Values of the standard library that SQL types make without an import. */
const BY_TYPE =
  /\b(Numeric|NUMERIC|DECIMAL|Decimal|PickleType|JSONB?|Uuid|UUID|regexp\w*|pickle|importlib|__import__|dictConfig|fileConfig)\b/;
const DIALECT = /postgresql|psycopg|asyncpg|mysql|mariadb|mssql|oracle|pyodbc|pymssql/i;

const ALEMBIC = /\balembic\b/;

function importsUnknown(text: string): boolean {
  for (const [, from, names] of text.matchAll(IMPORT))
    for (const name of (from ?? names!).split(",")) {
      const module = name.trim().split(/\s/)[0]!;
      if (
        module !== "" &&
        !module.startsWith(".") &&
        !module.startsWith("sqlalchemy") &&
        !isNativeModule(module)
      )
        return true;
    }
  return false;
}

const parts: readonly Part[] = [
  {
    name: "standard library",
    wanted: (text) => BY_TYPE.test(text) || importsUnknown(text),
    load: () => import("../python/stdlib/index.ts"),
  },
  {
    name: "asyncio",
    wanted: (text) => /\basyncio\b/.test(text),
    load: () => import("../bindings/asyncio.ts").then((m) => m.bindAsyncio()),
  },
  {
    name: "dialects",
    wanted: (text) => DIALECT.test(text),
    load: () => import("../bindings/dialects.ts").then((m) => m.bindOtherDialects()),
  },
  {
    name: "alembic",
    wanted: (text) => ALEMBIC.test(text),
    load: () =>
      Promise.all([import("../bindings/alembic.ts"), import("../python/stdlib/index.ts")]).then(([m]) => {
        m.bindAlembic();
        addCommand("alembic", m.runAlembic);
      }),
  },
];

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

/** Load what programs of these texts need. Rejects where a part cannot be fetched. */
export async function loadPartsFor(texts: readonly string[]): Promise<void> {
  await Promise.all(parts.filter((part) => texts.some((t) => part.wanted(t))).map(load));
}

/** Load everything: in Node, where nothing has to be fetched. */
export async function loadAllParts(): Promise<void> {
  await Promise.all(parts.map(load));
}
