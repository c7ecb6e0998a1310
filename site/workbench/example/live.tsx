// A live example: Run, Stop, Reset, the editor on focus, and the panels fed by the engine.
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { EngineState } from "../../../playground-engine/runtime/client/engine-client.ts";
import { CodeArea } from "../editor/code-area.ts";
import { differences, type RunModel, summary } from "../model/run-model.ts";
import type { PanelModel } from "../panels/registry.ts";
import type { ExampleData } from "./example-data.ts";
import { exampleHelp } from "./example-help.ts";
import { keptKey } from "./kept.ts";
import { client } from "./page-engine.ts";
import { compareExample, type ExampleRef, register, runExample, textsBefore } from "./page-examples.ts";
import { RunBar, useEngineState } from "./RunBar.tsx";
import { firstTab, RunView } from "./RunView.tsx";

export interface LiveExample {
  run(): Promise<void>;
  edit(): Promise<void>;
  /** The text as it is now. */
  source(): string;
}

const live = new WeakMap<Element, LiveExample>();

/** Bring an example to life in place of its static markup. */
export function mount(element: Element): LiveExample {
  const known = live.get(element);
  if (known) return known;
  const data = JSON.parse(element.querySelector("script[data-example]")!.textContent) as ExampleData;
  const index = [...document.querySelectorAll("mapped-example")].indexOf(element as HTMLElement);
  const area = new CodeArea(
    element.querySelector<HTMLElement>(".mw-code")!,
    data.source,
    data.name,
    keptKey(index),
    exampleHelp(client, () => textsBefore(data)),
  );
  const host = document.createElement("div");
  host.className = "mw-live";
  const handle: { run: () => Promise<void> } = { run: () => Promise.resolve() };
  const root = createRoot(host);
  flushSync(() => root.render(<Live data={data} area={area} handle={handle} />));
  element.querySelector(".mw-static")!.replaceWith(host);
  const example: LiveExample = {
    run: () => handle.run(),
    edit: () => area.edit(),
    source: () => area.source(),
  };
  live.set(element, example);
  return example;
}

interface LiveProps {
  readonly data: ExampleData;
  readonly area: CodeArea;
  readonly handle: { run: () => Promise<void> };
}

function Live({ data, area, handle }: LiveProps): ReactElement {
  const [run, setRun] = useState<RunModel>(data.recorded);
  const [shown, setShown] = useState(0);
  const [line, setLine] = useState<number | null>(null);
  const engine = useEngineState();
  const ref = useRef<ExampleRef | null>(null);
  if (ref.current === null) {
    ref.current = { data, source: () => area.source(), show: setRun };
    register(ref.current);
  }
  useEffect(() => area.onLine(setLine), [area]);
  useEffect(
    () =>
      area.mark(run.error && run.status !== "running" ? (run.error.at ?? lastFrame(run, data.name)) : null),
    [area, run, data],
  );

  const model = useMemo<PanelModel>(
    () => ({
      run,
      place: line === null ? null : { file: data.name, line },
      files: NO_FILES,
      revision: shown,
      workspace: false,
      light: (place) => area.light(place && isOf(place.file, data.name) ? place.line : null),
      goto: (place) => area.goto(place.line),
      open: () => undefined,
      write: () => undefined,
      ask: (question) => client().ask(question),
      read: (paths) => client().read(paths),
      type: () => undefined,
      rerun: () => void handle.run(),
      // what is in memory stays as the program leaves it: only the other way of running it is put back
      compare: (looks) => compareExample(ref.current!, { ...looks, scratch: looks.eager !== undefined }),
    }),
    [run, line, shown, data, area, handle],
  );

  const start = async (): Promise<void> => {
    area.keep();
    await runExample(ref.current!);
    setShown((n) => n + 1);
  };
  handle.run = start;
  const running = run.status === "running";
  const differs = run.status === "done" || run.status === "failed" ? differences(data.recorded, run) : [];
  return (
    <>
      <RunBar running={running} area={area} original={data.source} action="run" label="Run">
        <span className="mw-status" data-runs={shown}>
          {statusText(engine, run)}
        </span>
        {engine.state === "failed" && (
          <button type="button" className="mw-button" onClick={() => void start()}>
            Start again
          </button>
        )}
      </RunBar>
      <div role="status" aria-live="polite" className="sr-only">
        {shown > 0 && (run.status === "done" || run.status === "failed" || run.status === "stopped")
          ? `Run ${run.status}: ${summary(run)}`
          : ""}
      </div>
      {differs.length > 0 && <p className="mw-differs">{differs.join(" · ")}</p>}
      <RunView
        key={shown === 0 ? "first" : "run"}
        run={run}
        first={data.tab ?? firstTab(run)}
        model={model}
      />
    </>
  );
}

const NO_FILES: ReadonlyMap<string, string> = new Map();

/** Whether a file that the engine names is the example's own; panels name none where they know of none. */
function isOf(file: string, name: string): boolean {
  return file === "" || file.endsWith(name);
}

function lastFrame(run: RunModel, name: string): { line: number } | null {
  const own = run.error?.frames.filter((f) => f.file.endsWith(name)) ?? [];
  return own.at(-1) ?? null;
}

function statusText(engine: EngineState, run: RunModel): string {
  if (engine.state === "loading" && run.status === "running")
    return `Loading the engine${engine.stage === "sqlite" ? ": SQLite" : ""}…`;
  if (engine.state === "failed") return `The engine stopped: ${engine.message}`;
  if (run.status === "running") return "Running…";
  if (run.status === "none") return "";
  return summary(run);
}
