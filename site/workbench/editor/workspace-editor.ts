// The editor of a workspace: one editor, a model for each open file, which keeps its undo history and its place.
//
// Monaco in general; a text area a file on touch screens, which Monaco does not support.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import type { ErrorPlace } from "./code-area.ts";
import type { PythonHelp } from "./python-help.ts";

/** A fault of a file's text as one types; 1-based. */
export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface WorkspaceEditorOptions {
  readonly container: HTMLElement;
  readonly onChange: (path: string, text: string) => void;
  /** The cursor or pointer moved to a line. */
  readonly onLine: (path: string, line: number) => void;
  readonly onRun: () => void;
  /** What the engine knows of Python; an editor that cannot show it does without. */
  readonly help: Omit<PythonHelp, "path">;
}

export interface WorkspaceEditor {
  /** Bring a file to the front. */
  show(path: string, text: string): void;
  /** Take on texts that changed elsewhere, and let go of files that are there no more. */
  update(files: ReadonlyMap<string, Content>): void;
  focus(): void;
  /** Lay out the file in front as Black does; CannotFormat (format.ts) says why it is left as it is. */
  format(): Promise<void>;
  light(path: string, line: number | null): void;
  goto(path: string, line: number): void;
  mark(path: string, at: ErrorPlace | null): void;
  /** Underline these, in place of those told before. */
  problems(path: string, found: readonly Problem[]): void;
  readOnly(on: boolean): void;
  dispose(): void;
}

/** The editor that suits the screen. */
export async function workspaceEditor(options: WorkspaceEditorOptions): Promise<WorkspaceEditor> {
  const touch = matchMedia("(pointer: coarse)").matches;
  return touch
    ? (await import("./workspace-plain.ts")).plainWorkspaceEditor(options)
    : (await import("./workspace-monaco.ts")).monacoWorkspaceEditor(options);
}
