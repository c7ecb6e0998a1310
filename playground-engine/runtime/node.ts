// Runs programs in Node: the build, the tests and the case runner.
import { loadNodeDriver } from "../driver/node.ts";
import { contentOf } from "./content.ts";
import { Engine, type RunHooks, type RunOutcome } from "./program.ts";
import { loadAllParts } from "./parts.ts";
import type { Event, Program, WorkspaceFile } from "./protocol.ts";

let loading: Promise<Engine> | undefined;

/** The engine of this process. */
export function nodeEngine(): Promise<Engine> {
  loading ??= loadNodeDriver().then(async (driver) => {
    const engine = new Engine(driver);
    await loadAllParts();
    return engine;
  });
  return loading;
}

export interface NodeRunOptions extends Omit<RunHooks, "event"> {
  /** The workspace to begin with; empty where left out. */
  readonly files?: readonly WorkspaceFile[];
}

/** Run a program in a workspace of its own. */
export async function runProgram(
  program: Program,
  options: NodeRunOptions = {},
): Promise<RunOutcome & { readonly events: readonly Event[] }> {
  const engine = await nodeEngine();
  engine.workspace.replace(options.files ?? []);
  const events: Event[] = [];
  const outcome = engine.run(program, { ...options, event: (e) => events.push(e) });
  return { ...outcome, events };
}

/** What a line of the terminal wrote, both streams as they came, and its exit status. */
export interface RanLine {
  readonly text: string;
  readonly exit: number;
}

/** Run lines of a terminal one after another in a workspace of their own. `files` is what it held at the end. */
export async function runLines(
  lines: readonly string[],
  files: readonly WorkspaceFile[],
): Promise<{ readonly ran: readonly RanLine[]; readonly files: readonly WorkspaceFile[] }> {
  const engine = await nodeEngine();
  engine.forget();
  engine.workspace.replace(files);
  const ran = lines.map((line) => {
    let text = "";
    const { exit } = engine.run(
      { kind: "command", line },
      { event: (e) => void (text += e.kind === "output" ? e.text : "") },
    );
    return { text, exit };
  });
  const left = [...engine.workspace.files()].map((f) => ({
    path: f.path,
    content: f.database ? f.bytes() : contentOf(f.bytes()),
  }));
  return { ran, files: left };
}
