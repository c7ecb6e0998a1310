// Python text laid out as Black does, by Ruff in WebAssembly: four megabytes, fetched when a reader first asks for it.
import type { Workspace } from "@astral-sh/ruff-wasm-web";

/** Why a text is not formatted; the message is for the reader. */
export class CannotFormat extends Error {}

let loading: Promise<Workspace> | undefined;

/** Whether the first use is still to come, which takes a while. */
export const isToBeLoaded = (): boolean => loading === undefined;

async function load(): Promise<Workspace> {
  const [ruff, { default: address }] = await Promise.all([
    import("@astral-sh/ruff-wasm-web"),
    import("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url"),
  ]);
  await ruff.default({ module_or_path: address });
  return new ruff.Workspace({ "line-length": 88, "target-version": "py311" }, ruff.PositionEncoding.Utf16);
}

/** @throws CannotFormat where the text is no Python, or the formatter cannot be had */
export async function formatted(source: string): Promise<string> {
  let workspace: Workspace;
  try {
    workspace = await (loading ??= load());
  } catch {
    loading = undefined;
    throw new CannotFormat("The formatter could not be loaded. Check the connection and try again.");
  }
  try {
    return workspace.format(source);
  } catch (e) {
    throw new CannotFormat(`Not formatted: ${explained(e instanceof Error ? e.message : String(e), source)}`);
  }
}

/** Ruff says where in bytes. */
function explained(message: string, source: string): string {
  const found = /^(.*) at byte range (\d+)\.\.\d+$/s.exec(message);
  if (!found) return message;
  const before = new TextDecoder().decode(new TextEncoder().encode(source).slice(0, Number(found[2])));
  return `line ${before.split("\n").length}: ${found[1]}.`;
}
