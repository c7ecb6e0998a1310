// A file of the reader's as completion reads it: its tree, also while it does not parse, and what it defines.
import { parse } from "../../python/syntax/index.ts";
import type * as ast from "../../python/syntax/ast.ts";
import { Lines, withoutLineAt } from "./text.ts";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: Lines;
  readonly tree: ast.Module;
}

/** The last text of each file that parsed. */
const parsed = new Map<string, SourceFile>();

function tryParse(path: string, text: string, shown = text): SourceFile | undefined {
  try {
    return { path, text: shown, lines: new Lines(shown), tree: parse(text, path, "exec") };
  } catch {
    return undefined;
  }
}

/** The text with a name where one is missing: after a dot, or between the parentheses of a call. */
const withName = (text: string, offset: number): string => `${text.slice(0, offset)}_${text.slice(offset)}`;

/**
 * @param offset where the reader types: a name may be missing there, or the whole line be half a statement
 * Gives the text that parsed last, or nothing, where this one cannot be made to.
 */
export function sourceFile(path: string, text: string, offset?: number): SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const typing = offset !== undefined && !/\w/.test(text[offset - 1] ?? "");
  const file =
    // a mistake takes longer to find than a text to read: the likeliest comes first
    (typing ? tryParse(path, withName(text, offset), text) : undefined) ??
    tryParse(path, text) ??
    (offset === undefined ? undefined : tryParse(path, withoutLineAt(text, offset), text)) ??
    known ??
    tryParse(path, "", text)!;
  parsed.set(path, file);
  return file;
}
