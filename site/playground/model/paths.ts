// Paths of a workspace: relative, parted by "/", nothing that could leave it.

/** Why a path cannot name a file of the workspace, as a sentence for the reader; null where it can. */
export function badPath(path: string, taken: Iterable<string> = []): string | null {
  if (path.endsWith("/")) return badPath(path.slice(0, -1), taken);
  if (path === "") return "A file needs a name.";
  if (path.length > 200) return "This name is too long: 200 characters are the most.";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.includes("\\"))
    return "Names are relative to the workspace, with / between folders.";
  if (/[\0-\x1f:*?"<>|]/.test(path)) return 'These cannot be part of a name: : * ? " < > |';
  const parts = path.split("/");
  if (parts.some((p) => p === "" || p === "." || p === ".."))
    return "Every part of the name between the slashes needs a name of its own.";
  for (const other of taken) {
    if (other === path) return `There is a file ${path} already.`;
    if (other.startsWith(`${path}/`) && other !== `${path}/`) return `${path} is a folder.`;
    if (path.startsWith(`${other}/`)) return `${other} is a file, not a folder.`;
  }
  return null;
}

/** "models.py" → "models copy.py", then "models copy 2.py" …, whichever is free. */
export function freeName(name: string, taken: (name: string) => boolean, word = "copy"): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > name.lastIndexOf("/") + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? `${stem} ${word}${end}` : `${stem} ${word} ${n}${end}`;
    if (!taken(candidate)) return candidate;
  }
}

/** A node of the file tree. */
export interface TreeNode {
  readonly name: string;
  readonly path: string;
  /** null for a file. */
  readonly children: readonly TreeNode[] | null;
}

/** Folders first, each level by name. */
export function treeOf(paths: Iterable<string>): TreeNode[] {
  interface Folder {
    readonly folders: Map<string, Folder>;
    readonly files: Set<string>;
  }
  const root: Folder = { folders: new Map(), files: new Set() };
  for (const path of paths) {
    const parts = path.split("/");
    let at = root;
    for (const p of parts.slice(0, -1)) {
      let next = at.folders.get(p);
      if (!next) at.folders.set(p, (next = { folders: new Map(), files: new Set() }));
      at = next;
    }
    // "versions/" is a folder that holds nothing yet
    if (parts.at(-1) !== "") at.files.add(parts.at(-1)!);
  }
  const nodes = (folder: Folder, prefix: string): TreeNode[] => [
    ...[...folder.folders]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, f]) => ({ name, path: prefix + name, children: nodes(f, `${prefix}${name}/`) })),
    ...[...folder.files]
      .sort((a, b) => a.localeCompare(b))
      .map((name) => ({ name, path: prefix + name, children: null })),
  ];
  return nodes(root, "");
}
