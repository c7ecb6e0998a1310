// How much of the real packages' public interface the engine answers to, by module.
//
//   node tools/coverage.ts            writes content/about/coverage.md and playground-engine/bindings/api/missing.ts
//
// tools/api (recorded from the real packages by tools/api-tables.py) says which names and members there are; a program on the
// engine says which it finds. A name counts where it can be imported, a method where its class has it; attributes of instances
// are not counted. missing.ts lets an error say that a name is a real one which is not here yet.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { runProgram } from "../playground-engine/runtime/node.ts";
import { classes as alembic } from "./api/alembic.ts";
import { classes as core } from "./api/core.ts";
import { classes as dialects } from "./api/dialects.ts";
import { classes as engine } from "./api/engine.ts";
import { classes as ext } from "./api/ext.ts";
import { modules } from "./api/modules.ts";
import { classes as orm } from "./api/orm.ts";

/** Modules that programs import from, in the order of the page. */
const PUBLIC =
  `sqlalchemy sqlalchemy.engine sqlalchemy.engine.url sqlalchemy.engine.reflection sqlalchemy.pool sqlalchemy.event
sqlalchemy.exc sqlalchemy.schema sqlalchemy.types sqlalchemy.sql sqlalchemy.sql.expression sqlalchemy.sql.functions
sqlalchemy.sql.operators sqlalchemy.sql.visitors sqlalchemy.sql.ddl sqlalchemy.sql.compiler sqlalchemy.inspection
sqlalchemy.future sqlalchemy.orm sqlalchemy.orm.exc sqlalchemy.orm.attributes sqlalchemy.orm.collections sqlalchemy.orm.session
sqlalchemy.orm.query sqlalchemy.orm.strategy_options sqlalchemy.orm.instrumentation sqlalchemy.orm.state
sqlalchemy.orm.relationships sqlalchemy.orm.properties sqlalchemy.orm.decl_api sqlalchemy.ext.asyncio
sqlalchemy.ext.associationproxy sqlalchemy.ext.automap sqlalchemy.ext.compiler sqlalchemy.ext.declarative
sqlalchemy.ext.hybrid sqlalchemy.ext.indexable sqlalchemy.ext.mutable sqlalchemy.ext.orderinglist sqlalchemy.dialects.sqlite
sqlalchemy.dialects.postgresql sqlalchemy.dialects.mysql sqlalchemy.dialects.mssql sqlalchemy.dialects.oracle alembic alembic.op
alembic.context alembic.command alembic.config alembic.script alembic.migration alembic.operations alembic.operations.ops
alembic.runtime.migration alembic.runtime.environment alembic.autogenerate alembic.util`.split(/\s+/);

/** Packages that offer what their modules define; any other module counts for what is defined there. */
const OFFERS_ALL =
  /^(sqlalchemy(\.(orm|types|exc|event|engine|future|schema|sql|sql\.expression|sql\.functions|pool|inspection|ext\.\w+|dialects\.\w+))?|alembic(\.\w+)?)$/;

