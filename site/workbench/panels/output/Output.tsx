// What the program printed, and the traceback where an exception ended it.
import type { ReactElement } from "react";
import { outputText, type RunModel } from "../../model/run-model.ts";

export interface OutputProps {
  readonly run: RunModel;
  /** Called with a line of the reader's own file when its frame in the traceback is chosen. */
  readonly onLine?: (file: string, line: number) => void;
}

export function Output({ run, onLine }: OutputProps): ReactElement {
  // a command of the terminal prints its traceback itself
  const printed = run.error !== null && outputText(run).includes(run.error.traceback.trim());
  const silent = run.output.length === 0 && !run.error && run.notices.length === 0;
  return (
    <div className="mw-output">
      {silent && <p className="mw-empty">{run.status === "running" ? "Running…" : "Nothing was printed."}</p>}
      {run.output.length > 0 && (
        <pre className="mw-text" tabIndex={0} aria-label="Output">
          {run.output.map((p, i) => (
            <span key={i} className={p.stream === "stderr" ? "mw-stderr" : undefined}>
              {p.text}
            </span>
          ))}
        </pre>
      )}
      {run.error && (
        <div className="mw-error">
          <p className="mw-error-title">
            <strong>{run.error.type}</strong>
            {run.error.message ? `: ${firstLine(run.error.message)}` : ""}
          </p>
          {!printed && (
            <details open>
              <summary>Traceback</summary>
              <pre className="mw-text" tabIndex={0} aria-label="Traceback">
                {run.error.traceback}
              </pre>
            </details>
          )}
          {onLine && run.error.frames.length > 0 && (
            <p className="mw-frames">
              Raised at{" "}
              {run.error.frames.slice(-3).map((f, i) => (
                <button key={i} type="button" className="mw-linklike" onClick={() => onLine(f.file, f.line)}>
                  line {f.line}
                  {f.function === "<module>" ? "" : ` in ${f.function}`}
                </button>
              ))}
            </p>
          )}
        </div>
      )}
      {run.notices.map((n, i) => (
        <p key={i} className="mw-notice">
          {n}
        </p>
      ))}
    </div>
  );
}

function firstLine(text: string): string {
  const at = text.indexOf("\n");
  return at < 0 ? text : text.slice(0, at);
}
