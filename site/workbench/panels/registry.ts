// The panels of the workbench, in the order of their tabs, and what a panel may see and do.
//
// A panel is `({ model }) => JSX` in a folder of its own; the page gives every panel the same model and draws it only when its
// tab is open. Panels that need much code are loaded when they are first shown. To add one, add a row to `panels`.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import { type ComponentType, createElement, lazy, type LazyExoticComponent } from "react";
import type { FileChange } from "../../../playground-engine/runtime/client/engine-client.ts";
import type {
  Answer,
  Question,
  RunLooks,
  WorkspaceFile,
} from "../../../playground-engine/runtime/protocol.ts";
import { type RunModel, statements } from "../model/run-model.ts";
import { Output } from "./output/Output.tsx";

/** A line of a file of the reader's. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What a panel draws and what it may ask of the page. A new object after every change, so that `model.run` compares by identity. */
export interface PanelModel {
  readonly run: RunModel;
  /** The source line under the cursor or pointer, to light what belongs to it. */
  readonly place: Place | null;
  /** Files of the workspace as the page keeps them (databases are bytes); empty for an example in a page. */
  readonly files: ReadonlyMap<string, Content>;
  /** Counts runs, questions that wrote, and changed files: ask again when it changes. */
  readonly revision: number;
  /** Whether the page has a terminal, an editor for files and a place to keep them: the playground has, an example has not. */
  readonly workspace: boolean;
  /** Light a source line in the editor; null puts it out. */
  light(place: Place | null): void;
  /** Show a source line in the editor and put the cursor there. */
  goto(place: Place): void;
  /** Open a file in the editor. */
  open(path: string): void;
  /** Make or replace (content) or remove (null) files of the workspace; `open` shows one of them. */
  write(files: readonly FileChange[], open?: string): void;
  /** Ask the engine to look at something (protocol.ts); undefined where it ended before it answered. */
  ask<Q extends Question>(question: Q): Promise<Answer<Q> | undefined>;
  /** The files of the workspace as the engine has them now. */
  read(paths?: readonly string[]): Promise<readonly WorkspaceFile[] | undefined>;
  /** Put a command into the terminal's line, ready to be sent, and show the terminal. */
  type(command: string): void;
  /** Run the last program again, with options of the run (protocol.ts) added; the new run is shown. */
  rerun(options?: RunLooks): void;
  /** Run the last program with these options aside, from the files that it began with: nothing is shown or kept, its model is returned. */
  compare(options: RunLooks): Promise<RunModel | undefined>;
}

export interface PanelProps {
  readonly model: PanelModel;
}

export interface PanelEntry {
  readonly id: string;
  /** The tab's text; counts belong into `count`. */
  readonly title: string;
  readonly count?: (model: PanelModel) => number | null;
  /** Whether the tab is there at all, e.g. only where the workspace has migrations. */
  readonly shown?: (model: PanelModel) => boolean;
  readonly Panel: ComponentType<PanelProps> | LazyExoticComponent<ComponentType<PanelProps>>;
}

export const panels: readonly PanelEntry[] = [
  {
    id: "output",
    title: "Output",
    // what a first run shows must not wait for a script
    Panel: ({ model }: PanelProps) =>
      createElement(Output, {
        run: model.run,
        onLine: (file: string, line: number) => model.goto({ file, line }),
      }),
  },
  {
    id: "sql",
    title: "SQL",
    count: (model) => statements(model.run).length,
    Panel: lazy(() => import("./sql/SqlPanel.tsx").then((m) => ({ default: m.SqlPanel }))),
  },
  {
    id: "results",
    title: "Results",
    count: (model) => statements(model.run).filter((s) => s.result?.columns).length,
    Panel: lazy(() =>
      import("./results/Results.tsx").then(({ Results }) => ({
        default: ({ model }: PanelProps) => createElement(Results, { run: model.run }),
      })),
    ),
  },
  {
    id: "session",
    title: "Session",
    shown: ({ run }) => run.looks?.some((l) => l.kind === "session" && l.moment.objects.length > 0) ?? false,
    Panel: lazy(() => import("./session/SessionPanel.tsx").then((m) => ({ default: m.SessionPanel }))),
  },
  {
    id: "database",
    title: "Database",
    Panel: lazy(() => import("./database/DatabasePanel.tsx").then((m) => ({ default: m.DatabasePanel }))),
  },
  {
    id: "migrations",
    title: "Migrations",
    shown: ({ files }) => [...files.keys()].some((path) => /(?:^|\/)alembic\.ini$/.test(path)),
    Panel: lazy(() =>
      import("./migrations/MigrationsPanel.tsx").then((m) => ({ default: m.MigrationsPanel })),
    ),
  },
];
