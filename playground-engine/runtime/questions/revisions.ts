// The question "revisions": Alembic's history as data, read from the text of the revision files.
//
// Nothing is run: what Alembic reads from the modules (revision, down_revision, branch_labels, depends_on) are literals at
// their top. A file that makes them otherwise is told as a problem. Behaviour: alembic.script (revision map, branch labels).
import type { Constant, Expr, Module } from "../../python/syntax/ast.ts";
import { parse, PySyntaxError } from "../../python/syntax/index.ts";
import { resolvePath } from "../../python/builtins/io/file-system.ts";
import type { Engine } from "../program.ts";
import type { Failure, Question, RevisionGraph, ShownRevision } from "../protocol.ts";
import { ROOT, type Workspace } from "../workspace.ts";
import { withDatabase } from "./database.ts";
import { versionsIn } from "./tables.ts";

/** Settings of a section of an ini file, as configparser reads them, with `%(here)s` put in. */
function settings(text: string, section: string, here: string): Map<string, string> {
  const out = new Map<string, string>();
  let current = "";
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    const head = /^\[([^\]]+)\]/.exec(line);
    if (head) {
      current = head[1]!;
      key = undefined;
      continue;
    }
    if (current !== section) continue;
    if (/^\s+\S/.test(line) && key !== undefined) {
      out.set(key, `${out.get(key)}\n${line.trim()}`);
      continue;
    }
    const m = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    key = m?.[1]!.toLowerCase();
    if (m) out.set(key!, m[2]!.trim());
  }
  for (const [k, v] of out)
    out.set(
      k,
      v
        .replaceAll("%(here)s", here)
        .replace(/%\((\w+)\)s/g, (all, name: string) => out.get(name) ?? all)
        .replaceAll("%%", "%"),
    );
  return out;
}

