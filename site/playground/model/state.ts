// What the playground shows, as one value that is replaced with every change.
import type { Content, Program, TerminalState } from "../../../playground-engine/runtime/protocol.ts";
import type { EngineState } from "../../../playground-engine/runtime/client/engine-client.ts";
import { emptyRun, type RunModel } from "../../workbench/model/run-model.ts";
import type { Place } from "../../workbench/panels/registry.ts";
import type { WorkspaceRecord } from "./store.ts";

/** How it stands with keeping. */
export type Saving =
  | { readonly state: "saved" }
  | { readonly state: "pending" }
  /** Kept while the tab is open: the browser refuses storage. */
  | { readonly state: "memory"; readonly reason: string }
  /** The browser's room is used up, or writing failed: nothing is lost while the tab is open. */
  | { readonly state: "failed"; readonly full: boolean; readonly reason: string };

/** A message that stays until it is answered, replaced or dismissed. */
export interface Notice {
  readonly id: number;
  readonly tone: "plain" | "bad";
  readonly text: string;
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
}

export interface TerminalPiece {
  readonly stream: "stdout" | "stderr" | "notice";
  readonly text: string;
}

/** A line given to the terminal and what came of it. */
export interface TerminalEntry {
  readonly id: number;
  /** Where it was given. */
  readonly cwd: string;
  readonly line: string;
  readonly pieces: readonly TerminalPiece[];
  /** null while it runs. */
  readonly exit: number | null;
}

export interface DeskState {
  /** False until the first workspace is there. */
  readonly open: boolean;
  readonly record: WorkspaceRecord | null;
  readonly files: ReadonlyMap<string, Content>;
  readonly tabs: readonly string[];
  readonly active: string | null;
  /** Counts what the panels should ask about anew. */
  readonly revision: number;
  /** This tab may write; another one has the workspace otherwise. */
  readonly mine: boolean;
  readonly saving: Saving;
  readonly engine: EngineState;
  readonly run: RunModel;
  /** Counts finished runs. */
  readonly runs: number;
  readonly program: Program | null;
  readonly terminal: readonly TerminalEntry[];
  readonly terminalState: TerminalState;
  /** A command put into the terminal's line from elsewhere. */
  readonly typed: { readonly id: number; readonly line: string } | null;
  readonly notice: Notice | null;
  /** What the live region says. */
  readonly said: string;
  /** The line under the cursor. */
  readonly place: Place | null;
  /** The line a panel points at. */
  readonly lit: Place | null;
  /** A place to show in the editor; each request is a new object. */
  readonly wanted: Place | null;
  /** The panel and, on a phone, the pane in front. */
  readonly panel: string;
  readonly pane: Pane;
}

export type Pane = "files" | "code" | "panels" | "terminal";

export const HOME = "/workspace";

/** Where a browser and its tabs keep which workspace they had open last. */
export const LAST_OPENED = "mapped:workspace";

export const initialState: DeskState = {
  open: false,
  record: null,
  files: new Map(),
  tabs: [],
  active: null,
  revision: 0,
  mine: true,
  saving: { state: "saved" },
  engine: { state: "idle" },
  run: emptyRun,
  runs: 0,
  program: null,
  terminal: [],
  terminalState: { cwd: HOME, env: [], status: 0 },
  typed: null,
  notice: null,
  said: "",
  place: null,
  lit: null,
  wanted: null,
  panel: "output",
  pane: "code",
};
