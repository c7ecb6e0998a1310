// The reader's own modules, as one file of the workspace sees them.
import { type SourceFile, sourceFile } from "./source.ts";

export interface OwnModules {
  /** The file of a module; undefined where the workspace has none. */
  find(module: string): SourceFile | undefined;
  /** Modules that a program can import by one name. */
  readonly names: readonly string[];
}

/**
 * @param texts Python files of the workspace by path
 * @param from path of the file that imports: its own folder counts too
 */
export function ownModules(texts: ReadonlyMap<string, string>, from: string): OwnModules {
  const folder = from.split("/").slice(0, -1).join("/");
  return {
    names: [...texts.keys()].filter((p) => !p.includes("/")).map((p) => p.slice(0, -".py".length)),
    find(module) {
      const path = module.replaceAll(".", "/");
      for (const p of [`${path}.py`, `${path}/__init__.py`, `${folder}/${path}.py`]) {
        const text = texts.get(p);
        if (text !== undefined) return sourceFile(p, text);
      }
      return undefined;
    },
  };
}