/** Settings of [tool.alembic] in pyproject.toml: texts and lists of texts. */
function tomlSettings(text: string, here: string): Map<string, string> {
  const section = /^\[tool\.alembic\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text)?.[1] ?? "";
  const out = new Map<string, string>();
  for (const [, key, list, one] of section.matchAll(/^([\w-]+)\s*=\s*(?:\[([\s\S]*?)\]|["'](.*?)["'])/gm)) {
    const values = list === undefined ? [one!] : [...list.matchAll(/["'](.*?)["']/g)].map((m) => m[1]!);
    out.set(key!, values.join("\n").replaceAll("%(here)s", here));
  }
  return out;
}

/** What a config file says, by either kind; undefined where there is none. */
export function configOf(files: Workspace, config: string): ReadonlyMap<string, string> | undefined {
  const path = resolvePath(ROOT, config);
  const here = path.slice(0, path.lastIndexOf("/")) || "/";
  const read = (p: string): string | undefined => {
    const text = files.read(p);
    return typeof text === "string" ? text : undefined;
  };
  const own = read(path);
  const toml = read(`${here}/pyproject.toml`);
  if (own === undefined && !toml?.includes("[tool.alembic]")) return undefined;
  return new Map([
    ...(toml === undefined ? [] : tomlSettings(toml, here)),
    ...(own === undefined || path.endsWith(".toml") ? [] : settings(own, "alembic", here)),
  ]);
}

/** Folders that hold revision files. */
function versionFolders(config: ReadonlyMap<string, string>): string[] {
  const location = resolvePath(ROOT, config.get("script_location") ?? "");
  const given = config.get("version_locations");
  if (!given) return [`${location}/versions`];
  const separator = config.get("path_separator") ?? config.get("version_path_separator");
  const by =
    separator === ":" || separator === "os"
      ? ":"
      : separator === ";"
        ? ";"
        : separator === "newline"
          ? "\n"
          : separator === "space"
            ? " "
            : /[\s,:]+/;
  return given
    .split(by)
    .flatMap((p) => p.split("\n"))
    .map((p) => p.trim())
    .filter(Boolean)
    .map((p) => resolvePath(ROOT, p));
}

/** A literal of texts: None is no value, one text or a tuple, list or set of them. undefined for anything else. */
function texts(e: Expr | null): string[] | undefined {
  if (e === null) return undefined;
  if (e._type === "Constant") {
    const { value } = e as Constant;
    return value === null ? [] : typeof value === "string" ? [value] : undefined;
  }
  if (e._type === "Tuple" || e._type === "List" || e._type === "Set") {
    const all = e.elts.map(texts);
    return all.some((t) => t === undefined) ? undefined : all.flatMap((t) => t!);
  }
  return undefined;
}

interface Raw {
  readonly id: string;
  readonly down: readonly string[];
  readonly depends: readonly string[];
  readonly labels: readonly string[];
  readonly message: string;
  readonly date: string | null;
  readonly file: string;
}

const NAMES = ["revision", "down_revision", "branch_labels", "depends_on"];

function readRevision(source: string, file: string): Raw | string {
  let tree: Module;
  try {
    tree = parse(source, file, "exec") as Module;
  } catch (e) {
    if (e instanceof PySyntaxError) return `line ${e.lineno ?? 1}: ${e.message}`;
    throw e;
  }
  const found = new Map<string, readonly string[]>();
  for (const s of tree.body) {
    const target = s._type === "AnnAssign" ? s.target : s._type === "Assign" ? s.targets[0] : undefined;
    if (target?._type !== "Name" || !NAMES.includes(target.id)) continue;
    const value = texts((s as { value: Expr | null }).value);
    if (value === undefined)
      return `${target.id} is no literal, so the history cannot be read without running the file`;
    found.set(target.id, value);
  }
  const id = found.get("revision")?.[0];
  if (id === undefined) return "Could not determine revision id: there is no `revision = …` in this file";
  const first = tree.body[0];
  const doc =
    first?._type === "Expr" && first.value._type === "Constant" && typeof first.value.value === "string"
      ? first.value.value
      : "";
  return {
    id,
    down: found.get("down_revision") ?? [],
    depends: found.get("depends_on") ?? [],
    labels: found.get("branch_labels") ?? [],
    message: doc.split("\n\n")[0]!.replace(/\s+/g, " ").trim(),
    date: /^Create Date:\s*(.+)$/m.exec(doc)?.[1] ?? null,
    file,
  };
}

function filesIn(files: Workspace, folder: string, deep: boolean): string[] {
  if (files.stat(folder)?.kind !== "directory") return [];
  return files
    .list(folder)
    .sort()
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      if (files.stat(path)?.kind === "directory")
        return deep && name !== "__pycache__" ? filesIn(files, path, deep) : [];
      return /\.py$/.test(name) && name !== "__init__.py" && !name.startsWith(".#") ? [path] : [];
    });
}

/** Everything from these on down, themselves included. */
function closure(from: Iterable<string>, below: (id: string) => Iterable<string>): Set<string> {
  const out = new Set<string>();
  const todo = [...from];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (out.has(id)) continue;
    out.add(id);
    todo.push(...below(id));
  }
  return out;
}

/** Revisions below before those above, otherwise in the order of their files. */
function ordered(all: readonly Raw[], below: (id: string) => Iterable<string>): Raw[] {
  const out = new Map<string, Raw>();
  const byId = new Map(all.map((r) => [r.id, r]));
  const open = new Set<string>();
  const visit = (r: Raw): void => {
    if (out.has(r.id) || open.has(r.id)) return;
    open.add(r.id);
    for (const id of below(r.id)) {
      const next = byId.get(id);
      if (next) visit(next);
    }
    out.set(r.id, r);
  };
  all.forEach(visit);
  return [...out.values()];
}

export function revisionGraph(files: Workspace, config: string): Omit<RevisionGraph, "databases"> | Failure {
  const set = configOf(files, config);
  if (!set) return { error: `There is no ${config} in this workspace: alembic init makes one.` };
  if (!set.get("script_location")) return { error: "No 'script_location' key found in configuration" };
  const problems: { file: string; message: string }[] = [];
  const raws = new Map<string, Raw>();
  const deep = /^(?:true|yes|on|1)$/i.test(set.get("recursive_version_locations") ?? "");
  for (const folder of versionFolders(set))
    for (const path of filesIn(files, folder, deep)) {
      const file = path.slice(ROOT.length + 1);
      const source = files.read(path);
      if (typeof source !== "string") continue;
      const raw = readRevision(source, file);
      if (typeof raw === "string") problems.push({ file, message: raw });
      else if (raws.has(raw.id))
        problems.push({ file, message: `Revision ${raw.id} is present more than once` });
      else raws.set(raw.id, raw);
    }
  const byLabel = new Map([...raws.values()].flatMap((r) => r.labels.map((l) => [l, r.id] as const)));
  const resolve = (name: string): string => {
    if (raws.has(name)) return name;
    const label = byLabel.get(name);
    if (label !== undefined) return label;
    const partial = [...raws.keys()].filter((id) => id.startsWith(name));
    return partial.length === 1 ? partial[0]! : name;
  };
  for (const r of raws.values())
    for (const name of [...r.down, ...r.depends])
      if (!raws.has(resolve(name)))
        problems.push({ file: r.file, message: `Revision ${name} referenced from ${r.id} is not present` });
  const down = new Map([...raws.values()].map((r) => [r.id, r.down.map(resolve)]));
  const depends = new Map([...raws.values()].map((r) => [r.id, r.depends.map(resolve)]));
  const belowAll = (id: string): string[] => [...(down.get(id) ?? []), ...(depends.get(id) ?? [])];
  const above = new Map<string, string[]>();
  for (const [id, ids] of down) for (const d of ids) above.set(d, [...(above.get(d) ?? []), id]);
  const list = ordered([...raws.values()], belowAll);
  const aboveAll = new Map<string, Set<string>>();
  for (const r of list)
    for (const d of belowAll(r.id)) aboveAll.set(d, (aboveAll.get(d) ?? new Set()).add(r.id));
  /** Where lines meet or part, dependencies counted: a label does not go below. */
  const isKnot = (id: string): boolean =>
    (aboveAll.get(id)?.size ?? 0) > 1 || (down.get(id)?.length ?? 0) > 1;
  const branches = new Map<string, Set<string>>(list.map((r) => [r.id, new Set()]));
  for (const r of list) {
    if (r.labels.length === 0) continue;
    const line = closure([r.id], (x) => above.get(x) ?? []);
    const holds = new Set(line);
    if (![...line].some(isKnot))
      for (
        let at = down.get(r.id)?.[0];
        at !== undefined && !isKnot(at) && !holds.has(at);
        at = down.get(at)?.[0]
      )
        holds.add(at);
    for (const label of r.labels) for (const id of holds) branches.get(id)?.add(label);
  }
  const revisions = list.reverse().map((r): ShownRevision => ({
    ...r,
    down: down.get(r.id)!,
    depends: depends.get(r.id)!,
    branches: [...branches.get(r.id)!].sort(),
    isHead: !above.has(r.id),
    isBase: r.down.length === 0,
    isMerge: r.down.length > 1,
    isBranchPoint: (above.get(r.id)?.length ?? 0) > 1,
  }));
  return {
    revisions,
    edges: revisions.flatMap((r) => [
      ...r.down.map((to) => ({ from: r.id, to, kind: "down" as const })),
      ...r.depends.map((to) => ({ from: r.id, to, kind: "depends" as const })),
    ]),
    heads: revisions.filter((r) => r.isHead).map((r) => r.id),
    bases: revisions.filter((r) => r.isBase).map((r) => r.id),
    problems,
  };
}

/** Databases of the workspace that Alembic has stamped, with what their version tables hold. */
export function stampedDatabases(engine: Engine): { path: string; at: string[] }[] {
  const out: { path: string; at: string[] }[] = [];
  for (const { path } of [...engine.workspace.files()].filter((f) =>
    engine.workspace.isDatabaseFile(f.path),
  )) {
    const at = withDatabase(engine, path, versionsIn);
    if (Array.isArray(at)) out.push({ path, at });
  }
  return out;
}

export function revisionsAnswer(
  engine: Engine,
  { config }: Extract<Question, { kind: "revisions" }>,
): RevisionGraph | Failure {
  const graph = revisionGraph(engine.workspace, config);
  if ("error" in graph) return graph;
  const byId = new Map(graph.revisions.map((r) => [r.id, r]));
  const below = (id: string): readonly string[] => {
    const r = byId.get(id);
    return r ? [...r.down, ...r.depends] : [];
  };
  const oldestFirst = [...graph.revisions].reverse();
  return {
    ...graph,
    databases: stampedDatabases(engine).map(({ path, at }) => {
      const applied = closure(at, below);
      return {
        path,
        at: at.filter((id) => byId.has(id)),
        unapplied: oldestFirst.filter((r) => !applied.has(r.id)).map((r) => r.id),
        unknown: at.filter((id) => !byId.has(id)),
      };
    }),
  };
}
