// What the program printed, and the traceback where an exception ended it.
import type { ReactElement } from "react";
import { ErrorPages } from "../../errors/ErrorPages.tsx";
import type { OutputPiece, RunModel } from "../../model/run-model.ts";

export interface OutputProps {
  readonly run: RunModel;
  /** Called with a line of the reader's own file when its frame in the traceback is chosen. */
  readonly onLine?: (file: string, line: number) => void;
}

export function Output({ run, onLine }: OutputProps): ReactElement {
  const output = withoutTraceback(run);
  const silent = output.length === 0 && !run.error && run.notices.length === 0;
  return (
    <div className="mw-output">
      {silent && <p className="mw-empty">{run.status === "running" ? "Running…" : "Nothing was printed."}</p>}
      {output.length > 0 && (
        <pre className="mw-text" tabIndex={0} aria-label="Output">
          {output.map((p, i) => (
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
          <ErrorPages error={run.error} />
          <details open>
            <summary>Traceback</summary>
            <pre className="mw-text" tabIndex={0} aria-label="Traceback">
              {run.error.traceback}
            </pre>
          </details>
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

/** A script prints its traceback as Python does; here it stands below what the exception says, once. */
function withoutTraceback({ output, error }: RunModel): readonly OutputPiece[] {
  const last = output.at(-1);
  const traceback = error?.traceback.trim();
  if (!traceback || last?.stream !== "stderr" || !last.text.trimEnd().endsWith(traceback)) return output;
  const before = last.text.trimEnd().slice(0, -traceback.length);
  return before === "" ? output.slice(0, -1) : [...output.slice(0, -1), { stream: "stderr", text: before }];
}

function firstLine(text: string): string {
  const at = text.indexOf("\n");
  return at < 0 ? text : text.slice(0, at);
}
