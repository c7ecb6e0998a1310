// The slider that walks through a run. SQL panel, session, tables and source line follow the step it stands at.
import { type ReactElement, useId } from "react";
import { lineText } from "../../model/run-model.ts";
import { setStep, useStep } from "../../model/step.ts";
import { type Step, timeline } from "../../model/timeline.ts";
import type { PanelModel } from "../registry.ts";
import "./steps.css";

/** The step that panels show: the chosen one, or the last. */
export function useShownStep(model: PanelModel): Step | undefined {
  const chosen = useStep(model.run);
  const { steps } = timeline(model.run);
  return steps[chosen ?? steps.length - 1] ?? steps.at(-1);
}

/** Go to a step and light its source line. */
export function goToStep(model: PanelModel, index: number | null): void {
  const { steps } = timeline(model.run);
  setStep(model.run, index === null || index >= steps.length - 1 ? null : Math.max(0, index));
  const step = index === null ? undefined : steps[index];
  model.light(step && step.line !== null ? { file: step.file ?? "", line: step.line } : null);
}

export interface StepBarProps {
  readonly model: PanelModel;
  /** What happened at a step, for the slider's own words. */
  readonly say?: (step: Step) => string;
}

export function StepBar({ model, say }: StepBarProps): ReactElement | null {
  const { steps } = timeline(model.run);
  const step = useShownStep(model);
  const id = useId();
  if (!step || steps.length < 2) return null;
  const more = say?.(step);
  const where =
    step.line === null || step.label === `line ${step.line}` ? "" : lineText(model.run, step.file, step.line);
  return (
    <div className="mw-steps" role="group" aria-label="Walk through the run">
      <div className="mw-steps-move">
        <button
          type="button"
          className="mw-icon"
          aria-label="Step back"
          disabled={step.index === 0}
          onClick={() => goToStep(model, step.index - 1)}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M10.5 3 5.5 8l5 5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        </button>
        <input
          id={id}
          type="range"
          min={0}
          max={steps.length - 1}
          value={step.index}
          aria-label="Step of the run"
          aria-valuetext={`Step ${step.index + 1} of ${steps.length}: ${[where, step.label, more].filter(Boolean).join(", ")}`}
          onChange={(e) => goToStep(model, Number(e.currentTarget.value))}
        />
        <button
          type="button"
          className="mw-icon"
          aria-label="Step forward"
          disabled={step.index === steps.length - 1}
          onClick={() => goToStep(model, step.index + 1)}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="m5.5 3 5 5-5 5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        </button>
      </div>
      <p className="mw-steps-at">
        <span className="mw-steps-number">
          {step.index + 1}/{steps.length}
        </span>
        {where && (
          <button
            type="button"
            className="mw-line mw-linebutton"
            onClick={() => model.goto({ file: step.file ?? "", line: step.line! })}
          >
            {where}
          </button>
        )}
        <span className="mw-steps-label">{step.label}</span>
      </p>
    </div>
  );
}
