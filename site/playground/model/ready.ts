// Workspaces to begin from: the first one that a new reader sees, and those of content/workspaces.
import type { NewWorkspace } from "./desk.ts";
import main from "../starter/main.py?raw";
import models from "../starter/models.py?raw";

export const starter: NewWorkspace = {
  name: "Library",
  files: new Map([
    ["main.py", main],
    ["models.py", models],
  ]),
  origin: { kind: "starter", id: "library" },
  open: "main.py",
  panel: "output",
};

export interface ReadyWorkspace extends NewWorkspace {
  /** What its README says first. */
  readonly about: string;
}

// names that begin with a dot are left out, and binaries: a ready workspace makes its databases itself
const sources = import.meta.glob<string>(
  ["../../../content/workspaces/**/*", "!**/*.{db,sqlite,pyc}", "!**/__pycache__/**"],
  { query: "?raw", import: "default" },
);

/** The workspaces of content/workspaces, read when they are first asked for. */
export async function readyWorkspaces(): Promise<ReadyWorkspace[]> {
  const byName = new Map<string, Map<string, string>>();
  await Promise.all(
    Object.entries(sources).map(async ([path, load]) => {
      const [name, ...rest] = path.replace(/^.*content\/workspaces\//, "").split("/");
      if (rest.length === 0) return;
      const text = await load();
      byName.set(name!, (byName.get(name!) ?? new Map<string, string>()).set(rest.join("/"), text));
    }),
  );
  return [...byName]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([id, files]) => {
      const readme = files.get("README.md") ?? "";
      return {
        name: /^#\s+(.+)$/m.exec(readme)?.[1] ?? id,
        about: firstParagraph(readme),
        files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
        origin: { kind: "ready" as const, id },
        open: files.has("README.md") ? "README.md" : null,
        panel: files.has("alembic.ini") ? "migrations" : "output",
      };
    });
}

function firstParagraph(markdown: string): string {
  const paragraph = markdown
    .split(/\n\s*\n/)
    .map((p) => p.trim())
    .find((p) => p !== "" && !/^[#>`|!<-]/.test(p));
  return (paragraph ?? "").replace(/\s+/g, " ").replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, "$1");
}
