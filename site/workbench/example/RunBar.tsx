// The bar above a live example and a live exercise: Run or Stop, Reset, and how it goes.
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import type { EngineState } from "../../../playground-engine/runtime/client/engine-client.ts";
import type { CodeArea } from "../editor/code-area.ts";
import { client } from "./page-engine.ts";

/** How the page's engine is. */
export function useEngineState(): EngineState {
  const [engine, setEngine] = useState<EngineState>(client().state);
  useEffect(() => client().subscribe(setEngine), []);
  return engine;
}

/** Whether the text of an editor is not the page's own. */
function useChanged(area: CodeArea, original: string): boolean {
  const [changed, setChanged] = useState(area.source() !== original);
  useEffect(() => area.onChange(() => setChanged(area.source() !== original)), [area, original]);
  return changed;
}

interface RunBarProps {
  readonly running: boolean;
  readonly area: CodeArea;
  /** The text that Reset brings back. */
  readonly original: string;
  readonly action: "run" | "check";
  readonly label: string;
  /** Between the buttons that run and that reset. */
  readonly more?: ReactNode;
  /** After them. */
  readonly children: ReactNode;
}

export function RunBar({
  running,
  area,
  original,
  action,
  label,
  more,
  children,
}: RunBarProps): ReactElement {
  const changed = useChanged(area, original);
  return (
    <div className="mw-bar">
      {running ? (
        <button type="button" className="mw-button mw-stop" onClick={() => client().stop()}>
          Stop
        </button>
      ) : (
        <button type="button" className="mw-button mw-primary" data-action={action}>
          {label}
        </button>
      )}
      {more}
      {changed && (
        <button type="button" className="mw-button" onClick={() => area.reset()}>
          Reset
        </button>
      )}
      {children}
    </div>
  );
}
