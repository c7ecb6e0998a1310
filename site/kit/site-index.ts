// What the pages of content/ say of each other: who links to whom, and which API names their examples use. Read once a build.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fencesOf } from "../expressive/fences.ts";

export interface IndexedPage {
  /** Its address below the site's root, without the slash at the end: "wiki/migrations". */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** Ids of pages that it links to, pain points and exercises that it shows among them. */
  readonly links: ReadonlySet<string>;
  /** API names in its runnable examples. */
  readonly names: ReadonlySet<string>;
}

const FOLDERS = ["learn", "wiki", "pain-points", "cheat-sheets", "about"];

function below(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? below(path) : /\.mdx?$/.test(name) ? [path] : [];
  });
}

/** "content/learn/07-flush.mdx", whose slug may be given in its front matter, → "learn/flush". */
export function idOf(file: string, text: string): string {
  const slug = /^slug: *["']?([\w/-]+)/m.exec(text.slice(0, text.indexOf("\n---", 3)))?.[1];
  return (
    slug ??
    file
      .replace(/^content\//, "")
      .replace(/\.mdx?$/, "")
      .replace(/\/\d+-/, "/")
  );
}

/** Methods and functions reached by a dot that are worth finding pages by; names that are imported are found anyway. */
const METHODS = new Set(
  `add_all begin_nested execution_options scalars scalar_one_or_none scalar_one mappings merge refresh expire expunge flush rollback
  get_bind bulk_insert add_column drop_column alter_column create_table drop_table batch_alter_table create_unique_constraint drop_constraint
  create_check_constraint execute_if upgrade downgrade stamp merge_revisions on_conflict_do_update on_conflict_do_nothing returning values
  with_for_update group_by having order_by limit offset outerjoin join subquery cte scalar_subquery alias of_type any has is_ is_not in_ not_in
  is_distinct_from contains startswith endswith ilike union_all from_statement options unique yield_per populate_existing compile create_all
  drop_all run_sync no_autoflush get_history identity_map configure autocommit_block with_variant as_mutable listens_for over label
  filter_by select_from distinct`.split(/\s+/),
);

/** API names that a program uses: what it imports from the two libraries, and the methods that are looked for. */
export function namesIn(source: string): Set<string> {
  const names = new Set<string>();
  const imports = /^\s*from\s+(sqlalchemy|alembic)[\w.]*\s+import\s+(\([^)]*\)|.+)$/gm;
  for (const [, , list] of source.matchAll(imports))
    for (const item of list!.replace(/[()]|#.*$/gm, "").split(",")) {
      const name = item.trim().split(/\s+as\s+/)[0]!;
      if (/^\w+$/.test(name)) names.add(name);
    }
  for (const [, name] of source.matchAll(/\.(\w+)\(/g)) if (METHODS.has(name!)) names.add(name!);
  return names;
}

function read(file: string): IndexedPage {
  const text = readFileSync(file, "utf8");
  const links = new Set<string>();
  for (const [, target] of text.matchAll(
    /(?:\]\(|href=")(?:\.\.\/|\/)*((?:learn|wiki|pain-points|cheat-sheets|exercises|glossary|paths|resources)\/[\w-]*)/g,
  ))
    links.add(target!.replace(/\/$/, ""));
  for (const [, tag, id] of text.matchAll(/<(PainPoint|Exercise)\s+id="([\w-]+)"/g))
    links.add(`${tag === "PainPoint" ? "pain-points" : "exercises"}/${id}`);
  const names = new Set<string>();
  for (const f of fencesOf(text))
    if (f.title !== "models.py") for (const n of namesIn(f.source)) names.add(n);
  for (const [, list] of text.slice(0, text.indexOf("\n---", 3)).matchAll(/^uses: *\[(.*)\]/gm))
    for (const n of list!.split(",")) if (n.trim()) names.add(n.trim().replace(/^["']|["']$/g, ""));
  return {
    id: idOf(file, text),
    file,
    title: (/^title: *(.+)$/m.exec(text)?.[1] ?? file).trim().replace(/^(["'])(.*)\1$/, "$2"),
    links,
    names,
  };
}

let known: readonly IndexedPage[] | undefined;

export function indexedPages(): readonly IndexedPage[] {
  if (known && !import.meta.env?.DEV) return known;
  const folders = FOLDERS.map((f) => join("content", f)).filter((f) => {
    try {
      return statSync(f).isDirectory();
    } catch {
      return false;
    }
  });
  return (known = folders.flatMap(below).sort().map(read));
}

/** Pages that link to this one. */
export function backlinks(id: string): IndexedPage[] {
  return indexedPages().filter((p) => p.id !== id && p.links.has(id));
}

/** API names, each with the pages whose examples use it. */
export function apiIndex(): ReadonlyMap<string, readonly IndexedPage[]> {
  const out = new Map<string, IndexedPage[]>();
  for (const page of indexedPages())
    for (const name of page.names) out.set(name, [...(out.get(name) ?? []), page]);
  return out;
}
