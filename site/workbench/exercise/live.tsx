// A live exercise: the editor, Run & check, and the checks with what each found.
import { type ReactElement, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { Event } from "../../../playground-engine/runtime/protocol.ts";
import { markDone } from "../../kit/progress.ts";
import { CodeArea } from "../editor/code-area.ts";
import { client } from "../example/page-engine.ts";
import { RunBar, useEngineState } from "../example/RunBar.tsx";
import { firstTab, RunView } from "../example/RunView.tsx";
import { type Judgement, judge } from "./check.ts";
import { cellsOf, type Exercise } from "./exercise.ts";

export interface LiveExercise {
  check(): Promise<void>;
  edit(): Promise<void>;
}

let runs = 0;

/** Bring an exercise to life in place of its static checks. */
export function mountExercise(element: HTMLElement): LiveExercise {
  const x = JSON.parse(element.querySelector("script[data-exercise]")!.textContent) as Exercise;
  const area = new CodeArea(
    element.querySelector<HTMLElement>(".mw-code")!,
    x.start,
    x.file,
    `mapped:exercise:${x.id}`,
  );
  const host = document.createElement("div");
  host.className = "mx-live not-content";
  const handle = { check: (): Promise<void> => Promise.resolve() };
  const root = createRoot(host);
  flushSync(() => root.render(<Live x={x} area={area} handle={handle} />));
  element.querySelector(".mx-static")!.replaceWith(host);
  return { check: () => handle.check(), edit: () => area.edit() };
}

interface LiveProps {
  readonly x: Exercise;
  readonly area: CodeArea;
  readonly handle: { check: () => Promise<void> };
}

function Live({ x, area, handle }: LiveProps): ReactElement {
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  const [notice, setNotice] = useState("");
  const [running, setRunning] = useState(false);
  const [tries, setTries] = useState(0);
  const engine = useEngineState();
  useEffect(() => {
    const error = judgement?.run.error;
    area.mark(error ? (error.at ?? error.frames.findLast((f) => f.file.endsWith(x.file)) ?? null) : null);
  }, [area, judgement, x]);

  handle.check = async () => {
    if (running) return;
    area.keep();
    const source = area.source();
    const { cells, files } = cellsOf(x, source);
    const events: Event[] = [];
    setRunning(true);
    setNotice("");
    client().workspace(files);
    const result = await client().run(
      { kind: "cells", session: `exercise-${++runs}`, fresh: true, echo: false, cells },
      { onEvents: (batch) => events.push(...batch), simulate: false },
    );
    setRunning(false);
    setTries((n) => n + 1);
    if (result.reason !== null) {
      setNotice(result.stopped ? "Stopped." : `The engine ended: ${result.reason}`);
      return;
    }
    const j = judge(x, source, events);
    setJudgement(j);
    if (j.passed) markDone(`exercise:${x.id}`);
  };

  const failed = judgement?.verdicts.filter((v) => !v.passed).length ?? 0;
  const status = running
    ? engine.state === "loading"
      ? "Loading the engine…"
      : "Running…"
    : engine.state === "failed"
      ? `The engine stopped: ${engine.message}`
      : notice || judgement === null
        ? notice
        : judgement.passed
          ? "All checks pass."
          : `${failed} of ${x.checks.length} checks fail.`;
  return (
    <>
      <RunBar
        running={running}
        area={area}
        original={x.start}
        action="check"
        label="Run & check"
        more={
          <button type="button" className="mw-button" data-action="edit">
            Edit
          </button>
        }
      >
        <span className="mw-status" role="status" data-tries={tries}>
          {status}
        </span>
      </RunBar>
      <ol className="mx-checks">
        {x.checks.map((c, i) => {
          const v = judgement?.verdicts[i];
          return (
            <li key={i} data-passed={v === undefined ? undefined : v.passed}>
              <span className="sr-only">{v === undefined ? "" : v.passed ? "passed: " : "failed: "}</span>
              {c.says}
              {v && !v.passed && (
                <p className="mx-message">
                  {v.message}
                  {v.found && <span className="mx-found"> ({v.found})</span>}
                </p>
              )}
            </li>
          );
        })}
      </ol>
      {judgement?.wrong && (
        <p className="mx-wrong">
          <strong>A known way to go wrong.</strong> {judgement.wrong.explanation}
        </p>
      )}
      {judgement && <RunView key={tries} run={judgement.run} first={firstTab(judgement.run)} />}
    </>
  );
}
