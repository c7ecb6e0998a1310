// Dialects by name: "sqlite", "postgresql", "postgresql.psycopg2". Loading this file makes str(), compile() and dialect
// arguments work; SQLite's is here, the others come with others.ts. Behaviour: SQLAlchemy dialects/__init__.py (registry) and engine/url.py (get_dialect).
import { NoSuchModuleError } from "../errors/index.ts";
import { installDialects } from "../compiler/compile.ts";
import "../sql/index.ts";
import { installConstructArguments } from "../sql/schema/dialect-kwargs.ts";
import { DefaultDialect, stringifyDialect } from "./default.ts";
import { onReset } from "../util/reset.ts";
import type { Kwargs } from "../util/host.ts";
import type { DialectInit } from "./dialect.ts";
import { SQLiteDialectAiosqlite, SQLiteDialectPysqlite } from "./sqlite/dialect.ts";

export interface DialectClass {
  readonly name: string;
  readonly driver: string;
  readonly prototype: DefaultDialect;
  readonly constructArguments: typeof DefaultDialect.constructArguments;
  new (init?: DialectInit | Kwargs): DefaultDialect;
}

const classes = new Map<string, DialectClass>();
/** Those of the program that runs, loaded when first asked for. */
const later = new Map<string, () => DialectClass>();
onReset(() => later.clear());

/** Make a program's dialect known under "name" or "name.driver". */
export function registerLater(name: string, load: () => DialectClass): void {
  later.set(name, load);
}

/** Make a dialect known: by its name alone where it is the name's standard driver, and as "name.driver" (or under another name after the dot). */
export function register(
  name: string,
  cls: DialectClass,
  { standard = false, as = cls.driver }: { readonly standard?: boolean; readonly as?: string } = {},
): void {
  if (standard) classes.set(name, cls);
  classes.set(`${name}.${as}`, cls);
}

register("sqlite", SQLiteDialectPysqlite, { standard: true });
register("sqlite", SQLiteDialectAiosqlite);

/** The class for "sqlite", "sqlite+pysqlite" or "sqlite.pysqlite". Throws NoSuchModuleError. */
export function loadDialect(name: string): DialectClass {
  const found = later.get(name.replace("+", "."))?.() ?? classes.get(name.replace("+", "."));
  if (!found) throw new NoSuchModuleError(`Can't load plugin: sqlalchemy.dialects:${name.replace("+", ".")}`);
  return found;
}

/** Which names are known. */
export function knowsDialect(name: string): boolean {
  return classes.has(name);
}

const instances = new Map<string, DefaultDialect>();

/** A dialect of the name as it is before it has seen a server. */
export function dialectNamed(name: string): DefaultDialect {
  let found = instances.get(name);
  if (!found)
    instances.set(name, (found = name === "default" ? new DefaultDialect() : new (loadDialect(name))()));
  return found;
}

installDialects({ stringify: stringifyDialect, named: dialectNamed });
installConstructArguments((name) => loadDialect(name).constructArguments);
