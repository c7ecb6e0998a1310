// node tools/trim-api.ts: makes bindings/api from tools/api: of all that the real packages have, what the engine has.
//
// The whole tables (made by tools/api-tables.py) are four times what the engine answers to, and a page loads them. Run it
// after classes or methods came to the engine, before tools/option-counts.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type ClassLine = readonly [name: string, init: string, bases: string, members: readonly string[]];
type FunctionLine = readonly [name: string, signature: string];
interface Table {
  readonly classes: readonly ClassLine[];
  readonly functions: readonly FunctionLine[];
}

const from = new URL("./api/", import.meta.url);
const to = new URL("../playground-engine/bindings/api/", import.meta.url);

const isSqlite = (name: string): boolean => name.startsWith("sqlalchemy.dialects.sqlite");
const isOther = (module: string): boolean => /^sqlalchemy\.dialects\.(?!sqlite)/.test(module);

async function whole(area: string): Promise<Table> {
  return (await import(new URL(`${area}.ts`, from).href)) as Table;
}

function write(area: string, table: Table): void {
  const line = (v: unknown): string => `  ${JSON.stringify(v)},`;
  const text = [
    `// Made by tools/trim-api.ts from what the real packages have: not written by hand. Area: ${area}.`,
    "",
    '/** [qualified name, constructor\'s signature or "", bases, own members] */',
    "export const classes: readonly (readonly [string, string, string, readonly string[]])[] = [",
    ...table.classes.map(line),
    "];",
    "",
    "/** [qualified name, signature] */",
    "export const functions: readonly (readonly [string, string])[] = [",
    ...table.functions.map(line),
    "];",
    "",
  ].join("\n");
  writeFileSync(new URL(`${area}.ts`, to), text);
}

function writeModules(file: string, modules: Readonly<Record<string, string>>): void {
  const text = [
    "// Made by tools/trim-api.ts from what the real packages have: not written by hand.",
    "",
    '/** Public module → its names; a name defined elsewhere carries its home: "select=sqlalchemy.sql._selectable_constructors.select". */',
    "export const modules: Readonly<Record<string, string>> = {",
    ...Object.entries(modules).map(([m, names]) => `  ${JSON.stringify(m)}: ${JSON.stringify(names)},`),
    "};",
    "",
  ].join("\n");
  writeFileSync(new URL(file, to), text);
}

/** Packages that offer what their modules define. Of any other module a program imports what is defined there. */
const OFFERS_ALL =
  /^sqlalchemy(\.(orm|types|exc|event|engine|future|schema|sql|sql\.expression|sql\.functions|pool|inspection|util|ext\.\w+|dialects(\.\w+)?|orm\.(exc|session|attributes|collections)))?$/;

/** Modules of drivers, of which a program wants the dialect. */
const DRIVER =
  /^sqlalchemy\.dialects\.\w+\.(\w*psycopg\w*|asyncpg|pg8000|aiomysql|asyncmy|cymysql|py\w+|mysql\w+|mariadbconnector|aioodbc|cx_oracle|oracledb|aiosqlite)$/;

const areas = ["core", "engine", "orm", "ext"];
const tables = new Map<string, Table>();
for (const area of areas) tables.set(area, await whole(area));
const dialects = await whole("dialects");
tables.set("sqlite", {
  classes: dialects.classes.filter(([n]) => isSqlite(n)),
  functions: dialects.functions.filter(([n]) => isSqlite(n)),
});
tables.set("dialects", {
  classes: dialects.classes.filter(([n]) => !isSqlite(n)),
  functions: dialects.functions.filter(([n]) => !isSqlite(n)),
});
const { modules } = (await import(new URL("modules.ts", from).href)) as {
  readonly modules: Readonly<Record<string, string>>;
};
const sorted = (other: boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(modules).filter(([m]) => isOther(m) === other && !m.startsWith("alembic")),
  );

const before = new Map([...tables.keys(), "modules", "dialect-modules"].map((f) => [f, readOr(f)] as const));
function readOr(file: string): string | undefined {
  try {
    return readFileSync(new URL(`${file}.ts`, to), "utf8");
  } catch {
    return undefined;
  }
}

try {
  for (const [area, table] of tables) write(area, table);
  writeModules("modules.ts", sorted(false));
  writeModules("dialect-modules.ts", sorted(true));

  const { runProgram } = await import("../playground-engine/runtime/node.ts");
  // names resolve as they do for a program: one that does nothing sets the scene
  await runProgram({ kind: "script", file: "empty.py" }, { files: [{ path: "empty.py", content: "" }] });
  const { attachedHosts } = await import("../playground-engine/bindings/class-table.ts");
  const { resolve } = await import("../playground-engine/bindings/modules.ts");
  const { camel } = await import("../playground-engine/bindings/values.ts");

  const hosts = attachedHosts();
  const trimmed = (line: ClassLine): ClassLine => {
    const [name, init, bases, members] = line;
    const served = hosts(name);
    if (served.length === 0) return [name, "", bases, []];
    const has = (js: string): boolean =>
      served.some((h) => js in h || js in (h as unknown as { readonly prototype: object }).prototype);
    return [
      name,
      init,
      bases,
      members.filter((m) => m.startsWith(".") || has(camel(m.replace(/^@\w+ /, "").replace(/\(.*/, "")))),
    ];
  };
  for (const [area, table] of tables)
    write(area, {
      classes: table.classes.map(trimmed),
      functions: table.functions.filter(([name]) => resolve(name) !== undefined),
    });
  const present = (of: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(of).map(([module, names]) => [
        module,
        names
          .split(" ")
          .filter((part) => {
            const [name, home = `${module}.${name}`] = part.split("=") as [string, string?];
            if (DRIVER.test(module)) return /dialect(_async)?$/.test(name) || hosts(home).length > 0;
            if (part.includes("=") && !OFFERS_ALL.test(module)) return false;
            return !home.endsWith(":") && (resolve(`${module}.${name}`) ?? resolve(home)) !== undefined;
          })
          .join(" "),
      ]),
    );
  writeModules("modules.ts", present(sorted(false)));
  writeModules("dialect-modules.ts", present(sorted(true)));
  // Alembic is a part of its own, loaded when a program names it: whole, so that what is missing is refused by name
  write("alembic", await whole("alembic"));
  writeModules(
    "alembic-modules.ts",
    Object.fromEntries(Object.entries(modules).filter(([m]) => m.startsWith("alembic"))),
  );
} catch (e) {
  for (const [file, text] of before) if (text !== undefined) writeFileSync(new URL(`${file}.ts`, to), text);
  throw e;
}
console.log(`written to ${fileURLToPath(to)}`);
process.exit(0);
