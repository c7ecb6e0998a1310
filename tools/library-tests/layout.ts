// Lays out a checkout's tests so that they run beside any sqlalchemy: its testing package as `satesting`, which is not part of the
// sqlalchemy it looks at, and its tests as `test`. What is laid out is the project's own work and belongs in a temporary folder.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Names that tests use as parts of `sqlalchemy`: parts of `satesting` here. */
export function ofTests(source: string): string {
  const text = source
    .replaceAll(/^(\s*)from sqlalchemy import testing$/gm, "$1import satesting as testing")
    .replaceAll("sqlalchemy.testing", "satesting");
  return text.includes("sa.testing")
    ? text
        .replaceAll("sa.testing", "satesting")
        .replace(/^import sqlalchemy as sa$/m, "import sqlalchemy as sa\nimport satesting")
    : text;
}

/**
 * The same of the testing package itself, whose relative imports lead out of it.
 *
 * @param depth how many folders below the package the file lies
 */
export function ofTesting(source: string, depth: number): string {
  const text = source.replaceAll(
    /^(\s*)from (\.+)([\w.]*) import/gm,
    (found, indent: string, dots: string, name: string) =>
      dots.length - 1 > depth ? `${indent}from sqlalchemy${name ? `.${name}` : ""} import` : found,
  );
  return ofTests(text);
}

/** Where the testing package looks into what only the real library has, for its own bookkeeping. */
const BOOKKEEPING: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  "provision.py": [
    // the dialect's provisioning, laid out beside it
    [/dialect\.load_provisioning\(\)/, "import satesting.sqlite_provision"],
    // whether the driver is the backend's first choice: there is one
    [/engine\.url\._get_entrypoint\(\)\s*is[^]*?_get_entrypoint\(\)/, "True"],
  ],
  "assertions.py": [
    // which of a compiler's names a cached statement may touch
    [/CheckCompilerAccess\(clause\)\.compile/, "clause.compile"],
    [/stmt\._label_style = (\w+)/, "stmt = stmt.set_label_style($1)"],
    // how its key in the cache of statements is made
    [/clause\._static_cache_key|clause\._generate_cache_key\(\)/g, "None"],
  ],
  "fixtures/sql.py": [
    [/(cls|self)\._tables_metadata\._sequences/g, '$1._tables_metadata.__dict__.get("_sequences", {})'],
  ],
};

/**
 * @param checkout a copy of the project: `lib` and `test`. @param to an empty folder
 * @returns the modules of tests, by their dotted names
 */
export function layOut(checkout: string, to: string): string[] {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), text);
  };
  const each = (folder: string, done: (path: string, source: string) => void): void => {
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort())
      if (path.endsWith(".py")) done(path, readFileSync(join(folder, path), "utf8"));
  };
  each(join(checkout, "lib/sqlalchemy/testing"), (path, source) => {
    let text = ofTesting(source, path.split("/").length - 1);
    for (const [from, put] of BOOKKEEPING[path] ?? []) text = text.replace(from, put);
    write(`satesting/${path}`, text);
  });
  const provision = readFileSync(join(checkout, "lib/sqlalchemy/dialects/sqlite/provision.py"), "utf8");
  write(
    "satesting/sqlite_provision.py",
    provision
      .replaceAll(/^from \.\.\.testing/gm, "from satesting")
      .replaceAll(/^from \.\.\.(\w*)/gm, (_, name: string) => `from sqlalchemy${name ? `.${name}` : ""}`),
  );
  const modules: string[] = [];
  each(join(checkout, "test"), (path, source) => {
    write(`test/${path}`, ofTests(source));
    if (/(^|\/)test_\w+\.py$/.test(path)) modules.push(`test.${path.slice(0, -3).replaceAll("/", ".")}`);
  });
  for (const data of ["binary_data_one.dat", "binary_data_two.dat"])
    cpSync(join(checkout, "test", data), join(to, "test", data));
  return modules.filter((m) => !NOT_RUN.test(m));
}

/** What measures CPython, checks types with another program, or wants a database server to run at all. */
const NOT_RUN =
  /^test\.(perf|aaa_profiling|typing)\.|\.mypy\.|\.test_suite$|test_concurrency|test_tutorials|test_examples/;