const methods = new Map(
  [...core, ...engine, ...orm, ...ext, ...dialects, ...alembic].map(([name, , , members]) => [
    name,
    members
      .filter((m) => !m.startsWith(".") && !m.replace(/^@\w+ /, "").startsWith("_"))
      .map((m) => m.replace(/^@\w+ /, "").replace(/\(.*/s, "")),
  ]),
);

interface Named {
  readonly name: string;
  /** Where it is defined. */
  readonly home: string;
}

function publicNames(module: string): Named[] {
  return (modules[module] ?? "")
    .split(" ")
    .filter((part) => part !== "" && !part.endsWith(":"))
    .map((part): Named => {
      const [name, home = `${module}.${name}`] = part.split("=") as [string, string?];
      return { name, home };
    })
    .filter(({ name }) => !name.startsWith("_"))
    .filter(({ home }) => OFFERS_ALL.test(module) || home.startsWith(`${module}.`));
}

const asked = Object.fromEntries(
  PUBLIC.map((module) => [
    module,
    Object.fromEntries(publicNames(module).map(({ name, home }) => [name, methods.get(home) ?? []])),
  ]),
);

const program = `
# asyncio, postgresql, alembic: parts that are loaded for programs that name them
import importlib, json
asked = json.loads(${JSON.stringify(JSON.stringify(asked))})
found = {}
for module, names in asked.items():
    found[module] = here = {}
    try:
        m = importlib.import_module(module)
    except ImportError:
        continue
    for name, members in names.items():
        try:
            value = getattr(m, name)
        except AttributeError:
            continue
        here[name] = [x for x in members if not hasattr(value, x)]
print(json.dumps(found))
`;

const { events } = await runProgram(
  { kind: "script", file: "coverage.py" },
  { files: [{ path: "coverage.py", content: program }] },
);
let printed = "";
for (const e of events) if (e.kind === "output" && e.stream === "stdout") printed += e.text;
const found = JSON.parse(printed) as Record<string, Record<string, string[]>>;

interface Row {
  readonly module: string;
  readonly names: number;
  readonly missingNames: readonly string[];
  readonly methods: number;
  /** Class → methods that it lacks. */
  readonly missingMethods: ReadonlyMap<string, readonly string[]>;
}

const rows: Row[] = PUBLIC.map((module) => {
  const names = Object.entries(asked[module]!);
  const here = found[module] ?? {};
  return {
    module,
    names: names.length,
    missingNames: names.map(([n]) => n).filter((n) => !(n in here)),
    methods: names.reduce((n, [, members]) => n + members.length, 0),
    missingMethods: new Map(
      names.flatMap(([n, members]) => {
        const lost = here[n] ?? members;
        return n in here && lost.length ? [[n, lost] as const] : [];
      }),
    ),
  };
});

const count = (row: Row): number =>
  row.methods -
  [...row.missingMethods.values()].reduce((n, l) => n + l.length, 0) -
  row.missingNames.reduce((n, name) => n + (asked[row.module]![name]?.length ?? 0), 0);
// no-break spaces: a count stays on its line
const share = (have: number, of: number): string =>
  of === 0 ? "" : `${Math.floor((100 * have) / of)}\u00a0%`;
const part = (have: number, of: number): string => (of === 0 ? "" : `${have}\u00a0of\u00a0${of}`);
const total = (of: (r: Row) => number, chosen = rows): number => chosen.reduce((n, r) => n + of(r), 0);

function line(label: string, chosen: readonly Row[]): string {
  const names = total((r) => r.names, [...chosen]);
  const have = names - total((r) => r.missingNames.length, [...chosen]);
  const all = total((r) => r.methods, [...chosen]);
  const there = total(count, [...chosen]);
  return `| ${label} | ${part(have, names)} | ${share(have, names)} | ${part(there, all)} | ${share(there, all)} |`;
}

function missingNames({ module, missingNames: lost }: Row): string {
  return `- \`${module}\`: ${lost.map((n) => `\`${n}\``).join(", ")}`;
}

const page = `---
title: What of SQLAlchemy and Alembic is here
description: The public names of SQLAlchemy 2.0 and Alembic, module by module, and how many of them the playground answers to.
---

The engine of these pages is written anew and held to what SQLAlchemy 2.0.52 and Alembic 1.19.1 print, emit and raise. This table
counts which of their public names a program finds, and which methods of their classes. It is made by \`node tools/coverage.ts\`
from a recording of the real packages: not written by hand.

A name that the real packages have and that is missing here says so when a program asks for it: *not in the playground yet*.
Left out on purpose: drivers that connect to other databases, the \`horizontal_shard\`, \`baked\` and \`mypy\` extensions, and
what only the library's own tests use.

| Module | Names | Share | Methods | Share |
| --- | ---: | ---: | ---: | ---: |
${rows.map((r) => line(`\`${r.module}\``, [r])).join("\n")}
${line("**together**", rows)}

## Missing names

${rows
  .filter((r) => r.missingNames.length > 0)
  .map(missingNames)
  .join("\n")}
`;

const target = fileURLToPath(new URL("../content/about/coverage.md", import.meta.url));
const options = (await resolveConfig(target)) ?? {};
writeFileSync(target, await format(page, { ...options, filepath: target }));

const missing = new Map<string, string>();
for (const r of rows) {
  if (r.missingNames.length) missing.set(r.module, r.missingNames.join(" "));
  for (const [name, lost] of r.missingMethods) {
    const home = publicNames(r.module).find((n) => n.name === name)!.home;
    missing.set(home, lost.join(" "));
  }
}
const data = fileURLToPath(new URL("../playground-engine/bindings/api/missing.ts", import.meta.url));
writeFileSync(
  data,
  `// Made by tools/coverage.ts: what the real packages have and the engine does not.

/** Public module or class → names that it lacks here. */
export const missing: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries([...missing].sort()), null, 2)};
`,
);
const [names, lost] = [total((r) => r.names), total((r) => r.missingNames.length)];
console.log(
  `names ${names - lost} of ${names}, methods ${total(count)} of ${total((r) => r.methods)}; missing.ts has ${missing.size} lines`,
);
process.exit(0);
