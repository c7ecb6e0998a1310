// The bar above: which workspace, Run and Stop, how it stands, and what else one can do.
import { type ReactElement, useRef } from "react";
import type { EngineState } from "../../../playground-engine/runtime/client/engine-client.ts";
import { type RunModel, summary } from "../../workbench/model/run-model.ts";
import type { Saving } from "../model/state.ts";
import { Icon } from "./icons.tsx";
import { IconButton } from "./IconButton.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

export interface ToolbarProps {
  readonly phone: boolean;
  readonly filesShown: boolean;
  readonly onFiles: () => void;
  readonly onWorkspaces: () => void;
  readonly onShare: () => void;
  readonly onDownload: () => void;
  readonly onShortcuts: () => void;
  readonly onLayout: () => void;
}

export function Toolbar(props: ToolbarProps): ReactElement {
  const desk = useDesk();
  const { record, run, engine, saving, mine, active } = useDeskState(
    "record",
    "run",
    "engine",
    "saving",
    "mine",
    "active",
  );
  const menu = useRef<HTMLDivElement>(null);
  const item = (label: string, act: () => void, off = false): ReactElement => (
    <button
      type="button"
      disabled={off}
      onClick={() => {
        menu.current?.hidePopover();
        act();
      }}
    >
      {label}
    </button>
  );
  return (
    <div className="pg-toolbar" role="group" aria-label="Workspace">
      {!props.phone && (
        <IconButton
          icon="folder"
          label="Show files"
          aria-pressed={props.filesShown}
          onClick={props.onFiles}
        />
      )}
      <button
        type="button"
        className="pg-workspace"
        onClick={props.onWorkspaces}
        aria-label={`Workspace ${record?.name ?? ""}: open, rename or make another`}
      >
        <span>{record?.name ?? "…"}</span>
        <Icon name="chevron" />
      </button>
      <RunButton named={!props.phone} />
      <Status engine={engine} run={run} />
      <span className="pg-saving" data-saving={saving.state}>
        {savingText(saving, mine)}
      </span>
      <button type="button" className="mw-button pg-wide" onClick={props.onShare}>
        <Icon name="link" />
        Share
      </button>
      <IconButton icon="more" label="More" popoverTarget="pg-menu" data-action="more" />
      <div id="pg-menu" ref={menu} popover="auto" className="pg-menu">
        {item("Format the file", () => void desk.format(), !mine || active?.endsWith(".py") !== true)}
        {item("Share by link…", props.onShare)}
        {item("Download as zip", props.onDownload)}
        {item("Workspaces…", props.onWorkspaces)}
        {record?.before
          ? item("Undo the reset", () => desk.undoReset(), !mine)
          : item("Reset to how it began", () => desk.reset(), !mine)}
        {!props.phone && item("Reset the layout", props.onLayout)}
        {item("Keyboard shortcuts…", props.onShortcuts)}
      </div>
    </div>
  );
}

/** Runs the file in front, and stops it. @param named with the file's name */
export function RunButton({ named }: { readonly named: boolean }): ReactElement {
  const desk = useDesk();
  const { run, active, program, files } = useDeskState("run", "active", "program", "files");
  const target = desk.runner.target({ ...desk.state, active, program, files });
  if (run.status === "running")
    return (
      <button
        type="button"
        className="mw-button mw-stop pg-run"
        data-action="stop"
        onClick={() => desk.runner.stop()}
      >
        <Icon name="stop" />
        Stop
      </button>
    );
  return (
    <button
      type="button"
      className="mw-button mw-primary pg-run"
      data-action="run"
      title="Ctrl+Enter"
      disabled={target === null}
      onPointerEnter={() => desk.client.warm()}
      onFocus={() => desk.client.warm()}
      onClick={() => void desk.runner.runFile()}
    >
      <Icon name="run" />
      Run{named && target !== null && <span className="pg-target">{target}</span>}
    </button>
  );
}

/** How it stands with the engine and the last run. */
export function Status({
  engine,
  run,
}: {
  readonly engine: EngineState;
  readonly run: RunModel;
}): ReactElement {
  if (engine.state === "loading")
    return (
      <span className="pg-status" data-engine="loading">
        <progress
          max={1}
          value={engine.stage === "engine" ? 0.2 : 0.5 + engine.done / 2}
          aria-label="Loading the engine"
        />
        <span>{engine.stage === "sqlite" ? "Loading SQLite…" : "Loading the engine…"}</span>
      </span>
    );
  const [state, text] =
    engine.state === "failed"
      ? ["failed", "The engine stopped"]
      : run.status === "running"
        ? ["running", "Running…"]
        : run.status === "none"
          ? [engine.state, engine.state === "ready" ? "Ready" : ""]
          : [run.status, run.status === "stopped" ? "Stopped" : summary(run)];
  return (
    <span className="pg-status" data-engine={engine.state} data-run={run.status}>
      {text !== "" && <span className={`pg-dot pg-dot-${state}`} aria-hidden="true" />}
      <span>{text}</span>
    </span>
  );
}

function savingText(saving: Saving, mine: boolean): string {
  if (!mine) return "Read only";
  switch (saving.state) {
    case "saved":
      return "Saved here";
    case "pending":
      return "Saving…";
    case "memory":
      return "Not kept";
    case "failed":
      return "Not saved";
  }
}
